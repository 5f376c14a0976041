"""How opening hours are told: the ordinary week, a day's hours, and the days that are not like the others."""

import json

from django import template
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext

from partnerships import hours_in_words
from partnerships.opening_values import clock
from partnerships.osm_hours import osm_opening_hours
from partnerships.templatetags.words import day, text

register = template.Library()


@register.filter
def week(rules, day):
    """The lines of the ordinary week on that day."""
    return rules.ordinary_week(day)


@register.filter
def week_of(rules, day):
    """The seven days of the week that holds that day."""
    return rules.week_of(day)


@register.filter
def deviations(rules, day):
    """The deviations of the fourteen days from that day on."""
    return rules.deviations_within(day)


@register.filter
def osm(rules, day):
    """A year of the rules as OpenStreetMap writes them."""
    return osm_opening_hours(rules, day)


@register.filter
def weekdays(line):
    """The days of a WeekLine: Måndag–fredag."""
    return hours_in_words.weekdays(line)


@register.filter
def spans(spans_of_a_day):
    """The spans of a day: 8:00–12:00, 13:00–16:30 (by appointment)."""
    return hours_in_words.spans(spans_of_a_day)


@register.filter
def days(deviating):
    """The days of a Deviating: 24 december 2026, or 24 december 2026–26 december 2026."""
    return "–".join(dict.fromkeys([day(deviating.first_day), day(deviating.last_day)]))


@register.simple_tag
def day_hours(hours):
    """What holds on a day, with its reason: stängt (jul); 9:00–12:00; ordinarie tid, inte bekräftad för julafton …"""
    return _with_reason(hours, (f"{clock(span.opens)}–{clock(span.closes)}" for span in hours.spans))


@register.simple_tag
def day_times(hours):
    """The same with its times as elements that a script can read."""
    return _with_reason(hours, (_times(span, hours.day) for span in hours.spans))


def _with_reason(hours, told_spans):
    told = format_html_join(", ", "{}", ((_span(*one),) for one in zip(hours.spans, told_spans, strict=True)))
    told = told or hours_in_words.closed()
    if doubt := hours_in_words.said_of(hours):
        return format_html("{} ({})", doubt, told)
    if hours.reason_sv or hours.reason_en:
        return format_html("{} ({})", told, text(hours, "reason"))
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


@register.simple_tag
def open_now(rules):
    """What the page says of now, and for the script that keeps it true: {"state", "words", "changes"}; None where no
    hours are known.

    changes: JSON, [[from when, state, words], …]
    """
    if not rules.are_known:
        return None
    moment = timezone.now()
    told = hours_in_words.now_and_on(rules, moment)
    _began, state, words = [change for change in told if change[0] <= moment][-1]
    changes = [[began.strftime("%Y-%m-%dT%H:%M:%SZ"), state, words] for began, state, words in told]
    return {
        "state": state,
        "words": words,
        "changes": json.dumps(changes, ensure_ascii=False, separators=(",", ":")),
    }
