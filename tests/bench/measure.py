"""Rivals measured in turn, in one run: the ratio of their CPU time, with its spread; and figures that have no rival."""

from __future__ import annotations

import os
import resource
import statistics
import time
from collections.abc import Callable
from pathlib import Path
from typing import Final, Literal

from tests.bench.table import Made, Row

__all__ = ["ROWS", "against", "against_told", "cpu_seconds", "figure", "quantiles"]

ROWS: Final = "SITUATION_BENCH_ROWS"
"""The variable that names the file to which each measurement is added, as `conftest.py` sets it."""
Clock = Literal["CPU", "wall"]


def cpu_seconds() -> float:
    """CPU seconds of this process, and of those of its own that have ended."""
    both = map(resource.getrusage, (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(it.ru_utime + it.ru_stime for it in both)


def _seconds(work: Callable[[], object], clock: Clock) -> float:
    now = cpu_seconds if clock == "CPU" else time.perf_counter
    start = now()
    work()
    return now() - start


def against(
    name: str,
    ours: Callable[[], object],
    rival: Callable[[], object],
    rounds: int = 9,
    *,
    made: tuple[Made, Made],
    work: str = "",
    reach: str = "",
    clock: Clock = "CPU",
) -> float:
    """Run both in turn, and note how many times as fast ours is (median, 10 % and 90 %).

    Args:
        name: what is measured, against what.
        ours, rival: each does the same work; what both need is there before.
        made: the entries and draws of ours, and of the rival.
        work: how much that is.
        reach: the goal.
        clock: of CPU time, the processes of either among it, or of the time on the wall.

    Returns: the median.
    """
    ours()
    rival()
    took = lambda: _seconds(ours, clock), lambda: _seconds(rival, clock)
    return against_told(name, *took, rounds, made=made, work=work, reach=reach, clock=clock)


def against_told(
    name: str,
    ours: Callable[[], float],
    rival: Callable[[], float],
    rounds: int,
    *,
    made: tuple[Made, Made],
    work: str = "",
    reach: str = "",
    clock: Clock = "CPU",
) -> float:
    """The same of work that says itself how many seconds it took, for one piece of it."""
    ratios = []
    for _ in range(rounds):
        mine = ours()
        ratios.append(rival() / mine)
    low, middle, high = quantiles(ratios)
    spread = f"{low:.3g} to {high:.3g}; {rounds} rounds in turn, {clock} time"
    entries = "; ".join(it.entries_in_words for it in made)
    draws = "; ".join(it.draws_in_words for it in made)
    _note(Row(name, f"{middle:.3g} times as fast", spread, work, entries, draws, reach, middle))
    return middle


def figure(name: str, value: str, *, spread: str = "", work: str = "", reach: str = "") -> None:
    """Note a figure, with its unit, that is held against a goal and not against a rival."""
    _note(Row(name, value, spread, work, reach=reach))


def _note(row: Row) -> None:
    print(f"\n{row.words}")
    if path := os.environ.get(ROWS):
        with Path(path).open("a", encoding="utf-8") as file:
            file.write(row.line + "\n")


def quantiles(values: list[float]) -> tuple[float, float, float]:
    """The 10 % point, the median and the 90 % point."""
    cuts = statistics.quantiles(values, n=10, method="inclusive")
    return cuts[0], statistics.median(values), cuts[-1]
