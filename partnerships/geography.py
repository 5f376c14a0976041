"""The globe as values: how far it is between two places, and the shortest way there. No database.

The Earth is taken as a sphere of its mean radius, which is at most about half a per cent wrong: far less than the
rounding with which distances are told.
"""

import math
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

# R1, the mean radius of the ellipsoid GRS 80: H. Moritz, "Geodetic Reference System 1980" (International Union of
# Geodesy and Geophysics), Bulletin géodésique 54:3.
EARTH_RADIUS_KM = 6371.0088


@dataclass(frozen=True)
class Place:
    """Degrees, WGS 84: north and east are positive."""

    latitude: float
    longitude: float


@lru_cache(maxsize=1024)
def distance_km(one, other):
    """The shortest way over the globe, in kilometres; exact for neighbours and antipodes alike."""
    here, there = _vector(one), _vector(other)
    return EARTH_RADIUS_KM * math.atan2(math.hypot(*_cross(here, there)), _dot(here, there))


def great_circle(one, other, step_km=100):
    """Places along the shortest way, both ends included, at most step_km apart.

    Between antipodes, where every way is as short, it goes over the North Pole, from pole to pole along Greenwich.
    """
    here, there = _vector(one), _vector(other)
    angle = math.atan2(math.hypot(*_cross(here, there)), _dot(here, there))
    ahead = _minus(there, _times(here, _dot(here, there)))  # the direction of the way at its start
    if math.hypot(*ahead) < 1e-9:
        towards = (1.0, 0.0, 0.0) if abs(here[2]) > 1 - 1e-9 else (0.0, 0.0, 1.0)
        ahead = _minus(towards, _times(here, _dot(here, towards)))
    ahead = _times(ahead, 1 / math.hypot(*ahead))
    steps = max(1, math.ceil(angle * EARTH_RADIUS_KM / step_km))
    between = [
        _place(_plus(_times(here, math.cos(part)), _times(ahead, math.sin(part))))
        for part in (angle * step / steps for step in range(1, steps))
    ]
    return [one, *between, other]


def east_of(meridian, longitude):
    """How many degrees east of the meridian a longitude lies: from -180 to less than 180."""
    return (longitude - meridian + 180) % 360 - 180


def split_where_it_wraps(way, meridian=0.0):
    """The way in the pieces that a map centred on the meridian shows: [[(degrees east of it, latitude), …], …].

    A piece that leaves the map on one edge ends on it, at 180 or -180, and the next begins on the other.
    """
    points = [(east_of(meridian, place.longitude), place.latitude) for place in way]
    pieces = [[points[0]]]
    for before, after in pairwise(points):
        if abs(after[0] - before[0]) > 180:
            edge = math.copysign(180.0, before[0])
            whole = after[0] + 2 * edge - before[0]
            share = (edge - before[0]) / whole if whole else 0.0
            latitude = before[1] + share * (after[1] - before[1])
            pieces[-1].append((edge, latitude))
            pieces.append([(-edge, latitude)])
        pieces[-1].append(after)
    return pieces


def _vector(place):
    latitude, longitude = math.radians(place.latitude), math.radians(place.longitude)
    return (
        math.cos(latitude) * math.cos(longitude),
        math.cos(latitude) * math.sin(longitude),
        math.sin(latitude),
    )


def _place(vector):
    x, y, z = vector
    return Place(math.degrees(math.atan2(z, math.hypot(x, y))), math.degrees(math.atan2(y, x)))


def _dot(a, b):
    return a[0] * b[0] + a[1] * b[1] + a[2] * b[2]


def _cross(a, b):
    return a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]


def _plus(a, b):
    return a[0] + b[0], a[1] + b[1], a[2] + b[2]


def _minus(a, b):
    return a[0] - b[0], a[1] - b[1], a[2] - b[2]


def _times(a, factor):
    return a[0] * factor, a[1] * factor, a[2] * factor


def rounded_km(distance):
    """A distance as one tells it: to the nearest 100 km, below 1000 km to the nearest 10, below 10 km to whole ones."""
    step = 100 if distance >= 1000 else 10 if distance >= 10 else 1
    return round(distance / step) * step
