"""Plain values to the typed record and back, strictly: nothing is coerced, and every fault is reported with its place.

Identifiers are checked against the names in force while structuring, so that an unknown place is reported at its own
line and column, with the near miss.
"""

from __future__ import annotations

import re
import typing
from collections.abc import Callable, Iterable, Mapping
from functools import cache
from typing import Any, TypeVar, get_args, get_origin

import attrs
import cattrs
from attrs import define
from cattrs.errors import (
    AttributeValidationNote,
    ClassValidationError,
    ForbiddenExtraKeysError,
    IterableValidationError,
    IterableValidationNote,
)
from cattrs.gen import make_dict_structure_fn, override

from situation.dates import Duration, Interval
from situation.errors import Fault, Problem, near_miss
from situation.events import EVENTS, UNKNOWN, ActorId, AreaId, Day, Event, OperationId, PlaceId, Quantity, Side
from situation.events.predicates import PREDICATES
from situation.testimony.amounts import COUNTED_IN, holds_amounts, read_amount, with_unit
from situation.testimony.documents import Document, Path_
from situation.testimony.lexicon import COUNTS, CountWord
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
from situation.testimony.vocabulary import where_the_dead_go

__all__ = ["Codec", "plain", "stated", "tagged_mapping"]

_T = TypeVar("_T")
_LITERAL: Any = typing.Literal
ID_KINDS: Mapping[str, Any] = {
    "actor": ActorId,
    "side": Side,
    "place": PlaceId,
    "area": AreaId,
    "operation": OperationId,
}


