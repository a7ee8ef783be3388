"""Rivals measured in turn, in one run: the ratio of their times, with the number of runs and the spread."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable

__all__ = ["against", "quantiles"]


def _seconds(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def against(name: str, ours: Callable[[], object], rival: Callable[[], object], rounds: int = 9) -> float:
    """Run both in turn, print how many times as fast ours is (median, 10 % and 90 %), and return the median."""
    ours()
    rival()
    ratios = []
    for _ in range(rounds):
        mine = _seconds(ours)
        ratios.append(_seconds(rival) / mine)
    low, middle, high = quantiles(ratios)
    print(f"\n{name}: {middle:.1f}x as fast (10 % {low:.1f}, 90 % {high:.1f}; {rounds} rounds in turn)")
    return middle


def quantiles(values: list[float]) -> tuple[float, float, float]:
    """The 10 % point, the median and the 90 % point."""
    cuts = statistics.quantiles(values, n=10, method="inclusive")
    return cuts[0], statistics.median(values), cuts[-1]
