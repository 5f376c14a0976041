"""For views that change nothing."""

from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe


def only_read(view):
    """405 for every method but GET and HEAD, before anybody asks for a CSRF token: there is nothing to protect."""
    return csrf_exempt(require_safe(view))


def kept(*parameters):
    """only_read(), of a page that is the same for everybody until public content changes: the page cache may keep it.

    parameters: those of the address's query that the page depends on; the view gets no others.
    """

    def decorate(view):
        view = only_read(view)
        view.kept_by = parameters
        return view

    return decorate