@define
class Codec:
    """Structures documents into classes.

    Args:
        names: the identifiers in force; None while the map itself is read.
        counts: the words of number in force, by `word_key`.
        during: the time that is spoken of, at which names stand for who bore them then; None: any time.
    """

    names: Names | None = None
    counts: Mapping[str, CountWord] = COUNTS
    during: Interval | None = None
    converter: cattrs.Converter = attrs.field(init=False)
    keys: dict[type, dict[str, str]] = attrs.field(factory=dict)
    """From a class and its attributes to the keys under which they are written, where these differ."""
    unwritten: dict[type, tuple[str, ...]] = attrs.field(factory=dict)
    """From a class to its attributes that no document gives."""

    def __attrs_post_init__(self) -> None:
        self.converter = cattrs.Converter(forbid_extra_keys=True, detailed_validation=True)
        for cls, name in ((int, "a whole number"), (float, "a number"), (bool, "true or false"), (str, "text")):
            self.converter.register_structure_hook(cls, reading_strictly(cls, name))
        self.converter.register_structure_hook(Duration, read_as_duration)
        self.converter.register_structure_hook(Day, read_as_day)
        for kind, new_type in ID_KINDS.items():
            self.converter.register_structure_hook(new_type, self._identifier(kind))
        self.converter.register_structure_hook_func(lambda cls: get_origin(cls) is _LITERAL, read_as_word)
        self.converter.register_structure_hook_func(is_optional, self._optional)
        self.converter.register_structure_hook_func(is_tuple, self._tuple)
        self.converter.register_structure_hook_func(is_mapping, self._mapping)
        self.converter.register_structure_hook_factory(attrs.has, self._record)
        self.hide(Quantity, "assumed")
        plain_amount = self._record(Quantity)
        self.hook(Quantity, lambda value: read_amount(value, self.counts, plain_amount))

    def rename(self, cls: type, **keys: str) -> None:
        """Read attributes of a class under other keys, where the key is no Python name. Before it is first read."""
        self.keys[cls] = keys

    def hide(self, cls: type, *attributes: str) -> None:
        """Take attributes of a class from no document. Before it is first read."""
        self.unwritten[cls] = attributes

    def hook(self, cls: Any, function: Callable[[Any], Any]) -> None:
        """Read a class by a function from its plain value."""
        self.converter.register_structure_hook(cls, lambda value, _: function(value))

    def hook_either(self, cls: type[_T], from_text: Callable[[str], _T]) -> None:
        """Read a class from a text alone, or else from a mapping. After its keys are named, before it is first read."""
        from_mapping = self._record(cls)
        self.hook(cls, lambda value: from_text(value) if isinstance(value, str) else from_mapping(value, cls))

    def structure(self, document: Document, path: Path_, value: Any, cls: type[_T]) -> tuple[_T | None, list[Problem]]:
        """One value of a document as an instance of a class, or its faults that are not reported yet."""
        try:
            return self.plainly(value, cls), []
        except (ClassValidationError, IterableValidationError, ValueError, TypeError, KeyError) as error:
            faults = [(at, fault) for at, fault in self._faults(error, path, cls) if at not in document.odd]
            return None, [Problem(document.where(at), fault.fact, fault.advice) for at, fault in faults]

    def plainly(self, value: Any, cls: type[_T]) -> _T:
        """One plain value as an instance of a class.

        Raises:
            ClassValidationError, Fault: it is none.
        """
        return self.converter.structure(value, cls)

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
        read: Any = make_dict_structure_fn(cls, self.converter, _cattrs_forbid_extra_keys=True, **given)

        def hook(value: Any, _: Any) -> Any:
            if not isinstance(value, dict):
                advice = f"Write a mapping; its keys are: {', '.join(self._keys(cls))}."
                raise Fault(f"{as_shown(value)} stands where {_named(cls)} belongs.", advice)
            return read(value, cls)

        return hook

    def _mapping(self, value: Any, cls: Any) -> Any:
        if not isinstance(value, dict):
            raise Fault(f"{as_shown(value)} stands where a mapping belongs.", "Write 'key: value', a line each.")
        inner: Any = dict.__class_getitem__(get_args(cls))
        return self.converter.structure(value, inner)

    def _identifier(self, kind: str) -> Callable[[Any, Any], str]:
        def hook(value: Any, _: Any) -> str:
            word = read_as_text(value, str)
            return self.names.check(kind, word, self.during) if self.names else word

        return hook

    def _counting(self, unit: str, kind: Any) -> Callable[[Any, Any], Any]:
        """How amounts are read whose unit goes without saying."""
        return lambda value, _: self.plainly(with_unit(value, unit), kind)

    def _in_no_order(self, kind: Any) -> Callable[[Any, Any], Any]:
        """How ids that an event lists are read: in whichever order they are written, it is one list."""
        return lambda value, _: tuple(sorted(self._tuple(value, kind)))

    def _one(self, key: str, kind: Any) -> Callable[[Any, Any], Any]:
        """How a key that names one is read where several stand under its plural: `holder` beside `holders`."""

        def hook(value: Any, _: Any) -> Any:
            if isinstance(value, list):
                raise Fault(f"'{key}' names one.", f"Write several under '{key}s': [{', '.join(map(str, value))}].")
            return self.converter.structure(value, kind)

        return hook

    def _optional(self, value: Any, cls: Any) -> Any:
        inner = _other_than_none(cls)
        unnamed = value is None or (value == UNKNOWN and inner in ID_KINDS.values())
        return None if unnamed else self.converter.structure(value, inner)

    def _tuple(self, value: Any, cls: Any) -> tuple[Any, ...]:
        if not isinstance(value, list):
            raise Fault(f"{as_shown(value)} stands where a list belongs.", "Put it in brackets: [a, b].")
        item = get_args(cls)[0]
        if UNKNOWN in value and item is ActorId:
            if len(value) > 1:
                raise Fault("'unknown' stands beside names.", "Name those who are known, or write [unknown] alone.")
            return ()
        check_once(value)
        inner: Any = list.__class_getitem__(item)
        return tuple(self.converter.structure(value, inner))

    def _keys(self, cls: Any) -> list[str]:
        """The keys under which a class is written."""
        written = [it.name for it in attrs.fields(cls) if it.init and it.name not in self.unwritten.get(cls, ())]
        return [self.keys.get(cls, {}).get(name, name) for name in written]

    def _faults(self, error: BaseException, path: Path_, cls: Any) -> Iterable[tuple[Path_, Fault]]:
        """Every leaf of an error of structuring, with its path in the document."""
        if isinstance(error, ClassValidationError | IterableValidationError):
            with_notes, bare = error.group_exceptions()
            inner_cls = getattr(error, "cl", cls)
            for inner, note in with_notes:
                if isinstance(note, AttributeValidationNote):
                    key = self.keys.get(inner_cls, {}).get(note.name, note.name)
                    if isinstance(inner, KeyError) and inner.args == (key,):
                        advice = f"{_sentence(_named(inner_cls))} needs it."
                        yield path, Fault(f"The key '{key}' is missing.", advice)
                    else:
                        yield from self._faults(inner, (*path, key), note.type)
                elif isinstance(note, IterableValidationNote):
                    yield from self._faults(inner, (*path, note.index), note.type)
            for inner in bare:
                yield from self._faults(inner, path, inner_cls)
        elif isinstance(error, ForbiddenExtraKeysError):
            known = self._keys(error.cl)
            for extra in sorted(error.extra_fields):
                hint = near_miss(extra, known) or f"Its keys are: {', '.join(known)}."
                hint = where_the_dead_go(extra, error.cl) or hint
                yield (*path, extra), Fault(f"{_sentence(_named(error.cl))} has no key '{extra}'.", hint)
        elif isinstance(error, Fault):
            yield (*path, *error.under), error
        else:
            yield path, Fault(f"This cannot be read: {error}.", "Compare it with the other entries of its kind.")


