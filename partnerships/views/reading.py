"""For views that change nothing."""

from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe


def only_read(view):
    """405 for every method but GET and HEAD, before anybody asks for a CSRF token: there is nothing to protect."""
    return csrf_exempt(require_safe(view))
