"""The list in which editors say what holds on eves, half days and bridge days."""

from django.contrib import admin
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from partnerships.admin.base import EditorAdmin
from partnerships.models import SpecialDay
from partnerships.proposing import propose_special_days


@admin.register(SpecialDay)
class SpecialDayAdmin(EditorAdmin):
    list_display = ["told", "answer", "opens", "closes", "centre"]
    list_editable = ["answer", "opens", "closes"]
    list_filter = ["answer"]
    ordering = ["day", "centre"]
    fields = ["told", "centre", "answer", ("opens", "closes")]
    readonly_fields = ["told", "centre"]

    def changelist_view(self, request, extra_context=None):
        if request.method == "GET":
            propose_special_days()
        return super().changelist_view(request, extra_context)

    def get_queryset(self, request):
        """What has been is settled."""
        return super().get_queryset(request).select_related("centre").filter(day__gte=timezone.localdate())

    def has_add_permission(self, request):
        """The calendar proposes them."""
        return False

    def has_delete_permission(self, request, obj=None):
        return False

    @admin.display(description=_("day"), ordering="day")
    def told(self, obj):
        return f"{date_format(obj.day, 'l j F Y')}: {obj.name}"
