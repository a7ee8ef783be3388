"""Minutes of an answer as people read them: as they stand in JSON, but for years before the common era."""

from __future__ import annotations

import re
from typing import Final

__all__ = ["date_in_words", "time_in_words"]

_BEFORE: Final = re.compile(r"(-\d{4,}|0000)-(\d\d)(?:-(\d\d)(?:T(\d\d:\d\d).*)?)?")
"""A month, a day or a minute of the year 0, which is 1 BCE, or of an earlier one."""
_MONTHS: Final = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_COMMON: Final = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})(?:[T ]([0-9]{2}:[0-9]{2}).*)?")
_OF_DAY: Final = 10
"""Letters of a date without its time of day."""


def time_in_words(text: str, letters: int | None = None) -> str:
    """A minute, a day or a month: `2017-11-03 14:00`, `31 Mar 422 BCE 14:00`, `Mar 422 BCE`.

    Args:
        text: as in JSON, `2017-11-03T14:00+03:00`, `-0421-03-31T14:00+00:00`, `-0421-03`.
        letters: of a year of the common era so many letters are shown, the T as a space; all of them where left out.
    """
    match = _BEFORE.fullmatch(text)
    if match is None:
        return text if letters is None else text[:letters].replace("T", " ")
    year, month, day, hour = match.groups()
    words = f"{_MONTHS[int(month) - 1]} {1 - int(year)} BCE"
    words = f"{int(day)} {words}" if day else words
    return f"{words} {hour}" if hour and (letters is None or letters > _OF_DAY) else words


def date_in_words(text: str) -> str:
    """A day or a minute of an answer as a person writes it: `3 Nov 2017`, `3 Nov 2017 14:00`."""
    match = _COMMON.fullmatch(text)
    if match is None or match[1] == "0000" or not 1 <= int(match[2]) <= len(_MONTHS):
        return time_in_words(text)
    year, month, day, hour = match.groups()
    words = f"{int(day)} {_MONTHS[int(month) - 1]} {int(year)}"
    return f"{words} {hour}" if hour else words
