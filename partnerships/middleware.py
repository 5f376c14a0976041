"""What happens to every request before and after its view: its language, and refusals that stay plain."""

import gzip
import secrets
from urllib.parse import urlencode

from django.http import QueryDict
from django.utils import timezone, translation
from django.utils.cache import patch_vary_headers

from partnerships.address_rules import is_clean, is_too_long, language_of, own_values
from partnerships.kept_pages import accepted_encodings, packed_quickly
from partnerships.models.generation import current_generation, snapshot
from partnerships.next_change import next_change
from partnerships.page_cache import WISH
from partnerships.views.errors import bad_request, method_not_allowed, uri_too_long

# What a browser could let a page use, and no page of the site does.
UNUSED = ", ".join(
    f"{feature}=()"
    for feature in (
        "accelerometer",
        "autoplay",
        "camera",
        "display-capture",
        "encrypted-media",
        "geolocation",
        "gyroscope",
        "magnetometer",
        "microphone",
        "midi",
        "payment",
        "usb",
        "xr-spatial-tracking",
    )
)
WORTH_IT = 200  # bytes; what is shorter may even grow
LONGEST_NAME = 100


class AddressLanguageMiddleware:
    """The address alone decides the language."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        language = language_of(request.path_info)
        with translation.override(language):
            request.LANGUAGE_CODE = language
            response = self.get_response(request)
            response.headers.setdefault("Content-Language", language)
            return response


class PoliciesMiddleware:
    """Says what the Content-Security-Policy does not: that no page uses the device, nor is a part of others' pages."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        response.headers.setdefault("Permissions-Policy", UNUSED)
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        return response


class CompressTextMiddleware:
    """Compresses what gains by it, quickly, as somebody waits for it.

    Pictures hardly gain, and would lose their length and their strong ETag; a page that is kept is compressed where it
    is kept.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        if self._gains(request, response):
            patch_vary_headers(response, ("Accept-Encoding",))
            if "gzip" in accepted_encodings(request.META.get("HTTP_ACCEPT_ENCODING", "")):
                self._compress(response)
        return response

    def _gains(self, request, response):
        wish = request.META.get(WISH)
        return (
            not response.streaming
            and not (wish and wish.is_granted)
            and len(response.content) >= WORTH_IT
            and "Content-Encoding" not in response.headers
            and not response.headers.get("Content-Type", "").startswith("image/")
        )

    def _compress(self, response):
        response.content = _of_random_length(packed_quickly(response.content))
        response.headers["Content-Encoding"] = "gzip"
        response.headers["Content-Length"] = str(len(response.content))
        if response.headers.get("ETag", "").startswith('"'):
            response.headers["ETag"] = "W/" + response.headers["ETag"]  # RFC 9110, 8.8.1: other bytes, the same page


def _of_random_length(packed):
    """The gzip with a name of random length: so nobody can guess secrets in it by its length (the attack BREACH)."""
    name = b"a" * secrets.randbelow(LONGEST_NAME)
    return packed[:3] + bytes([gzip.FNAME]) + packed[4:10] + name + b"\0" + packed[10:]


class PlainRefusalMiddleware:
    """Refuses addresses that no page can answer, and dresses the refusal of a method in the site's look."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        query = request.META.get("QUERY_STRING", "")
        if is_too_long(request.path_info, query):
            return uri_too_long(request)
        if "\0" in request.path_info or not is_clean(query):
            return bad_request(request)
        response = self.get_response(request)
        if response.status_code == 405 and not response.streaming and not response.content:
            return method_not_allowed(request, allow=response.headers["Allow"])
        return response


class KeepPagesMiddleware:
    """Says of a page that is wished for by the page cache whether, and until when, it may be kept for everybody."""

    def __init__(self, get_response):
        self.get_response = get_response
        self._next = (None, None)  # (a generation, when the pages next read differently)

    def __call__(self, request):
        return self.get_response(request)

    def process_view(self, request, view, args, kwargs):
        if not hasattr(view, "kept_by"):
            return None
        # By the same reading as its page is kept by. What else somebody has added makes no other page.
        request.GET = QueryDict(urlencode(own_values(request.META.get("QUERY_STRING", ""), view.kept_by)))
        with snapshot():
            wish, moment = request.META.get(WISH), timezone.now()
            number = current_generation() if wish else None
            response = view(request, *args, **kwargs)
            if hasattr(response, "render"):  # it would be, later
                response.render()
            if wish and _is_for_everybody(request, response):
                wish.grant(number, self._until(number, moment))
        if not (wish and wish.is_granted):
            response.headers.setdefault("Cache-Control", "private, no-cache")
        return response

    def _until(self, number, moment):
        known, until = self._next
        if known != number or until <= moment:
            until = next_change(moment)
            self._next = number, until
        return until.timestamp()


def _is_for_everybody(request, response):
    """Whether nobody's session, no cookie, no form's token and no draft has had a part in it, and all went well."""
    session = getattr(request, "session", None)
    return (
        response.status_code == 200
        and not response.streaming
        and not response.cookies
        and not (session and session.accessed)
        and "CSRF_COOKIE" not in request.META
        and "private" not in response.headers.get("Cache-Control", "")
        and "no-store" not in response.headers.get("Cache-Control", "")
        and not hasattr(request, "preview")
    )
