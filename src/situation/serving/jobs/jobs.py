"""Jobs: a queue of bounded length, one process at a time, and the progress and outcome of each.

A job is a process of its own (`situation.serving.jobs.work`), with all that it starts in one process group. So a job that
fails, or uses up its time or the machine's memory, ends alone; one that is stopped loses only the stories under way.
"""

from __future__ import annotations

import asyncio
import contextlib
import hashlib
import os
import signal
import sys
from collections import deque
from collections.abc import Iterator
from typing import Any, Literal

import orjson
from attrs import define, field
from starlette.exceptions import HTTPException

from situation.errors import Fault
from situation.serving.jobs.work import Task, encode
from situation.serving.settings import Limits

__all__ = ["Job", "JobState", "Jobs"]

JobState = Literal["waiting", "running", "done", "failed", "stopped"]
_ENDED: tuple[JobState, ...] = ("done", "failed", "stopped")
_GRACE_SECONDS = 3.0
"""Between asking a process to end and killing it."""
_TAIL_BYTES = 4000
"""Kept of what a process writes to its standard error."""
_LINE_BYTES = 1 << 20
"""The longest line of a process's progress."""


@define(eq=False)
class Job:
    """A task and its progress.

    Args:
        stage: the scenario whose stories are under way, or `page`.
        finished, total: stories of the stage.
        rate: stories a second.
        result: the name of the run folder, once it is done.
        why: it failed or stopped.
        detail: the end of the process's standard error.
        version: the number of changes so far.
        mark: that of its server.
        stop_reason: why it is to stop; empty: it is not.
    """

    number: int
    task: Task
    state: JobState = "waiting"
    stage: str = ""
    finished: int = 0
    total: int = 0
    seconds: float = 0.0
    rate: float | None = None
    seconds_left: float | None = None
    result: str = ""
    why: str = ""
    detail: str = ""
    version: int = 0
    mark: str = ""
    process: asyncio.subprocess.Process | None = field(default=None, repr=False)
    stop_reason: str = ""
    changed: asyncio.Event = field(factory=asyncio.Event, repr=False)

    @property
    def id(self) -> str:
        """Its name in addresses, which no job of another server has, nor of this one before a restart."""
        return f"{self.mark}-{self.number}"

    @property
    def ended(self) -> bool:
        """Whether it has ended, in whatever way."""
        return self.state in _ENDED

    def as_json(self) -> dict[str, Any]:
        """The job as the JSON that a browser receives."""
        return {
            "job": self.id,
            "title": self.task.title,
            "kind": self.task.kind,
            "state": self.state,
            "stage": self.stage,
            "done": self.finished,
            "total": self.total,
            "rate": self.rate,
            "left": self.seconds_left,
            "seconds": round(self.seconds, 1),
            "result": self.result,
            "why": self.why,
        }

    def update(self, **values: Any) -> None:
        """Change some of its attributes, and wake everybody who watches."""
        for name, value in values.items():
            setattr(self, name, value)
        self.version += 1
        self.changed.set()
        self.changed = asyncio.Event()


