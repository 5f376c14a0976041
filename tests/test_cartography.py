"""What stands where on the maps: every town once, every name readable, nothing on top of anything."""

import re
from itertools import combinations

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from partnerships import map_labels
from partnerships.cartography import MOST, WIDTH, Town, draw_maps
from partnerships.geography import Place
from partnerships.map_labels import Box

pytestmark = pytest.mark.once

HOME = Town("Trollhättan", Place(58.28, 12.29))
TEMPE = Town("Tempe", Place(33.43, -111.94), "tempe", is_main=True)
NORDIC = (
    Town("Reykjanesbaer", Place(64.00, -22.56), "reykjanesbaer"),
    Town("Hjörring", Place(57.46, 9.98), "hjorring"),
    Town("Kristiansand", Place(58.15, 8.00), "kristiansand"),
    Town("Kerava", Place(60.40, 25.11), "kerava"),
)
KYOTO = Town("Exempelkyoto", Place(35.01, 135.77), "kyoto")


def is_readable(drawn):
    """Asserts what must hold for every map."""
    points = (drawn.home, *drawn.points)
    boxes = [point.label.box for point in points]
    targets = [point.target for point in points]
    marks = [Box.around(point.x, point.y, map_labels.MARK) for point in points]
    for one, other in combinations(range(len(points)), 2):
        assert not boxes[one].overlaps(boxes[other])
        assert not targets[one].overlaps(targets[other])
    for index, (box, target, mark) in enumerate(zip(boxes, targets, marks, strict=True)):
        assert box.is_within(drawn.width, drawn.height)
        assert target.is_within(drawn.width, drawn.height)
        assert mark.is_within(drawn.width, drawn.height)
        assert min(target.right - target.left, target.bottom - target.top) >= 24
        assert target.joined(box) == target, "a name is always part of what can be clicked"
        assert not any(box.overlaps(other) for other in marks)
        assert not any(target.overlaps(other) for number, other in enumerate(marks) if number != index)
        text = points[index].label.text
        assert map_labels.width_of(text) <= box.right - box.left
    assert [point.label.text for point in drawn.key] == [str(n) for n in range(1, len(drawn.key) + 1)]


def test_near_towns_and_far_ones_stand_on_maps_of_their_own():
    far, near = draw_maps(HOME, (TEMPE, *NORDIC))
    assert (far.kind, [point.town for point in far.points]) == ("far", [TEMPE])
    assert (near.kind, [point.town for point in near.points]) == ("near", list(NORDIC))
    assert far.frame.startswith("M")
    assert far.frame.endswith("z")
    assert near.frame == ""
    for drawn in (far, near):
        is_readable(drawn)
        assert drawn.key == ()
        assert drawn.width == WIDTH == 288


def test_names_of_towns_close_together_stand_at_their_marks():
    (near,) = draw_maps(HOME, NORDIC)
    assert [bool(point.leader) for point in near.points] == [False] * 4
    assert [point.label.text for point in near.points] == [town.name for town in NORDIC]


@pytest.mark.parametrize(
    ("towns", "kinds"),
    [((), []), (NORDIC, ["near"]), ((TEMPE,), ["far"]), ((TEMPE, KYOTO), ["far"]), ((*NORDIC, KYOTO), ["far", "near"])],
)
def test_only_maps_that_show_a_town_are_drawn(towns, kinds):
    assert [drawn.kind for drawn in draw_maps(HOME, towns)] == kinds
    if kinds == ["far"]:
        assert draw_maps(HOME, towns)[0].frame == ""


def test_a_home_far_from_europe_has_the_world_only():
    home = Town("Exempelstad", Place(-33.9, 18.4))
    (drawn,) = draw_maps(home, (TEMPE, *NORDIC))
    assert (drawn.kind, len(drawn.points)) == ("far", 5)
    is_readable(drawn)


def test_a_line_over_the_edge_of_the_world_comes_back_on_the_other_side():
    (drawn,) = draw_maps(Town("Exempelkyoto", Place(35.01, 135.77)), (TEMPE,))
    assert drawn.points[0].line.count("M") == 2
    is_readable(drawn)


