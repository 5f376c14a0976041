"""The generation of what the public sees: one number, which every change to it moves on in its own transaction.

The database itself moves it, by triggers on every table that a public page may be made of, so it makes no difference
how a row was changed: by save(), update(), in bulk, by a cascade, or past Django altogether.

The number is the moment of the last change in milliseconds since 1970, and always higher than the one before. So a
database that is made anew, or restored from a backup, never comes to a number that stood for something else.
"""

from contextlib import contextmanager

from django.apps import apps as current_apps
from django.db import DEFAULT_DB_ALIAS, connection, connections, models, transaction

# No public page is made of these, and to change them leaves the number alone.
PRIVATE = frozenset(
    {
        "accessibilityreport",
        "contentrecord",
        "draft",
        "forminuse",
        "generation",
        "previewlink",
    }
)


class Generation(models.Model):
    number = models.BigIntegerField()

    class Meta:
        constraints = [models.CheckConstraint(name="generation_only_one", condition=models.Q(pk=1))]

    def __str__(self):
        return str(self.number)


def current_generation():
    """The number; 0 as long as nothing public has ever been written."""
    # By hand, for it is asked all the time, and Django takes ten times as long to ask as the database to answer.
    with connection.cursor() as cursor:
        cursor.execute("SELECT number FROM partnerships_generation")
        found = cursor.fetchone()
    return found[0] if found else 0


@contextmanager
def snapshot():
    """All that is read within is as it was at one moment, whoever writes meanwhile; nothing can be written.

    Within a transaction it changes nothing: that reads what it reads.
    """
    if connection.in_atomic_block:
        yield
        return
    connection.ensure_connection()
    with _reading_at_one_moment[connection.vendor](), transaction.atomic():
        yield


@contextmanager
def _on_sqlite():
    # A transaction that does not ask to write first: it waits for nobody, and nobody for it.
    usual, connection.transaction_mode = connection.transaction_mode, "DEFERRED"
    try:
        yield
    finally:
        connection.transaction_mode = usual


@contextmanager
def _on_postgresql():
    from psycopg import IsolationLevel  # only where PostgreSQL is: it takes long to import

    session = connection.connection
    session.isolation_level, session.read_only = IsolationLevel.REPEATABLE_READ, True
    try:
        yield
    finally:
        if not session.closed:
            session.isolation_level = session.read_only = None


_reading_at_one_moment = {"sqlite": _on_sqlite, "postgresql": _on_postgresql}


def public_tables(apps=current_apps):
    """The tables that a public page may be made of, those between two models included."""
    models = apps.get_app_config("partnerships").get_models(include_auto_created=True)
    return sorted(model._meta.db_table for model in models if model._meta.model_name not in PRIVATE)


def keep_triggers(using=DEFAULT_DB_ALIAS, apps=current_apps, **_):
    """Puts the triggers on every public table that has none: a new one, or one that a migration has made anew.

    Takes what post_migrate tells; `apps` is as the database was migrated to.
    """
    try:
        apps.get_model("partnerships", "generation")
    except LookupError:  # there is none at this point of the migrations
        return
    _triggers[connections[using].vendor](connections[using], public_tables(apps))


# Milliseconds since 1970, as SQLite tells them.
_SQLITE_TRIGGER = """
CREATE TRIGGER IF NOT EXISTS {table}_{change}_moves_generation AFTER {change} ON {table}
BEGIN
    INSERT INTO partnerships_generation (id, number)
        VALUES (1, CAST((julianday('now') - 2440587.5) * 86400000 AS INTEGER))
        ON CONFLICT (id) DO UPDATE SET number = max(number + 1, excluded.number);
END
"""


def _sqlite_triggers(database, tables):
    with database.cursor() as cursor:
        for table in tables:
            for change in ("insert", "update", "delete"):
                cursor.execute(_SQLITE_TRIGGER.format(table=table, change=change))


# At the end of the transaction, and once in it: nobody waits for the row longer than others take to commit.
_POSTGRESQL_FUNCTION = """
CREATE OR REPLACE FUNCTION partnerships_move_generation() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF current_setting('partnerships.moved_in', true) IS DISTINCT FROM txid_current()::text THEN
        INSERT INTO partnerships_generation AS generation (id, number)
            VALUES (1, (extract(epoch FROM clock_timestamp()) * 1000)::bigint)
            ON CONFLICT (id) DO UPDATE SET number = greatest(generation.number + 1, excluded.number);
        PERFORM set_config('partnerships.moved_in', txid_current()::text, true);
    END IF;
    RETURN NULL;
END $$
"""
_POSTGRESQL_TRIGGER = """
CREATE CONSTRAINT TRIGGER moves_generation AFTER INSERT OR UPDATE OR DELETE ON {table}
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION partnerships_move_generation()
"""


def _postgresql_triggers(database, tables):
    with transaction.atomic(database.alias), database.cursor() as cursor:
        # One process at a time: PostgreSQL refuses the second of two that define the same thing at once.
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('partnerships_move_generation'))")
        cursor.execute(_POSTGRESQL_FUNCTION)
        cursor.execute("SELECT tgrelid::regclass::text FROM pg_trigger WHERE tgname = 'moves_generation'")
        there = {table for (table,) in cursor.fetchall()}
        for table in tables:
            if table not in there:
                cursor.execute(_POSTGRESQL_TRIGGER.format(table=table))


_triggers = {"sqlite": _sqlite_triggers, "postgresql": _postgresql_triggers}
