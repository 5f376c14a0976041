"""The deviations from the opening hours as a calendar that one subscribes to (iCalendar, RFC 5545).

Each event keeps its UID for as long as what it tells of is there: an exception by its row, a day of the calendar by its
date. What an editor changes in it counts up its SEQUENCE. Other hours on a day are an event of that time; a day that is
closed, or of which nobody has said what holds, is an event of all day.
"""

import datetime
from dataclasses import dataclass
from urllib.parse import urlsplit

from django.conf import settings
from django.utils.translation import get_language, gettext
from icalendar import Calendar, Event

from partnerships import hours_in_words
from partnerships.choices import DayAnswer
from partnerships.models import OpeningException, SpecialDay
from partnerships.opening_values import Kind, Span
from partnerships.swedish_calendar import ONE_DAY, special_day

BEHIND, AHEAD = 31 * ONE_DAY, 366 * ONE_DAY


@dataclass(frozen=True)
class Occasion:
    """Something to tell of a day or, without a span, of days in a row. `suffix` tells apart those of one source."""

    source: str
    suffix: str
    first_day: datetime.date
    last_day: datetime.date
    words: str
    span: Span | None = None
    status: str = "CONFIRMED"  # as RFC 5545, 3.8.1.11 has it


def calendar(centres, day):
    """The icalendar.Calendar of these ContactCentres, which come from with_rules(), around a day."""
    found = Calendar()
    found.add("prodid", f"-//{_host()}//opening hours//{get_language().upper()}")
    found.add("version", "2.0")
    found.add("calscale", "GREGORIAN")
    found.add("name", gettext("Deviating opening hours"))
    found.add("x-wr-calname", gettext("Deviating opening hours"))
    found.add("refresh-interval", ONE_DAY, {"VALUE": "DURATION"})
    found.add("x-published-ttl", "P1D")
    changes = _changes(centres)
    for centre in centres:
        for occasion in occasions(centre.rules, day):
            sequence, changed_at = changes.get((centre.pk, occasion.source), (0, centre.updated_at))
            found.add_component(_event(centre, occasion, sequence, changed_at))
    return found


def occasions(rules, day):
    """The Occasions of a month back and a year on, in the order of their days."""
    first, last = day - BEHIND, day + AHEAD
    found = [*_of_the_calendar(rules, first, last), *_dismissed(rules, first, last)]
    for rule in rules.deviations:
        if rule.first_day <= last and first <= rule.last_day:
            found += _timed(rules, rule, first, last) if rule.span else _closed(rules, rule, first, last)
    return sorted(found, key=lambda occasion: (occasion.first_day, occasion.source, occasion.suffix))


def _of_the_calendar(rules, first, last):
    """Public holidays and days of custom, but for those of which a rule says what holds."""
    for day in _days(first, last):
        hours = rules.on(day)
        if hours.kind != Kind.EXCEPTION and rules.is_deviating(hours):
            status = "TENTATIVE" if hours.is_unconfirmed else "CONFIRMED"
            words = hours_in_words.day_hours_and_reason(hours)
            yield Occasion(f"day-{day}", "", day, day, words, status=status)


def _dismissed(rules, first, last):
    """Days like any other, of which the calendar may have said something else before."""
    for day in rules.dismissed:
        if first <= day <= last:
            name = getattr(special_day(day), f"name_{get_language()}")
            yield Occasion(f"day-{day}", "", day, day, name, status="CANCELLED")


def _closed(rules, rule, first, last):
    """The days in a row that the rule closes; where another rule comes between, several of them."""
    began = None
    for day in _days(rule.first_day, rule.last_day + ONE_DAY):
        is_closed = day <= rule.last_day and _decides(rules, rule, day)
        if is_closed and not began:
            began = day
        if not is_closed and began:
            if began <= last and first < day:
                words = hours_in_words.day_hours_and_reason(rules.on(began))
                yield Occasion(rule.source, _suffix(rule, began), began, day - ONE_DAY, words)
            began = None


def _timed(rules, rule, first, last):
    for day in _days(max(first, rule.first_day), min(last, rule.last_day)):
        hours = rules.on(day)
        if hours.spans and _decides(rules, rule, day):
            words = hours_in_words.day_hours_and_reason(hours)
            yield Occasion(rule.source, _suffix(rule, day), day, day, words, rule.span)


def _decides(rules, rule, day):
    return any(rule is other for other in rules.deciding(day))


def _suffix(rule, day):
    return "" if day == rule.first_day else f"-{day:%Y%m%d}"


def _days(first, last):
    return (first + number * ONE_DAY for number in range((last - first).days + 1))


def _changes(centres):
    """{(centre's pk, source): (sequence, changed_at)} of the rows that occasions come from."""
    told = ("centre_id", "sequence", "changed_at")
    exceptions = OpeningException.objects.filter(centre__in=centres).values_list("pk", *told)
    days = SpecialDay.objects.filter(centre__in=centres).exclude(answer=DayAnswer.UNCONFIRMED)
    found = {(centre, f"exception-{pk}"): changed for pk, centre, *changed in exceptions}
    return found | {(centre, f"day-{day}"): changed for day, centre, *changed in days.values_list("day", *told)}


def _event(centre, occasion, sequence, changed_at):
    event = Event()
    event.add("uid", f"{occasion.source}{occasion.suffix}.centre-{centre.pk}@{_host()}")
    event.add("sequence", sequence)
    event.add("dtstamp", changed_at)
    event.add("last-modified", changed_at)
    if occasion.span:
        opens, closes = occasion.span.on(occasion.first_day)
        event.add("dtstart", opens.astimezone(datetime.UTC))
        event.add("dtend", closes.astimezone(datetime.UTC))
    else:
        event.add("dtstart", occasion.first_day)
        event.add("dtend", occasion.last_day + ONE_DAY)
    event.add("summary", f"{centre.name}: {occasion.words}")
    event.add("location", centre.address)
    event.add("url", f"{settings.SITE_URL}{centre.get_absolute_url()}")
    event.add("transp", "TRANSPARENT")
    event.add("status", occasion.status)
    return event


def _host():
    return urlsplit(settings.SITE_URL).hostname
