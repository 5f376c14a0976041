from django.contrib import admin
from django.forms import CheckboxSelectMultiple
from django.utils.translation import gettext_lazy as _

from partnerships.admin.base import EditorAdmin, in_each_language
from partnerships.admin.drafted import RESPONSIBLE, DraftedAdmin
from partnerships.admin.facts import FactInline
from partnerships.models import Audience, Program


class FewFilter(admin.RelatedFieldListFilter):
    """Shown where there are few to choose among: past that, one searches for the name."""

    MOST = 100

    def field_choices(self, field, request, model_admin):
        if field.related_model.objects.order_by()[: self.MOST + 1].count() > self.MOST:
            return []
        return super().field_choices(field, request, model_admin)

    def has_output(self):
        """What an address chooses is heeded, and can be let go of, however many there are."""
        return bool(self.lookup_val or self.lookup_val_isnull) or super().has_output()


@admin.register(Audience)
class AudienceAdmin(EditorAdmin):
    slug_source = "name_sv"
    list_display = ["name_sv", "name_en", "slug", "position"]
    list_editable = ["position"]
    search_fields = ["name_sv", "name_en", "slug"]
    fieldsets = [(None, {"fields": ["slug", "position"]}), *in_each_language("name")]


@admin.register(Program)
class ProgramAdmin(DraftedAdmin):
    slug_source = "name_sv"
    list_display = ["name_sv", "town", "network", "apply_until", "publication", "position"]
    list_editable = ["position"]
    list_filter = ["state", "audiences", ("town", FewFilter), ("network", FewFilter)]
    list_select_related = ["town", "network"]
    search_fields = ["name_sv", "name_en", "organiser", "slug", "town__name_sv", "network__name_sv"]
    autocomplete_fields = ["image", "town", "network", "contact"]
    save_on_top = True
    inlines = [FactInline]
    help_texts = {
        "image": _("Stands at the top of the page."),
        "town": _("Where the program belongs to a twin town. Then leave the network empty."),
        "network": _("Where the program belongs to a network. Then leave the twin town empty."),
        "apply_url": _("The form or page where one applies."),
    }
    fieldsets = [
        (
            None,
            {
                "fields": [
                    "slug",
                    "audiences",
                    "town",
                    "network",
                    ("organiser", "organiser_url"),
                    ("apply_from", "apply_until"),
                    "apply_url",
                    "image",
                    "contact",
                    "position",
                ]
            },
        ),
        *in_each_language("name", "summary", "body", "asks", "how_to_apply"),
        RESPONSIBLE,
    ]

    def formfield_for_manytomany(self, db_field, request, **kwargs):
        return super().formfield_for_manytomany(db_field, request, **{"widget": CheckboxSelectMultiple} | kwargs)
