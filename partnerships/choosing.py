"""Where things are chosen: on which forms of the admin, and in which drafts of them."""

from collections import defaultdict
from dataclasses import dataclass

from django.contrib.contenttypes.models import ContentType
from django.db.models import CASCADE, PROTECT, Field, Model

from partnerships.models import Draft
from partnerships.models.drafts import drafted_models
from partnerships.publishing.forgetting import drafts_of


@dataclass(frozen=True)
class Choice:
    """Something is chosen in this field of the form of `on`, an object or a Draft, or of a row on that form."""

    on: Model
    field: Field


def choices_of(model, pks):
    """The Choices of these objects of a model. They must be undone before the objects can be deleted."""
    found = [*_chosen_on_forms(model, pks), *_chosen_in_drafts(model, pks)]
    return list(dict.fromkeys(found))


def _fields_to(model):
    """(a field in which one chooses such an object, and what leads from its row to the form that it stands on)."""
    for relation in model._meta.related_objects:
        if relation.on_delete is PROTECT:
            yield relation.field, _above(relation.related_model)


def _above(model):
    """The field that leads from a row without a form of its own to what it belongs to; None where it has one."""
    keys = (field for field in model._meta.concrete_fields if field.is_relation)
    return next((field for field in keys if field.remote_field.on_delete is CASCADE), None)


def _chosen_on_forms(model, pks):
    for field, above in _fields_to(model):
        rows = field.model._base_manager.filter(**{f"{field.name}__in": pks}).order_by("pk")
        for row in rows.select_related(above.name) if above else rows:
            yield Choice(getattr(row, above.name) if above else row, field)


def _chosen_in_drafts(model, pks):
    """What a draft of one of these objects itself chooses does not count: it goes with the object."""
    keys = {str(pk) for pk in pks}
    forms = defaultdict(list)
    for field, above in _fields_to(model):
        form = above.related_model if above else field.model
        if form in drafted_models():
            forms[ContentType.objects.get_for_model(form)].append((field, above))
    drafts = Draft.objects.filter(content_type__in=forms).exclude(pk__in=drafts_of(model, pks).values("pk"))
    needed = drafts.select_related("content_type").only("content_type", "object_id", "title", "data")
    for draft in needed.order_by("pk"):
        for field, above in forms[draft.content_type]:
            if keys & _held(draft.data, field.name, above and above.remote_field.get_accessor_name()):
                yield Choice(draft, field)


def _held(value, name, prefix):
    """What a form holds under this name, or its rows with the prefix do; see publishing.form_data."""
    if prefix:
        contents = [row["values"] for row in value["rows"].get(prefix, ()) if not row["deleted"]]
    else:
        contents = [value["fields"]]
    return {text for content in contents for text in content.get(name, ())}
