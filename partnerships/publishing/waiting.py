"""What there is to do at the desk, for one user: short lists, each of what that user may see."""

import datetime
from dataclasses import dataclass
from operator import attrgetter

from django.contrib.contenttypes.models import ContentType
from django.db.models import Count, Q, Window
from django.utils import timezone

from partnerships.choices import DayAnswer, DraftStage, ReportState
from partnerships.models import AccessibilityReport, Draft, SpecialDay
from partnerships.models.drafts import drafted_models
from partnerships.publishing.revising import latest_revisions
from partnerships.publishing.rights import may, may_edit, may_publish, may_see

MOST = 6  # rows of a list
SOON = datetime.timedelta(days=30)


@dataclass(frozen=True)
class Some:
    """The first rows of a list, and how many come after them."""

    rows: list
    more: int = 0


NONE = Some([])


def _some(queryset):
    rows = list(queryset.annotate(in_all=Window(Count("*")))[:MOST])
    return Some(rows, rows[0].in_all - len(rows) if rows else 0)


def visible_drafts(user):
    """The drafts that the user may open, without the forms that they hold."""
    return (
        Draft.objects.filter(content_type__in=_types(user, may_edit))
        .select_related("content_type", "author", "submitted_by")
        .defer("data", "base", "sent")
    )


def _types(user, allowed):
    types = ContentType.objects.get_for_models(*drafted_models())
    return [each.pk for model, each in types.items() if allowed(user, model)]


def drafts_to_approve(user):
    waiting = visible_drafts(user).filter(stage=DraftStage.SUBMITTED, publish_at=None, problem="")
    return _some(waiting.filter(content_type__in=_types(user, may_publish)).order_by("changed_at", "pk"))


def returned_to(user):
    return _some(visible_drafts(user).filter(stage=DraftStage.RETURNED, submitted_by=user))


def refused(user):
    """What was to be published at a set time and could not be, and that the user can do something about."""
    concerned = Q(author=user) | Q(scheduled_by=user) | Q(content_type__in=_types(user, may_publish))
    return _some(visible_drafts(user).exclude(problem="").filter(concerned))


def new_reports(user):
    """The accessibility reports that nobody has taken in hand, the oldest first."""
    if not may(user, "change", AccessibilityReport):
        return NONE
    return _some(AccessibilityReport.objects.filter(state=ReportState.NEW).order_by("created_at", "pk"))


def days_to_answer(user):
    """The special days soon to come of which nobody has said what holds."""
    if not may(user, "change", SpecialDay):
        return NONE
    today = timezone.localdate()
    unanswered = SpecialDay.objects.filter(answer=DayAnswer.UNCONFIRMED, day__range=(today, today + SOON))
    return _some(unanswered.select_related("centre").order_by("day", "centre"))


def own_drafts(user):
    return _some(visible_drafts(user).filter(author=user))


def drafts_of_others(user):
    """What others write, but for what is scheduled and what waits for this user's approval."""
    theirs = visible_drafts(user).filter(publish_at=None).exclude(author=user)
    return _some(theirs.exclude(stage=DraftStage.SUBMITTED, content_type__in=_types(user, may_publish)))


def drafts_of_new(user, model):
    """Those of things of this model that are not there yet."""
    kind = ContentType.objects.get_for_model(model)
    return _some(visible_drafts(user).filter(content_type=kind, object_id=None))


def scheduled(user):
    """The drafts that will be published at a set time, the soonest first."""
    return _some(visible_drafts(user).filter(publish_at__isnull=False).order_by("publish_at", "pk"))


def ending(user):
    """What is public and will be withdrawn at a set time, the soonest first."""
    found = [
        _some(model.objects.published().filter(published_until__isnull=False).order_by("published_until", "pk"))
        for model in drafted_models()
        if may_see(user, model)
    ]
    rows = sorted((row for some in found for row in some.rows), key=attrgetter("published_until"))
    return Some(rows[:MOST], sum(some.more for some in found) + len(rows[MOST:]))


def lately_published(user):
    return Some(latest_revisions([model for model in drafted_models() if may_see(user, model)], MOST))
