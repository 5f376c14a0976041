"""How long the municipality has been in each network, as lines on one axis of time. No database, no clock."""

from dataclasses import dataclass
from typing import Any

from partnerships.partial_dates import PartialDate

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
    """The Axis of networks that come from with_roles(), long enough for this year and all that they name."""
    roles = [_spans(network) for network in networks]
    years = [this_year - 1, this_year, *_years(networks, roles)]
    first, last = min(years), max(years)

    def begins(year):
        return round((year - first) / (last + 1 - first) * WIDTH)

    def bar(since, until, as_of):
        if not since and not until:
            middle = (begins(as_of) + begins(as_of + 1)) // 2
            return Bar(middle, middle)
        return Bar(begins(since) if since else 0, begins(until + 1) if until else WIDTH)

    lines = (
        Line(
            network,
            Bar(begins(network.member_since.year) if network.member_since else 0, WIDTH),
            bool(network.member_since),
            tuple(bar(*span) for span in spans if any(span)),
        )
        for network, spans in zip(networks, roles, strict=True)
    )
    return Axis(first, last, tuple(lines))


def _spans(network):
    """The years of its roles, as [since, until, as_of]; None where not known."""
    return [
        [PartialDate.parse(role[name]).year if role[name] else None for name in ("since", "until", "as_of")]
        for role in network.role_rows
    ]


def _years(networks, roles):
    """All that are known."""
    yield from (network.member_since.year for network in networks if network.member_since)
    yield from (year for spans in roles for span in spans for year in span if year)
