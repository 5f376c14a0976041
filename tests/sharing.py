"""How the tests are shared out among the workers of pytest-xdist.

Tests that stand on something costly, a running site or a visit to every page, stay together on one worker, so that it
is made once. Which they are is read from their names and files: of the marks, the process that shares out knows
nothing, and the marks `xdist_group` do not reach it with pytest 9.2 (pytest-xdist issue 1386). The rest go wherever
there is room.
"""

import re
from functools import cache
from pathlib import Path

from xdist.scheduler import LoadScopeScheduling

ROOT = Path(__file__).resolve().parent.parent
VISITING = "tests/test_browser.py"
NEEDS_A_SITE = re.compile(
    r"^((?:pytestmark = .*|@)pytest\.mark\.browser\b|def test_\w+\([^)]*\bserved_site\b)", re.MULTILINE
)


def group(test):
    """The name of what a test is run together with: its own where it stands alone."""
    file, _, name = test.partition("::")
    language = re.search(r"\[(?:.*-)?(sv|en)(?:-.*)?\]$", name)
    if file == VISITING and language:
        return f"pages in {language[1]}"
    return "a site" if needs_a_site(file) else test


@cache
def needs_a_site(file):
    return bool(NEEDS_A_SITE.search((ROOT / file).read_text()))


class Groups(LoadScopeScheduling):
    """Groups begin first, those of most tests before others."""

    def _split_scope(self, nodeid):
        return group(nodeid)
