"""What the commands print: to a terminal, as a table of questions, as JSON; and the progress of an ensemble."""

from __future__ import annotations

import json
import os
import re
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from types import MappingProxyType
from typing import Any

import click
import orjson
from rich.console import Console, ConsoleOptions, RenderableType
from rich.padding import Padding
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from rich.progress import Task as ProgressTask
from rich.segment import Segment
from rich.table import Table
from rich.text import Text

from situation.errors import Problem, harmless, harmless_json
from situation.log.time_words import time_in_words
from situation.log.value_words import count_in_words
from situation.page.judgements import Judgement
from situation.record.alternatives.views import view_in_words
from situation.record.answers.state import Lens
from situation.record.record import Record

__all__ = [
    "console",
    "lens_in_words",
    "note_handling",
    "print_json",
    "print_judgements",
    "print_lens",
    "print_problem",
    "print_rows",
    "print_warning",
    "progress_bar",
]

_QUESTION_COLUMNS = 24
"""The least width of a question, and of the words beside its numbers."""
_UNWRAPPED = 100_000
"""More columns than any line has."""
_BLANKS = re.compile(" +\n")


class _HarmlessConsole(Console):
    """A terminal to which no text sends control characters of its own, or turns the direction of what follows."""

    def render(self, renderable: RenderableType, options: ConsoleOptions | None = None) -> Iterable[Segment]:
        """What is printed, in pieces; into a pipe or a file without blanks at the ends of lines."""
        blanks: list[Segment] = []
        for piece in super().render(renderable, options):
            if piece.control:
                yield piece
                continue
            text = harmless(piece.text) if self.is_terminal else _BLANKS.sub("\n", harmless(piece.text))
            words = text if self.is_terminal else text.rstrip(" ")
            if words.startswith("\n"):
                blanks.clear()
            if words:
                yield from blanks
                yield Segment(words, piece.style)
                blanks.clear()
            if len(words) < len(text):
                blanks.append(Segment(text[len(words) :], piece.style))
        yield from blanks


def print_problem(problem: object) -> None:
    """Print a problem or a note on standard error."""
    click.echo(harmless(str(problem)), err=True)


def print_warning(warning: Problem) -> None:
    """Print what is probably a mistake, or not what a reader expects, on standard error."""
    print_problem(f"{warning.at}: warning: {warning.fact} {warning.advice}".rstrip())


def lens_in_words(lens: Lens, record: Record, belief: bool = True) -> str:
    """What was known, whose word is taken (`belief`: where one is), and by whose claims: `everything known, belief graded`."""
    ground = record.ground
    known = "everything known"
    if lens.known_at is not None:
        known = f"known at {time_in_words(ground.clock.text(record.known(lens.known_at)))}"
    parts = [known, "as the outlets carried it"] if lens.carried else [known]
    parts += [f"belief {lens.belief}"] if belief else []
    return ", ".join([*parts, view_in_words(lens.view, ground)] if lens.view else parts)


def print_lens(lens: Lens, record: Record, belief: bool = True) -> None:
    """Print by what an answer in words is given, on a line of its own."""
    words = lens_in_words(lens, record, belief)
    alone = f": by {count_in_words(len(record.testimony.claims), 'claim')} alone, and the opening" if lens.view else ""
    console().print(Text(f"{words[0].upper()}{words[1:]}{alone}.", "dim"), soft_wrap=True)


def print_judgements(out: Console, judgements: Iterable[Judgement]) -> None:
    """Print the key judgements, where there are any, each on a line of its own."""
    for number, one in enumerate(judgements):
        if not number:
            out.print("\nKey judgements", style="bold")
        out.print(Padding(Text(one["text"]), (0, 0, 0, 2), expand=False))


def note_handling(row: Mapping[str, str | None]) -> None:
    """Have what is printed from now on bear a mark: as JSON under `handling`, as text in its first line; none where none is."""
    meta = click.get_current_context().meta
    meta[_HANDLING] = row if row["mark"] or row["release"] else None
    meta[_MARK] = row["mark"]


_HANDLING = f"{__name__}.handling"
_MARK = f"{__name__}.mark"


