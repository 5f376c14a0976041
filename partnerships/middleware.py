"""What happens to every request before and after its view: its language, and refusals that stay plain."""

from urllib.parse import unquote_to_bytes

from django.conf import settings
from django.middleware.gzip import GZipMiddleware
from django.utils import translation

from partnerships.views.errors import bad_request, method_not_allowed, uri_too_long

MAX_ADDRESS = 8000


class AddressLanguageMiddleware:
    """The address alone decides the language: /en and all below it is English, everything else Swedish."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        language = "en" if request.path_info.split("/")[1:2] == ["en"] else settings.LANGUAGE_CODE
        with translation.override(language):
            request.LANGUAGE_CODE = language
            response = self.get_response(request)
            response.headers.setdefault("Content-Language", language)
            return response


class CompressTextMiddleware(GZipMiddleware):
    """Compresses what gains by it. Pictures hardly do, and would lose their length and their strong ETag."""

    def process_response(self, request, response):
        if response.headers.get("Content-Type", "").startswith("image/"):
            return response
        return super().process_response(request, response)


class PlainRefusalMiddleware:
    """Refuses addresses that no page can answer, and dresses the refusal of a method in the site's look."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        query = request.META.get("QUERY_STRING", "")
        if len(request.path_info) + len(query) > MAX_ADDRESS:
            return uri_too_long(request)
        if "\0" in request.path_info or not _is_clean(query):
            return bad_request(request)
        response = self.get_response(request)
        if response.status_code == 405 and not response.streaming and not response.content:
            return method_not_allowed(request, allow=response.headers["Allow"])
        return response


def _is_clean(query):
    """Whether a query string decodes to UTF-8 text without NUL."""
    try:
        return "\0" not in unquote_to_bytes(query).decode()
    except UnicodeDecodeError:
        return False
