"""What grows with a site: pages with its rows, answers with its processes; and how soon it is up, how large it gets.

python -m bench.growth [--rounds 5] [--seconds 3] [--most 100000] [--only-print]
"""

import argparse
import contextlib
import http.client
import itertools
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from urllib.parse import quote

from bench import machine, process_tree, sites, tables, wrk
from deploy import processes, serve
from tests.plain_browser import Browser

COUNTS = [10, 1000, 100_000]
LEAST = 8  # requests, however long they take
GROWTH = 1.5  # from the second of these to the last, at most
WORD = 500  # the rank of the word that is searched for, among those of made-up texts
WORKERS = [1, 4]
STARTS, START_SECONDS = 5, 1.2
REQUESTS, MEGABYTES = 2000, 95
MIXED = ["/", "/en/", "/vanorter/", "/vanorter/tempe/", "/natverk/", "/natverk/sern/", "/kontakt/", "/sok/?q=tempe"]


def main():
    chosen = _arguments()
    if chosen.fill:
        return fill(chosen.fill)
    wrk.check()
    parts = [machine.described()]
    fell_short = []
    with tempfile.TemporaryDirectory(prefix="bench-growth-") as folder:
        for measure in (rows, workers, start_and_memory):
            text, kept = measure(Path(folder) / measure.__name__, chosen)
            parts.append([text])
            fell_short.append(not kept)
    text = "\n\n".join("\n".join(part) for part in parts)
    print(text)
    if not chosen.only_print:
        tables.write("growth", text)
    return int(any(fell_short))


def _arguments():
    parser = argparse.ArgumentParser()
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--seconds", type=int, default=3, help="of each address in each round")
    parser.add_argument("--most", type=int, default=COUNTS[-1], help="leave out sites of more rows")
    parser.add_argument("--only-print", action="store_true", help="leave docs/performance.md as it is")
    parser.add_argument("--fill", type=int, help=argparse.SUPPRESS)  # in a process of its own, where Django is set up
    return parser.parse_args()


def fill(count):
    import django

    django.setup()
    from django.core.management import call_command

    from bench.made_up_rows import fill

    fill(count)
    call_command("createsuperuser", "--no-input", "--verbosity", "0")


def rows(folder, chosen):
    """(a table of what pages take at each count of rows, whether they grow no more than is allowed)"""
    from bench.made_up_texts import MadeUpTexts

    pages = {
        "list": "/natverk/",
        "town": "/vanorter/ort-0/",
        "search": f"/sok/?q={quote(MadeUpTexts().words[WORD])}",
        "admin: list": "/admin/partnerships/network/",
    }
    counts = [count for count in COUNTS if count <= chosen.most]
    cpu = {(page, count): [] for page in pages for count in counts}
    with contextlib.ExitStack() as stack:
        served = {count: _filled(folder / str(count), count, stack) for count in counts}
        for number, (page, count) in itertools.product(range(chosen.rounds + 1), cpu):
            site, headers = served[count]
            taken = _cpu(site, pages[page], chosen.seconds if number else 0, headers)
            if number:  # in the first round, all is warmed
                cpu[page, count].append(taken)
    return _told_of_rows(pages, counts, cpu)


def _filled(folder, count, stack):
    """(a site of so many rows that keeps no pages, the headers of somebody who is logged in there)"""
    settings = sites.prepare(folder)
    subprocess.run(
        [sys.executable, "-m", "bench.growth", "--fill", str(count)], cwd=sites.ROOT, env=settings, check=True
    )
    site = stack.enter_context(sites.running(folder, PAGE_CACHE_MB="0"))
    return site, Browser(site).headers


def _cpu(site, address, seconds, headers):
    """Milliseconds of a request: one after the other, so that none is begun that is not counted."""
    before, count, until = process_tree.seconds(site.process.pid), 0, time.monotonic() + seconds
    with contextlib.closing(http.client.HTTPConnection("127.0.0.1", site.port)) as connection:
        while count < LEAST or time.monotonic() < until:
            _ask(connection, address, headers)
            count += 1
    return (process_tree.seconds(site.process.pid) - before) / count * 1000


