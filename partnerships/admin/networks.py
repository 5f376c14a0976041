from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from partnerships.admin.base import in_each_language
from partnerships.admin.drafted import RESPONSIBLE, DraftedAdmin
from partnerships.admin.facts import FactInline
from partnerships.admin.parts import PartRows
from partnerships.models import Network, NetworkRole


class RoleInline(PartRows, admin.TabularInline):
    model = NetworkRole


@admin.register(Network)
class NetworkAdmin(DraftedAdmin):
    slug_source = "name_sv"
    list_display = ["name_sv", "abbreviation", "member_since", "publication", "position"]
    list_editable = ["position"]
    search_fields = ["name_sv", "name_en", "abbreviation", "slug"]
    autocomplete_fields = ["image", "contact"]
    save_on_top = True
    inlines = [RoleInline, FactInline]
    help_texts = {
        "image": _("Stands at the top of the page."),
        "abbreviation": _("Such as SERN. Empty: the name stands alone."),
    }
    fieldsets = [
        (
            None,
            {
                "fields": [
                    "slug",
                    "abbreviation",
                    ("started", "member_since"),
                    "image",
                    "contact",
                    "website",
                    "position",
                ]
            },
        ),
        *in_each_language("name", "theme", "summary", "body"),
        RESPONSIBLE,
    ]
