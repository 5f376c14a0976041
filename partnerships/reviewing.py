"""Reviews: somebody has read what the public reads, and vouches for it."""

from django.contrib.admin.models import CHANGE, LogEntry
from django.db import transaction
from django.utils import timezone

from partnerships.models import Review
from partnerships.publishing.rights import may_publish


def may_review(user, obj):
    """Whoever answers for a thing may, whatever their role; and whoever may publish such things."""
    return user.is_staff and user.is_active and (obj.owner_id == user.pk or may_publish(user, type(obj)))


def is_public(obj):
    """Whether the public sees it at this moment."""
    return type(obj).objects.published().filter(pk=obj.pk).exists()


@transaction.atomic
def review(obj, *, language, signature, user):
    """The review of the published text in this language, of today; one only, if asked for twice."""
    found, is_new = obj.reviews.get_or_create(language=language, reviewed_on=timezone.localdate(), signature=signature)
    if is_new:
        _note(obj, user, {"added": _told(found)})
    return found


@transaction.atomic
def take_back(found, *, user):
    """Deletes a review that was made by mistake."""
    obj, told = found.subject, _told(found)
    found.delete()
    _note(obj, user, {"deleted": told})


def _told(found):
    return {"name": str(Review._meta.verbose_name), "object": f"{found.get_language_display()}, {found}"}


def _note(obj, user, what):
    """In the object's history."""
    LogEntry.objects.log_actions(user.pk, [obj], CHANGE, change_message=[what], single_object=True)
