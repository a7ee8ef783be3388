"""What was so from when to when, as it was known at the time: rows that open and close as a reading grows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from attrs import define, field

from situation.dates import Minute

__all__ = ["Spells"]

_Row = tuple[Any, ...]


@define
class Spells:
    """By row, the minutes from and up to, without, which it was so, by what was known then."""

    _spans: dict[_Row, list[list[Minute]]] = field(factory=dict)
    _open: dict[str, dict[_Row, tuple[Minute, Minute, Minute | None]]] = field(factory=dict)
    """By subject and row: since when it is known, and from and up to when it is so; None: to the end."""

    def follow(self, subject: str, rows: Mapping[_Row, tuple[Minute, Minute | None]], at: Minute) -> None:
        """Take in what is known of a subject from a minute on: rows, each with the minutes from and up to which it is so."""
        known = self._open.get(subject, {})
        for row in [row for row, (_, *span) in known.items() if tuple(span) != rows.get(row)]:
            self._close(row, known.pop(row), at)
        now = {row: known.get(row, (at, *span)) for row, span in rows.items()}
        if now:
            self._open[subject] = now
        else:
            self._open.pop(subject, None)

    def close(self, until: Minute) -> None:
        """End what is still known, at a minute."""
        for known in self._open.values():
            for row, span in known.items():
                self._close(row, span, until)
        self._open = {}

    def rows(self) -> Iterator[tuple[_Row, Minute, Minute]]:
        """Each row with the minutes from and up to which it was so, sorted; some rows come several times."""
        for row in sorted(self._spans, key=repr):
            for since, until in self._spans[row]:
                yield row, since, until

    def _close(self, row: _Row, span: tuple[Minute, Minute, Minute | None], at: Minute) -> None:
        known, begin, end = span
        since, until = max(known, begin), at if end is None else min(at, end)
        spans = self._spans.get(row)
        if spans and since <= spans[-1][1]:
            spans[-1][1] = max(spans[-1][1], until)
        elif since < until:
            self._spans.setdefault(row, []).append([since, until])
