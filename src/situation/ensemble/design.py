"""Which draw of the record, of the numbers and of chance each run of an ensemble takes.

Runs come in blocks of eight: two draws of the record crossed with two draws of the numbers, each of the four pairs
run twice, with luck of its own. So runs that share both differ by chance alone, runs that share one differ by the
other too, and the spread of any answer can be split among the three. A run's number is the index of its luck: run 17 of
one scenario and run 17 of another share every draw that both make. A longer ensemble begins with the shorter one.

| run in its block | 0 | 1 | 2 | 3 | 4 | 5 | 6 | 7 |
|---|---|---|---|---|---|---|---|---|
| record | a | a | a | a | b | b | b | b |
| numbers | p | p | q | q | p | p | q | q |
"""

from __future__ import annotations

from typing import TypeVar

import numpy as np
from attrs import frozen

from situation.chance.vectors import Ints

__all__ = ["BLOCK", "Index", "block_of", "draws_of", "index_of", "parameter_of", "record_of", "sample_evenly"]

_Whole = TypeVar("_Whole", int, Ints)

BLOCK = 8
"""Runs in a block."""


@frozen
class Index:
    """What makes one run: its number, and which draw of each stream it takes."""

    run: int
    record: int
    parameter: int
    chance: int


def index_of(run: int) -> Index:
    """The draws of a run, by its number from 0."""
    return Index(run, record_of(run), parameter_of(run), run)


def block_of(run: _Whole) -> _Whole:
    """The block of a run, or of each of some: runs of different blocks share nothing."""
    return run // BLOCK


def record_of(run: _Whole) -> _Whole:
    """The draw of the record that a run takes, or each of some."""
    return 2 * block_of(run) + run % BLOCK // 4


def parameter_of(run: _Whole) -> _Whole:
    """The draw of the numbers that a run takes, or each of some."""
    return 2 * block_of(run) + run % BLOCK // 2 % 2


def draws_of(runs: int) -> int:
    """How many draws of the numbers an ensemble takes."""
    whole, rest = divmod(runs, BLOCK)
    return 2 * whole + (0 if rest == 0 else 1 if rest <= 2 else 2)


def sample_evenly(runs: Ints, most: int) -> Ints:
    """At most so many of some runs, evenly spread: neighbours share draws, so the first ones would cover few draws."""
    if len(runs) <= most:
        return runs
    return runs[np.linspace(0, len(runs) - 1, most).astype(np.int64)]
