"""The axis of time that the networks stand on."""

import re
from types import SimpleNamespace

import pytest

from partnerships.membership import Bar, axis_of
from partnerships.partial_dates import PartialDate
from tests.test_pages import html

pytestmark = pytest.mark.once


def role(since=None, until=None, as_of=None):
    years = {"since": since, "until": until, "as_of": as_of}
    return {name: str(year or "") for name, year in years.items()}


def network(since, *roles):
    known = since and PartialDate(since)
    return SimpleNamespace(member_since=known, role_rows=list(roles))


def test_the_axis_goes_from_the_first_known_year_through_this_one():
    axis = axis_of([network(2007, role(2021, 2023)), network(2017, role(as_of=2024)), network(None)], 2026)
    assert (axis.first, axis.last) == (2007, 2026)
    assert [line.member for line in axis.lines] == [Bar(0, 1000), Bar(500, 1000), Bar(0, 1000)]
    assert [line.is_start_known for line in axis.lines] == [True, True, False]
    assert [line.roles for line in axis.lines] == [(Bar(700, 850),), (Bar(875, 875),), ()]


@pytest.mark.django_db
def test_the_axis_is_drawn_with_whole_numbers(client, content):
    """A decimal comma would break the drawing in Swedish."""
    page = html(client, "/natverk/")
    drawn = re.findall(r'd="M([^"]*)"', page[page.index('class="directory"') :])
    assert len(drawn) == 10 + 3
    assert all(re.fullmatch(r"\d+ 5H\d+", path) for path in drawn)


def test_open_ends_reach_the_ends_of_the_axis():
    axis = axis_of([network(2007, role(since=2017), role(until=2016), role())], 2026)
    assert axis.lines[0].roles == (Bar(500, 1000), Bar(0, 500))


def test_nothing_known_and_nothing_at_all_still_make_an_axis():
    assert axis_of([], 2026).lines == ()
    axis = axis_of([network(None)], 2026)
    assert (axis.first, axis.last, axis.lines[0].member) == (2025, 2026, Bar(0, 1000))


def test_what_begins_or_ends_later_than_this_year_stays_on_the_axis():
    axis = axis_of([network(2027, role(2028, 2034))], 2026)
    assert (axis.first, axis.last) == (2025, 2034)
    assert axis.lines[0].member == Bar(200, 1000)
    assert axis.lines[0].roles == (Bar(300, 1000),)
