"""The maps of a municipality's towns: what lies where, in the units of an SVG. Values only, no database.

Towns that lie close by would lie on top of one another on a map that also shows the other side of an ocean, so there
are two: a near one, and one of the world, each cropped round the municipality and the towns that it shows. Every town
stands on one of them.
"""

import math
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import pairwise
from typing import Any

from partnerships import map_labels
from partnerships.geography import Place, great_circle, split_where_it_wraps
from partnerships.map_labels import Box, Label
from partnerships.projections import NEAR, NEAR_WINDOW, WORLD, simplified

WIDTH = 288  # units: the CSS pixels of a phone that is 320 wide
MARGIN = 26  # units round all that is shown
SMALLEST = 420  # what a map shows at least, in the units of its land
HEIGHTS = (0.7, 0.95, 1.2)  # of the width; the lowest that has room for the names
TALLEST = (1.2, 1.8, 2.7, 4.0)  # where even their numbers find no room
MOST = 40  # towns


@dataclass(frozen=True)
class Town:
    """A town to show. `subject` is what the caller knows it by, such as its slug; `is_main` has the larger target."""

    name: str
    place: Place
    subject: Any = None
    is_linked: bool = True  # whether a line joins it to the home town
    is_main: bool = False


@dataclass(frozen=True)
class Point:
    """A town on a map: its mark in the middle of (x, y), the line to it, its label, and what can be clicked."""

    town: Town
    x: float
    y: float
    line: str
    label: Label
    target: Box

    @cached_property
    def is_numbered(self):
        """Whether a number stands for its name, which had no room."""
        return self.label.text.isdecimal() and self.label.text != self.town.name

    @cached_property
    def mark(self):
        """The square of the mark as an SVG path."""
        side = 2 * map_labels.MARK
        return f"M{_told(self.x - side / 2)} {_told(self.y - side / 2)}h{side}v{side}h-{side}z"

    @cached_property
    def move(self):
        """What moves a mark drawn round (0, 0) to its place."""
        return f"translate({_told(self.x)} {_told(self.y)})"

    @cached_property
    def leader(self):
        """The line from the mark to a label that stands apart from it; empty where it does not."""
        if not self.label.leader:
            return ""
        x, y = self.label.leader
        return f"M{_told(self.x)} {_told(self.y)}L{_told(x)} {_told(y)}"

    @cached_property
    def hit(self):
        box = self.target
        return {"x": box.left, "y": box.top, "width": box.right - box.left, "height": box.bottom - box.top}


@dataclass(frozen=True)
class Map:
    """A map, "near" or "far". `land` moves its land into place; `frame` is the edge of what the near one shows."""

    kind: str
    width: int
    height: int
    land: str
    home: Point
    points: tuple[Point, ...]
    frame: str = ""

    @cached_property
    def key(self):
        """The points whose names had no room on the map: 1, 2, 3 and so on."""
        return tuple(point for point in self.points if point.is_numbered)


@dataclass(frozen=True)
class _View:
    """What a map shows: a scale, and the corner of the land that comes to lie in (0, 0)."""

    scale: float
    left: float
    top: float
    height: int

    @classmethod
    def of(cls, points, window, ratio):
        """All the points with a margin, at least so high, and within the window as far as they go into it."""
        lefts, tops = [x for x, _ in points], [y for _, y in points]
        wide, tall = max(lefts) - min(lefts), max(tops) - min(tops)
        room, tallest = WIDTH - 2 * MARGIN, max(ratio, HEIGHTS[-1]) * WIDTH - 2 * MARGIN
        scale = min(room / max(wide, SMALLEST), tallest / max(tall, 1))
        if window:
            scale = max(scale, WIDTH / (window.right - window.left))
        height = math.ceil(max(ratio * WIDTH, tall * scale + 2 * MARGIN))
        left = (max(lefts) + min(lefts)) / 2 - WIDTH / 2 / scale
        top = (max(tops) + min(tops)) / 2 - height / 2 / scale
        if window:
            left = min(max(left, window.left), window.right - WIDTH / scale)
            top = min(max(top, window.top), max(window.top, window.bottom - height / scale))
        return cls(scale, left, top, height)

    def point(self, x, y):
        return _rounded((x - self.left) * self.scale), _rounded((y - self.top) * self.scale)

    def path(self, pieces):
        """The lines, each a list of points on the land, as an SVG path with as few points as look the same."""
        return "".join("M" + "L".join(f"{_told(x)} {_told(y)}" for x, y in line) for line in self.lines(pieces))

    def lines(self, pieces):
        return [simplified([self.point(x, y) for x, y in piece], 0.2) for piece in pieces]

    @property
    def transform(self):
        return f"translate({_told(-self.left * self.scale)} {_told(-self.top * self.scale)}) scale({self.scale:.4f})"


