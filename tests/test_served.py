"""A running site over the wire: what it compresses, what it refuses, and how it bears the loss of its database."""

import gzip
import json
import os
import re
import signal
import socket
from contextlib import contextmanager, suppress
from pathlib import Path
from urllib.parse import urlsplit

import brotli
import pytest
from django.db import connection

from tests.real_site import own_database, served, wait_for


def raw(site, sent):
    """What comes back for these bytes, until the server closes."""
    with socket.create_connection(("127.0.0.1", site.port), timeout=20) as wire:
        wire.sendall(sent)
        received = b""
        try:
            while part := wire.recv(65536):
                received += part
        except ConnectionResetError:
            pass
        return received


def is_plain(response):
    text = response.content.decode()
    return "Traceback" not in text and "<h1" in text


def test_pages_are_compressed(served_site):
    plain = served_site.get("/")
    packed = served_site.get("/", **{"Accept-Encoding": "gzip"})
    assert plain.status == packed.status == 200
    assert plain.getheader("Content-Type") == packed.getheader("Content-Type") == "text/html; charset=utf-8"
    assert packed.getheader("Content-Encoding") == "gzip"
    assert "Accept-Encoding" in packed.getheader("Vary")
    assert b"</html>" in gzip.decompress(packed.content)
    assert len(packed.content) < len(plain.content) / 2


def test_static_files_are_compressed_and_kept_for_good(served_site):
    style = re.search(r'href="(/static/css/site\.[0-9a-f]{12}\.css)"', served_site.get("/").content.decode())[1]
    plain = served_site.get(style)
    packed = served_site.get(style, **{"Accept-Encoding": "gzip, br"})
    assert packed.getheader("Content-Encoding") == "br"
    assert brotli.decompress(packed.content) == plain.content
    for response in (plain, packed):
        assert response.status == 200
        assert response.getheader("Cache-Control") == "max-age=315360000, public, immutable"
        assert response.getheader("Content-Type") == 'text/css; charset="utf-8"'


def test_health_addresses_answer(served_site):
    alive = served_site.get("/healthz")
    assert (alive.status, alive.content) == (200, b"ok\n")
    ready = served_site.get("/readyz")
    assert (ready.status, json.loads(ready.content)) == (200, {"database": "ok", "cache": "ok"})
    assert "no-store" in ready.getheader("Cache-Control")


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PROPFIND", "BREW"])
def test_unknown_method_is_refused(served_site, method):
    response = served_site.get("/vanorter/", method=method)
    assert response.status == 405
    assert response.getheader("Allow") == "GET, HEAD"
    assert is_plain(response)


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/finns-inte/", 404),
        ("/vanorter/finns-inte/", 404),
        ("/en/finns-inte/", 404),
        ("/vanorter/%00/", 400),
        ("/?q=%00", 400),
        ("/?q=%ff", 400),
        ("/%ff/", 404),
        ("/../../etc/passwd", 404),
        ("/static/../manage.py", 404),
        ("/static/css/", 404),
        ("/media/../db.sqlite3", 404),
        ("/media/..%2fsecret_key", 404),
        ("/" + "a" * 9000, 414),
        ("/?" + "a" * 9000, 414),
    ],
)
def test_bad_address_gets_a_plain_page(served_site, path, status):
    response = served_site.get(path)
    assert response.status == status
    assert is_plain(response)


def test_unknown_host_is_refused(served_site):
    response = served_site.get("/", Host="example.com")
    assert response.status == 400
    assert is_plain(response)


@pytest.mark.parametrize(
    "sent",
    [
        b"\x00\xff\xfe\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: minus\r\n\r\n",
        b"GET /\xff\xfe HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: \xc3\xb6\r\nConnection: close\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\nCookie: " + b"a" * 500_000 + b"\r\n\r\n",
        b"GET /" + b"a" * 1_000_000 + b" HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n",
    ],
    ids=["noise", "length", "raw address", "raw host", "huge header", "huge address"],
)
def test_raw_bytes_are_refused(served_site, sent):
    answer = raw(served_site, sent)
    assert not answer or re.match(rb"HTTP/1\.[01] (400|404|414|431) ", answer)
    assert b"Traceback" not in answer
    assert served_site.get("/healthz").status == 200


@pytest.mark.parametrize("path", ["/", "/en/", "/admin/login/"])
def test_html_has_its_headers(served_site, path):
    response = served_site.get(path)
    assert response.getheader("X-Content-Type-Options") == "nosniff"
    assert response.getheader("X-Frame-Options") == "DENY"
    assert response.getheader("Referrer-Policy") == "strict-origin-when-cross-origin"
    assert response.getheader("Cross-Origin-Opener-Policy") == "same-origin"


@contextmanager
def site_and_database(tmp_path, django_db_blocker):
    """A running site, a context in which its database is gone, and whether its processes live through that."""
    with django_db_blocker.unblock(), own_database() as url:
        lives_on = bool(url)
        if url:
            gone = _postgresql_gone(urlsplit(url).path.strip("/"))
        else:
            folder = tmp_path / "database"
            folder.mkdir()
            url, gone = f"sqlite:///{folder / 'db.sqlite3'}", _folder_gone(folder)
        with served(tmp_path, DATABASE_URL=url) as site:
            yield site, gone, lives_on


@contextmanager
def _folder_gone(folder: Path):
    """As when the server starts before the disk is there: a file that is open already stays open."""
    away = folder.rename(folder.with_name("away"))
    for process in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):
            is_server = b"granian" in (process / "cmdline").read_bytes()
            if is_server and any(str(away) in str(file.readlink()) for file in (process / "fd").iterdir()):
                os.kill(int(process.name), signal.SIGKILL)
    yield
    away.rename(folder)


@contextmanager
def _postgresql_gone(name):
    with connection._nodb_cursor() as cursor:
        cursor.execute(f'ALTER DATABASE "{name}" ALLOW_CONNECTIONS false')
        cursor.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s", [name])
    yield
    with connection._nodb_cursor() as cursor:
        cursor.execute(f'ALTER DATABASE "{name}" ALLOW_CONNECTIONS true')


def refused(site, address):
    """The answer, where it is that there is no database; a process that is just being replaced answers nothing."""
    with suppress(ConnectionError):
        answer = site.get(address)
        return answer if answer.status == 503 else None


def test_lost_database_is_told_and_got_over(tmp_path, django_db_blocker):
    with site_and_database(tmp_path, django_db_blocker) as (site, database_gone, lives_on):
        for _each_process in range(20):
            assert site.get("/vanorter/tempe/").status == 200
        with database_gone:
            page = wait_for(lambda: refused(site, "/natverk/sern/"))
            assert (page.status, page.getheader("Retry-After")) == (503, "30")
            assert page.getheader("Cache-Control") == "no-store"
            assert is_plain(page)
            ready = site.get("/readyz")
            assert (ready.status, json.loads(ready.content)["database"]) == (503, "unreachable")
            assert site.get("/healthz").status == 200
            # What is kept goes on; a process that has only just started cannot know whether it still holds.
            assert site.get("/vanorter/tempe/").status == (200 if lives_on else 503)
        assert wait_for(lambda: site.get("/readyz").status == 200)
        assert wait_for(lambda: site.get("/natverk/sern/").status == 200)
        assert site.process.poll() is None
