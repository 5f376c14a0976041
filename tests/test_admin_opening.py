"""Opening hours in the admin: rows that collide are refused in words, and closed weekdays are warned of."""

import datetime

import pytest
from django.urls import reverse

from partnerships.choices import DayAnswer, Weekday
from partnerships.models import ContactCentre, OpeningException, OpeningHours
from tests import factories as make
from tests.admin_forms import filled_in, new_row

pytestmark = pytest.mark.django_db

SAVED = 302
NEW = {"valid_from": "", "valid_through": ""}
NEW_EXCEPTION = {"opens": "", "closes": "", "reason_sv": "", "reason_en": ""}
OVERLAP = "tiderna överlappar på {}. Ändra tiderna eller veckodagarna på en av dem."
THE_LAW = (
    "Enligt förvaltningslagen (2017:900) 7 § ska en myndighet vara tillgänglig för kontakter med enskilda och "
    "informera allmänheten om hur och när sådana kan tas. Se till att ni går att nå på annat sätt de dagarna, och "
    "skriv på sidan hur."
)


@pytest.fixture
def editor(client, time_machine):
    time_machine.move_to(datetime.datetime(2026, 11, 24, 9, tzinfo=datetime.UTC), tick=False)
    client.force_login(make.UserFactory(is_superuser=True))
    return client


@pytest.fixture
def centre(editor):
    return make.OpeningHoursFactory(centre__name_sv="Kontaktcenter").centre


def change(centre):
    return reverse("admin:partnerships_contactcentre_change", args=[centre.pk])


def form_of(editor, centre):
    return filled_in(editor.get(change(centre)))


def with_hours(form, first, last, opens, closes, **season):
    return new_row(
        form, "opening_hours", first_weekday=first, last_weekday=last, opens=opens, closes=closes, **NEW | season
    )


def with_exception(form, first, last=None, **values):
    return new_row(form, "opening_exceptions", first_day=first, last_day=last or first, **NEW_EXCEPTION | values)


def errors(response):
    assert response.status_code == 200
    return [(error.anchor, error.label, *error.messages) for error in response.context["error_summary"]]


def warnings(response):
    return [str(message) for message in response.context["messages"] if message.level_tag == "warning"]


# Weekly rows


def test_rows_whose_times_overlap_name_each_other(editor, centre):
    form = with_hours(form_of(editor, centre), Weekday.WEDNESDAY, Weekday.SATURDAY, "16:00", "18:00")
    response = editor.post(change(centre), form)
    assert errors(response) == [
        (
            "opening_hours-0",
            "Öppettider 1",
            "Kolliderar med raden onsdag–lördag 16:00–18:00: " + OVERLAP.format("onsdag–fredag"),
        ),
        (
            "opening_hours-1",
            "Öppettider 2",
            "Kolliderar med raden måndag–fredag 8:00–16:30: " + OVERLAP.format("onsdag–fredag"),
        ),
    ]
    page = response.content.decode()
    assert page.count('id="opening_hours-1"') == 1
    assert page.count('class="row-form-errors"') == 2
    assert filled_in(response)["opening_hours-1-opens"] == ["16:00"]
    assert OpeningHours.objects.count() == 1


def test_a_night_collides_with_the_next_morning(editor, centre):
    form = with_hours(form_of(editor, centre), Weekday.SUNDAY, Weekday.SUNDAY, "20:00", "08:30")
    first, _second = errors(editor.post(change(centre), form))
    assert first[2] == "Kolliderar med raden söndag 20:00–8:30: " + OVERLAP.format("måndag")


def test_doubles_are_refused(editor, centre):
    form = with_hours(form_of(editor, centre), Weekday.MONDAY, Weekday.FRIDAY, "8:00", "16:30")
    told = "Kolliderar med raden måndag–fredag 8:00–16:30: båda säger samma sak. Ta bort en av dem."
    assert [error[2] for error in errors(editor.post(change(centre), form))] == [told, told]


def test_seasons_of_equal_length_that_overlap_are_refused(editor, centre):
    form = with_hours(form_of(editor, centre), 0, 4, "9:00", "15:00", valid_from="2027-07-01", valid_through="")
    form = with_hours(form, 5, 5, "10:00", "12:00", valid_from="2027-08-01", by_appointment="on")
    told = (
        ": säsongerna överlappar och ingen av dem är kortare än den andra, så båda skulle gälla. Låt den ena ta slut "
        "innan den andra börjar."
    )
    assert [error[1:] for error in errors(editor.post(change(centre), form))] == [
        (
            "Öppettider 2",
            "Kolliderar med raden lördag 10:00–12:00 (efter bokning), från och med 1 augusti 2027" + told,
        ),
        ("Öppettider 3", "Kolliderar med raden måndag–fredag 9:00–15:00, från och med 1 juli 2027" + told),
    ]


