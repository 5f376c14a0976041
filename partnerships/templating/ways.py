"""Ways through the site that are the same on every page of a language, worked out once."""

from functools import lru_cache

from django.contrib.staticfiles.storage import staticfiles_storage
from django.template.loader import render_to_string
from django.utils.translation import gettext, override, pgettext
from markupsafe import Markup

from partnerships.models.ways import address_of


def way(name, language=None):
    """The address of a page that has just one in each language: {{ "towns"|way }}."""
    return address_of(name, language=language)


def address(thing, language=None):
    """The address of the page of a thing, or of its place on one: {{ town|address }}."""
    return thing.get_absolute_url(language)


@lru_cache(maxsize=64)
def asset(path):
    """The address of a static file: {{ "css/site.css"|asset }}."""
    return staticfiles_storage.url(path)


@lru_cache(maxsize=512)
def same(part, language, **told):
    """A part of every page that follows from the language and these words alone, drawn once for each.

    {{ same("_nav.html", path=path) }}; never for what the database says.
    """
    with override(language):
        return Markup(render_to_string(part, told, using=language))  # noqa: S704 escaped by its template


def menu(path, language):
    """[(address, words, aria-current or "")] of the main menu on the page at this path, search being the last."""
    return [(address, words, _current(address, path)) for address, words in _menu(language)]


@lru_cache(maxsize=8)
def search_words(language):
    """What the page of search and its field say, by name, suggestions among it."""
    with override(language):
        return {
            "name": gettext("Suggestions"),
            "none": gettext("No suggestions"),
            "one": gettext("1 suggestion. Choose with the arrow keys."),
            "many": gettext("%(number)s suggestions. Choose with the arrow keys.") % {"number": "#"},
            "do": pgettext("do", "Search"),
            "page": pgettext("page", "Search"),
        }


@lru_cache(maxsize=8)
def _menu(language):
    with override(language):
        words = {
            "towns": gettext("Twin towns"),
            "programs": gettext("Programs"),
            "networks": gettext("Networks"),
            "contact": gettext("Contact"),
            "contact-centre": gettext("Contact centre"),
            "search": pgettext("page", "Search"),
        }
        return [(address_of(name), told) for name, told in words.items()]


def _current(address, path):
    if address == path:
        return "page"
    return "true" if address in path else ""
