"""What a key judgement is: a sentence of at most 25 words, and what it speaks of."""

from __future__ import annotations

from typing import Any, Final, NotRequired, TypedDict

__all__ = ["LONGEST", "Judgement", "judgement", "words_in"]

LONGEST: Final = 25
"""The most words of a judgement."""


class Judgement(TypedDict):
    """A key judgement. ``kind``: change, toll, dispute, hindsight, silence; outlook, confidence, hangs; difference,
    same, parting.

    ``shows``: the part of the page's address that leads to what it speaks of, where the page has it. ``alone``: of what rests on
    one voice, by place its ``holder`` and the ``claims`` behind that.
    """

    kind: str
    text: str
    shows: NotRequired[str]
    alone: NotRequired[dict[str, dict[str, Any]]]


def judgement(kind: str, *texts: str, shows: str = "") -> Judgement:
    """A judgement in the first of some wordings that is short enough, else in the last; with a capital and a full stop."""
    text = next((text for text in texts if words_in(text) <= LONGEST), texts[-1])
    made: Judgement = {"kind": kind, "text": f"{text[0].upper()}{text[1:]}."}
    return {**made, "shows": shows} if shows else made


def words_in(text: str) -> int:
    """How many words a sentence has; a figure with its per cent sign is one."""
    return len(text.replace(" %", "%").split())
