"""The days that custom makes special: proposed a year ahead, answered in one list."""

import datetime
import re

import pytest
from django.contrib.admin.models import LogEntry
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


# The list


@pytest.fixture
def editor(centre, client):
    client.force_login(make.UserFactory(is_superuser=True))
    return client


def answered(editor, **answers):
    """What comes of the list sent with these answers, such as _2026_12_24="closed"."""
    form = filled_in(editor.get(reverse(LIST)), action="", _save="Spara")
    rows = list(SpecialDay.objects.order_by("day"))
    for day, answer in answers.items():
        number = [f"_{row.day:%Y_%m_%d}" for row in rows].index(day)
        form[f"form-{number}-answer"] = answer
    return editor.post(reverse(LIST), form, follow=True)


def told(response):
    return [(message.level_tag, str(message)) for message in response.context["messages"]]


WARNED = (
    "warning",
    (
        "Kontaktcenter har stängt hela dagen, fast det inte är helgdag: torsdag 24 december 2026. Enligt "
        "förvaltningslagen (2017:900) 7 § ska en myndighet vara tillgänglig för kontakter med enskilda och informera "
        "allmänheten om hur och när sådana kan tas. Se till att ni går att nå på annat sätt de dagarna, och skriv på "
        "sidan hur."
    ),
)


def test_it_says_what_to_do_and_what_each_day_ordinarily_is(editor):
    page = editor.get(reverse(LIST)).content.decode()
    assert "<h1>Vad gäller på särskilda dagar?</h1>" in page
    assert "Tills du har svarat läser allmänheten ”ordinarie tid, inte bekräftad för …” med dagens namn." in page
    assert ("<strong>torsdag 24 december 2026</strong> <span>julafton</span> <span>ordinarie 8:00–16:30</span>") in page
    assert "<span>trettondagsafton (halvdag enligt sed)</span>" in page
    assert 'aria-label="Öppnar, torsdag 24 december 2026"' in page
    assert "vTimeField" not in page


def test_the_centre_is_named_where_there_are_several(editor):
    assert "column-centre" not in editor.get(reverse(LIST)).content.decode()
    make.ContactCentreFactory()
    assert "column-centre" in editor.get(reverse(LIST)).content.decode()


def test_what_waits_for_an_answer_is_found_first(editor):
    propose_special_days()
    SpecialDay.objects.filter(day="2026-12-24").update(answer=DayAnswer.CLOSED)
    shown = editor.get(reverse(LIST)).context["cl"]
    (filter_,) = shown.filter_specs
    assert [choice["display"] for choice in filter_.choices(shown)] == ["Obesvarade (8)", "Besvarade (1)", "Alla"]
    for asked, count in {"no": 8, "yes": 1, "x": 9}.items():
        assert len(editor.get(reverse(LIST), {"answered": asked}).context["cl"].result_list) == count
    SpecialDay.objects.update(answer=DayAnswer.ORDINARY)
    assert "Inga dagar här." in editor.get(reverse(LIST), {"answered": "no"}).content.decode()


def test_after_saving_it_says_what_is_left_and_warns_of_closed_weekdays(editor, centre):
    centre.name_sv = "Kontaktcenter"
    centre.save()
    assert told(answered(editor, _2026_12_24=DayAnswer.CLOSED, _2026_12_31=DayAnswer.ORDINARY)) == [
        ("success", "2 särskilda dagar ändrades."),
        ("info", "7 dagar är fortfarande obesvarade."),
        WARNED,
    ]
    SpecialDay.objects.filter(day__gt="2026-12-24").update(answer=DayAnswer.DISMISSED)
    assert told(answered(editor)) == [("success", "Alla särskilda dagar det kommande året är besvarade."), WARNED]
    form = editor.get(reverse("admin:partnerships_specialday_change", args=[SpecialDay.objects.first().pk]))
    assert WARNED in told(editor.post(form.request["PATH_INFO"], filled_in(form), follow=True))


