"""Reports sent at once to a real site of several processes: each is kept once, and no more than the hour allows."""

import re
import sqlite3
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from unittest import mock
from urllib.parse import urlencode

import psycopg
import pytest
from django.core import signing

from partnerships.reporting import SALT
from tests.real_site import own_database, served
from tests.test_served import raw

pytestmark = pytest.mark.xdist_group("browser")

FORM = "/tillganglighet/rapportera/"


@pytest.fixture(scope="module")
def site_and_rows(tmp_path_factory, django_db_blocker):
    """A site of its own, and a function that asks its database."""
    folder = tmp_path_factory.mktemp("reports")
    with django_db_blocker.unblock(), own_database() as url, served(folder, DATABASE_URL=url) as site:

        def rows(query):
            where = psycopg.connect(url) if url else sqlite3.connect(folder / "var" / "db.sqlite3")
            with closing(where) as database:
                return database.execute(query).fetchall()

        yield site, rows, (folder / "var" / "secret_key").read_text()


def token(key, nonce):
    """A token as the site gave it out ten seconds ago."""
    with mock.patch("time.time", return_value=time.time() - 10):
        return signing.TimestampSigner(key=key, salt=SALT).sign(nonce)


def post(site, **words):
    body = urlencode({"what_happened": "Knappen går inte att nå.", **words})
    headers = {"Content-Type": "application/x-www-form-urlencoded", "Origin": site.url}
    response = site.get(FORM, "POST", body=body, **headers)
    return response.status


def at_once(send, values):
    with ThreadPoolExecutor(len(values)) as pool:
        return sorted(pool.map(send, values))


def test_reports_sent_at_once(site_and_rows):
    site, rows, key = site_and_rows
    count = "SELECT COUNT(*), COUNT(DISTINCT sender) FROM partnerships_accessibilityreport"
    twice = token(key, "en-och-samma")
    assert at_once(lambda _: post(site, token=twice), range(8)) == [302] * 8
    assert rows(count) == [(1, 1)]
    tokens = [token(key, f"nummer-{n}") for n in range(12)]
    assert at_once(lambda each: post(site, token=each), tokens) == [302] * 4 + [429] * 8
    assert rows(count) == [(5, 1)]
    ((sender,),) = rows("SELECT DISTINCT sender FROM partnerships_accessibilityreport")
    assert re.fullmatch(r"[0-9a-f]{64}", sender)


def test_the_server_bears_broken_bodies(site_and_rows):
    site, _rows, _key = site_and_rows
    kind = {"Content-Type": "application/x-www-form-urlencoded", "Origin": site.url}
    sent = {
        "NUL": (b"what_happened=%00", kind),
        "parts": (b"--", kind | {"Content-Type": "multipart/form-data; boundary=x"}),
        "no origin": (b"what_happened=abcdefghijkl", {"Content-Type": kind["Content-Type"]}),
    }
    answers = {name: site.get(FORM, "POST", body=body, **headers) for name, (body, headers) in sent.items()}
    assert {name: response.status for name, response in answers.items()} == {
        "NUL": 400,
        "parts": 400,
        "no origin": 403,
    }
    for response in answers.values():
        assert response.getheader("Set-Cookie") is None
        assert b"<h1" in response.content
        assert b"Traceback" not in response.content
    # The answer comes before the body has.
    announced = f"POST {FORM} HTTP/1.1\r\nHost: 127.0.0.1:{site.port}\r\nContent-Length: 5000000\r\n"
    given = "".join(f"{name}: {value}\r\n" for name, value in kind.items())
    assert raw(site, f"{announced}{given}Connection: close\r\n\r\nwhat_happened=a".encode()).startswith(
        b"HTTP/1.1 413 "
    )
    assert "Traceback" not in site.output
    assert site.get(FORM).status == 200
