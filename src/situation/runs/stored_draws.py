"""What was drawn for the stories of a run, in its file: some names at a time are read, for all draws, when they are asked for."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, Final

import numpy as np
import numpy.typing as npt
from attrs import define, field

from situation.chance.vectors import Flags, Ints
from situation.ensemble.draw_table import DrawKind, Draws
from situation.runs.manifest import BrokenRun
from situation.runs.stored_tables import TableFile, check_columns

__all__ = ["DRAWS", "StoredDraws", "stored_draws"]

DRAWS: Final[Mapping[str, type]] = {"kind": str, "draw": int, "name": str, "value": float, "text": str}
"""The columns of the table of what was drawn."""
_TEXTS: Final = [name for name, kind in DRAWS.items() if kind is str]
_DRAWN: Final[Mapping[str, DrawKind]] = {"numbers": "numbers", "forces": "counts", "believed": "words"}
"""From the word in the table to what is drawn."""
_BYTES_AT_ONCE: Final = 1 << 24
"""About the most bytes of values that are held at a time: for each time, all draws of the kind are read through."""
_Part = tuple[Ints, Ints, npt.NDArray[Any]]
"""Of some rows the draws, the places of the names, and the values; of words their places, and -1 where there is none."""


@define(eq=False)
class StoredDraws(Draws):
    """Draws of one kind in their file.

    Args:
        file: the file.
        kind: what the values are.
        word: the same, by its word in the table.
    """

    file: TableFile
    kind: DrawKind
    word: str
    draws: Ints = field(factory=lambda: np.zeros(0, dtype=np.int64), init=False)
    _names: dict[str, int] = field(factory=dict, init=False)
    _words: dict[str, int] = field(factory=dict, init=False)
    _groups: list[tuple[int, int, int]] = field(factory=list, init=False)
    _held: Mapping[str, npt.NDArray[Any]] = field(factory=dict, init=False)

    @property
    def names(self) -> tuple[str, ...]:  # type: ignore[override]  # they come as the file is read through
        """The names of the values."""
        return tuple(self._names)

    def __getitem__(self, draw: int) -> dict[str, Any]:
        self.place(draw)
        names, row, words = self.names, dict[str, Any](), list(self._words)
        plain: Mapping[DrawKind, Callable[[Any], Any]] = {"numbers": float, "counts": int, "words": words.__getitem__}
        for draws, places, values in self._read(it for it, first, last in self._groups if first <= draw <= last):
            here = draws == draw
            row.update(
                zip((names[it] for it in places[here]), map(plain[self.kind], values[here].tolist()), strict=True)
            )
        return row

    def column(self, name: str, draws: Ints) -> npt.NDArray[Any]:
        """As `Draws.column`."""
        held = self._held
        if name not in held:
            held = self._held = self._columns(name)
        values: npt.NDArray[Any] = held[name][np.searchsorted(self.draws, draws)]
        return np.array([*self._words, ""], dtype=object)[values] if self.kind == "words" else values

    def _columns(self, name: str) -> dict[str, npt.NDArray[Any]]:
        """The values of a name in all draws, and of some that stand behind it by the alphabet."""
        self._held = {}
        kind, none = (np.int32, -1) if self.kind == "words" else (np.float64, np.nan)
        count = max(1, _BYTES_AT_ONCE // max(1, len(self.draws) * np.dtype(kind).itemsize))
        chosen = [name, *sorted(it for it in self._names if it > name)][:count]
        table = np.full((len(chosen) + 1, len(self.draws)), none, dtype=kind)
        rows = np.full(len(self._names), len(chosen))  # what is not chosen goes to the last row
        rows[[self._names[it] for it in chosen]] = np.arange(len(chosen))
        for draws, places, values in self._read(number for number, _, _ in self._groups):
            table[rows[places], np.searchsorted(self.draws, draws)] = values
        return {it: table[row] for row, it in enumerate(chosen)}

    def _read(self, groups: Iterable[int]) -> Iterator[_Part]:
        for group in self.file.groups(list(DRAWS), _TEXTS, groups):
            kinds = [word == self.word for word in group.column("kind").chunk(0).dictionary.to_pylist()]
            yield self._part(group, np.array(kinds)[group.column("kind").chunk(0).indices.to_numpy()])

    def _part(self, group: Any, mine: Flags) -> _Part:
        """The rows of a group that are of this kind; names and words that are not known yet are added."""
        draws, names = group.column("draw").to_numpy()[mine], _places(group.column("name"), mine, self._names)
        if self.kind == "words":
            return draws, names, _places(group.column("text"), mine, self._words)
        return draws, names, group.column("value").to_numpy()[mine]

    def _note(self, number: int, group: Any, mine: Flags) -> None:
        """Take note of the rows of a group that are of this kind; `number`: that of the group.

        Raises:
            BrokenRun: a value is missing, or the draws do not rise.
        """
        draws, _, values = self._part(group, mine)
        if ((values < 0) if self.kind == "words" else np.isnan(values)).any():
            raise BrokenRun(self.file.path, f"The draws of '{self.word}' lack values.")
        if (np.diff(draws) < 0).any() or (self._groups and draws[0] < self._groups[-1][2]):
            raise BrokenRun(self.file.path, f"The draws of '{self.word}' are not in their order.")
        self._groups.append((number, int(draws[0]), int(draws[-1])))


def _places(column: Any, mine: Flags, known: dict[str, int]) -> Ints:
    """The places of some words among those that are known, to which new ones are added; -1 where there is no word."""
    coded = column.chunk(0)
    codes = coded.indices.fill_null(-1).to_numpy()[mine]
    words, places = coded.dictionary.to_pylist(), np.full(len(coded.dictionary) + 1, -1)
    for code in np.unique(codes[codes >= 0]).tolist():
        places[code] = known.setdefault(words[code], len(known))
    at: Ints = places[codes]
    return at


def stored_draws(path: Path) -> tuple[StoredDraws, ...]:
    """The numbers, the forces and the answers to disputes that were drawn, in their file.

    Raises:
        BrokenRun: it is gone or damaged, has other columns, draws of unknown kinds, or draws without values.
    """
    file = TableFile(path)
    with file.opened() as table:
        check_columns(path, table.schema_arrow, DRAWS)
        count = table.num_row_groups
    kinds = {word: StoredDraws(file, kind, word) for word, kind in _DRAWN.items()}
    draws: dict[str, list[Ints]] = {word: [np.zeros(0, dtype=np.int64)] for word in _DRAWN}
    for number in range(count):
        for group in file.groups(list(DRAWS), _TEXTS, [number]):
            if any(group.column(name).null_count for name in ("kind", "draw", "name")):
                raise BrokenRun(path, "It lacks values.")
            coded = group.column("kind").chunk(0)
            for code, word in enumerate(coded.dictionary.to_pylist()):
                mine = coded.indices.to_numpy() == code
                if word not in kinds:
                    raise BrokenRun(path, "It tells of draws of unknown kinds.")
                if mine.any():
                    kinds[word]._note(number, group, mine)
                    draws[word].append(np.unique(group.column("draw").to_numpy()[mine]))
    for word, it in kinds.items():
        it.draws = np.unique(np.concatenate(draws[word]))
    return tuple(kinds.values())
