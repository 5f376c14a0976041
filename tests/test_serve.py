"""`make serve` as an operator meets it: starting, starting again, stopping, and what can go wrong on the way."""

import os
import pty
import shutil
import signal
import socket
import sqlite3
import stat
import sys
from pathlib import Path

import pytest

from deploy.serve import answers
from tests.real_site import COMMAND, free_port, served, started, wait_for

pytestmark = pytest.mark.once

MAKE = ["make", "serve", f"PYTHON={sys.executable}", "SERVE_OPTIONS=--as-installed"]


def processes_of(folder):
    """The ids of the processes that run on this folder's data."""
    told = f"DATA_DIR={folder / 'var'}".encode()
    found = set()
    for process in Path("/proc").glob("[0-9]*"):
        try:
            if told in (process / "environ").read_bytes().split(b"\0"):
                found.add(int(process.name))
        except OSError:
            continue
    return found


def children_of(pid, *words):
    """The ids of a process's children whose command line holds all the words."""
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    return [
        int(child) for child in children if set(words) <= set(Path(f"/proc/{child}/cmdline").read_text().split("\0"))
    ]


def rows(folder, question):
    with sqlite3.connect(folder / "var" / "db.sqlite3") as database:
        return database.execute(question).fetchall()


def has_ended(folder):
    return wait_for(lambda: not processes_of(folder))


@pytest.fixture(scope="module")
def first_start(tmp_path_factory):
    """The folder of a site that has been started for the first time, and what that start said."""
    folder = tmp_path_factory.mktemp("first")
    with served(folder) as site:
        site.process.send_signal(signal.SIGTERM)
        site.process.wait(15)
        return folder, site


@pytest.fixture
def folder(first_start, tmp_path):
    """A copy of such a folder, for a test that does not care about first starts."""
    shutil.copytree(first_start[0] / "var", tmp_path / "var")
    return tmp_path


def test_first_start_loads_content_and_makes_administrator(first_start):
    folder, site = first_start
    assert rows(folder, "SELECT username, is_superuser, is_staff, is_active FROM auth_user") == [("admin", 1, 1, 1)]
    assert site.username == "admin"
    assert len(site.password) >= 16
    assert rows(folder, "SELECT count(*) FROM partnerships_twintown WHERE state = 'published'") == [(5,)]
    key = folder / "var" / "secret_key"
    assert stat.S_IMODE(key.stat().st_mode) == 0o600
    assert len(key.read_text()) >= 50


def test_second_start_doubles_nothing(folder):
    counts = "SELECT (SELECT count(*) FROM auth_user), (SELECT count(*) FROM partnerships_contentrecord)"
    before = rows(folder, counts)
    key = (folder / "var" / "secret_key").read_text()
    with served(folder) as site:
        assert rows(folder, counts) == before
        assert "password" not in site.output
        assert (folder / "var" / "secret_key").read_text() == key
        assert site.get("/vanorter/tempe/").status == 200


def test_administrator_is_as_the_environment_says(tmp_path):
    chosen = {"USERNAME": "samordnaren", "EMAIL": "samordnaren@example.org", "PASSWORD": "made-up-for-this-test"}
    with served(tmp_path, **{f"DJANGO_SUPERUSER_{name}": value for name, value in chosen.items()}) as site:
        assert rows(tmp_path, "SELECT username, email FROM auth_user") == [("samordnaren", "samordnaren@example.org")]
        assert "samordnaren" in site.output
        assert "made-up-for-this-test" not in site.output


@pytest.mark.parametrize("name", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_signal_ends_it_cleanly(folder, name):
    with served(folder) as site:
        site.process.send_signal(name)
        assert site.process.wait(15) == 0
        assert has_ended(folder)
        assert "Traceback" not in site.output


@pytest.mark.parametrize("name", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL])
def test_signal_to_make_ends_it_cleanly(folder, name):
    with served(folder, command=MAKE) as site:
        site.process.send_signal(name)
        # GNU make ends by the signal itself once what it runs has ended.
        assert site.process.wait(15) == -name
        assert has_ended(folder)
        assert "Traceback" not in site.output


def test_signal_while_it_gets_ready_ends_it_cleanly(folder):
    with started(folder, STATIC_ROOT=str(folder / "static")) as site:
        wait_for(lambda: "Gathering" in site.output)
        wait_for(lambda: children_of(site.process.pid, "collectstatic"))
        site.process.send_signal(signal.SIGINT)
        assert site.process.wait(15) == 0
        assert has_ended(folder)
        assert "Traceback" not in site.output


