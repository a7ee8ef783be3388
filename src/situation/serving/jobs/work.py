"""The process of one job: `python -m situation.serving.jobs.work` reads a task, does it, and reports its progress.

The server starts it with its standard input open; when that closes, it ends itself and all that it started: so nothing
is left running by a server that is gone, however it ended.
"""

from __future__ import annotations

import contextlib
import os
import signal
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Literal, assert_never

import orjson
from attrs import asdict, field, frozen

from situation.errors import InputError, SituationError
from situation.record.answers.state import Lens
from situation.record.loading import load
from situation.runs.comparisons import stored_comparison
from situation.runs.ensembles import stored_ensemble
from situation.runs.finding import open_scenario
from situation.runs.replays import stored_replay
from situation.testimony.problem_lines import problem_lines

__all__ = ["Task", "TaskKind", "decode_task", "encode"]

_NICENESS = 5
"""How much the process is niced, so that the server keeps answering."""


def _perform(task: Task, say: Callable[[dict[str, Any]], None]) -> Path:
    """Do a task.

    Args:
        task: the task.
        say: receives its progress: `{"stage", "done", "total"}`.

    Returns:
        The run folder.

    Raises:
        SituationError: it cannot be done.
    """
    situation, runs = task.folders

    @contextlib.contextmanager
    def bar(title: str, total: int) -> Iterator[Callable[[int], None]]:
        done = 0

        def finished(stories: int) -> None:
            nonlocal done
            done += stories
            say({"stage": title, "done": done, "total": total})

        yield finished
        say({"stage": "page", "done": done, "total": total})

    match task.kind:
        case "run":
            scenario, record = open_scenario(task.scenarios[0], task.without, situation, task.release)
            return stored_ensemble(
                scenario, record, task.seed, task.stories, task.workers, folder=runs, bar=bar, note=_note
            ).folder
        case "compare":
            first, second = task.scenarios
            size = (task.stories, task.seed, task.workers)
            comparison = stored_comparison(
                first, second, *size, task.without, situation, runs, bar, task.release, _note
            )
            return Path(str(comparison["comparison"]))
        case "replay":
            record = load(situation, without=task.without, release=task.release)
            return stored_replay(record, record.inside(None), Lens(), folder=runs, note=_note)
        case _:
            assert_never(task.kind)


def _note(sentence: str) -> None:
    """Tell on standard error what was found broken or unfinished, and what was done about it."""
    sys.stderr.write(f"{sentence}\n")


def _end_with(parent: int) -> None:
    """Wait until the server has gone, then end this process and those that it started.

    It bypasses Python's buffer, whose lock a waiting thread would hold when the interpreter ends.
    """
    while os.read(parent, 4096):
        pass
    os.killpg(0, signal.SIGKILL)


def _main() -> int:
    os.nice(_NICENESS)
    task = decode_task(sys.stdin.buffer.readline())
    threading.Thread(target=_end_with, args=(sys.stdin.fileno(),), daemon=True).start()

    def say(message: dict[str, Any]) -> None:
        sys.stdout.buffer.write(encode(message))
        sys.stdout.buffer.flush()

    try:
        say({"result": _perform(task, say).name})
    except InputError as error:
        say({"refused": "\n".join(problem_lines(error.problems))})
        return 1
    except SituationError as error:
        say({"refused": str(error)})
        return 1
    except OSError as error:
        say({"refused": f"{error.filename or task.runs}: It cannot be written: {error.strerror}. Make room."})
        return 1
    return 0


TaskKind = Literal["run", "compare", "replay"]


@frozen
class Task:
    """Work for a process of its own.

    Args:
        kind: a run of a scenario, a comparison of two, or a replay of the record.
        title: its name for a person.
        situation: the situation's folder.
        runs: the folder of run folders.
        scenarios: the scenario's file; for a comparison two, each a file or a run folder.
        stories, seed, workers: of the ensembles.
        without: parts of the record to leave out.
        release: when what is made is shown; None: nothing is left out.
        remark: a note for whoever started it; no part of the task.
    """

    kind: TaskKind
    title: str
    situation: str
    runs: str
    scenarios: tuple[str, ...] = ()
    stories: int = 0
    seed: int = 7
    workers: int = 1
    without: tuple[str, ...] = ()
    release: str | None = None
    remark: str = field(default="", eq=False)

    @property
    def folders(self) -> tuple[Path, Path]:
        """The situation's folder, and that of the runs."""
        return Path(self.situation), Path(self.runs)


def encode(message: Task | dict[str, Any]) -> bytes:
    """A task, or a message about one, as a line of JSON."""
    return orjson.dumps(asdict(message) if isinstance(message, Task) else message) + b"\n"


def decode_task(line: bytes) -> Task:
    """The task of a line."""
    fields = orjson.loads(line)
    for name in ("scenarios", "without"):
        fields[name] = tuple(fields[name])
    return Task(**fields)


if __name__ == "__main__":
    sys.exit(_main())
