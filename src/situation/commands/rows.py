"""Questions with their answers on a terminal: a table where it fits, else each question with its answers under it."""

from __future__ import annotations

from collections.abc import Sequence

from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

__all__ = ["print_rows"]

LEAST = 24
"""Columns of text that a question needs at least, and so do words beside its numbers."""


def print_rows(out: Console, names: Sequence[str], rows: Sequence[Sequence[str]], words: bool = False) -> None:
    """Print rows, the first cell of each a question.

    Args:
        out: the terminal.
        names: what stands in each column.
        words: whether the last column holds words, which may be folded, and no number.
    """
    numbers = range(1, len(names) - words)
    needed = [max(len(names[column]), *(len(row[column]) for row in rows), 0) for column in numbers]
    if sum(needed) + 2 * len(names) + LEAST * (1 + words) <= out.width:
        _table(out, names, rows, words)
        return
    for row in rows:
        out.print(Text(row[0]))
        said = [
            f"{name} {cell}" if column > 1 else cell for column, (name, cell) in enumerate(zip(names, row, strict=True))
        ]
        last = [row[-1]] if words else []
        told = "; ".join(part for part in (*said[1 : len(names) - words], *last) if part)
        out.print(Padding(Text(told, "dim" if not words else ""), (0, 0, 0, 4)))


def _table(out: Console, names: Sequence[str], rows: Sequence[Sequence[str]], words: bool) -> None:
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="bold")
    table.add_column(names[0], overflow="fold", min_width=LEAST)
    for name in names[1 : len(names) - words]:
        table.add_column(name, justify="right", no_wrap=True)
    if words:
        table.add_column(names[-1], overflow="fold", min_width=18)
    for row in rows:
        table.add_row(*map(Text, row))
    out.print(table)
