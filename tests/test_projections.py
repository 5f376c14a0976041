"""The projections against published values, and the land that is drawn with them."""

import gzip
import math
import re
from pathlib import Path

import pytest
from django.conf import settings
from hypothesis import given
from hypothesis import strategies as st

from deploy.assets import land
from partnerships.geography import Place, distance_km
from partnerships.projections import NEAR, NEAR_WINDOW, WORLD, LambertAzimuthal, NaturalEarth, simplified

pytestmark = pytest.mark.once

IMAGES = Path(settings.BASE_DIR) / "static" / "img"
LAND = {
    "Trollhättan": (58.28, 12.29),
    "Kerava": (60.40, 25.11),
    "Kristiansand, inland": (58.4, 7.9),
    "Hjörring": (57.35, 9.98),
    "Iceland": (64.5, -19.0),
    "Rome": (41.9, 12.6),
}
FAR_LAND = {"Tempe": (33.43, -111.94), "Kyoto": (35.0, 135.8), "Chukotka": (67.0, 178.0), "Siberia": (67.0, -176.0)}
SEA = {"the Atlantic": (50.0, -20.0), "the Baltic": (58.0, 19.9), "the Black Sea": (43.5, 31.0), "Biscay": (45.0, -5.0)}
FAR_SEA = {"the mid-Atlantic": (40.0, -40.0), "the Pacific": (0.0, -150.0), "the date line": (10.0, 180.0)}


def test_natural_earth_agrees_with_proj():
    """PROJ tests its own with this point: test/gie/builtins.gie, natearth."""
    assert NaturalEarth(meridian=0, scale=6400000).point(2, 1) == pytest.approx((194507.265257889, -112508.737358295))


def test_lambert_azimuthal_agrees_with_snyder():
    """The numerical example of Professional Paper 1395, page 332."""
    projection = LambertAzimuthal(Place(40, -100), 3)
    assert projection.place(Place(-20, 100)) == pytest.approx((-4.2339303, -4.0257775))


@given(st.floats(33, 72), st.floats(-26, 45))
def test_near_map_reads_back(latitude, longitude):
    assert distance_km(NEAR.where(*NEAR.place(Place(latitude, longitude))), Place(latitude, longitude)) < 0.001


def test_near_map_has_its_scale_in_the_middle():
    x, y = NEAR.place(Place(58, 15.1))
    assert (x, y) == pytest.approx((distance_km(Place(58, 15), Place(58, 15.1)) / 2, 0), abs=0.01)


def test_the_farthest_place_is_still_somewhere():
    assert all(map(math.isfinite, NEAR.place(Place(-58, -165))))


def test_simplified_keeps_the_ends_and_what_stands_out():
    line = [(0, 0), (1, 0.05), (2, 0), (3, 5), (4, 0), (5, 0)]
    assert simplified(line, 0.1) == [(0, 0), (2, 0), (3, 5), (4, 0), (5, 0)]
    assert simplified([(0, 0), (0, 0)], 1) == [(0, 0), (0, 0)]


def rings(name):
    """The outlines as the written file has them."""
    path = re.search(r' d="([^"]+)"', (IMAGES / name).read_text())[1]
    found = []
    for piece in path.split("z")[:-1]:
        start, steps = piece.removeprefix("M").split("l")
        x, y = map(int, re.findall(r"-?\d+", start))
        ring = [(x, y)]
        numbers = [int(number) for number in re.findall(r"-?\d+", steps)]
        for step_x, step_y in zip(numbers[::2], numbers[1::2], strict=True):
            x, y = x + step_x, y + step_y
            ring.append((x, y))
        found.append(ring)
    return found


def is_on_land(point, outlines):
    """Whether a line from the point to the right meets the outlines an odd number of times."""
    x, y = point
    meets = 0
    for ring in outlines:
        for (x1, y1), (x2, y2) in zip(ring, ring[1:] + ring[:1], strict=True):
            if (y1 > y) != (y2 > y) and x < x1 + (y - y1) * (x2 - x1) / (y2 - y1):
                meets += 1
    return meets % 2 == 1


@pytest.mark.parametrize(
    ("name", "projection", "land_places", "sea_places"),
    [
        ("land-near.svg", NEAR, LAND, SEA),
        ("land-world.svg", WORLD, {"Trollhättan": LAND["Trollhättan"]} | FAR_LAND, FAR_SEA),
    ],
)
def test_land_lies_where_it_should(name, projection, land_places, sea_places):
    outlines = rings(name)
    assert {place: is_on_land(projection.place(Place(*at)), outlines) for place, at in land_places.items()} == (
        dict.fromkeys(land_places, True)
    )
    assert {place: is_on_land(projection.place(Place(*at)), outlines) for place, at in sea_places.items()} == (
        dict.fromkeys(sea_places, False)
    )


@pytest.mark.parametrize(("name", "kilobytes"), [("land-world.svg", 12), ("land-near.svg", 14)])
def test_land_is_light_and_says_whose_it_is(name, kilobytes):
    drawing = (IMAGES / name).read_bytes()
    assert len(gzip.compress(drawing, 9)) <= kilobytes * 1000
    assert "Natural Earth (naturalearthdata.com), which is in the public domain" in drawing.decode()
    assert b'<path id="land"' in drawing


# A square of ten degrees on the date line, whose southern and northern halves share a line, and an islet.
TOPOLOGY = {
    "transform": {"scale": [1, 1], "translate": [0, 0]},
    "arcs": [
        [[175, 0], [0, 10], [5, 0], [-360, 0], [5, 0], [0, -10]],
        [[-175, 0], [-5, 0], [360, 0], [-5, 0]],
        [[10, 40], [20, 0], [0, 20], [-20, 0], [0, -20]],
    ],
    "objects": {
        "land": {
            "geometries": [
                {"type": "MultiPolygon", "arcs": [[[0, 1]]]},
                {"type": "Polygon", "arcs": [[~2]]},
            ]
        }
    },
}


def test_topojson_is_read_forwards_and_backwards():
    square, islet = land.rings(TOPOLOGY)
    assert square[0] == square[-1] == (175, 0)
    assert len(square) == 9
    assert islet == [(10, 40), (10, 60), (30, 60), (30, 40), (10, 40)]


def test_land_on_the_date_line_stays_in_one_piece():
    square = land.unwrapped(next(land.rings(TOPOLOGY)))
    assert {longitude for longitude, _ in square} == {175, 180, 185}


def test_drawing_is_the_same_each_time():
    assert land.world(land.rings(TOPOLOGY)) == land.world(land.rings(TOPOLOGY))
    assert land.near(land.rings(TOPOLOGY)) == land.near(land.rings(TOPOLOGY))
    assert land.world(land.rings(TOPOLOGY)).count("M") == 3, "the words of the comment, and two pieces of land"


def test_land_outside_the_window_is_cut_off():
    ring = [(NEAR_WINDOW.left - 100, 0), (0, 0), (0, 100), (NEAR_WINDOW.left - 100, 100), (NEAR_WINDOW.left - 100, 0)]
    assert {x for x, _ in land.clipped(ring, NEAR_WINDOW)} == {NEAR_WINDOW.left, 0}
    assert land.clipped([(x - 5000, y) for x, y in ring], NEAR_WINDOW) == []
