"""Taking accessibility reports: each once, no floods, and nobody kept longer than said.

No cookie tells one sender from another. A form carries a signed, timed token instead, which brings one report; and a
day's digest of the address that a report came from counts what one sender has sent.
"""

import datetime
import ipaddress
import math
import secrets

from django.core import signing
from django.db import connection, transaction
from django.utils import timezone
from django.utils.crypto import salted_hmac

from partnerships.models import AccessibilityReport

SALT = "partnerships.reporting"
QUICKEST, LONGEST = datetime.timedelta(seconds=2), datetime.timedelta(hours=24)
HOUR, DAY = datetime.timedelta(hours=1), datetime.timedelta(days=1)
AN_HOUR_OF_ONE, AN_HOUR_OF_ALL = 5, 60
_signer = signing.TimestampSigner(salt=SALT)


class TokenError(Exception):
    """The token was forged, is too old, or has brought another report: the form needs a fresh one."""


class TooQuickError(Exception):
    """Nobody reads and fills in a form so fast; the token is good in a moment."""


class TooManyError(Exception):
    """So many reports have come within the hour that no more are taken for `seconds`."""

    def __init__(self, seconds):
        super().__init__(seconds)
        self.seconds = seconds


def new_token():
    """What a form carries so that it can be sent once, from two seconds to a day from now."""
    return _signer.sign(secrets.token_urlsafe(16))


def read_token(token):
    """The part of the token by which its report is known; TokenError or TooQuickError where it brings none."""
    try:
        known = _signer.unsign(token, max_age=LONGEST)
    except signing.BadSignature as error:
        raise TokenError from error
    try:
        _signer.unsign(token, max_age=QUICKEST - datetime.timedelta.resolution)
    except signing.SignatureExpired:
        return known
    raise TooQuickError


def take_report(report, address):
    """Stores an unsaved report that came from this network address.

    Sent twice with one token, it is stored once. TokenError where that token brought a report that says something
    else; TooManyError where the sender, or all senders, have sent too many within the hour.
    """
    with transaction.atomic():
        _wait_for_turn()
        earlier = AccessibilityReport.objects.filter(token=report.token).first()
        if earlier:
            if not earlier.says_the_same_as(report):
                raise TokenError
            return
        now = timezone.now()
        _refuse_floods(address, now)
        report.sender = _digest(address, now)
        report.save(force_insert=True)


def _wait_for_turn():
    """Two at once would both find room for one. SQLite's immediate transactions wait by themselves."""
    if connection.vendor == "postgresql":
        table = connection.ops.quote_name(AccessibilityReport._meta.db_table)
        with connection.cursor() as cursor:
            cursor.execute(f"LOCK TABLE {table} IN SHARE ROW EXCLUSIVE MODE")


def _refuse_floods(address, now):
    within = AccessibilityReport.objects.filter(created_at__gt=now - HOUR).order_by("-created_at")
    own = within.filter(sender__in={_digest(address, moment) for moment in (now, now - HOUR)})
    waits = [
        oldest + HOUR - now
        for reports, most in ((own, AN_HOUR_OF_ONE), (within, AN_HOUR_OF_ALL))
        # Where there are that many already, the oldest of them must pass first.
        for oldest in reports.values_list("created_at", flat=True)[most - 1 : most]
    ]
    if waits:
        raise TooManyError(math.ceil(max(waits).total_seconds()))


def _digest(address, moment):
    """Tells a sender from others on that day, and nothing more. An IPv6 household has a whole /64 of addresses."""
    try:
        network = ipaddress.ip_address(address)
    except ValueError:
        network = address
    else:
        network = getattr(network, "ipv4_mapped", None) or network
        if network.version == 6:
            network = ipaddress.ip_network((network, 64), strict=False)
    return salted_hmac(SALT, f"{timezone.localdate(moment)} {network}", algorithm="sha256").hexdigest()


def forget_senders():
    """Empties the digests of senders a day after their reports came."""
    AccessibilityReport.objects.exclude(sender="").filter(created_at__lte=timezone.now() - DAY).update(sender="")


def remove_old_reports():
    """Removes the reports that have been kept for twelve calendar months."""
    AccessibilityReport.objects.filter(created_at__lte=_a_year_before(timezone.localtime())).delete()


def _a_year_before(moment):
    """The same time on the same day a year before; on a leap day, the first of March."""
    try:
        return moment.replace(year=moment.year - 1)
    except ValueError:
        return moment.replace(year=moment.year - 1, month=3, day=1, hour=0, minute=0, second=0, microsecond=0)