def test_interrupt_key_in_a_terminal_ends_make_without_an_error(folder):
    """The terminal sends Ctrl-C to all that runs in its foreground, make included."""
    own = {"DATA_DIR": str(folder / "var"), "PORT": str(free_port())}
    pid, terminal = pty.fork()
    if not pid:
        os.execvpe("make", MAKE, os.environ | own)  # noqa: S606
    shown = b""
    try:
        while b"The site runs at" not in shown:
            shown += os.read(terminal, 1024)
        os.write(terminal, b"\x03")
        assert wait_for(lambda: (ended := os.waitpid(pid, os.WNOHANG))[0] and ended, seconds=15) == (pid, 0)
    finally:
        os.close(terminal)
    assert has_ended(folder)
    assert b"Traceback" not in shown


def test_when_a_process_dies_all_ends_and_says_which(folder):
    with served(folder) as site:
        (loop,) = children_of(site.process.pid, "run_due")
        os.kill(loop, signal.SIGKILL)
        assert site.process.wait(15) == 1
        assert "Stopping, because the due-work loop ended by itself (-9)." in site.output
        assert has_ended(folder)
    with served(folder) as site:
        (server,) = children_of(site.process.pid, "granian")
        os.kill(server, signal.SIGKILL)
        assert site.process.wait(15) == 1
        assert "Stopping, because the server ended by itself (-9)." in site.output
        assert has_ended(folder)


def test_nothing_outlives_a_supervisor_that_is_killed(folder):
    with served(folder) as site:
        site.process.kill()
        assert has_ended(folder)


def test_worker_that_dies_is_replaced(folder):
    with served(folder) as site:
        (server,) = children_of(site.process.pid, "granian")
        first, second = children_of(server, "granian")
        os.kill(first, signal.SIGKILL)
        wait_for(lambda: len(set(children_of(server, "granian")) - {first, second}) == 1)
        # The other worker may still be starting when the first one dies.
        wait_for(lambda: answers("127.0.0.1", site.port))
        assert site.get("/healthz").status == 200
        assert site.process.poll() is None


def test_first_run_cut_off_is_made_up_for(tmp_path):
    """Killed after the database is made and before there is anything in it."""
    with started(tmp_path) as site:
        wait_for(lambda: children_of(site.process.pid, "migrate"), 60)
        wait_for(lambda: children_of(site.process.pid, "first_run"), 60)
        for process in processes_of(tmp_path):
            os.kill(process, signal.SIGKILL)
    assert rows(tmp_path, "SELECT count(*) FROM auth_user") == [(0,)]
    with served(tmp_path) as site:
        assert rows(tmp_path, "SELECT count(*) FROM auth_user") == [(1,)]
        assert len(site.password) >= 16
        assert site.get("/vanorter/tempe/").status == 200


def test_port_that_is_taken_is_told_before_anything_else(tmp_path):
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        with started(tmp_path, port=port) as site:
            assert site.process.wait(15) == 1
            assert f"Port {port} on 127.0.0.1 is not free: Address already in use." in site.output
            assert f"PORT={port + 1} make serve" in site.output
            assert "Traceback" not in site.output
    assert not (tmp_path / "var").exists()


@pytest.mark.parametrize(
    ("environment", "words"),
    [
        ({"PORT": "http"}, "PORT must be a number from 1 to 65535, and it is 'http'."),
        ({"PORT": "65536"}, "PORT must be a number from 1 to 65535, and it is '65536'."),
        ({"HOST": "256.0.0.1"}, "HOST is '256.0.0.1', which is no address of this machine."),
        ({"HOST": "192.0.2.1"}, "on 192.0.2.1 is not free: Cannot assign requested address."),
    ],
)
def test_wrong_address_is_told(tmp_path, environment, words):
    with started(tmp_path, **environment) as site:
        assert site.process.wait(15) == 1
        assert words in site.output
        assert "Traceback" not in site.output


def test_command_is_the_makefiles():
    makefile = Path(__file__).parent.parent / "Makefile"
    assert f"$(PYTHON) {' '.join(COMMAND[1:3])} $(SERVE_OPTIONS)" in makefile.read_text()
