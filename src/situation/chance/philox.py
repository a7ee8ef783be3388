"""Philox4x64-10: a block of four 64-bit words from a counter and a key, by ten rounds of multiplying and mixing.

It has no state: the same counter and key give the same words wherever and whenever they are asked for. That is what
lets a draw belong to the decision it makes and not to the order in which draws happen to be taken.

Source: Salmon, Moraes, Dror and Shaw 2011, "Parallel random numbers: as easy as 1, 2, 3". NumPy's `Philox` raises its
counter by one *before* each block, so NumPy's first block after setting the counter to c is `philox(c + 1, key)`; the
tests hold this.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import Any, Final

from situation.chance.multipliers import MULTIPLIER_FIRST, MULTIPLIER_SECOND, ROUNDS, WEYL_FIRST, WEYL_SECOND
from situation.kernel import COMPILED, kernel, stand_in

__all__ = ["MASK", "Block", "as_word", "number_word", "philox", "uniform_at", "uniforms_at", "unit"]

Block = tuple[int, int, int, int]

MASK: Final = (1 << 64) - 1
TWO_TO_MINUS_52: Final = 2.220446049250313e-16


def _by_rounds_of_words() -> Callable[..., Any]:
    from situation.chance.words import philox_rounds

    def by_rounds(counter: Any, key: Any) -> Any:
        return philox_rounds(*counter, *key)

    return by_rounds


@stand_in(_by_rounds_of_words)
def philox(counter: Block, key: tuple[int, int]) -> Block:
    """The four words at this counter under this key.

    Args:
        counter: four unsigned 64-bit words, least significant first.
        key: two unsigned 64-bit words.
    """
    c0, c1, c2, c3 = counter
    for k0, k1 in _round_keys(key):
        first = MULTIPLIER_FIRST * c0
        second = MULTIPLIER_SECOND * c2
        c0, c1, c2, c3 = (second >> 64) ^ c1 ^ k0, second & MASK, (first >> 64) ^ c3 ^ k1, first & MASK
    return c0, c1, c2, c3


@lru_cache(maxsize=64)
def _round_keys(key: tuple[int, int]) -> tuple[tuple[int, int], ...]:
    """The key of each round. All draws of a stream have one key, so that it is worked out once."""
    first, second = key
    return tuple(((first + it * WEYL_FIRST) & MASK, (second + it * WEYL_SECOND) & MASK) for it in range(ROUNDS))


def as_word(number: int) -> int:
    """A whole number as a 64-bit word, as kernels take it; one below 0 as its complement of two."""
    if not COMPILED:
        return number & MASK
    import numpy

    word: int = numpy.uint64(number & MASK)  # type: ignore[assignment]
    return word


def _as_uint64() -> Callable[..., Any]:
    import numpy

    def word_of_number(number: Any) -> Any:
        return numpy.uint64(number)

    return word_of_number


@stand_in(_as_uint64)
def number_word(number: int) -> int:
    """A number that a kernel reckons with, such as a day or a minute, as a word."""
    return number & MASK


def _half_steps() -> Callable[..., Any]:
    import numpy

    twelve = numpy.uint64(12)

    def middle(word: Any) -> Any:
        return (numpy.float64(word >> twelve) + 0.5) * TWO_TO_MINUS_52

    return middle


@stand_in(_half_steps)
def unit(word: int) -> float:
    """A 64-bit word as a number strictly between 0 and 1: the middle of one of 2**52 equal steps, exact in a float."""
    return ((word >> 12) + 0.5) * TWO_TO_MINUS_52


_ZERO: Final = as_word(0)


@kernel
def uniform_at(key: tuple[int, int], question: int, subject: int, when: int) -> float:
    """The number strictly between 0 and 1 at an address: the words of the key, the question and the subject, and the time."""
    return unit(philox((number_word(when), _ZERO, question, subject), key)[0])


@kernel
def uniforms_at(key: tuple[int, int], question: int, subject: int, when: int) -> tuple[float, float, float, float]:
    """Four independent numbers at one address; the first is that of `uniform_at`."""
    first, second, third, fourth = philox((number_word(when), _ZERO, question, subject), key)
    return unit(first), unit(second), unit(third), unit(fourth)
