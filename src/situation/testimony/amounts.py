"""Amounts as a claim gives them: numbers with their unit, or a word of number such as `dozens`."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final, get_args

from situation.errors import Fault, near_miss
from situation.events import Quantity
from situation.testimony.lexicon import CountWord, counted, word_key
from situation.testimony.numerals import amount_as_written

__all__ = ["COUNTED_IN", "holds_amounts", "read_amount", "with_unit"]

COUNTED_IN: Final[Mapping[str, str]] = dict.fromkeys(
    ("killed", "wounded", "killed_of", "wounded_of", "number"), "persons"
)
"""From a key of events to the unit that goes without saying there: a bare word of number counts these."""


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
        word = _count_word(value, counts, (), "")
        raise Fault(f"'{value}' names no unit.", f"Write {{words: {word.words}, unit: ...}}, with what is counted.")
    if isinstance(value, int | float) and not isinstance(value, bool):
        raise Fault(
            f"{value} stands where a quantity belongs.", f"Write {{best: {value}, unit: ...}}, with what is counted."
        )
    if not isinstance(value, dict) or not isinstance(value.get("words"), str):
        return plainly(value, Quantity)
    for key in ("low", "best", "high"):
        if key in value:
            raise Fault(f"'words' and '{key}' do not go together.", "Give the word, or the numbers.", (key,))
    unit = plainly({**value, "low": 0}, Quantity).unit
    return counted(_count_word(value["words"], counts, ("words",), unit), unit)


def _count_word(words: str, counts: Mapping[str, CountWord], under: tuple[str, ...], unit: str) -> CountWord:
    word = counts.get(word_key(words))
    if word is None:
        near = "" if words.rstrip().endswith("?") else near_miss(word_key(words), counts, 0.85)
        written = amount_as_written(words, unit, counts)
        exact = "best:" in written  # a number that needs no word of the lexicon
        hint = (written if exact else near or written) or "Give numbers, or add it to the lexicon of map.yaml."
        raise Fault(f"The lexicon has no number '{words}'.", hint, under)
    return word
