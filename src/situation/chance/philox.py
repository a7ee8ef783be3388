"""Philox4x64-10: a block of four 64-bit words from a counter and a key, by ten rounds of multiplying and mixing.

It has no state: the same counter and key give the same words wherever and whenever they are asked for. That is what
lets a draw belong to the decision it makes and not to the order in which draws happen to be taken.

Source: Salmon, Moraes, Dror and Shaw 2011, "Parallel random numbers: as easy as 1, 2, 3". NumPy's `Philox` raises its
counter by one *before* each block, so NumPy's first block after setting the counter to c is `philox(c + 1, key)`; the
tests hold this.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Final

__all__ = ["MASK", "Block", "philox", "unit"]

Block = tuple[int, int, int, int]

MASK: Final = (1 << 64) - 1
MULTIPLIER_FIRST: Final = 0xD2E7470EE14C6C93
MULTIPLIER_SECOND: Final = 0xCA5A826395121157
WEYL_FIRST: Final = 0x9E3779B97F4A7C15
WEYL_SECOND: Final = 0xBB67AE8584CAA73B
ROUNDS: Final = 10
TWO_TO_MINUS_52: Final = 2.220446049250313e-16


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


def unit(word: int) -> float:
    """A 64-bit word as a number strictly between 0 and 1: the middle of one of 2**52 equal steps, exact in a float."""
    return ((word >> 12) + 0.5) * TWO_TO_MINUS_52
