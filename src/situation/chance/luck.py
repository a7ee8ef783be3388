"""Draws by address: chance as a function of what is being decided, never of what was decided before.

A draw's address is (seed, index, stream, question, subject, when). `when` is a calendar day or a minute, and 0 where a
question is asked once for all. The seed and the index make the key, the rest the counter of `philox`: so one more actor,
another worker or a resumed run cannot move a draw, and two scenarios that ask the same question about the same subject
on the same day share their luck.

    >>> luck = Luck(seed=7, index=0, stream=Stream.CHANCE)
    >>> luck.uniform("leaves-before-contact", ("garrison", "town"), 17469) == luck.uniform(
    ...     "leaves-before-contact", ("garrison", "town"), 17469)
    True
"""

from __future__ import annotations

import hashlib
from enum import StrEnum
from functools import lru_cache
from typing import Final

from attrs import field, frozen

from situation.chance.philox import MASK, Block, philox, unit

__all__ = ["Luck", "Stream", "Subject", "mixed", "word_of"]

Subject = str | tuple[str | int, ...]
"""What a draw is about, its object included: `"town"`, or `("garrison", "town")`; numbers tell apart what has one name."""
_MULTIPLIER: Final = 0xBF58476D1CE4E5B9
_HALF: Final = 32


class Stream(StrEnum):
    """Three independent sources of spread, so that crossing their indices tells how much each contributes."""

    RECORD = "record"
    PARAMETERS = "parameters"
    CHANCE = "chance"


@lru_cache(maxsize=65536)
def word_of(name: str) -> int:
    """The 64-bit word of a name: BLAKE2b of its UTF-8 bytes, least significant byte first."""
    return int.from_bytes(hashlib.blake2b(name.encode("utf-8"), digest_size=8).digest(), "little")


def mixed(*words: int) -> int:
    """One 64-bit word for several, by integer arithmetic: of one alone it is that one, and their order counts."""
    mix = words[0] & MASK
    for word in words[1:]:
        mix = ((mix ^ mix >> _HALF) * _MULTIPLIER + word) & MASK
    return mix


@lru_cache(maxsize=65536)
def _subject_word(subject: Subject) -> int:
    """The word of a subject: of its name; of several the mix of theirs, whole numbers as they are."""
    if isinstance(subject, str):
        return word_of(subject)
    return mixed(*(part if isinstance(part, int) else word_of(part) for part in subject))


@lru_cache(maxsize=4096)
def _question_word(stream: str, question: str) -> int:
    return mixed(word_of(stream), word_of(question))


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

    def counter(self, question: str, subject: Subject, when: int) -> Block:
        """The address as four words: when, zero, stream and question, subject."""
        return when & MASK, 0, _question_word(self.stream.value, question), _subject_word(subject)

    def block(self, question: str, subject: Subject, when: int) -> Block:
        """The four 64-bit words at an address."""
        return philox(self.counter(question, subject, when), (self.seed, self.index))

    def uniform(self, question: str, subject: Subject, when: int) -> float:
        """The one number strictly between 0 and 1 that decides this question, about this subject, at this time."""
        return unit(self.block(question, subject, when)[0])

    def uniforms(self, question: str, subject: Subject, when: int) -> tuple[float, float, float, float]:
        """Four independent numbers at one address, for a question with several parts; the first is `uniform`'s."""
        first, second, third, fourth = self.block(question, subject, when)
        return unit(first), unit(second), unit(third), unit(fourth)

    def address(self, question: str, subject: Subject, when: int) -> str:
        """The address as the log writes it: `chance/seed/index/question/subject/when`."""
        about = subject if isinstance(subject, str) else "+".join(map(str, subject))
        return f"{self.stream.value}/{self.seed}/{self.index}/{question}/{about}/{when}"
