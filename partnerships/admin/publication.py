"""What the admin of everything that the public sees has in common: state, reviews, the way to the public page."""

from django.contrib import admin, messages
from django.contrib.contenttypes.admin import GenericTabularInline
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from partnerships.admin.base import EditorAdmin, EditorFields
from partnerships.choices import PublicationState
from partnerships.models import Review

PUBLICATION = (_("Publication"), {"fields": ["state", ("published_from", "published_until")]})


class ReviewInline(EditorFields, GenericTabularInline):
    model = Review
    extra = 0


class PublicAdmin(EditorAdmin):
    actions = ["publish", "withdraw"]
    inlines = [ReviewInline]
    radio_fields = {"state": admin.HORIZONTAL}
    list_filter = ["state"]

    def get_changeform_initial_data(self, request):
        return {"state": PublicationState.PUBLISHED}

    def view_on_site(self, obj):
        """The public address, where the public finds it."""
        return obj.get_absolute_url() if _is_public(obj) else None

    def render_change_form(self, request, context, *args, obj=None, **kwargs):
        stored = obj and self.model.objects.get(pk=obj.pk)
        if stored and not _is_public(stored):
            context["why_not_public"] = _why_not_public(stored)
        return super().render_change_form(request, context, *args, obj=obj, **kwargs)

    @admin.display(description=_("publication"), ordering="state")
    def publication(self, obj):
        """The state, with the day where it alone does not tell what the public sees."""
        now = timezone.now()
        if obj.state == PublicationState.PUBLISHED:
            if obj.published_from and obj.published_from > now:
                return gettext("Published from %(day)s") % {"day": _day(obj.published_from)}
            if obj.published_until and obj.published_until <= now:
                return gettext("Was published until %(day)s") % {"day": _day(obj.published_until)}
        return obj.get_state_display()

    @admin.action(description=_("Publish the selected now"), permissions=["change"])
    def publish(self, request, queryset):
        now = timezone.now()
        for obj in queryset:
            obj.state = PublicationState.PUBLISHED
            if obj.published_from and obj.published_from > now:
                obj.published_from = None
            if obj.published_until and obj.published_until <= now:
                obj.published_until = None
            self._save_publication(request, obj)
        self.message_user(
            request,
            ngettext("%(count)d is published.", "%(count)d are published.", len(queryset)) % {"count": len(queryset)},
            messages.SUCCESS,
        )

    @admin.action(description=_("Withdraw the selected"), permissions=["change"])
    def withdraw(self, request, queryset):
        for obj in queryset:
            obj.state = PublicationState.WITHDRAWN
            self._save_publication(request, obj)
        self.message_user(
            request,
            ngettext("%(count)d is withdrawn.", "%(count)d are withdrawn.", len(queryset)) % {"count": len(queryset)},
            messages.SUCCESS,
        )

    def _save_publication(self, request, obj):
        obj.save()
        self.log_change(request, obj, [{"changed": {"fields": [str(_("state"))]}}])


def _is_public(obj):
    return type(obj).objects.published().filter(pk=obj.pk).exists()


def _why_not_public(obj):
    """In words, for the form of something that published() leaves out."""
    if obj.state == PublicationState.DRAFT:
        return _("A draft: the public does not see it. Choose “Published” below to show it.")
    if obj.state == PublicationState.WITHDRAWN:
        return _("Withdrawn: the public does not see it. Choose “Published” below to show it.")
    if obj.published_from and obj.published_from > timezone.now():
        return _("The public does not see it before the time “published from” below.")
    return _("The public sees it no more: the time “published until” below has passed.")


def _day(moment):
    return date_format(timezone.localtime(moment), "SHORT_DATE_FORMAT")
