"""What the list of a drafted model tells of drafts: at each row its own, and above the list those of new things."""

from django.contrib import admin
from django.contrib.admin.views.main import ChangeList
from django.contrib.contenttypes.models import ContentType
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from partnerships.admin.draft_words import stage_told
from partnerships.models import Draft
from partnerships.publishing.waiting import drafts_of_new


class _ListWithDrafts(ChangeList):
    def get_results(self, request):
        """All drafts of the page's rows come in one query."""
        super().get_results(request)
        kind = ContentType.objects.get_for_model(self.model)
        pks = [row.pk for row in self.result_list]
        drafts = Draft.objects.filter(content_type=kind, object_id__in=pks).defer("data", "base", "sent")
        by_key = {draft.object_id: draft for draft in drafts}
        for row in self.result_list:
            row.draft = by_key.get(row.pk)


class DraftsInList:
    """For a ModelAdmin: the column “draft_state”, and a line with the drafts of what is not there yet."""

    change_list_template = "admin/drafted_change_list.html"

    def get_changelist(self, request, **kwargs):
        return _ListWithDrafts

    def get_list_display(self, request):
        columns = [*super().get_list_display(request)]
        columns.insert(columns.index("publication") + 1, "draft_state")
        return columns

    def changelist_view(self, request, extra_context=None):
        context = {
            "drafts_of_new": drafts_of_new(request.user, self.model),
            "all_drafts": reverse("admin:partnerships_draft_changelist", query={"kind": self.opts.model_name}),
        }
        return super().changelist_view(request, context | (extra_context or {}))

    @admin.display(description=_("draft"), empty_value="")
    def draft_state(self, obj):
        if obj.draft is None:
            return None
        return gettext("Draft, %(stage)s") % {"stage": stage_told(obj.draft)}
