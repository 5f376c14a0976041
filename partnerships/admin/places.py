"""Where a thing is used."""

from django.db.models import PROTECT
from django.urls import reverse
from django.utils.html import format_html
from django.utils.text import capfirst

from partnerships.models import AgreementParty


def places_of(obj):
    """Links to the admin's forms in which this object is chosen, and from which it must go before it can be deleted."""
    return [
        _link(_form_of(row))
        for relation in obj._meta.related_objects
        if relation.on_delete is PROTECT
        for row in relation.related_model._base_manager.filter(**{relation.field.name: obj}).order_by("pk")
    ]


def _form_of(row):
    """The object on whose form the row is edited."""
    return row.agreement if isinstance(row, AgreementParty) else row


def _link(obj):
    address = reverse(f"admin:{obj._meta.app_label}_{obj._meta.model_name}_change", args=[obj.pk])
    return format_html('{}: <a href="{}">{}</a>', capfirst(obj._meta.verbose_name), address, obj)
