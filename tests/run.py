"""What `make test` does: every check, then the tests on each database there is; at the end, what came of it.

A failing step does not keep the later ones from running.
"""

import os
import re
import secrets
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
import xml.etree.ElementTree as ET
from dataclasses import dataclass
from pathlib import Path

from tests import npm, servers, system

ROOT = Path(__file__).resolve().parent.parent
STOP_SIGNALS = (signal.SIGINT, signal.SIGTERM)
PYTHON = [sys.executable, "-W", "error"]
MANAGE = [*PYTHON, "manage.py"]
PYTEST = [sys.executable, "-m", "pytest", "--numprocesses", "2", "--dist", "loadgroup", "--quiet"]
# The checks read the code only.
CHECKED = {"ALLOWED_HOSTS": "localhost", "DATABASE_URL": "sqlite://:memory:"}
PRODUCTION = {"SITE_URL": "https://example.org", "ALLOWED_HOSTS": "example.org"}


@dataclass
class Outcome:
    name: str
    seconds: float
    passed: int = 0
    failed: int = 0


def main():
    for name in STOP_SIGNALS:
        signal.signal(name, stop)
    outcomes = [run_check(*check) for check in checks()]
    if "--only-checks" in sys.argv[1:]:
        return tell(outcomes, [], [])
    left_out = missing_programs()
    against = [f"SQLite {sqlite3.sqlite_version}"]
    outcomes.append(run_tests(against[0], {}, leave_out=[]))
    postgresql = find(servers.find_postgresql, "PostgreSQL", "TEST_DATABASE_URL", outcomes, left_out)
    redis = find(servers.find_redis, "Redis", "TEST_REDIS_URL", outcomes, left_out)
    if postgresql or redis:
        found = [server.name for server in (postgresql, redis) if server]
        outcomes.append(run_tests_on_servers(postgresql, redis, " and ".join(found)))
        against += found
    if chromium := system.chromium_version():
        against.append(chromium)
    return tell(outcomes, against, left_out)


def stop(number, frame):
    # Once is enough: a second signal must not keep databases and keys from being removed.
    for name in STOP_SIGNALS:
        signal.signal(name, signal.SIG_IGN)
    sys.exit(128 + number)


def checks():
    """(name, command, environment) of each check."""
    # Those of the pages are Jinja's.
    templates = sorted(str(file) for file in (ROOT / "templates" / "admin").rglob("*.html"))
    djade = Path(sys.executable).with_name("djade")
    return [
        ("ruff check", [sys.executable, "-m", "ruff", "check"], {}),
        ("ruff format", [sys.executable, "-m", "ruff", "format", "--check"], {}),
        ("template format", [djade, "--check", "--target-version", "5.2", *templates], {}),
        ("migrations", [*MANAGE, "makemigrations", "--check", "--dry-run"], {}),
        ("deployment check", [*MANAGE, "check", "--deploy", "--fail-level", "WARNING"], PRODUCTION),
    ]


def missing_programs():
    """Installs what the tests need from the system where it may; tells what is still missing, and how to get it."""
    left_out = []
    if not system.chromium_version():
        system.install("chromium", "fonts-liberation")
    if not system.chromium_version():
        left_out.append("the browser tests, for want of Chromium (as root: apt-get install chromium)")
    if not system.has_gettext():
        system.install("gettext")
    if not system.has_gettext():
        left_out.append(
            "whether all texts are in the catalogue, for want of gettext (as root: apt-get install gettext)"
        )
    if not system.find_nginx():
        system.install("nginx-light")
    if not system.find_nginx():
        left_out.append("the proxy in front of the site, for want of nginx (as root: apt-get install nginx-light)")
    if not system.has_java():
        system.install("default-jre-headless")
    if not npm.vnu_jar():
        npm.fetch_vnu_jar()
    if not npm.opening_hours():
        npm.fetch_opening_hours()
    if not system.has_java():
        left_out.append("the HTML checker, for want of Java (as root: apt-get install default-jre-headless)")
    elif not npm.vnu_jar():
        left_out.append(f"the HTML checker, for want of {npm.VNU} (needs npm and the network, or its jar in VNU_JAR)")
    if not npm.opening_hours():
        left_out.append(f"what OpenStreetMap reads, for want of {npm.OPENING_HOURS} (needs Node, npm and the network)")
    return left_out


