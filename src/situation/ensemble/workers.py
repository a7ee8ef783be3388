"""The runs of an ensemble, simulated in this process or in several: chunk by chunk, in any order, to the same bytes."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Executor
from contextlib import AbstractContextManager, contextmanager, nullcontext
from contextvars import ContextVar
from functools import partial

from attrs import define

from situation.ensemble.chunks import Chunks, summary_bytes
from situation.ensemble.design import Index, index_of
from situation.ensemble.pool import call_in_executor, call_in_pool
from situation.ensemble.record_draws import NotByKernels, RecordDraws, disputed
from situation.ensemble.summary import StorySummary, failed_summary
from situation.kernel import COMPILED
from situation.record.record import Record
from situation.scenario import Scenario

__all__ = [
    "EngineFor",
    "KernelUse",
    "Simulation",
    "any_engine",
    "compiled_stories",
    "fill_chunks",
    "fill_stores",
    "missing_from",
    "summary_or_reason",
    "tell_chunk",
    "tell_missing",
]


@define
class KernelUse:
    """How many runs compiled kernels have simulated, and how many they could not."""

    simulated: int = 0
    left: int = 0


_KERNELS: ContextVar[KernelUse | None] = ContextVar("_KERNELS", default=None)
"""Where worker processes simulate stories by compiled kernels: how many they did."""
EngineFor = Callable[[int], AbstractContextManager[None]]
"""While a context is entered, an engine simulates stories; which one is, depends on how many there are."""
Simulation = Callable[[int, int], list[StorySummary]]
"""Simulates the runs from one number up to another; a worker process gets it pickled."""


def summary_or_reason(index: Index, summary: Callable[[], StorySummary]) -> StorySummary:
    """The summary of a run's story; of one that fails, its reason."""
    try:
        return summary()
    except (MemoryError, OSError, NotByKernels):  # what the machine, or the engine, lacks is no outcome of a story
        raise
    except Exception as error:
        if COMPILED:  # it is simulated again as Python, which says with names what is wrong
            raise NotByKernels(str(error)) from error
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
    missing, use = missing_from(stores), _KERNELS.get()

    def keep(span: tuple[int, int], kept: tuple[bytes, ...]) -> None:
        for store, body in zip(stores, kept, strict=True):
            store.write(*span, body)
        finished(span[1] - span[0])

    if executor is None and use is None and (workers == 1 or len(missing) < 2):
        for span in missing:
            keep(span, chunk(*span))
        return
    again = "What was finished is kept: give the same command again to go on."
    advice = again if all(store.lasting for store in stores) else "Nothing of it is kept: call it again."
    if executor is not None:
        call_in_executor(executor, chunk, missing, keep, advice)
    elif use is None:
        call_in_pool(chunk, missing, workers, keep, advice)
    elif missing:
        _by_kernels(chunk, missing, workers, keep, advice, use)


def _by_kernels(
    chunk: Callable[[int, int], tuple[bytes, ...]],
    missing: Sequence[tuple[int, int]],
    workers: int,
    keep: Callable[[tuple[int, int], tuple[bytes, ...]], None],
    advice: str,
    use: KernelUse,
) -> None:
    """Simulate chunks by compiled kernels, and those as Python that hold a run which kernels cannot simulate, or which fails."""
    left: list[tuple[int, int]] = []

    def keep_or_leave(span: tuple[int, int], kept: tuple[bytes, ...] | None) -> None:
        if kept is None:
            left.append(span)
            use.left += span[1] - span[0]
        else:
            keep(span, kept)
            use.simulated += span[1] - span[0]

    call_in_pool(partial(_if_kernels_can, chunk), missing, workers, keep_or_leave, advice, True)
    if left:
        call_in_pool(chunk, sorted(left), workers, keep, advice)


def _if_kernels_can(chunk: Callable[[int, int], tuple[bytes, ...]], start: int, stop: int) -> tuple[bytes, ...] | None:
    try:
        return chunk(start, stop)
    except NotByKernels:
        return None


@contextmanager
def compiled_stories() -> Iterator[KernelUse]:
    """Let stories be simulated by compiled kernels, in processes of their own; no result depends on it."""
    use = KernelUse()
    token = _KERNELS.set(use)
    try:
        yield use
    finally:
        _KERNELS.reset(token)


def any_engine(stories: int) -> AbstractContextManager[None]:
    """The engine that stories are simulated by where none is asked for."""
    return nullcontext()


def missing_from(stores: Sequence[Chunks]) -> list[tuple[int, int]]:
    """The chunks that are missing from one of several stores, in their order."""
    return sorted({span for store in stores for span in store.missing()})


def _chunk(simulate: Simulation, start: int, stop: int) -> tuple[bytes]:
    return (summary_bytes(simulate(start, stop)),)
