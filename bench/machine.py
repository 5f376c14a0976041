"""What was measured on, in words."""

import datetime
import os
import platform
import re
import sqlite3
import subprocess
from importlib.metadata import version
from pathlib import Path

from tests import servers, system


def described():
    """Lines of Markdown."""
    postgresql = servers.find_postgresql(os.environ.get("TEST_DATABASE_URL"))
    memory = int(re.search(r"MemTotal: +(\d+) kB", Path("/proc/meminfo").read_text())[1]) / 1024**2
    programs = [
        f"Linux {platform.release()}",
        f"Python {platform.python_version()}",
        *(f"{name} {version(name)}" for name in ("Django", "granian", "gunicorn")),
        _nginx(),
        f"SQLite {sqlite3.sqlite_version}",
        *([postgresql.name] if postgresql else []),
    ]
    day, cores = datetime.datetime.now(datetime.UTC).date(), len(os.sched_getaffinity(0))
    return [
        f"Measured on {day}: {_processor()}, {cores} cores, {memory:.0f} GB.",
        f"{', '.join(program for program in programs if program)}.",
    ]


def _processor():
    found = re.search(r"^model name\s*: (.+)$", Path("/proc/cpuinfo").read_text(), re.MULTILINE)
    return found[1] if found else platform.machine()


def _nginx():
    """nginx tells its version on standard error."""
    if not system.find_nginx():
        return None
    told = subprocess.run([system.find_nginx(), "-v"], capture_output=True, text=True, check=True).stderr
    return f"nginx {re.search(r'nginx/([0-9.]+)', told)[1]}"
