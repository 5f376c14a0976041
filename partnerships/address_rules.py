"""What an address alone decides: its language, and whether it can be answered at all."""

from urllib.parse import unquote_to_bytes

from django.conf import settings

LONGEST = 8000


def language_of(path):
    """/en and all below it is English, everything else Swedish."""
    return "en" if path.split("/")[1:2] == ["en"] else settings.LANGUAGE_CODE


def is_too_long(path, query):
    return len(path) + len(query) > LONGEST


def is_clean(query):
    """Whether a query string decodes to UTF-8 text without NUL."""
    try:
        return "\0" not in unquote_to_bytes(query).decode()
    except UnicodeDecodeError:
        return False
