from django.contrib import admin
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from partnerships.admin.base import in_each_language
from partnerships.admin.drafted import RESPONSIBLE, DraftedAdmin
from partnerships.choices import PageKey
from partnerships.models import Page

STATEMENT = [
    (
        _("Accessibility statement"),
        {
            "fields": [
                "conformity",
                ("tested_on", "statement_changed_on"),
                ("supervisor", "supervisor_url"),
            ]
        },
    ),
    *(
        (format_lazy("{} – {}", _("Accessibility statement"), label), options)
        for label, options in in_each_language(
            "not_accessible", "unreasonable_burden", "not_covered", "how_tested", "how_to_report"
        )
    ),
]


@admin.register(Page)
class PageAdmin(DraftedAdmin):
    title_field = "title_sv"
    list_display = ["key", "title_sv", "publication", "updated_at"]
    search_fields = ["title_sv", "title_en", "lead_sv", "body_sv"]
    autocomplete_fields = ["image"]
    save_on_top = True
    fieldsets = [
        (None, {"fields": ["key", "image"]}),
        *in_each_language("title", "description", "lead", "body"),
        RESPONSIBLE,
    ]

    def get_fieldsets(self, request, obj=None):
        fieldsets = super().get_fieldsets(request, obj)
        if obj and obj.key == PageKey.ACCESSIBILITY:
            return [*fieldsets[:-1], *STATEMENT, fieldsets[-1]]
        return fieldsets

    def get_readonly_fields(self, request, obj=None):
        return ["key"] if obj else []

    def has_add_permission(self, request):
        """The site's own pages are a fixed set."""
        return super().has_add_permission(request) and Page.objects.count() < len(PageKey)

    def has_delete_permission(self, request, obj=None):
        """The site needs each; what is not to be seen is withdrawn."""
        return False
