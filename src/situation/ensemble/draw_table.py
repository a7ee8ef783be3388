"""The values drawn for an ensemble as a table: a row a draw, a column a name; numbers, whole numbers, or words."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterator, Mapping
from typing import Any, Literal

import numpy as np
import numpy.typing as npt
from attrs import define, field

from situation.chance.vectors import Floats, Ints

__all__ = ["DrawKind", "DrawTable", "DrawTableBuilder", "Draws", "merge_columns"]

DrawKind = Literal["numbers", "counts", "words"]


class Draws(Mapping[int, Mapping[str, Any]]):
    """From a draw to the values drawn in it, by name. They are held in memory, or lie on the disk.

    Attributes:
        draws: shape (draws,): the numbers of the draws, rising.
        names: the names of the values.
    """

    draws: Ints
    names: tuple[str, ...]

    def __len__(self) -> int:
        return len(self.draws)

    def __iter__(self) -> Iterator[int]:
        return iter(self.draws.tolist())

    def column(self, name: str, draws: Ints) -> npt.NDArray[Any]:
        """The values of some draws under a name: numbers, NaN where there is none; or words, empty where there is none."""
        raise NotImplementedError

    def place(self, draw: int) -> int:
        """The place of a draw among the others.

        Raises:
            KeyError: there is no such draw.
        """
        place = int(np.searchsorted(self.draws, draw))
        if place == len(self.draws) or self.draws[place] != draw:
            raise KeyError(draw)
        return place


@define(frozen=True, eq=False)
class DrawTable(Draws):
    """Draws that are held in memory.

    Args:
        kind: what the values are.
        draws, names: as `Draws` has them.
        table: shape (draws, names): the values; of words, their places in `words`; NaN where a draw has none.
        words: each word once.
    """

    kind: DrawKind
    draws: Ints
    names: tuple[str, ...]
    table: Floats
    words: tuple[str, ...] = ()

    def __getitem__(self, draw: int) -> dict[str, Any]:
        row = self.table[self.place(draw)]
        return {name: self._plain(row[at]) for at, name in enumerate(self.names) if not np.isnan(row[at])}

    def _plain(self, value: float) -> Any:
        plain: dict[DrawKind, Callable[[float], Any]] = {
            "numbers": float,
            "counts": int,
            "words": lambda place: self.words[int(place)],
        }
        return plain[self.kind](value)

    def column(self, name: str, draws: Ints) -> npt.NDArray[Any]:
        """The values of some draws under a name: numbers, NaN where there is none; or words, empty where there is none."""
        values: npt.NDArray[Any] = self.table[np.searchsorted(self.draws, draws), self.names.index(name)]
        if self.kind != "words":
            return values
        words: npt.NDArray[Any] = np.array([*self.words, ""], dtype=object)
        column: npt.NDArray[Any] = words[np.where(np.isnan(values), len(self.words), values).astype(np.int64)]
        return column

    def flat(self) -> tuple[Ints, Ints, Floats]:
        """Every value there is, draw by draw: its draw, the place of its name, and itself."""
        rows, columns = np.nonzero(~np.isnan(self.table))
        return self.draws[rows], columns, self.table[rows, columns]


@define
class DrawTableBuilder:
    """Builds a table draw by draw, in any order; a draw that comes again is ignored."""

    kind: DrawKind
    _names: dict[str, int] = field(factory=dict, init=False)
    _words: dict[str, int] = field(factory=dict, init=False)
    _places: dict[int, int] = field(factory=dict, init=False)
    _values: array[float] = field(factory=lambda: array("d"), init=False)
    _width: int = field(default=0, init=False)

    def add(self, draw: int, values: Mapping[str, Any]) -> None:
        """Add the values of a draw, by name."""
        if draw in self._places:
            return
        for name in values:
            self._names.setdefault(name, len(self._names))
        if len(self._names) > self._width:
            self._widen()
        row = array("d", [np.nan]) * self._width
        for name, value in values.items():
            row[self._names[name]] = self._words.setdefault(value, len(self._words)) if self.kind == "words" else value
        self._places[draw] = len(self._places)
        self._values.extend(row)

    def table(self) -> DrawTable:
        """The table of all draws added so far."""
        draws = np.array(list(self._places), dtype=np.int64)
        table = np.array(self._values).reshape(len(draws), self._width)
        if (np.diff(draws) < 0).any():
            order = np.argsort(draws)
            draws, table = draws[order], table[order]
        return DrawTable(self.kind, draws, tuple(self._names), table, tuple(self._words))

    def _widen(self) -> None:
        """Make room for names that draws before did not have."""
        wider = np.full((len(self._places), len(self._names)), np.nan)
        wider[:, : self._width] = np.array(self._values).reshape(len(self._places), self._width)
        self._values, self._width = array("d", wider.tobytes()), len(self._names)


@define(frozen=True, eq=False)
class _Merged(Draws):
    """The second's draws, with the values that only the first has.

    Args:
        first, second: the draws of each.
        draws: those of the second.
        names: its names, then those that only the first has.
    """

    first: Draws
    second: Draws
    draws: Ints
    names: tuple[str, ...]

    def __getitem__(self, draw: int) -> dict[str, Any]:
        mine, theirs = self.second[draw], self.first.get(draw, {})
        return {**mine, **{name: value for name, value in theirs.items() if name not in self.second.names}}

    def column(self, name: str, draws: Ints) -> npt.NDArray[Any]:
        """As `Draws.column`."""
        if name in self.second.names:
            return self.second.column(name, draws)
        values, shared = np.full(len(draws), np.nan), np.isin(draws, self.first.draws)
        values[shared] = self.first.column(name, draws[shared])
        return values


def merge_columns(first: Draws, second: Draws) -> Draws:
    """The second's draws of numbers, with the values that only the first has."""
    missing = [name for name in first.names if name not in second.names]
    return _Merged(first, second, second.draws, (*second.names, *missing)) if missing else second
