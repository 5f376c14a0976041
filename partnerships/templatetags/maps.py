"""The maps of the towns, drawn from what a view has fetched already."""

from dataclasses import dataclass
from itertools import chain

from django import template
from django.utils.html import format_html, format_html_join

from partnerships.cartography import Map, Town, draw_maps
from partnerships.choices import TownStatus
from partnerships.geography import Place, distance_km
from partnerships.templatetags.words import lang_mark

register = template.Library()
_TOWN = """
<a href="{address}">
<title>{number}{name}, {country}, {words}</title>
<rect class="map__hit" {hit}/>
<path class="map__mark map__mark--{status}" d="{mark}"/>
<text class="map__label" {place}{lang}>{label}</text>
</a>"""


@dataclass(frozen=True)
class DrawnMap:
    """A Map, and each of its points with its TwinTown."""

    map: Map
    points: list
    key: list

    @property
    def lines(self):
        """From home to each town."""
        lines = ((town.status, point.line) for point, town in self.points if point.line)
        return format_html_join("", '<path class="map__line map__line--{}" d="{}"/>', lines)

    @property
    def leaders(self):
        """From the marks to the names that stand apart."""
        points = (self.map.home, *(point for point, _town in self.points))
        leaders = ((point.leader,) for point in points if point.leader)
        return format_html_join("", '<path class="map__leader" d="{}"/>', leaders)

    @property
    def towns(self):
        """Their marks and names, each a link."""
        return format_html_join("", _TOWN, (_told(point, town) for point, town in self.points))


@dataclass(frozen=True)
class TownMaps:
    """All that _maps.html tells. nearest and farthest: (TwinTown, kilometres)."""

    home: str
    drawn: list[DrawnMap]
    statuses: tuple[TownStatus]
    nearest: tuple
    farthest: tuple
    count: int

    @property
    def are_two(self):
        return len(self.drawn) == 2


@register.simple_tag
def maps_of(site, *lists):
    """The TownMaps of lists of towns with their status: {% maps_of site active others as maps %}.

    None without coordinates, and for more towns than a map can show.
    """
    towns, home = list(chain(*lists)), place_of(site)
    rows = {town.slug: town for town in towns if place_of(town)}
    if not home or not rows:
        return None
    spots = tuple(
        Town(
            town.name,
            place_of(town),
            slug,
            is_linked=town.status != TownStatus.UNKNOWN,
            is_main=town.status == TownStatus.ACTIVE,
        )
        for slug, town in rows.items()
    )
    drawn = [
        DrawnMap(
            drawn,
            [(point, rows[point.town.subject]) for point in drawn.points],
            [(point, rows[point.town.subject]) for point in drawn.key],
        )
        for drawn in draw_maps(Town(site.town, home), spots)
    ]
    if not drawn:
        return None
    distances = sorted(
        ((town, distance_km(home, place_of(town))) for town in rows.values()), key=lambda pair: (pair[1], pair[0].slug)
    )
    found = {town.status for town in rows.values()}
    statuses = tuple(status for status in TownStatus if status in found)
    return TownMaps(site.town, drawn, statuses, distances[0], distances[-1], len(rows))


def _told(point, town):
    """What _TOWN tells of a town."""
    label, hit = point.label, point.hit
    return {
        "address": town.get_absolute_url(),
        "number": f"{label.text}. " if point.is_numbered else "",
        "name": town.name,
        "country": town.country,
        "words": town.get_status_display().lower(),
        "hit": format_html('x="{x}" y="{y}" width="{width}" height="{height}"', **hit),
        "status": town.status,
        "mark": point.mark,
        "place": format_html('x="{}" y="{}" dy="{}" text-anchor="{}"', label.x, label.y, label.dy, label.anchor),
        "lang": lang_mark(town, "name"),
        "label": label.text,
    }


def place_of(thing):
    """The Place of a town or of the site; None where it has none."""
    if thing.latitude is None or thing.longitude is None:
        return None
    return Place(float(thing.latitude), float(thing.longitude))
