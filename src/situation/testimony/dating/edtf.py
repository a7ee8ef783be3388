"""How a date is written: the Extended Date/Time Format.

Of the Extended Date/Time Format (ISO 8601-2:2019) levels 0 and 1 are read, and some of level 2: years from -9999 to 9999,
months, days, times, seasons and quarters, `X` for digits that are not known, `S` for how many are, `~` (about), `?` (in
doubt) and `%` (both), and intervals with `/`, of which an end may be open. Not read here: sets (`testimony.times`).

Source: Library of Congress, "Extended Date/Time Format (EDTF) Specification", 4 February 2019.
"""

from __future__ import annotations

import re
from typing import Final, Literal

from attrs import frozen

from situation.errors import Fault
from situation.testimony.dating.written import date_as_written

__all__ = ["Date", "End", "read_date"]

Precision = Literal["minute", "day", "month", "year", "decade", "century"]
_END = re.compile(
    r"(?P<of_year>[?~%]?)(?P<year>-?[0-9]{4}(?:S[1-4])?|-?[0-9]{3}X|-?[0-9]{2}XX)(?P<year_on>[?~%]?)"
    r"(?:-(?P<of_month>[?~%]?)(?P<month>[0-9]{2}|XX)(?P<month_on>[?~%]?)"
    r"(?:-(?P<of_day>[?~%]?)(?P<day>[0-9]{2}|XX)(?P<day_on>[?~%]?)"
    r"(?:T(?P<hour>[0-9]{2}):(?P<minute>[0-9]{2})(?::[0-5][0-9])?(?P<zone>Z|[+-](?:0[0-9]|1[0-4]):[0-5][0-9])?"
    r"(?P<minute_on>[?~%]?))?)?)?",
    re.ASCII,
)
_PARTS: Final[tuple[tuple[Precision, tuple[str, ...]], ...]] = (
    ("year", ("of_year", "year_on")),
    ("month", ("of_month", "month_on")),
    ("day", ("of_day", "day_on")),
    ("minute", ("minute_on",)),
)
_STRETCHES: Final = {
    **{code: (first, 3) for code, first in ((21, 3), (22, 6), (23, 9), (24, 12))},
    **{code: (first, 3) for code, first in ((25, 3), (26, 6), (27, 9), (28, 12))},
    **{code: (first, 3) for code, first in ((29, 9), (30, 12), (31, 3), (32, 6))},
    **{code: (first, 3) for code, first in ((33, 1), (34, 4), (35, 7), (36, 10))},
    **{code: (first, 4) for code, first in ((37, 1), (38, 5), (39, 9))},
    **{code: (first, 6) for code, first in ((40, 1), (41, 7))},
}
"""Seasons (as if of the north), of the north, of the south, quarters, thirds, halves of a year: first month, how many months."""


@frozen
class End:
    """A date without a slash: what it names, how closely, and how it is marked.

    Args:
        year: the first of the years that it names, as astronomers count: 0 is 1 BCE.
        month, day: None where it names all of them.
        minute: of the day; None: all of it.
        zone: minutes ahead of UTC; None: local time.
        years, months: how many it spans, from that year or month on.
        precision: its finest part that is known.
        about: the coarsest part marked as approximate (`~` or `%`); None: none is.
        doubtful: whether some part is marked as uncertain (`?` or `%`).
        season: whether it names a season and not its hemisphere: `month` is then that of the north.
    """

    year: int
    month: int | None
    day: int | None
    minute: int | None
    zone: int | None
    years: int
    months: int
    precision: Precision
    about: Precision | None
    doubtful: bool
    season: bool = False


@frozen
class Date:
    """A date as written: its first and its last end, None where that is open. Both are the same where no slash parts them."""

    text: str
    first: End | None
    last: End | None

    @property
    def plain(self) -> bool:
        """Whether it names its time outright: no open end, nothing approximate, nothing in doubt."""
        ends = (self.first, self.last)
        return all(end is not None and end.about is None and not end.doubtful for end in ends)

    @property
    def doubtful(self) -> bool:
        """Whether some part of it is in doubt."""
        return any(end is not None and end.doubtful for end in (self.first, self.last))


