"""Fields of this site's own: rich text, partial dates, pictures."""

import contextlib
import hashlib

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.db import models
from django.utils import translation
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django_prose_editor.fields import ProseEditorField
from translated_fields import TranslatedFieldWithFallback

from partnerships import pictures, richtext
from partnerships.partial_dates import PartialDate


def translated(field):
    """The field as one column a language: name_sv, name_en. Where English is empty, Swedish stands in."""
    return TranslatedFieldWithFallback(field, attrgetter=_in_language_at_hand)


def _in_language_at_hand(name, field):
    """Reads the field as the package's own fallback_to_default() does, the columns' names made but once."""
    default, *_others = columns = [f"{name}_{language}" for language in field.languages]
    column_of = dict(zip(field.languages, columns, strict=True))

    def read(obj):
        return getattr(obj, column_of.get(get_language(), default)) or getattr(obj, default)

    return read


def in_each_language(field, words):
    """A translated field's columns, each with these lazy words in its language: {"name_sv": …, "name_en": …}."""
    columns = {}
    for language, _name in settings.LANGUAGES:
        with translation.override(language):
            columns[f"{field}_{language}"] = str(words)
    return columns


class RichTextField(ProseEditorField):
    """HTML that is cleaned whichever way it comes in: forms, save(), create(), update() and bulk writes."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, extensions=richtext.EDITOR_EXTENSIONS, sanitize=richtext.clean, **kwargs)

    def pre_save(self, instance, add):
        cleaned = richtext.clean(super().pre_save(instance, add))
        setattr(instance, self.attname, cleaned)
        return cleaned

    def get_db_prep_save(self, value, connection):
        if isinstance(value, str):
            value = richtext.clean(value)
        return super().get_db_prep_save(value, connection)


class PartialDateField(models.CharField):
    """A PartialDate, or None for unknown; kept as its ISO text, the empty text for unknown.

    Texts compare as dates do: `ended__lte="2026-11-23"` finds what has ended by that day.
    """

    default_error_messages = {
        "invalid": _("“%(value)s” is no date. Write a year, 2015, a month, 2015-05, or a day, 2015-05-15."),
    }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **{"max_length": 10, "blank": True, "default": None} | kwargs)

    def deconstruct(self):
        name, path, args, kwargs = super().deconstruct()
        for key in ("max_length", "blank", "default"):
            kwargs.pop(key, None)
        return name, path, args, kwargs

    def from_db_value(self, value, expression, connection):
        return PartialDate.parse(value) if value else None

    def to_python(self, value):
        if not value:
            return None
        if isinstance(value, PartialDate):
            return value
        try:
            return PartialDate.parse(str(value))
        except ValueError as error:
            raise ValidationError(self.error_messages["invalid"], code="invalid", params={"value": value}) from error

    def get_prep_value(self, value):
        if hasattr(value, "resolve_expression"):
            return value
        return str(value) if value else ""

    def get_db_prep_save(self, value, connection):
        # What save() and update() write must be a date too.
        if not hasattr(value, "resolve_expression"):
            value = self.to_python(value)
        return super().get_db_prep_save(value, connection)

    def run_validators(self, value):
        """A PartialDate has been read already; the text's length says nothing more."""

    def value_to_string(self, obj):
        return self.get_prep_value(self.value_from_object(obj))

    def formfield(self, **kwargs):
        defaults = {"form_class": PartialDateFormField, "max_length": None}
        return models.Field.formfield(self, **defaults | kwargs)


class PartialDateFormField(forms.CharField):
    """Takes the text and leaves the reading, with its words of error, to the model's field."""

    default_error_messages = PartialDateField.default_error_messages

    def __init__(self, **kwargs):
        kwargs.pop("empty_value", None)
        super().__init__(**kwargs | {"max_length": 10})
        self.widget.attrs.setdefault("size", 10)

    def prepare_value(self, value):
        return str(value) if value else ""

    def to_python(self, value):
        value = super().to_python(value)
        if not value:
            return None
        try:
            return PartialDate.parse(value)
        except ValueError as error:
            raise ValidationError(self.error_messages["invalid"], code="invalid", params={"value": value}) from error

    def run_validators(self, value):
        """Reading it was the check."""

    def has_changed(self, initial, data):
        return self.prepare_value(initial) != (data or "").strip()


class PictureField(models.ImageField):
    """An uploaded picture, refused when it is not one, kept without its metadata under a name of its content."""

    def update_dimension_fields(self, *args, **kwargs):
        """Whatever Pillow cannot measure, such as a bomb, is refused in words when it is validated or saved."""
        with contextlib.suppress(Exception):
            super().update_dimension_fields(*args, **kwargs)

    def validate(self, value, model_instance):
        super().validate(value, model_instance)
        if value and not value._committed:
            pictures.read(value.file, value.name)

    def pre_save(self, instance, add):
        file = getattr(instance, self.attname)
        if file and not file._committed:
            content, extension = pictures.bare(pictures.read(file.file, file.name))
            name = hashlib.sha256(content).hexdigest()[:20] + extension
            file.save(name, ContentFile(content, name), save=False)  # only a named file tells its size
        return file

    def formfield(self, **kwargs):
        return super().formfield(**{"form_class": PictureFormField} | kwargs)


class PictureFormField(forms.FileField):
    """Leaves the judging of the picture to the model's field, which says more than "not an image"."""

    widget = forms.ClearableFileInput

    def widget_attrs(self, widget):
        return super().widget_attrs(widget) | {"accept": "image/jpeg,image/png,image/webp,image/avif"}
