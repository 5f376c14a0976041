"""What time brings: small pieces of work, each due again after its interval."""

import datetime
import logging
from collections.abc import Callable
from dataclasses import dataclass

from django.contrib.sessions.models import Session
from django.utils import timezone

from partnerships.models.generation import keep_triggers
from partnerships.models.indexing import reconcile
from partnerships.picture_upkeep import make_missing_renditions
from partnerships.proposing import propose_special_days
from partnerships.publishing import form_use
from partnerships.reporting import forget_senders, remove_old_reports

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Work:
    """A piece of work. It may be cut off at any moment and run again: what it does is transactional."""

    name: str
    do: Callable[[], None]
    interval: datetime.timedelta


def remove_expired_sessions():
    Session.objects.filter(expire_date__lt=timezone.now()).delete()


EVERY_MINUTE = datetime.timedelta(minutes=1)
HOURLY = datetime.timedelta(hours=1)
ALL_WORK = (
    Work("remove expired sessions", remove_expired_sessions, HOURLY),
    Work("bring the search index up to date", reconcile, EVERY_MINUTE),
    Work("see that public changes move the generation on", keep_triggers, HOURLY),
    Work("make missing renditions", make_missing_renditions, datetime.timedelta(minutes=10)),
    Work("propose special days", propose_special_days, HOURLY),
    Work("forget who sent reports", forget_senders, HOURLY),
    Work("forget who had which form open", form_use.forget_old, HOURLY),
    Work("remove old reports", remove_old_reports, HOURLY),
)


def do_due_work(last_done, all_work=ALL_WORK):
    """Does each piece whose interval has passed, and returns the names of those that failed.

    last_done: when each piece was last done, by name; brought up to date. What failed stays due.
    """
    failed = []
    for work in all_work:
        now = timezone.now()
        if work.name in last_done and now < last_done[work.name] + work.interval:
            continue
        try:
            work.do()
        except Exception:  # whatever it was, the other pieces are still due
            logger.exception("Failed to %s", work.name)
            failed.append(work.name)
        else:
            last_done[work.name] = now
    return failed
