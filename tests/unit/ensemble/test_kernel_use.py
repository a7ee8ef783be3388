"""Runs that compiled kernels cannot simulate are simulated as Python, and both are counted."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from situation.ensemble.chunks import Chunks
from situation.ensemble.design import index_of
from situation.ensemble.pool import call_alone, call_in_pool
from situation.ensemble.record_draws import NotByKernels
from situation.ensemble.workers import compiled_stories, fill_stores, summary_or_reason
from situation.errors import Fault, SituationError
from situation.kernel import COMPILED


def chunk(start: int, stop: int) -> tuple[bytes]:
    if COMPILED and start:
        raise NotByKernels("no room")
    return (b"by kernels" if COMPILED else b"as Python",)


def test_chunks_that_kernels_leave_are_simulated_as_python(tmp_path: Path) -> None:
    chunks = Chunks(tmp_path, 250)
    done: list[int] = []
    spans = chunks.missing()
    assert len(spans) > 1
    with compiled_stories() as use:
        fill_stores(chunk, (chunks,), 2, done.append)
    first = spans[0][1] - spans[0][0]
    assert (use.simulated, use.left, sum(done)) == (first, 250 - first, 250)
    assert {chunks.body(*span) for span in spans} == {b"by kernels", b"as Python"}
    assert not chunks.missing()


def test_where_kernels_are_compiled_no_failed_story_is_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    def fails() -> None:
        raise EOFError("Ran out of input")

    assert summary_or_reason(index_of(0), fails).reason == "EOFError: Ran out of input"  # type: ignore[arg-type]
    monkeypatch.setattr("situation.ensemble.workers.COMPILED", True)
    with pytest.raises(NotByKernels):
        summary_or_reason(index_of(0), fails)  # type: ignore[arg-type]


def test_a_process_of_its_own_ends_at_once_when_it_is_interrupted() -> None:
    script = (
        "import signal; from time import sleep; from situation.ensemble.pool import call_alone; "
        "signal.signal(signal.SIGINT, signal.default_int_handler); call_alone(sleep, (300,), '')"
    )
    with subprocess.Popen([sys.executable, "-c", script], stderr=subprocess.PIPE, text=True) as process:
        deadline = time.monotonic() + 60.0
        children = Path(f"/proc/{process.pid}/task/{process.pid}/children")
        while not (children.exists() and len(children.read_text().split()) > 1) and time.monotonic() < deadline:
            time.sleep(0.05)
        time.sleep(1.0)
        process.send_signal(signal.SIGINT)
        assert "KeyboardInterrupt" in process.communicate(timeout=60.0)[1]


def refuse(reason: str) -> None:
    raise Fault(reason)


def test_what_a_process_of_its_own_refuses_is_refused_here() -> None:
    with pytest.raises(Fault, match="no room"):
        call_alone(refuse, ("no room",), "")
    with pytest.raises(SituationError, match=r"A worker was ended from outside\. Begin anew\."):
        call_alone(os._exit, (3,), "Begin anew.")


def whose(call: int) -> tuple[int, int, bool]:
    time.sleep(0.2)
    return os.getpid(), os.getppid(), COMPILED


def end(call: int) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere each worker starts anew")
def test_workers_with_compiled_kernels_are_forks_of_one_process_which_ends_with_them() -> None:
    def answers(compiled: bool) -> tuple[set[int], set[int], set[bool]]:
        results: list[tuple[int, int, bool]] = []
        calls = [(number,) for number in range(6)]
        call_in_pool(whose, calls, 2, lambda call, result: results.append(result), "", compiled)
        assert len(results) == len(calls)
        workers, parents, kinds = zip(*results, strict=True)
        return set(workers), set(parents), set(kinds)

    for _ in range(2):
        workers, parents, kinds = answers(compiled=True)
        (parent,) = parents
        assert parent != os.getpid()
        assert kinds == {True}
        assert not any(Path(f"/proc/{process}").exists() for process in {parent, *workers})
        assert answers(compiled=False)[1:] == ({os.getpid()}, {False})
    with pytest.raises(SituationError, match=r"A worker was ended from outside\. Begin anew\."):
        call_in_pool(end, [(0,), (1,)], 2, lambda call, result: None, "Begin anew.", compiled=True)
    before = dict(os.environ)
    assert answers(compiled=True)[2] == {True}
    assert dict(os.environ) == before
