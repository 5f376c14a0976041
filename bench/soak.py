"""A site of four processes that is edited all the while: python -m bench.soak [1000]

So many edits, on SQLite, and on PostgreSQL with Redis where they answer (tests/servers.py says where they are looked
for), while readers ask for the pages that show them. A tenth of the edits are made in the admin, a tenth follow one
that is rolled back; now and then a server process is killed. Ends with 1 where an answer was of two moments, came late,
showed what was rolled back, or was no page.
"""

import argparse
import contextlib
import os
import random
import secrets
import sys
import tempfile
import time
from pathlib import Path

from deploy import processes
from tests import servers
from tests.freshness import History, readers
from tests.numbered_edits import Edits
from tests.own_site import OwnSite
from tests.real_site import served, wait_for
from tests.server_processes import kill, workers

PROCESSES = 4
KILLS = 4
LONGEST_PAUSE = 0.8  # seconds; half of the edits follow the one before at once
EVERY = 50  # edits after which a line tells how it goes
SHOWN = 20  # faults, of each database


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("edits", type=int, nargs="?", default=1000)
    edits = parser.parse_args().edits
    postgresql = servers.find_postgresql(os.environ.get("TEST_DATABASE_URL"))
    redis = servers.find_redis(os.environ.get("TEST_REDIS_URL"))
    faults = soak("SQLite", edits, {})
    if not postgresql:
        print("PostgreSQL: none answers")
        return int(bool(faults))
    name = f"soak_{os.getpid()}_{secrets.token_hex(3)}"
    with own_database(postgresql, name) as url:
        settings = {"DATABASE_URL": url}
        if redis:
            settings["CACHE_URL"] = servers.cache_url(redis, name)
        try:
            faults += soak(" and ".join(server.name for server in (postgresql, redis) if server), edits, settings)
        finally:
            if redis:
                servers.delete_all_keys(redis, name)
    return int(bool(faults))


@contextlib.contextmanager
def own_database(server, name):
    with servers._connection(server.url) as connection:
        connection.execute(f'CREATE DATABASE "{name}"')
    try:
        yield servers.database_url(server, name)
    finally:
        servers.drop_databases(server, name)


def soak(name, edits, settings):
    """The faults."""
    print(f"\n{name}, {PROCESSES} processes:", flush=True)
    history, chance = History(), random.Random(2015)
    with (
        tempfile.TemporaryDirectory(prefix="soak-") as folder,
        served(Path(folder), WORKERS=str(PROCESSES), **settings) as site,
        contextlib.closing(Edits(OwnSite(site, Path(folder), settings.get("DATABASE_URL")), history)) as made,
        readers(site.port, history),
    ):
        began = time.monotonic()
        for number in range(1, edits):
            edit(made, chance.random())
            if number % (edits // (KILLS + 1) or 1) == 0:
                kill_one(site, history, chance)
            if number % EVERY == 0:
                print(f"  {time.monotonic() - began:4.0f} s: {history.told()}", flush=True)
            time.sleep(chance.choice([0, chance.uniform(0, LONGEST_PAUSE)]))
        wait_for(lambda: len(workers(site)) == PROCESSES)
        time.sleep(2)  # by then the last edit is due
    print(f"{name}: {history.told()}")
    for fault in history.faults[:SHOWN]:
        print(f"  {fault}")
    return history.faults


def edit(made, chance):
    if chance < 0.1:
        made.in_the_admin()
    elif chance < 0.2:
        made.rolled_back()
        made.in_rows()
    else:
        made.in_rows()


def kill_one(site, history, chance):
    """It is started anew."""
    victim = chance.choice(workers(site))
    with history.killing():
        kill(victim)


if __name__ == "__main__":
    with processes.stopped_by_signals():
        sys.exit(main())
