"""Whose address counts, whatever a client writes into X-Forwarded-For."""

from ipaddress import ip_network

import pytest
from django.test import RequestFactory

from partnerships.client_address import client_address

PROXIES = [ip_network(text) for text in ("127.0.0.1", "::1", "10.0.0.0/8")]


@pytest.mark.parametrize(
    ("remote", "forwarded", "address"),
    [
        ("127.0.0.1", None, "127.0.0.1"),
        ("127.0.0.1", "192.0.2.7", "192.0.2.7"),
        ("127.0.0.1", "203.0.113.1, 192.0.2.7", "192.0.2.7"),
        ("127.0.0.1", "203.0.113.1,192.0.2.7,10.1.2.3", "192.0.2.7"),
        ("127.0.0.1", "203.0.113.1, 10.1.2.3, 10.3.2.1", "203.0.113.1"),
        ("127.0.0.1", "10.1.2.3", "10.1.2.3"),
        ("::1", "2001:db8::7", "2001:db8::7"),
        ("::ffff:127.0.0.1", "192.0.2.7", "192.0.2.7"),
        ("198.51.100.9", "192.0.2.7", "198.51.100.9"),
        ("127.0.0.1", "192.0.2.7, nonsense", "127.0.0.1"),
        ("127.0.0.1", "", "127.0.0.1"),
        ("127.0.0.1", ",,", "127.0.0.1"),
        ("", "192.0.2.7", ""),
    ],
)
def test_it_is_the_last_that_no_trusted_proxy_has(settings, remote, forwarded, address):
    settings.TRUSTED_PROXIES = PROXIES
    request = RequestFactory().get("/", REMOTE_ADDR=remote)
    if forwarded is not None:
        request.META["HTTP_X_FORWARDED_FOR"] = forwarded
    assert client_address(request) == address
