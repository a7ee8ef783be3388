"""What a job does, as one line of JSON that its process reads; and what the process says of it, a line of JSON each."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Literal

import orjson
from attrs import asdict, field, frozen

__all__ = ["Kind", "Task", "line_of", "task_from"]

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
