"""The same draws for many runs at once, as arrays: each element is bit for bit what `philox` and `portable.log` give.

Shapes: arrays are one-dimensional, (runs,). NumPy's own `log` is not used: it differs from processor to
processor. Only its `+ - * /`, integer operations and `frexp` are, which IEEE 754 fixes, in the order in which the
plain functions take them.
"""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

from situation.chance.philox import TWO_TO_MINUS_52, Block
from situation.chance.portable import LN2_HIGH, LN2_LOW, LOG_TERMS, SQRT_HALF
from situation.chance.words import Words, philox_rounds

__all__ = ["Flags", "Floats", "Ints", "Words", "log_array", "philox_arrays", "unit_array"]

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Flags = NDArray[np.bool_]

TWELVE: Final = np.uint64(12)


def philox_arrays(counter: Block, seed: int, index: Words) -> tuple[Words, Words, Words, Words]:
    """The block at one counter for many keys (seed, index): four arrays of words, each of the shape of `index`."""
    c0, c1, c2, c3 = (np.full(index.shape, word, dtype=np.uint64) for word in counter)
    k0, k1 = np.full(index.shape, seed, dtype=np.uint64), index.astype(np.uint64)
    return philox_rounds(c0, c1, c2, c3, k0, k1)


def unit_array(words: Words) -> Floats:
    """Words as numbers strictly between 0 and 1, as `philox.unit`."""
    return ((words >> TWELVE).astype(np.float64) + 0.5) * TWO_TO_MINUS_52


def log_array(x: Floats) -> Floats:
    """Natural logarithm of positive finite numbers, as `portable.log`."""
    fraction, exponent = np.frexp(x)
    small = fraction < SQRT_HALF
    fraction = np.where(small, fraction * 2.0, fraction)
    whole = (exponent - small).astype(np.float64)
    over_one = fraction - 1.0
    s = over_one / (fraction + 1.0)
    z = s * s
    tail = np.zeros_like(z)
    for term in LOG_TERMS:
        tail = tail * z + term
    result: Floats = whole * LN2_HIGH + (over_one - (s * (over_one - z * tail) - whole * LN2_LOW))
    return result
