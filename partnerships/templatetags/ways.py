"""Ways through the site that are the same on every page of a language: worked out once, where {% url %} does it anew."""

from functools import lru_cache

from django import template
from django.contrib.staticfiles.storage import staticfiles_storage
from django.urls import reverse
from django.utils.translation import get_language, gettext, override, pgettext

register = template.Library()


@register.simple_tag
def way(name):
    """The address of a page that has just one in each language: {% way "towns" %}."""
    return _way(name, get_language())


@register.simple_tag
@lru_cache(maxsize=64)
def asset(path):
    """The address of a static file: {% asset "css/site.css" %}."""
    return staticfiles_storage.url(path)


@register.simple_tag
def menu(path):
    """[(address, words, aria-current or "")] of the main menu on the page at this path, search being the last."""
    return [(address, words, _current(address, path)) for address, words in _menu(get_language())]


@lru_cache(maxsize=128)
def _way(name, language):
    with override(language):
        return reverse(name)


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
    return [(_way(name, language), told) for name, told in words.items()]


def _current(address, path):
    if address == path:
        return "page"
    return "true" if address in path else ""
