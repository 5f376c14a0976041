"""Drafts as forms leave them."""

from django.contrib.contenttypes.models import ContentType

from partnerships.models import Draft


def draft_of(subject, title, rows=None, **fields):
    """A draft of an object, or of something new of a model. fields: {name: what was chosen or written}.

    rows: {prefix: [the fields of a row; deleted=True where it is to go]}.
    """
    is_new = isinstance(subject, type)
    written = {prefix: [_row(**row) for row in some] for prefix, some in (rows or {}).items()}
    return Draft.objects.create(
        content_type=ContentType.objects.get_for_model(subject),
        object_id=None if is_new else subject.pk,
        title=title,
        data={"fields": _values(fields), "rows": written},
        base={"fields": {}, "rows": {}},
    )


def _row(deleted=False, pk="", **fields):
    return {"pk": str(pk), "values": _values(fields), "deleted": deleted}


def _values(fields):
    return {name: [str(getattr(value, "pk", value))] for name, value in fields.items()}
