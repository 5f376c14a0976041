"""The processes of a real site's server."""

import os
import signal
from pathlib import Path

from bench.process_tree import children
from tests.real_site import wait_for


def workers(site):
    """The ids of the processes that answer, of a site that `make serve` has started."""
    (server,) = [pid for pid in children(site.process.pid) if "granian" in _command(pid)]
    # One of multiprocessing's own may be among its children.
    return [pid for pid in children(server) if "resource_tracker" not in _command(pid)]


def kill(pid):
    """At once, as the system does where memory runs out; when it is over, nobody is led to the process any more."""
    os.kill(pid, signal.SIGKILL)
    wait_for(lambda: _has_ended(pid))


def _has_ended(pid):
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] == "Z"
    except FileNotFoundError:
        return True


def _command(pid):
    return Path(f"/proc/{pid}/cmdline").read_text().replace("\0", " ")
