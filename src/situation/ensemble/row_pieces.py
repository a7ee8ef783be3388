"""What rows say, as words: a piece for each attribute of their event, of all rows of a story at once."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Mapping
from functools import cache, lru_cache
from types import MappingProxyType
from typing import Any, Final

import attrs
import numpy as np
from attrs import frozen

from situation.chance.luck import word_of
from situation.chance.vectors import Ints
from situation.ensemble.rows import ABSENT, put_value
from situation.events import (
    Due,
)
from situation.events.story import DUE_KINDS, DueKind
from situation.story.stage import Stage
from situation.story.world.kinds import Kind
from situation.story.world.numbering import Numbering
from situation.story.world.table_columns import ChosenRows, TableColumns
from situation.story.world.words import TEXT_OF_WORD

__all__ = [
    "EMPTY_WORD",
    "NO_WORD",
    "REGISTERS",
    "ManyWords",
    "OneWord",
    "Piece",
    "RowNames",
    "Take",
    "always",
    "as_list",
    "as_words",
    "at_most",
    "bits_of",
    "by_default",
    "of_due",
    "units_in",
    "words_at",
]

_Words = Any
"""Words of 64 bits, as NumPy has them."""
Piece = tuple[Ints, _Words]
"""How many words each of some rows has of it; and the words, row after row."""
REGISTERS: Final[Mapping[Kind, str]] = MappingProxyType(
    {
        Kind.PLACE: "places",
        Kind.FORCE: "forces",
        Kind.ACTOR: "actors",
        Kind.LINK: "links",
        Kind.PLAN: "plans",
        Kind.NUMBER: "numbers",
        Kind.DOCTRINE: "doctrines",
    }
)
_MOST_BITS: Final = 63


def as_words(*values: int) -> _Words:
    """Whole numbers as words."""
    return np.array(values, np.uint64)


NO_WORD, EMPTY_WORD = np.uint64(ABSENT), np.uint64(word_of(""))


@frozen
class RowNames:
    """What rows name: the things of a world with the words of their names, and the parts of rows.

    Args:
        added: the words of rows of which some stand in no column.
    """

    stage: Stage
    numbering: Numbering
    parts: TableColumns
    added: dict[int, Any]

    def of(self, kind: Kind) -> _Words:
        """The word of each thing of a kind, by its number."""
        return _TEXTS if kind is Kind.WORD else self.register(REGISTERS[kind])

    def register(self, name: str) -> _Words:
        """The word of each name of a register, by its number."""
        return _words_of(tuple(getattr(self.numbering, name).names))


@lru_cache(maxsize=256)
def _words_of(names: tuple[Any, ...]) -> _Words:
    return as_words(*(ABSENT if name is None else word_of(str(name)) for name in names))


_TEXTS: Final = _words_of(tuple(TEXT_OF_WORD))


@frozen(eq=False)
class OneWord:
    """What takes one word of a row.

    Args:
        take: takes it of every row of a story, also of those of other kinds, in whose columns anything may stand.
        always: the same for every row; then `take` is None.
    """

    take: Callable[[RowNames, TableColumns], _Words] | None
    always: int = 0


@frozen(eq=False)
class ManyWords:
    """What takes words of some rows, as many of each as it says."""

    take: Callable[[RowNames, ChosenRows], Piece]


Take = OneWord | ManyWords


@cache
def always(word: int) -> OneWord:
    """What takes the same word of every row."""
    return OneWord(None, word)


def by_default(attribute: Any) -> tuple[Take, ...] | None:
    """What takes an attribute that no row of a story sets; None where it has no default."""
    default = attribute.default
    if default is attrs.NOTHING:
        return None
    value = array("Q")
    put_value(default.factory() if isinstance(default, attrs.Factory) else default, value)  # type: ignore[arg-type]
    return tuple(map(always, value))


def words_at(words: _Words, numbers: Ints) -> _Words:
    """The words of things by their numbers; of what is no number of a thing, any."""
    return words.take(numbers, mode="clip")


def bits_of(values: Any) -> _Words:
    """Fractions as the bits of their floats; the two zeros are one."""
    return (values + 0.0).view(np.uint64)


@cache
def of_due(kind: DueKind, name: str, rank: str) -> ManyWords:
    """What takes when something falls due."""
    phase = DUE_KINDS.index(kind)

    def due(names: RowNames, rows: ChosenRows) -> Piece:
        is_due, out = rows[name] != 0, np.empty((len(rows), 5), np.uint64)
        out[:, 0] = np.where(is_due, np.uint64(word_of(Due.__name__)), NO_WORD)
        out[:, 1] = (rows[name] + names.numbering.origin).view(np.uint64)
        out[:, 2], out[:, 3], out[:, 4] = phase, bits_of(rows[rank]), word_of(kind)
        return at_most(out, np.where(is_due, 5, 1))

    return ManyWords(due)


def at_most(out: _Words, count: Ints) -> Piece:
    """Of each row of a matrix its first words."""
    return count, out[np.arange(out.shape[1]) < count[:, None]]


def as_list(count: Ints, values: _Words) -> Piece:
    """Lists of one word an item, each after its length."""
    out = np.empty(len(count) + len(values), np.uint64)
    ends = np.cumsum(count + 1)
    heads = np.zeros(len(out), bool)
    heads[ends - count - 1] = True
    out[heads], out[~heads] = count, values
    return count + 1, out


def units_in(names: RowNames, units: Ints) -> tuple[Ints, _Words]:
    """How many actors there are in each of some sets, and the words of these."""
    actors = names.of(Kind.ACTOR)
    among = (units[:, None] >> np.arange(min(len(actors), _MOST_BITS)) & 1).astype(bool)
    among[:, 0] = False
    return among.sum(axis=1), actors[np.nonzero(among)[1]]
