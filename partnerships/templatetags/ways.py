"""Ways through the site that are the same on every page of a language, worked out once: {% url %} does it anew."""

from functools import lru_cache

from django import template
from django.contrib.staticfiles.storage import staticfiles_storage
from django.template.loader import render_to_string
from django.utils.translation import get_language, gettext, override, pgettext

from partnerships.models.ways import address_of

register = template.Library()


@register.simple_tag
def way(name):
    """The address of a page that has just one in each language: {% way "towns" %}."""
    return address_of(name)


@register.simple_tag
@lru_cache(maxsize=64)
def asset(path):
    """The address of a static file: {% asset "css/site.css" %}."""
    return staticfiles_storage.url(path)


@register.simple_tag
def same(part, **told):
    """A part of every page that follows from the language and these words alone, drawn once for each.

    {% same "partnerships/_nav.html" path=path %}; never for what the database says.
    """
    return _same(part, get_language(), **told)


@lru_cache(maxsize=512)
def _same(part, language, **told):
    with override(language):
        return render_to_string(part, told)


@register.simple_tag
def menu(path):
    """[(address, words, aria-current or "")] of the main menu on the page at this path, search being the last."""
    return [(address, words, _current(address, path)) for address, words in _menu(get_language())]


@register.simple_tag
def search_words():
    """What the field for searching says, by name, the page of suggestions among it."""
    return _search_words(get_language())


@lru_cache(maxsize=8)
def _search_words(language):
    with override(language):
        return {
            "name": gettext("Suggestions"),
            "none": gettext("No suggestions"),
            "one": gettext("1 suggestion. Choose with the arrow keys."),
            "many": gettext("%(number)s suggestions. Choose with the arrow keys.") % {"number": "#"},
            "do": pgettext("do", "Search"),
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
