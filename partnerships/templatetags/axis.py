"""The networks' axis of time, drawn."""

from django import template
from django.utils.html import format_html, format_html_join

register = template.Library()


@register.simple_tag
def drawn_line(line):
    """The paths of a network's Line: {% drawn_line line %}."""
    unknown = "" if line.is_start_known else " axis__member--unknown"
    ends = ((bar.start, bar.end) for bar in line.roles)
    roles = format_html_join("", '<path class="axis__role" d="M{} 5H{}"/>', ends)
    return format_html(
        '<path class="axis__member{}" d="M{} 5H{}"/>{}', unknown, line.member.start, line.member.end, roles
    )
