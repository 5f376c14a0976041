"""A form's errors as one list: which field, what is wrong, a link to it."""

from dataclasses import dataclass

from django.core.exceptions import NON_FIELD_ERRORS
from django.forms.formsets import DELETION_FIELD_NAME
from django.utils.text import capfirst


@dataclass(frozen=True)
class FormError:
    """`anchor` is empty where no single field is to blame."""

    label: str
    messages: tuple[str, ...]
    anchor: str = ""


def error_summary(form, inline_admin_formsets):
    """The FormErrors of a form and its inline rows, as they stand on the page."""
    found = list(_errors_of(form))
    for inline in inline_admin_formsets:
        formset, opts = inline.formset, inline.opts
        if messages := formset.non_form_errors():
            anchor = f"{formset.prefix}-heading"
            found.append(FormError(capfirst(str(opts.verbose_name_plural)), tuple(messages), anchor))
        for number, row in enumerate(formset.forms, start=1):
            if not row.cleaned_data.get(DELETION_FIELD_NAME):
                found += _errors_of(
                    row, f"{capfirst(str(opts.verbose_name))} {number}", f"{formset.prefix}-{number - 1}"
                )
    return found


def _errors_of(form, row_label="", row_anchor=""):
    for name, messages in form.errors.items():
        if name == NON_FIELD_ERRORS or form[name].is_hidden:
            yield FormError(row_label, tuple(messages), row_anchor)
        else:
            label = " – ".join(filter(None, [row_label, str(form[name].label)]))
            yield FormError(label, tuple(messages), f"{form[name].auto_id}_error")
