"""Calendars: days counted from 1970-01-01, and their dates, for any year. Year 0 is 1 BCE, as in ISO 8601.

Source: E. G. Richards, "Calendars", in the Explanatory Supplement to the Astronomical Almanac (3rd ed., 2013), 15.11.
"""

from __future__ import annotations

from typing import Final, Literal, get_args

__all__ = ["CALENDARS", "Calendar", "date_of", "day_number", "month_length"]

Calendar = Literal["gregorian", "julian"]
CALENDARS: Final[tuple[Calendar, ...]] = get_args(Calendar)
_CYCLE: Final = {"gregorian": (400, 146097), "julian": (4, 1461)}
"""After how many years a calendar repeats, and how many days these have."""
_EPOCH: Final = {"gregorian": 719468, "julian": 719470}
"""Days from 1 March of year 0, in the calendar itself, to 1970-01-01."""
_MONTHS: Final = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


def month_length(calendar: Calendar, year: int, month: int) -> int:
    """How many days a month has; `month` from 1 to 12."""
    leap = year % 4 == 0 and (calendar == "julian" or year % 100 != 0 or year % 400 == 0)
    return 29 if month == 2 and leap else _MONTHS[month - 1]


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
