"""The table of what was measured, in `docs/benches.md`: kept row by row, so that a part can be measured anew."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Sequence
from typing import Final

from attrs import asdict, astuple, frozen

__all__ = ["Made", "Row", "falls", "page", "rows_in_lines", "rows_of"]

_SHARE: Final = 0.8
"""A ratio that is less than this share of what it was has fallen."""
_HEAD: Final = """# Measured against rivals, and against goals

Written by `make bench`, which keeps the rows of what it did not measure. Ours and the rival run in turn, in one run, on
the same work, each in its best form; a ratio is that of CPU time where nothing else is said, with its 10 % and 90 %
points. Beside each ratio stand the entries that ours and the rival keep in that work, and the numbers that they draw.
Where a ratio comes out a fifth lower than it stands here, `make bench` says so, keeps the row and fails. What the
figures come to for many stories and large records stands in [scale.md](scale.md).

| what | measured | spread | work | entries, ours and the rival's | draws, ours and the rival's | goal |
|---|---|---|---|---|---|---|
"""
_CELLS: Final = 7


@frozen
class Made:
    """What one of two rivals makes in the work that is measured.

    Args:
        entries: how many entries it keeps.
        causes: whether each entry is kept with its cause.
        draws: how many numbers it draws.
    """

    entries: float = 0
    causes: bool = False
    draws: float = 0

    @property
    def entries_in_words(self) -> str:
        """Its entries, and whether they have causes."""
        return f"{self.entries:,.0f} {'with' if self.causes else 'without'} causes" if self.entries else "none kept"

    @property
    def draws_in_words(self) -> str:
        """How many numbers it draws."""
        return f"{self.draws:,.0f}" if self.draws else "none drawn"


@frozen
class Row:
    """A measurement: what, how much, its spread, on what work, with which goal.

    Args:
        entries, draws: where there is a rival, what both keep and draw.
        ratio: and how many times as fast ours is.
    """

    name: str
    value: str
    spread: str = ""
    work: str = ""
    entries: str = ""
    draws: str = ""
    reach: str = ""
    ratio: float | None = None

    @property
    def words(self) -> str:
        """What was measured, as a line in the terminal."""
        made = ("entries", self.entries), ("draws", self.draws)
        parts = [self.spread, self.work, *(words and f"{what}: {words.replace('; ', ' and ')}" for what, words in made)]
        more = "; ".join(filter(None, (*parts, self.reach and f"goal: {self.reach}")))
        return f"{self.name}: {self.value}" + (f" ({more})" if more else "")

    @property
    def line(self) -> str:
        """The measurement in one line, as `rows_in_lines` reads it."""
        return json.dumps(asdict(self))


def rows_in_lines(lines: Iterable[str]) -> list[Row]:
    """The measurements that `Row.line` has written."""
    return [Row(**json.loads(line)) for line in lines]


def rows_of(text: str) -> list[Row]:
    """The measurements of a page that `page` has written; of one that is empty, none."""
    rows = []
    for line in text.splitlines():
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        if not line.startswith("|") or len(cells) != _CELLS or cells[0] in ("what", "---"):
            continue
        ratio = re.match(r"([\d.e+]+) times as fast", cells[1])
        name, value, spread, work, entries, draws, reach = cells
        rows.append(Row(name, value, spread, work, entries, draws, reach, float(ratio[1]) if ratio else None))
    return rows


def page(before: Sequence[Row], measured: Sequence[Row]) -> str:
    """The page of what was measured now and of what was measured before, by name; a ratio that fell stays as it was."""
    rows = {row.name: row for row in (*before, *(row for row in measured if not _falls(before, row)))}
    lines = (f"| {' | '.join(astuple(row)[:_CELLS])} |" for _, row in sorted(rows.items()))
    return _HEAD + "\n".join(lines) + "\n"


def falls(before: Sequence[Row], measured: Sequence[Row]) -> list[str]:
    """What to say of each ratio that is a fifth lower than it was."""
    return [sentence for row in measured if (sentence := _falls(before, row))]


def _falls(before: Sequence[Row], row: Row) -> str:
    was = next((it.ratio for it in before if it.name == row.name), None)
    if was is None or row.ratio is None or row.ratio >= _SHARE * was:
        return ""
    fact = f"{row.name}: {row.ratio:.3g} times as fast, and {was:.3g} before: a fifth lower, or more."
    return f"{fact} Find out why; to take the new figure, remove its row from docs/benches.md and measure again."
