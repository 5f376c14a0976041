"""Long lists in pages: which one is asked for, and the way to those beside it."""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import Http404
from django.utils.translation import gettext

ON_A_PAGE = 60
LARGEST_PAGE = 10_000


@dataclass(frozen=True)
class Turn:
    """The page that one is on among the pages of a list.

    asked: what its address asks for beside the number of the page.
    """

    number: int
    pages: int
    asked: dict

    @property
    def before(self):
        """The address of the page before this one; "" for the first."""
        return self._address(self.number - 1)

    @property
    def after(self):
        return self._address(self.number + 1)

    def _address(self, number):
        if not 1 <= number <= self.pages:
            return ""
        query = self._query(number)
        return f"?{urlencode(query)}" if query else "."

    def _query(self, number):
        return self.asked | ({"page": number} if number > 1 else {})

    def found_as(self, *, title, **found):
        """How the page is found and shared, when the list as a whole is found as told: see shell.page."""
        if self.number > 1:
            place = gettext("page %(page)s of %(pages)s") % {"page": self.number, "pages": self.pages}
            title = f"{title}, {place}"
        return found | {"title": title, "query": self._query(self.number)}


def page_number(request):
    """The number of the page that is asked for, the first unless told; Http404 for what can be none."""
    number = request.GET.get("page", "1")
    if not (number.isascii() and number.isdigit() and 1 <= int(number[:9]) <= LARGEST_PAGE and len(number) < 9):
        raise Http404
    return int(number)


def turned(request, at_most, found, **asked):
    """(the rows of the page that is asked for, its Turn); Http404 where the list does not reach so far.

    at_most: gives so many rows from the beginning. found: makes what has part(first, last) and count(), which is asked
    for what does not fit on one page alone.
    """
    number = page_number(request)
    first = (number - 1) * ON_A_PAGE
    rows = list(found().part(first, first + ON_A_PAGE + 1) if first else at_most(most=ON_A_PAGE + 1))
    if first and not rows:
        raise Http404
    total = found().count() if first or len(rows) > ON_A_PAGE else len(rows)
    return rows[:ON_A_PAGE], Turn(number, max(1, -(-total // ON_A_PAGE)), asked)
