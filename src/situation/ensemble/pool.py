"""Functions called in processes of this machine, or in an executor, in any order, each result kept as it comes."""

from __future__ import annotations

import gc
import multiprocessing
import os
import pickle
import platform
import signal
import sys
import threading
import zlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import BrokenExecutor, CancelledError, Executor, Future, ProcessPoolExecutor, as_completed, wait
from contextlib import contextmanager
from functools import lru_cache, partial
from multiprocessing import connection, forkserver
from multiprocessing.context import BaseContext
from typing import Any, Final, TypeVar

from situation.ensemble.code import code_digest
from situation.errors import SituationError
from situation.kernel import VARIABLE

__all__ = ["call_alone", "call_in_executor", "call_in_pool"]

_Call = TypeVar("_Call", bound=tuple[Any, ...])
_Result = TypeVar("_Result")
_GIVES_BACK: Final = {"MALLOC_ARENA_MAX": "1", "MALLOC_TRIM_THRESHOLD_": "65536", "MALLOC_MMAP_THRESHOLD_": "65536"}
"""By these the C library of Linux gives back what a process needs no more: a tenth of one with compiled kernels."""


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
    count = min(workers, len(calls))
    with (
        _kernels(compiled),
        _ways_to_start(function, compiled) as context,
        ProcessPoolExecutor(count, context, _follow_parent) as pool,
    ):
        _call_in(pool, function, None, calls, keep, advice, lambda _: pool.shutdown(cancel_futures=True))


def call_alone(function: Callable[..., None], arguments: tuple[Any, ...], advice: str, compiled: bool = False) -> None:
    """Call a function in a process of its own, which ends at once when this one is interrupted.

    Args:
        function, arguments: the process gets them pickled.
        advice: what to do when the process was ended from outside.
        compiled: whether the kernels of the process are compiled.

    Raises:
        SituationError: the process was ended from outside.
    """
    spawned = multiprocessing.get_context("spawn")
    here, there = spawned.Pipe(duplex=False)
    worker = spawned.Process(target=_call_and_answer, args=(there, function, arguments))
    with _kernels(compiled), _undisturbed():
        worker.start()
    there.close()
    try:
        failure = here.recv()
    except EOFError:
        raise SituationError(f"A worker was ended from outside. {advice}") from None
    finally:
        worker.kill()
        worker.join()
        here.close()
    if failure is not None:
        raise failure


def _call_and_answer(there: connection.Connection, function: Callable[..., None], arguments: tuple[Any, ...]) -> None:
    """Call a function, and answer with the problem that it raised; None where there was none."""
    _follow_parent()
    try:
        function(*arguments)
    except SituationError as error:
        there.send(error)
    else:
        there.send(None)


def call_in_executor(
    executor: Executor,
    function: Callable[..., _Result],
    calls: Sequence[_Call],
    keep: Callable[[_Call, _Result], None],
    advice: str,
) -> None:
    """Call a function in an executor whose workers have the same code; it is left open.

    Args:
        executor, function, calls, keep, advice: as `call_in_pool` has them.

    Raises:
        SituationError: a worker was ended from outside, or has other code.
    """
    _call_in(executor, function, code_digest(), calls, keep, advice, _cancelled)


@contextmanager
def _ways_to_start(function: Callable[..., Any], compiled: bool) -> Iterator[BaseContext]:
    """How worker processes start: each anew; those with compiled kernels, on Linux, from one that has loaded what all need.

    They share its memory, which is nine tenths of what they would take each, and are ready sooner. It ends with them.
    """
    if not compiled or sys.platform != "linux":
        yield multiprocessing.get_context("spawn")
        return
    while isinstance(function, partial):
        function = function.func
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload([function.__module__])
    try:
        yield context
    finally:
        server: Any = forkserver._forkserver  # for another pool it must begin anew
        server._stop()


@contextmanager
def _kernels(compiled: bool) -> Iterator[None]:
    """Start processes whose kernels are compiled, or not: that is fixed as a process begins."""
    before = {name: os.environ.get(name) for name in (VARIABLE, *_GIVES_BACK)}
    os.environ.pop(VARIABLE, None)
    if compiled:
        os.environ.update({VARIABLE: "compiled", **{name: before[name] or _GIVES_BACK[name] for name in _GIVES_BACK}})
    try:
        yield
    finally:
        for name, value in before.items():
            os.environ.pop(name, None)
            if value is not None:
                os.environ[name] = value


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
    except CancelledError:
        raise SituationError(f"The cluster ended before its work was done. {advice}") from None
    except BrokenExecutor:
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
    gc.freeze()  # what is shared with other workers stays so: it is not looked through for what is unused
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
