"""The maps of the towns, drawn from what a view has fetched already."""

from dataclasses import dataclass
from itertools import chain

from partnerships.cartography import Map, Town, draw_maps
from partnerships.choices import TownStatus
from partnerships.geography import Place, distance_km
from partnerships.templating.words import plain


@dataclass(frozen=True)
class DrawnMap:
    """A Map, and each of its points with its TwinTown."""

    map: Map
    points: list
    key: list


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


def maps_of(site, *lists, language=None):
    """The TownMaps of lists of towns with their status: {% set maps = maps_of(site, active, others) %}.

    None without coordinates, and for more towns than a map can show.
    """
    home = place_of(site)
    placed = [(town, place) for town in chain(*lists) if (place := place_of(town))]
    if not home or not placed:
        return None
    spots = tuple(
        Town(
            plain(town, "name", language),
            place,
            town.slug,
            is_linked=town.status != TownStatus.UNKNOWN,
            is_main=town.status == TownStatus.ACTIVE,
        )
        for town, place in placed
    )
    rows = {town.slug: town for town, _place in placed}
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
        ((town, distance_km(home, place)) for town, place in placed), key=lambda pair: (pair[1], pair[0].slug)
    )
    found = {town.status for town in rows.values()}
    statuses = tuple(status for status in TownStatus if status in found)
    return TownMaps(site.town, drawn, statuses, distances[0], distances[-1], len(rows))


def place_of(thing):
    """The Place of a town or of the site; None where it has none."""
    if thing.latitude is None or thing.longitude is None:
        return None
    return Place(float(thing.latitude), float(thing.longitude))
