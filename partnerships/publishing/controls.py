"""What the controls of an unbound form hold, as a browser would send it back."""

from dataclasses import dataclass

from django.contrib.admin.widgets import RelatedFieldWidgetWrapper
from django.forms.formsets import DELETION_FIELD_NAME


@dataclass(frozen=True)
class Control:
    values: list
    may_be_missing: bool  # nothing is sent for a box that is not ticked, or a list of which nothing is chosen


def controls(form, leave_out=()):
    """{name without the form's prefix: Control} of a form's fields."""
    found = {}
    for name, field in form.fields.items():
        if name not in leave_out:
            bound = form[name]
            widget = field.widget.widget if isinstance(field.widget, RelatedFieldWidgetWrapper) else field.widget
            context = widget.get_context(bound.html_name, bound.value(), {"id": bound.auto_id})["widget"]
            found.update(_controls(context))
    start = f"{form.prefix}-" if form.prefix else ""
    return {name.removeprefix(start): control for name, control in found.items()}


def _controls(widget):
    name, value = widget["name"], widget.get("value")
    if "subwidgets" in widget:
        for part in widget["subwidgets"]:
            yield from _controls(part)
    elif "optgroups" in widget:
        options = [option for _group, options, _index in widget["optgroups"] for option in options]
        chosen = [str(option["value"]) for option in options if option["selected"]]
        one = {option["type"] for option in options} == {"select"} and not widget["attrs"].get("multiple")
        if one and not chosen:  # a browser sends the first option of a list of which none is chosen
            chosen = [str(options[0]["value"])]
        yield name, Control(chosen, may_be_missing=not one)
    elif widget.get("type") == "checkbox":
        yield name, Control([str(value or "on")] if widget["attrs"].get("checked") else [], may_be_missing=True)
    else:
        yield name, Control(["" if value is None else str(value).replace("\r\n", "\n")], may_be_missing=False)


def blank_rows(formsets):
    """{prefix: the controls of an empty row} of these formsets."""
    return {formset.prefix: controls(formset.empty_form, _apart(formset)) for formset in formsets}


def value_of(form, formsets):
    """The form as a value, with its stored rows; see form_data."""
    value = {"fields": _values(controls(form)), "rows": {}}
    for formset in formsets:
        value["rows"][formset.prefix] = [
            {"pk": str(row.instance.pk), "values": _values(controls(row, _apart(formset))), "deleted": False}
            for row in formset.initial_forms
        ]
    return value


def _apart(formset):
    """The fields of a row that say which it is and whether it goes."""
    return {formset.model._meta.pk.name, formset.fk.name, DELETION_FIELD_NAME}


def _values(found):
    return {name: control.values for name, control in found.items()}
