"""Real sites for tests: started as `make serve` starts them, on data and a port of their own."""

import contextlib
import http.client
import os
import re
import secrets
import socket
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from django.db import connection

ROOT = Path(__file__).resolve().parent.parent
COMMAND = [sys.executable, "-m", "deploy.serve", "--as-installed"]
SECONDS_TO_START = 90


def wait_for(condition, seconds=20):
    """What the condition tells, once that is true; AssertionError when it has not come true in time."""
    deadline = time.monotonic() + seconds
    while not (told := condition()):
        assert time.monotonic() < deadline, f"waited {seconds} s in vain"
        time.sleep(0.05)
    return told


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@dataclass
class Site:
    process: subprocess.Popen
    port: int
    output_file: Path

    @property
    def url(self):
        return f"http://127.0.0.1:{self.port}"

    @property
    def output(self):
        return self.output_file.read_text()

    @property
    def username(self):
        return re.search(r"^  user name  (\S+)$", self.output, re.MULTILINE)[1]

    @property
    def password(self):
        return re.search(r"^  password   (\S+)$", self.output, re.MULTILINE)[1]

    def get(self, path, method="GET", body=None, **headers):
        """The response as it comes: nothing followed, nothing unpacked. Its body is in `content`."""
        with contextlib.closing(http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)) as http_connection:
            http_connection.request(method, path, body, headers)
            response = http_connection.getresponse()
            response.content = response.read()
            return response

    def wait_until_up(self):
        def is_up():
            assert self.process.poll() is None, self.output
            return "The site runs at" in self.output

        wait_for(is_up, SECONDS_TO_START)


@contextlib.contextmanager
def started(folder, command=COMMAND, port=None, **settings):
    """The site with its data in the folder, from the moment it is told to start until it has ended."""
    port = port or free_port()
    own = {"DATA_DIR": str(folder / "var"), "PORT": str(port)} | settings
    left_out = {"HOST", "SITE_URL", "ALLOWED_HOSTS", "SECRET_KEY", "DATABASE_URL", "DJANGO_SETTINGS_MODULE"}
    inherited = {
        name: value
        for name, value in os.environ.items()
        if name not in left_out and not name.startswith(("DJANGO_SUPERUSER_", "PYTEST_"))
    }
    output_file = folder / "output.txt"
    settings = inherited | {name: value for name, value in own.items() if value is not None}
    with logged_process(command, settings, output_file) as process:
        yield Site(process, port, output_file)


@contextlib.contextmanager
def logged_process(command, settings, output_file):
    """The process, told to end when the context ends, and killed where it does not. What it says is in the file."""
    with output_file.open("w") as output:
        process = subprocess.Popen(
            command, cwd=ROOT, env=settings, stdin=subprocess.DEVNULL, stdout=output, stderr=subprocess.STDOUT
        )
    try:
        yield process
    finally:
        process.terminate()
        try:
            process.wait(20)
        finally:
            process.kill()
            process.wait()


@contextlib.contextmanager
def served(folder, **settings):
    """The site, up and answering."""
    with started(folder, **settings) as site:
        site.wait_until_up()
        yield site


@contextlib.contextmanager
def own_database():
    """The DATABASE_URL of a new database, of the kind that the tests run on; None for SQLite in DATA_DIR."""
    if connection.vendor == "sqlite":
        yield None
        return
    url = urlsplit(os.environ["DATABASE_URL"])
    name = f"{url.path.strip('/')}_site_{secrets.token_hex(3)}"
    with connection._nodb_cursor() as cursor:
        cursor.execute(f'CREATE DATABASE "{name}"')
    try:
        yield url._replace(path=f"/{name}").geturl()
    finally:
        with connection._nodb_cursor() as cursor:
            cursor.execute(f'DROP DATABASE "{name}" WITH (FORCE)')
