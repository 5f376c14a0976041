from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from partnerships.admin.base import EditorFields, in_each_language
from partnerships.admin.opening_rows import ExceptionRows, HoursRows
from partnerships.admin.publication import PUBLICATION, PublicAdmin, ReviewInline
from partnerships.admin.reachable import warn_of_closed_weekdays
from partnerships.models import ContactCentre, OpeningException, OpeningHours


class HoursInline(EditorFields, admin.TabularInline):
    model = OpeningHours
    formset = HoursRows
    extra = 0


class ExceptionInline(EditorFields, admin.TabularInline):
    model = OpeningException
    formset = ExceptionRows
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

    def response_add(self, request, obj, post_url_continue=None):
        response = super().response_add(request, obj, post_url_continue)
        self._warn(request, obj)
        return response

    def response_change(self, request, obj):
        response = super().response_change(request, obj)
        self._warn(request, obj)
        return response

    def _warn(self, request, centre):
        warn_of_closed_weekdays(request, ContactCentre.objects.filter(pk=centre.pk))

    @admin.display(description=_("address"))
    def full_address(self, obj):
        return obj.address

    @admin.display(description=_("phone"))
    def national_phone(self, obj):
        return obj.phone.as_national if obj.phone else ""
