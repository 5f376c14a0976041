"""Long lists in pages: which one is asked for, and the way to those beside it."""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import Http404
from django.utils.translation import gettext

ON_A_PAGE = 60
COUNTED = 20  # pages; how many there are of a longer list nobody is told, as to count them takes as long as to make one
LARGEST_PAGE = 10_000


@dataclass(frozen=True)
class Turn:
    """The page that one is on among the pages of a list.

    pages: how many there are, as far as one knows. asked: what its address asks for beside the number of the page.
    is_longer: there are more than were counted.
    """

    number: int
    pages: int
    asked: dict
    is_longer: bool = False

    @property
    def place(self):
        """Which page it is, in words."""
        words = gettext("page %(page)s") if self.is_longer else gettext("page %(page)s of %(pages)s")
        return words % {"page": self.number, "pages": self.pages}

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
            title = f"{title}, {self.place}"
        return found | {"title": title, "query": self._query(self.number)}


def page_number(request):
    """The number of the page that is asked for, the first unless told; Http404 for what can be none."""
    number = request.GET.get("page", "1")
    if not (number.isascii() and number.isdigit() and 1 <= int(number[:9]) <= LARGEST_PAGE and len(number) < 9):
        raise Http404
    return int(number)


def turned(request, at_most, found, **asked):
    """(the rows of the page that is asked for, its Turn); Http404 where the list does not reach so far.

    at_most: gives so many rows from the beginning. found: makes what has part(first, last) and count_up_to(most), which
    is asked for what does not fit on one page alone.
    """
    number = page_number(request)
    first = (number - 1) * ON_A_PAGE
    rows = list(found().part(first, first + ON_A_PAGE + 1) if first else at_most(most=ON_A_PAGE + 1))
    if first and not rows:
        raise Http404
    has_more, most = len(rows) > ON_A_PAGE, COUNTED * ON_A_PAGE
    total = found().count_up_to(most + 1) if first or has_more else len(rows)
    pages = max(min(-(-total // ON_A_PAGE), COUNTED), number + has_more)
    return rows[:ON_A_PAGE], Turn(number, pages, asked, is_longer=total > most)
