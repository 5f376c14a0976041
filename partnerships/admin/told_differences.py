"""What differs between two versions of a form, in the words of who fills it in."""

from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter

from django import forms
from django.contrib.admin.utils import flatten
from django.core.exceptions import ValidationError
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext
from django_prose_editor.fields import ProseEditorFormField
from translated_fields import show_language_code

from partnerships.admin.base import is_key
from partnerships.admin.whole_form import whole_form
from partnerships.models import OpeningException, OpeningHours
from partnerships.models.fields import PartialDateFormField
from partnerships.publishing import word_changes

# How many of its first fields it takes to know a row by, where one is not enough.
NAMED_BY = {OpeningHours: 4, OpeningException: 2}


@dataclass(frozen=True)
class Told:
    """One difference. A side is pieces of (kind, text): "same", "gone" or "new", or "nothing" where it is empty.

    `section` is where on the form it stands: the heading, or the row. Both sides are () where `note` says it all.
    """

    section: str
    label: str
    before: tuple
    after: tuple
    note: str = ""


def tell(model_admin, request, obj, differences):
    """The Differences on the form of an object, or on the blank one where obj is None, each as a Told."""
    whole = whole_form(model_admin, request, obj)
    fields, sections = whole.form.fields, _sections(whole.fieldsets)
    rows = {formset.prefix: formset for formset in whole.formsets}
    told = []
    with show_language_code(True):
        for difference in differences:
            if not difference.prefix:
                told.append(_value(difference, fields, sections.get(_own_name(difference.name, fields), "")))
            elif difference.prefix in rows:
                told.append(_in_row(difference, rows[difference.prefix]))
    return told


def _sections(fieldsets):
    return {name: str(label or "") for label, options in fieldsets for name in flatten(options["fields"])}


def _in_row(difference, formset):
    fields, row = formset.form.base_fields, dict(difference.row)
    words = {name: _words(field, row[name]) for name, field in fields.items() if name in row}
    first = list(words.values())[: NAMED_BY.get(formset.model, 1)]
    name = ", ".join(filter(None, first)) or gettext("without a name")
    section = f"{capfirst(str(formset.model._meta.verbose_name))}: {name}"
    if difference.name:
        return _value(difference, fields, section)
    return _whole_row(difference, section, "\n".join(_lines(fields, words)))


def _lines(fields, words):
    return [f"{_label(fields[name])}: {text}" for name, text in words.items() if text]


def _whole_row(difference, section, text):
    label, before, after = gettext("The whole row"), difference.before, difference.after
    if before and after:
        twice = gettext("It stands there twice now: delete the one that is wrong.")
        return Told(section, label, ((word_changes.SAME, text),), ((word_changes.SAME, text),), twice)
    absent = (("nothing", gettext("not there")),)
    return Told(
        section,
        label,
        ((word_changes.GONE, text),) if before else absent,
        ((word_changes.NEW, text),) if after else absent,
    )


def _value(difference, fields, section):
    field = fields.get(_own_name(difference.name, fields))
    label = _label(field) if field else difference.name
    before, after = (_words(field, texts) for texts in (difference.before, difference.after))
    if before == after:
        return Told(section, label, (), (), gettext("Only the formatting differs."))
    if before and after and _is_prose(field):
        found = word_changes.shortened(word_changes.changes(before, after))
    else:
        found = [(word_changes.GONE, before), (word_changes.NEW, after)]
    sides = (_side(found, word_changes.NEW), _side(found, word_changes.GONE))
    return Told(section, label, *sides)


def _side(found, other):
    """Its pieces; what was parted only by a piece of the other side, in one."""
    pieces = groupby((piece for piece in found if piece[0] != other and piece[1]), key=itemgetter(0))
    joined = tuple((kind, "".join(text for _kind, text in run)) for kind, run in pieces)
    return joined or (("nothing", gettext("empty")),)


def _own_name(name, fields):
    """The field that a control is of; those of a day and a time are two."""
    return name if name in fields else name.rpartition("_")[0]


def _label(field):
    return capfirst(str(field.label))


def _is_prose(field):
    """Whether it is read word by word."""
    return type(field) is forms.CharField or isinstance(field, ProseEditorFormField | forms.ModelMultipleChoiceField)


def _words(field, texts):
    """What a control holds as one would say it; as it was typed where it cannot be read."""
    if isinstance(field, forms.BooleanField):
        return gettext("Yes") if texts else gettext("No")
    texts = [text for text in texts if text]
    if not texts:
        return ""
    if isinstance(field, forms.ModelChoiceField):
        return ", ".join(_names(field, texts))
    if isinstance(field, forms.ChoiceField):
        labels = {str(value): str(label) for value, label in field.choices}
        return ", ".join(labels.get(text, text) for text in texts)
    if isinstance(field, ProseEditorFormField):
        return word_changes.readable(texts[0])
    if isinstance(field, forms.DateField | PartialDateFormField):
        return _day(field, texts[0])
    return " ".join(texts)


def _names(field, keys):
    rows = {str(row.pk): str(row) for row in field.queryset.filter(pk__in=filter(is_key, keys))}
    return [rows.get(key, gettext("one that is not there any more")) for key in keys]


def _day(field, text):
    try:
        day = field.to_python(text)
    except ValidationError:
        return text
    if isinstance(field, forms.DateField) or day.day:
        return date_format(day if isinstance(field, forms.DateField) else day.earliest(), "j F Y")
    return date_format(day.earliest(), "F Y") if day.month else str(day.year)
