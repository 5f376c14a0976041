from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from partnerships.admin.base import in_each_language
from partnerships.admin.drafted import RESPONSIBLE, DraftedAdmin
from partnerships.admin.opening_rows import ExceptionRows, HoursRows
from partnerships.admin.parts import PartRows
from partnerships.admin.reachable import warn_of_closed_weekdays
from partnerships.models import ContactCentre, OpeningException, OpeningHours


class HoursInline(PartRows, admin.TabularInline):
    model = OpeningHours
    formset = HoursRows


class ExceptionInline(PartRows, admin.TabularInline):
    model = OpeningException
    formset = ExceptionRows


@admin.register(ContactCentre)
class ContactCentreAdmin(DraftedAdmin):
    slug_source = "name_sv"
    list_display = ["name_sv", "full_address", "national_phone", "publication", "position"]
    list_editable = ["position"]
    search_fields = ["name_sv", "name_en", "street_address", "locality", "slug"]
    save_on_top = True
    change_form_template = "admin/inlines_first.html"
    inlines = [HoursInline, ExceptionInline]
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
        RESPONSIBLE,
    ]

    def warn_of(self, request, obj):
        warn_of_closed_weekdays(request, ContactCentre.objects.filter(pk=obj.pk))

    @admin.display(description=_("address"))
    def full_address(self, obj):
        return obj.address

    @admin.display(description=_("phone"))
    def national_phone(self, obj):
        return obj.phone.as_national if obj.phone else ""
