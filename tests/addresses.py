"""Which pages the checks look at: all that the site itself lists, and those that no list names."""

import re
from dataclasses import dataclass
from urllib.parse import parse_qsl, urlencode, urlsplit

from django.urls import URLResolver

from tests.admin_forms import filled_in

LANGUAGES = ("sv", "en")


@dataclass(frozen=True)
class Address:
    """A page: its path with the query, and the status it should answer with.

    sent: what is written into the form in its <main>, as a query string, before that is sent; the page that answers is
    the one meant then. None sends nothing, "" the form as it stands.
    """

    path: str
    status: int = 200
    sent: str | None = None

    def __str__(self):
        return self.path if self.sent is None else f"{self.path} (sent: {self.sent or 'as it stands'})"

    @property
    def fields(self):
        return dict(parse_qsl(self.sent or ""))


# Beside the sitemap's: pages for a search, pages that tell of an error, forms and what answers them.
EXTRAS = {
    "sv": [
        Address("/finns-inte/", status=404),
        Address("/program/?for=larare"),
        Address("/program/?for=foretag"),
        Address("/sok/"),
        Address("/sok/?q=utbyte"),
        Address("/sok/?q=tempee"),
        Address("/sok/?q=kontakt+oppettider"),
        Address("/sok/?q=qqqqqq"),
        Address("/sok/?q=tempe&kind=program"),
        Address("/tillganglighet/rapportera/"),
        Address("/tillganglighet/rapportera/", sent=""),
        Address("/tillganglighet/rapportera/tack/"),
    ],
    "en": [
        Address("/en/finns-inte/", status=404),
        Address("/en/programs/?for=larare"),
        Address("/en/programs/?for=foretag"),
        Address("/en/search/"),
        Address("/en/search/?q=exchange"),
        Address("/en/search/?q=opening+hours"),
        Address("/en/search/?q=qqqqqq"),
        Address("/en/accessibility/report/"),
        Address("/en/accessibility/report/", sent=""),
        Address("/en/accessibility/report/thanks/"),
    ],
}
# The routes below both languages that give no page to read, and why.
NOT_PAGES = {
    "search-suggestions": "JSON for the module that shows them",
    "deviations": "a calendar, for programs that one subscribes with",
}


def listed(site):
    """{language: [Address]} of all public pages, as the site's own list for search engines has them."""
    sitemap = site.get("/sitemap.xml").content.decode()
    paths = [urlsplit(found).path for found in re.findall(r"<loc>(.*?)</loc>", sitemap)]
    return {language: [Address(path) for path in paths if language_of(path) == language] for language in LANGUAGES}


def language_of(path):
    return "en" if path.split("/")[1] == "en" else "sv"


def route_names(patterns):
    """The names of all routes, those included from elsewhere too."""
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            yield from route_names(pattern.url_patterns)
        else:
            yield pattern.name


def fetched(site, address):
    """The response of a running site, to its form where one is to be sent."""
    response = site.get(address.path)
    if address.sent is None:
        return response
    form = response.content.decode().partition("<main")[2].partition("</main>")[0]
    response.content = form.encode()
    sent = urlencode(filled_in(response, **address.fields), doseq=True)
    kind = {"Content-Type": "application/x-www-form-urlencoded", "Origin": site.url}
    return site.get(address.path, method="POST", body=sent, **kind)
