from django.contrib import admin
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _

from partnerships.admin.base import EditorAdmin, in_each_language
from partnerships.models import SiteSettings


@admin.register(SiteSettings)
class SiteSettingsAdmin(EditorAdmin):
    autocomplete_fields = ["default_contact", "contact_centre", "logo", "social_card"]
    help_texts = {
        "latitude": _("In degrees with decimals, such as 55.68."),
        "longitude": _("Such as 12.57."),
    }
    fieldsets = [
        (
            None,
            {
                "fields": [
                    "default_contact",
                    "contact_centre",
                    "logo",
                    "social_card",
                    "town",
                    ("latitude", "longitude"),
                    "time_zone",
                ]
            },
        ),
        *in_each_language("name", "municipality", "publisher"),
    ]

    def has_add_permission(self, request):
        return super().has_add_permission(request) and not SiteSettings.objects.exists()

    def has_delete_permission(self, request, obj=None):
        return False

    def changelist_view(self, request, extra_context=None):
        """There is one row: straight to it, or to making it."""
        if SiteSettings.objects.exists():
            return redirect("admin:partnerships_sitesettings_change", SiteSettings.ONLY_PK)
        return redirect("admin:partnerships_sitesettings_add")
