"""The addresses of pages in the language at hand, worked out once in each process: reverse() does it anew each time."""

from functools import lru_cache

from django.urls import reverse
from django.utils import translation


def address_of(name, *slug, language=None):
    """The address of the page of this name and this slug, where it has one, in the language at hand unless told."""
    return _address_of(language or translation.get_language(), name, *slug)


@lru_cache(maxsize=4096)
def _address_of(language, name, *slug):
    with translation.override(language):
        return reverse(name, args=slug)
