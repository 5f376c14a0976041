"""Requests one after the other on a few connections that stay open, as fast as they are answered: by wrk."""

import re
import shutil
import subprocess
from dataclasses import dataclass

CONNECTIONS = 4
OPTIONS = ["--threads", "1", "--connections", str(CONNECTIONS), "--latency", "--timeout", "30s"]
UNITS = {"us": 0.001, "ms": 1, "s": 1000, "m": 60_000}
# Compressed, in an encoding that all servers here have at hand.
ENCODING = "gzip"


@dataclass(frozen=True)
class Load:
    """p99: in milliseconds."""

    requests: int
    per_second: float
    p99: float


def check():
    if not shutil.which("wrk"):
        raise SystemExit("This needs wrk (as root on Debian: apt-get install wrk).")


def warm(url, **headers):
    """A second of it, the shortest that wrk knows, of which nothing is told."""
    _run(url, 1, headers)


def load(url, seconds, **headers):
    """The Load of so many seconds; SystemExit where anything else than pages came back."""
    return read(_run(url, seconds, headers), url)


def _run(url, seconds, headers):
    told = [f"--header={name}: {value}" for name, value in ({"Accept-Encoding": ENCODING} | headers).items()]
    command = ["wrk", *OPTIONS, "--duration", f"{seconds}s", *told, url]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout


def read(output, url=""):
    if fault := re.search(r"(Non-2xx or 3xx responses|Socket errors): .*", output):
        raise SystemExit(f"{url}: {fault[0]}")
    requests = int(re.search(r"^ +(\d+) requests in ", output, re.MULTILINE)[1])
    if not requests:
        raise SystemExit(f"{url} was not answered in time:\n{output}")
    # wrk writes whole seconds as "1.05s ".
    number, unit = re.search(r"^ +99%\s+([\d.]+)(us|ms|s|m) *$", output, re.MULTILINE).groups()
    per_second = float(re.search(r"^Requests/sec: +([\d.]+)$", output, re.MULTILINE)[1])
    return Load(requests, per_second, float(number) * UNITS[unit])
