"""What a request costs, page by page, kept and built, beside nginx with a file and Django with nothing to do.

python -m bench.serving [--rounds 5] [--seconds 3] [--only-print]
"""

import argparse
import contextlib
import statistics
import sys
import tempfile
from dataclasses import dataclass, field
from pathlib import Path

from bench import machine, process_tree, sites, tables, wrk
from deploy import processes, serve
from tests import system
from tests.plain_browser import Browser
from tests.proxy import proxied

PAGES = {
    "landing": "/",
    "town": "/vanorter/tempe/",
    "network": "/natverk/sern/",
    "contact": "/kontakt/",
    "list": "/natverk/",
    "search": "/sok/?q=tempe",
}
DESK = {"admin: list": "/admin/partnerships/network/", "admin: form": "/admin/partnerships/network/1/change/"}
FILE, NOTHING = "nginx: a file", "Django: nothing"
KEPT, PROXIED = 3.2, 1.2  # at most so many times the file
BUILT = {"landing": 12, "town": 8, "network": 8, "contact": 8}  # at most so many times nothing


@dataclass
class Subject:
    """One address of one server, and what came of it.

    beside: the process of another server that may be asked on the way. base: what its cost is told in, at_most so much.
    """

    name: str
    site: object
    address: str
    base: str | None = None
    at_most: float | None = None
    headers: dict = field(default_factory=dict)
    beside: object = None
    cpu: list = field(default_factory=list)
    loads: list = field(default_factory=list)

    def measure(self, seconds):
        before = self._seconds()
        load = wrk.load(self.site.url + self.address, seconds, **self.headers)
        self.cpu.append((self._seconds() - before) / load.requests * 1e6)
        self.loads.append(load)

    def _seconds(self):
        return sum(process_tree.seconds(site.process.pid) for site in (self.site, self.beside) if site)


def main():
    chosen = _arguments()
    wrk.check()
    if not system.find_nginx():
        raise SystemExit("This needs nginx (as root on Debian: apt-get install nginx-light).")
    with tempfile.TemporaryDirectory(prefix="bench-serving-") as folder, contextlib.ExitStack() as stack:
        subjects = set_up(Path(folder), stack)
        for subject in subjects:
            wrk.warm(subject.site.url + subject.address, **subject.headers)
        for number in range(chosen.rounds):
            print(f"round {number + 1} of {chosen.rounds}", flush=True)
            for subject in subjects:
                subject.measure(chosen.seconds)
    text = told(subjects, chosen)
    print(text)
    if not chosen.only_print:
        tables.write("serving", text)
    return int(any(subject.at_most and ratio(subject, subjects) > subject.at_most for subject in subjects))


def _arguments():
    parser = argparse.ArgumentParser()
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--seconds", type=int, default=3, help="of each address in each round")
    parser.add_argument("--only-print", action="store_true", help="leave docs/performance.md as it is")
    return parser.parse_args()


def set_up(folder, stack):
    """The subjects, on servers that run as long as the stack is open."""
    data = folder / "data"
    sites.make_ready(data)
    bare = {"DJANGO_SETTINGS_MODULE": "bench.bare_settings", "PAGE_CACHE_MB": "0"}
    kept = stack.enter_context(sites.running(data))
    built = stack.enter_context(sites.running(data, **bare))
    gunicorn = stack.enter_context(sites.running(data, sites.gunicorn))
    gunicorn_bare = stack.enter_context(sites.running(data, sites.gunicorn, **bare))
    static = folder / "files"
    nginx = stack.enter_context(proxied(folder / "nginx", kept.port, static, serve.processors()))
    put_file(kept, nginx, static)
    staff = Browser(kept).headers
    return [
        Subject(FILE, nginx, "/static/landing.html"),
        Subject("nginx: landing, kept by it", nginx, "/", FILE, PROXIED, beside=kept),
        *(Subject(f"{name}, kept", kept, address, FILE, KEPT) for name, address in PAGES.items()),
        Subject(NOTHING, built, "/bar/"),
        *(Subject(f"{name}, built", built, address, NOTHING, BUILT.get(name)) for name, address in PAGES.items()),
        *(Subject(name, kept, address, NOTHING, headers=staff) for name, address in DESK.items()),
        Subject("gunicorn: landing, kept", gunicorn, "/", FILE),
        Subject("gunicorn: nothing", gunicorn_bare, "/bar/", NOTHING),
        Subject("gunicorn: landing, built", gunicorn_bare, "/", NOTHING),
    ]


def put_file(site, nginx, folder):
    """A file for nginx that holds, compressed beforehand, the very bytes that the site sends as its landing page."""
    wrk.warm(f"{site.url}/")  # until it is compressed as well as can be
    page = site.get("/", **{"Accept-Encoding": wrk.ENCODING})
    folder.mkdir()
    (folder / "landing.html").write_bytes(site.get("/").content)
    (folder / "landing.html.gz").write_bytes(page.content)
    file = nginx.get("/static/landing.html", **{"Accept-Encoding": wrk.ENCODING})
    assert file.content == page.content
    assert file.getheader("Content-Encoding") == page.getheader("Content-Encoding") == wrk.ENCODING


def ratios(subject, subjects):
    """Of its cost to what it is told in, round by round."""
    base = next(other for other in subjects if other.name == subject.base)
    return [own / others for own, others in zip(subject.cpu, base.cpu, strict=True)]


def ratio(subject, subjects):
    return statistics.median(ratios(subject, subjects))


def told(subjects, chosen):
    rows = []
    for subject in subjects:
        bound = verdict = ""
        if subject.base:
            bound = f"{tables.spread(ratios(subject, subjects), 2)} × {'file' if subject.base == FILE else 'nothing'}"
        if subject.at_most:
            verdict = tables.verdict(ratio(subject, subjects), subject.at_most)
        rows.append(
            [
                subject.name,
                tables.spread(subject.cpu, 0),
                bound,
                verdict,
                tables.spread([load.per_second for load in subject.loads], 0),
                tables.spread([load.p99 for load in subject.loads], 2),
            ]
        )
    head = ["address", "CPU a request, µs", "in other words", "aim", "requests a second", "99 % within, ms"]
    lines = machine.described()
    lines.append(
        f"{chosen.rounds} rounds, {chosen.seconds} s an address and round, {wrk.CONNECTIONS} connections,"
        f" {serve.processors()} processes a server: median (least–most)."
    )
    return "\n".join([*lines, "", tables.table(head, rows)])


if __name__ == "__main__":
    with processes.stopped_by_signals():
        sys.exit(main())
