"""Readers of the served edition, many at once: `python -m tests.attack.load --readers 200 --seconds 60`.

Each reader keeps a connection, asks for a page, and reads it for a while, as a person does, before the next. Beside them
connections stand idle or half asked, one scenario is told in the served edition and another by the command line. Told is
what was answered, how fast, and what the server's memory came to.
"""

from __future__ import annotations

import asyncio
import os
import random
import re
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from pathlib import Path
from tempfile import TemporaryDirectory

import click
from attrs import define, field

from tests.attack.report import PAGE, head, table, with_block
from tests.unit.serving.served import Server, serving

__all__ = ["Figures", "attack", "pages_of"]

THINKING = 5.0
"""Seconds that a reader looks at a page, in the mean."""
SLOWEST, SHARE = 0.5, 0.99
"""Seconds within which so many of the answers must be there."""
GROWTH = 32
"""Megabytes by which the server may grow while it is read."""
HALF = b"GET / HTTP/1.1\r\nhost: localhost\r\nx-"


@define
class Figures:
    """What came of it: seconds of each answer by its page, answers by status, connections opened, and what was lost."""

    seconds: dict[str, list[float]] = field(factory=dict)
    statuses: Counter[int] = field(factory=Counter)
    lines: int = 0
    lost: list[str] = field(factory=list)


@define
class _Reader:
    """A reader with a connection of its own."""

    port: int
    pages: Sequence[str]
    rng: random.Random
    figures: Figures
    cookie: str
    reader: asyncio.StreamReader | None = None
    writer: asyncio.StreamWriter | None = None

    async def look(self, requests: int | None, until: float, thinking: float) -> None:
        """Ask so many times, or until then, and look at each page for a while."""
        clock = asyncio.get_running_loop().time
        asked = 0
        await asyncio.sleep(self.rng.random() * thinking)
        while asked < requests if requests is not None else clock() < until:
            asked += 1
            page = self.pages[self.rng.randrange(len(self.pages))]
            begun = clock()
            try:
                status = await asyncio.wait_for(self._asked(page), 60)
            except (OSError, asyncio.IncompleteReadError, TimeoutError, ValueError) as error:
                self.figures.lost.append(f"{page}: {type(error).__name__}: {error}")
                self._drop()
                continue
            self.figures.statuses[status] += 1
            self.figures.seconds.setdefault(_kind(page), []).append(clock() - begun)
            await asyncio.sleep(self.rng.expovariate(1 / thinking) if thinking else 0)
        self._drop()

    async def _asked(self, page: str) -> int:
        """Ask for a page; on another connection where the server has closed the idle one meanwhile, as browsers do."""
        try:
            return await self._answer(page)
        except (ConnectionError, asyncio.IncompleteReadError):
            if self.reader is None:
                raise
            self._drop()
            return await self._answer(page)

    async def _answer(self, page: str) -> int:
        if self.reader is None or self.writer is None:
            self.reader, self.writer = await asyncio.open_connection("127.0.0.1", self.port)
            self.figures.lines += 1
        self.writer.write(f"GET {page} HTTP/1.1\r\nhost: localhost\r\ncookie: {self.cookie}\r\n\r\n".encode())
        head = (await self.reader.readuntil(b"\r\n\r\n")).decode("latin-1").lower()
        length = re.search(r"\r\ncontent-length: (\d+)", head)
        if length:
            await self.reader.readexactly(int(length[1]))
        elif "transfer-encoding: chunked" in head:
            while size := int((await self.reader.readline()).strip(), 16):
                await self.reader.readexactly(size + 2)
            await self.reader.readline()
        if "\r\nconnection: close" in head:
            self._drop()
        return int(head.split()[1])

    def _drop(self) -> None:
        if self.writer is not None:
            self.writer.close()
        self.reader = self.writer = None


