"""Where twins part: run 17 of one ensemble and run 17 of another, and the event at which they first differ."""

from __future__ import annotations

import numpy as np
from attrs import frozen

from situation.chance.vectors import Ints
from situation.clock import DAY
from situation.ensemble.design import index_of, sample_evenly
from situation.ensemble.ensemble import Ensemble
from situation.ensemble.record_draws import RecordDraws
from situation.events import NumbersDrawn, StoryBegan
from situation.log.entry import Entry
from situation.story.story import Story

__all__ = ["Divergence", "divergence_days", "divergences", "first_divergence", "pairs_to_retell"]

_MOST_RETOLD_DAYS = 6000
"""Days of stories that are told again, to name the events that part twins: some seconds' work. Fewer are all told."""

_LEAST_RETOLD_PAIRS = 24
"""Pairs that are told again in any case, where so many part."""


@frozen
class Divergence:
    """Where the twins of a run part: the first entry of each that the other does not have; None where it ends."""

    run: int
    first: Entry | None
    second: Entry | None

    @property
    def entry(self) -> Entry:
        """The earlier of the two; the second's where both stand at one minute."""
        if self.second is None or (self.first is not None and self.first.time < self.second.time):
            assert self.first is not None
            return self.first
        return self.second


def divergence_days(first: Ensemble, second: Ensemble) -> Ints:
    """The day by whose end the twins of each run have parted, counted from the branch; -1 where they never do."""
    length = min(first.passages.shape[1], second.passages.shape[1])
    apart = first.passages[:, :length] != second.passages[:, :length]
    days: Ints = np.argmax(apart, axis=1).astype(np.int64)
    days[~apart.any(axis=1)] = -1
    return days


def first_divergence(run: int, first: Story, second: Story) -> Divergence | None:
    """The first entries at which two stories differ in what happened, or when; None where they are the same."""
    mine, other = ([entry for entry in story.entries if _tells(entry)] for story in (first, second))
    for place in range(max(len(mine), len(other))):
        here = mine[place] if place < len(mine) else None
        there = other[place] if place < len(other) else None
        if here is None or there is None or (here.time, here.event) != (there.time, there.event):
            return Divergence(run, here, there)
    return None


def _tells(entry: Entry) -> bool:
    return not isinstance(entry.event, NumbersDrawn | StoryBegan)


def divergences(days: Ints, first: RecordDraws, second: RecordDraws, most: int = _MOST_RETOLD_DAYS) -> list[Divergence]:
    """The events that parted the twins, each pair told again up to the day on which it parts.

    All pairs that part are told where that is cheap, else some of them, evenly spread over the runs, and one of those
    that part first.

    Args:
        days: shape (runs,): the day on which the twins of each run part, -1 where they never do.
        first, second: what tells the stories of each again.
        most: days of stories to be told at most, both of a pair counted.
    """
    found = []
    for run in pairs_to_retell(days, most):
        index = index_of(int(run))
        until = min(first.scenario.end, first.scenario.at + int(days[run]) * DAY)
        parting = first_divergence(int(run), first.tell(index, until), second.tell(index, until))
        if parting is not None:
            found.append(parting)
    return found


def pairs_to_retell(days: Ints, most: int) -> Ints:
    """The runs whose twins are told again, in their order."""
    apart = np.flatnonzero(days >= 0)
    cost = 2 * int(np.maximum(1, days[apart]).sum())
    if cost <= most:
        return apart
    chosen = sample_evenly(apart, max(_LEAST_RETOLD_PAIRS, len(apart) * most // cost))
    earliest = apart[days[apart] == days[apart].min()]
    return chosen if np.isin(earliest, chosen).any() else np.union1d(chosen, earliest[:1])
