"""Who has which form open: told to the others who have it open, too, so that they need not meet in its conflicts."""

import datetime

from django.utils import timezone

from partnerships.models import FormInUse

OPEN_FOR = datetime.timedelta(seconds=60)  # an open page tells every 20 seconds that it is; see presence.js
KEPT_FOR = datetime.timedelta(days=1)


def mark(address, user):
    """The user has the form at this address open now."""
    FormInUse.objects.bulk_create(
        [FormInUse(address=address, user=user, seen_at=timezone.now())],
        update_conflicts=True,
        unique_fields=["address", "user"],
        update_fields=["seen_at"],
    )


def others(address, user):
    """The other users who have it open."""
    since = timezone.now() - OPEN_FOR
    used = FormInUse.objects.filter(address=address, seen_at__gt=since).exclude(user=user)
    return [use.user for use in used.select_related("user").order_by("user__username")]


def leave(address, user):
    FormInUse.objects.filter(address=address, user=user).delete()


def forget_old():
    FormInUse.objects.filter(seen_at__lt=timezone.now() - KEPT_FOR).delete()
