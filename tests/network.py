"""Tests talk to this machine only: whatever reaches out further fails, and says where it wanted to go."""

import contextlib
import ipaddress
import socket
from unittest import mock

_connect, _connect_ex, _getaddrinfo = socket.socket.connect, socket.socket.connect_ex, socket.getaddrinfo


class ReachedOutError(AssertionError):
    pass


def _refuse_others(host):
    """Lets addresses of this machine pass, whichever way they are written."""
    if host in (None, "", b"", "localhost", b"localhost"):
        return
    text = host.decode() if isinstance(host, bytes) else host
    try:
        is_here = ipaddress.ip_address(text.partition("%")[0]).is_loopback
    except ValueError:
        is_here = False
    if not is_here:
        raise ReachedOutError(f"a test wanted to reach {text}")


def _guarded(real):
    def connect(self, address):
        if self.family in (socket.AF_INET, socket.AF_INET6):
            _refuse_others(address[0])
        return real(self, address)

    return connect


def _guarded_getaddrinfo(host, *args, **kwargs):
    _refuse_others(host)
    return _getaddrinfo(host, *args, **kwargs)


@contextlib.contextmanager
def only_this_machine():
    with (
        mock.patch.object(socket.socket, "connect", _guarded(_connect)),
        mock.patch.object(socket.socket, "connect_ex", _guarded(_connect_ex)),
        mock.patch.object(socket, "getaddrinfo", _guarded_getaddrinfo),
    ):
        yield
