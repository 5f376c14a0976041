"""Dates known only to the year or the month."""

import datetime

import pytest
from django.core.exceptions import ValidationError
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from partnerships.models import Network
from partnerships.partial_dates import PartialDate
from partnerships.templating.words import partial

pytestmark = pytest.mark.once

NBSP = "\N{NO-BREAK SPACE}"


@pytest.mark.parametrize(
    ("text", "date", "sv", "en"),
    [
        ("2015", PartialDate(2015), "2015", "2015"),
        ("2015-05", PartialDate(2015, 5), f"maj{NBSP}2015", f"May{NBSP}2015"),
        ("2015-05-07", PartialDate(2015, 5, 7), f"7{NBSP}maj{NBSP}2015", f"7{NBSP}May{NBSP}2015"),
        (" 2015 ", PartialDate(2015), "2015", "2015"),
    ],
)
def test_partial_date_is_read_and_told_as_far_as_it_is_known(text, date, sv, en):
    assert PartialDate.parse(text) == date
    assert str(date) == text.strip()
    with translation.override("sv"):
        assert partial(date) == sv
    with translation.override("en"):
        assert partial(date) == en


@pytest.mark.parametrize(
    "text",
    ["", "15", "2015-13", "2015-02-30", "2015-00", "2015-05-00", "2015-5", "maj 2015", "２０１５", "2015-05-07T10"],
)
def test_partial_date_refuses_what_is_no_date(text):
    with pytest.raises(ValueError, match=r".+"):
        PartialDate.parse(text)


@given(
    st.dates(datetime.date(1000, 1, 1), datetime.date(2999, 12, 31)),
    st.dates(datetime.date(1000, 1, 1), datetime.date(2999, 12, 31)),
)
def test_partial_dates_sort_as_text_as_they_do_in_time(one, other):
    texts = [str(PartialDate(day.year, day.month, day.day)) for day in (one, other)]
    assert (texts[0] < texts[1]) == (one < other)
    assert PartialDate.parse(texts[0]).earliest() == one


@pytest.mark.django_db
def test_partial_date_field_keeps_what_is_known_and_no_more():
    Network.objects.create(slug="exempel", name_sv="Exempelnätet", started="2005", member_since=None)
    network = Network.objects.get()
    assert network.started == PartialDate(2005)
    assert network.member_since is None
    assert Network.objects.filter(started__lte="2005-01-01").exists()
    assert not Network.objects.filter(started__lt="2005").exists()
    network.full_clean()


@pytest.mark.django_db
@pytest.mark.parametrize(
    "write",
    [
        lambda: Network.objects.create(slug="exempel", name_sv="Exempelnätet", started="vet ej"),
        lambda: Network.objects.update(started="vet ej"),
        lambda: Network(slug="exempel", name_sv="Exempelnätet", started="2005-14").full_clean(),
    ],
)
def test_partial_date_field_refuses_what_is_no_date(write):
    Network.objects.create(slug="annat", name_sv="Annat")
    with pytest.raises(ValidationError, match=r"is no date|är inget datum"):
        write()
