"""The list of all drafts. What is done with one is done in its form, to which each leads."""

from django.contrib import admin
from django.db.models import Q
from django.http import HttpResponseRedirect
from django.utils.text import capfirst
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from partnerships.admin import presence, preview_pages
from partnerships.admin.base import EditorAdmin
from partnerships.admin.draft_words import stage_told
from partnerships.choices import DraftStage
from partnerships.models import Draft
from partnerships.models.drafts import drafted_models
from partnerships.publishing.revising import name_of
from partnerships.publishing.rights import may_edit
from partnerships.publishing.waiting import visible_drafts


class _Choices(admin.SimpleListFilter):
    """A filter by conditions: {value: (words, Q)}."""

    def lookups(self, request, model_admin):
        self.conditions = self.conditions_for(request)
        return [(value, words) for value, (words, _condition) in self.conditions.items()]

    def queryset(self, request, queryset):
        _words, condition = self.conditions.get(self.value(), ("", Q()))
        return queryset.filter(condition)


class StageFilter(_Choices):
    title = _("stage")
    parameter_name = "stage"

    def conditions_for(self, request):
        at_rest = Q(publish_at=None, problem="")
        return {stage.value: (capfirst(stage.label), at_rest & Q(stage=stage)) for stage in DraftStage} | {
            "scheduled": (gettext("Will be published"), Q(publish_at__isnull=False)),
            "refused": (gettext("Could not be published"), ~Q(problem="")),
        }


class KindFilter(_Choices):
    title = _("kind")
    parameter_name = "kind"

    def conditions_for(self, request):
        return {
            model._meta.model_name: (
                capfirst(model._meta.verbose_name_plural),
                Q(content_type__model=model._meta.model_name),
            )
            for model in drafted_models()
            if may_edit(request.user, model)
        }


class AuthorFilter(_Choices):
    title = _("author")
    parameter_name = "whose"

    def conditions_for(self, request):
        mine = Q(author=request.user)
        return {"mine": (gettext("Me"), mine), "others": (gettext("Others"), ~mine)}


@admin.register(Draft)
class DraftAdmin(EditorAdmin):
    list_display = ["title", "told_kind", "told_stage", "written_by", "changed_at"]
    list_filter = [StageFilter, KindFilter, AuthorFilter]
    search_fields = ["title"]

    def get_urls(self):
        return preview_pages.urls() + presence.urls(self.admin_site) + super().get_urls()

    def get_queryset(self, request):
        return visible_drafts(request.user)

    def change_view(self, request, object_id, form_url="", extra_context=None):
        """Its form is that of what it is a draft of."""
        draft = self.get_object(request, object_id)
        if draft is None:
            return self._get_obj_does_not_exist_redirect(request, self.opts, object_id)
        return HttpResponseRedirect(draft.get_absolute_url())

    def has_view_permission(self, request, obj=None):
        models = [obj.content_type.model_class()] if obj else drafted_models()
        return any(may_edit(request.user, model) for model in models)

    def has_module_permission(self, request):
        return self.has_view_permission(request)

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False

    @admin.display(description=_("kind"), ordering="content_type__model")
    def told_kind(self, obj):
        return capfirst(obj.kind)

    @admin.display(description=_("stage"))
    def told_stage(self, obj):
        return capfirst(stage_told(obj))

    @admin.display(description=_("written by"), ordering="author__username")
    def written_by(self, obj):
        return name_of(obj.author)
