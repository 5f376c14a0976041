from django.contrib import admin
from django.contrib.admin.widgets import AdminTextareaWidget
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from partnerships.admin.base import in_each_language
from partnerships.admin.publication import PublicAdmin
from partnerships.choices import PublicationState
from partnerships.models import Notice


@admin.register(Notice)
class NoticeAdmin(PublicAdmin):
    list_display = ["text_sv", "kind", "page", "shown", "publication"]
    list_filter = ["state", "kind"]
    search_fields = ["text_sv", "text_en", "address"]
    radio_fields = {"state": admin.HORIZONTAL, "kind": admin.HORIZONTAL}
    fieldsets = [
        (None, {"fields": ["kind", "address", "link"]}),
        *in_each_language("text", "link_text"),
        (_("Publication"), {"fields": ["state", ("published_from", "published_until")]}),
    ]

    def get_changeform_initial_data(self, request):
        return {"state": PublicationState.PUBLISHED}

    def has_publish_permission(self, request):
        """A notice has no draft: whoever writes it, shows it."""
        return self.has_change_permission(request)

    def render_change_form(self, request, context, *args, obj=None, **kwargs):
        stored = obj and self.model.objects.get(pk=obj.pk)
        if stored and not self.is_public(stored):
            context["why_not_public"] = _why_not_public(stored)
        return super().render_change_form(request, context, *args, obj=obj, **kwargs)

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


def _why_not_public(obj):
    """In words, for the form of something that published() leaves out."""
    if obj.state == PublicationState.DRAFT:
        return _("A draft: the public does not see it. Choose “Published” below to show it.")
    if obj.state == PublicationState.WITHDRAWN:
        return _("Withdrawn: the public does not see it. Choose “Published” below to show it.")
    if obj.published_from and obj.published_from > timezone.now():
        return _("The public does not see it before the time “published from” below.")
    return _("The public sees it no more: the time “published until” below has passed.")