def find(finder, name, variable, outcomes, left_out):
    """The server, or None: then noted as left out, or as failed where it was asked for by name."""
    wanted = os.environ.get(variable, "").strip()
    try:
        server = finder(wanted)
    except Exception as error:  # each driver has its own kinds
        print(f"\n{variable} is set, but {name} does not answer there: {error}", flush=True)
        outcomes.append(Outcome(f"{name} at {variable}", 0, failed=1))
        return None
    if not server:
        why = "as asked for" if wanted == "none" else f"start it at its standard address, or set {variable}"
        left_out.append(f"{name} ({why})")
    return server


def run_check(name, command, settings):
    print(f"\n{name}:", flush=True)
    started = time.monotonic()
    code = run(command, CHECKED | {"SECRET_KEY": secrets.token_urlsafe(50)} | settings)
    return Outcome(name, time.monotonic() - started, failed=int(code != 0))


def run_tests(name, settings, leave_out):
    """leave_out: the markers of tests that are not to be run."""
    print(f"\nTests on {name}:", flush=True)
    if not system.chromium_version():
        leave_out = [*leave_out, "browser"]
    marks = ["-m", " and ".join(f"not {mark}" for mark in leave_out)] if leave_out else []
    started = time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder, "report.xml")
        code = run([*PYTEST, *marks, f"--junit-xml={report}"], settings)
        passed, failed = count(report)
    if code and not failed:
        failed = 1
    return Outcome(f"tests on {name}", time.monotonic() - started, passed, failed)


def run_tests_on_servers(postgresql, redis, name):
    """With a database and with keys that are this run's own, and gone after it."""
    own = f"trollhattan_intl_{os.getpid()}_{secrets.token_hex(3)}"
    settings = {}
    if postgresql:
        settings["DATABASE_URL"] = servers.database_url(postgresql, own)
    if redis:
        settings["CACHE_URL"] = servers.cache_url(redis, own)
    try:
        return run_tests(name, settings, leave_out=["once"])
    finally:
        if postgresql:
            servers.drop_databases(postgresql, own)
        if redis:
            servers.delete_all_keys(redis, own)


def count(report):
    """(passed, failed) as told by a JUnit report; an error in setting a test up or down is a failure."""
    if not report.exists():
        return 0, 0
    outcomes = [{part.tag for part in case} for case in ET.parse(report).iter("testcase")]  # noqa: S314 our own
    failed = sum(bool(parts & {"failure", "error"}) for parts in outcomes)
    skipped = sum("skipped" in parts for parts in outcomes)
    return len(outcomes) - failed - skipped, failed


def run(command, settings):
    """The exit code of a command that gets these settings and none that happen to be set here."""
    described = re.findall(r"^    ([A-Z_]+)=\(", (ROOT / "trollhattan_intl" / "settings.py").read_text(), re.MULTILINE)
    inherited = {name: value for name, value in os.environ.items() if name not in described}
    child = subprocess.Popen(command, cwd=ROOT, env=inherited | settings)
    try:
        return child.wait()
    except BaseException:  # told to stop: what was started stops first
        child.send_signal(signal.SIGINT)
        child.wait()
        raise


def tell(outcomes, against, left_out):
    print()
    for outcome in outcomes:
        print(f"{'FAILED' if outcome.failed else 'ok':6}  {outcome.name}, {outcome.seconds:.0f} s")
    if against:
        print(f"Ran against: {'; '.join(against)}")
        print(f"Left out: {'; '.join(left_out) or 'nothing'}")
    failed = sum(outcome.failed for outcome in outcomes)
    print(f"{sum(outcome.passed for outcome in outcomes)} passed, {failed} failed")
    return int(failed > 0)


if __name__ == "__main__":
    sys.exit(main())
