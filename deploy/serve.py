"""What `make serve` does: gets everything ready, then runs the server and the due-work loop until told to stop.

Standard library only: it makes the virtual environment that all the rest runs in. With --as-installed it takes
the Python that runs it, and the packages there, instead.
"""

import contextlib
import fcntl
import hashlib
import http.client
import os
import secrets
import socket
import sys
import tempfile
from urllib.parse import urlsplit

from deploy import environment, processes

ROOT = environment.ROOT


def main():
    host = os.environ.get("HOST") or "127.0.0.1"
    port = _port_number(os.environ.get("PORT") or "8000")
    check_that_it_is_free(host, port)
    as_installed = "--as-installed" in sys.argv[1:]
    python = sys.executable if as_installed else environment.ready(environment.LIST)
    settings = settings_for(host, port)
    manage = [python, ROOT / "manage.py"]
    collect_static(manage, settings)
    processes.run([*manage, "migrate", "--verbosity", "0"], settings)
    processes.run([*manage, "first_run"], settings)
    check_that_it_is_free(host, port)
    return processes.keep_running(
        {
            "the server": [python, "-m", *server(host, port)],
            "the due-work loop": [*manage, "run_due", "--forever"],
        },
        settings,
        answers=lambda: answers(host, port),
        welcome=f"The site runs at {settings['SITE_URL']}/ and its admin at {settings['SITE_URL']}/admin/. "
        "Ctrl-C stops it.",
    )


def _port_number(text):
    if not text.isdecimal() or not 0 < int(text) < 65536:
        raise SystemExit(f"PORT must be a number from 1 to 65535, and it is {text!r}.")
    return int(text)


def check_that_it_is_free(host, port):
    """SystemExit where the server could not listen, saying what to do."""
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        with socket.socket(family, kind, protocol) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(address)
            probe.listen()
    except socket.gaierror as error:
        raise SystemExit(f"HOST is {host!r}, which is no address of this machine.") from error
    except OSError as error:
        raise SystemExit(
            f"Port {port} on {host} is not free: {error.strerror}.\n"
            f"Stop what runs there, or choose another port: PORT={min(port, 65534) + 1} make serve"
        ) from error


def settings_for(host, port):
    """The environment that the site runs in: what is set already, and what makes it run without any setting."""
    settings = {"SITE_URL": f"http://127.0.0.1:{port}"} | os.environ
    names = [f"[{host}]" if ":" in host else host, "127.0.0.1", "localhost"]
    names.append(urlsplit(settings["SITE_URL"]).hostname or "localhost")
    settings.setdefault("ALLOWED_HOSTS", ",".join(dict.fromkeys(names)))
    folder = data_dir(settings)
    folder.mkdir(parents=True, exist_ok=True)
    if not settings.get("SECRET_KEY"):
        settings["SECRET_KEY"] = secret_key(folder / "secret_key")
    return settings


def data_dir(settings):
    return ROOT / settings.get("DATA_DIR", "var")


def secret_key(file):
    """The key in the file, made on the first call. It is written whole or not at all."""
    if not file.exists():
        # A temporary file is the owner's alone to read, and so is what it is linked to.
        with tempfile.NamedTemporaryFile("w", dir=file.parent) as unfinished:
            unfinished.write(secrets.token_urlsafe(50))
            unfinished.flush()
            # Another server on the same data may have been quicker: then its key stands.
            with contextlib.suppress(FileExistsError):
                os.link(unfinished.name, file)
    return file.read_text()


def collect_static(manage, settings):
    """Gathers the static files and compresses them, which takes a while, unless that is done already."""
    target = ROOT / (settings.get("STATIC_ROOT") or data_dir(settings) / "static")
    stamp = target.with_name(f"{target.name}.collected")
    target.mkdir(parents=True, exist_ok=True)
    with stamp.open("a+") as collected:
        fcntl.flock(collected, fcntl.LOCK_EX)
        collected.seek(0)
        digest = _static_digest()
        if collected.read() != digest or not (target / "staticfiles.json").exists():
            print("Gathering the static files …", flush=True)
            collected.truncate(0)
            processes.run([*manage, "collectstatic", "--no-input", "--verbosity", "0"], settings)
            collected.write(digest)


def _static_digest():
    """Of all that the static files come from: the packages, the settings, and the folders named static."""
    files = [ROOT / environment.LIST, ROOT / "trollhattan_intl" / "settings.py"]
    for folder in (ROOT / "static", ROOT / "partnerships" / "static"):
        files += sorted(file for file in folder.rglob("*") if file.is_file())
    digest = hashlib.sha256()
    for file in files:
        digest.update(f"{file.relative_to(ROOT)} {file.stat().st_size}\n".encode())
        digest.update(file.read_bytes())
    return digest.hexdigest()


def server(host, port, workers=None):
    """The server's command line: a process for each processor, unless told otherwise.

    A few threads each: more would only wait for one another. A request's headers may take 64 kB.
    """
    return [
        *("granian", "--interface", "wsgi", "--host", host, "--port", str(port)),
        *("--workers", str(workers or os.environ.get("WORKERS") or processors()), "--blocking-threads", "4"),
        *("--http1-buffer-size", "65536"),
        *("--respawn-failed-workers", "--workers-kill-timeout", "10", "--log-level", "warning"),
        "trollhattan_intl.wsgi:application",
    ]


def processors():
    """How many this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()


def answers(host, port):
    """Whether the server answers requests; what it answers does not matter here."""
    own = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)  # noqa: S104 compared with, not listened on
    connection = http.client.HTTPConnection(own, port, timeout=5)
    try:
        connection.request("GET", "/healthz")
        connection.getresponse()
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()
    return True


if __name__ == "__main__":
    with processes.stopped_by_signals(), processes.own_terminal():
        sys.exit(main())
