"""Disks that fail: a step is torn, lost or refused, a process is killed at it, the power goes, another comes between."""

from __future__ import annotations

import errno
import os
import random
import shutil
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

from attrs import define, field, frozen

from situation.testimony.disk.steps import Disk

__all__ = ["TROUBLES", "FailingDisk", "Journal", "Killed", "Trouble", "Turns"]

REFUSALS = {
    "no room": errno.ENOSPC,
    "over quota": errno.EDQUOT,
    "no permission": errno.EACCES,
    "read only": errno.EROFS,
    "input or output": errno.EIO,
}
TROUBLES = ("killed before", "killed after", "torn", "power", *REFUSALS)


class Killed(BaseException):
    """The process that takes this step is no more: no line of it runs after it, whatever it would have cleaned up."""


@frozen
class Trouble:
    """What goes wrong: at which step from 1, and, of a refusal, whether at every step from it on."""

    kind: str
    at: int
    lasting: bool = False


@define
class _Entry:
    folders: frozenset[Path]
    undo: Callable[[], None]


@define
class Journal:
    """The steps that a loss of power may take back: those after the last that was brought to the disk, the latest first.

    A file system writes its steps down in their order: whoever syncs a folder brings every step before to the disk, too.
    """

    root: Path
    entries: list[_Entry] = field(factory=list)
    soft: set[int] = field(factory=set)
    power: bool = True

    def add(self, undo: Callable[[], None], *paths: Path) -> None:
        self.entries.append(_Entry(frozenset(path.parent for path in paths), undo))

    def sync(self, folder: Path) -> None:
        folder = folder.absolute()

        last = max((number for number, entry in enumerate(self.entries) if folder in entry.folders), default=-1)
        del self.entries[: last + 1]

    def lose(self, rng: random.Random) -> None:
        """The power goes: some of the latest steps never were, and of contents that nobody synced a part is left."""
        self.power = False
        kept = rng.randint(0, len(self.entries))
        for entry in reversed(self.entries[kept:]):
            entry.undo()
        for path in sorted(self.root.rglob("*")):
            if path.is_file() and path.stat().st_ino in self.soft and rng.random() < 0.5:
                size = path.stat().st_size
                path.write_bytes(b"\0" * size if rng.random() < 0.3 else path.read_bytes()[: rng.randint(0, size)])
        self.entries.clear()
        self.soft.clear()


@define(eq=False)
class Turns:
    """Several processes that take their steps one after another, in an order that is drawn."""

    rng: random.Random
    alive: set[int] = field(factory=set)
    waiting: set[int] = field(factory=set)
    chosen: int | None = None
    changed: threading.Condition = field(factory=threading.Condition)

    def step(self, who: int) -> None:
        """Wait for one's turn."""
        with self.changed:
            self.waiting.add(who)
            self.changed.notify_all()
            self.changed.wait_for(lambda: self.chosen == who)
            self.chosen = None
            self.waiting.discard(who)

    def run(self, works: list[Callable[[], None]]) -> None:
        """Run some works beside each other to their ends."""
        self.alive = set(range(len(works)))

        def live(who: int) -> None:
            try:
                self.step(who)
                works[who]()
            finally:
                with self.changed:
                    self.alive.discard(who)
                    self.changed.notify_all()

        threads = [threading.Thread(target=live, args=(who,)) for who in range(len(works))]
        for thread in threads:
            thread.start()
        while True:
            with self.changed:
                self.changed.wait_for(lambda: self.chosen is None and self.waiting == self.alive)
                if not self.alive:
                    break
                self.chosen = self.rng.choice(sorted(self.waiting))
                self.changed.notify_all()
        for thread in threads:
            thread.join()