async def _keep(port: int, sent: bytes) -> None:
    """Keep a connection on which nothing is asked, or half of it; another, where the server has closed it."""
    while True:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        try:
            writer.write(sent)
            with suppress(OSError):
                await reader.read()
        finally:
            writer.close()


def _kind(page: str) -> str:
    """An address without what names one run, job or scenario."""
    return re.sub(r"^/(runs|jobs|new)/[^/?]+", lambda found: f"/{found[1]}/...", page).partition("?")[0]


def attack(
    port: int,
    pages: Sequence[str],
    readers: int,
    *,
    seed: int = 0,
    seconds: float = 0.0,
    requests: int | None = None,
    thinking: float = 0.0,
    idle: int = 0,
    cookie: str = "",
) -> Figures:
    """Read some pages of a server on this machine.

    Args:
        port: where it listens.
        pages: their addresses, of which readers choose by chance.
        readers: how many there are.
        seed: from which the choices are drawn.
        seconds: for how long each reads, where `requests` is not given.
        requests: for how many pages.
        thinking: seconds that a reader looks at a page, in the mean.
        idle: connections beside them, half of which have begun a request.
        cookie: what lets them in.
    """
    figures = Figures()

    async def whole() -> None:
        beside = [asyncio.create_task(_keep(port, HALF if number % 2 else b"")) for number in range(idle)]
        until = asyncio.get_running_loop().time() + seconds
        each = [_Reader(port, pages, random.Random(f"{seed} {number}"), figures, cookie) for number in range(readers)]
        await asyncio.gather(*(reader.look(requests, until, thinking) for reader in each))
        for task in beside:
            task.cancel()
        await asyncio.gather(*beside, return_exceptions=True)

    with ThreadPoolExecutor(1) as threads:  # another test may keep a loop in this thread
        threads.submit(asyncio.run, whole()).result()
    return figures


def pages_of(server: Server, scenario: str, run: str, job: str) -> list[str]:
    """What readers look at: lists, forms, a run with its page and a table, and a job under way."""
    looked_at = ["/", "/", "/new", f"/new/{scenario}", "/compare", f"/runs/{run}", f"/jobs/{job}", f"/jobs/{job}/state"]
    return [*looked_at, "/served.css", "/served.js"]


def _kilobytes(process: int) -> int:
    """What a process has in memory."""
    return int(re.findall(r"VmRSS:\s+(\d+)", Path(f"/proc/{process}/status").read_text())[0])


@contextmanager
def _watched(process: int) -> Iterator[list[float]]:
    """The megabytes that a process has, each second."""
    seen, ended = [_kilobytes(process) / 1024], threading.Event()

    def watch() -> None:
        while not ended.wait(1.0):
            seen.append(_kilobytes(process) / 1024)

    watcher = threading.Thread(target=watch)
    watcher.start()
    try:
        yield seen
    finally:
        ended.set()
        watcher.join()
        seen.append(_kilobytes(process) / 1024)


def _share(times: list[float], share: float) -> float:
    """Milliseconds within which a share of answers was there."""
    return 1000 * sorted(times)[min(len(times) - 1, int(share * len(times)))]


