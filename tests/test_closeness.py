"""How many slips lie between two words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from partnerships.search.closeness import most_slips, slips

pytestmark = pytest.mark.once


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("tempe", "tempe", 0),
        ("tempee", "tempe", 1),
        ("tmpe", "tempe", 1),
        ("tenpe", "tempe", 1),
        ("etmpe", "tempe", 1),
        ("temep", "tempe", 1),
        ("kristansand", "kristiansand", 1),
        ("kristansnad", "kristiansand", 2),
        ("krisansnd", "kristiansand", 3),
        ("", "ab", 2),
        ("abcdef", "ghijkl", 3),
        ("ca", "abc", 3),
    ],
)
def test_slips_are_counted_up_to_the_limit(one, other, expected):
    assert slips(one, other, 2) == slips(other, one, 2) == expected


@pytest.mark.parametrize(("length", "expected"), [(3, 0), (4, 1), (7, 1), (8, 2)])
def test_short_words_are_forgiven_little(length, expected):
    assert most_slips(length) == expected


def whole_matrix(one, other):
    """The definition, without any short cut."""
    cost = {(i, 0): i for i in range(len(one) + 1)} | {(0, j): j for j in range(len(other) + 1)}
    for i in range(1, len(one) + 1):
        for j in range(1, len(other) + 1):
            changed = cost[i - 1, j - 1] + (one[i - 1] != other[j - 1])
            cost[i, j] = min(cost[i - 1, j] + 1, cost[i, j - 1] + 1, changed)
            if i > 1 and j > 1 and one[i - 1] == other[j - 2] and one[i - 2] == other[j - 1]:
                cost[i, j] = min(cost[i, j], cost[i - 2, j - 2] + 1)
    return cost[len(one), len(other)]


@given(st.text("abc", max_size=9), st.text("abc", max_size=9), st.integers(0, 3))
def test_short_cuts_change_nothing(one, other, limit):
    assert slips(one, other, limit) == min(whole_matrix(one, other), limit + 1)
