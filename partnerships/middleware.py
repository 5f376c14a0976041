"""What happens to every request before and after its view: its language, and refusals that stay plain."""

from urllib.parse import urlencode

from django.http import QueryDict
from django.middleware.gzip import GZipMiddleware
from django.utils import timezone, translation

from partnerships.address_rules import is_clean, is_too_long, language_of, own_values
from partnerships.models.generation import current_generation, snapshot
from partnerships.next_change import next_change
from partnerships.page_cache import WISH
from partnerships.views.errors import bad_request, method_not_allowed, uri_too_long


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


class CompressTextMiddleware(GZipMiddleware):
    """Compresses what gains by it. Pictures hardly do, and would lose their length and their strong ETag; a page that
    is kept is compressed where it is kept."""

    def process_response(self, request, response):
        wish = request.META.get(WISH)
        if response.headers.get("Content-Type", "").startswith("image/") or (wish and wish.is_granted):
            return response
        return super().process_response(request, response)


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
