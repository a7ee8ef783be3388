"""The number that a rule of a story gave, in words: with its unit, or with what it is."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from situation.ensemble.answer_words import percent
from situation.events import OperationPaused
from situation.log.entry import Entry, Ruled
from situation.log.value_words import number_in_figures
from situation.story.world.reasons import GIVES, GIVES_FOR_WANT_OF_SUPPLY, Rule

__all__ = ["rule_gave"]

_WORDS: Final[Mapping[str, str]] = MappingProxyType(
    {rule.text: words for rule, words in GIVES.items() if words is not None}
)


def rule_gave(entry: Entry) -> str | None:
    """What the rule of an entry gave: `36 days`; None where it gave nothing, or a force that the entry itself tells of.

    Raises:
        LookupError: the rule's number has no words.
    """
    cause = entry.cause
    if not isinstance(cause, Ruled) or cause.prior is not None or entry.odds is None:
        return None
    words = _WORDS.get(cause.rule)
    if words is None:
        raise LookupError(f"What '{cause.rule}' gives has no words. Give it some in 'GIVES'.")
    supply = isinstance(entry.event, OperationPaused) and entry.event.why == "supply"
    if supply and cause.rule == Rule.MUST_PAUSE.text:
        words = GIVES_FOR_WANT_OF_SUPPLY
    number = _number(entry.odds)
    days = f"{number} {'day' if number == '1' else 'days'}"
    return words.format(number=number, days=days, share=_share(entry.odds))


def _number(value: float) -> str:
    """Two figures of a number, all of its whole ones, and no exponent: more would be finer than any rule is."""
    return number_in_figures(value, 2)


def _share(share: float) -> str:
    """A share as everywhere; of a small one two figures, for a chance a day adds up."""
    return f"{_number(100.0 * share)} %" if 0.0 < share < 0.1 else percent(share)
