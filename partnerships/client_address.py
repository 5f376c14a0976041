"""Who asks: the network address behind the proxies that are trusted to tell it."""

import ipaddress
from functools import lru_cache

from django.conf import settings


def client_address(request):
    """The address that a request came from, as far as it is known; "" where it is not.

    Each of TRUSTED_PROXIES has added whoever asked it as the last one in X-Forwarded-For. What stands before the first
    that is not theirs may be made up.
    """
    address = request.META.get("REMOTE_ADDR", "")
    told = [part.strip() for part in request.headers.get("X-Forwarded-For", "").split(",")]
    while told and _is_trusted(address) and _parsed(nearer := told.pop()):
        address = nearer
    return address


def _is_trusted(address):
    parsed = _parsed(address)
    return bool(parsed) and any(parsed in network for network in settings.TRUSTED_PROXIES)


@lru_cache(maxsize=1024)
def _parsed(text):
    """The address; None where it is none. IPv4 within IPv6 is that IPv4 address."""
    try:
        address = ipaddress.ip_address(text)
    except ValueError:
        return None
    return getattr(address, "ipv4_mapped", None) or address
