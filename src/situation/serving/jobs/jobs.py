"""Jobs: a queue of bounded length, one process at a time, and what each has come to.

A job is a process of its own (`situation.serving.jobs.work`), with all that it starts in one process group. So a job that
fails, or uses up its time or the machine's memory, ends alone; and one that is stopped loses the stories under way only.
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
from situation.serving.jobs.work import Task, line_of
from situation.serving.settings import Limits

__all__ = ["ENDED", "Job", "Jobs", "State"]

State = Literal["waiting", "running", "done", "failed", "stopped"]
ENDED: tuple[State, ...] = ("done", "failed", "stopped")
GRACE = 3.0
"""Seconds between asking a process to end and ending it."""
TAIL = 4000
"""Bytes that are kept of what a process writes to its standard error."""
LINE = 1 << 20
"""Bytes in a line that a process may say."""


@define(eq=False)
class Job:
    """Some work, and how far it is. `mark` is that of its server.

    `told` of `of` stories of `stage` are there; `already` of them were, when it began. `turn` counts every change.
    """

    number: int
    task: Task
    state: State = "waiting"
    stage: str = ""
    told: int = 0
    of: int = 0
    already: int = 0
    seconds: float = 0.0
    rate: float | None = None
    left: float | None = None
    result: str = ""
    why: str = ""
    detail: str = ""
    turn: int = 0
    mark: str = ""
    process: asyncio.subprocess.Process | None = field(default=None, repr=False)
    wanted: str = ""
    """Why its end is wanted: empty while it is not."""
    changed: asyncio.Event = field(factory=asyncio.Event, repr=False)

    @property
    def id(self) -> str:
        """What it is called in addresses: no job of another server, or of this one before it was started again, is."""
        return f"{self.mark}-{self.number}"

    @property
    def ended(self) -> bool:
        """Whether nothing more will come of it."""
        return self.state in ENDED

    def answer(self) -> dict[str, Any]:
        """What a browser is told of it."""
        return {
            "job": self.id,
            "title": self.task.title,
            "kind": self.task.kind,
            "state": self.state,
            "stage": self.stage,
            "told": self.told,
            "of": self.of,
            "rate": self.rate,
            "left": self.left,
            "seconds": round(self.seconds, 1),
            "result": self.result,
            "why": self.why,
        }

    def tell(self, **values: Any) -> None:
        """Change what is known of it, and wake everybody who watches."""
        for name, value in values.items():
            setattr(self, name, value)
        self.turn += 1
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

    def ask(self, task: Task) -> Job | None:
        """Whether a task would be taken in: the job that does the same already; None where it is a new one.

        Raises:
            Fault: the queue is full, or the server ends.
        """
        for job in self.known.values():
            if job.task == task and not job.ended:
                return job
        if self.closing:
            raise Fault("The server is being stopped.", "Start it again first.")
        waiting = len(self._waiting)
        if waiting >= self.limits.waiting:
            told = "1 job waits" if waiting == 1 else f"{waiting} jobs wait"
            raise Fault(f"{told} already.", "Wait until one is done, or stop one.")
        return None

    def add(self, task: Task) -> Job:
        """Put a task into the queue; the job that does the same already, where there is one.

        Raises:
            Fault: the queue is full.
        """
        if (same := self.ask(task)) is not None:
            return same
        self._mark = self._mark or _mark()
        self._count += 1
        job = Job(self._count, task, of=task.stories, mark=self._mark)
        self.known[job.id] = job
        self._waiting.append(job)
        self._forget()
        if self._worker is None or self._worker.done():
            self._worker = asyncio.create_task(self._work())
        return job

    def stop(self, job: Job, why: str = "It was stopped.") -> None:
        """End a job: one that waits never begins, one that runs is asked to end, and then ended."""
        if job in self._waiting:
            self._waiting.remove(job)
            job.tell(state="stopped", why=why)
        elif job.state == "running" and not job.wanted:
            job.wanted = why
            _signal(job, signal.SIGTERM)
            asyncio.get_running_loop().call_later(GRACE, _signal, job, signal.SIGKILL)

    async def close(self) -> None:
        """End everything, and wait until it has ended."""
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
                job.tell(state="failed", why=f"Its process could not be followed: {error}")

    async def _run(self, job: Job) -> None:
        loop = asyncio.get_running_loop()
        begun = loop.time()
        job.tell(state="running")
        job.process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "situation.serving.jobs.work"),
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.PIPE,
            start_new_session=True,
            limit=LINE,
        )
        if job.wanted:  # while the process was being started
            _signal(job, signal.SIGTERM)
        minutes = self.limits.minutes
        over = loop.call_later(
            minutes * 60, self.stop, job, f"It took longer than {minutes:g} minutes, and was stopped."
        )
        assert job.process.stdin is not None
        with contextlib.suppress(ConnectionError):  # it has ended already, and what it says of that is read below
            job.process.stdin.write(line_of(job.task))
            await job.process.stdin.drain()
        try:
            _, tail = await asyncio.gather(self._listen(job, begun), _tail(job.process))
            code = await job.process.wait()
        finally:
            over.cancel()
            _signal(job, signal.SIGKILL, left=True)
            job.process.stdin.close()
        self._end(job, code, tail, loop.time() - begun)

    async def _listen(self, job: Job, begun: float) -> None:
        """Take in what the process says, line by line."""
        assert job.process is not None and job.process.stdout is not None
        loop = asyncio.get_running_loop()
        first: tuple[float, int] | None = None
        async for line in job.process.stdout:
            said = orjson.loads(line)
            now = loop.time()
            if "stage" not in said:
                job.result, job.why = said.get("done", ""), said.get("refused", "")
                continue
            if said["stage"] not in (job.stage, "page"):
                first = (now, said["told"])
                job.already = said["told"]
            since = now - first[0] if first else 0.0
            done = said["told"] - first[1] if first else 0
            rate = done / since if since > 0 and done > 0 else None
            left = (said["of"] - said["told"]) / rate if rate else None
            job.tell(stage=said["stage"], told=said["told"], of=said["of"], rate=rate, left=left, seconds=now - begun)

    def _end(self, job: Job, code: int, tail: str, seconds: float) -> None:
        """What a job has come to, from how its process ended."""
        why, state = job.why, "failed"
        if code == 0 and job.result:
            state = "done"
        elif job.wanted:
            why, state = job.wanted, "stopped"
        elif code < 0:
            why = f"Its process was ended from outside ({signal.Signals(-code).name})."
        elif not why:
            last = tail.strip().rpartition("\n")[2]
            why = f"Its process ended with an error: {last or f'exit code {code}'}"
        job.tell(state=state, why=why, detail="" if state == "done" else tail, seconds=seconds, left=None)


def _mark() -> str:
    """A mark of this server: another process, or another moment, has another."""
    now = asyncio.get_running_loop().time()
    return hashlib.sha256(f"{os.getpid()} {now!r}".encode()).hexdigest()[:8]


async def _tail(process: asyncio.subprocess.Process) -> str:
    """The end of what a process writes to its standard error."""
    assert process.stderr is not None
    kept = b""
    while piece := await process.stderr.read(65536):
        kept = (kept + piece)[-TAIL:]
    return kept.decode(errors="replace")


def _signal(job: Job, sign: signal.Signals, left: bool = False) -> None:
    """Send a signal to a job's process and all that it started; with `left`, to what of these it has left behind too."""
    if job.process is not None and (left or job.process.returncode is None):
        with contextlib.suppress(ProcessLookupError):  # the whole group has ended
            os.killpg(job.process.pid, sign)
