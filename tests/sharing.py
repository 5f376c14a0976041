"""How the tests are shared out among the workers of pytest-xdist.

Tests that stand on something costly, a running site or a visit to every page, stay together on one worker, so that it
is made once. Which they are is read from their names: of the marks, the process that shares out knows nothing, and
the marks `xdist_group` do not reach it with pytest 9.2 (pytest-xdist issue 1386). The rest go wherever there is room.
"""

import re

from xdist.scheduler import LoadScopeScheduling

VISITING = "tests/test_browser.py"
ON_A_SITE = {
    "tests/test_admin_browser.py",
    "tests/test_browser_faults.py",
    "tests/test_html.py",
    "tests/test_served.py",
    "tests/test_weight.py",
}


def group(test):
    """The name of what a test is run together with: its own where it stands alone."""
    file, _, name = test.partition("::")
    if file == VISITING:
        language = re.search(r"\[(?:.*-)?(sv|en)(?:-.*)?\]$", name)
        return f"pages in {language[1]}" if language else "a site"
    return "a site" if file in ON_A_SITE else test


class Groups(LoadScopeScheduling):
    """Groups begin first, those of most tests before others."""

    def _split_scope(self, nodeid):
        return group(nodeid)
