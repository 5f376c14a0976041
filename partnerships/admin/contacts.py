import re

from django.contrib import admin
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from phonenumber_field.phonenumber import to_python as phone_number

from partnerships.admin.base import in_each_language
from partnerships.admin.drafted import RESPONSIBLE, DraftedAdmin
from partnerships.admin.parts import PartRows
from partnerships.models import Contact, ContactHolder

LOOKS_LIKE_A_PHONE = re.compile(r"[+\d][\d\s()/.–-]{2,}", re.ASCII)


def searched_digits(text):
    """The digits of a phone number as they are stored, whichever way they were typed; "" where it is none.

    Stored are country code and number without the trunk zero: +46520496094.
    """
    text = text.strip()
    if not LOOKS_LIKE_A_PHONE.fullmatch(text):
        return ""
    return re.sub(r"\D", "", text.replace("(0)", "")).lstrip("0")


class HolderInline(PartRows, admin.TabularInline):
    model = ContactHolder
    fields = ["name", "phone", "email", "starts", "ends", "position"]


@admin.register(Contact)
class ContactAdmin(DraftedAdmin):
    slug_source = "name_sv"
    list_display = ["name_sv", "holders_now", "phones", "emails", "publication", "position"]
    list_editable = ["position"]
    search_fields = ["name_sv", "name_en", "email", "holders__name", "holders__email", "slug"]
    search_help_text = _("By function, name, e-mail address or phone number.")
    autocomplete_fields = ["substitute", "contact_centre"]
    save_on_top = True
    change_form_template = "admin/inlines_first.html"
    inlines = [HolderInline]
    fieldsets = [
        (
            None,
            {"fields": ["slug", ("phone", "email"), "substitute", "contact_centre", "position"]},
        ),
        *in_each_language("name", "description"),
        RESPONSIBLE,
    ]

    def get_queryset(self, request):
        return super().get_queryset(request).with_holders(timezone.localdate())

    def get_search_results(self, request, queryset, search_term):
        """A phone number is found by its digits, typed as one likes."""
        digits = searched_digits(search_term)
        if not digits:
            return super().get_search_results(request, queryset, search_term)
        return queryset.filter(Q(phone__contains=digits) | Q(holders__phone__contains=digits)).distinct(), False

    @admin.display(description=_("holder"))
    def holders_now(self, obj):
        return ", ".join(holder["name"] for holder in obj.holder_rows)

    @admin.display(description=_("phone"))
    def phones(self, obj):
        own = [holder["phone"] for holder in obj.holder_rows]
        return ", ".join(phone_number(number).as_national for number in dict.fromkeys([*own, str(obj.phone)]) if number)

    @admin.display(description=_("e-mail"))
    def emails(self, obj):
        own = [holder["email"] for holder in obj.holder_rows]
        return ", ".join(address for address in dict.fromkeys([*own, obj.email]) if address)
