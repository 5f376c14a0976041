"""How values are told on a page."""

import datetime

import pytest
from django.utils import translation
from django.utils.safestring import SafeString

from partnerships import hours_in_words
from partnerships.choices import AgreementEnd
from partnerships.models import Agreement, NetworkRole, TwinTown
from partnerships.opening_values import Span, WeekLine
from partnerships.partial_dates import PartialDate
from partnerships.templating import words

pytestmark = pytest.mark.once

NBSP = "\N{NO-BREAK SPACE}"
NBHY = "\N{NON-BREAKING HYPHEN}"


@pytest.mark.parametrize(
    ("english", "language", "shown"),
    [
        ("Example & Town", "en", "Example & Town"),
        ("", "en", '<span lang="sv">Exempel &amp; stad</span>'),
        ("Example & Town", "sv", "Exempel & stad"),
    ],
)
def test_text_marks_swedish_where_it_stands_in(english, language, shown):
    town = TwinTown(name_sv="Exempel & stad", name_en=english)
    with translation.override(language):
        told = words.say(town, "name")
        row = words.say({"name_sv": "Exempel & stad", "name_en": english}, "name")
    assert (told, row) == (shown, shown)
    assert isinstance(told, SafeString) == ("lang" in shown), "what is not markup is escaped by the template"


def test_text_keeps_numbers_together():
    with translation.override("sv"):
        assert words.say({"v_sv": "cirka 180 000 invånare år 2024"}, "v") == f"cirka 180{NBSP}000 invånare år 2024"


def test_prose_marks_swedish_where_it_stands_in():
    town = TwinTown(body_sv="<p>Text</p>")
    with translation.override("en"):
        assert words.prose(town, "body") == '<div class="prose" lang="sv"><p>Text</p></div>'
    with translation.override("sv"):
        assert words.prose(town, "body") == '<div class="prose"><p>Text</p></div>'


@pytest.mark.parametrize(
    ("line", "sv", "en"),
    [
        (WeekLine(0, 4, ()), "Måndag–fredag", "Monday–Friday"),
        (WeekLine(5, 5, ()), "Lördag", "Saturday"),
    ],
)
def test_weekdays_told_in_each_language(line, sv, en):
    with translation.override("sv"):
        assert hours_in_words.weekdays(line) == sv
    with translation.override("en"):
        assert hours_in_words.weekdays(line) == en


def test_spans_told_with_an_en_dash():
    lunch = (Span(datetime.time(8), datetime.time(12)), Span(datetime.time(13, 5), datetime.time(16, 30)))
    assert hours_in_words.spans(lunch) == "8:00–12:00, 13:05–16:30"


def test_phone_told_at_home_and_from_abroad():
    with translation.override("sv"):
        assert words.phone("+46700000000") == f"070{NBHY}000{NBSP}00{NBSP}00"
    with translation.override("en"):
        assert words.phone("+46700000000") == f"+46{NBSP}70{NBSP}000{NBSP}00{NBSP}00"
    assert words.dialled("070-000 00 00") == "+46700000000"


@pytest.mark.parametrize(
    ("signed", "ended", "end", "sv", "en"),
    [
        ("2015", None, AgreementEnd.OPEN, "sedan 2015", "since 2015"),
        ("2001", "2017", AgreementEnd.ENDED, "2001–2017", "2001–2017"),
        (None, "2017", AgreementEnd.ENDED, "till 2017", "until 2017"),
        ("2017", None, AgreementEnd.UNKNOWN, "från 2017", "from 2017"),
        (None, None, AgreementEnd.UNKNOWN, "årtal inte känt", "year not known"),
    ],
)
def test_agreement_period_says_only_what_is_known(signed, ended, end, sv, en):
    agreement = Agreement(
        signed=signed and PartialDate.parse(signed), ended=ended and PartialDate.parse(ended), end=end
    )
    with translation.override("sv"):
        assert words.agreement_period(agreement) == sv
    with translation.override("en"):
        assert words.agreement_period(agreement) == en


@pytest.mark.parametrize(
    ("since", "until", "as_of", "sv"),
    [
        ("2021", "2023", None, "2021–2023"),
        ("2021", None, None, "sedan 2021"),
        (None, "2023", None, "till 2023"),
        (None, None, "2024", "2024 (start och slut är inte kända)"),
        (None, None, None, ""),
    ],
)
def test_role_period_says_only_what_is_known(since, until, as_of, sv):
    dates = {
        name: text and PartialDate.parse(text) for name, text in (("since", since), ("until", until), ("as_of", as_of))
    }
    with translation.override("sv"):
        assert words.role_period(NetworkRole(**dates)) == sv
