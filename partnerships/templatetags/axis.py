"""The networks' axis of time, drawn."""

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext

register = template.Library()


@register.filter
def explained(axis):
    """What its lines say."""
    return gettext(
        "The lines run from %(first)s to %(last)s: thin where we are a member, dashed where nobody knows since when,"
        " thick where we have or had a task."
    ) % {"first": axis.first, "last": axis.last}


@register.simple_tag
def drawn_line(line):
    """The paths of a network's Line: {% drawn_line line %}."""
    unknown = "" if line.is_start_known else " axis__member--unknown"
    ends = ((bar.start, bar.end) for bar in line.roles)
    roles = format_html_join("", '<path class="axis__role" d="M{} 5H{}"/>', ends)
    return format_html(
        '<path class="axis__member{}" d="M{} 5H{}"/>{}', unknown, line.member.start, line.member.end, roles
    )
