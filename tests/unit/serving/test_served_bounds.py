"""What the served edition keeps within bounds: the jobs that it remembers, what a job leaves behind, and who may watch."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
import time
from collections.abc import Coroutine
from concurrent.futures import ThreadPoolExecutor
from contextlib import aclosing, suppress
from pathlib import Path
from typing import Any, TypeVar

import pytest
from starlette.exceptions import HTTPException
from starlette.responses import StreamingResponse

from situation.serving.jobs.jobs import Job, Jobs
from situation.serving.jobs.work import Task
from situation.serving.settings import Limits
from situation.serving.views import event_stream
from tests.unit.serving.served import goes_on

T = TypeVar("T")
LEAVES = """\
#!/bin/sh
read task
sleep 60 > /dev/null 2>&1 < /dev/null &
echo "{\\"result\\": \\"$!\\"}"
"""
"""A job's process that leaves one of its own behind, and says which."""


def in_a_loop(work: Coroutine[Any, Any, T]) -> T:
    """What it comes to, in a thread of its own: a browser of another test may keep a loop in this one."""
    with ThreadPoolExecutor(1) as threads:
        return threads.submit(asyncio.run, work).result()


def task(number: int) -> Task:
    return Task("run", f"task {number}", "valley", "runs", ("plan.yaml",), stories=8, seed=number)


def test_of_the_jobs_that_have_ended_the_oldest_are_forgotten() -> None:
    async def known() -> list[int]:
        jobs = Jobs(Limits(kept=2))
        begun = [jobs.add(task(0))]
        jobs.stop(begun[0])
        for number in range(1, 4):
            jobs.stop(jobs.add(task(number)))
        waiting = jobs.add(task(4))
        jobs.stop(waiting)
        with pytest.raises(HTTPException, match="does not know this job"):
            jobs.of(begun[0].id)
        await jobs.close()
        return [job.number for job in jobs]

    assert in_a_loop(known()) == [5, 4, 3]


def test_what_a_job_leaves_behind_is_ended_with_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    stand_in_note = tmp_path / "leaves"
    stand_in_note.write_text(LEAVES, encoding="utf-8")
    stand_in_note.chmod(0o755)
    monkeypatch.setattr(sys, "executable", str(stand_in_note))

    async def left() -> tuple[str, int]:
        jobs = Jobs(Limits())
        job = jobs.add(task(0))
        while not job.ended:
            await job.changed.wait()
        return job.state, int(job.result)

    state, child = in_a_loop(left())
    try:
        assert state == "done"
        for _ in range(200):
            if not goes_on(child):
                break
            time.sleep(0.05)
        else:
            pytest.fail("It goes on.")
    finally:
        with suppress(ProcessLookupError):
            os.kill(child, signal.SIGKILL)


def test_a_job_whose_process_says_what_nobody_knows_has_failed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    stand_in = tmp_path / "odd"
    stand_in.write_text(LEAVES.replace("result", "outcome"), encoding="utf-8")
    stand_in.chmod(0o755)
    monkeypatch.setattr(sys, "executable", str(stand_in))

    async def ended() -> Job:
        jobs = Jobs(Limits())
        job = jobs.add(task(0))
        while not job.ended:
            await job.changed.wait()
        return job

    job = in_a_loop(ended())
    assert (job.state, job.result) == ("failed", "")
    assert "which is no progress" in job.why
    assert "outcome" in job.why


def test_no_more_pages_watch_jobs_than_may_and_one_that_is_closed_makes_room() -> None:
    async def watched() -> None:
        jobs, job = Jobs(Limits(streams=1)), Job(1, task(0))
        first: Any = event_stream(job, jobs, "")
        async with aclosing(first.body_iterator) as events:
            assert "event: progress" in (await anext(events)).decode()
            with pytest.raises(HTTPException, match="Too many pages"):
                event_stream(job, jobs, "")
        assert isinstance(event_stream(job, jobs, ""), StreamingResponse)

    in_a_loop(watched())


def test_the_last_event_of_a_job_is_its_end_whenever_it_comes_and_whatever_the_server_does() -> None:
    async def sent() -> list[str]:
        jobs, job = Jobs(Limits(), closing=True), Job(1, task(0), state="running")
        stream: Any = event_stream(job, jobs, "")
        events: list[str] = []
        async with aclosing(stream.body_iterator) as coming:
            async for event in coming:
                events.append(event.decode())
                job.update(**{"finished": 1} if len(events) == 1 else {"state": "stopped"})  # while it is being sent
        return [event.split("event: ")[1].split("\n")[0] for event in events]

    assert in_a_loop(sent()) == ["progress", "progress", "end"]
