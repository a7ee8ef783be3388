"""The numbers by which Philox4x64-10 multiplies and mixes, and the one by which words of names are mixed.

Source of those of Philox: Salmon, Moraes, Dror and Shaw 2011, "Parallel random numbers: as easy as 1, 2, 3".
"""

from __future__ import annotations

from typing import Final

__all__ = ["MULTIPLIER_FIRST", "MULTIPLIER_MIX", "MULTIPLIER_SECOND", "ROUNDS", "WEYL_FIRST", "WEYL_SECOND"]

MULTIPLIER_FIRST: Final = 0xD2E7470EE14C6C93
MULTIPLIER_SECOND: Final = 0xCA5A826395121157
WEYL_FIRST: Final = 0x9E3779B97F4A7C15
WEYL_SECOND: Final = 0xBB67AE8584CAA73B
ROUNDS: Final = 10
MULTIPLIER_MIX: Final = 0xBF58476D1CE4E5B9
"""By which words are mixed. Source: Steele, Lea and Flood 2014, "Fast splittable pseudorandom number generators" (SplitMix64)."""
