"""The admin of what is written as a draft first: its form opens on the draft, and each button is an act of its own.

What somebody sends is merged with what was written meanwhile: see publishing.form_data. Nothing here overwrites what
another has written without showing both.
"""

from django.contrib import messages
from django.contrib.admin import helpers
from django.contrib.admin.options import TO_FIELD_VAR
from django.contrib.admin.utils import flatten_fieldsets, unquote
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import BadRequest, PermissionDenied
from django.db import IntegrityError, transaction
from django.http import HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from partnerships.admin import started
from partnerships.admin.act import Act
from partnerships.admin.base import is_key
from partnerships.admin.drafts_in_list import DraftsInList
from partnerships.admin.form_acts import ACTS
from partnerships.admin.form_shown import shown
from partnerships.admin.history import HistoryAdmin
from partnerships.admin.open_form import OpenForm
from partnerships.admin.public_acts import publish
from partnerships.admin.publication import PublicAdmin
from partnerships.admin.reviewing import ReviewedAdmin
from partnerships.models import Draft
from partnerships.publishing import revising
from partnerships.publishing.keeping import draft_of, lock, locked, new_form
from partnerships.publishing.rights import may_publish

RESPONSIBLE = (_("Responsible"), {"fields": ["owner"]})


class DraftedAdmin(DraftsInList, HistoryAdmin, ReviewedAdmin, PublicAdmin):
    title_field = "name_sv"  # what a draft is called by
    inlines = []
    change_form_template = "admin/drafted_form.html"

    def changeform_view(self, request, *args, **kwargs):
        """Once more where somebody has taken the same address meanwhile, or deleted what is chosen: then it is told."""
        try:
            return super().changeform_view(request, *args, **kwargs)
        except IntegrityError:
            return super().changeform_view(request, *args, **kwargs)

    def _changeform_view(self, request, object_id, form_url, extra_context):
        if request.GET.keys() & {TO_FIELD_VAR}:
            raise BadRequest("Rows are known by their key here.")
        if object_id is None:
            if not self.has_add_permission(request):
                raise PermissionDenied
            obj = None
        else:
            obj = self.get_object(request, unquote(object_id))
            allowed = self.has_change_permission if request.method == "POST" else self.has_view_or_change_permission
            if not allowed(request, obj):
                raise PermissionDenied
            if obj is None:
                return self._get_obj_does_not_exist_redirect(request, self.opts, object_id)
        draft = self._draft(request, obj)
        if draft is None and "draft" in request.GET and request.method != "POST":
            return self._draft_is_gone(request)
        opened = OpenForm(self, request, obj, draft)
        if request.method == "POST":
            return self._answer(request, opened)
        return shown(opened)

    def _answer(self, request, opened):
        """What the button does that was pressed; without any, publishing, as anywhere in the admin."""
        name = next((name for name in ACTS if name in request.POST), None)
        act = Act(opened, started.read(request.POST), opened.sent(request.POST))
        return (ACTS[name] if name else publish)(act)

    def _draft(self, request, obj):
        """The draft that the form is of, locked where something was sent; None where there is none."""
        is_sent = request.method == "POST"
        if obj:
            if is_sent:
                lock(self.model, obj.pk)
            return draft_of(self.model, obj.pk) if self.has_change_permission(request, obj) else None
        drafts = Draft.objects.filter(content_type=ContentType.objects.get_for_model(self.model), object_id=None)
        asked = request.GET.get("draft", "")
        if is_key(asked):
            found = drafts.filter(pk=asked).first()
        elif is_sent and (form := request.POST.get("form")):
            # The answer that told the form which draft it had made may have been lost.
            found = drafts.filter(form__startswith=f"{form[:20]}.").first()
        else:
            found = None
        return locked(found.pk) if found and is_sent else found

    def _draft_is_gone(self, request):
        self.message_user(
            request, gettext("That draft is no longer there: it has been published or discarded."), messages.WARNING
        )
        return HttpResponseRedirect(reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_changelist"))

    def warn_of(self, request, obj):
        """Tells what is to be heeded of what has just been made public."""

    def has_publish_permission(self, request):
        return may_publish(request.user, self.model)

    def get_changelist_instance(self, request):
        """What one changes in the list is public at once."""
        found = super().get_changelist_instance(request)
        if not self.has_publish_permission(request):
            found.list_editable = ()
        return found

    @transaction.atomic
    def save_model(self, request, obj, form, change):
        """Only the list saves one by one (see OpenForm): what it changes is a revision too."""
        lock(self.model, obj.pk)
        revising.record_as_it_was(self.model._base_manager.get(pk=obj.pk))
        obj.save(update_fields=[*form.changed_data, "updated_at"])
        revising.record(obj, user=request.user, note=gettext("Changed in the list."))

    @transaction.atomic
    def save_publication(self, request, obj):
        lock(self.model, obj.pk)
        revising.record_as_it_was(self.model._base_manager.get(pk=obj.pk))
        super().save_publication(request, obj)
        revising.record(obj, user=request.user, note=obj.get_state_display())

    def form_context(self, request, opened, forms):
        """What Django's own template asks of these forms."""
        obj, change = opened.obj, opened.obj is not None
        may_change = self.has_change_permission(request, obj) if change else True
        fieldsets = self.get_fieldsets(request, obj)
        read_only = self.get_readonly_fields(request, obj) if may_change else flatten_fieldsets(fieldsets)
        # An address that somebody has chosen in the draft stays when the name is changed.
        has_address = any(opened.value["fields"].get("slug", []))
        suggested = self.get_prepopulated_fields(request, obj) if may_change and not has_address else {}
        form = helpers.AdminForm(forms.form, list(fieldsets), suggested, read_only, model_admin=self)
        inlines = self.get_inline_formsets(request, forms.formsets, forms.inlines, obj)
        title = gettext("Change %s") if may_change else gettext("View %s")
        return {
            **self.admin_site.each_context(request),
            "title": (title if change else gettext("Add %s")) % self.opts.verbose_name,
            "subtitle": str(obj) if obj else None,
            "adminform": form,
            "object_id": str(obj.pk) if obj else None,
            "original": obj,
            "is_popup": False,
            "to_field": None,
            "media": sum((inline.media for inline in inlines), self.media + form.media),
            "inline_admin_formsets": inlines,
            "errors": helpers.AdminErrorList(forms.form, forms.formsets) if forms.form.is_bound else [],
            "preserved_filters": self.get_preserved_filters(request),
            "form_name": new_form(),
        }