@pytest.mark.parametrize("answer", [DayAnswer.CLOSED, DayAnswer.ORDINARY])
def test_an_answer_beside_an_exception_of_that_day_is_refused(editor, centre, answer):
    propose_special_days()
    make.OpeningExceptionFactory(centre=centre, first_day="2026-12-24", last_day="2026-12-24")
    # Only with an answer does the day stay, which is no more in doubt.
    SpecialDay.objects.filter(day="2026-12-24").update(answer=DayAnswer.DISMISSED)
    refusal = (
        f"Kolliderar med de avvikande öppettiderna för {centre}: 24 december 2026 stängt. Ta först bort den raden där, "
        "eller låt dagen vara obesvarad här."
    )
    response = answered(editor, _2026_12_24=answer, _2026_12_31=DayAnswer.CLOSED)
    assert response.content.decode().count(refusal) == 1
    assert (days()["2026-12-24"], days()["2026-12-31"]) == (DayAnswer.DISMISSED, DayAnswer.UNCONFIRMED)


def test_a_contradiction_from_before_does_not_keep_another_day_from_being_answered(editor, centre):
    propose_special_days()
    make.OpeningExceptionFactory(centre=centre, first_day="2026-12-24", last_day="2026-12-24")
    SpecialDay.objects.filter(day="2026-12-24").update(answer=DayAnswer.CLOSED)
    assert told(answered(editor, _2026_12_31=DayAnswer.ORDINARY))[0] == ("success", "1 särskild dag ändrades.")


def test_an_answer_beside_a_longer_exception_or_another_centres_is_saved(editor, centre):
    propose_special_days()
    make.OpeningExceptionFactory(
        centre=centre, first_day="2026-12-23", last_day="2026-12-24", opens="8:00", closes="9:00"
    )
    make.OpeningExceptionFactory(first_day="2026-12-24", last_day="2026-12-24")
    SpecialDay.objects.filter(day="2026-12-24").update(answer=DayAnswer.DISMISSED)
    answered(editor, _2026_12_24=DayAnswer.CLOSED)
    assert days()["2026-12-24"] == DayAnswer.CLOSED


def selected(editor, action, *chosen):
    keys = SpecialDay.objects.filter(day__in=chosen).values_list("pk", flat=True)
    return editor.post(reverse(LIST), {"action": action, "_selected_action": list(keys), "index": 0}, follow=True)


def test_several_are_answered_at_once(editor):
    propose_special_days()
    assert told(selected(editor, "answer_as_usual", "2026-12-31", "2027-01-05")) == [
        ("success", "2 dagar är besvarade: Öppet som vanligt."),
        ("info", "7 dagar är fortfarande obesvarade."),
    ]
    assert (days()["2026-12-31"], days()["2027-01-05"]) == (DayAnswer.ORDINARY, DayAnswer.ORDINARY)
    assert LogEntry.objects.count() == 2


def test_times_go_when_the_selected_are_closed_and_an_exception_stands_in_the_way(editor, centre):
    propose_special_days()
    SpecialDay.objects.filter(day="2026-12-24").update(answer=DayAnswer.OTHER_HOURS, opens="8:00", closes="12:00")
    make.OpeningExceptionFactory(centre=centre, first_day="2026-12-31", last_day="2026-12-31")
    assert told(selected(editor, "answer_closed", "2026-12-24", "2026-12-31"))[:2] == [
        ("success", "1 dag är besvarad: Stängt."),
        (
            "error",
            (
                f"torsdag 31 december 2026: Kolliderar med de avvikande öppettiderna för {centre}: 31 december 2026 "
                "stängt. Ta först bort den raden där, eller låt dagen vara obesvarad här."
            ),
        ),
    ]
    closed = SpecialDay.objects.get(day="2026-12-24")
    assert (closed.answer, closed.opens, closed.closes) == (DayAnswer.CLOSED, None, None)


@pytest.mark.parametrize("value", ["a\0b", "²", "9" * 30, "x" * 5000])
def test_forged_answers_get_a_plain_answer(editor, value):
    form = filled_in(editor.get(reverse(LIST)), action="", _save="Spara")
    for name in ("answer", "opens", "closes"):
        response = editor.post(reverse(LIST), form | {f"form-0-{name}": value})
        assert response.status_code == 200
        assert name in response.context["cl"].formset.errors[0]
    assert set(days().values()) == {DayAnswer.UNCONFIRMED}


def test_who_may_only_look_answers_nothing(editor, client):
    propose_special_days()
    reader = make.UserFactory()
    reader.user_permissions.set(reader.user_permissions.model.objects.filter(codename="view_specialday"))
    client.force_login(reader)
    assert client.get(reverse(LIST)).status_code == 200
    selected(client, "answer_closed", "2026-12-24")
    assert set(days().values()) == {DayAnswer.UNCONFIRMED}
