"""What was deleted is kept, and can be made anew."""

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.decorators import method_decorator
from django.utils.text import capfirst
from django.utils.translation import gettext
from django.views.decorators.http import require_POST, require_safe

from partnerships.admin.past_form import live_value, value_of_state
from partnerships.models import Draft
from partnerships.publishing import revising
from partnerships.publishing.keeping import draft_of, lock, replace_draft
from partnerships.publishing.restoring import as_change
from partnerships.publishing.rights import may_publish


class RecoveringAdmin(admin.ModelAdmin):
    change_list_template = "admin/recovering_change_list.html"

    def get_urls(self):
        name = f"{self.opts.app_label}_{self.opts.model_name}"
        view = self.admin_site.admin_view
        return [
            path("recover/", view(self.recover_list_view), name=f"{name}_recover_list"),
            path("recover/<int:revision>/", view(self.recover_view), name=f"{name}_recover"),
            *super().get_urls(),
        ]

    def may_recover(self, request):
        return self.has_add_permission(request) and may_publish(request.user, self.model)

    def changelist_view(self, request, extra_context=None):
        return super().changelist_view(request, {"may_recover": self.may_recover(request)} | (extra_context or {}))

    def get_deleted_objects(self, objs, request):
        """Drafts go with what they are of."""
        deleted, counts, perms_needed, protected = super().get_deleted_objects(objs, request)
        drafts = [draft for obj in objs if (draft := draft_of(self.model, obj.pk))]
        if drafts:
            deleted = [*deleted, *(f"{capfirst(Draft._meta.verbose_name)}: {draft}" for draft in drafts)]
            counts = {**counts, Draft._meta.verbose_name_plural: len(drafts)}
        return deleted, counts, perms_needed, protected

    @transaction.atomic
    def delete_model(self, request, obj):
        self._before_deletion(request, obj)
        super().delete_model(request, obj)

    @transaction.atomic
    def delete_queryset(self, request, queryset):
        for obj in queryset:
            self._before_deletion(request, obj)
        super().delete_queryset(request, queryset)

    def _before_deletion(self, request, obj):
        lock(self.model, obj.pk)
        revising.record_deletion(obj, user=request.user)
        if draft := draft_of(self.model, obj.pk):
            draft.delete()

    @method_decorator(require_safe)
    def recover_list_view(self, request):
        """What is deleted; apart from the rest, that whose address, or name where it has none, is in use again.

        So what has been recovered and published leaves the list, and yet nothing is out of reach.
        """
        if not self.may_recover(request):
            raise PermissionDenied
        known_by = next(name for name in ("slug", "key", "name_sv") if hasattr(self.model, name))
        in_use = set(self.model._base_manager.values_list(known_by, flat=True))
        deleted = revising.deleted_objects(self.model)
        again = [one for one in deleted if one.fields and one.fields[known_by] in in_use]
        context = {
            **self.admin_site.each_context(request),
            "title": gettext("Recover what was deleted"),
            "opts": self.opts,
            "deleted": [one for one in deleted if one not in again],
            "again": again,
        }
        return TemplateResponse(request, "admin/recover.html", context)

    @method_decorator(require_POST)
    @transaction.atomic
    def recover_view(self, request, revision):
        """Makes a draft of something new that is filled in as the deleted object was, with its rows."""
        if not self.may_recover(request):
            raise PermissionDenied
        if not any(one.last.pk == revision for one in revising.deleted_objects(self.model)):
            raise Http404
        try:
            state = revising.state_at(self.model, revision)
        except revising.UnreadableRevisionError:
            self.message_user(request, gettext("That version cannot be read any more."), messages.ERROR)
            return HttpResponseRedirect(reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_recover_list"))
        blank = live_value(self, request)
        draft = replace_draft(
            model=self.model,
            object_id=None,
            title=state.title,
            data=as_change(value_of_state(self, request, None, state), blank),
            base=blank,
            author=request.user,
        )
        self.message_user(
            request, gettext("It is here again as a draft. Nothing is public until you publish it."), messages.SUCCESS
        )
        return HttpResponseRedirect(draft.get_absolute_url())
