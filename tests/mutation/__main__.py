"""Plants mutants one at a time in a copy of the project, and runs the tests until one fails: `python -m tests.mutation`.

The digests of stories are asked first, then the unit tests of the folder, then all others.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from itertools import islice
from pathlib import Path
from queue import SimpleQueue
from tempfile import TemporaryDirectory

import click

from tests.mutation.mutants import Mutant, drawn

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "src" / "situation"
ROOMS = (
    "chance",
    "rules",
    "log/fold.py",
    "log/effects",
    "record/beliefs/belief.py",
    "record/beliefs/policies.py",
    "story",
    "ensemble",
)
"""Where what happens is decided."""
COPIED = ("src", "tests", "docs", "scenarios")
MINUTES = 20
"""How long the tests of one mutant may take; an endless loop is noticed by this."""


def _files() -> Iterator[Path]:
    for room in ROOMS:
        yield from [PACKAGE / room] if room.endswith(".py") else (PACKAGE / room).rglob("*.py")


def _copied(copy: Path) -> Path:
    """A copy of all that the tests read."""
    for folder in COPIED:
        shutil.copytree(ROOT / folder, copy / folder, ignore=shutil.ignore_patterns("__pycache__"))
    for file in ROOT.iterdir():
        if file.is_file():
            shutil.copy(file, copy)
    return copy


def _stages(mutant: Mutant) -> Iterator[tuple[str, ...]]:
    """The tests to be run, soonest first."""
    yield ("tests/golden/test_stories.py",)
    folder = f"tests/unit/{Path(mutant.file).parts[2]}"
    if (ROOT / folder).is_dir():
        yield (folder,)
    yield ("tests/unit", "tests/property", "tests/oracles", "tests/behaviour", "tests/golden")
    yield ("tests/browser",)


def _failing(copy: Path, tests: tuple[str, ...]) -> str:
    """The first of some tests of `make test` that fails in a copy; empty where all pass."""
    options = ("-x", "-q", "-rfE", "-n", "0", "-p", "no:cacheprovider", "-m", "not long")
    command = [sys.executable, "-B", "-m", "pytest", *options, *tests]
    env = {**os.environ, "PYTHONPATH": str(copy / "src")}
    try:
        done = subprocess.run(
            command, cwd=copy, env=env, capture_output=True, text=True, timeout=60 * MINUTES, check=False
        )
    except subprocess.TimeoutExpired:
        return "the tests do not end"
    lines = [line for line in done.stdout.splitlines() if line.startswith(("FAILED", "ERROR"))]
    name = lines[0].split(" - ")[0].partition(" ")[2] if lines else "the tests do not start"
    return name if done.returncode else ""


def _noticed(mutant: Mutant, copy: Path, stages: int) -> str:
    """The test that notices a mutant; empty where none of the first stages does."""
    file = copy / mutant.file
    source = file.read_bytes()
    file.write_bytes(mutant.planted(source))
    try:
        return next(filter(None, (_failing(copy, tests) for tests in islice(_stages(mutant), stages))), "")
    finally:
        file.write_bytes(source)


@click.command()
@click.option("--count", default=60, show_default=True, help="How many mutants are drawn.")
@click.option("--seed", default=2017, show_default=True, help="By which they are drawn.")
@click.option("--workers", default=2, show_default=True, help="Copies of the project that are tested side by side.")
@click.option("--only", default="", help="Their numbers in the list, such as 3,17; empty: all.")
@click.option("--stages", default=4, show_default=True, help="How many of the four stages of tests are run.")
def _main(count: int, seed: int, workers: int, only: str, stages: int) -> None:
    """Say of each mutant which test notices it, as rows of a Markdown table."""
    chosen = list(enumerate(drawn(list(_files()), ROOT, count, seed), start=1))
    if only:
        chosen = [row for row in chosen if row[0] in {int(number) for number in only.split(",")}]
    with TemporaryDirectory() as scratch, ThreadPoolExecutor(workers) as pool:
        copies: SimpleQueue[Path] = SimpleQueue()
        if _failing(_copied(Path(scratch) / "sound"), ("tests/golden/test_stories.py",)):
            raise click.ClickException("The tests fail without a mutant.")
        for number in range(workers):
            copies.put(_copied(Path(scratch) / str(number)))

        def row(numbered: tuple[int, Mutant]) -> str:
            number, mutant = numbered
            copy = copies.get()
            try:
                test = _noticed(mutant, copy, stages)
            finally:
                copies.put(copy)
            before, after = (" ".join(text.split()).replace("|", "\\|") for text in (mutant.before, mutant.after))
            where = f"{mutant.file.removeprefix('src/situation/')}:{mutant.line}"
            return f"| {number} | {where} | `{before}` | `{after}` | {test or '**none**'} |"

        print("| | where | was | became | noticed by |\n|---|---|---|---|---|")
        for line in pool.map(row, chosen):
            print(line, flush=True)


if __name__ == "__main__":
    _main()
