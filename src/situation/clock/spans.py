"""Whole minutes, how many of them, and intervals.

A `Minute` is the number of minutes since 1970-01-01T00:00Z. Whole minutes are exact; floating seconds are not. An
interval is closed: an event that happened on a day happened from that day's first minute to its last, in the theatre's
local time.
"""

from __future__ import annotations

import re
from typing import NewType

from attrs import field, frozen

from situation.errors import Fault

__all__ = ["DAY", "HOUR", "Duration", "Interval", "Minute", "duration"]

Minute = int
Duration = NewType("Duration", int)
"""Minutes; written as a number and a unit, `2 h`."""
HOUR: int = 60
DAY: int = 24 * HOUR

_DURATION = re.compile(r"([0-9]{1,12}) (min|h|d)")
_LONGEST = 36525 * DAY
"""The longest duration, in minutes: a century. Longer ones would run off the calendar."""


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