@define(eq=False)
class Jobs:
    """All jobs of a server. It belongs to one event loop, and is used on no other thread."""

    limits: Limits
    known: dict[str, Job] = field(factory=dict)
    _waiting: deque[Job] = field(factory=deque)
    _worker: asyncio.Task[None] | None = None
    _count: int = 0
    _mark: str = ""
    closing: bool = False
    watching: int = 0
    """Pages that watch a job."""

    def __iter__(self) -> Iterator[Job]:
        """The latest first."""
        return iter(sorted(self.known.values(), key=lambda job: -job.number))

    def of(self, name: str) -> Job:
        """A job by its `id`.

        Raises:
            HTTPException: there is none.
        """
        if name not in self.known:
            words = "The server does not know this job: it forgets the oldest, and all when it is stopped."
            raise HTTPException(404, f"{words} Start the same again, and it goes on from what is kept.")
        return self.known[name]

    def duplicate_of(self, task: Task) -> Job | None:
        """The job that does the same task already; None where there is none, and the task could be added.

        Raises:
            Fault: the queue is full, or the server is being stopped.
        """
        for job in self.known.values():
            if job.task == task and not job.ended:
                return job
        if self.closing:
            raise Fault("The server is being stopped.", "Start it again first.")
        waiting = len(self._waiting)
        if waiting >= self.limits.waiting:
            count = "1 job waits" if waiting == 1 else f"{waiting} jobs wait"
            raise Fault(f"{count} already.", "Wait until one is done, or stop one.")
        return None

    def add(self, task: Task) -> Job:
        """Put a task into the queue, unless a job does the same already.

        Raises:
            Fault: the queue is full, or the server is being stopped.
        """
        if (same := self.duplicate_of(task)) is not None:
            return same
        self._mark = self._mark or _mark()
        self._count += 1
        job = Job(self._count, task, total=task.stories, mark=self._mark)
        self.known[job.id] = job
        self._waiting.append(job)
        self._forget()
        if self._worker is None or self._worker.done():
            self._worker = asyncio.create_task(self._work())
        return job

    def stop(self, job: Job, why: str = "It was stopped.") -> None:
        """Stop a job: a waiting one never starts, a running one is asked to end, and then killed."""
        if job in self._waiting:
            self._waiting.remove(job)
            job.update(state="stopped", why=why)
        elif job.state == "running" and not job.stop_reason:
            job.stop_reason = why
            _signal(job, signal.SIGTERM)
            asyncio.get_running_loop().call_later(_GRACE_SECONDS, _signal, job, signal.SIGKILL)

    async def close(self) -> None:
        """Stop all jobs, and wait until they have ended."""
        self.closing = True
        for job in list(self.known.values()):
            self.stop(job, "The server was stopped.")
        if self._worker is not None:
            await self._worker

    def _forget(self) -> None:
        for name in [job.id for job in self if job.ended][self.limits.kept :]:
            del self.known[name]

    async def _work(self) -> None:
        while self._waiting:
            job = self._waiting.popleft()
            try:
                await self._run(job)
            except Exception as error:  # noqa: BLE001  # whatever it is, it ends this job and not the queue
                job.update(state="failed", why=f"Its process could not be followed: {error}")

    async def _run(self, job: Job) -> None:
        loop = asyncio.get_running_loop()
        begun = loop.time()
        job.update(state="running")
        job.process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "situation.serving.jobs.work"),
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.PIPE,
            start_new_session=True,
            limit=_LINE_BYTES,
        )
        if job.stop_reason:  # while the process was being started
            _signal(job, signal.SIGTERM)
        minutes = self.limits.minutes
        over = loop.call_later(
            minutes * 60, self.stop, job, f"It took longer than {minutes:g} minutes, and was stopped."
        )
        assert job.process.stdin is not None
        with contextlib.suppress(ConnectionError):  # it has ended already, and what it says of that is read below
            job.process.stdin.write(encode(job.task))
            await job.process.stdin.drain()
        try:
            unknown, tail = await asyncio.gather(self._listen(job, begun), _tail(job.process))
            code = await job.process.wait()
        finally:
            over.cancel()
            _signal(job, signal.SIGKILL, group=True)
            job.process.stdin.close()
        self._end(job, code, tail, unknown, loop.time() - begun)

    async def _listen(self, job: Job, begun: float) -> str:
        """Read the progress of a job's process, line by line, to its end.

        Returns: the first line that says what nobody knows; empty where there is none.
        """
        unknown = ""
        assert job.process is not None and job.process.stdout is not None
        loop = asyncio.get_running_loop()
        first: tuple[float, int] | None = None
        async for line in job.process.stdout:
            now = loop.time()
            match orjson.loads(line):
                case {"result": str(result)}:
                    job.result = result
                case {"refused": str(why)}:
                    job.why = why
                case {"stage": str(stage), "done": int(finished), "total": int(total)}:
                    if stage not in (job.stage, "page"):
                        first = (now, finished)
                    since = now - first[0] if first else 0.0
                    done = finished - first[1] if first else 0
                    rate = done / since if since > 0 and done > 0 else None
                    left = (total - finished) / rate if rate else None
                    job.update(
                        stage=stage, finished=finished, total=total, rate=rate, seconds_left=left, seconds=now - begun
                    )
                case _:
                    unknown = unknown or line.decode(errors="replace").strip()[:200]
        return unknown

    def _end(self, job: Job, code: int, tail: str, unknown: str, seconds: float) -> None:
        """Set a job's outcome from how its process ended."""
        why, state = job.why, "failed"
        if unknown:
            why = f"Its process sent {unknown!r}, which is no progress."
        elif code == 0 and job.result:
            state = "done"
        elif job.stop_reason:
            why, state = job.stop_reason, "stopped"
        elif code < 0:
            why = f"Its process was ended from outside ({signal.Signals(-code).name})."
        elif not why:
            last = tail.strip().rpartition("\n")[2]
            why = f"Its process ended with an error: {last or f'exit code {code}'}"
        job.update(state=state, why=why, detail="" if state == "done" else tail, seconds=seconds, seconds_left=None)


def _mark() -> str:
    """A mark of this server, different for another process or another time."""
    now = asyncio.get_running_loop().time()
    return hashlib.sha256(f"{os.getpid()} {now!r}".encode()).hexdigest()[:8]


async def _tail(process: asyncio.subprocess.Process) -> str:
    """The end of what a process writes to its standard error."""
    assert process.stderr is not None
    tail = b""
    while piece := await process.stderr.read(65536):
        tail = (tail + piece)[-_TAIL_BYTES:]
    return tail.decode(errors="replace")


def _signal(job: Job, sign: signal.Signals, group: bool = False) -> None:
    """Send a signal to a job's process group; with `group`, even where the process itself has ended."""
    if job.process is not None and (group or job.process.returncode is None):
        with contextlib.suppress(ProcessLookupError):  # the whole group has ended
            os.killpg(job.process.pid, sign)
