"""Facts, on the form of the town, network or program that they belong to."""

from django.contrib import admin

from partnerships.admin.parts import PartRows
from partnerships.models import Fact


class FactInline(PartRows, admin.StackedInline):
    model = Fact
    fields = [
        ("label_sv", "value_sv"),
        ("label_en", "value_en"),
        ("as_of", "check_again", "position"),
        ("source", "source_url"),
    ]
