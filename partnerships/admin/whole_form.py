"""The form of an object with all its fields, whoever asks: for reading what it holds, never for writing."""

import copy
from dataclasses import dataclass

from django.contrib.admin.utils import flatten_fieldsets
from django.contrib.auth import get_user_model
from django.forms import ModelForm


@dataclass(frozen=True)
class WholeForm:
    form: ModelForm
    formsets: list
    fieldsets: list


def whole_form(model_admin, request, obj=None):
    """The unbound form of an object, or the blank one.

    Django leaves the fields out for who may only look, and reads what was posted; neither is meant here.
    """
    reading = copy.copy(request)
    reading.method = "GET"
    reading.user = get_user_model()(is_active=True, is_superuser=True)
    fieldsets = model_admin.get_fieldsets(reading, obj)
    form_class = model_admin.get_form(reading, obj, change=bool(obj), fields=flatten_fieldsets(fieldsets))
    form = form_class(**{"instance": obj} if obj else {"initial": model_admin.get_changeform_initial_data(reading)})
    formsets, _inlines = model_admin._create_formsets(reading, form.instance, change=bool(obj))
    return WholeForm(form, formsets, fieldsets)
