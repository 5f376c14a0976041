"""The pages for what went wrong. None asks the database, so each still comes when the database is gone."""

import sys

from django.db import InterfaceError, OperationalError
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

WORDS = {
    400: (
        _("The address cannot be understood"),
        _("Something in the address or the form is not as it should be. Check it, or begin again from the start page."),
    ),
    403: (
        _("You may not see this"),
        _("You may need to log in, or the form was open for too long. Go back, load the page again and try once more."),
    ),
    404: (
        _("The page is not here"),
        _(
            "It may have moved or been taken away, or the address is not quite right."
            " Go on from the menu or the start page."
        ),
    ),
    405: (
        _("That cannot be done here"),
        _("This page can be read, but not sent anything."),
    ),
    413: (
        _("That is too much to send"),
        _("Go back, shorten the text, and send it again."),
    ),
    414: (
        _("The address is too long"),
        _("Shorten it, or begin again from the start page."),
    ),
    500: (
        _("Something went wrong with us"),
        _("The fault is ours, not yours. Try again in a while."),
    ),
    503: (
        _("The site is resting for a moment"),
        _("Our database does not answer just now. Try again in half a minute."),
    ),
}


def _error(request, status, headers=None):
    heading, words = WORDS[status]
    response = render(
        request,
        "error.html",
        {"status": status, "heading": heading, "words": words},
        status=status,
        using=get_language(),
    )
    for name, value in {"Cache-Control": "no-store", **(headers or {})}.items():
        response.headers[name] = value
    return response


def bad_request(request, exception=None):
    return _error(request, 400)


def permission_denied(request, exception=None):
    return _error(request, 403)


def csrf_failure(request, reason=""):
    return _error(request, 403)


def not_found(request, exception=None):
    return _error(request, 404)


def method_not_allowed(request, allow):
    return _error(request, 405, {"Allow": allow})


def too_large(request):
    return _error(request, 413)


def uri_too_long(request):
    return _error(request, 414)


def server_error(request):
    """500, or 503 where the database does not answer: then it is worth trying again soon."""
    if isinstance(sys.exc_info()[1], (OperationalError, InterfaceError)):
        return _error(request, 503, {"Retry-After": "30"})
    return _error(request, 500)
