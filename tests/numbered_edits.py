"""Edits of a real site that carry a number: past Django, in the admin, and such as are rolled back."""

import sqlite3
import time

import psycopg

from tests.freshness import FACT, NAME, PAGES, TOWN, UNDONE
from tests.plain_browser import Browser
from tests.real_site import wait_for

ROWS = (
    ("UPDATE partnerships_twintown SET name_sv = %s WHERE id = %s", NAME),
    ("UPDATE partnerships_fact SET value_sv = %s WHERE id = %s", FACT),
)


class Edits:
    """Of the same town and of one of its facts; one after the other."""

    def __init__(self, own, history):
        self._site, self._history, self._is_sqlite = own.site, history, not own.url
        if own.url:
            self._database = psycopg.connect(own.url, autocommit=True)
        else:
            file = own.folder / "var" / "db.sqlite3"
            self._database = sqlite3.connect(file, timeout=20, isolation_level=None)
        ((town,),) = own.rows("SELECT id FROM partnerships_twintown WHERE slug = %s", TOWN)
        ((fact,),) = own.rows("SELECT id FROM partnerships_fact WHERE town_id = %s ORDER BY position, id LIMIT 1", town)
        self._ids, self._address = (town, fact), f"/admin/partnerships/twintown/{town}/change/"
        self._browser = None
        self._undone = UNDONE
        self.in_rows()
        for page, texts in PAGES.items():
            wait_for(lambda page=page, texts=texts: self._shows(page, texts))

    def _shows(self, page, texts):
        shown = self._site.get(page).content.decode()
        return all(f"{text}0" in shown for text in texts)

    @property
    def _number(self):
        return len(self._history.commits)

    def in_rows(self):
        """Past Django, in one transaction."""
        number = self._number
        self._write(number, "COMMIT")
        self._history.committed(number)

    def rolled_back(self, seconds=0.02):
        """Written, left so for a moment, and undone."""
        self._undone += 1
        self._write(self._undone, "ROLLBACK", seconds)

    def in_the_admin(self):
        """The town with its fact, in its form."""
        number = self._number
        self._browser = self._browser or Browser(self._site)
        form = self._browser.get(self._address)
        row = next(name for name, values in form.items() if name.endswith("-id") and values == [str(self._ids[1])])
        written = {"name_sv": f"{NAME}{number}", row.removesuffix("id") + "value_sv": f"{FACT}{number}"}
        answer = self._browser.post(self._address, form | written | {"_save": "1"})
        assert answer.status == 302, answer.status
        self._history.committed(number)

    def _write(self, number, end, seconds=0):
        self._database.execute("BEGIN IMMEDIATE" if self._is_sqlite else "BEGIN")
        for (statement, text), pk in zip(ROWS, self._ids, strict=True):
            self._database.execute(
                statement.replace("%s", "?") if self._is_sqlite else statement, [f"{text}{number}", pk]
            )
        time.sleep(seconds)
        self._database.execute(end)

    def close(self):
        self._database.close()
