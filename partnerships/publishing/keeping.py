"""Drafts as they are kept: made, changed, submitted, sent back, scheduled; and what publishing sets on the object."""

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.utils import timezone
from django.utils.crypto import get_random_string

from partnerships.choices import DraftStage, PublicationState
from partnerships.models import Draft
from partnerships.publishing.rights import may_publish
from partnerships.publishing.telling import tell_schedule_ended


def draft_of(model, object_id):
    """The draft of this object, or None."""
    return Draft.objects.filter(content_type=ContentType.objects.get_for_model(model), object_id=object_id).first()


@transaction.atomic
def lock(model, object_id):
    """Lets nobody else write a draft of this object, or publish one, before the transaction ends."""
    model._base_manager.select_for_update(no_key=True).filter(pk=object_id).values_list("pk").first()


def locked(pk):
    """The draft, or None where it is gone. Its object and it are locked, in the order in which everybody locks them."""
    found = Draft.objects.filter(pk=pk).first()
    if found and found.object_id:
        lock(found.content_type.model_class(), found.object_id)
    return Draft.objects.select_for_update().filter(pk=pk).first()


def new_form():
    """A name for a form that is opened, so that what it sends is known again."""
    return get_random_string(16)


def is_late(draft, form, turn):
    """Whether this form has sent something newer already: requests may overtake one another."""
    known, _dot, last = draft.form.partition(".")
    return known == form and turn < int(last or 0)


def keep(draft, *, model, object_id, title, data, base, author, form="", turn=0, sent=None):
    """Writes the draft, making it where it is None. Returns it.

    form, turn, sent: the opened form that sent it, the how manieth time, and all that it held.

    A schedule made by somebody who may publish does not carry what somebody who may not has changed since.
    """
    if draft is None:
        draft = Draft(content_type=ContentType.objects.get_for_model(model), object_id=object_id)
    elif draft.publish_at and draft.data != data and not may_publish(author, model):
        tell_schedule_ended(draft, author)
        draft.publish_at = draft.scheduled_by = None
    draft.title, draft.data, draft.base, draft.author = title[:300], data, base, author
    draft.form, draft.sent, draft.changed_at = f"{form}.{turn}", sent, timezone.now()
    draft.save()
    return draft


@transaction.atomic
def replace_draft(*, model, object_id, title, data, base, author):
    """A new draft in the place of whichever there is of the object."""
    if object_id:
        lock(model, object_id)
        Draft.objects.filter(content_type=ContentType.objects.get_for_model(model), object_id=object_id).delete()
    return keep(None, model=model, object_id=object_id, title=title, data=data, base=base, author=author)


def submit(draft, user, note):
    draft.stage, draft.submitted_by, draft.note, draft.problem = DraftStage.SUBMITTED, user, note, ""
    draft.save(update_fields=["stage", "submitted_by", "note", "problem"])


def send_back(draft, note):
    draft.stage, draft.note = DraftStage.RETURNED, note
    draft.publish_at = draft.scheduled_by = None
    draft.save(update_fields=["stage", "note", "publish_at", "scheduled_by"])


def schedule(draft, user, moment):
    draft.publish_at, draft.scheduled_by, draft.problem = moment, user, ""
    draft.save(update_fields=["publish_at", "scheduled_by", "problem"])


def unschedule(draft, problem=""):
    """The problem: why it was not published, in words for its editor."""
    draft.publish_at, draft.problem = None, problem
    draft.save(update_fields=["publish_at", "problem"])


def make_public(obj, now):
    """Sets what published() asks for; moments that would hide it now no longer count."""
    obj.state = PublicationState.PUBLISHED
    if obj.published_from and obj.published_from > now:
        obj.published_from = None
    if obj.published_until and obj.published_until <= now:
        obj.published_until = None
