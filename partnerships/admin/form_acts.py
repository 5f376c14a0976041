"""What each button of a drafted form does: gets an Act, answers with a response, all in one transaction."""

from functools import partial

from django.contrib import messages
from django.http import HttpResponseRedirect, JsonResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext

from partnerships.admin import public_acts
from partnerships.admin.act import for_publishers, unless_both_changed
from partnerships.admin.base import is_key
from partnerships.admin.started import sealed
from partnerships.choices import DraftStage
from partnerships.models import PreviewLink
from partnerships.publishing import keeping
from partnerships.publishing.telling import tell_returned, tell_submitted


@unless_both_changed
def save_draft(act):
    if act.keep():
        act.tell(gettext("The draft is saved. The public does not see it yet."))
    else:
        act.tell(gettext("Nothing has been changed, so there is no draft."), messages.INFO)
    return act.back_to_the_form()


def autosave(act):
    """As save_draft, for the module that saves while one types: answers in JSON."""
    draft = act.opened.draft
    if draft and keeping.is_late(draft, act.started.form, act.started.turn):
        return JsonResponse({"late": True})
    if act.conflicts:
        words = gettext("Somebody else has changed the same meanwhile.")
        return JsonResponse({"message": words}, status=409)
    draft = act.keep(by_itself=True)
    told = date_format(timezone.localtime(draft.changed_at), "TIME_FORMAT") if draft else ""
    address = draft.get_absolute_url() if draft else act.request.get_full_path()
    return JsonResponse(
        {
            "saved": told,
            "started_from": sealed(act.sent, act.opened.live),
            "draft": draft.pk if draft else None,
            "address": address,
        }
    )


@unless_both_changed
def preview(act, language):
    draft = _draft_to_show(act)
    if not draft:
        act.tell(gettext("There is nothing to preview yet: write something first."), messages.WARNING)
        return act.back_to_the_form()
    return HttpResponseRedirect(reverse("admin:partnerships_draft_preview", args=[draft.pk, language, "own"]))


def _draft_to_show(act):
    """The draft, begun where nothing has been changed yet; None where nothing has been written at all."""
    if not act.keep():
        if not act.opened.obj:
            return None
        act.opened.keep(act.value, act.opened.live, act.started, act.sent)
    return act.opened.draft


@unless_both_changed
def add_row(act):
    """Without the module that adds rows in the browser, the form comes back with one more."""
    act.keep()
    return act.show(empty_rows=[act.request.POST["_row"]])


@unless_both_changed
def submit(act):
    if not act.keep():
        act.tell(gettext("Nothing has been changed, so there is nothing to approve."), messages.INFO)
        return act.back_to_the_form()
    if not act.valid_forms():
        return act.show(is_refused=True)
    keeping.submit(act.opened.draft, act.request.user, act.request.POST.get("note", "").strip()[:2000])
    tell_submitted(act.opened.draft)
    act.tell(gettext("Sent for approval. Those who may publish it have been told."))
    return act.back_to_the_form()


@for_publishers
@unless_both_changed
def send_back(act):
    draft = act.keep()
    if draft and draft.stage == DraftStage.SUBMITTED:
        keeping.send_back(draft, act.request.POST.get("return_note", "").strip()[:2000])
        tell_returned(draft, act.request.user)
        act.tell(gettext("Sent back, with your note."))
    return act.back_to_the_form()


def discard(act):
    """Asks first: what is discarded is gone."""
    opened = act.opened
    if not opened.draft:
        return act.back_to_the_form()
    if "_discard_it" not in act.request.POST:
        context = act.admin.admin_site.each_context(act.request) | {
            "title": gettext("Discard the draft?"),
            "opts": act.admin.opts,
            "original": opened.obj,
            "draft": opened.draft,
            "back": opened.draft.get_absolute_url(),
        }
        return TemplateResponse(act.request, "admin/discard_draft.html", context)
    opened.draft.delete()
    act.tell(gettext("The draft is discarded."))
    if opened.obj:
        opened.draft = None
        return act.back_to_the_form()
    return HttpResponseRedirect(reverse(f"admin:{act.admin.opts.app_label}_{act.admin.opts.model_name}_changelist"))


@unless_both_changed
def share(act):
    draft = _draft_to_show(act)
    if not draft:
        act.tell(gettext("There is nothing to share yet: write something first."), messages.WARNING)
        return act.back_to_the_form()
    PreviewLink.objects.create(draft=draft, made_by=act.request.user)
    act.tell(gettext("Whoever has the link under “More” can see the preview for seven days, without logging in."))
    return act.back_to_the_form()


@unless_both_changed
def revoke(act):
    draft = act.keep()
    if draft:
        key = act.request.POST["_revoke"]
        draft.links.filter(pk=key if is_key(key) else None).delete()
        act.tell(gettext("The link no longer shows anything."))
    return act.back_to_the_form()


ACTS = {
    "_autosave": autosave,
    "_draft": save_draft,
    "_preview_sv": partial(preview, language="sv"),
    "_preview_en": partial(preview, language="en"),
    "_row": add_row,
    "_submit": submit,
    "_return": send_back,
    "_schedule": public_acts.schedule,
    "_unschedule": public_acts.unschedule,
    "_discard": discard,
    "_withdraw": public_acts.withdraw,
    "_withdraw_later": public_acts.withdraw_later,
    "_keep_on": public_acts.keep_on,
    "_share": share,
    "_revoke": revoke,
}
