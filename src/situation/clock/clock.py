"""The theatre's clock: from dates to minutes and back, in its zone and its calendar."""

from __future__ import annotations

from attrs import field, frozen

from situation.clock.calendars import Calendar, date_of, day_number, month_length
from situation.clock.edtf import End, read_date
from situation.clock.spans import DAY, HOUR, Interval, Minute
from situation.clock.zones import FixedZone, Zone, first_instant
from situation.errors import Fault

__all__ = ["Clock"]

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
            raise Fault(f"'{text}' is no plain date.", "Here it needs both its ends, and neither '~' nor '?'.")
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
        return local - self.zone.minutes if isinstance(self.zone, FixedZone) else first_instant(self.zone, local)

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
        if end.day is not None and end.month is not None:
            if not 1 <= end.day <= month_length(self.calendar, end.year, end.month):
                calendar = "a calendar" if self.calendar == "gregorian" else f"the {self.calendar} calendar"
                raise Fault(f"'{text}' is no date: day is out of range for month.", f"Check it against {calendar}.")
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
