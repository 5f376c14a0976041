"""The history of an object on its form: its revisions, what differs between two of them, and going back to one."""

from dataclasses import dataclass

from django.contrib import messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.formats import date_format
from django.utils.translation import gettext
from django.views.decorators.http import require_POST, require_safe

from partnerships.admin.past_form import live_value, past_value
from partnerships.admin.recovering import RecoveringAdmin
from partnerships.admin.told_differences import tell
from partnerships.publishing import revising
from partnerships.publishing.form_data import differences, merge
from partnerships.publishing.keeping import draft_of, lock, replace_draft
from partnerships.publishing.restoring import as_change
from partnerships.publishing.rights import may_publish

LIVE, DRAFT = "live", "draft"


@dataclass(frozen=True)
class Version:
    """One that can be compared: `key` is a revision's number, or that of what is live or of the draft."""

    key: str
    words: str
    revision: revising.PastRevision | None = None


class HistoryAdmin(RecoveringAdmin):
    object_history_template = "admin/desk_history.html"

    def get_urls(self):
        name = f"{self.opts.app_label}_{self.opts.model_name}"
        view = self.admin_site.admin_view
        return [
            path("<path:object_id>/history/compare/", view(self.compare_view), name=f"{name}_compare"),
            path("<path:object_id>/history/<str:revision>/restore/", view(self.restore_view), name=f"{name}_restore"),
            *super().get_urls(),
        ]

    def history_view(self, request, object_id, extra_context=None):
        obj = self.get_object(request, unquote(object_id))
        context = {}
        if obj and self.has_view_or_change_permission(request, obj):
            versions = self._versions(request, obj)
            chosen = _newest_two(versions)
            context = {
                "versions": versions,
                "first": chosen[0].key,
                "second": chosen[1].key,
                "may_restore": may_publish(request.user, self.model),
            }
        return super().history_view(request, object_id, context | (extra_context or {}))

    @method_decorator(require_safe)
    def compare_view(self, request, object_id):
        """?a=…&b=… name two versions; without them, the newest revision and the one before."""
        obj = self._seen(request, object_id)
        versions = self._versions(request, obj)
        newest = _newest_two(versions)
        asked = {request.GET.get(name, version.key) for name, version in zip("ab", newest, strict=True)}
        # Whichever way round they were chosen, the older one stands first.
        chosen = [version for version in reversed(versions) if version.key in asked]
        if not chosen or len(chosen) < len(asked):
            raise Http404
        before, after = chosen[0], chosen[-1]
        told, is_unreadable = [], False
        try:
            values = [self._value(request, obj, version) for version in (before, after)]
            told = tell(self, request, obj, differences(*values))
        except revising.UnreadableRevisionError:
            is_unreadable = True
        context = self._context(request, gettext("Compare versions"), obj) | {
            "before": before,
            "after": after,
            "before_words": before.words,
            "after_words": after.words,
            "differences": told,
            "is_unreadable": is_unreadable,
            "may_restore": may_publish(request.user, self.model),
        }
        return TemplateResponse(request, "admin/compare_versions.html", context)

    @method_decorator(require_POST)
    @transaction.atomic
    def restore_view(self, request, object_id, revision):
        """Makes a draft of the revision; asks first where there is a draft already."""
        obj = self._seen(request, object_id)
        if not may_publish(request.user, self.model):
            raise PermissionDenied
        version = next((one for one in self._versions(request, obj) if one.revision and one.key == revision), None)
        if not version:
            raise Http404
        lock(self.model, obj.pk)
        draft = draft_of(self.model, obj.pk)
        if draft and request.POST.get("replace") != _stamp(draft):
            context = self._context(request, gettext("Replace the draft?"), obj)
            context |= {
                "draft": draft,
                "author": revising.name_of(draft.author),
                "stamp": _stamp(draft),
                "version": version,
            }
            return TemplateResponse(request, "admin/replace_draft.html", context)
        try:
            value = self._value(request, obj, version)
        except revising.UnreadableRevisionError:
            self.message_user(request, gettext("That version cannot be read any more."), messages.ERROR)
            return HttpResponseRedirect(self._address("history", obj.pk))
        live = live_value(self, request, obj)
        replace_draft(
            model=self.model,
            object_id=obj.pk,
            title=str(obj),
            data=as_change(value, live),
            base=live,
            author=request.user,
        )
        words = gettext("The version of %(when)s is now a draft. Nothing is public until you publish it.")
        self.message_user(request, words % {"when": _told(version.revision.when)}, messages.SUCCESS)
        return HttpResponseRedirect(self._address("change", obj.pk))

    def _seen(self, request, object_id):
        obj = self.get_object(request, unquote(object_id))
        if not self.has_view_or_change_permission(request, obj):
            raise PermissionDenied
        if not obj:
            raise Http404
        return obj

    def _versions(self, request, obj):
        """The draft, for whoever may write in it, what is live, and the revisions: newest first."""
        draft = draft_of(self.model, obj.pk) if self.has_change_permission(request, obj) else None
        return [
            *([Version(DRAFT, gettext("The draft"))] if draft else []),
            Version(LIVE, gettext("What is stored now")),
            *(Version(str(revision.pk), _words(revision), revision) for revision in revising.revisions_of(obj)),
        ]

    def _value(self, request, obj, version):
        if version.revision:
            return past_value(self, request, obj, version.revision.pk)
        live = live_value(self, request, obj)
        if version.key == LIVE:
            return live
        draft = draft_of(self.model, obj.pk)
        return merge(draft.base, draft.data, live)[0]

    def _context(self, request, title, obj):
        return {
            **self.admin_site.each_context(request),
            "title": title,
            "opts": self.opts,
            "object": obj,
            "module_name": self.opts.verbose_name_plural,
        }

    def _address(self, view, *args):
        return reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_{view}", args=args)


def _newest_two(versions):
    """The newest revision after the one before it; where there are not two, before what is live."""
    revisions = [version for version in versions if version.revision]
    if len(revisions) > 1:
        return revisions[1], revisions[0]
    live = next(version for version in versions if version.key == LIVE)
    return (revisions or [live])[0], live


def _words(revision):
    return f"{_told(revision.when)}, {revision.who}" if revision.user else _told(revision.when)


def _stamp(draft):
    """Tells this draft, as it is now, from what it may become meanwhile."""
    return f"{draft.pk} {draft.changed_at.isoformat()}"


def _told(moment):
    return date_format(timezone.localtime(moment), "DATETIME_FORMAT")
