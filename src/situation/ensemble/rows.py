"""A story's rows as whole numbers, and a digest of them: two stories have the same rows where the same happens at the same time.

A row is a minute and an event, field by field. A name is its 64-bit word, a whole number itself, a fraction the bits of its
float; of several values their number stands before them. So a row is the same on every machine, whatever its text.
"""

from __future__ import annotations

import hashlib
import sys
from array import array
from collections.abc import Callable, Iterable, Mapping
from operator import attrgetter
from struct import Struct
from typing import Any, Final

import attrs

from situation.chance.luck import word_of
from situation.chance.philox import MASK
from situation.dates import Minute
from situation.events import Event

__all__ = ["ABSENT", "RowDigest", "digests_at", "put_value"]

ABSENT: Final = word_of("None")
"""What says that there is nothing."""
_FLOAT, _BITS = Struct("<d"), Struct("<Q")
_Put = Callable[[Any, "array[int]"], None]


class RowDigest:
    """A digest of rows, in their order."""

    def __init__(self) -> None:
        self._digest = hashlib.blake2b(digest_size=8)
        self._rows = array("Q")

    def add(self, minute: Minute, event: Event) -> None:
        """Add a row."""
        self._rows.append(minute & MASK)
        put_value(event, self._rows)

    def value(self) -> int:
        """The digest of all rows so far."""
        if self._rows:
            if sys.byteorder == "big":
                self._rows.byteswap()
            self._digest.update(self._rows)
            self._rows = array("Q")
        return int.from_bytes(self._digest.digest(), "little")


def digests_at(words: Any, ends: Iterable[int]) -> list[int]:
    """The digests of the first rows of a story, up to each of some ends.

    Args:
        words: of all its rows, as NumPy has them.
        ends: of how many of them, in rising order.
    """
    digest, first, digests = hashlib.blake2b(digest_size=8), 0, []
    written = memoryview(words.astype("<u8", copy=False)).cast("B")
    for last in ends:
        digest.update(written[8 * first : 8 * last])
        digests.append(int.from_bytes(digest.digest(), "little"))
        first = last
    return digests


def put_value(value: Any, row: array[int]) -> None:
    """Write a value into a row."""
    put = _PUT.get(type(value))
    if put is None:
        put = _PUT[type(value)] = _put_of(type(value))
    put(value, row)


def _put_of(kind: type) -> _Put:
    """What writes values of a type.

    Raises:
        TypeError: nothing does.
    """
    if attrs.has(kind):
        return _put_fields(kind)
    for base, put in _PUT_BASES.items():
        if issubclass(kind, base):
            return put
    raise TypeError(f"A row cannot hold a value of type {kind.__name__}. Say how in situation.ensemble.rows.")


def _put_fields(kind: type) -> _Put:
    names = [attribute.name for attribute in attrs.fields(kind) if attribute.eq]
    word = word_of(kind.__name__)
    if not names:
        return lambda value, row: row.append(word)
    fields_of = attrgetter(*names, names[0])  # of two and more it gives a tuple

    def put(value: Any, row: array[int]) -> None:
        row.append(word)
        for inner in fields_of(value)[:-1]:
            of = type(inner)
            if of is str:
                row.append(word_of(inner))
            elif of is int:
                row.append(inner & MASK)
            else:
                put_value(inner, row)

    return put


def _put_absent(value: None, row: array[int]) -> None:
    row.append(ABSENT)


def _put_word(value: str, row: array[int]) -> None:
    row.append(word_of(str(value)))


def _put_whole(value: int, row: array[int]) -> None:
    row.append(value & MASK)


def _bits_of_float(value: float) -> int:
    """The bits of a fraction; the two zeros are one."""
    bits: int = _BITS.unpack(_FLOAT.pack(value + 0.0))[0]
    return bits


def _put_float(value: float, row: array[int]) -> None:
    row.append(_bits_of_float(value))


def _put_each(values: Iterable[Any], row: array[int]) -> None:
    inner = array("Q")
    count = 0
    for value in values:
        put_value(value, inner)
        count += 1
    row.append(count)
    row.extend(inner)


def _put_in_any_order(values: Iterable[Any], row: array[int]) -> None:
    parts = []
    for value in values:
        part = array("Q")
        put_value(value, part)
        parts.append(part.tolist())
    row.append(len(parts))
    for numbers in sorted(parts):
        row.extend(numbers)


def _put_mapping(values: Mapping[Any, Any], row: array[int]) -> None:
    _put_in_any_order(values.items(), row)


_PUT_BASES: Final[Mapping[type, _Put]] = {
    str: _put_word,
    int: _put_whole,
    float: _put_float,
    tuple: _put_each,
    list: _put_each,
    frozenset: _put_in_any_order,
    Mapping: _put_mapping,
}
_PUT: Final[dict[type, _Put]] = {type(None): _put_absent}
