"""Faults by simulation: writers on disks that fail, from a seed; `python -m tests.attack.faults --seeds 10000`.

A seed is a war story of one writer: some calls one after another, most of them with a fault, some of two processes beside
each other, and at last a call without one. What holds is looked at after every step, after every loss of power and at the
end: nothing acknowledged is lost, nothing half written is taken for whole, no call ends but well or with an error of the
program's own, and the next one says what it found and goes on. A seed that fails fails again, step by step the same.
"""

from __future__ import annotations

import random
import shutil
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import click
from attrs import define, evolve, field

from situation.errors import SituationError
from situation.testimony.disk.steps import using
from tests.attack.disks import TROUBLES, FailingDisk, Journal, Killed, Trouble, Turns
from tests.attack.report import Suite, Tally, table, trial_options, try_all
from tests.attack.writers import WRITERS, Writer

__all__ = ["Story", "fast_folder", "simulate"]

MOST_STEPS = {"ensemble": 60, "compare": 150, "out": 30, "page": 30, "import": 30, "new": 30, "join": 120}
"""About how many steps a call of each writer takes: a fault strikes at one of them."""
CALLS = 4
SEED = 1_000_000
"""How far the stories of one seed of the suite lie from those of the next."""


@define
class Story:
    """What happened under one seed.

    Args:
        seed, writer: what it is of.
        trace: every step, and how each call ended.
        faults: how often each kind of fault struck.
        broken: what did not hold; empty: all did.
    """

    seed: int
    writer: str
    trace: list[str] = field(factory=list)
    faults: Counter[str] = field(factory=Counter)
    broken: str = ""


@define
class _Simulation:
    story: Story
    writer: Writer
    rng: random.Random
    journal: Journal

    def call(self, version: int, trouble: Trouble | None, turns: Turns | None = None, who: int = 0) -> None:
        """One call of the program, in a process of its own."""
        clock = 2 * 10**9 if self.rng.random() < 0.2 else None
        drawn = random.Random(self.rng.random())
        disk = FailingDisk(self.journal, drawn, trouble, who, turns, self.writer.look, clock, self.story.trace)
        notes: list[str] = []
        left = turns is None and self.writer.left(version)
        self.writer.begun.append(version)
        with using(disk):
            try:
                self.writer.write(version, notes.append)
            except Killed:
                self.story.trace.append(f"{who} killed")
            except SituationError as error:
                self.story.trace.append(f"{who} told: {error}".replace(str(self.writer.home), ""))
                assert trouble is not None or turns is not None, f"an error without a cause: {error}"
            else:
                self.writer.begun.remove(version)
                self.writer.done.append(version)
                self.story.trace.append(f"{who} done: {version} {notes}".replace(str(self.writer.home), ""))
                assert notes or not left, "a call was cut off, and the next one does not say so"
        if trouble is not None and disk.steps >= trouble.at:
            self.story.faults[trouble.kind] += 1

    def beside(self, versions: list[int], troubles: list[Trouble | None]) -> None:
        """Two calls beside each other, step by step in an order that is drawn."""
        turns = Turns(self.rng)
        failed: list[BaseException] = []

        def work(who: int) -> None:
            try:
                self.call(versions[who], troubles[who], turns, who)
            except BaseException as error:  # noqa: BLE001  # raised again where the story is told
                failed.append(error)

        turns.run([lambda: work(0), lambda: work(1)])
        self.story.faults["second process"] += 1
        if failed:
            raise failed[0]

    def trouble(self, name: str) -> Trouble | None:
        if self.rng.random() < 0.15:
            return None
        at = 1 + int(self.rng.random() ** 1.5 * MOST_STEPS[name])
        return Trouble(self.rng.choice(TROUBLES), at, self.rng.random() < 0.5)


def simulate(seed: int, home: Path, name: str = "") -> Story:
    """Tell the story of a seed.

    Args:
        seed: the seed.
        home: an empty folder.
        name: of the writer; empty: one that the seed draws.
    """
    rng = random.Random(seed)
    name = name or rng.choice(sorted(WRITERS))
    story = Story(seed, name)
    writer = WRITERS[name](home)
    writer.prepare()
    simulation = _Simulation(story, writer, rng, Journal(home))
    try:
        for _ in range(rng.randint(1, CALLS)):
            version = rng.randint(1, 3) if name not in ("new",) else 1 + len(writer.done) + len(writer.begun)
            if rng.random() < 0.25:
                other = version if rng.random() < 0.6 else version + 1
                simulation.beside([version, other], [simulation.trouble(name), None])
            else:
                simulation.call(version, simulation.trouble(name))
            simulation.journal.power = True
            writer.look()
        last = 4 if name != "new" else 99
        simulation.call(last, None)
        writer.begun.clear()
        writer.look()
        writer.tidy(last)
        left = [*home.glob(".situation-*"), *home.glob("*/.situation-*"), *home.rglob(".pending")]
        assert not left, f"left over: {left}"
    except Exception as error:  # noqa: BLE001  # whatever it is, it is what the seed found
        story.broken = f"{type(error).__name__}: {error}".replace(str(home), "")
    return story


@contextmanager
def fast_folder() -> Iterator[Path]:
    """A folder in memory where the machine has one, since thousands of stories are told in it."""
    memory = Path("/dev/shm")
    with TemporaryDirectory(dir=memory if memory.is_dir() else None) as folder:
        yield Path(folder)


def stories(seeds: range, name: str = "") -> Iterator[Story]:
    """The stories of some seeds."""
    with fast_folder() as folder:
        for seed in seeds:
            home = folder / str(seed)
            home.mkdir()
            yield simulate(seed, home, name)
            shutil.rmtree(home)


def _part(seed: int, numbers: range, writer: str = "", trace: bool = False) -> Tally:
    tally = Tally()
    base = seed * SEED
    for story in stories(range(base + numbers.start, base + numbers.stop), writer):
        tally.count("seeds", story.writer)
        for fault, times in story.faults.items():
            tally.count("faults", fault, times)
        if story.broken:
            steps = "".join(f"\n    {line}" for line in story.trace) if trace else ""
            tally.lost.append(f"number {story.seed - base} of seed {seed} ({story.writer}): {story.broken}{steps}")
    return tally


def _told(tally: Tally) -> Iterable[str]:
    yield from table(["writer", "seeds"], [*tally.most("seeds"), ("all", tally.of("seeds").total())])
    yield ""
    yield from table(["fault", "times"], [*tally.most("faults"), ("all", tally.of("faults").total())])


SUITE = Suite("faults", "seeds", _part, _told)


@click.command()
@click.option("--seeds", default=10_000, show_default=True, help="How many stories.")
@click.option("--writer", type=click.Choice(sorted(WRITERS)), help="Of one writer alone.")
@click.option("--trace", is_flag=True, help="Show every step of those that fail.")
@trial_options
def main(seeds: int, writer: str | None, trace: bool, **options: Any) -> None:
    """Simulate faults, and tell what was lost."""
    part = partial(_part, writer=writer or "", trace=trace)
    further = ("--writer", writer) if writer else ()
    try_all(evolve(SUITE, part=part, further=further), seeds, **options)


if __name__ == "__main__":
    main()
