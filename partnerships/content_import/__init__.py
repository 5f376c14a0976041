"""Loads the shipped content, and never touches what an editor has changed.

Each row of the files has a key that stays. A ContentRecord remembers, by that key, the row it went to and the values
it had then. Field by field: where the row still holds what was last loaded, it takes what the file says now; where it
holds something else, an editor wrote it, and it stays. What an editor deleted does not come back. What an editor
added is not looked at. What the files no longer hold stays as it is.
"""

from pathlib import Path

from django.db import connection, transaction
from django.utils import translation

from partnerships.content_import.loading import Loading, Outcome, Report
from partnerships.content_import.reading import read
from partnerships.models import ContentRecord

CONTENT = Path(__file__).resolve().parent.parent / "content"

__all__ = ["CONTENT", "ContentError", "Outcome", "Report", "load_content"]


class ContentError(Exception):
    """The content does not fit. `problems`: one line each, with file, place and reason."""

    def __init__(self, problems):
        super().__init__("\n".join(problems))
        self.problems = problems


def load_content(dry_run=False, folder=CONTENT):
    """Loads the folder's content and returns a Report; with dry_run, leaves everything as it was.

    folder: a path with *.toml and, for pictures, pictures/. ContentError, and nothing loaded, where anything in it
    does not fit.
    """
    # The operator reads English, whatever language the site speaks.
    with translation.override("en"):
        return _load(*read(Path(folder)), dry_run)


def _load(rows, problems, dry_run):
    loading = None
    done = False
    try:
        with transaction.atomic():
            _wait_for_turn()
            loading = Loading(rows)
            loading.run()
            problems = sorted({*problems, *loading.problems})
            if problems:
                raise ContentError(problems)
            transaction.set_rollback(dry_run)
        done = not dry_run
    finally:
        if loading and not done:
            loading.remove_files()
    return loading.report


def _wait_for_turn():
    """Two runs at once would both find rows missing. SQLite's immediate transactions wait by themselves."""
    if connection.vendor == "postgresql":
        table = connection.ops.quote_name(ContentRecord._meta.db_table)
        with connection.cursor() as cursor:
            cursor.execute(f"LOCK TABLE {table} IN SHARE ROW EXCLUSIVE MODE")
