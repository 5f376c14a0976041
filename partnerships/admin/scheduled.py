"""Publishing at a set time: each due draft once, whole or not at all, by whichever process comes first."""

from django.conf import settings
from django.contrib.admin import site
from django.db import transaction
from django.http import HttpRequest
from django.utils import timezone, translation
from django.utils.translation import gettext

from partnerships.admin.open_form import OpenForm
from partnerships.admin.publishing_form import publish_form
from partnerships.models import Draft
from partnerships.publishing.keeping import locked, unschedule
from partnerships.publishing.rights import may_publish
from partnerships.publishing.telling import tell_refused


class NotPublishedError(Exception):
    """Says in words why a draft is not published although its time has come."""


def publish_due():
    """Publishes the drafts whose time has come, however long ago. One that cannot be is kept, and its editor told."""
    failed = []
    with translation.override(settings.LANGUAGE_CODE):
        for pk in list(_due_drafts().order_by("publish_at", "pk").values_list("pk", flat=True)):
            try:
                _publish_one(pk)
            except NotPublishedError as problem:
                _refuse(pk, str(problem))
            except Exception as error:  # whatever it was, the other drafts are still due
                failed.append(error)
    if failed:
        raise ExceptionGroup("Some drafts could not be published", failed)


def _due_drafts():
    return Draft.objects.filter(publish_at__lte=timezone.now())


@transaction.atomic
def _publish_one(pk):
    if draft := _due(pk):
        opened = replayed(draft, draft.scheduled_by)
        publish_form(opened, forms_to_publish(opened), note=gettext("Published at the time that was set."))


@transaction.atomic
def _refuse(pk, problem):
    if draft := _due(pk):
        unschedule(draft, problem)
        tell_refused(draft)


def _due(pk):
    """The draft, locked; None where another process has published it, or somebody has changed the time."""
    draft = locked(pk)
    return draft if draft and draft.publish_at and draft.publish_at <= timezone.now() else None


def replayed(draft, user):
    """The draft's form, as this user would open it."""
    model = draft.content_type.model_class()
    request = HttpRequest()
    request.user = user
    obj = None
    if draft.object_id:
        obj = model._base_manager.filter(pk=draft.object_id).first()
        if not obj:
            raise NotPublishedError(gettext("What it is a draft of has been deleted."))
    return OpenForm(site.get_model_admin(model), request, obj, draft)


def forms_to_publish(opened):
    """Its forms, valid; NotPublishedError where they are not, or somebody has changed the same meanwhile."""
    user = opened.request.user
    if not (user and user.is_active and user.is_staff and may_publish(user, opened.model_admin.model)):
        raise NotPublishedError(gettext("Whoever chose the time may no longer publish."))
    if opened.conflicts:
        raise NotPublishedError(
            gettext("Somebody has published another change of the same meanwhile. Look at both, and publish again.")
        )
    forms = opened.forms(opened.value)
    if not forms.are_valid:
        raise NotPublishedError(gettext("Something has to be completed or put right before it can be published."))
    return forms
