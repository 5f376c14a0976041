"""That what is costly to make is made once, however many workers there are."""

import pytest

from tests.sharing import group

pytestmark = pytest.mark.once


@pytest.mark.parametrize(
    ("test", "together"),
    [
        ("tests/test_browser.py::test_no_page_has_a_fault[sv-chromium-axe]", "pages in sv"),
        ("tests/test_browser.py::test_no_page_has_a_fault[en-chromium-axe]", "pages in en"),
        ("tests/test_browser.py::test_all_pages_are_listed[sv]", "pages in sv"),
        ("tests/test_browser.py::test_skip_link[chromium-/en/finns-inte/]", "a site"),
        ("tests/test_admin_browser.py::test_long_texts_are_written_in_the_editor[chromium]", "a site"),
        ("tests/test_served.py::test_pages_are_compressed", "a site"),
        ("tests/test_html.py::test_no_page_has_an_error_or_a_warning", "a site"),
        ("tests/test_words.py::test_years[sv]", "tests/test_words.py::test_years[sv]"),
        ("tests/test_sharing.py::test_groups_are_read", "tests/test_sharing.py::test_groups_are_read"),
    ],
)
def test_groups_are_read_from_names_and_files(test, together):
    assert group(test) == together
