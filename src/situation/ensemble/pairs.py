"""Pairs of twins simulated together, in one worker, which notes the first event that only one of the two has."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from attrs import frozen

from situation.chance.vectors import Ints
from situation.ensemble.chunks import Chunks, row_bytes, rows_in, summaries_in, summary_bytes
from situation.ensemble.design import Index, index_of
from situation.ensemble.divergence import Divergence, Parting, divergence_by, parting_of
from situation.ensemble.record_draws import Drawings, RecordDraws, disputed
from situation.ensemble.summary import StorySummary
from situation.ensemble.workers import fill_stores, summary_or_reason
from situation.record.record import Record
from situation.scenario import Scenario
from situation.story.drivers.loop import TableStory
from situation.story.story import Story

__all__ = ["find_partings", "partings_in", "tell_pairs"]


@frozen
class _Pairs:
    """Tells both stories of some runs; a worker process gets it pickled.

    Args:
        draws: simulate the stories of each scenario.
        stores: what is kept of the stories of each, of a call that was stopped: these are not told a second time.
    """

    draws: tuple[RecordDraws, RecordDraws]
    stores: tuple[Chunks, Chunks]

    def __call__(self, start: int, stop: int) -> tuple[bytes, bytes, bytes]:
        """What is kept of the first of each pair, of the second, and where they part."""
        bodies = [store.body(start, stop) for store in self.stores]
        kept = [[] if body is None else summaries_in(body) for body in bodies]
        partings = []
        for index in map(index_of, range(start, stop)):
            pair: list[tuple[Story | TableStory | None, StorySummary]] = []
            for draws, body, summaries in zip(self.draws, bodies, kept, strict=True):
                if body is not None:
                    pair.append((None, summaries[index.run - start]))
                    continue
                pair.append(_story_and_summary(draws, index))
                summaries.append(pair[-1][1])
            divergence = self._divergence(index.run, pair[0], pair[1])
            if divergence is not None:
                partings.append(parting_of(divergence, self.draws[0].record.ground))
        first, second = (
            summary_bytes(summaries) if body is None else body for body, summaries in zip(bodies, kept, strict=True)
        )
        return first, second, row_bytes(partings)

    def _divergence(
        self,
        run: int,
        one: tuple[Story | TableStory | None, StorySummary],
        other: tuple[Story | TableStory | None, StorySummary],
    ) -> Divergence | None:
        """Where a pair parts; of one that was not told now, from simulating it again up to that day."""
        if one[1].reason or other[1].reason:
            return None
        digests = zip(one[1].day_digests, other[1].day_digests, strict=False)
        day = next((day for day, (here, there) in enumerate(digests) if here != there), None)
        return None if day is None else divergence_by(run, day, *self.draws, (one[0], other[0]))


def _story_and_summary(draws: RecordDraws, index: Index) -> tuple[Story | TableStory | None, StorySummary]:
    """The story of a run, and what is kept of it; of one that fails None, and its reason."""
    stories: list[Story | TableStory] = []

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
        stores: what is kept of the stories of the first scenario, of the second, and where the pairs part. A story that is
            kept is not told a second time, but for the days until its pair parts.
        workers: how many processes; no result depends on it.
        finished: called with a number of pairs when they are done.

    Raises:
        SituationError: a worker was ended from outside; what was finished is kept.
    """
    drawings = Drawings()
    first, second = (RecordDraws(it, record, seed, disputed(it, record), drawings) for it in scenarios)
    fill_stores(_Pairs((first, second), stores[:2]), stores, workers, finished)


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
