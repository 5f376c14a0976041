"""The tables of search, and the engines that the databases run on them.

SQLite: a full-text table a language over the terms of partnerships_searchentry, kept in step by triggers. PostgreSQL:
generated columns, with indexes and functions a language. What is published already is found as soon as this has run.
"""

from django.db import migrations, models

ENTRY, TERM = "partnerships_searchentry", "partnerships_searchterm"
LANGUAGES = ("sv", "en")


def make_engine(apps, schema_editor):
    for statement in {"sqlite": sqlite, "postgresql": postgresql}[schema_editor.connection.vendor]():
        schema_editor.execute(statement)


def remove_engine(apps, schema_editor):
    """Columns and indexes go with their table."""
    for language in LANGUAGES:
        if schema_editor.connection.vendor == "sqlite":
            for event in ("insert", "update", "delete"):
                schema_editor.execute(f"DROP TRIGGER partnerships_search_{language}_{event}")
            schema_editor.execute(f"DROP TABLE partnerships_search_{language}")
        else:
            for name in ("", "_titles"):
                schema_editor.execute(f"DROP FUNCTION partnerships_search_{language}{name}")


def sqlite():
    for language in LANGUAGES:
        table = f"partnerships_search_{language}"
        add = f"INSERT INTO {table} (rowid, title_terms, text_terms) SELECT NEW.id, NEW.title_terms, NEW.text_terms"
        take = (
            f"INSERT INTO {table} ({table}, rowid, title_terms, text_terms)"
            " SELECT 'delete', OLD.id, OLD.title_terms, OLD.text_terms"
        )
        new, old = (f"WHERE {row}.language = '{language}'" for row in ("NEW", "OLD"))
        yield (
            f"CREATE VIRTUAL TABLE {table} USING fts5(title_terms, text_terms,"
            f" content='{ENTRY}', content_rowid='id', tokenize='ascii')"
        )
        yield f"CREATE TRIGGER {table}_insert AFTER INSERT ON {ENTRY} BEGIN {add} {new}; END"
        yield f"CREATE TRIGGER {table}_delete AFTER DELETE ON {ENTRY} BEGIN {take} {old}; END"
        yield f"CREATE TRIGGER {table}_update AFTER UPDATE ON {ENTRY} BEGIN {take} {old}; {add} {new}; END"


def postgresql():
    # Ranges of terms are ranges of bytes, whatever the database's own order is.
    for column in ("term", "reversed"):
        yield f'ALTER TABLE {TERM} ALTER COLUMN {column} TYPE varchar(64) COLLATE "C"'
    title, text = (f"to_tsvector('simple', {column})" for column in ("title_terms", "text_terms"))
    yield f"ALTER TABLE {ENTRY} ADD COLUMN title_vector tsvector GENERATED ALWAYS AS ({title}) STORED"
    yield (
        f"ALTER TABLE {ENTRY} ADD COLUMN vector tsvector"
        f" GENERATED ALWAYS AS (setweight({title}, 'A') || setweight({text}, 'B')) STORED"
    )
    for language in LANGUAGES:
        for column, name in (("vector", ""), ("title_vector", "_titles")):
            yield (
                f"CREATE INDEX partnerships_search_{language}_{column} ON {ENTRY} USING gin ({column})"
                f" WHERE language = '{language}'"
            )
            # The planner thinks a common word sooner found by reading every row, because it does not count what it
            # costs to unpack the vectors: some twenty times as much as the index.
            yield f"""
                CREATE FUNCTION partnerships_search_{language}{name} (query tsquery, at timestamptz, most bigint)
                RETURNS TABLE (
                    id bigint, kind varchar, object_id bigint, part bigint, title_vector tsvector, vector tsvector
                )
                LANGUAGE sql STABLE SET enable_seqscan = off AS $$
                    SELECT e.id, e.kind, e.object_id, e.part, e.title_vector, e.vector FROM {ENTRY} AS e
                    WHERE e.language = '{language}' AND e.{column} @@ query
                        AND (e.visible_from IS NULL OR e.visible_from <= at)
                        AND (e.visible_until IS NULL OR e.visible_until > at)
                    LIMIT most
                $$"""


def find_what_is_there(apps, schema_editor):
    """Fills the index. Where a later migration has yet to add what the models read, run_due does it within a minute."""
    from partnerships.models.indexing import reconcile, searched_models

    names = [model._meta.model_name for model in searched_models()]
    if any(apps.get_model("partnerships", name).objects.exists() for name in names) and _is_of_today(apps):
        reconcile()


def _is_of_today(apps):
    """Whether the tables are as the models are now."""
    from django.apps import apps as apps_of_today

    def columns(some_apps):
        models_of = some_apps.get_app_config("partnerships").get_models()
        return {
            model._meta.model_name: {field.column for field in model._meta.concrete_fields} for model in models_of
        }

    return columns(apps) == columns(apps_of_today)


class Migration(migrations.Migration):
    dependencies = [
        ("partnerships", "0002_image_renditions"),
    ]

    operations = [
        migrations.CreateModel(
            name="SearchEntry",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.CharField(max_length=40)),
                ("object_id", models.BigIntegerField()),
                ("part", models.BigIntegerField(default=0)),
                ("language", models.CharField(choices=[("sv", "Svenska"), ("en", "English")], max_length=2)),
                ("visible_from", models.DateTimeField(null=True, blank=True)),
                ("visible_until", models.DateTimeField(null=True, blank=True)),
                ("digest", models.CharField(max_length=32)),
                ("languages", models.TextField()),
                ("title", models.TextField()),
                ("text", models.TextField()),
                ("title_terms", models.TextField()),
                ("text_terms", models.TextField()),
            ],
            options={
                "indexes": [
                    models.Index(
                        fields=["id", "kind", "object_id", "part", "visible_from", "visible_until"],
                        name="searchentry_narrow",
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("kind", "object_id", "part", "language"), name="searchentry_once"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="SearchTerm",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("language", models.CharField(choices=[("sv", "Svenska"), ("en", "English")], max_length=2)),
                ("term", models.CharField(max_length=64)),
                ("reversed", models.CharField(max_length=64)),
            ],
            options={
                "indexes": [models.Index(fields=["language", "reversed"], name="searchterm_backwards")],
                "constraints": [models.UniqueConstraint(fields=("language", "term"), name="searchterm_once")],
            },
        ),
        migrations.RunPython(make_engine, remove_engine),
        migrations.RunPython(find_what_is_there, migrations.RunPython.noop),
    ]
