"""Distances and shortest ways over the globe."""

import math
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from partnerships.geography import (
    EARTH_RADIUS_KM,
    Place,
    distance_km,
    east_of,
    great_circle,
    rounded_km,
    split_where_it_wraps,
)

pytestmark = pytest.mark.once

HOME, TEMPE = Place(58.28, 12.29), Place(33.43, -111.94)
HALF_WAY_ROUND = math.pi * EARTH_RADIUS_KM
places = st.builds(Place, st.floats(-90, 90), st.floats(-180, 180))


def haversine_km(one, other):
    """The distance by another formula, R. W. Sinnott's of 1984."""
    up = math.radians(other.latitude - one.latitude)
    along = math.radians(other.longitude - one.longitude)
    north = math.cos(math.radians(one.latitude)) * math.cos(math.radians(other.latitude))
    a = math.sin(up / 2) ** 2 + north * math.sin(along / 2) ** 2
    return 2 * EARTH_RADIUS_KM * math.asin(math.sqrt(min(1.0, a)))


@pytest.mark.parametrize(
    ("there", "km"),
    [
        (TEMPE, 8582.60),
        (Place(64.00, -22.56), 1946.61),
        (Place(57.46, 9.98), 164.23),
        (Place(58.15, 8.00), 251.64),
        (Place(60.40, 25.11), 762.76),
        (HOME, 0.0),
        (Place(-58.28, 12.29 - 180), HALF_WAY_ROUND),
    ],
)
def test_distance_is_exact(there, km):
    assert distance_km(HOME, there) == pytest.approx(km, abs=0.01)


def test_a_degree_of_the_equator_is_the_mean_radius_times_its_angle():
    assert distance_km(Place(0, 0), Place(0, 1)) == pytest.approx(111.1951, abs=0.0001)


@given(places, places)
def test_distance_agrees_with_another_formula(one, other):
    assert distance_km(one, other) == pytest.approx(haversine_km(one, other), abs=0.5)
    assert distance_km(one, other) == pytest.approx(distance_km(other, one), abs=1e-6)


@given(places, places)
def test_the_way_is_as_long_as_the_distance_and_has_its_ends(one, other):
    way = great_circle(one, other)
    steps = [distance_km(here, there) for here, there in pairwise(way)]
    assert (way[0], way[-1]) == (one, other)
    assert max(steps) <= 100.001
    assert sum(steps) == pytest.approx(distance_km(one, other), abs=0.001)


@pytest.mark.parametrize("place", [HOME, Place(0, 0), Place(90, 0), Place(-90, 77)])
def test_antipodes_are_joined_by_half_a_circle(place):
    antipode = Place(-place.latitude, east_of(0, place.longitude + 180))
    way = great_circle(place, antipode)
    assert sum(distance_km(here, there) for here, there in pairwise(way)) == pytest.approx(HALF_WAY_ROUND, abs=0.01)


def test_a_place_is_no_way_from_itself():
    assert great_circle(HOME, HOME) == [HOME, HOME]


def test_the_way_to_tempe_goes_over_greenland():
    """Clairaut's relation: at its northernmost, the cosine of the latitude is that of home times the bearing's sine."""
    northernmost = max(great_circle(HOME, TEMPE, step_km=10), key=lambda place: place.latitude)
    assert (round(northernmost.latitude, 2), round(northernmost.longitude)) == (68.16, -37)


@given(places, places, st.sampled_from([0, 11]))
def test_a_way_is_split_where_the_map_wraps(one, other, meridian):
    pieces = split_where_it_wraps(great_circle(one, other), meridian)
    for piece in pieces:
        assert all(-180 <= east <= 180 and -90 <= latitude <= 90 for east, latitude in piece)
        assert all(abs(east - after) <= 180 for (east, _), (after, _) in pairwise(piece))
    for piece, after in pairwise(pieces):
        assert abs(piece[-1][0]) == 180
        assert after[0] == (-piece[-1][0], piece[-1][1])


def test_a_way_over_the_pacific_is_split_at_the_date_line():
    pieces = split_where_it_wraps(great_circle(Place(35, 139), Place(37, -122)))
    assert [(piece[0][0], piece[-1][0]) for piece in pieces] == [(139, 180), (-180, -122)]


@pytest.mark.parametrize(
    ("km", "told"), [(8582.6, 8600), (1049, 1000), (999, 1000), (764.9, 760), (164, 160), (14, 10), (7.4, 7), (0.3, 0)]
)
def test_distances_are_rounded_as_one_tells_them(km, told):
    assert rounded_km(km) == told
