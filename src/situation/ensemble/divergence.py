"""Where twins diverge: run 17 of one ensemble and run 17 of another, and the event at which they first differ."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import dropwhile, zip_longest

import numpy as np
from attrs import frozen

from situation.chance.vectors import Ints
from situation.dates import DAY, Minute
from situation.ensemble.by_day import run_blocks
from situation.ensemble.design import index_of, sample_evenly
from situation.ensemble.ensemble import Ensemble
from situation.ensemble.record_draws import RecordDraws
from situation.events import ForceRaised, NumbersDrawn, StoryBegan
from situation.log.entry import Entry, Ruled
from situation.log.story_words import event_in_words
from situation.story.drivers.loop import TableStory
from situation.story.story import Story
from situation.testimony.ground import Ground

__all__ = [
    "LEAST_RETOLD_PAIRS",
    "MOST_RETOLD_DAYS",
    "Divergence",
    "Parting",
    "divergence_by",
    "divergence_days",
    "divergences",
    "first_divergence",
    "pairs_to_retell",
    "parting_days",
    "parting_of",
    "some_partings",
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


@frozen
class Parting:
    """Where the twins of a run diverge, in words.

    Args:
        minute: when.
        event: the first event that only one of them has.
        alike: the same in words that are the same for like events: a drawn force has no number.
        rule: the rule that made it; empty where it comes from the record and no rule did.
        in_first: whether it is of the first of the two.
    """

    run: int
    minute: Minute
    event: str
    alike: str
    rule: str
    in_first: bool


def parting_of(divergence: Divergence, ground: Ground) -> Parting:
    """A divergence in words; where they fail, with the reason in their place, and no other pair is lost."""
    entry = divergence.entry
    event = entry.event
    try:
        words = alike = event_in_words(event, ground)
        if isinstance(event, ForceRaised):
            alike = f"how many men of {ground.name(event.actor)} are at {ground.name(event.place)}"
    except (MemoryError, OSError):
        raise
    except Exception as error:  # noqa: BLE001  # as of a story that fails, the reason is what is told
        words = alike = f"{type(event).__name__}, which cannot be put in words ({type(error).__name__}: {error})"
    rule = entry.cause.rule if isinstance(entry.cause, Ruled) else ""
    return Parting(divergence.run, entry.time, words, alike, rule, entry is divergence.first)


def divergence_days(first: Ensemble, second: Ensemble) -> Ints:
    """The day, counted from the branch, by whose end the twins of each run differ; -1 where they never do.

    Returns: shape (runs,).
    """
    length = min(first.day_digests.shape[1], second.day_digests.shape[1])
    parts = [np.zeros(0, dtype=np.int64)]
    for one, other in zip(run_blocks(first.day_digests), run_blocks(second.day_digests), strict=True):
        differ = one[:, :length] != other[:, :length]
        parts.append(np.where(differ.any(axis=1), np.argmax(differ, axis=1), -1).astype(np.int64))
    return np.concatenate(parts)


def parting_days(first: Ensemble, second: Ensemble) -> Ints:
    """The same, with -1 also where one of the two failed."""
    days: Ints = np.where(first.ok & second.ok, divergence_days(first, second), -1)
    return days


def first_divergence(
    run: int, first: Story | TableStory, second: Story | TableStory, alike: Minute | None = None
) -> Divergence | None:
    """The first entries at which two stories differ in what happened, or when; None where they are the same.

    Args:
        alike: the minute up to which they are known to be the same.
    """
    pair = (filter(_happens, _entries_after(it, alike)) for it in (first, second))
    for here, there in zip_longest(*pair):
        if here is None or there is None or (here.time, here.event) != (there.time, there.event):
            return Divergence(run, here, there)
    return None


def _entries_after(story: Story | TableStory, minute: Minute | None) -> Iterable[Entry]:
    if minute is None:
        return story.entries
    if isinstance(story, TableStory):
        return story.happenings_after(minute)
    return dropwhile(lambda entry: entry.time <= minute, story.entries)


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
    pairs = (divergence_by(int(run), int(days[run]), first, second) for run in pairs_to_retell(days, most))
    return [divergence for divergence in pairs if divergence is not None]


def divergence_by(
    run: int,
    day: int,
    first: RecordDraws,
    second: RecordDraws,
    stories: tuple[Story | TableStory | None, Story | TableStory | None] = (None, None),
) -> Divergence | None:
    """Where the twins of a run diverge, from simulating both again up to the day by whose end they do.

    Args:
        stories: those of the two that are at hand, and need not be simulated again.
    """
    index, until = index_of(run), min(first.scenario.end, first.scenario.at + day * DAY)
    one, other = (story or draws.tell(index, until) for story, draws in zip(stories, (first, second), strict=True))
    return first_divergence(run, one, other, until - DAY if day > 0 else None)


def some_partings(first: Ensemble, second: Ensemble, draws: tuple[RecordDraws, RecordDraws]) -> list[Parting]:
    """Where twins diverge, in words: of all pairs, or of some, as `divergences` simulates them again.

    Args:
        draws: simulate the stories of each ensemble.
    """
    days = parting_days(first, second)
    return [parting_of(it, draws[0].record.ground) for it in divergences(days, *draws)]


def pairs_to_retell(days: Ints, most: int) -> Ints:
    """The runs whose twins are simulated again, in their order; arguments as for `divergences`."""
    diverging = np.flatnonzero(days >= 0)
    cost = 2 * int(np.maximum(1, days[diverging]).sum())
    if cost <= most:
        return diverging
    chosen = sample_evenly(diverging, max(LEAST_RETOLD_PAIRS, len(diverging) * most // cost))
    earliest = diverging[days[diverging] == days[diverging].min()]
    return chosen if np.isin(earliest, chosen).any() else np.union1d(chosen, earliest[:1])
