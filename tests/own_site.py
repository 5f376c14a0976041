"""A real site whose database a test may ask, and in which it may run the site's commands."""

import contextlib
import os
import sqlite3
import subprocess
import sys

import psycopg

from tests.real_site import ROOT, own_database, served


class OwnSite:
    def __init__(self, site, folder, url):
        self.site, self.folder, self.url = site, folder, url

    def rows(self, query, *values):
        """What a query tells, with %s for each of the values."""
        where = psycopg.connect(self.url) if self.url else sqlite3.connect(self.folder / "var" / "db.sqlite3")
        with contextlib.closing(where) as database:
            found = database.execute(query if self.url else query.replace("%s", "?"), values)
            if found.description:
                return found.fetchall()
            database.commit()
            return []

    def start(self, command, at=None):
        """A command of manage.py as a process, not waited for. at: the moment at which it thinks it runs."""
        own = {"DATA_DIR": str(self.folder / "var"), "DATABASE_URL": self.url or "", "ALLOWED_HOSTS": "127.0.0.1"}
        own |= {"SECRET_KEY": (self.folder / "var" / "secret_key").read_text()}
        if at:
            own |= {"DJANGO_SETTINGS_MODULE": "docs.still_clock", "STILL_CLOCK": at.isoformat()}
        return subprocess.Popen(
            [sys.executable, ROOT / "manage.py", command],
            cwd=ROOT,
            env=os.environ | own,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
        )

    def run(self, command, at=None):
        process = self.start(command, at)
        _told, errors = process.communicate(timeout=120)
        assert process.returncode == 0, errors


@contextlib.contextmanager
def own_site(folder, django_db_blocker, **settings):
    with django_db_blocker.unblock(), own_database() as url, served(folder, DATABASE_URL=url, **settings) as site:
        yield OwnSite(site, folder, url)
