"""When the public pages will next read differently although nobody changes anything: what time alone brings."""

import datetime
from zoneinfo import ZoneInfo

from django.apps import apps

from partnerships.choices import PublicationState
from partnerships.day_layout import midnight
from partnerships.models import ContactCentre, SiteSettings, TwinTown
from partnerships.models.base import Timed
from partnerships.opening_values import ZONE
from partnerships.swedish_calendar import ONE_DAY

A_SECOND = datetime.timedelta(seconds=1)


def next_change(moment):
    """The first moment after this one at which some public page reads differently, the next midnight at the latest.

    At midnight, a day's hours, deadlines, who holds a function and the words for another day may all change. Before it:
    what begins or ends to be published, a contact centre that opens or closes, a clock that is put forward or back.
    """
    moment = moment.astimezone(datetime.UTC)
    end = midnight(moment.astimezone(ZONE).date() + ONE_DAY)
    return min([end, *_comings_and_goings(moment), *_openings(moment), *_clock_changes(moment, end)])


def timed_models():
    return [model for model in apps.get_app_config("partnerships").get_models() if issubclass(model, Timed)]


def _comings_and_goings(moment):
    """When what is published begins or ends to be seen, the next such moment alone."""
    first, *others = (
        model._base_manager.filter(**{"state": PublicationState.PUBLISHED, f"{field}__gt": moment})
        .order_by()
        .values_list(field)
        for model in timed_models()
        for field in ("published_from", "published_until")
    )
    return [turn for (turn,) in first.union(*others, all=True).order_by("published_from")[:1]]


def _openings(moment):
    for centre in ContactCentre.objects.published(moment).with_rules():
        if until := centre.rules.status_at(moment).until:
            yield until


def _clock_changes(moment, end):
    """When the clocks here or in a town are changed before the end."""
    zones = set(TwinTown.objects.order_by().values_list("time_zone", flat=True).distinct())
    zones |= {ZONE.key, *SiteSettings.objects.values_list("time_zone", flat=True)}
    for name in zones - {""}:
        zone = ZoneInfo(name)
        if moment.astimezone(zone).utcoffset() != end.astimezone(zone).utcoffset():
            yield _change_of(zone, moment, end)


def _change_of(zone, before, after):
    """The second at which the zone's clocks are changed, that being between these two; `after` is a whole one."""
    offset = before.astimezone(zone).utcoffset()
    while after - before > A_SECOND:
        middle = (before + (after - before) / 2).replace(microsecond=0)
        if middle.astimezone(zone).utcoffset() == offset:
            before = middle
        else:
            after = middle
    return after
