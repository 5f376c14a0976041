from django.contrib import admin
from django.forms.models import BaseInlineFormSet
from django.utils.translation import gettext_lazy as _

from partnerships.admin.base import in_each_language
from partnerships.admin.drafted import RESPONSIBLE, DraftedAdmin
from partnerships.admin.parts import PartRows
from partnerships.models import Agreement, AgreementParty, CooperationArea

TWICE = _("The town is already a party to this agreement.")


class PartyFormSet(BaseInlineFormSet):
    def get_unique_error_message(self, unique_check):
        return TWICE

    def get_form_error(self):
        return TWICE

    def clean(self):
        """Django compares the rows on the form; the database also holds those that somebody else added meanwhile.

        Rows are saved before new ones are, one after the other: two cannot trade towns.
        """
        super().clean()
        if not self.instance.pk:
            return
        held = dict(AgreementParty.objects.filter(agreement=self.instance).values_list("town", "pk"))
        removed = {form.instance.pk for form in self.deleted_forms}
        for form in set(self.forms).difference(self.deleted_forms):
            holder = held.get(getattr(form.cleaned_data.get("town"), "pk", None))
            makes_way = holder in removed and not form.instance.pk
            if holder and holder != form.instance.pk and not makes_way:
                form.add_error("town", TWICE)


class PartyInline(PartRows, admin.TabularInline):
    model = AgreementParty
    formset = PartyFormSet
    autocomplete_fields = ["town"]


class AreaInline(PartRows, admin.TabularInline):
    model = CooperationArea


@admin.register(Agreement)
class AgreementAdmin(DraftedAdmin):
    list_display = ["name_sv", "kind", "towns", "signed", "end", "ended", "publication", "position"]
    list_editable = ["position"]
    list_filter = ["state", "kind", "end"]
    search_fields = ["name_sv", "name_en", "parties__town__name_sv", "areas__name_sv"]
    autocomplete_fields = ["replaces"]
    save_on_top = True
    inlines = [PartyInline, AreaInline]
    fieldsets = [
        (None, {"fields": ["kind", "signed", ("end", "ended"), "replaces", "position"]}),
        *in_each_language("name", "summary"),
        RESPONSIBLE,
    ]

    def get_queryset(self, request):
        return super().get_queryset(request).prefetch_related("parties__town")

    @admin.display(description=_("twin towns"))
    def towns(self, obj):
        return ", ".join(party.town.name for party in obj.parties.all())
