"""The days that custom makes special: proposed a year ahead, answered in one list."""

import datetime
import re

import pytest
from django.core.management import call_command
from django.urls import reverse

from partnerships.choices import DayAnswer
from partnerships.models import SpecialDay
from partnerships.proposing import propose_special_days
from tests import factories as make
from tests.admin_forms import filled_in

pytestmark = pytest.mark.django_db

LIST = "admin:partnerships_specialday_changelist"


@pytest.fixture
def centre(time_machine):
    time_machine.move_to(datetime.datetime(2026, 11, 24, 9, tzinfo=datetime.UTC), tick=False)
    return make.OpeningHoursFactory().centre


def days():
    return {row.day.isoformat(): row.answer for row in SpecialDay.objects.all()}


def test_they_are_proposed_a_year_ahead_where_it_would_be_open(centre):
    call_command("run_due")
    assert list(days()) == [
        "2026-12-24",
        "2026-12-31",
        "2027-01-05",
        "2027-03-25",
        "2027-04-30",
        "2027-05-05",
        "2027-05-07",
        "2027-06-25",
        "2027-11-05",
    ]
    assert set(days().values()) == {DayAnswer.UNCONFIRMED}


def test_what_is_answered_stays_and_what_is_no_more_in_doubt_goes(centre):
    propose_special_days()
    SpecialDay.objects.filter(day="2026-12-24").update(answer=DayAnswer.CLOSED)
    make.OpeningExceptionFactory(centre=centre, first_day="2026-12-28", last_day="2027-01-05")
    propose_special_days()
    assert days()["2026-12-24"] == DayAnswer.CLOSED
    assert {"2026-12-31", "2027-01-05"} & set(days()) == set()


def test_each_is_answered_in_one_list_and_the_page_tells_it(centre, client, time_machine):
    time_machine.move_to(datetime.datetime(2026, 12, 14, 9, tzinfo=datetime.UTC), tick=False)
    client.force_login(make.UserFactory(is_superuser=True))
    assert "ordinarie tid, inte bekräftad för julafton (8:00–16:30)" in words(client)
    form = filled_in(client.get(reverse(LIST)), action="")
    sent = form | {"form-0-answer": DayAnswer.OTHER_HOURS, "form-0-opens": "08:00", "_save": "Spara"}
    assert "Andra tider behöver båda klockslagen" in client.post(reverse(LIST), sent).content.decode()
    assert client.post(reverse(LIST), sent | {"form-0-closes": "12:00"}).status_code == 302
    assert days()["2026-12-24"] == DayAnswer.OTHER_HOURS
    assert "8:00–12:00 (julafton)" in words(client)
    assert "bekräftad för julafton" not in words(client)


def words(client):
    return re.sub(r"<[^>]+>", "", client.get("/kontaktcenter/").content.decode())
