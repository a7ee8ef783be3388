"""What a suite tried and lost: counted in parts over the cores, added up, and written to its block of docs/reliability.md.

Everything that a suite tries has a number, and is drawn from the seed and that number alone. So a long trial may be cut into
parts (`--first`), on one machine or several, whose counts are kept in a file and added up (`--tally`).
"""

from __future__ import annotations

import json
import multiprocessing
import os
import re
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ProcessPoolExecutor
from datetime import UTC, datetime
from functools import reduce
from itertools import pairwise
from pathlib import Path
from typing import Any, NoReturn

import click
from attrs import asdict, define, field, frozen

__all__ = [
    "PAGE",
    "SUITES",
    "Suite",
    "Tally",
    "block_of",
    "head",
    "in_parts",
    "table",
    "trial_options",
    "try_all",
    "with_block",
]

SUITES = ("records", "faults", "kills", "damage", "requests", "load")
"""The suites of `make attack`, each of which writes the block of its name."""
PAGE = Path(__file__).parents[2] / "docs" / "reliability.md"
MOST_SHOWN = 20
"""Faults that a block shows, of those that were found."""


@define
class Tally:
    """What a part of a trial came to.

    Args:
        seed: from which everything was drawn.
        spans: the numbers that were tried, from the first of a pair up to the second, without it.
        counts: how often, by what is counted, its row and its column.
        seconds: what it took of a core.
        lost: what did not hold.
    """

    seed: int = 0
    spans: list[tuple[int, int]] = field(factory=list)
    counts: dict[str, Counter[str]] = field(factory=dict)
    seconds: float = 0.0
    lost: list[str] = field(factory=list)

    def count(self, what: str, row: str, times: int = 1) -> None:
        self.counts.setdefault(what, Counter())[row] += times

    def of(self, what: str) -> Counter[str]:
        return self.counts.get(what, Counter())

    def most(self, what: str) -> list[tuple[str, int]]:
        """Each row with how often, the most frequent first."""
        return sorted(self.of(what).items(), key=lambda pair: (-pair[1], pair[0]))

    @property
    def tried(self) -> int:
        return sum(stop - start for start, stop in self.spans)

    def __add__(self, other: Tally) -> Tally:
        """Both parts together.

        Raises:
            click.UsageError: they are of two seeds, or one number is in both.
        """
        if self.seed != other.seed and self.spans and other.spans:
            raise click.UsageError(
                f"The parts are of seeds {self.seed} and {other.seed}. Name another file with --tally."
            )
        spans = sorted([*self.spans, *other.spans])
        if any(second[0] < first[1] for first, second in pairwise(spans)):
            raise click.UsageError("A part was counted already. Name the first number that is left with --first.")
        joined: list[tuple[int, int]] = []
        for start, stop in spans:
            if joined and joined[-1][1] == start:
                joined[-1] = (joined[-1][0], stop)
            else:
                joined.append((start, stop))
        counts = {what: self.of(what) + other.of(what) for what in sorted({*self.counts, *other.counts})}
        seed = self.seed if self.spans else other.seed
        return Tally(seed, joined, counts, self.seconds + other.seconds, [*self.lost, *other.lost])


@frozen
class Suite:
    """A suite.

    Args:
        name: its name, of its module and of its block.
        option: the option that says how many it tries.
        part: tries some numbers of a seed, and counts.
        told: what is told of a tally, as lines of the page.
        chunk: how many numbers a process tries at once; what they share is made once for them.
        further: words of its command beside those that every suite has.
    """

    name: str
    option: str
    part: Callable[[int, range], Tally]
    told: Callable[[Tally], Iterable[str]]
    chunk: int = 250
    further: tuple[str, ...] = ()


def trial_options(function: Callable[..., Any]) -> Callable[..., Any]:
    """The options that all suites have but the load run."""
    for option in (
        click.option("--write", is_flag=True, help="Write the figures into docs/reliability.md."),
        click.option(
            "--tally", type=click.Path(path_type=Path), help="Add them to those in this file, and keep all there."
        ),
        click.option(
            "--workers", default=os.cpu_count() or 1, show_default="one a core", help="How many processes try."
        ),
        click.option("--first", default=0, show_default=True, help="The number of the first."),
        click.option("--seed", default=1, show_default=True, help="From which all is drawn."),
    ):
        function = option(function)
    return function


def _seconds() -> float:
    """What this process and those that it waited for have taken of a core."""
    return sum(os.times()[:4])


def _measured(part: Callable[[int, range], Tally], seed: int, numbers: range) -> Tally:
    begun = _seconds()
    tally = part(seed, numbers)
    tally.seed, tally.spans = seed, [(numbers.start, numbers.stop)]
    tally.seconds = _seconds() - begun
    return tally


