"""How opening hours are told: the ordinary week, a day's hours, and the days that are not like the others."""

import json
from dataclasses import dataclass
from functools import lru_cache

from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.html import format_html, format_html_join
from django.utils.text import capfirst
from django.utils.translation import get_language, gettext

from partnerships import hours_in_words
from partnerships.day_layout import midnight
from partnerships.opening_values import ZONE, clock
from partnerships.osm_hours import osm_opening_hours
from partnerships.swedish_calendar import ONE_DAY
from partnerships.templating.words import day, say


def osm(rules, day):
    """A year of the rules as OpenStreetMap writes them."""
    return osm_opening_hours(rules, day)


@dataclass(frozen=True)
class Told:
    """Opening hours in words. week: ((weekdays, spans), …). deviations: ((days, hours), …). now: see now_and_on().

    changes: `now` for the script that keeps it true: JSON, [[from when, state, words], …]; empty without any hours.
    """

    week: tuple
    deviations: tuple
    now: tuple
    changes: str


@lru_cache(maxsize=128)
def told_of(rules, day, language):
    """What is Told of the rules on a day: it takes longer to tell than all else on a page, and is the same all day."""
    with translation.override(language):
        week = ((hours_in_words.weekdays(line), hours_in_words.spans(line.spans)) for line in rules.ordinary_week(day))
        deviations = ((days(one), day_hours(one.hours)) for one in rules.deviations_within(day))
        now = hours_in_words.now_and_on(rules, midnight(day)) if rules.are_known else ()
    changes = [[began.strftime("%Y-%m-%dT%H:%M:%SZ"), state, words] for began, state, words in now]
    as_json = json.dumps(changes, ensure_ascii=False, separators=(",", ":")) if changes else ""
    return Told(tuple(week), tuple(deviations), tuple(now), as_json)


def days(deviating):
    """The days of a Deviating: 24 december 2026, or 24 december 2026–26 december 2026."""
    return "–".join(dict.fromkeys([day(deviating.first_day), day(deviating.last_day)]))


def day_hours(hours):
    """What holds on a day, with its reason: stängt (jul); 9:00–12:00; ordinarie tid, inte bekräftad för julafton …"""
    return _with_reason(hours, (f"{clock(span.opens)}–{clock(span.closes)}" for span in hours.spans))


def this_week(day):
    return gettext("This week, week %(number)s") % {"number": day.isocalendar().week}


def week(rules, day, language=None):
    """The week that holds a day, Monday first: [(date, as one says it, hours)]: {% set days = week(rules, today) %}."""
    return _week(rules, day - day.weekday() * ONE_DAY, language or get_language())


@lru_cache(maxsize=32)
def _week(rules, monday, language):
    with translation.override(language):
        return [
            (hours.day, capfirst(date_format(hours.day, "l j F")), day_times(hours)) for hours in rules.week_of(monday)
        ]


def day_times(hours):
    """What holds on a day, with its times as elements that a script can read."""
    return _with_reason(hours, (_times(span, hours.day) for span in hours.spans))


def _with_reason(hours, told_spans):
    told = format_html_join(", ", "{}", ((_span(*one),) for one in zip(hours.spans, told_spans, strict=True)))
    told = told or hours_in_words.closed()
    if doubt := hours_in_words.said_of(hours):
        return format_html("{} ({})", doubt, told)
    if hours.reason_sv or hours.reason_en:
        return format_html("{} ({})", told, say(hours, "reason"))
    return told


def _span(span, told):
    told = format_html('<span class="unbroken">{}</span>', told)
    return format_html(gettext("{hours} (by appointment)"), hours=told) if span.by_appointment else told


def _times(span, day):
    opens, closes = (moment.isoformat(timespec="minutes") for moment in span.on(day))
    return format_html(
        '<time datetime="{}">{}</time>–<time datetime="{}">{}</time>',
        opens,
        clock(span.opens),
        closes,
        clock(span.closes),
    )


def hours(rules, language=None):
    """What the page says of the days to come and of now: {% set told = hours(centre.rules) %}.

    {"week", "deviations", "changes": see Told; "state", "words": of now, empty where no hours are known}
    """
    moment = timezone.now()
    told = told_of(rules, moment.astimezone(ZONE).date(), language or get_language())
    state, words = next((change[1:] for change in reversed(told.now) if change[0] <= moment), ("", ""))
    return {
        "week": told.week,
        "deviations": told.deviations,
        "changes": told.changes,
        "state": state,
        "words": words,
    }
