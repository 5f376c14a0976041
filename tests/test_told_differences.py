"""What differs between two versions of a form, in the words of who fills it in."""

import datetime

import pytest
from django.contrib import admin
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.utils.translation import gettext

from partnerships.admin.past_form import live_value
from partnerships.admin.told_differences import Told, tell
from partnerships.choices import AgreementEnd, PartyStanding
from partnerships.models import Agreement, ContactCentre, Program
from partnerships.partial_dates import PartialDate
from partnerships.publishing.form_data import Difference, differences
from tests import factories as make

pytestmark = [pytest.mark.django_db, pytest.mark.once]

REQUEST = RequestFactory().get("/admin/")


def value(obj):
    return live_value(admin.site.get_model_admin(type(obj)), REQUEST, type(obj).objects.get(pk=obj.pk))


def told(obj, before, after):
    return tell(admin.site.get_model_admin(type(obj)), REQUEST, obj, differences(before, after))


def gone(text):
    return (("gone", text),)


def new(text):
    return (("new", text),)


def nothing():
    return (("nothing", gettext("empty")),)


def absent():
    return (("nothing", gettext("not there")),)


@pytest.fixture
def program():
    program = make.ProgramFactory(
        town=make.TwinTownFactory(name_sv="Exempelhamn"),
        summary_sv="Ett program för att prova. Det är kort.",
        body_sv='<p>Om <a href="https://example.org/a">programmet</a>.</p>',
        body_en="<p>About the program.</p>",
    )
    program.audiences.set([make.AudienceFactory(name_sv="elever"), make.AudienceFactory(name_sv="lärare")])
    return program


def test_each_kind_of_field_is_told_in_words(program):
    before = value(program)
    program.audiences.set([make.AudienceFactory(name_sv="företag"), program.audiences.get(name_sv="elever")])
    program.town = None
    program.network = make.NetworkFactory(abbreviation="EXN")
    program.apply_from = datetime.date(2026, 12, 24)
    program.organiser_url = "https://example.org/ny/"
    program.summary_sv = "Ett annat program för att prova. Det är kort."
    program.body_sv = '<p>Om <a href="https://example.org/b">programmet</a>.</p>'
    program.body_en = "<p>About <em>the</em> program.</p>"
    program.save()
    assert told(program, before, value(program)) == [
        Told("", "För vem", (("same", "elever, "), ("gone", "lärare")), (("same", "elever, "), ("new", "företag"))),
        Told("", "Vänort", gone("Exempelhamn"), nothing()),
        Told("", "Nätverk", nothing(), new("EXN")),
        Told("", "Arrangörens webbplats", gone("https://example.org/association/"), new("https://example.org/ny/")),
        Told("", "Ansök från och med", nothing(), new("24 december 2026")),
        Told(
            "Svenska",
            "Sammanfattning [sv]",
            (("same", "Ett program för att prova. Det är kort."),),
            (("same", "Ett "), ("new", "annat "), ("same", "program för att prova. Det är kort.")),
        ),
        Told(
            "Svenska",
            "Text [sv]",
            (("same", "Om programmet (https://example.org/"), ("gone", "a"), ("same", ").")),
            (("same", "Om programmet (https://example.org/"), ("new", "b"), ("same", ").")),
        ),
        Told("English", "Text [en]", (), (), gettext("Only the formatting differs.")),
    ]


def test_rows_are_called_by_their_name():
    kept, dropped = make.FactFactory(label_sv="Invånare", as_of=PartialDate(2024)), make.FactFactory(label_sv="Yta")
    town = kept.town
    dropped.town = town
    dropped.save()
    before = value(town)
    kept.as_of = PartialDate(2025, 3)
    kept.save()
    dropped.delete()
    make.FactFactory(town=town, label_sv="Språk", value_sv="svenska", value_en="", as_of=None, source="", source_url="")
    assert told(town, before, value(town)) == [
        Told("Uppgift: Invånare", "Gällde", gone("2024"), new("mars 2025")),
        Told(
            "Uppgift: Språk",
            gettext("The whole row"),
            absent(),
            new("Vad [sv]: Språk\nVärde [sv]: svenska\nVad [en]: Inhabitants\nOrdning: 100"),
        ),
        Told(
            "Uppgift: Yta",
            gettext("The whole row"),
            gone(
                "Vad [sv]: Yta\nVärde [sv]: cirka 12 000\nVad [en]: Inhabitants\nVärde [en]: about 12,000\n"
                "Gällde: 2024\nOrdning: 100\nKälla: Exempelstads statistik\n"
                "Länk till källan: https://example.org/statistics/"
            ),
            absent(),
        ),
    ]


