from django.contrib import admin
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from partnerships.admin.base import in_each_language
from partnerships.admin.drafted import RESPONSIBLE, DraftedAdmin
from partnerships.admin.facts import FactInline
from partnerships.choices import TownStatus
from partnerships.models import TwinTown


class StatusFilter(admin.SimpleListFilter):
    title = _("status")
    parameter_name = "status"

    def lookups(self, request, model_admin):
        return TownStatus.choices

    def queryset(self, request, queryset):
        return queryset.filter(status=self.value()) if self.value() in TownStatus else queryset


@admin.register(TwinTown)
class TwinTownAdmin(DraftedAdmin):
    slug_source = "name_sv"
    list_display = ["name_sv", "country_sv", "status", "publication", "position"]
    list_editable = ["position"]
    list_filter = [StatusFilter, "state", "country_sv"]
    search_fields = ["name_sv", "name_en", "country_sv", "country_en", "region_sv", "slug"]
    autocomplete_fields = ["image", "contact"]
    save_on_top = True
    inlines = [FactInline]
    help_texts = {
        "image": _("Stands at the top of the page."),
        "latitude": _("In degrees with decimals, such as 55.68. Places the town on the map."),
        "longitude": _("Such as 12.57; west of Greenwich with a minus sign, such as -111.94."),
    }
    fieldsets = [
        (
            None,
            {
                "fields": [
                    "slug",
                    "image",
                    "contact",
                    "website",
                    ("latitude", "longitude"),
                    "time_zone",
                    "position",
                ]
            },
        ),
        *in_each_language("name", "region", "country", "summary", "body"),
        RESPONSIBLE,
    ]

    def get_queryset(self, request):
        return super().get_queryset(request).with_status(timezone.localdate())

    @admin.display(description=_("status"), ordering="status")
    def status(self, obj):
        return obj.get_status_display()
