"""Draws the land that the maps lie on: static/img/land-world.svg and land-near.svg.

    npm install world-atlas
    python -m deploy.assets.land node_modules/world-atlas

The data is Natural Earth's, in the public domain, as the npm package world-atlas gathers it in TopoJSON. It is laid
flat with the projections of the site itself. Run it again when those change; the same data gives the same files.
"""

import json
import sys
from itertools import groupby, pairwise
from pathlib import Path

from partnerships.geography import Place
from partnerships.projections import NEAR, NEAR_WINDOW, WORLD, Window, simplified

ROOT = Path(__file__).resolve().parent.parent.parent
IMAGES = ROOT / "static" / "img"
SVG = """\
<svg xmlns="http://www.w3.org/2000/svg" viewBox="{left} {top} {width} {height}">
<!-- Land, from Natural Earth (naturalearthdata.com), which is in the public domain. Made by deploy/assets/land.py. -->
<path id="land" fill-rule="evenodd" vector-effect="non-scaling-stroke" d="{path}"/>
</svg>
"""
# The map of the world ends above Antarctica.
SOUTHERNMOST = -57


def main():
    if len(sys.argv) != 2:
        raise SystemExit(
            "Say where the npm package world-atlas is: python -m deploy.assets.land node_modules/world-atlas"
        )
    atlas = Path(sys.argv[1])
    for name, drawing in {
        "land-world.svg": world(rings(read(atlas / "land-110m.json"))),
        "land-near.svg": near(rings(read(atlas / "land-50m.json"))),
    }.items():
        (IMAGES / name).write_text(drawing)
        print(f"{IMAGES / name}: {len(drawing)} characters")


def read(file):
    try:
        return json.loads(file.read_text())
    except FileNotFoundError as error:
        raise SystemExit(f"{file} is missing: npm install world-atlas") from error


def rings(topology):
    """The outlines of all land, holes included, as lists of (longitude, latitude), the last point as the first.

    TopoJSON keeps the lines between polygons once, as steps on a grid; a polygon names those it is made of, ~n for
    line n backwards: https://github.com/topojson/topojson-specification
    """
    (scale_x, scale_y), (start_x, start_y) = topology["transform"]["scale"], topology["transform"]["translate"]
    lines = []
    for steps in topology["arcs"]:
        x = y = 0
        line = []
        for step_x, step_y in steps:
            x, y = x + step_x, y + step_y
            line.append((x * scale_x + start_x, y * scale_y + start_y))
        lines.append(line)
    for geometry in topology["objects"]["land"]["geometries"]:
        polygons = geometry["arcs"] if geometry["type"] == "MultiPolygon" else [geometry["arcs"]]
        for polygon in polygons:
            for numbers in polygon:
                ring = []
                for number in numbers:
                    line = lines[number] if number >= 0 else lines[~number][::-1]
                    ring += line[1:] if ring else line
                yield ring


def world(outlines):
    """The world in one drawing, cut at the edge of the map rather than at the date line."""
    cut = WORLD.meridian - 180
    flat = []
    for ring in map(unwrapped, outlines):
        for turn in (-360, 0, 360):
            part = clipped(ring, Window(cut - turn, SOUTHERNMOST, cut + 360 - turn, 90))
            flat.append([WORLD.point(longitude + turn - WORLD.meridian, latitude) for longitude, latitude in part])
    (right, _), (_, top), (_, bottom) = WORLD.point(180, 0), WORLD.point(0, 90), WORLD.point(0, SOUTHERNMOST)
    return drawn(flat, Window(-right, top, right, bottom), tolerance=0.5, smallest=5)


def unwrapped(ring):
    """The ring with longitudes that go on beyond 180 where it crosses the date line."""
    turns, told = 0, [ring[0]]
    for before, after in pairwise(ring):
        turns += (after[0] < before[0] - 180) - (after[0] > before[0] + 180)
        told.append((after[0] + 360 * turns, after[1]))
    return told


def near(outlines):
    """The near map's land."""
    flat = [[NEAR.place(Place(latitude, longitude)) for longitude, latitude in ring] for ring in outlines]
    return drawn([clipped(ring, NEAR_WINDOW) for ring in flat], NEAR_WINDOW, tolerance=0.8, smallest=8)


def clipped(ring, window):
    """The ring as far as it lies in the window (Sutherland and Hodgman, 1974); empty where nothing does."""
    for axis, limit, sign in (
        (0, window.left, 1),
        (0, window.right, -1),
        (1, window.top, 1),
        (1, window.bottom, -1),
    ):
        inside = [sign * (point[axis] - limit) >= 0 for point in ring]
        if all(inside):
            continue
        kept = []
        for index, point in enumerate(ring):
            before = ring[index - 1]
            if inside[index] != inside[index - 1]:
                share = (limit - before[axis]) / (point[axis] - before[axis])
                met = [before[0] + share * (point[0] - before[0]), before[1] + share * (point[1] - before[1])]
                met[axis] = limit
                kept.append(tuple(met))
            if inside[index]:
                kept.append(point)
        ring = kept
        if not ring:
            return []
    return ring


def drawn(flat, window, tolerance, smallest):
    """The SVG of the rings: in whole units, without islets smaller than so many square units."""
    pieces = []
    for ring in flat:
        if len(ring) < 3:
            continue
        closed = ring if ring[0] == ring[-1] else [*ring, ring[0]]
        # Simplified in two halves: a line that ends where it begins has no straight way to compare with.
        middle = len(closed) // 2
        kept = simplified(closed[: middle + 1], tolerance)[:-1] + simplified(closed[middle:], tolerance)
        whole = [point for point, _ in groupby((round(x), round(y)) for x, y in kept[:-1])]
        if len(whole) >= 3 and abs(area(whole)) >= smallest:
            pieces.append(path(whole))
    return SVG.format(
        left=round(window.left),
        top=round(window.top),
        width=round(window.right - window.left),
        height=round(window.bottom - window.top),
        path="".join(pieces),
    )


def area(ring):
    edges = pairwise([*ring, ring[0]])
    return sum(x * after_y - after_x * y for (x, y), (after_x, after_y) in edges) / 2


def path(ring):
    """The ring as a closed SVG path of relative steps, without a space where a minus sign does its work."""
    (x, y), *others = ring
    text = f"M{x} {y}l"
    for to_x, to_y in others:
        step_x, step_y = to_x - x, to_y - y
        text += ("" if text[-1] == "l" or step_x < 0 else " ") + f"{step_x}" + ("" if step_y < 0 else " ") + f"{step_y}"
        x, y = to_x, to_y
    return text + "z"


if __name__ == "__main__":
    main()
