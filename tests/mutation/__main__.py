"""Plants mutants one at a time in a copy of the project, and runs the tests until one fails: `python -m tests.mutation`.

The tests that import the file are run first, then the digests of stories, the unit tests of the folder, and all others of
`make test`. With `--results` each result is written to a file as it comes, and a run that was stopped goes on from there.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from itertools import islice
from pathlib import Path
from queue import SimpleQueue
from subprocess import STDOUT
from tempfile import TemporaryDirectory, TemporaryFile
from threading import Lock

import click
from attrs import define, field

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
SECONDS = 900
"""How long one test may take, on a machine that is busy; an endless loop is noticed by this."""
FOLDERS = ("unit", "property", "oracles", "behaviour", "golden", "arch", "attack", "browser")
"""The tests of `make test`, by what sooner notices a fault."""
STAGES = 5
OF_FORM = (
    "tests/arch/test_recipes.py::"
    "test_with_all_recipes_followed_every_module_can_be_imported_and_the_code_is_as_the_project_has_it",
)
"""Tests of how the code is set: they would notice any mutant, by its brackets, and so say nothing of one."""
NOTHING = "nothing"


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
    """The tests of `make test`, soonest first."""
    module = ".".join(Path(mutant.file).with_suffix("").parts[1:])
    files = sorted(it for folder in FOLDERS for it in (ROOT / "tests" / folder).rglob("test_*.py"))
    yield tuple(
        it.relative_to(ROOT).as_posix() for it in files if re.search(rf"\b{re.escape(module)}\b", it.read_text("utf-8"))
    )
    yield ("tests/golden/test_stories.py",)
    folder = f"tests/unit/{Path(mutant.file).parts[2]}"
    yield (folder,) if (ROOT / folder).is_dir() else ()
    yield tuple(f"tests/{it}" for it in FOLDERS[:5])
    yield tuple(f"tests/{it}" for it in FOLDERS[5:])


def _failing(copy: Path, tests: Sequence[str], without: Sequence[str] = ()) -> str:
    """The first of some tests of `make test` that fails in a copy; empty where all pass."""
    options = ["-x", "-q", "-rfE", "-n", "0", "-p", "no:cacheprovider", "-m", "not long"]
    options += ["-o", f"faulthandler_timeout={SECONDS}", "-o", "faulthandler_exit_on_timeout=true"]
    command = [sys.executable, "-B", "-m", "pytest", *options, *(f"--deselect={test}" for test in without), *tests]
    env = {**os.environ, "PYTHONPATH": str(copy / "src"), "PYTHONDONTWRITEBYTECODE": "1"}
    env.pop("SITUATION_TESTS_FOLDER", None)  # stories of another mutant must not lie ready
    with (
        TemporaryFile("w+", encoding="utf-8", errors="replace") as written,
        subprocess.Popen(command, cwd=copy, env=env, stdout=written, stderr=STDOUT, start_new_session=True) as process,
    ):
        process.wait()
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)  # what a test that was stopped has left running
        written.seek(0)
        output = written.read()
    if not process.returncode:
        return ""
    if "Timeout (" in output:
        return "the tests do not end"
    lines = [line for line in output.splitlines() if line.startswith(("FAILED", "ERROR"))]
    return lines[0].split(" - ")[0].partition(" ")[2] if lines else "the tests do not start"


@define
class _Copies:
    """Copies of the project: one without a fault, and one for each worker."""

    sound: Path
    free: SimpleQueue[Path] = field(factory=SimpleQueue)
    unsound: list[str] = field(factory=lambda: [*OF_FORM])
    """Tests that fail in a copy without a fault, too, and so say nothing of one."""

    def noticed(self, mutant: Mutant, stages: int) -> str:
        """The test that notices a mutant; `NOTHING` where none of the first stages does."""
        copy = self.free.get()
        file = copy / mutant.file
        source = file.read_bytes()
        file.write_bytes(mutant.planted(source))
        try:
            tests = (self._noticing(copy, tests) for tests in islice(_stages(mutant), stages) if tests)
            return next(filter(None, tests), NOTHING)
        finally:
            file.write_bytes(source)
            self.free.put(copy)

    def _noticing(self, copy: Path, tests: Sequence[str]) -> str:
        """The first test that fails with the fault and passes without it."""
        while True:
            test = _failing(copy, tests, tuple(self.unsound))
            if "::" not in test or not _failing(self.sound, [test]):
                return test
            print(f"This test fails without a mutant, too, and is left out: {test}", file=sys.stderr, flush=True)
            self.unsound.append(test)


def _digest() -> str:
    """Of the code in which mutants are planted."""
    digest = hashlib.sha256()
    for path in sorted(_files()):
        digest.update(path.relative_to(ROOT).as_posix().encode() + b"\n" + path.read_bytes())
    return digest.hexdigest()[:16]


def _results_so_far(results: Path | None, draw: dict[str, object]) -> dict[int, str]:
    """What a file says of mutants of the same draw, by their numbers. Its first line says which draw it is."""
    if results is None:
        return {}
    if ROOT in results.resolve().parents:
        raise click.ClickException(f"{results} lies in the project. Name a file outside.")
    if not results.exists():
        results.write_text(json.dumps(draw) + "\n", "utf-8")
    first, *rows = [line for line in results.read_text("utf-8").splitlines(keepends=True) if line.endswith("\n")]
    if json.loads(first) != draw:
        raise click.ClickException(f"{results} is of another draw or other code: {first.strip()}. Name another file.")
    results.write_text("".join((first, *rows)), "utf-8")  # without half a line that a run left as it was stopped
    return {row["number"]: row["noticed_by"] for row in map(json.loads, rows)}


def _where(mutant: Mutant) -> str:
    return f"{mutant.file.removeprefix('src/situation/')}:{mutant.line}"


def _row(number: int, mutant: Mutant, test: str) -> str:
    before, after = (" ".join(text.split()).replace("|", "\\|") for text in (mutant.before, mutant.after))
    return f"| {number} | {_where(mutant)} | `{before}` | `{after}` | {test} |"


@click.command()
@click.option("--count", default=60, show_default=True, help="How many mutants are drawn.")
@click.option("--seed", default=2017, show_default=True, help="By which they are drawn.")
@click.option("--workers", default=2, show_default=True, help="Copies of the project that are tested side by side.")
@click.option("--only", default="", help="Their numbers in the list, such as 3,17; empty: all.")
@click.option("--stages", default=STAGES, show_default=True, help="How many of the five stages of tests are run.")
@click.option("--results", type=click.Path(path_type=Path, dir_okay=False), help="A file outside; goes on from it.")
@click.option("--list", "listed", is_flag=True, help="Say which mutants are drawn, and test none.")
def _main(count: int, seed: int, workers: int, only: str, stages: int, results: Path | None, listed: bool) -> None:
    """Say of each mutant which test notices it, as rows of a Markdown table."""
    chosen = dict(enumerate(drawn(list(_files()), ROOT, count, seed), start=1))
    if only:
        chosen = {int(number): chosen[int(number)] for number in only.split(",")}
    so_far = _results_so_far(results, {"seed": seed, "count": count, "stages": stages, "code": _digest()})
    left = {number: mutant for number, mutant in chosen.items() if number not in so_far and not listed}
    if left:
        with TemporaryDirectory() as scratch, ThreadPoolExecutor(workers) as pool:
            copies = _Copies(_copied(Path(scratch) / "sound"))
            if _failing(copies.sound, ("tests/golden/test_stories.py",)):
                raise click.ClickException("The tests fail without a mutant.")
            for number in range(workers):
                copies.free.put(_copied(Path(scratch) / str(number)))
            lock = Lock()

            def test(numbered: tuple[int, Mutant]) -> None:
                number, mutant = numbered
                noticed_by = copies.noticed(mutant, stages)
                with lock:
                    so_far[number] = noticed_by
                    print(f"{len(so_far)}: {number}, {_where(mutant)}: {noticed_by}", file=sys.stderr, flush=True)
                    if results is not None:
                        row = {"number": number, "where": _where(mutant), "was": mutant.before, "became": mutant.after}
                        with results.open("a", encoding="utf-8") as file:
                            file.write(json.dumps(row | {"noticed_by": noticed_by}) + "\n")

            list(pool.map(test, left.items()))
    print("| | where | was | became | noticed by |\n|---|---|---|---|---|")
    for number, mutant in chosen.items():
        print(_row(number, mutant, so_far.get(number, "not tested")))


if __name__ == "__main__":
    _main()
