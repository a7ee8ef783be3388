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
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

import click
from attrs import define, field

from tests.unit.edges.event_files import ucdp_file, ucdp_row
from tests.unit.serving.served import CHILD
from tests.unit.valley_stories import valley_home

__all__ = ["COMMANDS", "Kills", "attack", "home_with_events"]

STORIES = ("--runs", "48", "--seed", "3", "--workers", "2")
COMMANDS: Mapping[str, tuple[str, ...]] = {
    "run": ("run", "push-on", *STORIES),
    "compare": ("compare", "push-on", "guns", *STORIES),
    "replay": ("replay", "tarn-valley"),
    "out": ("replay", "tarn-valley", "--until", "2020-03-20", "--out", "runs/one"),
    "import": ("import", "ucdp", "events.csv", "--into", "tarn-valley", "--from", "2020-03-01", "--to", "2020-03-31"),
    "new": ("new", "war"),
}
ENDINGS = ("kill", "kill the group", "SIGTERM")
TERMINATED = 128 + signal.SIGTERM


@define
class Kills:
    """What came of some rounds: how often each command was ended in which way, what was resumed, and what did not hold."""

    rounds: Counter[str] = field(factory=Counter)
    in_time: int = 0
    said: int = 0
    lost: list[str] = field(factory=list)


def home_with_events(folder: Path) -> Path:
    """A folder with the valley, two scenarios and a file of events."""
    valley_home(folder, guns=CHILD)
    said: dict[str, object] = {"year": 2020, "start_year": 2020, "end_year": 2020, "source_date": "2020-03-30"}
    said["source_article"] = '"Tarn Wire,2020-03-30,Clash at Sedge"'
    days = [f"2020-03-{number % 28 + 1:02}" for number in range(40)]
    rows = [ucdp_row(number + 1, **said, date_start=day, date_end=day) for number, day in enumerate(days)]
    ucdp_file(folder / "events.csv", rows)
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


def _round(name: str, ending: str, after: float, whole: dict[str, str], home: Path, kills: Kills) -> None:
    process = _start(name, home)
    time.sleep(after)
    if process.poll() is None:
        if ending == "kill":
            process.kill()
        else:
            os.killpg(process.pid, signal.SIGKILL if ending == "kill the group" else signal.SIGTERM)
    _, error = process.communicate(timeout=120)
    kills.rounds[f"{name}, {ending}"] += 1
    ended = process.returncode in (-signal.SIGKILL, TERMINATED)
    kills.in_time += ended
    shown = f"{name}, {ending} after {after:.2f} s"
    if ending == "SIGTERM" and process.returncode not in (0, TERMINATED, -signal.SIGTERM):
        kills.lost.append(f"{shown}: exit code {process.returncode}: {error}")
    if "Traceback" in error:
        kills.lost.append(f"{shown}: {error}")
    again = _start(name, home)
    _, error = again.communicate(timeout=240)
    there = (name == "new" and "Something is here already" in error) or (name == "import" and "rows" not in error)
    if again.returncode != 0 and not (there and _content(home) == whole):
        kills.lost.append(f"{shown}: the next call ends with {again.returncode}: {error}")
    elif (content := _content(home)) != whole:
        other = sorted({path for path, _ in content.items() ^ whole.items()})
        kills.lost.append(f"{shown}: the next call ends in other bytes: {', '.join(other)}")
    kills.said += bool(error)


def attack(times: int, seed: int = 0, names: Sequence[str] = tuple(COMMANDS)) -> Kills:
    """Do some rounds, the commands of these names in turn, and tell what came of them."""
    rng, kills = random.Random(seed), Kills()
    with TemporaryDirectory() as folder:
        fresh = home_with_events(Path(folder) / "fresh")
        whole: dict[str, dict[str, str]] = {}
        seconds: dict[str, float] = {}
        for number in range(times):
            name = names[number % len(names)]
            home = Path(folder) / "home"
            shutil.copytree(fresh, home)
            if name not in whole:
                begun = time.monotonic()
                process = _start(name, home)
                _, error = process.communicate(timeout=240)
                if process.returncode:
                    raise SystemExit(f"{name} does not work at all: {error}")
                seconds[name], whole[name] = time.monotonic() - begun, _content(home)
                shutil.rmtree(home)
                shutil.copytree(fresh, home)
            _round(name, rng.choice(ENDINGS), rng.random() * seconds[name], whole[name], home, kills)
            shutil.rmtree(home)
    return kills


@click.command()
@click.option("--times", default=200, show_default=True, help="How many kills.")
@click.option("--seed", default=0, show_default=True, help="Draws the moments.")
@click.option(
    "--command", multiple=True, type=click.Choice(list(COMMANDS)), help="Of this one alone; may be given again."
)
def main(times: int, seed: int, command: tuple[str, ...]) -> None:
    """Kill commands, give them again, and tell what was lost."""
    kills = attack(times, seed, command or tuple(COMMANDS))
    for name, count in sorted(kills.rounds.items()):
        print(f"{count:5d} {name}")
    print(
        f"{times} rounds; {kills.in_time} ended before their end; {kills.said} times the next call said what it found."
    )
    for line in kills.lost:
        print(line)
    print(f"Lost: {len(kills.lost) or 'nothing'}.")
    sys.exit(1 if kills.lost else 0)


if __name__ == "__main__":
    main()
