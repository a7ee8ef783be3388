"""The runs of an ensemble, simulated in this process or in several: chunk by chunk, in any order, to the same bytes."""

from __future__ import annotations

import multiprocessing
import os
import pickle
import signal
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from functools import partial
from multiprocessing.connection import wait

from situation.ensemble.chunks import Chunks
from situation.ensemble.design import Index, index_of
from situation.ensemble.record_draws import RecordDraws, disputed
from situation.ensemble.summary import StorySummary, failed_summary, summary_of
from situation.errors import SituationError
from situation.record.record import Record
from situation.scenario import Scenario
from situation.story.story import Story

__all__ = ["Simulation", "fill_chunks", "follow_parent", "summary_or_reason", "tell_chunk", "tell_missing"]

Simulation = Callable[[int, int], list[StorySummary]]
"""Simulates the runs from one number up to another; a worker process gets it pickled."""

_WORK: list[tuple[Simulation, Chunks]] = []
"""What a worker process simulates and where it writes, set once when it starts."""


def summary_or_reason(index: Index, story: Callable[[], Story]) -> StorySummary:
    """The summary of a run's story; of one that fails, its reason."""
    try:
        return summary_of(story(), index)
    except (MemoryError, OSError):  # what the machine lacks is no outcome of a story
        raise
    except Exception as error:  # noqa: BLE001  # a run that fails is a row of the result, with its reason
        return failed_summary(index, f"{type(error).__name__}: {error}")


def tell_chunk(record_draws: RecordDraws, start: int, stop: int) -> list[StorySummary]:
    """Simulate some runs. One that fails is a summary with its reason; the others go on."""
    summaries = []
    for run in range(start, stop):
        index = index_of(run)
        summary = summary_or_reason(index, partial(record_draws.tell, index))
        if not summary.reason:
            summary.believed = dict(record_draws.draw(index.record)[1])
        summaries.append(summary)
    return summaries


def tell_missing(
    scenario: Scenario,
    record: Record,
    seed: int,
    chunks: Chunks,
    workers: int,
    finished: Callable[[int], None] = lambda runs: None,
) -> None:
    """Simulate every chunk that is missing.

    Args:
        scenario, record, seed: what the stories are of.
        chunks: where the results are kept.
        workers: how many processes; with 1, this one.
        finished: called with the number of runs of each chunk when it is done.

    Raises:
        SituationError: a worker was ended from outside; what was finished is kept.
    """
    record_draws = RecordDraws(scenario, record, seed, disputed(scenario, record))
    fill_chunks(partial(tell_chunk, record_draws), chunks, workers, finished)


def fill_chunks(simulate: Simulation, chunks: Chunks, workers: int, finished: Callable[[int], None]) -> None:
    """Simulate every chunk that is missing, whatever its runs are of; arguments and errors as `tell_missing` has them."""
    missing = chunks.missing()
    if workers == 1 or len(missing) < 2:
        for start, stop in missing:
            chunks.write(start, stop, simulate(start, stop))
            finished(stop - start)
        return
    payload = pickle.dumps((simulate, chunks))
    pool = ProcessPoolExecutor(min(workers, len(missing)), multiprocessing.get_context("spawn"), _begin, (payload,))
    try:
        with _undisturbed():
            waiting: dict[Future[int], int] = {pool.submit(_work, start, stop): start for start, stop in missing}
        for done in as_completed(waiting):
            finished(done.result())
    except BrokenProcessPool:
        raise SituationError(
            "A worker was ended from outside. What was finished is kept: give the same command again to go on."
        ) from None
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


@contextmanager
def _undisturbed() -> Iterator[None]:
    """Start workers that Ctrl-C never reaches, not even before they are set up; this process heeds it afterwards.

    Workers inherit what this thread blocks. Another thread may be handed the signal all the same, so its handler waits.
    """
    if not hasattr(signal, "pthread_sigmask") or threading.current_thread() is not threading.main_thread():
        yield
        return
    waiting: list[int] = []
    handler = signal.signal(signal.SIGINT, lambda number, frame: waiting.append(number))
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
        signal.signal(signal.SIGINT, handler)
        if waiting:
            signal.raise_signal(signal.SIGINT)


def _begin(payload: bytes) -> None:
    """Set a worker up."""
    follow_parent()
    _WORK[:] = [pickle.loads(payload)]


def follow_parent() -> None:
    """Have a worker process leave Ctrl-C to the process that started it, and end when that process does."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    parent = multiprocessing.parent_process()
    if parent is not None:
        threading.Thread(target=_end_with, args=(parent.sentinel,), daemon=True).start()


def _end_with(sentinel: int) -> None:
    wait([sentinel])
    os._exit(1)


def _work(start: int, stop: int) -> int:
    simulate, chunks = _WORK[0]
    chunks.write(start, stop, simulate(start, stop))
    return stop - start
