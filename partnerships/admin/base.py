"""What every form and list of the admin shares: languages, lookups of other rows, words of error."""

import datetime

from csp.decorators import csp_update
from django import forms
from django.conf import settings
from django.contrib import admin
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.contrib.admin.widgets import (
    AdminTextareaWidget,
    AdminTimeWidget,
    AutocompleteSelect,
    RelatedFieldWidgetWrapper,
)
from django.core.exceptions import BadRequest, ValidationError
from django.core.validators import MinValueValidator
from django.db import models
from django.utils.decorators import method_decorator
from django.utils.translation import gettext_lazy as _
from js_asset import Media
from phonenumber_field.modelfields import PhoneNumberField
from phonenumber_field.widgets import RegionalPhoneNumberWidget
from translated_fields import TranslatedFieldAdmin

from partnerships.admin.deleting import CarefulDeletion
from partnerships.admin.errors import error_summary
from partnerships.models.drafts import drafted_models

EARLIEST = datetime.datetime(2000, 1, 1, tzinfo=datetime.UTC)
LARGEST_KEY = models.BigIntegerField.MAX_BIGINT

# The one style element that the text editor puts into its page, always the same.
EDITORS_STYLE = "'sha256-PlumsSlvJ7vvWzjqibGAYKq92O3y/4JTxWWsWJvyUYA='"


def in_each_language(*names):
    """A fieldset for each language with its columns of these translated fields."""
    return [
        (
            label,
            {
                "fields": [f"{name}_{code}" for name in names],
                "description": None
                if code == settings.LANGUAGE_CODE
                else _("What is left empty here is shown in Swedish."),
            },
        )
        for code, label in settings.LANGUAGES
    ]


def is_key(value):
    """Whether a submitted text can be a row's key, so that asking for it cannot break the query."""
    return value.isascii() and value.isdigit() and len(value) < 20 and int(value) <= LARGEST_KEY


class RowSelect(AutocompleteSelect):
    """A choice among rows. A forged value is no row; Django's own widget would break on it when drawn again."""

    def optgroups(self, name, value, attr=None):
        return super().optgroups(name, [key for key in value if is_key(str(key))], attr)


class RowsField(forms.ModelMultipleChoiceField):
    """Several rows, drawn as boxes to tick; a key too large for the database is refused like any wrong one."""

    def clean(self, value):
        for key in value or ():
            if not is_key(str(key)):
                raise ValidationError(
                    self.error_messages["invalid_pk_value"], code="invalid_pk_value", params={"pk": key}
                )
        return super().clean(value)


class PhoneInput(RegionalPhoneNumberWidget):
    """Shows what is stored as one writes it in Sweden, and what was typed as it was typed."""

    def format_value(self, value):
        return value if isinstance(value, str) else super().format_value(value)


class EditorFields:
    """For forms and their inlines: how a field is drawn, and what it says when it cannot be read."""

    formfield_overrides = {
        PhoneNumberField: {
            "widget": PhoneInput,
            "error_messages": {
                "invalid": _("Write the number with its area code, such as 08-465 004 00, or with a country code.")
            },
        },
        models.SlugField: {
            "error_messages": {"invalid": _("Use small letters a–z, digits and single hyphens, such as studentutbyte.")}
        },
        models.TextField: {"widget": AdminTextareaWidget(attrs={"rows": 4})},
        models.URLField: {"assume_scheme": "https"},
        # Earlier moments may have no counterpart in UTC, in which they are stored.
        models.DateTimeField: {
            "validators": [MinValueValidator(EARLIEST, _("Choose a day from the year 2000 on."))],
        },
        models.DateField: {"error_messages": {"invalid": _("Write the day as 2026-11-23.")}},
        models.TimeField: {
            "error_messages": {"invalid": _("Write the time as 8:00 or 16:30.")},
            "widget": AdminTimeWidget(format="%H:%M"),
        },
    }
    help_texts = {}  # for fields whose own help text is missing

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        if db_field.name in self.help_texts:
            kwargs["help_text"] = self.help_texts[db_field.name]
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if not field:  # a key has none
            return None
        attributes = field.widget.attrs
        if language := getattr(db_field, "_translated_field_language_code", None):
            attributes["lang"] = language  # the browser's spelling check and screen readers heed it
        if isinstance(field.widget, RelatedFieldWidgetWrapper):
            field.widget.can_delete_related = False  # one deletes where one sees what is deleted
            if db_field.related_model in drafted_models():  # its form makes a draft, which cannot be chosen yet
                field.widget.can_add_related = field.widget.can_change_related = False
        elif not isinstance(field.widget, forms.RadioSelect):  # its choices have names of their own
            attributes["aria-label"] = field.label  # in tables only the column has a label
        return field

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        if db_field.name in self.get_autocomplete_fields(request):
            kwargs.setdefault("widget", RowSelect(db_field, self.admin_site))
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def formfield_for_manytomany(self, db_field, request, **kwargs):
        return super().formfield_for_manytomany(db_field, request, **{"form_class": RowsField} | kwargs)


