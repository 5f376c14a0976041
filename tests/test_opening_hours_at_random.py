"""The engine against a naive reading of the rules, minute by minute, for rules and moments made at random."""

import datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from partnerships.opening_hours import Rules
from partnerships.opening_values import ZONE, Deviation, Span, WeeklyHours
from partnerships.swedish_calendar import special_day

pytestmark = pytest.mark.once

ONE_DAY = datetime.timedelta(days=1)
ONE_MINUTE = datetime.timedelta(minutes=1)

quarters = st.builds(datetime.time, st.integers(0, 23), st.sampled_from((0, 15, 30, 45)))
spans = st.builds(Span, quarters, quarters, st.booleans())
# Weeks with a change of the clock, with Midsummer, and with Christmas and New Year.
days = st.one_of(
    *(
        st.dates(datetime.date.fromisoformat(first), datetime.date.fromisoformat(last))
        for first, last in (
            ("2026-03-26", "2026-04-08"),
            ("2026-06-15", "2026-06-25"),
            ("2026-10-22", "2026-11-03"),
            ("2026-12-20", "2027-01-08"),
        )
    )
)
periods = st.tuples(days, st.integers(0, 20)).map(lambda two: (two[0], two[0] + two[1] * ONE_DAY))
weekdays = st.tuples(st.integers(0, 6), st.integers(0, 6)).map(sorted)
seasons = st.one_of(
    st.just((None, None)), periods, days.map(lambda day: (day, None)), days.map(lambda day: (None, day))
)
weekly = st.builds(lambda days, span, season: WeeklyHours(*days, span, *season), weekdays, spans, seasons)
deviations = st.builds(lambda period, span: Deviation(*period, span), periods, st.one_of(st.none(), spans))
rule_sets = st.builds(
    lambda weekly, deviations, confirmed, dismissed: Rules(tuple(weekly), tuple(deviations), confirmed, dismissed),
    st.lists(weekly, max_size=5),
    st.lists(deviations, max_size=4),
    st.frozensets(days, max_size=3),
    st.frozensets(days, max_size=3),
)
moments = st.builds(
    lambda day, minute: datetime.datetime.combine(day, datetime.time(), datetime.UTC) + minute * ONE_MINUTE,
    days,
    st.integers(0, 1439),
)


def naive_is_open(rules, moment):
    """Asks the rules themselves what holds at the minute: of today, and of what began yesterday."""
    local = moment.astimezone(ZONE)
    minute = local.hour * 60 + local.minute
    answers = set()
    for back in (0, 1):
        day = local.date() - back * ONE_DAY
        spans, is_unconfirmed = naive_spans(rules, day)
        for span in spans:
            first, end = (time.hour * 60 + time.minute for time in (span.opens, span.closes))
            end = end if end > first else end + 1440
            if first <= minute + back * 1440 < end:
                answers.add(None if is_unconfirmed else not span.by_appointment)
    # Open goes before by appointment, and that before what is not confirmed.
    return True if True in answers else False if False in answers or not answers else None


def naive_spans(rules, day):
    """(spans, whether they are unconfirmed)."""
    holding = [rule for rule in rules.deviations if rule.first_day <= day <= rule.last_day]
    if holding:
        shortest = min(rule.last_day - rule.first_day for rule in holding)
        holding = [rule.span for rule in holding if rule.last_day - rule.first_day == shortest]
        return ([] if None in holding else holding), False
    special = special_day(day)
    if special and special.is_holiday:
        return [], False
    valid = [
        rule
        for rule in rules.weekly
        if (rule.valid_from is None or day >= rule.valid_from)
        and (rule.valid_through is None or day <= rule.valid_through)
    ]
    if any(rule.valid_from and rule.valid_through for rule in valid):
        bounded = [rule for rule in valid if rule.valid_from and rule.valid_through]
        shortest = min(rule.valid_through - rule.valid_from for rule in bounded)
        valid = [rule for rule in bounded if rule.valid_through - rule.valid_from == shortest]
    elif any(rule.valid_from or rule.valid_through for rule in valid):
        valid = [rule for rule in valid if rule.valid_from or rule.valid_through]
    spans = [rule.span for rule in valid if rule.first_weekday <= day.weekday() <= rule.last_weekday]
    if not special or day in rules.dismissed or day in rules.confirmed:
        return spans, False
    return spans, bool(spans)


@settings(max_examples=400, deadline=None)
@given(rule_sets, moments)
def test_the_engine_reads_the_rules_as_they_stand(rules, moment):
    assert rules.is_open(moment) is naive_is_open(rules, moment)


@settings(max_examples=150, deadline=None)
@given(rule_sets, moments)
def test_the_next_change_is_the_first_minute_that_differs(rules, moment):
    change, asked = rules.next_change(moment), naive_is_open(rules, moment)
    at, end = moment + ONE_MINUTE, moment + 2 * ONE_DAY
    while at < end and naive_is_open(rules, at) is asked:
        at += ONE_MINUTE
    assert change == at if at < end else change is None or change >= end


@settings(max_examples=200, deadline=None)
@given(rule_sets, days)
def test_the_week_told_shortly_says_all_of_it(rules, day):
    told = tuple(hours for line in rules.ordinary_week(day) for hours in line.hours())
    assert Rules(told).ordinary_week(day) == rules.ordinary_week(day)
