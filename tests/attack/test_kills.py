"""A slice of the real kills: `python -m tests.attack.kills` ends many more commands, at any moment and by other signals too.

Each round is a process of its own, forked from one that has loaded everything. It ends itself by SIGKILL at one of the
steps by which it writes, which is drawn: before it, or with half of the file written.
"""

from __future__ import annotations

import multiprocessing
import os
import random
import shutil
import signal
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from situation.commands.cli import main
from situation.testimony.disk.steps import Disk, using
from tests.attack.kills import COMMANDS, home_with_events

WORDS = {
    "run": ("run", "push-on", "--runs", "16", "--seed", "3", "--workers", "1"),
    **{name: COMMANDS[name] for name in ("import", "new", "join")},
}
STORIES = {"run": 16, "join": 24}
LOADED = [
    "situation.runs.making",
    *(f"situation.commands.{name}" for name in ("run", "imports", "new", "join")),
    __name__,
]
STEPS = ("make", "write", "append", "flush", "sync", "rename", "swap", "unlink", "drop")


class LastSteps(Disk):
    """The machine's own disk, for a process that counts its steps and is killed at one of them; 0: at none."""

    def __init__(self, last: int = 0) -> None:
        self.last, self.steps = last, 0

    def __getattribute__(self, name: str) -> Any:
        step = super().__getattribute__(name)
        if name in STEPS:
            self.steps += 1
            if self.steps == self.last:
                step = _half if name == "write" else _ended
        return step


def _half(path: Path, content: bytes, lasting: bool) -> None:
    path.write_bytes(content[: len(content) // 2])
    _ended()


def _ended(*_: object) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def ended_at(step: int, name: str, home: Path) -> None:
    """Give a command in a process of its own, whose last step this is."""
    os.chdir(home)
    for stream in (1, 2):
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream)
    with using(LastSteps(step)):
        main(list(WORDS[name]))


def told(name: str, home: Path, monkeypatch: pytest.MonkeyPatch) -> Result:
    monkeypatch.chdir(home)
    result = CliRunner().invoke(main, list(WORDS[name]))
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result


def content(home: Path) -> dict[str, bytes]:
    return {str(path.relative_to(home)): path.read_bytes() for path in home.rglob("*") if path.is_file()}


@pytest.mark.parametrize(("name", "rounds"), [("run", 2), ("import", 4), ("new", 4), ("join", 4)])
def test_a_command_that_is_killed_is_made_good_by_the_next_call(
    name: str, rounds: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fresh, disk = home_with_events(tmp_path / "fresh", name), LastSteps()
    shutil.copytree(fresh, tmp_path / "whole")
    with using(disk):
        assert told(name, tmp_path / "whole", monkeypatch).exit_code == 0
    whole, rng = content(tmp_path / "whole"), random.Random(f"{name} 9")
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(LOADED)
    for number in range(rounds):
        home, step = tmp_path / f"home-{number}", rng.randint(1, disk.steps)
        shutil.copytree(fresh, home)
        process = context.Process(target=ended_at, args=(step, name, home))
        process.start()
        process.join(120)
        assert process.exitcode == -signal.SIGKILL, f"step {step} of {disk.steps}"
        kept, there = len(list(home.glob("runs/.partial/*/*.chunk"))), content(home)
        again = told(name, home, monkeypatch)
        assert again.exit_code == 0 or there == whole, again.output
        assert content(home) == whole, f"step {step} of {disk.steps}"
        kept_of = f"{kept * 8} of {STORIES.get(name)} stories are kept from a call that was stopped."
        assert (kept_of in again.stderr) == (kept > 0)
