from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from partnerships.admin.base import EditorAdmin
from partnerships.models import AccessibilityReport


@admin.register(AccessibilityReport)
class AccessibilityReportAdmin(EditorAdmin):
    """What a visitor wrote stays as it was written; editors keep how far they have come with it."""

    list_display = ["created_at", "state", "told", "where"]
    list_editable = ["state"]
    list_filter = ["state"]
    search_fields = ["what_happened", "where", "used", "note"]
    readonly_fields = ["created_at", "language", "what_happened", "where", "used", "reach", "changed_at"]
    fieldsets = [
        (None, {"fields": ["state", "note"]}),
        (_("As it was sent"), {"fields": [name for name in readonly_fields if name != "changed_at"]}),
        (None, {"fields": ["changed_at"]}),
    ]

    @admin.display(description=_("what happened"))
    def told(self, obj):
        return obj.beginning()

    def has_add_permission(self, request):
        """Reports come through the public form."""
        return False
