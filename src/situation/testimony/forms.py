"""How classes are read from plain values, strictly: compiled once for each set of forms, whoever reads by them.

Compiling costs more than reading a small file does, so forms live as long as the program, and what differs from file to file
(the names in force, the words of number, the time that is spoken of) is with the reader.
"""

from __future__ import annotations

import re
import typing
from collections.abc import Callable, Mapping
from contextvars import ContextVar
from functools import cache
from typing import Any, Protocol, TypeVar, get_args, get_origin

import attrs
import cattrs
from attrs import define, field
from cattrs.gen import make_dict_structure_fn, override

from situation.dates import Duration, Interval
from situation.errors import Fault
from situation.events import EVENTS, UNKNOWN, ActorId, AreaId, Day, Event, OperationId, PlaceId, Quantity, Side
from situation.events.predicates import PREDICATES
from situation.testimony.amounts import COUNTED_IN, holds_amounts, read_amount, with_unit
from situation.testimony.lexicon import CountWord
from situation.testimony.names import Names
from situation.testimony.strictness import (
    as_shown,
    check_once,
    is_mapping,
    is_optional,
    is_tuple,
    read_as_day,
    read_as_duration,
    read_as_text,
    read_as_word,
    reading_strictly,
    reading_text,
)

__all__ = ["ID_KINDS", "PLAIN", "FieldReader", "Forms", "Own", "class_in_words"]

_T = TypeVar("_T")
_LITERAL: Any = typing.Literal
ID_KINDS: Mapping[str, Any] = {
    "actor": ActorId,
    "side": Side,
    "place": PlaceId,
    "area": AreaId,
    "operation": OperationId,
}
Own = Mapping[Any, Callable[[Any], Any]]
"""From a class to what reads it from its plain value."""


class FieldReader(Protocol):
    """Who reads by forms: the names and words of number in force, the time that is spoken of, and readers of its own."""

    names: Names | None
    counts: Mapping[str, CountWord]
    during: Interval | None
    own: Own


_READER: ContextVar[FieldReader] = ContextVar("reader")


