"""The theatre's clock: from dates to minutes and back, in its calendar and its zone, fixed or by the rules of a place.

The rules are those of the package `tzdata` (the IANA time zone database), never of the machine: the same record gives
the same minutes everywhere.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from functools import lru_cache
from importlib.resources import files
from typing import Protocol
from zoneinfo import ZoneInfo

from attrs import field, frozen

from situation.dates import (
    DAY,
    HOUR,
    Calendar,
    Interval,
    Minute,
    date_of,
    day_number,
    month_length,
)
from situation.errors import Fault, near_miss
from situation.testimony.dating.edtf import End, read_date

__all__ = ["Clock", "FixedZone", "NamedZone", "Zone", "named_zone"]

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_FIRST, _LAST = -62_135_596_800 // 60 + 24 * HOUR, 253_402_300_740 // 60 - 24 * HOUR
"""The minutes between which Python knows dates, less a day at each end; before and after, a zone stands still."""
_REACH = 26 * HOUR
"""More than any zone is away from UTC, and than any clock was ever put forward or back."""


_FIRST_RULES, _LAST_RULES = -170 * 366 * 24 * HOUR, 80 * 366 * 24 * HOUR
"""The minutes between which changes of local time are listed: from before the first of them to about 2050."""


class Zone(Protocol):
    """Local time, against UTC."""

    @property
    def name(self) -> str:
        """What it is called; empty where it is a mere offset."""

    def ahead(self, minute: Minute) -> int:
        """Minutes by which local time is ahead of UTC at a minute."""

    def shown(self, local: int) -> tuple[Minute, ...]:
        """The minutes at which clocks showed a time: none where they skipped it, two where they were put back.

        Args:
            local: minutes from 1970-01-01T00:00 as local clocks show them.
        """

    def changes(self) -> tuple[tuple[Minute, int], ...]:
        """From when on local time was how many minutes ahead of UTC, from the first change on."""


@frozen
class FixedZone:
    """Local time that is always as far ahead of UTC, in minutes."""

    minutes: int = 0
    name: str = ""

    def ahead(self, minute: Minute) -> int:
        """Minutes ahead of UTC: always the same."""
        return self.minutes

    def shown(self, local: int) -> tuple[Minute, ...]:
        """The one minute at which clocks showed a time."""
        return (local - self.minutes,)

    def changes(self) -> tuple[tuple[Minute, int], ...]:
        """None."""
        return ()


@frozen
class NamedZone:
    """Local time by the rules of a place. Offsets of local mean time are rounded to whole minutes."""

    name: str

    def ahead(self, minute: Minute) -> int:
        """Minutes ahead of UTC at a minute."""
        at = _EPOCH + timedelta(minutes=min(max(minute, _FIRST), _LAST))
        offset = at.astimezone(_rules(self.name)).utcoffset() or timedelta()
        return round(offset.total_seconds() / 60)

    def shown(self, local: int) -> tuple[Minute, ...]:
        """The minutes at which clocks showed a time."""
        guesses = {local - self.ahead(local + shift) for shift in (-_REACH, -HOUR, 0, HOUR, _REACH)}
        return tuple(sorted(minute for minute in guesses if minute + self.ahead(minute) == local))

    def changes(self) -> tuple[tuple[Minute, int], ...]:
        """The changes from before the first to about 2050."""
        return _changes(self)


def named_zone(name: str) -> NamedZone:
    """The zone of a name.

    Raises:
        Fault: there is none; with the near miss.
    """
    if name not in _names():
        hint = near_miss(name, _names()) or "Write a name of the IANA database, such as Europe/Kyiv."
        raise Fault(f"There is no time zone '{name}'.", hint)
    return NamedZone(name)


@lru_cache(maxsize=1)
def _names() -> frozenset[str]:
    return frozenset(files("tzdata").joinpath("zones").read_text("utf-8").split())


@lru_cache(maxsize=32)
def _rules(name: str) -> ZoneInfo:
    with files("tzdata").joinpath("zoneinfo", *name.split("/")).open("rb") as file:
        return ZoneInfo.from_file(file, key=name)


def _first_instant(zone: Zone, local: int) -> Minute:
    """The first minute at which local clocks showed a time or, where they skipped it, a later one."""
    exact = zone.shown(local)
    if exact:
        return exact[0]
    low, high = local - _REACH, local + _REACH
    while low < high:
        middle = (low + high) // 2
        low, high = (low, middle) if middle + zone.ahead(middle) >= local else (middle + 1, high)
    return low


@lru_cache(maxsize=32)
def _changes(zone: NamedZone) -> tuple[tuple[Minute, int], ...]:
    rows = []
    for day in range(_FIRST_RULES, _LAST_RULES, 24 * HOUR):
        before, after = zone.ahead(day), zone.ahead(day + 24 * HOUR)
        if before != after:
            low, high = day, day + 24 * HOUR
            while high - low > 1:
                middle = (low + high) // 2
                low, high = (middle, high) if zone.ahead(middle) == before else (low, middle)
            rows.append((high, after))
    return tuple(rows)


_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def _zone(zone: Zone | int) -> Zone:
    return FixedZone(zone) if isinstance(zone, int) else zone


@frozen
class Clock:
    """Reads and writes time in a theatre's local time.

    Args:
        zone: its zone; or the minutes that local time is always ahead of UTC.
        calendar: in which its dates are written.
    """

    zone: Zone = field(default=FixedZone(), converter=_zone)
    calendar: Calendar = "gregorian"

    def interval(self, text: str) -> Interval:
        """The span that a date names: a year, a month, a day (local time), a minute, or from one to another.

        Raises:
            Fault: the text names no date, such as 31 November; or none outright: it has an open end, `~` or `?`.
        """
        date = read_date(text)
        if not date.plain or date.first is None or date.last is None:
            advice = "Here it needs both its ends, and neither '~' nor '?'."
            raise Fault(f"'{text}' is no plain date.", advice)
        return self.between(date.first, date.last, text)

    def between(self, first: End, last: End, text: str) -> Interval:
        """From the first minute of one end to the last of another.

        Raises:
            Fault: the calendar does not have one of them, or the clock skipped it; or the last is before the first.
        """
        begin = self._span(first, text)
        end = begin if last is first else self._span(last, text)
        if end.latest < begin.earliest:
            raise Fault(f"'{text}' ends before it begins.", "Swap its ends.")
        return Interval(begin.earliest, end.latest)

    def moment(self, text: str) -> Minute:
        """The last minute of what a date names: a bare date means that day's end, in local time."""
        return self.interval(text).latest

    def local(self, minute: Minute) -> int:
        """What local clocks show at a minute, in minutes from 1970-01-01T00:00."""
        return minute + self.zone.ahead(minute)

    def instant(self, local: int) -> Minute:
        """The first minute at which local clocks show a time or, where they skip it, a later one."""
        return local - self.zone.minutes if isinstance(self.zone, FixedZone) else _first_instant(self.zone, local)

    def date(self, minute: Minute) -> tuple[int, int, int]:
        """Year (0 is 1 BCE), month and day, local time."""
        return date_of(self.calendar, self.local(minute) // DAY)

    def text(self, minute: Minute) -> str:
        """A minute in local time with its offset, `2017-11-03T14:00+03:00`."""
        ahead = self.zone.ahead(minute)
        sign, away = ("-", -ahead) if ahead < 0 else ("+", ahead)
        return f"{self.day(minute)}T{self.hour(minute)}{sign}{away // HOUR:02d}:{away % HOUR:02d}"

    def day(self, minute: Minute) -> str:
        """The local calendar day, `2017-11-03`; `-0043-03-15` is 15 March 44 BCE."""
        year, month, day = self.date(minute)
        return f"{'-' if year < 0 else ''}{abs(year):04d}-{month:02d}-{day:02d}"

    def month(self, minute: Minute) -> str:
        """The local month, `Nov 2017`."""
        year, month, _ = self.date(minute)
        return f"{_MONTHS[month - 1]} {_year(year)}"

    def hour(self, minute: Minute) -> str:
        """The local time of day, `14:00`."""
        of_day = self.local(minute) % DAY
        return f"{of_day // HOUR:02d}:{of_day % HOUR:02d}"

    def spoken_day(self, minute: Minute) -> str:
        """A local day as a person writes it, `3 Nov 2017`."""
        return _spoken_day(self.date(minute))

    def spoken(self, span: Interval) -> str:
        """An interval as a person writes it, no more exact than it is: `29 Oct to 2 Nov 2017`, `Oct 2017`, `44 BCE`."""
        first, last = self.date(span.earliest), self.date(span.latest)
        if span.earliest == span.latest:
            return f"{_spoken_day(first)} {self.hour(span.earliest)}"
        if first == last:
            return _spoken_day(first)
        whole = first[2] == 1 and last[2] == month_length(self.calendar, last[0], last[1])
        if whole and first[:2] == last[:2]:
            return f"{_MONTHS[first[1] - 1]} {_year(first[0])}"
        if (*first[1:], *last[1:]) == (1, 1, 12, 31):
            return _year(first[0]) if first[0] == last[0] else f"{_year(first[0])} to {_year(last[0])}"
        if first[0] != last[0]:
            return f"{_spoken_day(first)} to {_spoken_day(last)}"
        if first[1] == last[1]:
            return f"{first[2]} to {_spoken_day(last)}"
        return f"{first[2]} {_MONTHS[first[1] - 1]} to {_spoken_day(last)}"

    def _span(self, end: End, text: str) -> Interval:
        """The minutes that a date without a slash names."""
        if end.season:
            advice = "Spring to winter are 25 to 28 in the northern hemisphere, and 29 to 32 in the southern."
            raise Fault(f"'{text}' does not say in which hemisphere its season lies.", advice)
        if end.day is not None and end.month is not None:
            if not 1 <= end.day <= (days := month_length(self.calendar, end.year, end.month)):
                calendar = "" if self.calendar == "gregorian" else f" in the {self.calendar.title()} calendar"
                fact = f"{_MONTHS[end.month - 1]} {_year(end.year)} has {days} days{calendar}"
                raise Fault(f"'{text}' is no date: {fact}.", "Write a day that it has.")
            first = day_number(self.calendar, end.year, end.month, end.day)
            if end.minute is not None:
                return self._minute(DAY * first + end.minute, end.zone, text)
            after = first + 1
        else:
            months = 12 * end.years if end.month is None else end.months
            years, month = divmod((end.month or 1) - 1 + months, 12)
            first = day_number(self.calendar, end.year, end.month or 1, 1)
            after = day_number(self.calendar, end.year + years, month + 1, 1)
        earliest, latest = self.instant(DAY * first), self.instant(DAY * after) - 1
        if latest < earliest:
            raise Fault(f"Local clocks skipped {text} in {self.zone.name}.", "Check it, or give hour and offset.")
        return Interval(earliest, latest)

    def _minute(self, local: int, zone: int | None, text: str) -> Interval:
        """One minute; where clocks were put back over it, from the first time that they showed it to the last."""
        if zone is not None:
            return Interval(local - zone, local - zone)
        shown = self.zone.shown(local)
        if not shown:
            after = self.instant(local)
            fact = f"Local clocks skipped {text} in {self.zone.name}: they went from {self.hour(after - 1)} to"
            raise Fault(f"{fact} {self.hour(after)}.", "Write a time that they showed, or give its offset from UTC.")
        return Interval(shown[0], shown[-1])


def _year(year: int) -> str:
    """`2017`, `476 CE`, `44 BCE`."""
    return f"{1 - year} BCE" if year < 1 else f"{year} CE" if year < 1000 else str(year)


def _spoken_day(date: tuple[int, int, int]) -> str:
    year, month, day = date
    return f"{day} {_MONTHS[month - 1]} {_year(year)}"
