"""Dates: whole minutes and spans of them, and calendars for any year.

A `Minute` is the number of minutes since 1970-01-01T00:00Z: whole minutes are exact. An interval is closed: what happened on
a day happened from its first minute to its last, in the theatre's local time. Year 0 is 1 BCE, as in ISO 8601.

Source: E. G. Richards, "Calendars", in the Explanatory Supplement to the Astronomical Almanac (3rd ed., 2013), 15.11.
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from typing import Final, Literal, NewType, get_args

from attrs import field, frozen

from situation.errors import Fault, whole_given

__all__ = [
    "CALENDARS",
    "DAY",
    "HOUR",
    "Calendar",
    "Duration",
    "Interval",
    "Minute",
    "When",
    "date_of",
    "day_number",
    "duration",
    "month_length",
    "when_given",
]

Minute = int
When = str | Minute | date | None
"""A time in a call: a text such as `2017-11-03`, a minute, a date or datetime of Python; None: what is said where it is taken."""
Duration = NewType("Duration", int)
"""Minutes; written as a number and a unit, `2 h`."""
HOUR: int = 60
DAY: int = 24 * HOUR

_FIRST, _LAST = -2_000_000_000, 5_000_000_000
"""The minutes that a call may name: from some 1,800 years BCE to beyond the year 9999."""
_DURATION = re.compile(r"([0-9]{1,12}) (min|h|d)")
_LONGEST = 36525 * DAY
"""The longest duration, in minutes: a century. Longer ones would run off the calendar."""


def when_given(when: str | Minute | date) -> str | Minute:
    """A time in a call, as a text or as a minute. A datetime that knows its zone is that moment, another is local time.

    Raises:
        Fault: it is none.
    """
    if isinstance(when, datetime):
        moment = when if when.tzinfo is None else when.astimezone(UTC)
        return f"{moment:%Y-%m-%dT%H:%M}{'' if when.tzinfo is None else 'Z'}"
    if isinstance(when, date):
        return when.isoformat()
    if isinstance(when, str):
        return when
    try:
        minute = whole_given(when, "at")
    except Fault:
        advice = "Give a date such as '2017-11-03', a date or datetime of Python, or a minute."
        raise Fault(f"A time is of type {type(when).__name__}.", advice) from None
    if not _FIRST <= minute <= _LAST:
        raise Fault(f"{minute} is no minute of any calendar.", "Give minutes since 1970-01-01, or a date as a text.")
    return minute


def duration(text: str) -> Duration:
    """Minutes in a duration written as a number and a unit: `90 min`, `2 h`, `14 d`.

    Raises:
        Fault: the text is no such duration.
    """
    match = _DURATION.fullmatch(text)
    if match is None:
        days = f"{text} d" if text.isdecimal() else "14 d"
        raise Fault(f"'{text}' is no duration.", f"Write a whole number and a unit: '90 min', '2 h' or '{days}'.")
    minutes = int(match[1]) * {"min": 1, "h": HOUR, "d": DAY}[match[2]]
    if minutes > _LONGEST:
        raise Fault(f"'{text}' is longer than a century.", "Write a shorter one.")
    return Duration(minutes)


@frozen(order=True)
class Interval:
    """A closed span of minutes: when something happened, or was said."""

    earliest: Minute
    latest: Minute = field()

    @latest.validator
    def _in_order(self, _: object, latest: Minute) -> None:
        if latest < self.earliest:
            raise Fault("The interval ends before it begins.", "Swap its earliest and latest.")

    @property
    def middle(self) -> Minute:
        """The minute halfway, rounded down."""
        return (self.earliest + self.latest) // 2

    def contains(self, other: Interval) -> bool:
        """Whether `other` lies wholly inside."""
        return self.earliest <= other.earliest and other.latest <= self.latest

    def meet(self, other: Interval) -> Interval | None:
        """The overlap, or None where they are apart."""
        earliest, latest = max(self.earliest, other.earliest), min(self.latest, other.latest)
        return Interval(earliest, latest) if earliest <= latest else None

    def gap(self, other: Interval) -> int:
        """Minutes between the two; 0 where they touch or overlap."""
        return max(0, self.earliest - other.latest, other.earliest - self.latest)

    def clipped_to(self, window: Interval) -> Interval:
        """The interval clipped to a window that it overlaps; unchanged where it lies outside."""
        return self.meet(window) or self


Calendar = Literal["gregorian", "julian"]
CALENDARS: Final[tuple[Calendar, ...]] = get_args(Calendar)
_CYCLE: Final = {"gregorian": (400, 146097), "julian": (4, 1461)}
"""After how many years a calendar repeats, and how many days these have."""
_EPOCH: Final = {"gregorian": 719468, "julian": 719470}
"""Days from 1 March of year 0, in the calendar itself, to 1970-01-01."""
_LENGTHS: Final = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


def month_length(calendar: Calendar, year: int, month: int) -> int:
    """How many days a month has; `month` from 1 to 12."""
    leap = year % 4 == 0 and (calendar == "julian" or year % 100 != 0 or year % 400 == 0)
    return 29 if month == 2 and leap else _LENGTHS[month - 1]


def day_number(calendar: Calendar, year: int, month: int, day: int) -> int:
    """Days from 1970-01-01 (Gregorian) to a date of a calendar; negative before it."""
    year, month = (year, month - 3) if month > 2 else (year - 1, month + 9)
    years, days = _CYCLE[calendar]
    cycle, of_cycle = divmod(year, years)
    return cycle * days + _days_before(calendar, of_cycle) + (153 * month + 2) // 5 + day - 1 - _EPOCH[calendar]


def date_of(calendar: Calendar, number: int) -> tuple[int, int, int]:
    """Year, month and day of a day counted from 1970-01-01."""
    years, days = _CYCLE[calendar]
    cycle, rest = divmod(number + _EPOCH[calendar], days)
    year = min(rest // 365, years - 1)
    while _days_before(calendar, year) > rest:
        year -= 1
    rest -= _days_before(calendar, year)
    month = (5 * rest + 2) // 153
    day = rest - (153 * month + 2) // 5 + 1
    year += cycle * years
    return (year, month + 3, day) if month < 10 else (year + 1, month - 9, day)


def _days_before(calendar: Calendar, year: int) -> int:
    """Days of a cycle that begins in March before one of its years."""
    leaps = year // 4 - (year // 100 if calendar == "gregorian" else 0)
    return 365 * year + leaps