@define(eq=False)
class FailingDisk(Disk):
    """A disk for one process, on which one thing goes wrong.

    Args:
        journal: what a loss of power takes back; shared by the processes of one machine.
        rng: draws how a thing goes wrong.
        trouble: what; None: nothing.
        who, turns: the process, and those beside it.
        watch: looks at what everybody can see, after each step.
        clock: the time that files bear, in seconds; goes back with each file. None: the machine's own.
        trace: every step.
    """

    journal: Journal
    rng: random.Random
    trouble: Trouble | None = None
    who: int = 0
    turns: Turns | None = None
    watch: Callable[[], None] = lambda: None
    clock: int | None = None
    trace: list[str] = field(factory=list)
    steps: int = 0
    dead: bool = False

    def _step(self, name: str, paths: tuple[Path, ...], act: Callable[[], None], part: Callable[[], None]) -> None:
        """Take a step, or have it go wrong; `part`: what is left of one that is torn."""
        if self.turns is not None:
            self.turns.step(self.who)
        if self.dead or not self.journal.power:
            raise Killed
        self.steps += 1
        kind = self._kind(name)
        shown = " ".join(str(path.relative_to(self.journal.root)) for path in paths)
        self.trace.append(f"{self.who} {name} {shown}{f': {kind}' if kind else ''}")
        if kind in REFUSALS:
            part()
            raise OSError(REFUSALS[kind], os.strerror(REFUSALS[kind]), str(paths[0]))
        if kind in ("killed after", "power"):
            act()
        if kind == "torn":
            part()
        if kind:
            self.dead = True
            if kind == "power":
                self.journal.lose(self.rng)
            raise Killed
        act()
        self.watch()

    def _kind(self, name: str) -> str:
        trouble = self.trouble
        if trouble is None or self.steps < trouble.at or (self.steps > trouble.at and not trouble.lasting):
            return ""
        frees = name in ("unlink", "drop", "sync", "flush") and trouble.kind in ("no room", "over quota")
        return "" if frees else trouble.kind

    def make(self, folder: Path) -> None:
        folder = folder.absolute()

        def act() -> None:
            os.mkdir(folder)
            self.journal.add(lambda: shutil.rmtree(folder, ignore_errors=True), folder)

        self._step("make", (folder,), act, lambda: None)

    def write(self, path: Path, content: bytes, lasting: bool) -> None:
        path = path.absolute()

        def put(size: int) -> None:
            with open(path, "xb") as file:
                file.write(content[:size])
            if not lasting or size < len(content):
                self.journal.soft.add(path.stat().st_ino)
            if self.clock is not None:
                self.clock -= self.rng.randint(1, 10**6)
                os.utime(path, (self.clock, self.clock))
            self.journal.add(lambda: path.unlink(missing_ok=True), path)

        torn = self.rng.randint(0, len(content))
        self._step("write", (path,), lambda: put(len(content)), lambda: put(torn))

    def append(self, path: Path, content: bytes) -> None:
        path = path.absolute()
        before = path.stat().st_size

        def put(size: int) -> None:
            with open(path, "r+b") as file:
                file.seek(before)
                file.write(content[:size])
            self.journal.soft.add(path.stat().st_ino)

        torn = self.rng.randint(0, len(content))
        self._step("append", (path,), lambda: put(len(content)), lambda: put(torn))

    def flush(self, path: Path) -> None:
        path = path.absolute()

        self._step("flush", (path,), lambda: self.journal.soft.discard(path.stat().st_ino), lambda: None)

    def sync(self, folder: Path) -> None:
        folder = folder.absolute()

        self._step("sync", (folder,), lambda: self.journal.sync(folder), lambda: None)

    def rename(self, old: Path, new: Path) -> None:
        old, new = old.absolute(), new.absolute()

        def act() -> None:
            before = new.read_bytes() if new.is_file() else None
            empty = new.is_dir()
            os.replace(old, new)

            def undo() -> None:
                os.rename(new, old)
                if before is not None:
                    new.write_bytes(before)
                if empty:
                    os.mkdir(new)

            self.journal.add(undo, old, new)

        self._step("rename", (old, new), act, lambda: None)

    def swap(self, one: Path, other: Path) -> None:
        exchange: Any = super().swap
        one, other = one.absolute(), other.absolute()

        def act() -> None:
            exchange(one, other)
            self.journal.add(lambda: exchange(one, other), one, other)

        self._step("swap", (one, other), act, lambda: None)

    def unlink(self, path: Path) -> None:
        path = path.absolute()

        def act() -> None:
            before = path.read_bytes() if path.is_file() else None
            os.unlink(path)
            self.journal.add(lambda: None if before is None else _put_back(path, before), path)

        self._step("unlink", (path,), act, lambda: None)

    def drop(self, folder: Path) -> None:
        folder = folder.absolute()

        def act() -> None:
            os.rmdir(folder)
            self.journal.add(lambda: os.mkdir(folder), folder)

        self._step("drop", (folder,), act, lambda: None)


def _put_back(path: Path, content: bytes) -> None:
    path.write_bytes(content)
