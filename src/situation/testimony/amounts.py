"""Amounts as a claim gives them: numbers with their unit, or a word of number such as `dozens`."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final, get_args

from situation.errors import Fault, near_miss
from situation.events import Quantity
from situation.testimony.lexicon import CountWord, counted, word_key

__all__ = ["COUNTED_IN", "holds_amounts", "read_amount", "with_unit"]

COUNTED_IN: Final[Mapping[str, str]] = dict.fromkeys(
    ("killed", "wounded", "killed_of", "wounded_of", "number"), "persons"
)
"""From a key of events to the unit that goes without saying there: a bare word of number counts these."""


_NUMBERS: Final = (
    *("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"),
    *("thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen", "twenty"),
)
"""Numbers in words, by their place: as far as newspapers spell them out."""
_AT_LEAST: Final = ("over", "above", "more", "at least")
_AT_MOST: Final = ("under", "below", "fewer", "less", "up to", "at most")


def holds_amounts(kind: Any) -> bool:
    """Whether a type is an amount, an amount or None, or amounts by name."""
    return kind is Quantity or Quantity in get_args(kind)


def with_unit(value: Any, unit: str) -> Any:
    """A written amount, or amounts by name, in which each word of number has its unit."""
    if isinstance(value, str):
        return {"words": value, "unit": unit}
    if isinstance(value, dict) and isinstance(value.get("words"), str):
        return {"unit": unit, **value}
    if isinstance(value, dict) and "unit" not in value:
        return {name: with_unit(part, unit) if isinstance(part, str) else part for name, part in value.items()}
    return value


def read_amount(value: Any, counts: Mapping[str, CountWord], plainly: Callable[[Any, Any], Quantity]) -> Quantity:
    """An amount: a mapping with its unit and numbers, or with its unit and a word of number.

    Args:
        value: what is written.
        counts: the words of number in force.
        plainly: reads a mapping with numbers.

    Raises:
        Fault: it is none, or the lexicon does not have the word; with the near miss.
    """
    if isinstance(value, str):
        word = _count_word(value, counts, ())
        raise Fault(f"'{value}' names no unit.", f"Write {{words: {word.words}, unit: ...}}, with what is counted.")
    if not isinstance(value, dict) or not isinstance(value.get("words"), str):
        return plainly(value, Quantity)
    for key in ("low", "best", "high"):
        if key in value:
            raise Fault(f"'words' and '{key}' do not go together.", "Give the word, or the numbers.", (key,))
    unit = plainly({**value, "low": 0}, Quantity).unit
    return counted(_count_word(value["words"], counts, ("words",)), unit)


def _in_figures(words: str) -> str:
    """What to do with words that the lexicon does not have: write them in figures where they are a number."""
    said = word_key(words).split()
    number = next(
        (str(_NUMBERS.index(it)) if it in _NUMBERS else it for it in said if it in _NUMBERS or it.isdecimal()), ""
    )
    if not number:
        return "Give numbers, or add it to the lexicon of map.yaml."
    key = "low" if word_key(words).startswith(_AT_LEAST) else "high" if word_key(words).startswith(_AT_MOST) else "best"
    return f"Write the number in figures: {{{key}: {number}, unit: ...}}."


def _count_word(words: str, counts: Mapping[str, CountWord], under: tuple[str, ...]) -> CountWord:
    word = counts.get(word_key(words))
    if word is None:
        hint = near_miss(word_key(words), counts, 0.85) or _in_figures(words)
        raise Fault(f"The lexicon has no number '{words}'.", hint, under)
    return word
