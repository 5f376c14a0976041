"""How drafts and moments are told in the admin's lists."""

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext

NO_BREAK = "\N{NO-BREAK SPACE}"


def stage_told(draft):
    """How far it has come, for a place in the middle of a line."""
    if draft.problem:
        return gettext("could not be published")
    if draft.publish_at:
        return gettext("will be published %(moment)s") % {"moment": moment_told(draft.publish_at)}
    return draft.get_stage_display()


def moment_told(moment):
    local = timezone.localtime(moment)
    today = timezone.localdate()
    near = {-1: gettext("yesterday"), 0: gettext("today"), 1: gettext("tomorrow")}
    day = near.get((local.date() - today).days) or date_format(local, "j F" if local.year == today.year else "j F Y")
    told = gettext("%(day)s at %(time)s") % {"day": day, "time": date_format(local, "TIME_FORMAT")}
    return told.replace(" ", NO_BREAK)