def test_choices_and_dates_known_to_the_year_are_told_in_words():
    party = make.AgreementPartyFactory(town__name_sv="Exempelhamn")
    agreement = party.agreement
    before = value(agreement)
    agreement.signed = PartialDate(2014, 5, 15)
    agreement.end, agreement.ended = AgreementEnd.ENDED, PartialDate(2017)
    agreement.save()
    party.standing = PartyStanding.LEFT
    party.save()
    assert told(agreement, before, value(agreement)) == [
        Told("", "Undertecknat", gone("2015"), new("15 maj 2014")),
        Told("", "Slut", gone("Gäller, inget slut bestämt"), new("Har ett slutdatum eller har upphört")),
        Told("", "Upphörde", nothing(), new("2017")),
        Told("Part: Exempelhamn", "Ställning", gone("Part i avtalet"), new("Lämnade avtalet innan det upphörde")),
    ]


def test_boxes_are_told_as_yes_or_no_and_hours_by_their_days():
    hours = make.OpeningHoursFactory()
    before = value(hours.centre)
    hours.by_appointment = True
    hours.save()
    assert told(hours.centre, before, value(hours.centre)) == [
        Told("Öppettider: Måndag, Fredag, 08:00, 16:30", "Efter bokning", gone("Nej"), new("Ja")),
    ]


@pytest.mark.parametrize(
    ("model", "difference", "expected"),
    [
        # What nobody can choose, or read, is told as it was typed.
        (Agreement, Difference(("x",), ("ended",), "end"), ("x", "Har ett slutdatum eller har upphört")),
        (Agreement, Difference(("våren",), ("2015-13",), "signed"), ("våren", "2015-13")),
        (Program, Difference(("i går",), ("2026-01-02",), "apply_from"), ("i går", "2 januari 2026")),
    ],
)
def test_what_was_typed_wrong_is_told_as_typed(model, difference, expected):
    [one] = tell(admin.site.get_model_admin(model), REQUEST, None, [difference])
    assert (one.before, one.after) == (gone(expected[0]), new(expected[1]))


@pytest.mark.parametrize("key", ["999999", "9" * 40, "x"])
def test_a_choice_that_is_gone_is_told_as_such(key):
    [one] = tell(admin.site.get_model_admin(Program), REQUEST, None, [Difference((key,), (), "town")])
    assert (one.label, one.before) == ("Vänort", gone(gettext("one that is not there any more")))


def test_what_is_on_the_form_no_more_is_told_by_its_name():
    [one] = tell(admin.site.get_model_admin(Program), REQUEST, None, [Difference(("a",), ("b",), "motto")])
    assert one == Told("", "motto", gone("a"), new("b"))
    assert tell(admin.site.get_model_admin(Program), REQUEST, None, [Difference((), ("b",), "x", "mottos")]) == []


def test_a_row_that_two_have_changed_is_told_once_and_said_to_stand_there_twice():
    row = (("label_sv", ("Invånare",)), ("value_sv", ("12",)), ("label_en", ("",)))
    [one] = tell(
        admin.site.get_model_admin(Program), REQUEST, None, [Difference(("kept",), ("kept",), "", "facts", "", row)]
    )
    text = (("same", "Vad [sv]: Invånare\nVärde [sv]: 12"),)
    twice = gettext("It stands there twice now: delete the one that is wrong.")
    assert one == Told("Uppgift: Invånare", gettext("The whole row"), text, text, twice)


def test_a_row_without_a_name_is_told_as_such():
    row = (("first_day", ("",)), ("last_day", ("",)), ("reason_sv", ("Juldagen",)))
    [one] = tell(
        admin.site.get_model_admin(ContactCentre),
        REQUEST,
        None,
        [Difference((), ("kept",), "", "opening_exceptions", "", row)],
    )
    assert one.section == f"Avvikande öppettider: {gettext('without a name')}"


@pytest.mark.usefixtures("strict_templates")
def test_what_differs_is_marked_for_the_eye_and_the_ear():
    one = Told("Svenska", "Namn [sv]", (("same", "en "), ("gone", "<gata>")), (("same", "en "), ("new", "bro")))
    page = render_to_string("admin/told_differences.html", {"differences": [one]})
    hidden = '<span class="visually-hidden">'
    assert f"en <del>{hidden}[{gettext('taken away:')} </span>&lt;gata&gt;{hidden}]</span></del></p>" in page
    assert f"en <ins>{hidden}[{gettext('added:')} </span>bro{hidden}]</span></ins></p>" in page
    assert f"{gettext('Before')}{hidden}:</span>" in page


@pytest.mark.usefixtures("strict_templates")
def test_of_two_versions_side_by_side_none_is_the_older():
    one = Told("", "Namn", gone("en"), nothing())
    context = {"differences": [one], "before_words": "Anna", "after_words": "Du", "is_conflict": True}
    page = render_to_string("admin/told_differences.html", context)
    assert "<mark>en</mark>" in page
    assert "<del>" not in page
    assert f'<span class="told__nothing">{gettext("empty")}</span>' in page
    assert "Anna<span" in page
