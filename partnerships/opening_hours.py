"""Opening hours as values: no database, no clock; the day or the moment comes in as an argument.

What holds on a day: the exceptions that hold it, else closed where it is a public holiday, else the season that holds
it, else the ordinary week. Among several exceptions or seasons, those with the shortest period. A day that is special
by custom alone, and of which nobody has said what holds, has its ordinary hours, unconfirmed.

Spans are half open: a place that closes at 16:30 is closed at 16:30. A span belongs to the day on which it opens, also
past midnight. Times are what the clock on the wall shows, also on the days when it is put forward or back.
"""

import datetime
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import chain, groupby, pairwise

from partnerships.day_layout import in_time, lay_out
from partnerships.opening_values import (
    ZONE,
    DayHours,
    Deviating,
    Deviation,
    Kind,
    State,
    Status,
    WeekLine,
    WeeklyHours,
)
from partnerships.swedish_calendar import ONE_DAY, special_day

AHEAD = 14  # days for which deviations are told
# So long after the last day that any rule names, each weekday and each holiday has come again.
A_YEAR_AND_MORE = datetime.timedelta(days=400)


@dataclass(frozen=True)
class Rules:
    """All that is known of when a place is open.

    confirmed: days of custom on which the ordinary hours hold. dismissed: those that are days like any other.
    """

    weekly: tuple[WeeklyHours, ...] = ()
    deviations: tuple[Deviation, ...] = ()
    confirmed: frozenset[datetime.date] = field(default=frozenset())
    dismissed: frozenset[datetime.date] = field(default=frozenset())

    @property
    def are_known(self):
        """Whether anything is said of when it is open."""
        return bool(self.weekly or self.deviations)

    def ordinary_week(self, day):
        """The week as it ordinarily is on that day, told shortly: WeekLines for the weekdays that are open."""
        spans = {weekday: self._ordinary(day, weekday) for weekday in range(7)}
        lines = []
        for day_spans, weekdays in groupby(range(7), key=spans.get):
            weekdays = list(weekdays)
            if day_spans:
                lines.append(WeekLine(weekdays[0], weekdays[-1], day_spans))
        return tuple(lines)

    def ordinary_spans(self, day):
        """The spans that the day has in its ordinary week."""
        return self._ordinary(day, day.weekday())

    def ordinary_periods(self, day):
        """[(first, last, WeekLines), …]: the ordinary week as it changes with the seasons from that day on.

        first is None of the period that holds the day, last of the one without an end; both days are included.
        """
        named = [(hours.valid_from, hours.valid_through) for hours in self.weekly]
        begins = {first for first, _last in named if first} | {last + ONE_DAY for _first, last in named if last}
        turns = sorted(begin for begin in begins if begin > day)
        periods = []
        for first, following in pairwise([None, *turns, None]):
            lines, last = self.ordinary_week(first or day), following and following - ONE_DAY
            if periods and periods[-1][2] == lines:
                first, *_ = periods.pop()
            periods.append((first, last, lines))
        return periods

    def on(self, day):
        """The DayHours of a day."""
        found = self._days.get(day)
        if found is None:
            found = self._days[day] = self._read(day)
        return found

    def week_of(self, day):
        """The DayHours of the seven days, Monday first, of the week that holds the day."""
        monday = day - day.weekday() * ONE_DAY
        return tuple(self.on(monday + number * ONE_DAY) for number in range(7))

    def deviations_within(self, day, days=AHEAD):
        """The Deviatings that touch the coming days, this one included, the nearest first."""
        found, coming, end = [], day, day + days * ONE_DAY
        while coming < end:
            hours = self.on(coming)
            if self.is_deviating(hours):
                first, last = coming, coming
                while coming == day and day - first < A_YEAR_AND_MORE and self._are_alike(first - ONE_DAY, hours):
                    first -= ONE_DAY
                while last - day < A_YEAR_AND_MORE and self._are_alike(last + ONE_DAY, hours):
                    last += ONE_DAY
                found.append(Deviating(first, last, replace(hours, day=first)))
                coming = last
            coming += ONE_DAY
        return tuple(found)

    def is_deviating(self, hours):
        """Whether a visitor who knows the ordinary week should be told of the day."""
        if hours.kind == Kind.HOLIDAY:
            return bool(self.ordinary_spans(hours.day))
        return hours.kind != Kind.ORDINARY

    def is_open(self, moment):
        """Whether one can walk in at that (aware) moment; None where that is not confirmed."""
        return _is_open(self.state_at(moment))

    def state_at(self, moment):
        local = moment.astimezone(ZONE)
        second = local.hour * 3600 + local.minute * 60 + local.second
        for first, end, state, _hours in self._timeline(local.date()):
            if first <= second < end:
                return state
        return State.CLOSED

    def next_change(self, moment):
        """The first moment, in UTC, at which is_open() answers otherwise; None where that never comes."""
        asked = self.is_open(moment)
        for began, state, _hours in self._stretches(moment):
            if began > moment and _is_open(state) != asked:
                return began
        return None

    def status_at(self, moment):
        """The Status at a moment, with the one after it."""
        return next(self._statuses(moment))

    def changes(self, moment, until):
        """(began, Status) of all that holds from the moment until another, in UTC; the first began at the moment."""
        began = moment.astimezone(datetime.UTC)
        for status in self._statuses(moment):
            yield began, status
            began = status.until
            if not began or began >= until:
                return

    @cached_property
    def _days(self):
        return {}

    @cached_property
    def _timelines(self):
        return {}

    @cached_property
    def _last_day_named(self):
        named = [day for rule in (*self.weekly, *self.deviations) for day in rule.days_named]
        return max([*named, *self.confirmed, *self.dismissed], default=datetime.date.min)

    def _are_alike(self, day, hours):
        other = self.on(day)
        return self.is_deviating(other) and other.is_like(hours)

    def _ordinary(self, day, weekday):
        """The spans of a weekday by the rules that hold in the week of that day."""
        valid = [hours for hours in self.weekly if hours.is_valid_on(day)]
        return tuple(
            sorted(
                {hours.span for hours in _shortest(valid) if hours.first_weekday <= weekday <= hours.last_weekday},
            )
        )

    def deciding(self, day):
        """The Deviations that decide what holds on a day, if any do."""
        return _shortest([rule for rule in self.deviations if rule.first_day <= day <= rule.last_day])

    def _read(self, day):
        exceptions = self.deciding(day)
        if exceptions:
            # Where rows contradict each other, whoever believes "closed" stands before no door.
            is_closed = any(not rule.span for rule in exceptions)
            spans = () if is_closed else tuple(sorted({rule.span for rule in exceptions}))
            reason = next((rule for rule in exceptions if rule.reason_sv or rule.reason_en), exceptions[0])
            return DayHours(day, spans, Kind.EXCEPTION, reason.reason_sv, reason.reason_en)
        special = special_day(day)
        if special and special.is_holiday:
            return DayHours(day, (), Kind.HOLIDAY, special.name_sv, special.name_en)
        spans = self.ordinary_spans(day)
        if not special or not spans or day in self.dismissed:
            return DayHours(day, spans)
        kind = Kind.CONFIRMED if day in self.confirmed else Kind.UNCONFIRMED
        return DayHours(day, spans, kind, special.name_sv, special.name_en)

    def _timeline(self, day):
        """((first, end, State, DayHours), …) of all that is not closed, in seconds of the day's wall clock."""
        found = self._timelines.get(day)
        if found is None:
            before = self.on(day - ONE_DAY) if day > datetime.date.min else None
            found = self._timelines[day] = tuple(lay_out(before, self.on(day)))
        return found

    def _statuses(self, moment):
        """The Status that holds at the moment, and each after it."""
        never = (None, None, None)
        for (_began, state, hours), (until, *then) in pairwise(chain(self._stretches(moment), [never])):
            yield Status(state, hours, until, Status(*then) if until else None)

    def _stretches(self, moment):
        """(began, State, DayHours) of the stretch that holds the moment, and then of each that differs, in UTC."""
        day = moment.astimezone(ZONE).date()
        last = min(max(day, self._last_day_named), datetime.date.max - 2 * A_YEAR_AND_MORE) + A_YEAR_AND_MORE
        held = None
        while day <= last:
            for began, end, state, hours in in_time(day, self._timeline(day), self.on(day)):
                if end <= moment:
                    continue
                if not held or held[1] != state or (state == State.UNKNOWN and held[2] != hours):
                    held = began, state, hours
                    yield held
            day += ONE_DAY


def _is_open(state):
    return None if state == State.UNKNOWN else state == State.OPEN


def _shortest(rules):
    """Those of the rules whose period is the shortest."""
    shortest = min((rule.length for rule in rules), default=None)
    return [rule for rule in rules if rule.length == shortest]