@lru_cache(maxsize=32)
def draw_maps(home, towns):
    """The maps of a tuple of towns round the home Town: far, then near; each only where there is a town for it.

    None for more towns than a map can tell apart.
    """
    if len(towns) > MOST:
        return ()
    is_near = [_lies_near(home.place) and _lies_near(town.place) for town in towns]
    near = [town for town, lies_near in zip(towns, is_near, strict=True) if lies_near]
    far = [town for town, lies_near in zip(towns, is_near, strict=True) if not lies_near]
    maps, frame = [], []
    if near:
        view, drawn = _drawn(home, near, NEAR.place, _near_line, NEAR_WINDOW, [])
        maps = [_map("near", view, drawn)]
        frame = _edges(view)
    if far:
        view, drawn = _drawn(home, far, WORLD.place, _far_line, None, frame)
        maps = [_map("far", view, drawn, view.path([frame]) + "z" if frame else ""), *maps]
    return tuple(maps)


def _map(kind, view, drawn, frame=""):
    return Map(kind, WIDTH, view.height, view.transform, drawn[0], tuple(drawn[1:]), frame)


def _lies_near(place):
    """Whether the near map shows the place, with room round it."""
    return NEAR_WINDOW.holds(*NEAR.place(place), margin=90)


def _near_line(home, town):
    return [[NEAR.place(place) for place in great_circle(home, town)]]


def _far_line(home, town):
    pieces = split_where_it_wraps(great_circle(home, town), WORLD.meridian)
    return [[WORLD.point(east, latitude) for east, latitude in piece] for piece in pieces]


def _edges(view):
    """What a view of the near map shows, as a line on the map of the world."""
    left, top, right, bottom = view.left, view.top, view.left + WIDTH / view.scale, view.top + view.height / view.scale
    corners = [(left, top), (right, top), (right, bottom), (left, bottom), (left, top)]
    edge = [
        (x + step / 8 * (to_x - x), y + step / 8 * (to_y - y))
        for (x, y), (to_x, to_y) in pairwise(corners)
        for step in range(8)
    ]
    return [WORLD.place(NEAR.where(x, y)) for x, y in edge]


def _drawn(home, towns, lay_flat, line_to, window, frame):
    """The _View and the Points: home's, then the towns'. The frame is what is to be seen too."""
    lines = [line_to(home.place, town.place) if town.is_linked else [] for town in towns]
    flat = [lay_flat(town.place) for town in (home, *towns)]
    pieces = [*(piece for pieces in lines for piece in pieces), *([frame] if frame else [])]
    view, labels = _labelled(flat, pieces, [home.name, *(town.name for town in towns)], window)
    points = [view.point(x, y) for x, y in flat]
    main = {index for index, town in enumerate(towns, 1) if town.is_main}
    targets = map_labels.targets(points, labels, main, WIDTH, view.height)
    return view, [
        Point(town, x, y, view.path(pieces), label, target)
        for town, (x, y), pieces, label, target in zip(
            (home, *towns), points, ([], *lines), labels, targets, strict=True
        )
    ]


def _labelled(flat, pieces, names, window):
    """The lowest view that has room for the names, and their labels. Where none has, numbers stand for the longest."""
    shown = flat + [point for piece in pieces for point in piece]
    names[0] = map_labels.shortened(names[0], WIDTH // 2)
    # The world is lower than it is wide: more height would show more sea.
    for texts, ratios in _texts(names, HEIGHTS if window else HEIGHTS[:2]):
        for ratio in ratios:
            view = _View.of(shown, window, ratio)
            points = [view.point(x, y) for x, y in flat]
            ways = [pair for line in view.lines(pieces) for pair in pairwise(line)]
            few = ways if len(ways) < 100 else []
            labels = map_labels.placed(points, texts, WIDTH, view.height, few)
            if labels:
                return view, labels
    raise ValueError(f"{len(names)} towns do not fit on a map")


def _texts(names, heights):
    """(texts, heights to try): names; numbers for a few of the longest; for all; in the end no name for home."""
    yield names, heights
    longest_first = sorted(range(1, len(names)), key=lambda index: (-map_labels.width_of(names[index]), index))
    for count in (1, 2, 4, 7):
        if count < len(longest_first):
            yield _numbered(names, longest_first[:count]), heights[-1:]
    yield _numbered(names, longest_first), heights
    yield _numbered(["", *names[1:]], longest_first), TALLEST


def _numbered(names, indexes):
    numbers = {index: str(number) for number, index in enumerate(sorted(indexes), 1)}
    return [numbers.get(index, name) for index, name in enumerate(names)]


def _rounded(number):
    return round(number, 1)


def _told(number):
    """A coordinate with at most one decimal, whatever the language at hand."""
    return f"{_rounded(number) + 0.0:.1f}".removesuffix(".0")