class EditorAdmin(EditorFields, CarefulDeletion, TranslatedFieldAdmin, admin.ModelAdmin):
    slug_source = None  # the field that a new object's address is suggested from

    def get_prepopulated_fields(self, request, obj=None):
        """An address is suggested once; whoever renames a published page does not move it."""
        return {"slug": [self.slug_source]} if self.slug_source and not obj else {}

    def get_changeform_initial_data(self, request):
        """Nothing is filled in from the query string, which may hold anything."""
        return {}

    def why_view_only(self, request, obj):
        """In words, where even one who may change such things may not change or delete this one."""
        return

    def has_change_permission(self, request, obj=None):
        return super().has_change_permission(request, obj) and not (obj and self.why_view_only(request, obj))

    def has_delete_permission(self, request, obj=None):
        return super().has_delete_permission(request, obj) and not (obj and self.why_view_only(request, obj))

    @method_decorator(csp_update({"style-src": [EDITORS_STYLE]}))
    def changeform_view(self, request, *args, **kwargs):
        return super().changeform_view(request, *args, **kwargs)

    def render_change_form(self, request, context, *args, obj=None, **kwargs):
        if obj and self.has_change_permission(request):
            context["why_view_only"] = self.why_view_only(request, obj)
        if context["errors"]:
            context["error_summary"] = error_summary(context["adminform"].form, context["inline_admin_formsets"])
            context["chosen_files_lost"] = bool(request.FILES)
        # The text editor's import map stands in the page itself, and runs by this alone.
        context["media"] = Media.from_media(context["media"], nonce=str(request.csp_nonce))
        return super().render_change_form(request, context, *args, obj=obj, **kwargs)

    def construct_change_message(self, request, form, formsets, add=False):
        """The history names fields as the form does; Django would note them in English."""
        for part in [form, *(row for formset in formsets or () for row in formset.forms)]:
            for field in part.fields.values():
                field.label = field.label and str(field.label)
        return super().construct_change_message(request, form, formsets, add)

    def lookup_allowed(self, lookup, value, request):
        """Only what the filters beside the list ask; any other, such as a regular expression, could break the query."""
        asked = set()
        for item in self.get_list_filter(request):
            if isinstance(item, tuple):
                item = item[0]
            if isinstance(item, str):
                ends = ["__id__exact"] if self.opts.get_field(item).is_relation else ["", "__exact"]
                asked |= {item + end for end in [*ends, "__isnull"]}
            else:
                asked.add(item.parameter_name)
        return lookup in asked and super().lookup_allowed(lookup, value, request)

    def get_search_results(self, request, queryset, search_term):
        """Each word is a condition more; a thousand are more than a database takes."""
        return super().get_search_results(request, queryset, search_term[:200])

    def changelist_view(self, request, extra_context=None):
        for name, values in request.POST.lists():
            if (name == ACTION_CHECKBOX_NAME or name.endswith("-id")) and not all(map(is_key, values)):
                raise BadRequest("A row's key must be a number.")
        return super().changelist_view(request, extra_context)