@contextmanager
def _told_beside(home: Path) -> Iterator[None]:
    """A scenario told by the command line meanwhile."""
    words = ("run", "stand-and-fight", "--runs", "100000", "--seed", "5", "--workers", "1")
    command = [sys.executable, "-m", "situation", *words]
    with subprocess.Popen(command, cwd=home, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        yield
        assert process.poll() is None, "It has ended before the readers."
        process.kill()


def _measured(home: Path, readers: int, seconds: float, seed: int, thinking: float) -> tuple[Figures, str, list[str]]:
    """Serve, read, and tell what came of it in sentences, with what does not hold."""
    words = [sys.executable, "-m", "situation", "run", "baseline", "--runs", "8", "--workers", "1"]
    subprocess.run(words, cwd=home, check=True, capture_output=True)
    before = os.getloadavg()[1]
    with serving(home, "al-qaim-2017", "--max-runs", "100000", made=True) as server, _told_beside(home):
        (run,) = [path.name for path in (home / "runs").glob("baseline-*")]
        job = server.job(server.start("no-air-support", stories="100000"))
        pages = pages_of(server, "baseline", run, job)
        for page in pages:
            assert server.client.get(page).status_code == 200, page
        attack(server.port, pages, readers, seed=seed + 1, requests=1, cookie=server.cookie)
        with _watched(server.process.pid) as memory:
            figures = attack(
                server.port,
                pages,
                readers,
                seed=seed,
                seconds=seconds,
                thinking=thinking,
                idle=readers + 100,
                cookie=server.cookie,
            )
        assert server.state(job)["state"] == "running"
        assert server.client.post(f"/jobs/{job}/cancel").status_code == 303
        server.end(job)
    times = [second for page in figures.seconds.values() for second in page]
    within = sum(second < SLOWEST for second in times) / len(times)
    faults = [*figures.lost[:20]]
    if set(figures.statuses) != {200}:
        faults.append(f"Answers: {dict(figures.statuses)}.")
    if within < SHARE:
        faults.append(f"{within:.1%} of the answers were there within {1000 * SLOWEST:.0f} ms.")
    if memory[-1] - memory[0] > GROWTH:
        faults.append(f"The server grew from {memory[0]:.0f} to {memory[-1]:.0f} MB.")
    rows = [
        [f"`{page}`", len(taken), *(f"{_share(taken, share):.0f}" for share in (0.5, 0.99)), f"{1000 * max(taken):.0f}"]
        for page, taken in [*sorted(figures.seconds.items()), ("all", times)]
    ]
    statuses = ", ".join(f"{count:,} times {status}" for status, count in sorted(figures.statuses.items()))
    sizes = f"{memory[0]:.0f} MB at first, at most {max(memory):.0f}, and {memory[-1]:.0f} at the end"
    sentences = (
        head(f"python -m tests.attack.load --readers {readers} --seconds {seconds:g} --seed {seed}"),
        "",
        f"Before, {before:.1f} processes were at work on the machine (the mean of five minutes).",
        f"{readers} readers for {seconds:.0f} seconds, each of whom looked at a page for {thinking:g} seconds in the mean;",
        f"{readers + 100} connections idle or half asked beside them; two scenarios told meanwhile.",
        f"Answered: {statuses}; lost: {len(figures.lost) or 'nothing'}. Within {1000 * SLOWEST:.0f} ms: {within:.2%}.",
        f"The server had {sizes}.",
        "",
        *table(["page", "answers", "half within, ms", "99 % within, ms", "slowest, ms"], rows),
        "",
        f"Did not hold: {' '.join(faults) or 'none'}.",
    )
    told = "".join(f"{sentence}\n" for sentence in sentences)
    return figures, told, faults


@click.command()
@click.option("--readers", default=200, show_default=True, help="How many read.")
@click.option("--seconds", default=60.0, show_default=True, help="For how long.")
@click.option("--thinking", default=THINKING, show_default=True, help="Seconds that one looks at a page, in the mean.")
@click.option("--seed", default=0, show_default=True, help="From which the pages are drawn.")
@click.option("--write", is_flag=True, help="Write the figures into docs/reliability.md.")
def main(readers: int, seconds: float, thinking: float, seed: int, write: bool) -> None:
    """Read the served edition, and tell how it answered."""
    begun = time.monotonic()
    with TemporaryDirectory() as home:
        _, told, faults = _measured(Path(home), readers, seconds, seed, thinking)
    print(told)
    for fault in faults:
        print(fault)
    print(f"Does not hold: {len(faults) or 'nothing'}. {time.monotonic() - begun:.0f} seconds in all.")
    if write:
        PAGE.write_text(with_block(PAGE.read_text("utf-8"), "load", told), "utf-8")
    sys.exit(1 if faults else 0)


if __name__ == "__main__":
    main()
