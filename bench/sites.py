"""Sites to measure: their data made ready once, and served by servers that are running side by side."""

import contextlib
import os
import subprocess
import sys
import time

from deploy import serve
from tests.real_site import ROOT, SECONDS_TO_START, Site, free_port, logged_process

PASSWORD = "exempel-exempel-exempel"
INHERITED = ("PATH", "HOME", "LANG", "TMPDIR")
MANAGE = [sys.executable, ROOT / "manage.py"]
WSGI = "trollhattan_intl.wsgi:application"
THREADS = 4  # as in deploy/serve.py


class Served(Site):
    username, password = "admin", PASSWORD

    def is_up(self):
        assert self.process.poll() is None, self.output
        with contextlib.suppress(OSError):
            return self.get("/").status == 200
        return False


def environment(folder, **settings):
    """What a site with its data in this folder runs in; nothing else that happens to be set here."""
    own = {
        "DATA_DIR": str(folder),
        "STATIC_ROOT": str(ROOT / "var" / "bench-static"),
        "SECRET_KEY": "made-up-for-measuring-made-up-for-measuring-made-up",
        "ALLOWED_HOSTS": "127.0.0.1",
        "LOG_LEVEL": "WARNING",
        "DJANGO_SETTINGS_MODULE": "trollhattan_intl.settings",
        "DJANGO_SUPERUSER_USERNAME": Served.username,
        "DJANGO_SUPERUSER_EMAIL": "",
        "DJANGO_SUPERUSER_PASSWORD": PASSWORD,
    }
    return {name: os.environ[name] for name in INHERITED if name in os.environ} | own | settings


def make_ready(folder):
    """The database with the shipped content and an administrator, and the static files."""
    settings = prepare(folder)
    subprocess.run([*MANAGE, "first_run"], env=settings, check=True, stdout=subprocess.DEVNULL)


def prepare(folder):
    """A database without content, and the static files; the environment of both."""
    settings = environment(folder)
    folder.mkdir(parents=True, exist_ok=True)
    serve.collect_static(MANAGE, settings)
    subprocess.run([*MANAGE, "migrate", "--verbosity", "0"], env=settings, check=True)
    return settings


def granian(port, workers=None):
    return [sys.executable, "-m", *serve.server("127.0.0.1", port, workers)]


def gunicorn(port, workers=None):
    """With as many processes and threads as granian, on connections that stay open as long."""
    return [
        *(sys.executable, "-m", "gunicorn", "--bind", f"127.0.0.1:{port}", "--worker-class", "gthread"),
        *("--workers", str(workers or serve.processors()), "--threads", str(THREADS), "--keep-alive", "60"),
        *("--log-level", "warning", WSGI),
    ]


@contextlib.contextmanager
def running(folder, command=granian, workers=None, **settings):
    """The site with its data in this folder, by a server of its own, once that answers."""
    with begun(folder, command, workers, **settings) as site:
        deadline = time.monotonic() + SECONDS_TO_START
        while not site.is_up():
            if time.monotonic() > deadline:
                raise SystemExit(f"A server did not come up:\n{site.output}")
            time.sleep(0.05)
        yield site


@contextlib.contextmanager
def begun(folder, command=granian, workers=None, **settings):
    """The same, from the moment that the server is told to start."""
    port = free_port()
    output_file = folder / f"output-{port}.txt"
    settings = environment(folder, SITE_URL=f"http://127.0.0.1:{port}") | settings
    with logged_process(command(port, workers), settings, output_file) as process:
        yield Served(process, port, output_file)
