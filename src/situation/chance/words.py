"""Arithmetic of 64-bit words where a number has no more bits: for arrays of words, and for the words of a compiled kernel.

Sums and products keep their low 64 bits. Shapes: each function takes scalars or arrays of one shape, and returns the same.
"""

from __future__ import annotations

from typing import Final, TypeVar

import numpy as np
from numpy.typing import NDArray

from situation.chance.multipliers import (
    MULTIPLIER_FIRST,
    MULTIPLIER_MIX,
    MULTIPLIER_SECOND,
    ROUNDS,
    WEYL_FIRST,
    WEYL_SECOND,
)
from situation.kernel import kernel

__all__ = ["Words", "mixed_words", "philox_rounds"]

Words = NDArray[np.uint64]
W = TypeVar("W", np.uint64, Words)

_LOW_HALF: Final = np.uint64(0xFFFFFFFF)
_HALF: Final = np.uint64(32)
_MIX: Final = np.uint64(MULTIPLIER_MIX)
_FIRST: Final = np.uint64(MULTIPLIER_FIRST)
_SECOND: Final = np.uint64(MULTIPLIER_SECOND)
_WEYL_FIRST: Final = np.uint64(WEYL_FIRST)
_WEYL_SECOND: Final = np.uint64(WEYL_SECOND)


@kernel
def _product(multiplier: np.uint64, words: W) -> tuple[W, W]:
    """High and low 64 bits of multiplier x words, from products of 32-bit halves."""
    m_low, m_high = multiplier & _LOW_HALF, multiplier >> _HALF
    w_low, w_high = words & _LOW_HALF, words >> _HALF
    low_low, high_low = m_low * w_low, m_high * w_low
    middle = m_low * w_high + (low_low >> _HALF)
    carried = high_low + (middle & _LOW_HALF)
    high = m_high * w_high + (middle >> _HALF) + (carried >> _HALF)
    return high, words * multiplier


@kernel
def philox_rounds(c0: W, c1: W, c2: W, c3: W, k0: W, k1: W) -> tuple[W, W, W, W]:
    """Philox4x64-10: the block at a counter under a key, each word of them a scalar or an array."""
    for _ in range(ROUNDS):
        first_high, first_low = _product(_FIRST, c0)
        second_high, second_low = _product(_SECOND, c2)
        c0, c1, c2, c3 = second_high ^ c1 ^ k0, second_low, first_high ^ c3 ^ k1, first_low
        k0 = k0 + _WEYL_FIRST
        k1 = k1 + _WEYL_SECOND
    return c0, c1, c2, c3


def mixed_words(first: np.uint64, second: np.uint64) -> np.uint64:
    """One word for two, as `chance.luck.mixed` makes it."""
    return (first ^ first >> _HALF) * _MIX + second
