"""How opening hours are told: the ordinary week, a day's hours, and the days that are not like the others."""

from django import template
from django.utils.html import format_html
from django.utils.translation import get_language, gettext, pgettext

from partnerships.choices import Weekday
from partnerships.opening_hours import Kind, clock
from partnerships.templatetags.words import day, text

register = template.Library()


@register.filter
def week(rules, day):
    """The lines of the ordinary week on that day."""
    return rules.ordinary_week(day)


@register.filter
def deviations(rules, day):
    """The deviations of the fourteen days from that day on."""
    return rules.deviations_within(day)


@register.filter
def weekdays(line):
    """The days of a WeekLine: Måndag–fredag."""
    first, last = Weekday(line.first_weekday).label, Weekday(line.last_weekday).label
    if first == last:
        return first
    return f"{first}–{last.lower() if get_language() == 'sv' else last}"


@register.filter
def spans(spans_of_a_day):
    """The spans of a day: 8:00–12:00, 13:00–16:30 (by appointment)."""
    return ", ".join(map(_span, spans_of_a_day))


def _span(span):
    told = f"{clock(span.opens)}–{clock(span.closes)}"
    return gettext("%(hours)s (by appointment)") % {"hours": told} if span.by_appointment else told


@register.filter
def days(deviating):
    """The days of a Deviating: 24 december 2026, or 24 december 2026–26 december 2026."""
    return "–".join(dict.fromkeys([day(deviating.first_day), day(deviating.last_day)]))


@register.simple_tag
def deviating(hours):
    """What holds on such a day: stängt (jul); 9:00–12:00; ordinarie tid 8:00–16:30, inte bekräftad för julafton."""
    told = spans(hours.spans) or pgettext("opening hours", "closed")
    if not (hours.reason_sv or hours.reason_en):
        return told
    reason = text(hours, "reason")
    if hours.kind == Kind.UNCONFIRMED:
        return format_html(gettext("ordinary hours {hours}, not confirmed for {day}"), hours=told, day=reason)
    if hours.kind == Kind.CONFIRMED:
        return format_html(gettext("open as usual {hours} ({day})"), hours=told, day=reason)
    return format_html("{} ({})", told, reason)