def tagged_mapping(content: Any, key: str) -> dict[str, Any]:
    """The mapping that `split_tag` reads: the class under `key`, and every attribute that is not its default."""
    fields: dict[str, Any] = {key: type(content).__name__}
    for attribute in attrs.fields(type(content)):
        value = getattr(content, attribute.name)
        default: Any = attribute.default
        if value != (default.factory() if isinstance(default, attrs.Factory) else default):  # type: ignore[arg-type]
            fields[attribute.name] = plain(value)
    return fields


def stated(content: Any) -> dict[str, Any]:
    """Every attribute of an event or a predicate as JSON can hold it; null where the source does not state it."""
    values = {attribute.name: getattr(content, attribute.name) for attribute in attrs.fields(type(content))}
    return {name: None if value in (None, (), "", {}) else plain(value) for name, value in values.items()}


def plain(value: Any) -> Any:
    """A value of the record as JSON can hold it: sets as sorted lists, records as mappings without empty keys."""
    if attrs.has(type(value)):
        fields = {attribute.name: getattr(value, attribute.name) for attribute in attrs.fields(type(value))}
        return {name: plain(inner) for name, inner in fields.items() if inner is not None and inner != ()}
    if isinstance(value, Mapping):
        return {str(key): plain(inner) for key, inner in value.items()}
    if isinstance(value, frozenset | set):
        return sorted(plain(inner) for inner in value)
    if isinstance(value, tuple | list):
        return [plain(inner) for inner in value]
    return value


@cache
def _hints(cls: Any) -> Mapping[str, Any]:
    """The types of a class's attributes."""
    return typing.get_type_hints(cls)


@cache
def _other_than_none(cls: Any) -> Any:
    """What an optional value is where there is one."""
    return next(part for part in get_args(cls) if part is not type(None))


def _named(cls: Any) -> str:
    """A class in words: types of events and predicates by their name, all else in plain letters."""
    name: str = getattr(cls, "__name__", str(cls))
    if name in EVENTS or name in PREDICATES:
        return name
    words = [word.lower() for word in re.findall("[A-Z][a-z]*", name) if word not in ("Row", "File")]
    return f"{'an' if words[0][0] in 'aeiou' else 'a'} {' '.join(words)}" if words else name


def _sentence(words: str) -> str:
    return words[0].upper() + words[1:]
