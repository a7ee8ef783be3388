"""The problems of a scenario as checks find them, and what could be read of entries that are faulty.

A fault that calls forth others is reported alone: what could not be read is known here, and no check reports on it again.
"""

from __future__ import annotations

import types
from collections.abc import Callable, Iterator, Mapping
from typing import Any, Final, TypeVar, Union, get_args, get_origin, get_type_hints

import attrs
from attrs import define, field

from situation.errors import near_miss
from situation.events import EVENTS, Event
from situation.scenario.parts import Axis, Conduct, Force, Given, Inflow, Number, Plan, Switch, Total
from situation.scenario.question import Question
from situation.testimony.codec import Codec
from situation.testimony.documents import Document

__all__ = ["Path", "Problems", "legible", "read_in_part"]

_Item = TypeVar("_Item")
Path = tuple[str | int, ...]


def legible(items: tuple[_Item, ...]) -> Iterator[tuple[int, _Item]]:
    """The items of a list that could be read, each with its place in it."""
    return ((number, item) for number, item in enumerate(items) if item is not None)


@define
class Problems:
    """Reports problems, and knows what could not be read.

    Args:
        report: takes in a problem: its path, the fact, and what to do.
        faulty: from a table to the names of its faulty entries: these exist, so naming them is right.
        mentioned: every text in such an entry: what it names is of use.
        partial: from a table to what could be read of such entries, by name; None stands for what could not.
        unread: the paths to all that could not be read, or is missing: reported already.
    """

    report: Callable[[Path, str, str], None]
    faulty: dict[str, frozenset[str]] = field(factory=dict)
    mentioned: frozenset[str] = frozenset()
    partial: Mapping[str, Mapping[str, Any]] = field(factory=dict)
    unread: frozenset[Path] = frozenset()
    count: int = 0

    def add(self, path: Path, fact: str, advice: str) -> None:
        """Report a problem, unless nothing could be read at its path."""
        if path not in self.unread:
            self.count += 1
            self.report(path, fact, advice)

    def entries(self, table: str, whole: Mapping[Any, Any]) -> dict[Any, Any]:
        """The entries of a table, then what could be read of its faulty ones."""
        return {**whole, **self.partial.get(table, {})}

    def any_unread(self, path: Path, *keys: str) -> bool:
        """Whether one of some keys of an entry could not be read, or is missing though it is needed."""
        return any((*path, key) in self.unread for key in keys)

    def faulty_in(self, *tables: str) -> frozenset[str]:
        """The names of the faulty entries of some tables."""
        return frozenset(name for table in tables for name in self.faulty.get(table, ()))

    def mark_faulty(self, table: str, name: str) -> None:
        """Keep in mind that an entry is faulty."""
        self.faulty[table] = self.faulty_in(table) | {name}


_READ_IN_PART: Final = (Axis, Conduct, Event, Force, Given, Inflow, Number, Plan, Question, Switch, Total)
"""Classes that are read key by key where they are faulty; any other is read whole or not at all."""


def read_in_part(codec: Codec, document: Document, path: Path, cls: Any, value: Any, unread: set[Path]) -> Any:
    """A value as far as it can be read as an instance of a class.

    Args:
        path: the way to the value in its document.
        unread: takes in the paths to all that could not be read, and to all that is missing.
    """
    made, problems = codec.structure(document, path, value, cls)
    if made is not None or (value is None and not problems):
        return made
    inner = [part for part in get_args(cls) if part is not type(None)]
    if get_origin(cls) in (Union, types.UnionType) and len(inner) == 1:
        return read_in_part(codec, document, path, inner[0], value, unread)
    if get_origin(cls) is tuple and isinstance(value, list):
        return tuple(
            read_in_part(codec, document, (*path, at), inner[0], item, unread) for at, item in enumerate(value)
        )
    if cls in _READ_IN_PART and isinstance(value, dict):
        named = EVENTS.get(str(value.get("event"))) if cls is Event else cls
        if named is not None:
            return _keys_read(codec, document, path, named, value, unread)
    unread.add(path)
    return (None,) if get_origin(cls) is tuple else None


def _keys_read(
    codec: Codec, document: Document, path: Path, cls: Any, value: Mapping[str, Any], unread: set[Path]
) -> Any:
    """An instance with what could be read of its keys, made without the validation of a whole one.

    An unknown key that is near to a missing one was meant for that one.
    """
    made, kinds = cls.__new__(cls), get_type_hints(cls)
    names = [attribute.name for attribute in attrs.fields(cls)]
    meant = {near_miss(key, names) for key in value if key not in names}
    for attribute in attrs.fields(cls):
        name, read = attribute.name, attribute.default
        if name in value:
            read = read_in_part(codec, document, (*path, name), kinds[name], value[name], unread)
        elif read is attrs.NOTHING or f"Did you mean '{name}'?" in meant:
            read = (None,) if get_origin(kinds[name]) is tuple else None
            unread.add((*path, name))
        object.__setattr__(made, name, read)
    return made
