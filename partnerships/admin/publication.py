"""What the admin of everything that the public sees has in common: its state, the way to the public page."""

from django.contrib import admin, messages
from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from partnerships.admin.base import EditorAdmin
from partnerships.admin.places import link_to_lost_draft
from partnerships.choices import PublicationState
from partnerships.models import Draft
from partnerships.publishing.forgetting import drafts_of, forget_drafts
from partnerships.publishing.keeping import make_public
from partnerships.reviewing import is_public


class PublicAdmin(EditorAdmin):
    actions = ["publish", "withdraw"]
    list_filter = ["state"]

    is_public = staticmethod(is_public)

    def view_on_site(self, obj):
        """The public address, where the public finds it."""
        return obj.get_absolute_url() if is_public(obj) else None

    def get_deleted_objects(self, objs, request):
        """Tells of the drafts that go too."""
        deleted, counts, *refused = super().get_deleted_objects(objs, request)
        drafts = drafts_of(self.model, [obj.pk for obj in objs]).select_related("content_type")
        if drafts:
            counts[Draft._meta.verbose_name_plural] = len(drafts)
            deleted = [*deleted, *map(link_to_lost_draft, drafts)]
        return deleted, counts, *refused

    @transaction.atomic
    def delete_model(self, request, obj):
        self._let_go([obj.pk])
        super().delete_model(request, obj)

    @transaction.atomic
    def delete_queryset(self, request, queryset):
        self._let_go(list(queryset.values_list("pk", flat=True)))
        super().delete_queryset(request, queryset)

    def _let_go(self, pks):
        """Locked, they are chosen by nobody who is not seen to choose them when they are deleted."""
        list(self.model._base_manager.select_for_update().filter(pk__in=pks).values_list("pk"))
        forget_drafts(self.model, pks)

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

    @admin.action(description=_("Publish the selected now"), permissions=["publish"])
    def publish(self, request, queryset):
        now = timezone.now()
        for obj in queryset:
            make_public(obj, now)
            self.save_publication(request, obj)
        self.message_user(
            request,
            ngettext("%(count)d is published.", "%(count)d are published.", len(queryset)) % {"count": len(queryset)},
            messages.SUCCESS,
        )

    @admin.action(description=_("Withdraw the selected"), permissions=["publish"])
    def withdraw(self, request, queryset):
        for obj in queryset:
            obj.state = PublicationState.WITHDRAWN
            self.save_publication(request, obj)
        self.message_user(
            request,
            ngettext("%(count)d is withdrawn.", "%(count)d are withdrawn.", len(queryset)) % {"count": len(queryset)},
            messages.SUCCESS,
        )

    def save_publication(self, request, obj):
        obj.save(update_fields=["state", "published_from", "published_until", "updated_at"])
        self.log_change(request, obj, [{"changed": {"fields": [str(_("state"))]}}])


def _day(moment):
    return date_format(timezone.localtime(moment), "SHORT_DATE_FORMAT")
