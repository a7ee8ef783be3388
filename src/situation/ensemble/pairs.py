"""Pairs of twins simulated together, in one worker, which notes the first event that only one of the two has."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from attrs import frozen

from situation.chance.vectors import Ints
from situation.ensemble.chunks import Chunks, row_bytes, rows_in, summary_bytes
from situation.ensemble.design import Index, index_of
from situation.ensemble.divergence import Parting, divergence_by, first_divergence, parting_of
from situation.ensemble.record_draws import RecordDraws, disputed
from situation.ensemble.summary import StorySummary
from situation.ensemble.workers import fill_stores, summary_or_reason
from situation.record.record import Record
from situation.scenario import Scenario
from situation.story.story import Story

__all__ = ["find_partings", "partings_in", "tell_pairs"]


@frozen
class _Pairs:
    """Tells both stories of some runs; a worker process gets it pickled."""

    first: RecordDraws
    second: RecordDraws

    def __call__(self, start: int, stop: int) -> tuple[bytes, bytes, bytes]:
        """What is kept of the first of each pair, of the second, and where they part."""
        summaries: tuple[list[StorySummary], list[StorySummary]] = ([], [])
        partings = []
        for run in range(start, stop):
            pair = []
            for draws, kept in zip((self.first, self.second), summaries, strict=True):
                story, summary = _story_and_summary(draws, index_of(run))
                kept.append(summary)
                pair.append(story)
            one, other = pair
            divergence = None if one is None or other is None else first_divergence(run, one, other)
            if divergence is not None:
                partings.append(parting_of(divergence, self.first.record.ground))
        return summary_bytes(summaries[0]), summary_bytes(summaries[1]), row_bytes(partings)


def _story_and_summary(draws: RecordDraws, index: Index) -> tuple[Story | None, StorySummary]:
    """The story of a run, and what is kept of it; of one that fails None, and its reason."""
    stories: list[Story] = []

    def summary() -> StorySummary:
        story, kept = draws.story_and_summary(index)
        stories.append(story)
        return kept

    kept = summary_or_reason(index, summary)
    return (stories[0] if stories else None), kept


@frozen(eq=False)
class _Again:
    """Tells pairs again, up to the day by whose end they part; a worker process gets it pickled."""

    first: RecordDraws
    second: RecordDraws
    days: Ints

    def __call__(self, start: int, stop: int) -> tuple[bytes]:
        """Where some pairs part."""
        partings = []
        for run in range(start, stop):
            day = int(self.days[run])
            divergence = divergence_by(run, day, self.first, self.second) if day >= 0 else None
            if divergence is not None:
                partings.append(parting_of(divergence, self.first.record.ground))
        return (row_bytes(partings),)


def tell_pairs(
    scenarios: tuple[Scenario, Scenario],
    record: Record,
    seed: int,
    stores: tuple[Chunks, Chunks, Chunks],
    workers: int,
    finished: Callable[[int], None],
) -> None:
    """Tell every pair of stories of two scenarios that is missing, on the same luck.

    Args:
        scenarios, record, seed: what the stories are of.
        stores: what is kept of the stories of the first scenario, of the second, and where the pairs part.
        workers: how many processes; no result depends on it.
        finished: called with a number of pairs when they are done.

    Raises:
        SituationError: a worker was ended from outside; what was finished is kept.
    """
    first, second = (RecordDraws(it, record, seed, disputed(it, record)) for it in scenarios)
    fill_stores(_Pairs(first, second), stores, workers, finished)


def find_partings(
    draws: tuple[RecordDraws, RecordDraws],
    days: Ints,
    store: Chunks,
    workers: int,
    finished: Callable[[int], None],
) -> None:
    """Find where the pairs of two ensembles part that were simulated before, by simulating them again up to that day.

    Args:
        draws: simulate the stories of each ensemble.
        days: shape (runs,): the day by whose end the twins of each run differ; -1 where they never do, or one failed.
        store: where the partings are kept; others are as for `tell_pairs`.
    """
    fill_stores(_Again(*draws, days), (store,), workers, finished)


def partings_in(store: Chunks) -> Iterator[Parting]:
    """The partings that are kept in a store, in the order of runs.

    Raises:
        ChunkGone: a chunk is not there, or not as it was written.
    """
    for _, _, body in store.bodies():
        yield from (Parting(**row) for row in rows_in(body))
