"""The process of one job: `python -m situation.serving.jobs.work` reads a task, does it, and says how far it is.

It is started by the server with its standard input open, and ends itself and all that it started when that closes: so
nothing is left running by a server that is gone, however it went.
"""

from __future__ import annotations

import contextlib
import os
import signal
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Literal

import orjson
from attrs import asdict, field, frozen

from situation.errors import InputError, SituationError
from situation.record.answers import Lens
from situation.record.loading import load
from situation.runs.comparisons import kept_comparison
from situation.runs.ensembles import kept_ensemble
from situation.runs.finding import open_scenario
from situation.runs.replay_files import kept_replay

__all__ = ["Kind", "Task", "line_of", "task_from", "work"]

GENTLER = 5
"""How far the process stands back for others, so that the server keeps answering."""


def work(task: Task, say: Callable[[dict[str, Any]], None]) -> Path:
    """Do a task.

    Args:
        task: what is to be done.
        say: takes in how far it is: `{"stage", "told", "of"}`.

    Returns:
        The run folder.

    Raises:
        SituationError: it cannot be done.
    """
    situation, runs = task.folders

    @contextlib.contextmanager
    def bar(title: str, of: int) -> Iterator[Callable[[int], None]]:
        told = 0

        def finished(stories: int) -> None:
            nonlocal told
            told += stories
            say({"stage": title, "told": told, "of": of})

        yield finished
        say({"stage": "page", "told": told, "of": of})

    if task.kind == "replay":
        record = load(situation, without=task.without)
        return kept_replay(record, record.inside(None), Lens(), folder=runs)
    if task.kind == "compare":
        first, second = task.scenarios
        size = (task.stories, task.seed, task.workers)
        found = kept_comparison(first, second, *size, task.without, situation, runs, bar)
        return Path(str(found["comparison"]))
    scenario, record = open_scenario(task.scenarios[0], task.without, situation)
    return kept_ensemble(scenario, record, task.seed, task.stories, task.workers, folder=runs, bar=bar).folder


def _end_with(parent: int) -> None:
    """Wait until the server has gone, then end this process and its own.

    It reads past Python's buffer, whose lock a waiting thread would keep when the interpreter ends.
    """
    while os.read(parent, 4096):
        pass
    os.killpg(0, signal.SIGKILL)


def _main() -> int:
    os.nice(GENTLER)
    task = task_from(sys.stdin.buffer.readline())
    threading.Thread(target=_end_with, args=(sys.stdin.fileno(),), daemon=True).start()

    def say(told: dict[str, Any]) -> None:
        sys.stdout.buffer.write(line_of(told))
        sys.stdout.buffer.flush()

    try:
        say({"done": work(task, say).name})
    except InputError as error:
        say({"refused": "\n".join(map(str, error.problems))})
        return 1
    except SituationError as error:
        say({"refused": str(error)})
        return 1
    except OSError as error:
        say({"refused": f"{error.filename or task.runs}: It cannot be written: {error.strerror}. Make room."})
        return 1
    return 0


Kind = Literal["run", "compare", "replay"]


@frozen
class Task:
    """Some work for a process of its own.

    Args:
        kind: stories of a scenario; a comparison of two; or the replay of the record.
        title: what a person calls it.
        situation: the situation's folder.
        runs: the folder of run folders.
        scenarios: the scenario's file; for a comparison two, each a file or a run folder.
        stories, seed, workers: of the ensembles.
        without: parts of the record to leave out.
        remark: what whoever asked for it has to know, though it changes nothing of it.
    """

    kind: Kind
    title: str
    situation: str
    runs: str
    scenarios: tuple[str, ...] = ()
    stories: int = 0
    seed: int = 7
    workers: int = 1
    without: tuple[str, ...] = ()
    remark: str = field(default="", eq=False)

    @property
    def folders(self) -> tuple[Path, Path]:
        """The situation's folder, and that of the runs."""
        return Path(self.situation), Path(self.runs)


def line_of(said: Task | dict[str, Any]) -> bytes:
    """A task, or something that is said of one, as a line."""
    return orjson.dumps(asdict(said) if isinstance(said, Task) else said) + b"\n"


def task_from(line: bytes) -> Task:
    """The task that a line tells."""
    told = orjson.loads(line)
    for name in ("scenarios", "without"):
        told[name] = tuple(told[name])
    return Task(**told)


if __name__ == "__main__":
    sys.exit(_main())
