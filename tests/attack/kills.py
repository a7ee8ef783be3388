"""Real kills: commands ended at moments that are drawn, and given again; `python -m tests.attack.kills --times 200`.

Each round starts a command in a process group of its own, ends it after a part of the time that it takes (kill -9 of the
process or of its group, or SIGTERM), and gives the same command again, which must succeed, say what it found if anything
was left, and end in the same bytes as one that nobody ended.
"""

from __future__ import annotations

import hashlib
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterable, Mapping, Sequence
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import click
from attrs import evolve, frozen

from tests.attack.report import Suite, Tally, table, trial_options, try_all
from tests.unit.edges.event_files import ucdp_file, ucdp_row
from tests.unit.serving.served import CHILD
from tests.unit.valley_stories import valley_home

__all__ = ["COMMANDS", "SUITE", "attack", "home_with_events"]

STORIES = ("--runs", "48", "--seed", "3", "--workers", "2")
PARTS = {"parts/one": "0:12", "parts/two": "12:24"}
"""The parts that are joined, and their stories."""
OF_PART = ("--seed", "3", "--workers", "1")
COMMANDS: Mapping[str, tuple[str, ...]] = {
    "run": ("run", "push-on", *STORIES),
    "compare": ("compare", "push-on", "guns", *STORIES),
    "replay": ("replay", "tarn-valley"),
    "out": ("replay", "tarn-valley", "--until", "2020-03-20", "--out", "runs/one"),
    "import": ("import", "ucdp", "events.csv", "--into", "tarn-valley", "--from", "2020-03-01", "--to", "2020-03-31"),
    "new": ("new", "war"),
    "part": ("run", "push-on", "--stories", "0:24", *OF_PART),
    "join": ("join", *PARTS),
}
ENDINGS = ("kill", "kill the group", "SIGTERM")
IN_TIME, SAID = "in time", "said"
TERMINATED = 128 + signal.SIGTERM


def home_with_events(folder: Path, name: str = "") -> Path:
    """A folder with the valley, two scenarios and a file of events; for the command `join` with two parts of a run."""
    valley_home(folder, guns=CHILD)
    said: dict[str, object] = {"year": 2020, "start_year": 2020, "end_year": 2020, "source_date": "2020-03-30"}
    said["source_article"] = '"Tarn Wire,2020-03-30,Clash at Sedge"'
    days = [f"2020-03-{number % 28 + 1:02}" for number in range(40)]
    rows = [ucdp_row(number + 1, **said, date_start=day, date_end=day) for number, day in enumerate(days)]
    ucdp_file(folder / "events.csv", rows)
    for part, span in PARTS.items() if name == "join" else ():
        words = ("run", "push-on", "--stories", span, *OF_PART, "--out", part)
        subprocess.run((sys.executable, "-m", "situation", *words), cwd=folder, capture_output=True, check=True)
    return folder


def _start(name: str, home: Path) -> subprocess.Popen[str]:
    words = [sys.executable, "-m", "situation", *COMMANDS[name]]
    return subprocess.Popen(
        words, cwd=home, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True
    )


def _content(home: Path) -> dict[str, str]:
    """A digest of every file in a folder, by its path."""
    files = (path for path in sorted(home.rglob("*")) if path.is_file())
    return {str(path.relative_to(home)): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


@frozen
class _Whole:
    """What a command comes to that nobody ends: its files, and the seconds that it takes."""

    files: dict[str, str]
    seconds: float


def _whole(name: str, home: Path) -> _Whole:
    begun = time.monotonic()
    process = _start(name, home)
    _, error = process.communicate(timeout=240)
    if process.returncode:
        raise SystemExit(f"{name} does not work at all: {error}")
    return _Whole(_content(home), time.monotonic() - begun)


def _round(name: str, rng: random.Random, whole: _Whole, home: Path, tally: Tally, number: int) -> None:
    ending, after = rng.choice(ENDINGS), rng.random() * whole.seconds
    process = _start(name, home)
    time.sleep(after)
    if process.poll() is None:
        if ending == "kill":
            process.kill()
        else:
            os.killpg(process.pid, signal.SIGKILL if ending == "kill the group" else signal.SIGTERM)
    _, error = process.communicate(timeout=120)
    tally.count(name, ending)
    if process.returncode in (-signal.SIGKILL, TERMINATED):
        tally.count(name, IN_TIME)
    shown = f"number {number} of seed {tally.seed}, {name}, {ending} after {after:.2f} s"
    if ending == "SIGTERM" and process.returncode not in (0, TERMINATED, -signal.SIGTERM):
        tally.lost.append(f"{shown}: exit code {process.returncode}: {error}")
    if "Traceback" in error:
        tally.lost.append(f"{shown}: {error}")
    again = _start(name, home)
    _, error = again.communicate(timeout=240)
    there = (name == "new" and "Something is here already" in error) or (name == "import" and "rows" not in error)
    content = _content(home)
    if again.returncode != 0 and not (there and content == whole.files):
        tally.lost.append(f"{shown}: the next call ends with {again.returncode}: {error}")
    elif content != whole.files:
        other = sorted({path for path, _ in content.items() ^ whole.files.items()})
        tally.lost.append(f"{shown}: the next call ends in other bytes: {', '.join(other)}")
    if error:
        tally.count(name, SAID)


def attack(seed: int, numbers: range, names: Sequence[str] = tuple(COMMANDS)) -> Tally:
    """Do some rounds, the commands of these names in turn, and tell what came of them."""
    tally = Tally(seed)
    fresh: dict[str, Path] = {}
    whole: dict[str, _Whole] = {}
    with TemporaryDirectory() as folder:
        for number in numbers:
            name = names[number % len(names)]
            home = Path(folder) / "home"
            if name not in whole:
                fresh[name] = home_with_events(Path(folder) / f"fresh-{name}", name)
                shutil.copytree(fresh[name], home)
                whole[name] = _whole(name, home)
                shutil.rmtree(home)
            shutil.copytree(fresh[name], home)
            _round(name, random.Random(f"{seed} {number}"), whole[name], home, tally, number)
            shutil.rmtree(home)
    return tally


def _told(tally: Tally) -> Iterable[str]:
    rows: list[list[object]] = []
    for name, words in COMMANDS.items():
        ends = tally.of(name)
        rounds = [ends[ending] for ending in ENDINGS]
        shown = [*words[:2], *(word for word in words if word in ("--out", "--stories"))]
        rows.append([f"`{' '.join(shown)}`", sum(rounds), *rounds, ends[IN_TIME], ends[SAID]])
    yield from table(
        ["command", "rounds", *ENDINGS, "ended before their end", "the next call said what it found"], rows
    )


SUITE = Suite("kills", "times", attack, _told, chunk=50)


@click.command()
@click.option("--times", default=200, show_default=True, help="How many kills.")
@click.option(
    "--command", multiple=True, type=click.Choice(list(COMMANDS)), help="Of this one alone; may be given again."
)
@trial_options
def main(times: int, command: tuple[str, ...], **options: Any) -> None:
    """Kill commands, give them again, and tell what was lost."""
    part = partial(attack, names=command or tuple(COMMANDS))
    further = tuple(word for name in command for word in ("--command", name))
    try_all(evolve(SUITE, part=part, further=further), times, **options)


if __name__ == "__main__":
    main()
