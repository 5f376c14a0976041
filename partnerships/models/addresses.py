"""The addresses of the site's own pages: read as editors paste them, kept in Swedish, told in the language at hand."""

from urllib.parse import unquote, urlsplit

from django.conf import settings
from django.http.request import validate_host
from django.urls import NoReverseMatch, Resolver404, resolve, reverse, translate_url
from django.utils import translation

from partnerships.models.base import Slugged


def on_this_site(address):
    """The parts of an address that leads to this site, or None: /vanorter/, example.org/en/ or https://example.org/."""
    address = address.strip()
    try:
        parts = urlsplit(address if "://" in address or address.startswith("/") else f"//{address}")
        host = parts.hostname
    except ValueError:
        return None
    own = (not host and not parts.scheme) or (parts.scheme in ("", "http", "https") and _is_own(host or ""))
    return parts if own else None


def _is_own(host):
    named = [name for name in settings.ALLOWED_HOSTS if name != "*"]
    return host == urlsplit(settings.SITE_URL).hostname or validate_host(host, named)


def public_page(path):
    """The Swedish path of the public page that lives at this path, Swedish or English; None where none does."""
    path = unquote(path)
    path = path if path.endswith("/") else f"{path}/"
    for language, _name in settings.LANGUAGES:
        with translation.override(language):
            try:
                match = resolve(path)
            except Resolver404:
                continue
        return _page_of(match)
    return None


def _page_of(match):
    try:
        own = {language: _address(match, language) for language, _name in settings.LANGUAGES}
    except NoReverseMatch:
        return None
    if len(set(own.values())) == 1:  # what has no language is no page: the admin, files, health
        return None
    if "slug" not in match.kwargs:
        return own[settings.LANGUAGE_CODE]
    for model in Slugged.__subclasses__():
        if not hasattr(model.objects, "published"):
            continue
        slug = match.kwargs["slug"]
        found = model.objects.published().filter(slug=slug).first() or model.moved_from(slug)
        address = found and _address(match, settings.LANGUAGE_CODE, slug=found.slug)
        with translation.override(settings.LANGUAGE_CODE):
            if address and found.get_absolute_url() == address:
                return address
    return None


def _address(match, language, **changed):
    with translation.override(language):
        return reverse(match.view_name, args=match.args, kwargs=match.kwargs | changed)


def in_language(address, language):
    """A link to a page by its Swedish path, led to the page in this language; any other link as it is."""
    if not address.startswith("/"):
        return address
    with translation.override(settings.LANGUAGE_CODE):
        return translate_url(address, language)
