"""Damaged run folders: every file flipped, cut, removed, swapped; `python -m tests.attack.damage --times 4000`.

A damaged folder is found wherever it is read, and named with the file; it is never believed, and never a traceback.
"""

from __future__ import annotations

import os
import random
import shutil
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import click
import orjson
from attrs import frozen

from situation.errors import SituationError
from situation.record.answers.state import Lens
from situation.record.loading import load
from situation.runs.comparisons import stored_comparison
from situation.runs.ensembles import stored_ensemble
from situation.runs.finding import open_scenario
from situation.runs.folder import sound_manifest
from situation.runs.manifest import MANIFEST, PAGE
from situation.runs.pages import page_of_run
from situation.runs.parts import stored_part
from situation.runs.replays import stored_replay
from situation.runs.stored_run import open_run
from situation.serving.shelf import Shelf
from tests.attack.forgery import forged_run
from tests.attack.report import Suite, Tally, table, trial_options, try_all
from tests.unit.serving.served import home_of

__all__ = ["DAMAGES", "FORGED", "SUITE", "Runs", "attack", "damaged", "forged", "made_runs", "read_everywhere"]

FORGED = "sealed again"


@frozen
class Runs:
    """Runs of a small situation: two ensembles, their comparison, a replay, and two parts.

    Args:
        home: the folder in which the situation and `runs/` lie.
        folders: each run's folder.
        parts: the folders of two parts of one of the ensembles.
    """

    home: Path
    folders: tuple[Path, ...]
    parts: tuple[Path, ...]


def made_runs(home: Path) -> Runs:
    """Make them."""
    home_of(home)
    situation, runs = home / "scenarios" / "tarn-valley", home / "runs"
    files = [str(situation / f"{name}.yaml") for name in ("push-on", "guns")]
    stored = [stored_ensemble(*open_scenario(file, (), situation), 3, 8, 1, folder=runs).folder for file in files]
    comparison = stored_comparison(files[0], files[1], 8, 3, 1, (), situation, runs)
    record = load(situation)
    replay = stored_replay(record, record.inside(None), Lens(), folder=runs)
    scenario, _ = open_scenario(files[0], (), situation)
    parts = tuple(stored_part(scenario, record, 3, span, 1, folder=runs / "parts").folder for span in ((0, 8), (8, 16)))
    return Runs(home, (*stored, Path(str(comparison["comparison"])), replay), parts)


def _flip(file: Path, rng: random.Random, _: Path) -> None:
    content = bytearray(file.read_bytes())
    content[rng.randrange(len(content))] ^= 1 << rng.randrange(8)
    file.write_bytes(content)


def _cut(file: Path, rng: random.Random, _: Path) -> None:
    content = file.read_bytes()
    file.write_bytes(content[: rng.choice((0, 1, len(content) - 1, rng.randrange(len(content))))])


def _lengthen(file: Path, rng: random.Random, _: Path) -> None:
    file.write_bytes(file.read_bytes() + rng.randbytes(rng.randint(1, 9)))


def _zero(file: Path, rng: random.Random, _: Path) -> None:
    content = file.read_bytes()
    start = rng.randrange(len(content))
    file.write_bytes(content[:start] + bytes(len(content) - start - 1) + b"\xff")


def _remove(file: Path, _: random.Random, __: Path) -> None:
    file.unlink()


def _folder(file: Path, _: random.Random, __: Path) -> None:
    file.unlink()
    file.mkdir()


def _link(file: Path, _: random.Random, other: Path) -> None:
    kept = other.parent / f".kept-{file.name}"
    file.replace(kept)
    file.symlink_to(kept)


def _pipe(file: Path, _: random.Random, __: Path) -> None:
    file.unlink()
    os.mkfifo(file)


def _swap(file: Path, _: random.Random, other: Path) -> None:
    beside = other / file.name
    file.write_bytes(beside.read_bytes() if beside.is_file() else b"of no other run")


