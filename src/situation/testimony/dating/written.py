"""Dates as people write them, in figures or in words of their languages, and what to write for them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from situation.testimony.dating.months import BESIDE, BETWEEN, MONTHS, SHORT_MONTHS, WEEKDAYS, date_key

__all__ = ["date_as_written"]

_BEFORE_CHRIST: Final = re.compile(r"\b(?:bce|bc|b\.c\.(?:e\.)?)$")
_IN_FIGURES: Final = re.compile(
    r"(\d{1,4})([./-]) ?(\d{1,2})\2 ?(\d{1,4})(?:[t ]+(\d{1,2}:\d{2})(?::\d{2})?\s*([ap]m)?|\.?(?: ?[^\W\d_]{1,6}\.?)?)"
)
_COMPACT: Final = re.compile(r"([12]\d{3})(\d{2})(\d{2})")
_OF_CHINA_JAPAN_KOREA: Final = re.compile(
    r"(\d{4}) ?[年년] ?(\d{1,2}) ?[月월](?: ?(\d{1,2}) ?[日号일])?(?: ?\(.{1,3}\))?"
)
_ROMAN: Final = re.compile(r"(\d{1,2})[. ]+(x?i{1,3}|x|i?[vx]|vi{1,3})[. ]+(\d{4})\W*(?:r|г|g)?\W*")
_ROMANS: Final = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii")
_TIME: Final = re.compile(r"\b(\d{1,2}:\d{2})(?::\d{2})?\s*([ap]m\b)?")
_WORD: Final = re.compile(r"[^\W\d_]+")
_OF_TWO_WORDS: Final = tuple(name for name in MONTHS if " " in name)


def date_as_written(text: str) -> str:
    """What to write for a date as people write it, `3 November 2017` or `11/3/2017`; empty where it is read as none.

    Where it can be one of two days, both are named.
    """
    plain = date_key(text)
    for name in _OF_TWO_WORDS:
        plain = re.sub(rf"\b{name}\b", name.replace(" ", "_"), plain)
    plain = " ".join(_WORD.sub(_less_weekdays, plain).split())
    if numbers := _IN_FIGURES.fullmatch(plain):
        return _of_figures(*numbers.groups())
    if numbers := _COMPACT.fullmatch(plain):
        return _write(_day(*map(int, numbers.groups())))
    if numbers := _OF_CHINA_JAPAN_KOREA.fullmatch(plain):
        year, month = int(numbers[1]), int(numbers[2])
        whole = f"{_year(year)}-{month:02d}" if 1 <= month <= 12 else ""
        return _write(_day(year, month, int(numbers[3])) if numbers[3] else whole)
    if numbers := _ROMAN.fullmatch(plain):
        return _write(_day(int(numbers[3]), _ROMANS.index(numbers[2]) + 1, int(numbers[1])))
    return _of_words(plain)


def _less_weekdays(word: re.Match[str]) -> str:
    """A word, or nothing where it is a weekday and cannot be a month."""
    months = word[0] in MONTHS or word[0] in SHORT_MONTHS
    return "" if word[0] in WEEKDAYS and not months else word[0]


def _of_figures(first: str, sign: str, second: str, third: str, hour: str | None, half: str | None) -> str:
    """A date in figures: year, month and day, or the year last."""
    time = _time(hour, half)
    if len(first) == 4:
        return _write(*(f"{day}{time}" for day in [_day(int(first), int(second), int(third))] if day))
    if len(third) != 4:
        return "Give the year in four digits, and write YYYY-MM-DD."
    days = (_day(int(third), int(second), int(first)), _day(int(third), int(first), int(second)))
    return _write(*(f"{day}{time}" for day in dict.fromkeys(days) if day))


def _time(hour: str | None, half: str | None) -> str:
    """A time of day as it is to be written after its day; empty where none is given."""
    if hour is None:
        return ""
    hours, _, minutes = hour.partition(":")
    of_day = int(hours) % 12 + 12 * (half == "pm") if half else int(hours)
    return f"T{of_day:02d}:{int(minutes):02d}"


def _of_words(plain: str) -> str:
    """A date with its month in words."""
    time = _TIME.search(plain)
    if time:
        plain = f"{plain[: time.start()]} {plain[time.end() :]}"
    before_christ = _BEFORE_CHRIST.search(plain.strip())
    words = re.findall(r"[^\W\d]+|\d+", _BEFORE_CHRIST.sub("", plain.strip()))
    numbers = [int(word) for word in words if word.isdecimal()]
    years = [number for number in numbers if number > 31 or (before_christ and number == numbers[-1])]
    days = [number for number in numbers if 1 <= number <= 31 and number not in years]
    months, other = _months([word for word in words if not word.isdecimal()], dated=bool(years))
    if before_christ and years and not months and numbers == years[-1:] and not other:
        return _write(_year(1 - years[0]))
    if not months or len(days) + len(years) != len(numbers) or len(set(years)) > 1:
        return ""
    one = set.intersection(*map(set, months))
    year = None if not years else 1 - years[0] if before_christ else years[0]
    if not all(word in BESIDE or (word in BETWEEN and len(days) == 2) for word in other):
        whole = f"{year:04d}-{min(one):02d}" if year and len(one) == 1 and not before_christ else "YYYY-MM"
        return f"Write {whole}, or 'earliest' and 'latest' with a day each."
    if year is None:
        return _without_year(days, sorted(one))
    if not one:
        return _from_month_to_month(year, [month for month, *_ in months], days)
    if len(days) == 2 and not time:
        ends = [_day(year, min(one), day) for day in sorted(days)]
        return f"Write {ends[0]}/{ends[1]}." if all(ends) and len(one) == 1 else ""
    if len(days) > 1 or (time and not days):
        return ""
    hour = _time(time[1], time[2]) if time else ""
    each = [_day(year, month, days[0]) if days else f"{_year(year)}-{month:02d}" for month in sorted(one)]
    return _write(*(f"{day}{hour}" for day in each if day))


def _months(words: Sequence[str], *, dated: bool) -> tuple[list[tuple[int, ...]], list[str]]:
    """The months that words name, each as the numbers that it can have, and the words that name none.

    Args:
        dated: a year stands beside them, so that abbreviations are read, too.
    """
    table = SHORT_MONTHS | MONTHS if dated else MONTHS
    months = {word: table[word.replace("_", " ")] for word in words if word.replace("_", " ") in table}
    if len(months) > 1:
        months = {word: numbers for word, numbers in months.items() if word not in WEEKDAYS} or months
    return list(months.values()), [word for word in words if word not in months and word not in WEEKDAYS]


def _without_year(days: Sequence[int], months: Sequence[int]) -> str:
    if len(days) == 2 or not months:
        return "Give the year in four digits, and write YYYY-MM-DD."
    month = f"{months[0]:02d}" if len(months) == 1 else "MM"
    return f"Give its year, and write YYYY-{month}{f'-{days[0]:02d}' if len(days) == 1 else ''}."


def _from_month_to_month(year: int, months: Sequence[int], days: Sequence[int]) -> str:
    """From a day of one month to a day of a later one."""
    if len(months) != 2 or len(days) != 2 or months[0] > months[1]:
        return ""
    ends = [_day(year, month, day) for month, day in zip(months, days, strict=True)]
    return f"Write {ends[0]}/{ends[1]}." if all(ends) else ""


def _day(year: int, month: int, day: int) -> str:
    """A day as it is to be written; empty where no calendar has it."""
    longest = 29 if month == 2 else 30 if month in (4, 6, 9, 11) else 31
    return f"{_year(year)}-{month:02d}-{day:02d}" if 1 <= month <= 12 and 1 <= day <= longest else ""


def _year(year: int) -> str:
    """A year as it is to be written, four digits and before year 0 a sign."""
    return f"-{-year:04d}" if year < 0 else f"{year:04d}"


def _write(*days: str) -> str:
    if not any(days):
        return ""
    if len(days) == 1:
        return f"Write {days[0]}."
    return f"It may be either of two days: write {' or '.join(days)}."
