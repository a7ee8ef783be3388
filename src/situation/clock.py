"""Time: whole minutes, intervals of them, and how dates are read and written.

A `Minute` is the number of minutes since 1970-01-01T00:00Z. Whole minutes are exact; floating seconds are not. An
interval is closed: an event that happened on a day happened from that day's first minute to its last, in the theatre's
local time.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from typing import NewType

from attrs import field, frozen

from situation.errors import Fault

__all__ = ["DAY", "HOUR", "Clock", "Duration", "Interval", "Minute", "duration"]

Minute = int
Duration = NewType("Duration", int)
"""Minutes; written as a number and a unit, `2 h`."""
HOUR: int = 60
DAY: int = 24 * HOUR

_WRITE = "Write YYYY, YYYY-MM, YYYY-MM-DD or YYYY-MM-DDTHH:MM, with Z for UTC."
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_DURATION = re.compile(r"([0-9]{1,12}) (min|h|d)")
_LONGEST = 36525 * DAY
"""The longest duration, in minutes: a century. Longer ones would run off the calendar."""
_MOMENT = re.compile(
    r"(?P<year>[0-9]{4})(?:-(?P<month>[0-9]{2})(?:-(?P<day>[0-9]{2})(?:T(?P<hour>[0-9]{2}):(?P<minute>[0-9]{2})"
    r"(?P<zone>Z|[+-](?:0[0-9]|1[0-4]):[0-5][0-9])?)?)?)?"
)


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


@frozen
class Clock:
    """Reads and writes time in a theatre's local time.

    Args:
        utc_offset: minutes that local time is ahead of UTC.
    """

    utc_offset: int = 0

    def interval(self, text: str) -> Interval:
        """The span that a date names: a year, a month, a day (local time), or a minute.

        Raises:
            Fault: the text names no date, such as 31 November.
        """
        match = _MOMENT.fullmatch(text)
        if match is None:
            raise Fault(f"'{text}' is no date.", _WRITE)
        year, month, day, hour, minute = (int(match[part] or 0) for part in ("year", "month", "day", "hour", "minute"))
        if not 1000 <= year <= 9000:
            raise Fault(f"'{text}' is no date: the year is out of range.", "Years run from 1000 to 9000.")
        try:
            first = datetime(year, month or 1, day or 1, hour, minute, tzinfo=UTC)
        except ValueError as error:
            raise Fault(f"'{text}' is no date: {error}.", "Check it against a calendar.") from None
        if match["hour"]:
            at = self._minutes(first) - self._offset(match["zone"])
            return Interval(at, at)
        if day:
            after = first + timedelta(days=1)
        elif month:
            after = (first + timedelta(days=31)).replace(day=1)
        else:
            after = first.replace(year=year + 1)
        return Interval(self._minutes(first) - self.utc_offset, self._minutes(after) - self.utc_offset - 1)

    def moment(self, text: str) -> Minute:
        """The last minute of what a date names: a bare date means that day's end, in local time."""
        return self.interval(text).latest

    def text(self, minute: Minute) -> str:
        """A minute in local time with its offset, `2017-11-03T14:00+03:00`."""
        sign, ahead = ("-", -self.utc_offset) if self.utc_offset < 0 else ("+", self.utc_offset)
        return f"{self._local(minute):%Y-%m-%dT%H:%M}{sign}{ahead // 60:02d}:{ahead % 60:02d}"

    def day(self, minute: Minute) -> str:
        """The local calendar day, `2017-11-03`."""
        return f"{self._local(minute):%Y-%m-%d}"

    def month(self, minute: Minute) -> str:
        """The local month, `Nov 2017`."""
        return f"{self._local(minute):%b %Y}"

    def hour(self, minute: Minute) -> str:
        """The local time of day, `14:00`."""
        return f"{self._local(minute):%H:%M}"

    def spoken(self, span: Interval) -> str:
        """An interval as a person writes it, no more exact than it is: `29 Oct to 2 Nov 2017`, `Oct 2017`."""
        first, last = self._local(span.earliest), self._local(span.latest)
        if span.earliest == span.latest:
            return f"{first.day} {first:%b %Y %H:%M}"
        if first.date() == last.date():
            return f"{first.day} {first:%b %Y}"
        whole_month = first.day == 1 and (last + timedelta(days=1)).day == 1
        if whole_month and (first.year, first.month) == (last.year, last.month):
            return f"{first:%b %Y}"
        if (first.month, first.day, last.month, last.day) == (1, 1, 12, 31):
            return f"{first.year}" if first.year == last.year else f"{first.year} to {last.year}"
        if first.year != last.year:
            return f"{first.day} {first:%b %Y} to {last.day} {last:%b %Y}"
        if first.month == last.month:
            return f"{first.day} to {last.day} {last:%b %Y}"
        return f"{first.day} {first:%b} to {last.day} {last:%b %Y}"

    def _local(self, minute: Minute) -> datetime:
        return _EPOCH + timedelta(minutes=minute + self.utc_offset)

    def _offset(self, zone: str | None) -> int:
        if zone is None:
            return self.utc_offset
        if zone == "Z":
            return 0
        minutes = int(zone[1:3]) * 60 + int(zone[4:6])
        return -minutes if zone[0] == "-" else minutes

    @staticmethod
    def _minutes(moment: datetime) -> Minute:
        return int((moment - _EPOCH).total_seconds()) // 60
