"""That what is costly to make is made once, however many workers there are."""

import re
from pathlib import Path

import pytest

from tests.sharing import ON_A_SITE, VISITING, group

pytestmark = pytest.mark.once

TESTS = Path(__file__).parent


@pytest.mark.parametrize(
    ("test", "together"),
    [
        ("tests/test_browser.py::test_no_page_has_a_fault[sv-chromium-axe]", "pages in sv"),
        ("tests/test_browser.py::test_no_page_has_a_fault[en-chromium-axe]", "pages in en"),
        ("tests/test_browser.py::test_all_pages_are_listed[sv]", "pages in sv"),
        ("tests/test_browser.py::test_skip_link[chromium-/en/finns-inte/]", "a site"),
        ("tests/test_served.py::test_pages_are_compressed", "a site"),
        ("tests/test_words.py::test_years[sv]", "tests/test_words.py::test_years[sv]"),
    ],
)
def test_groups_are_read_from_names(test, together):
    assert group(test) == together


def test_every_test_on_a_running_site_is_in_a_group():
    needs_one = re.compile(r"pytest\.mark\.browser\b|def test_\w+\([^)]*\bserved_site\b")
    standing_on_one = {f"tests/{file.name}" for file in TESTS.glob("test_*.py") if needs_one.search(file.read_text())}
    assert {file for file in ON_A_SITE | {VISITING} if not Path(TESTS.parent, file).exists()} == set()
    assert standing_on_one - ON_A_SITE == {VISITING}
