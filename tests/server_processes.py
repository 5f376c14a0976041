"""The processes of a real site's server."""

from pathlib import Path

from bench.process_tree import children


def workers(site):
    """The ids of the processes that answer, of a site that `make serve` has started."""
    (server,) = [pid for pid in children(site.process.pid) if "granian" in _command(pid)]
    # One of multiprocessing's own may be among its children.
    return [pid for pid in children(server) if "resource_tracker" not in _command(pid)]


def _command(pid):
    return Path(f"/proc/{pid}/cmdline").read_text().replace("\0", " ")
