"""The story of the agreements, in order, with what is not known left unknown."""

import re

import pytest

from partnerships.choices import AgreementEnd, AgreementKind, PartyStanding
from partnerships.models import Agreement
from partnerships.timeline import events_of
from tests import factories as make
from tests.test_pages import html, told

pytestmark = [pytest.mark.django_db, pytest.mark.once]


def story():
    return [
        (str(event.when or "?"), event.kind.value, (event.town or event.agreement).name_sv)
        for event in events_of(Agreement.objects.published().told())
    ]


def agreement(name, **fields):
    return make.AgreementFactory(name_sv=name, name_en=name, **fields)


def test_dated_events_follow_their_dates():
    agreement("Senare", signed="2015-06", position=1)
    agreement("Tidigare", signed="2001", end=AgreementEnd.ENDED, ended="2015", position=2)
    assert story() == [
        ("2001", "signed", "Tidigare"),
        ("2015", "ended", "Tidigare"),
        ("2015-06", "signed", "Senare"),
    ]


def test_what_has_no_year_keeps_its_place_in_its_own_story():
    agreement("Tempeavtalet", signed="2015", position=1)
    old = agreement("Gamla", signed=None, end=AgreementEnd.ENDED, ended="2017", position=2)
    new = agreement("Nya", signed=None, end=AgreementEnd.UNKNOWN, replaces=old, kind=AgreementKind.COOPERATION)
    make.AgreementPartyFactory(
        agreement=new, standing=PartyStanding.DECLINED, town=make.TwinTownFactory(name_sv="Utanförstad")
    )
    assert story() == [
        ("?", "signed", "Gamla"),
        ("2015", "signed", "Tempeavtalet"),
        ("2017", "ended", "Gamla"),
        ("?", "replaced", "Nya"),
        ("?", "declined", "Utanförstad"),
    ]


def test_towns_that_join_and_leave_later_are_told():
    treaty = agreement("Avtalet", signed="2001", end=AgreementEnd.ENDED, ended="2017")
    for name, standing, since in (
        ("Från början", PartyStanding.JOINED, None),
        ("Samma år", PartyStanding.JOINED, "2001"),
        ("Senare med", PartyStanding.JOINED, "2005"),
        ("Lämnar", PartyStanding.LEFT, "2003-05"),
        ("Lämnar okänt", PartyStanding.LEFT, None),
    ):
        make.AgreementPartyFactory(
            agreement=treaty, town=make.TwinTownFactory(name_sv=name), standing=standing, since=since
        )
    assert story() == [
        ("2001", "signed", "Avtalet"),
        ("?", "left", "Lämnar okänt"),
        ("2003-05", "left", "Lämnar"),
        ("2005", "joined", "Senare med"),
        ("2017", "ended", "Avtalet"),
    ]


def test_the_replaced_is_named_only_where_it_is_public():
    hidden = make.AgreementFactory(name_sv="Dolt", state="draft", signed=None, ended="1999", end=AgreementEnd.ENDED)
    agreement("Nytt", signed=None, replaces=hidden)
    assert story() == [("?", "signed", "Nytt")]


def test_the_timeline_is_an_ordered_list_with_real_times(client, content, strict_templates):
    for address in ("/", "/vanorter/"):
        page = html(client, address)
        (timeline,) = re.findall(r'<ol class="timeline">.*?</ol>', page, re.DOTALL)
        items = [told(item) for item in re.findall(r"<li.*?</li>", timeline, re.DOTALL)]
        assert [item.strip() for item in items] == [
            (
                "Årtal inte känt Vänortsavtal med fyra nordiska orter skrivs under. "
                "Parter: Reykjanesbaer, Hjörring, Kristiansand, Kerava"
            ),
            "2015 Vänortsavtal med Tempe skrivs under. Parter: Tempe",
            "2017 Vänortsavtal med fyra nordiska orter upphör.",
            (
                "Årtal inte känt Nordiskt samarbetsavtal ersätter Vänortsavtal med fyra nordiska orter. "
                "Parter: Reykjanesbaer, Kristiansand, Kerava"
            ),
            "Årtal inte känt Hjörring väljer att stå utanför Nordiskt samarbetsavtal.",
        ]
        assert timeline.count("<time datetime=") == 2
        assert '<time datetime="2015">2015</time>' in timeline
