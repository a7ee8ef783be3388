"""How far an ensemble is, as a bar on a terminal; and how many processes may tell it."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from rich.progress import Task as Counted
from rich.text import Text

__all__ = ["cores", "progress_bar"]


def cores() -> int:
    """How many processes may run at once here."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


class _Rate(TextColumn):
    """Runs per second."""

    def __init__(self) -> None:
        super().__init__("")

    def render(self, task: Counted) -> Text:
        return Text(f"{task.speed:,.0f} runs/s" if task.speed and task.speed >= 1 else "", "dim")


@contextmanager
def progress_bar(title: str, total: int) -> Iterator[Callable[[int], None]]:
    """A bar on a terminal, with rate and time left; nothing where nobody looks."""
    screen = Console(stderr=True)
    columns = (TextColumn(title), BarColumn(), MofNCompleteColumn(), _Rate(), TimeRemainingColumn())
    with Progress(*columns, console=screen, transient=True, disable=not screen.is_terminal) as progress:
        task = progress.add_task(title, total=total)

        def finished(runs: int) -> None:
            progress.advance(task, runs)

        yield finished
