"""How the globe is laid flat, in the units of the drawn land: static/img/land-world.svg and land-near.svg.

deploy/assets/land.py draws the land with these functions, so what is placed with them lies where it should on it.
x grows to the right and y downwards, as in SVG. Nothing here knows the database.
"""

import math
from dataclasses import dataclass

from partnerships.geography import EARTH_RADIUS_KM, Place, east_of


@dataclass(frozen=True)
class NaturalEarth:
    """The whole world, in shapes that look right; drawn by T. Patterson, as the polynomials of B. Šavrič and others.

    Source: "A Polynomial Equation for the Natural Earth Projection", Cartography and Geographic Information Science
    38:4, 2011.
    """

    meridian: float  # in the middle of the map
    scale: float  # units to the Earth's radius

    def place(self, place):
        return self.point(east_of(self.meridian, place.longitude), place.latitude)

    def point(self, east, latitude):
        """(x, y) of a point so many degrees east of the map's middle."""
        phi = math.radians(latitude)
        x = 0.8707 - 0.131979 * phi**2 - 0.013791 * phi**4 + 0.003971 * phi**10 - 0.001529 * phi**12
        y = 1.007226 + 0.015085 * phi**2 - 0.044475 * phi**6 + 0.028874 * phi**8 - 0.005916 * phi**10
        return self.scale * math.radians(east) * x, -self.scale * phi * y


@dataclass(frozen=True)
class LambertAzimuthal:
    """The surroundings of a place, areas true. J. P. Snyder: "Map Projections: A Working Manual", 1987.

    Source: U.S. Geological Survey Professional Paper 1395, pages 185 to 187, for the sphere.
    """

    centre: Place
    scale: float  # units to the Earth's radius

    def place(self, place):
        """(x, y); the one place that it cannot show, the centre's antipode, lands on the rim."""
        latitude, middle = math.radians(place.latitude), math.radians(self.centre.latitude)
        east = math.radians(place.longitude - self.centre.longitude)
        depth = 1 + math.sin(middle) * math.sin(latitude) + math.cos(middle) * math.cos(latitude) * math.cos(east)
        k = math.sqrt(2 / max(depth, 1e-9))
        x = math.cos(latitude) * math.sin(east)
        y = math.cos(middle) * math.sin(latitude) - math.sin(middle) * math.cos(latitude) * math.cos(east)
        return self.scale * k * x, -self.scale * k * y

    def where(self, x, y):
        """The Place that is shown at (x, y)."""
        x, y = x / self.scale, -y / self.scale
        rho = math.hypot(x, y)
        if rho < 1e-12:
            return self.centre
        angle, middle = 2 * math.asin(min(rho / 2, 1.0)), math.radians(self.centre.latitude)
        latitude = math.asin(math.cos(angle) * math.sin(middle) + y * math.sin(angle) * math.cos(middle) / rho)
        east = math.atan2(
            x * math.sin(angle),
            rho * math.cos(middle) * math.cos(angle) - y * math.sin(middle) * math.sin(angle),
        )
        return Place(math.degrees(latitude), east_of(0, self.centre.longitude + math.degrees(east)))


@dataclass(frozen=True)
class Window:
    """A rectangle of a map, in its units."""

    left: float
    top: float
    right: float
    bottom: float

    def holds(self, x, y, margin=0.0):
        return self.left + margin <= x <= self.right - margin and self.top + margin <= y <= self.bottom - margin


# The map of the world is cut through the Bering Strait, where it divides no land but an island: at 169° west.
WORLD = NaturalEarth(meridian=11, scale=450)
# A unit of the near map is 2 km. It reaches from Iceland to the Volga, and from the North Cape to Crete.
NEAR = LambertAzimuthal(centre=Place(58, 15), scale=EARTH_RADIUS_KM / 2)
NEAR_WINDOW = Window(left=-1160, top=-860, right=900, bottom=1380)


def simplified(points, tolerance):
    """The points without those that lie within the tolerance of the line that is left (Douglas and Peucker, 1973)."""
    kept = {0, len(points) - 1}
    spans = [(0, len(points) - 1)]
    while spans:
        first, last = spans.pop()
        farthest, distance = None, tolerance
        for index in range(first + 1, last):
            off = _off_line(points[index], points[first], points[last])
            if off > distance:
                farthest, distance = index, off
        if farthest is not None:
            kept.add(farthest)
            spans += [(first, farthest), (farthest, last)]
    return [points[index] for index in sorted(kept)]


def _off_line(point, start, end):
    """How far a point lies from the line between two others."""
    across, along = end[0] - start[0], end[1] - start[1]
    length = across * across + along * along
    share = length and ((point[0] - start[0]) * across + (point[1] - start[1]) * along) / length
    share = min(1.0, max(0.0, share))
    return math.hypot(point[0] - start[0] - share * across, point[1] - start[1] - share * along)
