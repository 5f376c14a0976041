"""The tables of search, and the engines that the databases run on them.

SQLite: a full-text table a language over the terms of partnerships_searchentry, kept in step by triggers. PostgreSQL:
generated columns, with an index a language. What is published already is found as soon as this has run.
"""

from django.db import migrations, models

ENTRY, TERM = "partnerships_searchentry", "partnerships_searchterm"
LANGUAGES = ("sv", "en")


def make_engine(apps, schema_editor):
    for statement in {"sqlite": sqlite, "postgresql": postgresql}[schema_editor.connection.vendor]():
        schema_editor.execute(statement)


def remove_engine(apps, schema_editor):
    """Triggers, columns and indexes go with their table; SQLite's full-text tables are tables of their own."""
    if schema_editor.connection.vendor == "sqlite":
        for language in LANGUAGES:
            for event in ("insert", "update", "delete"):
                schema_editor.execute(f"DROP TRIGGER partnerships_search_{language}_{event}")
            schema_editor.execute(f"DROP TABLE partnerships_search_{language}")


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
        for column in ("title_vector", "vector"):
            yield (
                f"CREATE INDEX partnerships_search_{language}_{column} ON {ENTRY} USING gin ({column})"
                f" WHERE language = '{language}'"
            )


def find_what_is_there(apps, schema_editor):
    """Fills the index. Where a later migration has yet to add what the models read, run_due does it within a minute."""
    from partnerships.models.indexing import reconcile, searched_models

    names = {model._meta.model_name for model in searched_models()}
    if not any(apps.get_model("partnerships", name).objects.exists() for name in names):
        return
    is_ready = all(
        set(there) == {field.column for field in model._meta.concrete_fields}
        for model, there in _columns(schema_editor.connection)
    )
    if is_ready:
        reconcile()


def _columns(connection):
    """(model, the columns that its table has) for each model of today."""
    from django.apps import apps

    with connection.cursor() as cursor:
        tables = set(connection.introspection.table_names(cursor))
        for model in apps.get_app_config("partnerships").get_models():
            table = model._meta.db_table
            description = connection.introspection.get_table_description(cursor, table) if table in tables else ()
            # The engine's own columns are no fields.
            yield model, [column.name for column in description if column.name not in ("title_vector", "vector")]


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
                ("visible_from", models.DateTimeField(null=True)),
                ("visible_until", models.DateTimeField(null=True)),
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