def _edit(file: Path, rng: random.Random, _: Path) -> None:
    """A manifest edited by hand: a key has another value, the seal is as it was."""
    if file.name != MANIFEST:
        _flip(file, rng, _)
        return
    manifest = orjson.loads(file.read_bytes())
    key = rng.choice(sorted(manifest))
    others: tuple[Any, ...] = (0, 3.5, "x", [], {})
    manifest[key] = rng.choice([value for value in others if value != manifest[key]])
    file.write_bytes(orjson.dumps(manifest))


DAMAGES: Mapping[str, Callable[[Path, random.Random, Path], None]] = {
    "flipped": _flip,
    "cut": _cut,
    "longer": _lengthen,
    "zeroed": _zero,
    "removed": _remove,
    "a folder": _folder,
    "a link": _link,
    "a pipe": _pipe,
    "swapped": _swap,
    "edited": _edit,
}


def read_everywhere(folder: Path) -> list[str]:
    """What every reader of a run says of it: a sentence of an error, or empty where it believes the run."""

    def said(read: Callable[[Path], object]) -> str:
        try:
            read(folder)
        except SituationError as error:
            return str(error)
        return ""

    run = Shelf(folder.parent).run(folder.name)
    listed = "not listed" if run is None else run.problem
    return [said(sound_manifest), said(open_run), said(page_of_run), listed]


def damaged(runs: Runs, rng: random.Random) -> tuple[str, str]:
    """Damage one file of a copy of a run, and read it everywhere.

    Returns: what was done, and what does not hold; empty: it is found by all.
    """
    source, other = rng.sample(runs.folders, 2)
    files = sorted(path.name for path in source.iterdir())
    name, damage = rng.choice(files), rng.choice(sorted(DAMAGES))
    with TemporaryDirectory() as home:
        folder = Path(home) / source.name
        shutil.copytree(source, folder)
        before = (folder / name).read_bytes()
        DAMAGES[damage](folder / name, rng, Path(home) / "other" if damage == "a link" else other)
        done = f"{damage} {name} of {source.name}"
        if (folder / name).is_file() and not (folder / name).is_symlink() and (folder / name).read_bytes() == before:
            return damage, ""
        said = read_everywhere(folder)
        if name == PAGE:  # it is made of the others: these are believed, and it is not
            run = Shelf(folder.parent).run(folder.name)
            return damage, "" if run is not None and PAGE in run.damaged else f"{done}: the page is believed"
        silent = [number for number, sentence in enumerate(said) if not sentence]
        return damage, f"{done}: believed by reader {silent} of {said}" if silent else ""


def forged(runs: Runs, rng: random.Random) -> str:
    """A run of which somebody altered a file, and sealed it again: it may be believed, and is never a traceback."""
    forged_run(runs.home, (*runs.folders, *runs.parts), rng, 2)
    return FORGED


def attack(seed: int, numbers: range) -> Tally:
    """Damage run folders, each as its number draws, and count what was done and what was believed."""
    tally = Tally(seed)
    with TemporaryDirectory() as home:
        runs = made_runs(Path(home))
        for number in numbers:
            rng = random.Random(f"{seed} {number}")
            try:
                if rng.random() < 0.15:
                    tally.count("damages", forged(runs, rng))
                    continue
                damage, fault = damaged(runs, rng)
                tally.count("damages", damage)
            except Exception as error:  # noqa: BLE001  # whatever it is, it is what was looked for
                fault = f"{type(error).__name__}: {error}"
            if fault:
                tally.lost.append(f"number {number} of seed {seed}: {fault}")
    return tally


def _told(tally: Tally) -> Iterable[str]:
    yield from table(["damage", "folders"], [*tally.most("damages"), ("all", tally.of("damages").total())])


SUITE = Suite("damage", "times", attack, _told, chunk=1000)


@click.command()
@click.option("--times", default=4000, show_default=True, help="How many damaged folders.")
@trial_options
def main(times: int, **options: Any) -> None:
    """Damage run folders, and tell what was believed."""
    try_all(SUITE, times, **options)


if __name__ == "__main__":
    main()
