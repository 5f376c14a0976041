"""Reports are kept for twelve months, their senders for a day; two at once find room for one."""

import datetime
import threading
from contextlib import suppress
from unittest import mock

import pytest
from django.core.management import call_command
from django.db import connection
from django.utils import timezone

from partnerships import reporting
from partnerships.choices import ReportState
from partnerships.models import AccessibilityReport
from partnerships.reporting import TokenError, TooManyError, take_report
from tests import factories as make

pytestmark = pytest.mark.django_db

NOON = datetime.datetime(2026, 11, 24, 11, tzinfo=datetime.UTC)
SECOND = datetime.timedelta(seconds=1)


def moment(text):
    return timezone.make_aware(datetime.datetime.fromisoformat(text))


@pytest.mark.parametrize(
    ("came", "now", "is_kept"),
    [
        ("2025-11-24 12:00:00", "2026-11-24 11:59:59", True),
        ("2025-11-24 12:00:00", "2026-11-24 12:00:00", False),
        ("2026-11-24 12:00:00", "2026-11-24 12:00:00", True),
        # The same time of day, in winter and in summer.
        ("2026-03-29 03:30:00", "2027-03-29 03:29:59", True),
        ("2026-03-29 03:30:00", "2027-03-29 03:30:00", False),
        # A leap day comes back as the first of March.
        ("2028-02-29 12:00:00", "2029-02-28 23:59:59", True),
        ("2028-02-29 12:00:00", "2029-03-01 00:00:00", False),
        ("2027-02-28 23:59:59", "2028-02-29 00:00:00", False),
        ("2027-03-01 00:00:01", "2028-02-29 23:59:59", True),
        ("2027-03-01 00:00:00", "2028-03-01 00:00:00", False),
    ],
)
def test_reports_are_removed_after_twelve_months(time_machine, came, now, is_kept):
    time_machine.move_to(moment(now), tick=False)
    make.AccessibilityReportFactory(created_at=moment(came), state=ReportState.IN_HAND)
    call_command("run_due")
    assert AccessibilityReport.objects.count() == is_kept


@pytest.mark.parametrize(
    ("age", "is_known"), [(0, True), (24 * 3600 - 1, True), (24 * 3600, False), (40 * 24 * 3600, False)]
)
def test_senders_are_forgotten_after_a_day(time_machine, age, is_known):
    time_machine.move_to(NOON, tick=False)
    make.AccessibilityReportFactory(created_at=NOON - age * SECOND, sender="f" * 64, where="Startsidan")
    call_command("run_due")
    report = AccessibilityReport.objects.get()
    assert (bool(report.sender), report.where) == (is_known, "Startsidan")


def test_a_sender_is_kept_as_a_keyed_digest_of_that_day(time_machine, settings):
    digests = []
    for hours, key in ((0, None), (1, None), (13, None), (13, "another key"), (13, None)):
        time_machine.move_to(NOON + datetime.timedelta(hours=hours), tick=False)
        settings.SECRET_KEY = key or settings.SECRET_KEY
        report = make.AccessibilityReportFactory.build()
        take_report(report, "192.0.2.1")
        digests.append(AccessibilityReport.objects.get(token=report.token).sender)
    assert [len(digest) for digest in digests] == [64] * 5
    assert [digests.index(digest) for digest in digests] == [0, 0, 2, 3, 3]


def test_a_report_counts_whatever_became_of_it():
    reports = [make.AccessibilityReportFactory.build() for _ in range(6)]
    for report in reports[:5]:
        take_report(report, "192.0.2.1")
    AccessibilityReport.objects.update(state=ReportState.DONE)
    with pytest.raises(TooManyError) as caught:
        take_report(reports[5], "192.0.2.1")
    assert 3590 < caught.value.seconds <= 3600
    take_report(reports[5], "192.0.2.2")


def test_a_spent_token_brings_the_same_report_only():
    first = make.AccessibilityReportFactory.build(token="samma", where="Startsidan")
    take_report(first, "192.0.2.1")
    take_report(
        make.AccessibilityReportFactory.build(token="samma", what_happened=first.what_happened, where="Startsidan"),
        "192.0.2.1",
    )
    for field in ("what_happened", "where", "used", "reach"):
        same = {name: getattr(first, name) for name in ("what_happened", "where", "used", "reach")}
        with pytest.raises(TokenError):
            take_report(
                make.AccessibilityReportFactory.build(token="samma", **same | {field: "Något annat än förut"}), ""
            )
    assert AccessibilityReport.objects.count() == 1


def at_once(*reports):
    """What became of the reports, each taken in a thread of its own, where nothing but a lock keeps them apart."""
    all_looked = threading.Barrier(len(reports))
    look = reporting._refuse_floods
    became = []

    def look_and_wait(*args):
        look(*args)
        with suppress(threading.BrokenBarrierError):
            all_looked.wait(timeout=1)

    def take(report):
        try:
            take_report(report, "192.0.2.1")
            became.append("taken")
        except Exception as error:
            became.append(type(error).__name__)
        finally:
            connection.close()

    with mock.patch.object(reporting, "_refuse_floods", look_and_wait):
        threads = [threading.Thread(target=take, args=[report]) for report in reports]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    return sorted(became)


IN_TURN = pytest.mark.skipif(
    connection.vendor != "postgresql",
    reason="SQLite lets one writer in at a time by itself; test_report_races.py sees it",
)


@pytest.mark.django_db(transaction=True)
@IN_TURN
def test_one_token_sent_twice_at_once_is_one_report():
    words = {"token": "samma", "what_happened": "Knappen går inte att nå."}
    assert at_once(*(make.AccessibilityReportFactory.build(**words) for _ in range(2))) == ["taken", "taken"]
    assert AccessibilityReport.objects.count() == 1


@pytest.mark.django_db(transaction=True)
@IN_TURN
def test_two_at_once_do_not_share_the_last_place_of_the_hour():
    for report in make.AccessibilityReportFactory.build_batch(4):
        take_report(report, "192.0.2.1")
    assert at_once(*make.AccessibilityReportFactory.build_batch(2)) == ["TooManyError", "taken"]
    assert AccessibilityReport.objects.count() == 5