@define(eq=False)
class Forms:
    """How classes are read.

    Args:
        keys: from a class and its attributes to the keys under which they are written, where these differ.
        unwritten: from a class to its attributes that no document gives.
        either: classes that are read from a text alone by a function, or else from a mapping.
        own: classes that each reader reads by a function of its own.
    """

    keys: Mapping[type, Mapping[str, str]] = field(factory=dict)
    unwritten: Mapping[type, tuple[str, ...]] = field(factory=dict)
    either: Mapping[type, Callable[[str], Any]] = field(factory=dict)
    own: tuple[Any, ...] = ()
    _converter: cattrs.Converter = field(init=False)

    def __attrs_post_init__(self) -> None:
        self.unwritten = {Quantity: ("assumed",), **self.unwritten}
        self._converter = converter = cattrs.Converter(forbid_extra_keys=True, detailed_validation=True)
        for simple, name in ((int, "a whole number"), (float, "a number"), (bool, "true or false"), (str, "text")):
            converter.register_structure_hook(simple, reading_strictly(simple, name))
        converter.register_structure_hook(Duration, read_as_duration)
        converter.register_structure_hook(Day, read_as_day)
        for kind, new_type in ID_KINDS.items():
            converter.register_structure_hook(new_type, _identifier(kind))
        converter.register_structure_hook_func(lambda cls: get_origin(cls) is _LITERAL, read_as_word)
        converter.register_structure_hook_factory(is_optional, self._optional)
        converter.register_structure_hook_func(is_tuple, self._tuple)
        converter.register_structure_hook_func(is_mapping, self._mapping)
        converter.register_structure_hook_factory(attrs.has, self._record)
        # A hook for the class would also catch those under it.
        converter.register_structure_hook_func(lambda cls: any(cls == one for one in self.own), _by_its_reader)
        plain_amount = self._record(Quantity)
        converter.register_structure_hook(
            Quantity, lambda value, _: read_amount(value, _READER.get().counts, plain_amount)
        )
        for cls, from_text in self.either.items():
            converter.register_structure_hook(cls, _either(from_text, self._record(cls)))

    def read(self, reader: FieldReader, value: Any, cls: type[_T]) -> _T:
        """One plain value as an instance of a class.

        Raises:
            ClassValidationError, Fault: it is none.
        """
        before = _READER.set(reader)
        try:
            return self._converter.structure(value, cls)
        finally:
            _READER.reset(before)

    def written_keys(self, cls: Any) -> list[str]:
        """The keys under which a class is written."""
        written = [it.name for it in attrs.fields(cls) if it.init and it.name not in self.unwritten.get(cls, ())]
        return [self.keys.get(cls, {}).get(name, name) for name in written]

    def _record(self, cls: Any) -> Callable[[Any, Any], Any]:
        """How a class with attributes is read: from a mapping with its keys and no others."""
        given: dict[str, Any] = {name: override(rename=key) for name, key in self.keys.get(cls, {}).items()}
        given |= {name: override(omit=True) for name in self.unwritten.get(cls, ())}
        hints = _hints(cls)
        for name, kind in hints.items():
            if kind is str and name not in given:
                given[name] = override(struct_hook=reading_text(name, "reason" in hints))
            if (several := get_args(hints.get(f"{name}s")))[1:] == (...,) and several[0] in (kind, *get_args(kind)):
                given[name] = override(struct_hook=self._one(name, kind))
            if issubclass(cls, Event) and is_tuple(kind) and get_args(kind)[0] in ID_KINDS.values():
                given[name] = override(struct_hook=self._in_no_order(kind))
            if name in COUNTED_IN and holds_amounts(kind):
                given[name] = override(struct_hook=self._counting(COUNTED_IN[name], kind))
        read: Any = make_dict_structure_fn(cls, self._converter, _cattrs_forbid_extra_keys=True, **given)

        def hook(value: Any, _: Any) -> Any:
            if not isinstance(value, dict):
                advice = f"Write a mapping; its keys are: {', '.join(self.written_keys(cls))}."
                raise Fault(f"{as_shown(value)} stands where {class_in_words(cls)} belongs.", advice)
            return read(value, cls)

        return hook

    def _mapping(self, value: Any, cls: Any) -> Any:
        if not isinstance(value, dict):
            raise Fault(f"{as_shown(value)} stands where a mapping belongs.", "Write 'key: value', a line each.")
        inner: Any = dict.__class_getitem__(get_args(cls))
        return self._converter.structure(value, inner)

    def _counting(self, unit: str, kind: Any) -> Callable[[Any, Any], Any]:
        """How amounts are read whose unit goes without saying."""
        return lambda value, _: self._converter.structure(with_unit(value, unit), kind)

    def _in_no_order(self, kind: Any) -> Callable[[Any, Any], Any]:
        """How ids that an event lists are read: in whichever order they are written, it is one list."""
        return lambda value, _: tuple(sorted(self._tuple(value, kind)))

    def _one(self, key: str, kind: Any) -> Callable[[Any, Any], Any]:
        """How a key that names one is read where several stand under its plural: `holder` beside `holders`."""

        def hook(value: Any, _: Any) -> Any:
            if isinstance(value, list):
                raise Fault(f"'{key}' names one.", f"Write several under '{key}s': [{', '.join(map(str, value))}].")
            return self._converter.structure(value, kind)

        return hook

    def _optional(self, cls: Any) -> Callable[[Any, Any], Any]:
        """How what may be left out is read: as what it is where it is given."""
        inner = _other_than_none(cls)
        may_be_unknown, read = inner in ID_KINDS.values(), self._converter.get_structure_hook(inner)

        def hook(value: Any, _: Any) -> Any:
            return None if value is None or (may_be_unknown and value == UNKNOWN) else read(value, inner)

        return hook

    def _tuple(self, value: Any, cls: Any) -> tuple[Any, ...]:
        if not isinstance(value, list):
            written = value if isinstance(value, str) and as_shown(value) == repr(value) else "a, b"
            raise Fault(f"{as_shown(value)} stands where a list belongs.", f"Put it in brackets: [{written}].")
        item = get_args(cls)[0]
        if UNKNOWN in value and item is ActorId:
            if len(value) > 1:
                raise Fault("'unknown' stands beside names.", "Name those who are known, or write [unknown] alone.")
            return ()
        check_once(value)
        inner: Any = list.__class_getitem__(item)
        return tuple(self._converter.structure(value, inner))


def _identifier(kind: str) -> Callable[[Any, Any], str]:
    def hook(value: Any, _: Any) -> str:
        word, reader = read_as_text(value, str), _READER.get()
        return reader.names.check(kind, word, reader.during) if reader.names else word

    return hook


def _by_its_reader(value: Any, cls: Any) -> Any:
    return _READER.get().own[cls](value)


def _either(from_text: Callable[[str], Any], from_mapping: Callable[[Any, Any], Any]) -> Callable[[Any, Any], Any]:
    return lambda value, cls: from_text(value) if isinstance(value, str) else from_mapping(value, cls)


@cache
def _hints(cls: Any) -> Mapping[str, Any]:
    """The types of a class's attributes."""
    return typing.get_type_hints(cls)


def _other_than_none(cls: Any) -> Any:
    """What an optional value is where there is one."""
    return next(part for part in get_args(cls) if part is not type(None))


def class_in_words(cls: Any) -> str:
    """A class in words: types of events and predicates by their name, all else in plain letters."""
    name: str = getattr(cls, "__name__", str(cls))
    if name in EVENTS or name in PREDICATES:
        return name
    words = [word.lower() for word in re.findall("[A-Z][a-z]*", name) if word not in ("Row", "File")]
    return f"{'an' if words[0][0] in 'aeiou' else 'a'} {' '.join(words)}" if words else name


PLAIN = Forms()
"""Classes under the keys of their attributes, and nothing besides."""
