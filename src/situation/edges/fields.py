"""What stands in single fields of event files: whole numbers, days, degrees. Each fault says which column it is of."""

from __future__ import annotations

import re
from datetime import date

from situation.errors import Fault
from situation.testimony.spelling import spelling_key
from situation.testimony.strictness import says_something

__all__ = ["day", "degrees", "named_kind", "split_list", "whole_number", "words_of"]

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_FIRST_YEAR, _MONTHS_OF_YEAR = 100, 12
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ][0-9:.]*)?(?:Z|[+-]\d\d:?\d\d)?", re.ASCII)
_SLASHED = re.compile(r"(\d{1,2})[/.](\d{1,2})[/.](\d{4})", re.ASCII)
_ROUGH = re.compile(r"[0-9] *[-\u2013\u2014] *[0-9]|[0-9] *\+|[~<>\u2248] *[0-9]|^[a-z]+\.? *[0-9]")
"""A number that is none, but bounds: `10-20`, `20+`, `ca. 20`."""
_SPELT = re.compile(r"(\d{1,2})[ -]([A-Za-z]{3,9})[ -](\d{4})", re.ASCII)


def words_of(text: str) -> str:
    """The words of a field in one line; none where it holds only a dash, dots or the like, by which files say: empty."""
    return " ".join(line.strip() for line in text.splitlines()).strip() if says_something(text) else ""


def whole_number(column: str, text: str) -> int | None:
    """A whole number, or None where the field is empty; `12.0` is 12.

    Raises:
        Fault: it is something else.
    """
    if not text:
        return None
    if re.fullmatch(r"-?[0-9]{13,}(\.0+)?", text):
        raise Fault(f"{column} is '{_short(text)}', more than anybody can have counted.", "Check it.")
    if re.fullmatch(r"[1-9][0-9]{0,2}([,.' \u00a0\u202f\u2019])[0-9]{3}(\1[0-9]{3})*", text):
        fact = f"{column} is '{_short(text)}', which is not the same number everywhere."
        raise Fault(fact, f"Write digits alone: {re.sub('[^0-9]', '', text)}, if that is what it means.")
    if re.fullmatch(r"-?[0-9]{1,12}(\.0+)?", text) is None:
        rough = _ROUGH.search(text.lower()) is not None
        advice = "Write digits alone: bounds stand in columns of their own." if rough else "Write digits alone."
        raise Fault(f"{column} is '{_short(text)}', no whole number.", advice)
    return int(text.partition(".")[0])


def day(column: str, text: str) -> date:
    """A day, written 2016-01-31, 31/01/2016 (the day first), or 31 January 2016; a year of two digits is none.

    Raises:
        Fault: it is none.
    """
    advice = "Write YYYY-MM-DD."
    if not text:
        raise Fault(f"{column} is empty.", advice)
    if match := _ISO.fullmatch(text):
        year, month, number = map(int, match.groups())
    elif match := _SLASHED.fullmatch(text):
        number, month, year = map(int, match.groups())
    elif (match := _SPELT.fullmatch(text)) and match[2][:3].lower() in _MONTHS:
        number, month, year = int(match[1]), _MONTHS.index(match[2][:3].lower()) + 1, int(match[3])
    else:
        raise Fault(f"{column} is '{_short(text)}', no date.", advice)
    if year < _FIRST_YEAR:
        raise Fault(f"{column} is '{_short(text)}', of the year {year}.", "Write all digits of the year.")
    if number <= _MONTHS_OF_YEAR < month and "/" in text:
        fact = f"{column} is '{_short(text)}', and such dates are read with the day first."
        raise Fault(fact, "Where the month is first, write YYYY-MM-DD in the whole file.")
    try:
        return date(year, month, number)
    except ValueError:
        raise Fault(f"{column} is '{_short(text)}', a day that no calendar has.", advice) from None


def degrees(column: str, text: str, most: float) -> float | None:
    """Degrees of latitude or longitude, or None where the field is empty; `10,5` is 10.5, as tables of many countries have it.

    Raises:
        Fault: no number, or beyond `most`.
    """
    if not text:
        return None
    try:
        plain = text.replace(",", ".") if re.fullmatch(r"[+-]?[0-9]{1,3},[0-9]+", text) else text
        number = float(plain if plain.isascii() and "_" not in plain else "")
    except ValueError:
        raise Fault(f"{column} is '{_short(text)}', no number.", "Write degrees, such as 35.336.") from None
    if not -most <= number <= most:
        raise Fault(f"{column} is {text}, off the globe.", f"It runs from -{most:g} to {most:g}.")
    return number


def split_list(text: str) -> tuple[str, ...]:
    """The parts of a field that holds several, between semicolons, each once."""
    return tuple(dict.fromkeys(part for part in (piece.strip() for piece in text.split(";")) if part))


_KINDS_OF_PLACE = ("city", "town", "village", "capital", "quarter")
_WORDS = {"neighbourhood": "quarter", "neighborhood": "quarter", "camp": "quarter"}


def named_kind(name: str, fallback: str = "town") -> tuple[str, str]:
    """A name without the word for its kind at its end, and that kind: `Izra village` is Izra, a village."""
    first, _, last = name.rpartition(" ")
    kind = _WORDS.get(last.lower(), last.lower())
    if first and kind in _KINDS_OF_PLACE and spelling_key(first):
        return first, kind
    return name, fallback


def _short(text: str) -> str:
    return text if len(text) <= 30 else f"{text[:27]}..."
