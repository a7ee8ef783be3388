"""Values by run and day: held in memory as an array, or on the disk, from where some runs or some days are read at a time."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Protocol

import numpy as np
import numpy.typing as npt

__all__ = ["Daily", "Days", "day_parts", "days_of", "run_blocks"]

_RUNS_AT_ONCE = 4096
"""Runs whose values of all days are in memory at a time."""
_BYTES_AT_ONCE = 1 << 23
"""About the most bytes of the values of some days, for all runs."""
_FEWEST_DAYS = 16
"""Days that are read at a time at the least: each time all is read through."""


class Daily(Protocol):
    """Values by run and day that lie on the disk."""

    @property
    def shape(self) -> tuple[int, ...]:
        """How many runs and days."""

    @property
    def dtype(self) -> np.dtype[Any]:
        """The type of the values."""

    def __getitem__(self, run: int, /) -> npt.NDArray[Any]:
        """The values of a run, shape (days,)."""

    def __array__(self, dtype: Any = None, copy: bool | None = None) -> npt.NDArray[Any]:
        """All values, in memory."""

    def blocks(self) -> Iterator[npt.NDArray[Any]]:
        """The values of some runs after another, in their order, each of shape (some runs, days)."""


Days = npt.NDArray[Any] | Daily


def run_blocks(days: Days, size: int = _RUNS_AT_ONCE) -> Iterator[npt.NDArray[Any]]:
    """The values of so many runs at a time, in their order; of fewer only at the end."""
    if isinstance(days, np.ndarray):
        for start in range(0, len(days), size):
            yield days[start : start + size]
        return
    waiting = np.zeros((0, days.shape[1]), dtype=days.dtype)
    for block in days.blocks():
        waiting = np.concatenate([waiting, block]) if len(waiting) else block
        while len(waiting) >= size:
            yield waiting[:size]
            waiting = waiting[size:]
    if len(waiting):
        yield waiting


def day_parts(days: Days) -> Iterator[slice]:
    """The days in parts, each of which is little enough to be in memory for all runs."""
    runs, count = days.shape
    width = max(_FEWEST_DAYS, _BYTES_AT_ONCE // max(1, runs * days.dtype.itemsize))
    for start in range(0, count, width):
        yield slice(start, min(count, start + width))


def days_of(days: Days, part: slice) -> npt.NDArray[Any]:
    """The values of some days for all runs, shape (runs, some days)."""
    if isinstance(days, np.ndarray):
        return days[:, part]
    values = np.empty((days.shape[0], part.stop - part.start), dtype=days.dtype)
    start = 0
    for block in days.blocks():
        values[start : start + len(block)] = block[:, part]
        start += len(block)
    return values
