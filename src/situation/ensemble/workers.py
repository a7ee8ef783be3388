"""The runs of an ensemble, simulated in this process or in several: chunk by chunk, in any order, to the same bytes."""

from __future__ import annotations

import multiprocessing
import os
import pickle
import platform
import signal
import threading
import zlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import BrokenExecutor, CancelledError, Executor, Future, ProcessPoolExecutor, as_completed, wait
from contextlib import contextmanager
from contextvars import ContextVar
from functools import lru_cache, partial
from multiprocessing import connection
from typing import Any, TypeVar

from situation.ensemble.chunks import Chunks, summary_bytes
from situation.ensemble.code import code_digest
from situation.ensemble.design import Index, index_of
from situation.ensemble.record_draws import RecordDraws, disputed
from situation.ensemble.summary import StorySummary, failed_summary
from situation.errors import SituationError
from situation.kernel import VARIABLE
from situation.record.record import Record
from situation.scenario import Scenario

__all__ = [
    "Simulation",
    "call_in_pool",
    "compiled_stories",
    "fill_chunks",
    "fill_stores",
    "missing_from",
    "summary_or_reason",
    "tell_chunk",
    "tell_missing",
]

_Call = TypeVar("_Call", bound=tuple[Any, ...])
_Result = TypeVar("_Result")
_COMPILED: ContextVar[bool] = ContextVar("_COMPILED", default=False)
"""Whether worker processes simulate stories by compiled kernels."""
Simulation = Callable[[int, int], list[StorySummary]]
"""Simulates the runs from one number up to another; a worker process gets it pickled."""


def summary_or_reason(index: Index, summary: Callable[[], StorySummary]) -> StorySummary:
    """The summary of a run's story; of one that fails, its reason."""
    try:
        return summary()
    except (MemoryError, OSError):  # what the machine lacks is no outcome of a story
        raise
    except Exception as error:  # noqa: BLE001  # a run that fails is a row of the result, with its reason
        return failed_summary(index, f"{type(error).__name__}: {error}")


def tell_chunk(record_draws: RecordDraws, start: int, stop: int) -> list[StorySummary]:
    """Simulate some runs. One that fails is a summary with its reason; the others go on."""
    indices = map(index_of, range(start, stop))
    return [summary_or_reason(index, partial(record_draws.summary, index)) for index in indices]


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
    fill_stores(partial(_chunk, simulate), (chunks,), workers, finished, executor)


def fill_stores(
    chunk: Callable[[int, int], tuple[bytes, ...]],
    stores: Sequence[Chunks],
    workers: int,
    finished: Callable[[int], None],
    executor: Executor | None = None,
) -> None:
    """Simulate every chunk that is missing from one of several stores; arguments and errors as `tell_missing` has them.

    Args:
        chunk: from the first run to the one after the last: what is kept of them, for each store.
        stores: of the same range of runs.
    """
    missing, compiled = missing_from(stores), _COMPILED.get()

    def keep(span: tuple[int, int], kept: tuple[bytes, ...]) -> None:
        for store, body in zip(stores, kept, strict=True):
            store.write(*span, body)
        finished(span[1] - span[0])

    if executor is None and not compiled and (workers == 1 or len(missing) < 2):
        for span in missing:
            keep(span, chunk(*span))
        return
    advice = "What was finished is kept: give the same command again to go on."
    if executor is not None:
        _call_in(executor, chunk, code_digest(), missing, keep, advice, _cancelled)
    elif missing:
        call_in_pool(chunk, missing, workers, keep, advice, compiled)


@contextmanager
def compiled_stories(wanted: bool) -> Iterator[None]:
    """Let stories be simulated by compiled kernels, in processes of their own, or not; no result depends on it."""
    token = _COMPILED.set(wanted)
    try:
        yield
    finally:
        _COMPILED.reset(token)


