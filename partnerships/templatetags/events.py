"""What happened to the agreements, in sentences."""

from django import template
from django.utils.html import format_html, format_html_join

from partnerships.choices import EventKind
from partnerships.templatetags.words import text

register = template.Library()


@register.simple_tag
def happened(event, towns):
    """Who or what it happened to, and what, as links: {% happened event towns %}.

    towns: the address of the page that tells of the agreement; empty on that page itself.
    """
    agreement = _link(f"{towns}#{event.agreement.anchor}", event.agreement)
    if event.town:
        town = _link(event.town.get_absolute_url(), event.town)
        return format_html("{} {} {}.", town, event.kind.label, agreement)
    replaced = event.agreement.replaced_rows if event.kind == EventKind.REPLACED else ()
    names = format_html_join("", " {}", ((text(row, "name"),) for row in replaced or ()))
    return format_html("{} {}{}.", agreement, event.kind.label, names)


def _link(address, thing):
    return format_html('<a href="{}">{}</a>', address, text(thing, "name"))
