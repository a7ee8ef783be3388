"""Where twins diverge: run 17 of one ensemble and run 17 of another, and the event at which they first differ."""

from __future__ import annotations

import numpy as np
from attrs import frozen

from situation.chance.vectors import Ints
from situation.dates import DAY
from situation.ensemble.design import index_of, sample_evenly
from situation.ensemble.ensemble import Ensemble
from situation.ensemble.record_draws import RecordDraws
from situation.events import NumbersDrawn, StoryBegan
from situation.log.entry import Entry
from situation.story.story import Story

__all__ = [
    "LEAST_RETOLD_PAIRS",
    "MOST_RETOLD_DAYS",
    "Divergence",
    "divergence_days",
    "divergences",
    "first_divergence",
    "pairs_to_retell",
]

MOST_RETOLD_DAYS = 6000
"""Days of stories simulated again at most to name the events at which twins diverge: some seconds' work."""
LEAST_RETOLD_PAIRS = 24
"""Pairs simulated again in any case, where that many diverge."""


@frozen
class Divergence:
    """Where the twins of a run diverge: the first entry of each that the other does not have; None where one has ended."""

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
    """The day, counted from the branch, by whose end the twins of each run differ; -1 where they never do.

    Returns: shape (runs,).
    """
    length = min(first.day_digests.shape[1], second.day_digests.shape[1])
    differ = first.day_digests[:, :length] != second.day_digests[:, :length]
    days: Ints = np.argmax(differ, axis=1).astype(np.int64)
    days[~differ.any(axis=1)] = -1
    return days


def first_divergence(run: int, first: Story, second: Story) -> Divergence | None:
    """The first entries at which two stories differ in what happened, or when; None where they are the same."""
    one, other = ([entry for entry in story.entries if _happens(entry)] for story in (first, second))
    for place in range(max(len(one), len(other))):
        here = one[place] if place < len(one) else None
        there = other[place] if place < len(other) else None
        if here is None or there is None or (here.time, here.event) != (there.time, there.event):
            return Divergence(run, here, there)
    return None


def _happens(entry: Entry) -> bool:
    """Whether an entry is something that happens, and not how the story was set up."""
    return not isinstance(entry.event, NumbersDrawn | StoryBegan)


def divergences(days: Ints, first: RecordDraws, second: RecordDraws, most: int = MOST_RETOLD_DAYS) -> list[Divergence]:
    """The events at which twins diverge, from simulating each pair again up to the day of its divergence.

    All pairs that diverge are simulated where that is cheap; otherwise some, evenly spread over the runs, and one of the
    earliest to diverge.

    Args:
        days: shape (runs,): the day on which the twins of each run diverge, -1 where they never do.
        first, second: simulate the stories of each ensemble.
        most: days of stories to be simulated at most, both of a pair counted.
    """
    diverging = []
    for run in pairs_to_retell(days, most):
        index = index_of(int(run))
        until = min(first.scenario.end, first.scenario.at + int(days[run]) * DAY)
        divergence = first_divergence(int(run), first.tell(index, until), second.tell(index, until))
        if divergence is not None:
            diverging.append(divergence)
    return diverging


def pairs_to_retell(days: Ints, most: int) -> Ints:
    """The runs whose twins are simulated again, in their order; arguments as for `divergences`."""
    diverging = np.flatnonzero(days >= 0)
    cost = 2 * int(np.maximum(1, days[diverging]).sum())
    if cost <= most:
        return diverging
    chosen = sample_evenly(diverging, max(LEAST_RETOLD_PAIRS, len(diverging) * most // cost))
    earliest = diverging[days[diverging] == days[diverging].min()]
    return chosen if np.isin(earliest, chosen).any() else np.union1d(chosen, earliest[:1])