def test_a_lunch_a_season_and_a_row_in_place_of_another_are_saved(editor, centre):
    form = form_of(editor, centre) | {"opening_hours-0-DELETE": "on"}
    form = with_hours(form, 0, 4, "8:00", "12:00")
    form = with_hours(form, 0, 4, "13:00", "16:30")
    form = with_hours(form, 0, 4, "9:00", "15:00", valid_from="2027-07-01", valid_through="2027-07-31")
    assert editor.post(change(centre), form).status_code == SAVED
    assert [str(row) for row in OpeningHours.objects.order_by("pk")] == [
        "Måndag–Fredag 8:00–12:00",
        "Måndag–Fredag 13:00–16:30",
        "Måndag–Fredag 9:00–15:00",
    ]


def test_a_row_that_collides_twice_says_both(editor, centre):
    form = with_hours(form_of(editor, centre), Weekday.SATURDAY, Weekday.SATURDAY, "10:00", "12:00")
    form = with_hours(form, Weekday.FRIDAY, Weekday.SATURDAY, "11:00", "13:00")
    *_others, last = errors(editor.post(change(centre), form))
    assert last[2:] == (
        "Kolliderar med raden måndag–fredag 8:00–16:30: " + OVERLAP.format("fredag"),
        "Kolliderar med raden lördag 10:00–12:00: " + OVERLAP.format("lördag"),
    )


def test_a_row_with_an_error_of_its_own_is_left_alone(editor, centre):
    form = with_hours(form_of(editor, centre), Weekday.FRIDAY, Weekday.MONDAY, "8:00", "16:30")
    (error,) = errors(editor.post(change(centre), form))
    assert error[:2] == ("opening_hours-1", "Öppettider 2")
    assert "Kolliderar" not in error[2]


def test_a_new_centre_is_asked_the_same(editor):
    add = reverse("admin:partnerships_contactcentre_add")
    form = filled_in(
        editor.get(add), slug="kontor", name_sv="Kontor", street_address="Exempelgatan 1", locality="Exempelstad"
    )
    form = with_exception(form, "2026-12-23")
    twice = with_hours(with_hours(form, 0, 4, "8:00", "16:00"), 4, 4, "9:00", "10:00")
    assert len(errors(editor.post(add, twice))) == 2
    response = editor.post(add, with_hours(form, 0, 4, "8:00", "16:00"), follow=True)
    assert warnings(response) == [
        f"Kontor har stängt hela dagen, fast det inte är helgdag: onsdag 23 december 2026. {THE_LAW}"
    ]
    assert ContactCentre.objects.get().opening_hours.count() == 1


# Exceptions


@pytest.mark.parametrize(
    ("one", "other", "told"),
    [
        (
            {"first": "2026-12-23"},
            {"first": "2026-12-23", "opens": "8:00", "closes": "12:00"},
            (
                "23 december 2026 8:00–12:00: den ena säger stängt och den andra öppet 23 december 2026. Ta bort en av "
                "dem eller ändra dess dagar."
            ),
        ),
        (
            {"first": "2026-12-21", "last": "2026-12-22"},
            {"first": "2026-12-22", "last": "2026-12-23"},
            (
                "22 december 2026–23 december 2026 stängt: de delar 22 december 2026, och ingen av perioderna är "
                "kortare än den andra. Ge båda samma dagar eller inga gemensamma."
            ),
        ),
        (
            {"first": "2026-12-23", "opens": "8:00", "closes": "12:00"},
            {"first": "2026-12-23", "opens": "11:00", "closes": "15:00", "by_appointment": "on"},
            (
                "23 december 2026 11:00–15:00 (efter bokning): tiderna överlappar 23 december 2026. Ändra tiderna på "
                "en av dem."
            ),
        ),
        (
            {"first": "2026-12-23", "reason_sv": "Städdag"},
            {"first": "2026-12-23"},
            "23 december 2026 stängt: båda säger samma sak. Ta bort en av dem.",
        ),
    ],
    ids=["closed-and-open", "periods", "times", "same"],
)
def test_exceptions_that_contradict_each_other_are_refused(editor, centre, one, other, told):
    form = with_exception(with_exception(form_of(editor, centre), **one), **other)
    found = errors(editor.post(change(centre), form))
    assert [error[:2] for error in found] == [
        ("opening_exceptions-0", "Avvikande öppettider 1"),
        ("opening_exceptions-1", "Avvikande öppettider 2"),
    ]
    assert found[0][2] == f"Kolliderar med raden {told}"
    assert not OpeningException.objects.exists()


