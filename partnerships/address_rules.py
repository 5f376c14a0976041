"""What an address alone decides: its language, and whether it can be answered at all."""

from contextlib import suppress
from functools import lru_cache
from urllib.parse import parse_qsl, unquote_to_bytes

from django.conf import settings

LONGEST = 8000


def language_of(path):
    """/en and all below it is English, everything else Swedish."""
    return "en" if path.split("/")[1:2] == ["en"] else settings.LANGUAGE_CODE


def is_too_long(path, query):
    return len(path) + len(query) > LONGEST


def is_clean(query):
    """Whether a query string decodes to UTF-8 text without NUL, and has no more fields than Django reads."""
    if query.count("&") >= settings.DATA_UPLOAD_MAX_NUMBER_FIELDS:
        return False
    try:
        return "\0" not in unquote_to_bytes(query).decode()
    except UnicodeDecodeError:
        return False


@lru_cache(512)
def own_values(query, names):
    """((name, value), …) of a query string, as WSGI has it, for these names: what makes it another page.

    Bytes that are not percent-encoded are read as Django reads them: as UTF-8, else as Latin-1.
    """
    with suppress(UnicodeError):
        query = query.encode("latin-1").decode()
    return tuple(pair for pair in parse_qsl(query, keep_blank_values=True) if pair[0] in names)