def read_date(text: str) -> Date:
    """A date as EDTF has it.

    Raises:
        Fault: the text is none, or of a kind that is not read here.
    """
    first, slash, last = text.partition("/")
    if not slash or "/" in last:
        end = _end(text, text)
        return Date(text, end, end)
    ends = [None if part in ("", "..") else _end(part, text) for part in (first, last)]
    if ends == [None, None]:
        raise Fault(f"'{text}' is no date: both its ends are open.", "Give one of them, or leave the key out.")
    return Date(text, *ends)


def _end(part: str, text: str) -> End:
    match = _END.fullmatch(part)
    if match is None:
        raise Fault(f"'{text}' is no date.", date_as_written(text) or date_as_written(part) or _advice(part))
    digits, _, significant = match["year"].partition("S")
    if significant:
        digits = re.sub(rf"[0-9]{{{4 - int(significant)}}}$", "X" * (4 - int(significant)), digits)
    unknown = digits.count("X")
    years = 10**unknown
    year = int(digits.replace("X", "0"))
    if digits.startswith("-"):
        year -= years - 1
    month = _two(match["month"])
    day = _two(match["day"])
    if match["hour"] and None in (month, day):
        raise Fault(f"'{text}' is no date: an hour of no day.", "Give month and day, or leave the hour out.")
    minute = None
    if match["hour"]:
        hours, minutes = int(match["hour"]), int(match["minute"])
        if hours > 23 or minutes > 59:
            unit, value, run = ("hour", hours, "from 00 to 23") if hours > 23 else ("minute", minutes, "from 00 to 59")
            raise Fault(f"'{text}' is no date: there is no {unit} {value}.", f"{unit.title()}s run {run}.")
        minute = 60 * hours + minutes
    months = 1
    if month is not None and month not in range(1, 13):
        month, months = _stretch(month, day, text)
    about = next((part for part, marks in _PARTS if any((match[mark] or "") in ("~", "%") for mark in marks)), None)
    doubtful = any((match[mark] or "") in ("?", "%") for _, marks in _PARTS for mark in marks)
    precision: Precision = "year" if years == 1 else "decade" if years == 10 else "century"
    season = _two(match["month"]) in range(21, 25)
    if month is not None and not unknown:
        precision = "minute" if minute is not None else "day" if day is not None else "month"
    if unknown and (month is not None or day is not None):
        raise Fault(f"'{text}' is no date: a month of no year.", "Give the year, or leave the month out.")
    day, zone = None if month is None else day, _zone(match["zone"])
    return End(year, month, day, minute, zone, years, months, precision, about, doubtful, season)


def _two(digits: str | None) -> int | None:
    return None if digits in (None, "XX") else int(digits)


def _stretch(code: int, day: int | None, text: str) -> tuple[int, int]:
    """First month and number of months of a season, a quarter, a third or a half of a year."""
    if code not in _STRETCHES or day is not None:
        raise Fault(f"'{text}' is no date: there is no month {code}.", "Months run from 01 to 12.")
    return _STRETCHES[code]


def _zone(zone: str | None) -> int | None:
    if zone is None or zone == "Z":
        return None if zone is None else 0
    minutes = int(zone[1:3]) * 60 + int(zone[4:6])
    return -minutes if zone[0] == "-" else minutes


def _advice(part: str) -> str:
    if part[:1] in ("[", "{"):
        return "A set of dates stands in claims alone: write an interval, such as 1667/1672."
    if re.fullmatch(r"[0-9]{4}-?W[0-9]{1,2}(-?[1-7])?", part):
        return (
            "Of a week, write its first day and its last: {earliest: 2000-01-03, latest: 2000-01-09, precision: week}."
        )
    if match := re.fullmatch(r"Y(-?[0-9]{4})", part):
        return f"A year of four digits stands without Y: write {match[1]}."
    if re.fullmatch(r"Y-?[0-9]+(?:E[0-9]+)?(?:S[0-9]+)?|-?[0-9]{5,}", part):
        return "Years run from -9999 to 9999: of one beyond, leave that end of the interval open, as in '../1900'."
    return "Write YYYY, YYYY-MM, YYYY-MM-DD or YYYY-MM-DDTHH:MM, with Z for UTC."