def missing_from(stores: Sequence[Chunks]) -> list[tuple[int, int]]:
    """The chunks that are missing from one of several stores, in their order."""
    return sorted({span for store in stores for span in store.missing()})


def call_in_pool(
    function: Callable[..., _Result],
    calls: Sequence[_Call],
    workers: int,
    keep: Callable[[_Call, _Result], None],
    advice: str,
    compiled: bool = False,
) -> None:
    """Call a function in processes of this machine, in any order.

    Args:
        function: each worker process gets it pickled, and holds what it holds from call to call.
        calls: the arguments of each call.
        workers: how many processes, at most.
        keep: gets the arguments and the result of each call as it ends; of those under way when this is interrupted, too.
        advice: what to do when a worker was ended from outside.
        compiled: whether the kernels of these processes are compiled.

    Raises:
        SituationError: a worker was ended from outside.
    """
    spawned = multiprocessing.get_context("spawn")
    with _kernels(compiled), ProcessPoolExecutor(min(workers, len(calls)), spawned, _follow_parent) as pool:
        _call_in(pool, function, None, calls, keep, advice, lambda _: pool.shutdown(cancel_futures=True))


@contextmanager
def _kernels(compiled: bool) -> Iterator[None]:
    """Start processes whose kernels are compiled, or not: that is fixed as a process begins."""
    before = os.environ.pop(VARIABLE, None)
    if compiled:
        os.environ[VARIABLE] = "compiled"
    try:
        yield
    finally:
        os.environ.pop(VARIABLE, None)
        if before is not None:
            os.environ[VARIABLE] = before


def _call_in(
    executor: Executor,
    function: Callable[..., _Result],
    code: str | None,
    calls: Sequence[_Call],
    keep: Callable[[_Call, _Result], None],
    advice: str,
    settle: Callable[[Iterable[Future[_Result]]], None],
) -> None:
    """Call a function in an executor, and keep each result as it comes.

    `settle`: cancels what has not begun of some calls, and waits for the others. A pool does that for itself: it may be
    broken by then, and does not bear that its calls are cancelled beside it.
    """
    work = zlib.compress(pickle.dumps(function), 1)
    waiting: dict[Future[_Result], _Call] = {}
    try:
        with _undisturbed():
            for call in calls:
                waiting[executor.submit(_work, work, code, call)] = call
        for done in as_completed(list(waiting)):
            keep(waiting.pop(done), done.result())
    except (BrokenExecutor, CancelledError):
        raise SituationError(f"A worker was ended from outside. {advice}") from None
    finally:
        settle(waiting)
        for future, call in waiting.items():
            if not future.cancelled() and future.exception() is None:
                keep(call, future.result())


def _cancelled(futures: Iterable[Future[Any]]) -> None:
    wait([future for future in futures if not future.cancel()])


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


def _follow_parent() -> None:
    """Have a worker process leave Ctrl-C to the process that started it, and end when that process does."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    parent = multiprocessing.parent_process()
    if parent is not None:
        threading.Thread(target=_end_with, args=(parent.sentinel,), daemon=True).start()


def _end_with(sentinel: int) -> None:
    connection.wait([sentinel])
    os._exit(1)


def _work(work: bytes, code: str | None, arguments: tuple[Any, ...]) -> Any:
    """Call a pickled function.

    Raises:
        SituationError: `code` is given, and is not the digest of the code here.
    """
    if code is not None and code != code_digest():
        raise SituationError(
            f"The worker on {platform.node()} has other code than this machine, and may simulate other stories. "
            "Install the same version there."
        )
    return _opened(work)(*arguments)


@lru_cache(maxsize=1)
def _opened(work: bytes) -> Callable[..., Any]:
    function: Callable[..., Any] = pickle.loads(zlib.decompress(work))
    return function


def _chunk(simulate: Simulation, start: int, stop: int) -> tuple[bytes]:
    return (summary_bytes(simulate(start, stop)),)
