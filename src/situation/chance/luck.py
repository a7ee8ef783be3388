"""Draws by address: chance as a function of what is being decided, never of what was decided before.

A draw's address is (seed, index, stream, question, subject, when). The seed and the index make the key, the rest the
counter of `philox`: so one more actor, another worker or a resumed run cannot move a draw, and two scenarios that ask
the same question about the same subject on the same day share their luck.

    >>> luck = Luck(seed=7, index=0, stream=Stream.CHANCE)
    >>> luck.uniform("leaves-before-contact", ("garrison", "town"), 17469) == luck.uniform(
    ...     "leaves-before-contact", ("garrison", "town"), 17469)
    True
"""

from __future__ import annotations

import hashlib
from enum import StrEnum
from functools import lru_cache

from attrs import field, frozen

from situation.chance.philox import MASK, Block, philox, unit

__all__ = ["Luck", "Stream", "Subject", "When", "word_of"]

Subject = str | tuple[str, ...]
"""What a draw is about, its object included: `"town"`, or `("garrison", "town")`."""
When = int | str
"""A calendar day or minute as a whole number, or the id of the parent entry; never a count of earlier draws."""


class Stream(StrEnum):
    """Three independent sources of spread, so that crossing their indices tells how much each contributes."""

    RECORD = "record"
    PARAMETERS = "parameters"
    CHANCE = "chance"


@lru_cache(maxsize=65536)
def word_of(*parts: str) -> int:
    """A 64-bit word for texts: BLAKE2b of their lengths and bytes, so that ("ab", "c") is not ("a", "bc")."""
    digest = hashlib.blake2b(digest_size=8)
    for part in parts:
        raw = part.encode("utf-8")
        digest.update(len(raw).to_bytes(8, "little"))
        digest.update(raw)
    return int.from_bytes(digest.digest(), "little")


def _fits(name: str, value: int) -> None:
    if isinstance(value, bool) or not 0 <= value <= MASK:
        raise ValueError(f"{name}: {value!r} is not a whole number from 0 to 2**64 - 1.")


@frozen
class Luck:
    """One stream of draws: a seed, the index of the run (or of the parameter or record draw), and the stream's name."""

    seed: int = field()
    index: int = field()
    stream: Stream = Stream.CHANCE

    def __attrs_post_init__(self) -> None:
        _fits("seed", self.seed)
        _fits("index", self.index)

    def counter(self, question: str, subject: Subject, when: When) -> Block:
        """The address as four words: when; whether `when` is a number or a name; stream and question; subject."""
        parts = (subject,) if isinstance(subject, str) else subject
        if isinstance(when, str):
            moment, kind = word_of(when), 1
        else:
            moment, kind = when & MASK, 0
        return moment, kind, word_of(self.stream.value, question), word_of(*parts)

    def block(self, question: str, subject: Subject, when: When) -> Block:
        """The four 64-bit words at an address."""
        return philox(self.counter(question, subject, when), (self.seed, self.index))

    def uniform(self, question: str, subject: Subject, when: When) -> float:
        """The one number strictly between 0 and 1 that decides this question, about this subject, at this time."""
        return unit(self.block(question, subject, when)[0])

    def uniforms(self, question: str, subject: Subject, when: When) -> tuple[float, float, float, float]:
        """Four independent numbers at one address, for a question with several parts; the first is `uniform`'s."""
        first, second, third, fourth = self.block(question, subject, when)
        return unit(first), unit(second), unit(third), unit(fourth)

    def address(self, question: str, subject: Subject, when: When) -> str:
        """The address as the log writes it: `chance/seed/index/question/subject/when`."""
        about = subject if isinstance(subject, str) else "+".join(subject)
        return f"{self.stream.value}/{self.seed}/{self.index}/{question}/{about}/{when}"