def _ask(connection, address, headers):
    connection.request("GET", address, headers={"Accept-Encoding": wrk.ENCODING} | headers)
    response = connection.getresponse()
    response.read()
    assert response.status == 200, (address, response.status)


def _told_of_rows(pages, counts, cpu):
    lines, kept = [], True
    for page in pages:
        cells = [tables.spread(cpu[page, count]) for count in counts]
        if len(counts) > 2:
            ratios = [most / some for some, most in zip(cpu[page, counts[1]], cpu[page, counts[2]], strict=True)]
            cells += [tables.spread(ratios, 2), tables.verdict(statistics.median(ratios), GROWTH)]
            kept &= statistics.median(ratios) <= GROWTH
        lines.append([page, *cells])
    head = ["page, built; CPU a request, ms", *(f"{count} rows".replace("000 ", " 000 ") for count in counts)]
    return tables.table(head + ["last to the one before", "aim"] * (len(counts) > 2), lines), kept


def workers(folder, chosen):
    """(a table of requests a second by the number of processes, True: there is no aim)"""
    sites.make_ready(folder)
    told = {(kind, number): [] for kind in ("kept", "built") for number in WORKERS}
    with contextlib.ExitStack() as stack:
        served = {
            (kind, number): stack.enter_context(sites.running(folder, workers=number, **settings))
            for kind, settings in (("kept", {}), ("built", {"PAGE_CACHE_MB": "0"}))
            for number in WORKERS
        }
        for number, (which, site) in itertools.product(range(chosen.rounds + 1), served.items()):
            if number:
                told[which].append(wrk.load(f"{site.url}/", chosen.seconds).per_second)
            else:
                wrk.warm(f"{site.url}/")
    lines = [
        [f"landing, {kind}", *(tables.spread(told[kind, number], 0) for number in WORKERS)]
        for kind in ("kept", "built")
    ]
    return tables.table(["requests a second", *(_processes(number) for number in WORKERS)], lines), True


def _processes(number):
    return "1 process" if number == 1 else f"{number} processes"


def start_and_memory(folder, chosen):
    """(a table of both, whether they are as little as they should be)"""
    sites.make_ready(folder)
    starts = [_start(folder) for _ in range(STARTS)]
    with sites.running(folder) as site:
        _ask_for_much(site, REQUESTS)
        memory = [process_tree.memory(pid) for pid in process_tree.children(site.process.pid)]
    pss, rss = ([told[name] for told in memory] for name in ("Pss", "Rss"))
    found = statistics.median(starts), max(pss)
    aims = [tables.verdict(*pair) for pair in zip(found, (START_SECONDS, MEGABYTES), strict=True)]
    lines = [
        ["from the start of the server to its first page, s", tables.spread(starts, 2), aims[0]],
        [f"memory of a process after {REQUESTS} requests, MB (PSS)", tables.spread(pss, 0), aims[1]],
        ["of which, and of what it shares, at most (RSS)", tables.spread(rss, 0), ""],
    ]
    return tables.table(["", "", "aim"], lines), found[0] <= START_SECONDS and found[1] <= MEGABYTES


def _start(folder):
    """Seconds until the landing page has come, built anew: nothing is kept from before."""
    shutil.rmtree(folder / "pages", ignore_errors=True)
    began = time.perf_counter()
    with sites.begun(folder) as site:
        while not site.is_up():
            time.sleep(0.005)
        return time.perf_counter() - began


def _ask_for_much(site, number):
    """So many requests for pages of all sorts, over as many connections as processes may want to have one."""
    connections = [http.client.HTTPConnection("127.0.0.1", site.port) for _ in range(4 * serve.processors())]
    asked = zip(itertools.cycle(connections), itertools.cycle(MIXED), strict=False)
    for connection, page in itertools.islice(asked, number):
        _ask(connection, page, {})
    for connection in connections:
        connection.close()


if __name__ == "__main__":
    with processes.stopped_by_signals():
        sys.exit(main())
