"""Problems of a scenario as they are found: told on, counted, and kept from calling others forth."""

from __future__ import annotations

import types
from collections.abc import Callable, Iterator, Mapping
from typing import Any, Final, TypeVar, Union, get_args, get_origin, get_type_hints

import attrs
from attrs import define, field

from situation.errors import near_miss
from situation.events import EVENTS, Event
from situation.scenario.parts import Conduct, Force, Given, Number, Plan, Switch, Total
from situation.scenario.question import Question
from situation.testimony.codec import Codec
from situation.testimony.documents import Document

__all__ = ["Faults", "Path", "Tell", "legible", "spared"]

T = TypeVar("T")
Path = tuple[str | int, ...]
Tell = Callable[[Path, str, str], None]
"""Takes in a problem: its path, the fact, and what to do."""


def legible(items: tuple[T, ...]) -> Iterator[tuple[int, T]]:
    """The items of a list that could be read, each with its place in it."""
    return ((number, item) for number, item in enumerate(items) if item is not None)


@define
class Faults:
    """Tells problems on, and knows what could not be read, so that nothing else is told of it.

    Args:
        unread: from a table to the names in it whose entries are faulty: they are there, and what names them is right.
        mentioned: every text that stands in such an entry: what it names is of use.
        saved: from a table to what could be read of such entries, by name; None stands for what could not.
        amiss: the ways to what could not be read, or is missing: it has been told of.
    """

    tell: Tell
    unread: dict[str, frozenset[str]] = field(factory=dict)
    mentioned: frozenset[str] = frozenset()
    saved: Mapping[str, Mapping[str, Any]] = field(factory=dict)
    amiss: frozenset[Path] = frozenset()
    count: int = 0

    @property
    def any(self) -> bool:
        """Whether there was a problem."""
        return self.count > 0

    def __call__(self, path: Path, fact: str, advice: str) -> None:
        if path in self.amiss:
            return
        self.count += 1
        self.tell(path, fact, advice)

    def beside(self, table: str, whole: Mapping[Any, Any]) -> dict[Any, Any]:
        """The entries of a table, and after them what could be read of those that are faulty."""
        return {**whole, **self.saved.get(table, {})}

    def missed(self, path: Path, *keys: str) -> bool:
        """Whether one of some keys of an entry could not be read, or is missing though it is needed."""
        return any((*path, key) in self.amiss for key in keys)

    def lost(self, *tables: str) -> frozenset[str]:
        """The names in some tables whose entries could not be read."""
        return frozenset(name for table in tables for name in self.unread.get(table, ()))

    def lose(self, table: str, name: str) -> None:
        """Keep in mind that an entry could not be read."""
        self.unread[table] = self.lost(table) | {name}


OPENED: Final = (Conduct, Event, Force, Given, Number, Plan, Question, Switch, Total)
"""Classes that are saved part by part; any other is read whole or not at all."""


def spared(codec: Codec, document: Document, path: Path, cls: Any, value: Any, amiss: set[Path]) -> Any:
    """A value as far as it can be read as an instance of a class.

    Args:
        path: the way to the value in its document.
        amiss: takes in the way to all that could not be read, and to all that is missing.
    """
    made, problems = codec.structure(document, path, value, cls)
    if made is not None or (value is None and not problems):
        return made
    inner = [part for part in get_args(cls) if part is not type(None)]
    if get_origin(cls) in (Union, types.UnionType) and len(inner) == 1:
        return spared(codec, document, path, inner[0], value, amiss)
    if get_origin(cls) is tuple and isinstance(value, list):
        return tuple(spared(codec, document, (*path, at), inner[0], item, amiss) for at, item in enumerate(value))
    if cls in OPENED and isinstance(value, dict):
        named = EVENTS.get(str(value.get("event"))) if cls is Event else cls
        if named is not None:
            return _opened(codec, document, path, named, value, amiss)
    amiss.add(path)
    return (None,) if get_origin(cls) is tuple else None


def _opened(codec: Codec, document: Document, path: Path, cls: Any, value: Mapping[str, Any], amiss: set[Path]) -> Any:
    """A record with what could be read of it, made without the tests that a whole one passes.

    A key that is unknown and near to one that is left out was meant for that one.
    """
    made, kinds = cls.__new__(cls), get_type_hints(cls)
    names = [attribute.name for attribute in attrs.fields(cls)]
    meant = {near_miss(key, names) for key in value if key not in names}
    for attribute in attrs.fields(cls):
        name, read = attribute.name, attribute.default
        if name in value:
            read = spared(codec, document, (*path, name), kinds[name], value[name], amiss)
        elif read is attrs.NOTHING or f"Did you mean '{name}'?" in meant:
            read = (None,) if get_origin(kinds[name]) is tuple else None
            amiss.add((*path, name))
        object.__setattr__(made, name, read)
    return made
