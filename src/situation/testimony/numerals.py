"""Numbers as newspapers spell them, in figures: `two dozen`, `forty-two`, `at least three hundred`, `30-40`."""

from __future__ import annotations

import re
from collections.abc import Collection
from typing import Final

from situation.testimony.lexicon import word_key

__all__ = ["amount_as_written", "figures_of"]

_SMALL: Final = (
    *("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"),
    *("thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"),
)
_TENS: Final = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_TIMES: Final = {"dozen": 12, "score": 20, "hundred": 100, "thousand": 1000, "million": 1_000_000}
_AT_LEAST: Final = (
    "at least",
    "no fewer than",
    "no less than",
    "not less than",
    "more than",
    "over",
    "above",
    "upwards of",
)
_AT_MOST: Final = ("at most", "no more than", "not more than", "fewer than", "less than", "up to", "under", "below")
_ABOUT: Final = (
    "about",
    "around",
    "some",
    "nearly",
    "almost",
    "roughly",
    "approximately",
    "circa",
    "an estimated",
    "exactly",
)
_BETWEEN: Final = re.compile(r"(?:between |from )?(.+?)(?: to | and | or |\s*[-\u2013\u2014]\s*)(.+)")


_SIGNS: Final = (
    ("~", "about "),
    ("c.", "about "),
    ("ca.", "about "),
    ("approx.", "about "),
    (">=", "at least "),
    ("\u2265", "at least "),
)
_MORE_SIGNS: Final = (("<=", "at most "), ("\u2264", "at most "), (">", "more than "), ("<", "fewer than "))
_UNCOUNTED: Final = {
    "of",
    "the",
    "were",
    "are",
    "been",
    "have",
    "killed",
    "dead",
    "wounded",
    "injured",
    "prisoners",
    "casualties",
}
"""Words after a number that name no unit: the key says what happened to those who are counted."""


def amount_as_written(words: str, unit: str, counts: Collection[str]) -> str:
    """What to write for an amount as people write it, `30 men`, `~30`, `30+`, `dozens of men?`; empty where it is read as none.

    Args:
        words: what stands there.
        unit: what is counted where the words do not say; empty: nobody says.
        counts: the words of number of the lexicon.
    """
    said = word_key(words).strip("'\"")
    doubt = said.endswith("?")
    said = said.rstrip("?!. ")
    for sign, meant in (*_SIGNS, *_MORE_SIGNS):
        if said.startswith(sign):
            said = f"{meant}{said.removeprefix(sign).strip()}"
            break
    said = re.sub(r"^(\S*\d)\s*\+|^(\S*\d) (?:or|and) more\b", lambda match: f"at least {match[1] or match[2]}", said)
    said = re.sub(r"^(?:no one|nobody|none)\b", "no", said)
    said = re.sub(r" or so\b|(?<=\d)ish\b", "", said)
    parts = said.split()
    for length in range(len(parts), 0, -1):
        head, tail = " ".join(parts[:length]), [word.strip("()") for word in parts[length:]]
        numbers = figures_of(head)
        if not numbers and head not in counts:
            continue
        counted = " ".join(word for word in tail if word not in _UNCOUNTED) or unit or "..."
        given = ", ".join(f"{key}: {number}" for key, number in numbers.items()) or f"words: {head}"
        doubted = " How sure it is stands under 'credibility'." if doubt else ""
        one_number = len(tail) <= _MOST_UNIT_WORDS and not any(map(str.isdecimal, tail))
        return f"Write {{{given}, unit: {counted}}}.{doubted}" if one_number else ""
    return ""


_MOST_UNIT_WORDS: Final = 4
"""So many words may follow a number and name what is counted: more are a sentence."""


def figures_of(words: str) -> dict[str, int]:
    """The bounds that words of number give, by `low`, `best` and `high`; empty where any of them is not understood."""
    said = word_key(words)
    for key, starts in (("low", _AT_LEAST), ("high", _AT_MOST), ("best", _ABOUT)):
        for start in starts:
            if said.startswith(f"{start} "):
                number = _number(said.removeprefix(start))
                return {} if number is None else {key: number}
    number = _number(said)
    if number is not None:
        return {"best": number}
    ends = _BETWEEN.fullmatch(said)
    low, high = (_number(ends[1]), _number(ends[2])) if ends else (None, None)
    if low is None or high is None or ends is None:
        return {}
    last = ends[2].split()[-1]
    if last in _TIMES and low < high // _TIMES[last] and not any(word in _TIMES for word in ends[1].split()):
        low *= _TIMES[last]  # two to three hundred
    return {"low": low, "high": high} if low < high else {}


def _number(words: str) -> int | None:
    """A whole number in words or figures; None where a word is none of it, or they make no number together."""
    said = re.sub(r"(?<=[a-z])-(?=[a-z])", " ", words).split()
    if said[:3] == ["half", "a", "dozen"]:
        return 6 if len(said) == 3 else None
    total, part = 0, None
    for place, word in enumerate(said):
        figure = re.fullmatch(r"\d{1,3}(?:,\d{3})+|\d+", word)
        if word == "and" and part and part % 100 == 0 and place + 1 < len(said):
            continue
        if word in ("a", "an") and place + 1 < len(said) and said[place + 1] in _TIMES and part is None:
            part = 1
        elif figure and part is None:
            part = int(word.replace(",", ""))
        elif word in _SMALL and _has_room(part, _SMALL.index(word)):
            part = (part or 0) + _SMALL.index(word)
        elif word in _TENS and (part is None or (part >= 100 and part % 100 == 0)):
            part = (part or 0) + 10 * (_TENS.index(word) + 2)
        elif word in _TIMES and part != 0:
            times, part = _TIMES[word] * (part or 1), None
            total, part = (total + times, None) if _TIMES[word] >= 1000 else (total, times)
        else:
            return None
    return total + (part or 0) if said else None


def _has_room(part: int | None, number: int) -> bool:
    """Whether a number below twenty may follow what was said so far: `forty two`, `a hundred and twelve`."""
    if part is None:
        return True
    return number > 0 and ((part >= 100 and part % 100 == 0) or (part % 100 >= 20 and part % 10 == 0 and number < 10))
