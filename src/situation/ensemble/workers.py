"""The runs of an ensemble, simulated in this process or in several: chunk by chunk, in any order, to the same bytes."""

from __future__ import annotations

import multiprocessing
import os
import pickle
import platform
import signal
import threading
import zlib
from collections.abc import Callable, Iterator
from concurrent.futures import BrokenExecutor, CancelledError, Executor, Future, ProcessPoolExecutor, as_completed, wait
from contextlib import contextmanager
from functools import lru_cache, partial
from multiprocessing import connection

from situation.ensemble.chunks import Chunks, summary_bytes
from situation.ensemble.code import code_digest
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
    executor: Executor | None = None,
) -> None:
    """Simulate every chunk that is missing.

    Args:
        scenario, record, seed: what the stories are of.
        chunks: where the results are kept.
        workers: how many processes; with 1, this one.
        finished: called with the number of runs of each chunk when it is done.
        executor: simulates the chunks in place of `workers`; it is left open. Scenario and record go to it, and the
            summaries of the stories come back; its workers need no folder of this machine, and the same code.

    Raises:
        SituationError: a worker was ended from outside, or has other code; what was finished is kept.
    """
    record_draws = RecordDraws(scenario, record, seed, disputed(scenario, record))
    fill_chunks(partial(tell_chunk, record_draws), chunks, workers, finished, executor)


def fill_chunks(
    simulate: Simulation,
    chunks: Chunks,
    workers: int,
    finished: Callable[[int], None],
    executor: Executor | None = None,
) -> None:
    """Simulate every chunk that is missing, whatever its runs are of; arguments and errors as `tell_missing` has them."""
    missing = chunks.missing()
    if executor is None and (workers == 1 or len(missing) < 2):
        for start, stop in missing:
            chunks.write(start, stop, summary_bytes(simulate(start, stop)))
            finished(stop - start)
        return
    work = zlib.compress(pickle.dumps(simulate), 1)
    if executor is not None:
        _simulate_in(executor, work, code_digest(), missing, chunks, finished)
        return
    spawned = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(min(workers, len(missing)), spawned, follow_parent) as pool:
        _simulate_in(pool, work, None, missing, chunks, finished)


def _simulate_in(
    executor: Executor,
    work: bytes,
    code: str | None,
    missing: list[tuple[int, int]],
    chunks: Chunks,
    finished: Callable[[int], None],
) -> None:
    """Simulate chunks in an executor, and keep each as it comes; those that are under way are waited for at the end."""
    waiting: dict[Future[bytes], tuple[int, int]] = {}
    try:
        with _undisturbed():
            for span in missing:
                waiting[executor.submit(_work, work, code, *span)] = span
        for done in as_completed(list(waiting)):
            start, stop = waiting.pop(done)
            chunks.write(start, stop, done.result())
            finished(stop - start)
    except (BrokenExecutor, CancelledError):
        raise SituationError(
            "A worker was ended from outside. What was finished is kept: give the same command again to go on."
        ) from None
    finally:
        running = {future: span for future, span in waiting.items() if not future.cancel()}
        for future in wait(running).done:
            if not future.cancelled() and future.exception() is None:
                chunks.write(*running[future], future.result())


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


def follow_parent() -> None:
    """Have a worker process leave Ctrl-C to the process that started it, and end when that process does."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    parent = multiprocessing.parent_process()
    if parent is not None:
        threading.Thread(target=_end_with, args=(parent.sentinel,), daemon=True).start()


def _end_with(sentinel: int) -> None:
    connection.wait([sentinel])
    os._exit(1)


def _work(work: bytes, code: str | None, start: int, stop: int) -> bytes:
    """Some runs, as `summary_bytes` makes them, of a pickled `Simulation`.

    Raises:
        SituationError: `code` is given, and is not the digest of the code here.
    """
    if code is not None and code != code_digest():
        raise SituationError(
            f"The worker on {platform.node()} has other code than this machine, and may tell other stories. "
            "Install the same version there."
        )
    return summary_bytes(_opened(work)(start, stop))


@lru_cache(maxsize=1)
def _opened(work: bytes) -> Simulation:
    simulate: Simulation = pickle.loads(zlib.decompress(work))
    return simulate
