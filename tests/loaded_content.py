"""The shipped content for the many tests that stand on it: loaded once, and then put in as it was."""

from copy import copy

from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.management.color import no_style
from django.db import connection
from django.db.models import QuerySet

from partnerships import content_import
from partnerships.models import Image

_kept = {}  # {the keys of the content types, which some tests make anew: (rows by their model, files by their name)}


def load():
    types = tuple(ContentType.objects.order_by("pk").values_list("pk", "model"))
    if types in _kept:
        _put_in(*_kept[types])
    else:
        content_import.load_content()
        _kept[types] = _rows(), _files()


def _models():
    return apps.get_app_config("partnerships").get_models(include_auto_created=True)


def _rows():
    found = {
        model: list(QuerySet(model).order_by("pk")) for model in _models() if model._meta.model_name != "generation"
    }
    return {model: rows for model, rows in found.items() if rows}


def _files():
    names = [name for image in Image.objects.all() for name in (image.file.name, *image.rendition_names)]
    found = {}
    for name in names:
        with default_storage.open(name) as file:
            found[name] = file.read()
    return found


def _put_in(rows, files):
    for model, some in rows.items():
        # Past the managers of the models: what they would write beside is among the rows.
        QuerySet(model).bulk_create([copy(row) for row in some])
    with connection.cursor() as cursor:
        for sql in connection.ops.sequence_reset_sql(no_style(), list(rows)):
            cursor.execute(sql)
    for name, content in files.items():
        default_storage.save(name, ContentFile(content))
