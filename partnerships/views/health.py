"""For the operator: is the process alive, can it answer."""

import logging

from django.core.cache import cache
from django.db import DatabaseError, InterfaceError, connection
from django.http import HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache

from partnerships.views.reading import only_read

logger = logging.getLogger(__name__)


@never_cache
@only_read
def healthz(request):
    """200 as long as the process answers."""
    return HttpResponse("ok\n", content_type="text/plain")


@never_cache
@only_read
def readyz(request):
    """200 when the database answers, else 503. A lost cache is a warning: all goes on without it, slower."""
    state = {"database": _database(), "cache": _cache()}
    return JsonResponse(state, status=200 if state["database"] == "ok" else 503)


def _database():
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except (DatabaseError, InterfaceError) as error:
        logger.error("The database does not answer: %s", error)
        return "unreachable"
    return "ok"


def _cache():
    try:
        cache.get("readyz")
    except Exception as error:  # each kind of cache fails in its own way
        logger.warning("The cache does not answer: %s", error)
        return "unreachable"
    return "ok"