def in_parts(suite: Suite, seed: int, numbers: range, workers: int) -> Tally:
    """Try some numbers, over some processes. How many these are changes nothing of what is tried."""
    cuts = [*numbers[:: suite.chunk], numbers.stop]
    chunks = [range(start, stop) for start, stop in pairwise(cuts)]
    if workers == 1 or len(chunks) < 2:
        return reduce(Tally.__add__, (_measured(suite.part, seed, chunk) for chunk in chunks), Tally(seed))
    way = "fork" if "fork" in multiprocessing.get_all_start_methods() else None
    with ProcessPoolExecutor(workers, multiprocessing.get_context(way)) as pool:
        parts = [pool.submit(_measured, suite.part, seed, chunk) for chunk in chunks]
        return reduce(Tally.__add__, (part.result() for part in parts), Tally(seed))


def try_all(
    suite: Suite, count: int, *, seed: int, first: int, workers: int, tally: Path | None, write: bool
) -> NoReturn:
    """Try so many, tell what came of it, write it where that is wished, and end: with 1, where anything did not hold."""
    begun = time.monotonic()
    earlier = _read(tally) if tally is not None and tally.exists() else Tally(seed)
    earlier + Tally(seed, [(first, first + count)])  # refused before it is tried
    found = in_parts(suite, seed, range(first, first + count), workers)
    whole = earlier + found
    if tally is not None:
        tally.write_text(json.dumps(asdict(whole), indent=1), "utf-8")
    text = block_of(suite, whole)
    print(text)
    print(f"{time.monotonic() - begun:.0f} seconds in all.")
    for line in found.lost:
        print(line)
    if write:
        PAGE.write_text(with_block(PAGE.read_text("utf-8"), suite.name, text), "utf-8")
    sys.exit(1 if found.lost else 0)


def _read(file: Path) -> Tally:
    kept = json.loads(file.read_text("utf-8"))
    spans = [(start, stop) for start, stop in kept["spans"]]
    counts = {what: Counter(rows) for what, rows in kept["counts"].items()}
    return Tally(kept["seed"], spans, counts, kept["seconds"], kept["lost"])


def head(command: str, minutes: float | None = None) -> str:
    """When, where, at what cost, and by which command the figures were made."""
    cost = "" if minutes is None else f", {minutes:.1f} minutes of a core"
    return f"{datetime.now(UTC):%-d %B %Y}, {os.cpu_count()} cores{cost}: `{command}`"


def _command(suite: Suite, tally: Tally) -> str:
    parts = []
    for start, stop in tally.spans:
        begin = ("--first", str(start)) if start else ()
        words = ("python", "-m", f"tests.attack.{suite.name}", f"--{suite.option}", str(stop - start), *begin)
        parts.append(" ".join((*words, "--seed", str(tally.seed), *suite.further)))
    return "` and `".join(parts)


def block_of(suite: Suite, tally: Tally) -> str:
    """The block of a suite: how its figures are made again, the figures, and what was lost."""
    shown = [f"- `{_in_short(line)}`" for line in tally.lost[:MOST_SHOWN]]
    lost = f"Of {tally.tried:,} did not hold: {len(tally.lost) or 'none'}."
    lines = [head(_command(suite, tally), tally.seconds / 60), "", *suite.told(tally), "", lost, *shown]
    return "".join(f"{line}\n" for line in lines)


def _in_short(lost: str) -> str:
    """What did not hold, without the way there through the code: what was tried, and the last line of what came of it."""
    lines = lost.replace("`", "").splitlines() or [""]
    return " ".join(" ".join(dict.fromkeys((lines[0], lines[-1]))).split())[:400]


def table(columns: Sequence[str], rows: Iterable[Sequence[object]]) -> list[str]:
    """A table of the page; counts with a comma at the thousands."""
    cells = [[f"{cell:,}" if isinstance(cell, int) else str(cell) for cell in row] for row in rows]
    lines = [f"| {' | '.join(row)} |" for row in (columns, *cells)]
    return [lines[0], f"|{'---|' * len(columns)}", *lines[1:]]


def with_block(page: str, name: str, text: str) -> str:
    """A page with another text between the marks of a block.

    Raises:
        ValueError: the page has no such block, or more than one.
    """
    block = re.compile(rf"(?<=<!-- {name} -->\n).*?(?=<!-- end of {name} -->)", re.DOTALL)
    changed, count = block.subn(lambda _: text, page)
    if count != 1:
        raise ValueError(f"The page has {count} blocks {name}.")
    return changed
