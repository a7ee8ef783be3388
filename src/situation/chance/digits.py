"""A drawn number at as many digits as the log writes."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any, Final

from situation.kernel import kernel, stand_in

__all__ = ["to_twelve_digits"]

_SPLITTER: Final = 134217729.0
"""2**27 + 1: times this, a number falls into two halves."""


@kernel
def _rounded_off(one: float, other: float, product: float) -> float:
    """By how much two numbers times each other differ from the product as it was rounded (Dekker 1971)."""
    one_big, other_big = _SPLITTER * one, _SPLITTER * other
    one_high, other_high = one_big - (one_big - one), other_big - (other_big - other)
    one_low, other_low = one - one_high, other - other_high
    return ((one_high * other_high - product) + one_high * other_low + one_low * other_high) + one_low * other_low


def _by_powers_of_ten() -> Callable[..., Any]:
    """The same without text: times a power of ten, which is exact, to a whole number of twelve digits, and back."""
    powers = tuple(10.0**power for power in range(23))

    def nearest(value: float) -> float:
        size, power = abs(value), 0
        if size == 0.0:
            return value
        if not 1e-10 < size < 1e30:
            raise ValueError("A drawn number lies between 1e-10 and 1e30 in size.")
        while power < 22 and size * powers[power] < 1e11:
            power += 1
        while power > -22 and size / powers[max(0, -power)] >= 1e12:
            power -= 1
        if power >= 0:
            scaled = size * powers[power]
            beyond = _rounded_off(size, powers[power], scaled)
        else:
            scaled = size / powers[-power]
            product = scaled * powers[-power]
            beyond = (size - product) - _rounded_off(scaled, powers[-power], product)
        whole = math.floor(scaled)
        rest = scaled - whole
        if rest > 0.5 or (rest == 0.5 and (beyond > 0.0 or (beyond == 0.0 and whole % 2 == 1))):
            whole += 1
        short = whole / powers[power] if power >= 0 else whole * powers[-power]
        return -short if value < 0.0 else short

    return nearest


@stand_in(_by_powers_of_ten)
def to_twelve_digits(value: float) -> float:
    """A drawn parameter at 12 significant digits, as the log writes it: reading the log gives back the value used.

    Compiled, a size of 1e-10 or less, or of 1e30 or more, is refused: by then powers of ten are not exact.
    """
    return float(f"{value:.12g}")
