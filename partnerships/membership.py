"""How long the municipality has been in each network, as lines on one axis of time. No database, no clock."""

from dataclasses import dataclass
from typing import Any

WIDTH = 1000  # the axis, in units of its own


@dataclass(frozen=True)
class Bar:
    """From `start` to `end` on the axis, whole units. Both the same: known to hold then, and no more than that."""

    start: int
    end: int


@dataclass(frozen=True)
class Line:
    """One network: its membership, from the axis's very beginning where nobody knows since when; and its roles."""

    network: Any
    member: Bar
    is_start_known: bool
    roles: tuple[Bar, ...]


@dataclass(frozen=True)
class Axis:
    """From the beginning of the first year through the end of the last."""

    first: int
    last: int
    lines: tuple[Line, ...]


def axis_of(networks, this_year):
    """The Axis of networks with their roles prefetched, long enough for this year and all that they name."""
    networks = list(networks)
    years = [this_year - 1, this_year, *(year for network in networks for year in _years(network))]
    first, last = min(years), max(years)

    def begins(year):
        return round((year - first) / (last + 1 - first) * WIDTH)

    def bar(role):
        if not role.since and not role.until:
            middle = (begins(role.as_of.year) + begins(role.as_of.year + 1)) // 2
            return Bar(middle, middle)
        since = begins(role.since.year) if role.since else 0
        return Bar(since, begins(role.until.year + 1) if role.until else WIDTH)

    lines = (
        Line(
            network,
            Bar(begins(network.member_since.year) if network.member_since else 0, WIDTH),
            bool(network.member_since),
            tuple(bar(role) for role in network.roles.all() if role.since or role.until or role.as_of),
        )
        for network in networks
    )
    return Axis(first, last, tuple(lines))


def _years(network):
    dates = [network.member_since]
    for role in network.roles.all():
        dates += [role.since, role.until, role.as_of]
    return [date.year for date in dates if date]
