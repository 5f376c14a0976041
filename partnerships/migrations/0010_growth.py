"""What keeps pages as quick with a hundred thousand rows: indexes, and on PostgreSQL search within one kind."""

from django.conf import settings
from django.db import migrations, models


ENTRY = "partnerships_searchentry"
FUNCTIONS = [
    (f"partnerships_search_{language}{name}", language, column)
    for language in ("sv", "en")
    for name, column in (("", "vector"), ("_titles", "title_vector"))
]


def search_within_kinds(apps, schema_editor):
    """As 0003 made them, which says why; `of_kind` is the kind, or NULL for all."""
    if schema_editor.connection.vendor != "postgresql":
        return
    for name, language, column in FUNCTIONS:
        _make(schema_editor, name, language, column, ", of_kind varchar", "AND (of_kind IS NULL OR e.kind = of_kind)")


def search_without_kinds(apps, schema_editor):
    if schema_editor.connection.vendor != "postgresql":
        return
    for name, language, column in FUNCTIONS:
        _make(schema_editor, name, language, column)


def _make(schema_editor, name, language, column, parameter="", condition=""):
    schema_editor.execute(f"DROP FUNCTION {name}")
    schema_editor.execute(f"""
        CREATE FUNCTION {name} (query tsquery, at timestamptz, most bigint{parameter})
        RETURNS TABLE (
            id bigint, kind varchar, object_id bigint, part bigint, title_vector tsvector, vector tsvector
        )
        LANGUAGE sql STABLE SET enable_seqscan = off AS $$
            SELECT e.id, e.kind, e.object_id, e.part, e.title_vector, e.vector FROM {ENTRY} AS e
            WHERE e.language = '{language}' AND e.{column} @@ query
                AND (e.visible_from IS NULL OR e.visible_from <= at)
                AND (e.visible_until IS NULL OR e.visible_until > at) {condition}
            LIMIT most
        $$""")


class Migration(migrations.Migration):

    dependencies = [
        ('partnerships', '0009_generation'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RunPython(search_within_kinds, search_without_kinds),
        migrations.AddIndex(
            model_name='agreement',
            index=models.Index(condition=models.Q(('published_from__isnull', False)), fields=['published_from'], name='agreement_from'),
        ),
        migrations.AddIndex(
            model_name='agreement',
            index=models.Index(condition=models.Q(('published_until__isnull', False)), fields=['published_until'], name='agreement_until'),
        ),
        migrations.AddIndex(
            model_name='agreement',
            index=models.Index(fields=['state', 'position', 'id', 'published_from', 'published_until'], name='agreement_listed'),
        ),
        migrations.AddIndex(
            model_name='network',
            index=models.Index(condition=models.Q(('published_from__isnull', False)), fields=['published_from'], name='network_from'),
        ),
        migrations.AddIndex(
            model_name='network',
            index=models.Index(condition=models.Q(('published_until__isnull', False)), fields=['published_until'], name='network_until'),
        ),
        migrations.AddIndex(
            model_name='network',
            index=models.Index(fields=['state', 'position', 'id', 'published_from', 'published_until'], name='network_listed'),
        ),
        migrations.AddIndex(
            model_name='program',
            index=models.Index(condition=models.Q(('published_from__isnull', False)), fields=['published_from'], name='program_from'),
        ),
        migrations.AddIndex(
            model_name='program',
            index=models.Index(condition=models.Q(('published_until__isnull', False)), fields=['published_until'], name='program_until'),
        ),
        migrations.AddIndex(
            model_name='program',
            index=models.Index(fields=['state', 'apply_from', 'apply_until', 'position', 'id', 'published_from', 'published_until'], name='program_listed'),
        ),
        migrations.AddIndex(
            model_name='twintown',
            index=models.Index(condition=models.Q(('published_from__isnull', False)), fields=['published_from'], name='twintown_from'),
        ),
        migrations.AddIndex(
            model_name='twintown',
            index=models.Index(condition=models.Q(('published_until__isnull', False)), fields=['published_until'], name='twintown_until'),
        ),
        migrations.AddIndex(
            model_name='twintown',
            index=models.Index(fields=['state', 'position', 'id', 'published_from', 'published_until'], name='twintown_listed'),
        ),
        migrations.AddIndex(
            model_name='twintown',
            index=models.Index(fields=['time_zone'], name='twintown_zone'),
        ),
    ]
