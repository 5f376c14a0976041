from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from partnerships.admin.base import EditorFields, in_each_language
from partnerships.admin.publication import PUBLICATION, PublicAdmin, ReviewInline
from partnerships.models import ContactCentre, OpeningException, OpeningHours


class HoursInline(EditorFields, admin.TabularInline):
    model = OpeningHours
    extra = 0


class ExceptionInline(EditorFields, admin.TabularInline):
    model = OpeningException
    extra = 0


@admin.register(ContactCentre)
class ContactCentreAdmin(PublicAdmin):
    slug_source = "name_sv"
    list_display = ["name_sv", "full_address", "national_phone", "publication", "position"]
    list_editable = ["position"]
    search_fields = ["name_sv", "name_en", "street_address", "locality", "slug"]
    save_on_top = True
    change_form_template = "admin/inlines_first.html"
    inlines = [HoursInline, ExceptionInline, ReviewInline]
    fieldsets = [
        (
            None,
            {
                "fields": [
                    "slug",
                    "street_address",
                    ("postal_code", "locality"),
                    "map_url",
                    ("phone", "email"),
                    "position",
                ]
            },
        ),
        *in_each_language("name", "tagline", "help_heading", "help_text"),
        PUBLICATION,
    ]

    @admin.display(description=_("address"))
    def full_address(self, obj):
        return obj.address

    @admin.display(description=_("phone"))
    def national_phone(self, obj):
        return obj.phone.as_national if obj.phone else ""