def test_coordinates_have_at_most_one_decimal():
    for drawn in draw_maps(HOME, (TEMPE, *NORDIC)):
        for path in [drawn.frame, *(point.line for point in drawn.points), *(point.mark for point in drawn.points)]:
            assert not re.search(r"\d\.\d\d|,|e", path)


def test_a_line_has_few_points_and_ends_at_its_marks():
    far, _near = draw_maps(HOME, (TEMPE, *NORDIC))
    (point,) = far.points
    assert point.line.startswith(f"M{far.home.x:g} {far.home.y:g}L")
    assert point.line.endswith(f"L{point.x:g} {point.y:g}")
    assert point.line.count("L") <= 25


def test_a_town_without_a_line_has_none():
    (drawn,) = draw_maps(HOME, (Town("Exempelby", Place(55, 12), is_linked=False),))
    assert drawn.points[0].line == ""


def test_the_main_town_has_the_larger_target():
    far, _near = draw_maps(HOME, (TEMPE, *NORDIC))
    assert far.points[0].hit["height"] == 44


def test_towns_in_one_place_keep_their_names_apart():
    towns = tuple(Town(f"Exempel {n}", Place(58.28, 12.29), n) for n in range(4))
    (drawn,) = draw_maps(HOME, towns)
    is_readable(drawn)
    assert drawn.key == ()


def test_a_name_without_room_stands_in_the_key():
    long = Town("Exempelstad vid den långa älven som rinner ut i havet", Place(55.6, 13.0))
    (drawn,) = draw_maps(HOME, (long, *NORDIC))
    is_readable(drawn)
    assert [point.town for point in drawn.key] == [long]
    assert drawn.points[0].label.text == "1"


def test_a_long_name_of_home_is_shortened():
    home = Town("Exempelstad vid den långa älven som rinner ut i havet", HOME.place)
    (drawn,) = draw_maps(home, NORDIC)
    is_readable(drawn)
    assert drawn.home.label.text == "Exempelstad…"


def test_a_town_that_is_named_by_a_number_is_not_in_the_key():
    (drawn,) = draw_maps(HOME, (Town("1770", Place(55.6, 13.0)),))
    assert drawn.key == ()


@pytest.mark.parametrize("count", [12, 30, MOST])
def test_even_many_towns_in_one_place_can_be_told_apart(count):
    towns = tuple(Town(f"Exempelstaden {n}", Place(48, 2), n) for n in range(count))
    (drawn,) = draw_maps(HOME, towns)
    is_readable(drawn)
    assert len(drawn.points) == count


def test_more_towns_than_can_be_told_apart_have_no_map():
    assert draw_maps(HOME, tuple(Town("Exempel", Place(48, n / 10), n) for n in range(MOST + 1))) == ()


names = st.text("abcdeinorstvåäöÅM -", min_size=1, max_size=24)
in_europe = st.builds(Town, names, st.builds(Place, st.floats(36, 69), st.floats(-9, 30)), st.integers())
anywhere = st.builds(Town, names, st.builds(Place, st.floats(-90, 90), st.floats(-180, 180)), st.integers())


@settings(max_examples=25, deadline=None)
@given(st.lists(in_europe, min_size=12, max_size=12))
def test_twelve_towns_in_europe_are_readable(towns):
    for drawn in draw_maps(HOME, tuple(towns)):
        is_readable(drawn)


@settings(max_examples=25, deadline=None)
@given(anywhere, st.lists(anywhere, max_size=30))
@example(
    HOME, [Town("Polen", Place(90, 0)), Town("Sydpolen", Place(-90, 0)), Town("Mitt emot", Place(-58.28, -167.71))]
)
def test_any_towns_are_readable(home, towns):
    maps = draw_maps(home, tuple(towns))
    assert sorted(point.town.name for drawn in maps for point in drawn.points) == sorted(town.name for town in towns)
    for drawn in maps:
        is_readable(drawn)


@settings(max_examples=10, deadline=None)
@given(st.lists(in_europe, max_size=12))
def test_maps_are_the_same_each_time(towns):
    towns = tuple(towns)
    assert draw_maps(HOME, towns) == draw_maps.__wrapped__(HOME, towns)