def console() -> Console:
    """What commands print to, as wide as COLUMNS or the terminal says. Without either, into a pipe or a file, no line is wrapped.

    The first one that a command asks for says how what follows is to be handled, where it bears a mark.
    """
    screen = _HarmlessConsole(highlight=False, markup=False)
    if not screen.is_terminal and not os.environ.get("COLUMNS", "").isdigit():
        screen.width = _UNWRAPPED
    context = click.get_current_context(silent=True)
    mark = context.meta.pop(_MARK, None) if context is not None else ""
    if mark:
        screen.print(Text(mark, "bold"))
    return screen


def print_json(answer: Any) -> None:
    """Print an answer as JSON, with its keys in their documented order, and how it is to be handled."""
    context = click.get_current_context(silent=True)
    handling = context.meta.get(_HANDLING) if context is not None else None
    if handling is not None and isinstance(answer, dict):
        answer = answer | {"handling": handling}
    click.echo(_encodable(harmless_json(_json(answer))))


def _json(answer: Any) -> str:
    try:
        return orjson.dumps(answer, option=orjson.OPT_INDENT_2).decode()
    except TypeError:  # a file's name may hold bytes that are no text, which JSON can only escape
        return json.dumps(answer, indent=2)


def _encodable(text: str) -> str:
    """JSON that the output can take: where its encoding lacks a character, all but ASCII is escaped."""
    try:
        text.encode(getattr(sys.stdout, "encoding", None) or "utf-8")
    except UnicodeEncodeError:
        return re.sub("[^\\x00-\\x7f]", lambda match: json.dumps(match[0])[1:-1], text)
    return text


def print_rows(
    out: Console,
    names: Sequence[str],
    rows: Sequence[Sequence[str]],
    words: bool = False,
    apart: Mapping[str, Sequence[str]] = MappingProxyType({}),
) -> None:
    """Print rows, the first cell of each a question.

    Args:
        out: the terminal.
        names: what stands in each column.
        words: whether the last column holds words, which may be wrapped, and not a number.
        apart: what a column of mixed content is called in each row, where rows are written out for want of width.
    """
    numbers = range(1, len(names) - words)
    needed = [max(len(names[column]), *(len(row[column]) for row in rows), 0) for column in numbers]
    if sum(needed) + 2 * len(names) + _QUESTION_COLUMNS * (1 + words) <= out.width:
        _table(out, names, rows, words)
        return
    for place, row in enumerate(rows):
        out.print(Text(row[0]))
        called = [apart[name][place] if name in apart else name for name in names]
        cells = [cell if name == "answer" else f"{name} {cell}" for name, cell in zip(called, row, strict=True)]
        last = [row[-1]] if words else []
        line = "; ".join(part for part in (*cells[1 : len(names) - words], *last) if part)
        out.print(Padding(Text(line, "dim" if not words else ""), (0, 0, 0, 4), expand=False))


def _table(out: Console, names: Sequence[str], rows: Sequence[Sequence[str]], words: bool) -> None:
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="bold")
    table.add_column(names[0], overflow="fold", min_width=_QUESTION_COLUMNS)
    for name in names[1 : len(names) - words]:
        table.add_column(name, justify="right", no_wrap=True)
    if words:
        table.add_column(names[-1], overflow="fold", min_width=18)
    for row in rows:
        table.add_row(*map(Text, row))
    out.print(table)


class _Rate(TextColumn):
    """Stories per second."""

    def __init__(self) -> None:
        super().__init__("")

    def render(self, task: ProgressTask) -> Text:
        return Text(f"{task.speed:,.0f} stories/s" if task.speed and task.speed >= 1 else "", "dim")


@contextmanager
def progress_bar(title: str, total: int) -> Iterator[Callable[[int], None]]:
    """A bar on a terminal, with rate and time left; nothing outside a terminal."""
    screen = _HarmlessConsole(stderr=True)
    columns = (TextColumn(title), BarColumn(), MofNCompleteColumn(), _Rate(), TimeRemainingColumn())
    with Progress(*columns, console=screen, transient=True, disable=not screen.is_terminal) as progress:
        task = progress.add_task(title, total=total)

        def finished(runs: int) -> None:
            progress.advance(task, runs)

        yield finished
