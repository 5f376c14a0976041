"""The form of an object as a value: as it is filled in now, and as it was at a revision. See publishing.form_data."""

from dataclasses import dataclass

from django.db.models import Model

from partnerships.admin.whole_form import whole_form
from partnerships.publishing import revising
from partnerships.publishing.controls import value_of


@dataclass(frozen=True)
class _PastRows:
    """As much of a formset as value_of reads, with the rows of a revision."""

    prefix: str
    model: type[Model]
    fk: object
    initial_forms: list


def live_value(model_admin, request, obj=None):
    """What the form of the object holds now, or the blank one. Of the inline rows those that revisions keep."""
    whole = whole_form(model_admin, request, obj)
    parts = revising.part_models(model_admin.model)
    return value_of(whole.form, [formset for formset in whole.formsets if formset.model in parts])


def past_value(model_admin, request, obj, revision_pk):
    """What the form held at a revision of the object, or of one that is deleted where obj is None.

    None where there is no such revision; raises UnreadableRevisionError. What came to the form since, stands at its
    default; what was chosen and is no longer there, is not chosen.
    """
    state = revising.state_at(model_admin.model, revision_pk, obj and obj.pk)
    return state and value_of_state(model_admin, request, obj, state)


def value_of_state(model_admin, request, obj, state):
    whole, model = whole_form(model_admin, request, obj), model_admin.model
    # Without its key, or Django would look up what the live one has chosen.
    instance = _unsaved(model, {**state.fields, model._meta.pk.attname: None})
    chosen = {field.name: state.fields.get(field.name, []) for field in model._meta.many_to_many}
    rows = [_rows(formset, state.parts[formset.model]) for formset in whole.formsets if formset.model in state.parts]
    return value_of(type(whole.form)(instance=instance, initial=chosen), rows)


def _rows(formset, states):
    rows = [formset.form(instance=_unsaved(formset.model, fields)) for fields in states]
    return _PastRows(formset.prefix, formset.model, formset.fk, rows)


def _unsaved(model, fields):
    names = {field.attname for field in model._meta.concrete_fields}
    return model(**{name: value for name, value in fields.items() if name in names})