def test_a_closed_lunch_and_a_day_in_a_longer_closing_are_saved(editor, centre):
    form = with_exception(form_of(editor, centre), "2026-12-23", opens="8:00", closes="12:00")
    form = with_exception(form, "2026-12-23", opens="13:00", closes="16:00")
    form = with_exception(form, "2026-12-21", "2027-01-03")
    assert editor.post(change(centre), form).status_code == SAVED
    assert centre.opening_exceptions.count() == 3


@pytest.mark.parametrize(("answer", "label"), [(DayAnswer.CLOSED, "Stängt"), (DayAnswer.ORDINARY, "Öppet som vanligt")])
def test_an_exception_beside_an_answer_is_refused(editor, centre, answer, label):
    make.SpecialDayFactory(centre=centre, day="2026-12-24", answer=answer)
    response = editor.post(change(centre), with_exception(form_of(editor, centre), "2026-12-24"))
    (error,) = errors(response)
    assert error[2] == (
        f"Kolliderar med listan över särskilda dagar, där julafton, 24 december 2026, har svaret ”{label}”. Ta bort "
        "den här raden, eller välj först ”Ingen har svarat än” där."
    )


@pytest.mark.parametrize("answer", [DayAnswer.UNCONFIRMED, DayAnswer.DISMISSED])
def test_an_exception_on_a_day_of_which_nothing_else_is_said_is_saved(editor, centre, answer):
    make.SpecialDayFactory(centre=centre, day="2026-12-24", answer=answer)
    make.SpecialDayFactory(day="2026-12-24", answer=DayAnswer.CLOSED)  # of another centre
    form = with_exception(form_of(editor, centre), "2026-12-24")
    assert editor.post(change(centre), form).status_code == SAVED


def test_a_longer_exception_leaves_the_answer_to_its_day(editor, centre):
    make.SpecialDayFactory(centre=centre, day="2026-12-24", answer=DayAnswer.CLOSED)
    form = with_exception(form_of(editor, centre), "2026-12-23", "2026-12-24")
    assert editor.post(change(centre), form).status_code == SAVED


@pytest.mark.parametrize("value", ["0001-01-01", "9999-12-31", "a\0b", "x" * 5000, "²"])
def test_forged_rows_get_a_plain_answer(editor, centre, value):
    form = with_exception(form_of(editor, centre), value, opens=value)
    form = with_exception(form, "2026-12-23", value)
    form = with_hours(form, value, 4, value, "16:30", valid_from=value)
    response = editor.post(change(centre), form)
    assert {error[0] for error in errors(response)} >= {"id_opening_exceptions-0-first_day_error"}
    assert not OpeningException.objects.exists()


# Closed weekdays


def test_a_closed_weekday_is_warned_of_and_saved(editor, centre):
    form = with_exception(form_of(editor, centre), "2026-12-21", "2027-01-03")
    response = editor.post(change(centre), form, follow=True)
    assert [message.level_tag for message in response.context["messages"]] == ["success", "warning"]
    assert warnings(response) == [
        "Kontaktcenter har stängt hela dagen, fast det inte är helgdag: 21 december 2026–31 december 2026. " + THE_LAW
    ]
    assert centre.opening_exceptions.count() == 1


def test_weekdays_without_hours_are_named_and_many_days_are_counted(editor, centre):
    form = form_of(editor, centre) | {"opening_hours-0-last_weekday": Weekday.THURSDAY}
    form = with_hours(form, 1, 2, "9:00", "12:00", valid_from="2027-07-01", valid_through="2027-07-31")
    for day in ("2026-12-01", "2026-12-08", "2026-12-15", "2027-01-12"):
        form = with_exception(form, day)
    (warning,) = warnings(editor.post(change(centre), form, follow=True))
    assert warning.removesuffix(" " + THE_LAW) == (
        "Kontaktcenter har stängt hela dagen, fast det inte är helgdag: fredagar till och med 30 juni 2027; måndagar, "
        "torsdagar och fredagar 1 juli 2027–31 juli 2027; fredagar från och med 1 augusti 2027; tisdag 1 december "
        "2026; 3 till."
    )


def test_what_has_been_and_public_holidays_are_not_warned_of(editor, centre):
    form = with_exception(form_of(editor, centre), "2026-11-23")
    form = with_exception(form, "2026-12-25", "2026-12-26")
    response = editor.post(change(centre), form, follow=True)
    assert [message.level_tag for message in response.context["messages"]] == ["success"]
