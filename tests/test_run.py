"""`make test` itself: what it counts, where it looks for servers, and that it removes its own things only."""

from urllib.parse import urlsplit

import psycopg
import pytest
import redis
from django.conf import settings
from django.db import connection

from tests import run, servers
from tests.real_site import free_port

REPORT = """<testsuites><testsuite>
<testcase name="passes"/>
<testcase name="passes with words"><system-out>said</system-out></testcase>
<testcase name="fails"><failure>no</failure></testcase>
<testcase name="fails twice"><failure>no</failure><error>nor after</error></testcase>
<testcase name="cannot begin"><error>no</error></testcase>
<testcase name="is skipped"><skipped/></testcase>
</testsuite></testsuites>"""


def test_count_tells_passed_and_failed(tmp_path):
    report = tmp_path / "report.xml"
    assert run.count(report) == (0, 0)
    report.write_text(REPORT)
    assert run.count(report) == (2, 3)


def test_last_line_is_the_sum(capsys):
    outcomes = [run.Outcome("ruff", 1, failed=1), run.Outcome("tests", 2, passed=5, failed=2), run.Outcome("ok", 3)]
    assert run.tell(outcomes, ["SQLite 3"], ["Redis (as asked for)"]) == 1
    assert capsys.readouterr().out.splitlines()[-6:] == [
        "FAILED  ruff, 1 s",
        "FAILED  tests, 2 s",
        "ok      ok, 3 s",
        "Ran against: SQLite 3",
        "Left out: Redis (as asked for)",
        "5 passed, 3 failed",
    ]
    assert run.tell([run.Outcome("tests", 2, passed=5)], ["SQLite 3"], []) == 0


@pytest.mark.parametrize("finder", [servers.find_postgresql, servers.find_redis])
def test_server_can_be_left_out(finder):
    assert finder("none") is None


def test_server_that_was_asked_for_must_answer():
    with pytest.raises(psycopg.OperationalError):
        servers.find_postgresql(f"postgres://127.0.0.1:{free_port()}/postgres")
    with pytest.raises(redis.ConnectionError):
        servers.find_redis(f"redis://127.0.0.1:{free_port()}/0")


def test_urls_are_made_as_django_reads_them():
    socket = servers.Server("postgres://somebody@/postgres?host=/var/run/postgresql", "")
    assert servers.database_url(socket, "own") == "postgres://somebody@/own?host=/var/run/postgresql"
    assert servers.cache_url(servers.Server("redis://h/1", ""), "own") == "redis://h/1?key_prefix=own"
    assert (
        servers.cache_url(servers.Server("redis://h/1?timeout=5", ""), "own") == "redis://h/1?timeout=5&key_prefix=own"
    )


@pytest.mark.skipif(connection.vendor != "postgresql", reason="is about PostgreSQL")
def test_only_the_runs_own_databases_are_dropped(django_db_blocker):
    server = servers.find_postgresql("")
    own = connection.settings_dict["NAME"].removeprefix("test_").rpartition("_gw")[0] + "_own"
    others = [own.replace("_", "x"), f"other_{own}"]
    with psycopg.connect(server.url, autocommit=True) as session:
        for name in [own, f"test_{own}_gw0", *others]:
            session.execute(f'CREATE DATABASE "{name}"')
        servers.drop_databases(server, own)
        left = session.execute("SELECT datname FROM pg_database WHERE datname LIKE %s", [f"%{own[-12:]}%"]).fetchall()
        left += session.execute("SELECT datname FROM pg_database WHERE datname = %s", [others[0]]).fetchall()
        for name in others:
            session.execute(f'DROP DATABASE "{name}"')
    assert {name for (name,) in left} == set(others)


@pytest.mark.skipif("redis" not in settings.CACHES["default"]["LOCATION"], reason="is about Redis")
def test_only_the_runs_own_keys_are_deleted():
    prefix = f"{settings.CACHES['default']['KEY_PREFIX']}-keys"
    # In a database apart: whoever shares the server may empty the one that is used by default at any moment.
    with redis.Redis.from_url(urlsplit(settings.CACHES["default"]["LOCATION"])._replace(path="/11").geturl()) as client:
        client.mset({f"{prefix}:1:a": 1, f"{prefix}:1:b": 1, f"other:{prefix}:1:a": 1})
        servers.delete_keys(client, prefix)
        assert list(client.scan_iter(f"*{prefix}*")) == [f"other:{prefix}:1:a".encode()]
        client.delete(f"other:{prefix}:1:a")


def test_what_is_missing_is_named_and_how_to_get_it(monkeypatch):
    monkeypatch.setattr(run.system, "chromium_version", lambda: None)
    monkeypatch.setattr(run.system, "has_gettext", lambda: False)
    monkeypatch.setattr(run.system, "has_java", lambda: False)
    monkeypatch.setattr(run.npm, "vnu_jar", lambda: None)
    monkeypatch.setattr(run.npm, "fetch_vnu_jar", lambda: None)
    monkeypatch.setattr(run.npm, "opening_hours", lambda: None)
    monkeypatch.setattr(run.npm, "fetch_opening_hours", lambda: None)
    installed = []
    monkeypatch.setattr(run.system, "install", lambda *packages: installed.extend(packages))
    assert [told.partition(" (")[0] for told in run.missing_programs()] == [
        "the browser tests, for want of Chromium",
        "whether all texts are in the catalogue, for want of gettext",
        "the HTML checker, for want of Java",
        f"what OpenStreetMap reads, for want of {run.npm.OPENING_HOURS}",
    ]
    assert installed == ["chromium", "fonts-liberation", "gettext", "default-jre-headless"]
    monkeypatch.setattr(run.system, "has_java", lambda: True)
    checker, reader = run.missing_programs()[-2:]
    assert "npm and the network" in checker
    assert "npm and the network" in reader
