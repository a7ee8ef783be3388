"""Mutated inputs over every reader of what a user writes: `python -m tests.attack.records --inputs 100000`.

Tells what was tried, how often, and how it ended. The same seed tries the same inputs, whatever the machine; a failing
input is told by its number, and `--only NUMBER` tries it alone and keeps its folder.
"""

from __future__ import annotations

import os
import shutil
import sys
import traceback
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from random import Random
from tempfile import mkdtemp
from textwrap import wrap
from typing import Any

import click

from situation.errors import Problem
from situation.testimony import documents
from tests.attack.mutations import mutated
from tests.attack.readers import LAWS, read_by_all
from tests.attack.report import Suite, Tally, table, trial_options, try_all
from tests.attack.subjects import SUBJECTS

__all__ = ["SUITE", "attack"]

ENDS = ("accepted", "warned", "refused")
_SCENES = tuple(SUBJECTS)
_ROOM = next((room for room in ("/dev/shm",) if os.access(room, os.W_OK)), None)
"""Where inputs are written: in memory, where the machine lets one; None: among its temporary files."""


def attack(seed: int, numbers: Iterable[int], keep: bool = False) -> Tally:
    """Try some inputs of a seed.

    Args:
        seed: from which every input is drawn, each by its own number.
        numbers: the numbers of the inputs.
        keep: leave the folder of each input, and say where it is.
    """
    tally = Tally(seed)
    for number in numbers:
        rng = Random(f"{seed}/{number}")
        scene = rng.choice(_SCENES)
        subject = SUBJECTS[scene]
        files, done = mutated(subject.files, subject.mutated, rng)
        for name in done:
            tally.count("mutations", name)
        folder = Path(mkdtemp(prefix="attack-", dir=_ROOM))
        try:
            tally.count(scene, read_by_all(files, subject, folder, rng))
        except Exception as error:  # noqa: BLE001  # whatever is raised is what is looked for
            tally.count(scene, "broke a law")
            told = "".join(traceback.format_exception(error)).strip()
            tally.lost.append(f"input {number} of seed {seed}, {scene}: {', '.join(done)}\n{told}")
        finally:
            if keep:
                print(folder)
            else:
                shutil.rmtree(folder)
    return tally


@contextmanager
def _parsed_once() -> Iterator[None]:
    """Have a text parsed once, however many readers of an input read it, and however many inputs have it."""
    room: dict[str, Any] = vars(documents)
    parse = room["_read_yaml"]
    parsed = lru_cache(maxsize=256)(parse)

    def read(text: str, name: str) -> tuple[Any, list[Problem]]:
        document, problems = parsed(text, name)
        return document, [*problems]

    room["_read_yaml"] = read
    try:
        yield
    finally:
        room["_read_yaml"] = parse


def _part(seed: int, numbers: range) -> Tally:
    with _parsed_once():
        return attack(seed, numbers)


def _told(tally: Tally) -> Iterable[str]:
    rows = []
    for scene in _SCENES:
        ends = tally.of(scene)
        rows.append([scene, ends.total(), *(ends[end] for end in ENDS), ends["broke a law"]])
    sums = [sum(column) for column in zip(*(row[1:] for row in rows), strict=True)]
    columns = ["what was mutated", "inputs", "accepted", "warned, or rows left out", "refused", "broke a law"]
    yield from table(columns, [*rows, ["all", *sums]])
    yield ""
    yield "Mutations, of which an input has one to four:"
    yield from wrap(f"{'; '.join(f'{name} {count:,}' for name, count in tally.most('mutations'))}.", 130)


SUITE = Suite("records", "inputs", _part, _told)


@click.command()
@click.option("--inputs", default=100_000, show_default=True, help="How many inputs to try.")
@click.option("--only", type=int, help="Try the input of this number alone, and keep its folder.")
@trial_options
def main(inputs: int, only: int | None, **options: Any) -> None:
    """Mutate what a user writes, and have every reader read it."""
    print(f"The laws: {'; '.join(LAWS)}.")
    if only is None:
        try_all(SUITE, inputs, **options)
    tally = attack(options["seed"], [only], keep=True)
    print("\n".join([*_told(tally), *tally.lost]))
    sys.exit(1 if tally.lost else 0)


if __name__ == "__main__":
    main()
