from django.contrib import admin
from django.contrib.admin.widgets import AdminTextareaWidget
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from partnerships.admin.base import in_each_language
from partnerships.admin.publication import PUBLICATION, PublicAdmin
from partnerships.models import Notice


@admin.register(Notice)
class NoticeAdmin(PublicAdmin):
    list_display = ["text_sv", "kind", "page", "shown", "publication"]
    list_filter = ["state", "kind"]
    search_fields = ["text_sv", "text_en", "address"]
    radio_fields = PublicAdmin.radio_fields | {"kind": admin.HORIZONTAL}
    inlines = []
    fieldsets = [
        (None, {"fields": ["kind", "address", "link"]}),
        *in_each_language("text", "link_text"),
        PUBLICATION,
    ]

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        if db_field.name.startswith("text_"):
            kwargs["widget"] = AdminTextareaWidget(attrs={"rows": 3})
        return super().formfield_for_dbfield(db_field, request, **kwargs)

    @admin.display(description=_("where"), ordering="address")
    def page(self, obj):
        return obj.address or gettext("Every page")

    @admin.display(description=_("when"), ordering="published_from")
    def shown(self, obj):
        """From when until when, as far as that is decided."""
        starts, ends = (moment and _moment(moment) for moment in (obj.published_from, obj.published_until))
        if starts and ends:
            return f"{starts} – {ends}"
        if ends:
            return gettext("until %(moment)s") % {"moment": ends}
        if starts:
            return gettext("from %(moment)s") % {"moment": starts}
        return gettext("until it is withdrawn")


def _moment(moment):
    return date_format(timezone.localtime(moment), "SHORT_DATETIME_FORMAT")
