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
from collections.abc import Callable
from enum import StrEnum
from functools import lru_cache
from typing import Any, Final

from attrs import field, frozen

from situation.chance.multipliers import MULTIPLIER_MIX
from situation.chance.philox import MASK, Block, as_word, uniform_at, uniforms_at
from situation.kernel import stand_in

__all__ = ["Luck", "Stream", "Subject", "mixed", "mixed_pair", "question_word", "subject_word", "word_of"]

Subject = str | tuple[str | int, ...]
"""What a draw is about, its object included: `"town"`, or `("garrison", "town")`; numbers tell apart what has one name."""
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


def _mix(mix: int, word: int) -> int:
    return ((mix ^ mix >> _HALF) * MULTIPLIER_MIX + word) & MASK


def mixed(*words: int) -> int:
    """One 64-bit word for several, by integer arithmetic: of one alone it is that one, and their order counts."""
    mix = words[0] & MASK
    for word in words[1:]:
        mix = _mix(mix, word)
    return mix


def _mix_of_words() -> Callable[..., Any]:
    from situation.chance.words import mixed_words

    return mixed_words


@stand_in(_mix_of_words)
def mixed_pair(first: int, second: int) -> int:
    """`mixed` of two words, for kernels: of three it is `mixed_pair(mixed_pair(first, second), third)`."""
    return _mix(first, second)


@lru_cache(maxsize=65536)
def subject_word(subject: Subject) -> int:
    """The word of a subject, as kernels take it: of its name; of several the mix of theirs, whole numbers as they are."""
    if isinstance(subject, str):
        return as_word(word_of(subject))
    return as_word(mixed(*(part if isinstance(part, int) else word_of(part) for part in subject)))


@lru_cache(maxsize=4096)
def question_word(stream: str, question: str) -> int:
    """The word of a question in a stream, as kernels take it."""
    return as_word(mixed(word_of(stream), word_of(question)))


def _fits(name: str, value: int) -> None:
    if isinstance(value, bool) or not 0 <= value <= MASK:
        raise ValueError(f"{name}: {value!r} is not a whole number from 0 to 2**64 - 1.")


@frozen
class Luck:
    """One stream of draws: a seed, the index of the run (or of the parameter or record draw), and the stream's name."""

    seed: int = field()
    index: int = field()
    stream: Stream = Stream.CHANCE
    key: tuple[int, int] = field(init=False, eq=False, repr=False)
    """The words of seed and index, as kernels take them."""

    def __attrs_post_init__(self) -> None:
        _fits("seed", self.seed)
        _fits("index", self.index)
        object.__setattr__(self, "key", (as_word(self.seed), as_word(self.index)))

    def counter(self, question: str, subject: Subject, when: int) -> Block:
        """The address as four words: when, zero, stream and question, subject."""
        return when & MASK, 0, question_word(self.stream.value, question), subject_word(subject)

    def uniform(self, question: str, subject: Subject, when: int) -> float:
        """The one number strictly between 0 and 1 that decides this question, about this subject, at this time."""
        return uniform_at(self.key, question_word(self.stream.value, question), subject_word(subject), when)

    def uniforms(self, question: str, subject: Subject, when: int) -> tuple[float, float, float, float]:
        """Four independent numbers at one address, for a question with several parts; the first is `uniform`'s."""
        return uniforms_at(self.key, question_word(self.stream.value, question), subject_word(subject), when)

    def address(self, question: str, subject: Subject, when: int) -> str:
        """The address as the log writes it: `chance/seed/index/question/subject/when`."""
        about = subject if isinstance(subject, str) else "+".join(map(str, subject))
        return f"{self.stream.value}/{self.seed}/{self.index}/{question}/{about}/{when}"
