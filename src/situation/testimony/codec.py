"""Plain values to the typed record and back, strictly: nothing is coerced, and every fault is reported with its place.

Identifiers are checked against the names in force while structuring, so that an unknown place is reported at its own
line and column, with the near miss.
"""

from __future__ import annotations

import re
import typing
from collections.abc import Callable, Iterable, Mapping
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

from situation.clock import Duration, Interval
from situation.errors import Fault, Problem, near_miss
from situation.events import EVENTS, ActorId, AreaId, OperationId, PlaceId, Quantity
from situation.events.predicates import PREDICATES
from situation.testimony.documents import Document, Path_
from situation.testimony.lexicon import COUNTS, CountWord, counted, word_key
from situation.testimony.names import Names
from situation.testimony.strict import (
    as_duration,
    as_text,
    counts_things,
    is_mapping,
    is_optional,
    is_tuple,
    literal,
    shown,
    strict,
)

__all__ = ["Codec", "check_id", "plain", "split_tag", "tagged_mapping"]

_T = TypeVar("_T")
_LITERAL: Any = typing.Literal
COUNTED_IN: Mapping[str, str] = {"killed": "persons", "wounded": "persons", "number": "persons"}
"""From a key of events to the unit that goes without saying there: a bare word of number counts these."""
ID_KINDS: Mapping[str, Any] = {"actor": ActorId, "place": PlaceId, "area": AreaId, "operation": OperationId}


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
    _plain_quantity: Callable[[Any, Any], Quantity] = attrs.field(init=False)

    def __attrs_post_init__(self) -> None:
        self.converter = cattrs.Converter(forbid_extra_keys=True, detailed_validation=True)
        for cls, name in ((int, "a whole number"), (float, "a number"), (bool, "true or false"), (str, "text")):
            self.converter.register_structure_hook(cls, strict(cls, name))
        self.converter.register_structure_hook(Duration, as_duration)
        for kind, new_type in ID_KINDS.items():
            self.converter.register_structure_hook(new_type, self._identifier(kind))
        self.converter.register_structure_hook_func(lambda cls: get_origin(cls) is _LITERAL, literal)
        self.converter.register_structure_hook_func(is_optional, self._optional)
        self.converter.register_structure_hook_func(is_tuple, self._tuple)
        self.converter.register_structure_hook_func(is_mapping, self._mapping)
        self.converter.register_structure_hook_factory(attrs.has, self._record)
        self.hide(Quantity, "assumed")
        self._plain_quantity = self._record(Quantity)
        self.converter.register_structure_hook(Quantity, self._quantity)

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
        for name, kind in typing.get_type_hints(cls).items():
            if name in COUNTED_IN and counts_things(kind):
                given[name] = override(struct_hook=self._counting(COUNTED_IN[name]))
        read: Any = make_dict_structure_fn(cls, self.converter, _cattrs_forbid_extra_keys=True, **given)

        def hook(value: Any, _: Any) -> Any:
            if not isinstance(value, dict):
                advice = f"Write a mapping; its keys are: {', '.join(self._keys(cls))}."
                raise Fault(f"{shown(value)} stands where {_named(cls)} belongs.", advice)
            return read(value, cls)

        return hook

    def _mapping(self, value: Any, cls: Any) -> Any:
        if not isinstance(value, dict):
            raise Fault(f"{shown(value)} stands where a mapping belongs.", "Write 'key: value', a line each.")
        inner: Any = dict.__class_getitem__(get_args(cls))
        return self.converter.structure(value, inner)

    def _identifier(self, kind: str) -> Callable[[Any, Any], str]:
        def hook(value: Any, _: Any) -> str:
            word = as_text(value, str)
            return self.names.check(kind, word, self.during) if self.names else word

        return hook

    def _counting(self, unit: str) -> Callable[[Any, Any], Quantity | None]:
        """How an amount is read whose unit goes without saying: also from a word of number alone, such as `dozens`."""

        def hook(value: Any, _: Any) -> Quantity | None:
            if isinstance(value, str):
                return counted(self._count_word(value, ()), unit)
            return None if value is None else self.plainly(value, Quantity)

        return hook

    def _quantity(self, value: Any, _: Any) -> Quantity:
        """An amount: a mapping with its unit and numbers, or with its unit and a word of number."""
        if isinstance(value, str):
            word = self._count_word(value, ())
            advice = f"Write {{words: {word.words}, unit: ...}}, with what is counted."
            raise Fault(f"'{value}' names no unit.", advice)
        if isinstance(value, dict) and isinstance(value.get("words"), str):
            for key in value:
                if key in ("low", "best", "high"):
                    raise Fault(f"'words' and '{key}' do not go together.", "Give the word, or the numbers.", (key,))
            read = self._plain_quantity({**value, "low": 0}, Quantity)
            return counted(self._count_word(value["words"], ("words",)), read.unit)
        return self._plain_quantity(value, Quantity)

    def _count_word(self, words: str, under: tuple[str, ...]) -> CountWord:
        """What a word of number means.

        Raises:
            Fault: the lexicon does not have it; with the near miss.
        """
        word = self.counts.get(word_key(words))
        if word is None:
            hint = near_miss(word_key(words), self.counts) or "Give numbers, or add it to the lexicon of map.yaml."
            raise Fault(f"The lexicon has no number '{words}'.", hint, under)
        return word

    def _optional(self, value: Any, cls: Any) -> Any:
        inner = next(part for part in get_args(cls) if part is not type(None))
        return None if value is None else self.converter.structure(value, inner)

    def _tuple(self, value: Any, cls: Any) -> tuple[Any, ...]:
        if not isinstance(value, list):
            raise Fault(f"{shown(value)} stands where a list belongs.", "Put it in brackets: [a, b].")
        inner: Any = list.__class_getitem__(get_args(cls)[0])
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
                yield (*path, extra), Fault(f"{_sentence(_named(error.cl))} has no key '{extra}'.", hint)
        elif isinstance(error, Fault):
            yield (*path, *error.under), error
        else:
            yield path, Fault(f"This cannot be read: {error}.", "Compare it with the other entries of its kind.")


def check_id(name: str) -> None:
    """Check that a name can be an id: the names of cells and happenings join ids by other signs.

    Raises:
        Fault: it has other signs than letters, digits, hyphens and underscores, or none.
    """
    if re.fullmatch(r"[\w-]+", name) is None:
        raise Fault(f"'{name}' cannot be an id.", "Use letters, digits, hyphens and underscores.", ("id",))


def split_tag(value: Any, key: str) -> tuple[type, dict[str, Any]]:
    """The class that a mapping names under `event`, `statement` or `forecast`, and its other keys.

    Raises:
        Fault: the name is not in the vocabulary; with the near miss.
    """
    events: dict[str, Any] = {name: cls for name, cls in EVENTS.items() if cls.reported}
    known = {"event": events, "statement": {**PREDICATES}, "forecast": events | PREDICATES}[key]
    name = value[key]
    if not isinstance(name, str) or name not in known:
        kind = {"event": "event type", "statement": "predicate", "forecast": "event type or predicate"}[key]
        hint = near_miss(str(name), known) or f"Use one of: {', '.join(sorted(known))}."
        written = f"'{name}'" if isinstance(name, str) else shown(name)
        raise Fault(f"There is no {kind} {written}.", hint, (key,))
    return known[name], {other: given for other, given in value.items() if other != key}


def tagged_mapping(content: Any, key: str) -> dict[str, Any]:
    """The mapping that `split_tag` reads: the class under `key`, and every attribute that is not its default."""
    fields: dict[str, Any] = {key: type(content).__name__}
    for attribute in attrs.fields(type(content)):
        value = getattr(content, attribute.name)
        if value != attribute.default:
            fields[attribute.name] = plain(value)
    return fields


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


def _named(cls: Any) -> str:
    """A class in words: types of events and predicates by their name, all else in plain letters."""
    name: str = getattr(cls, "__name__", str(cls))
    if name in EVENTS or name in PREDICATES:
        return name
    words = [word.lower() for word in re.findall("[A-Z][a-z]*", name) if word not in ("Row", "File")]
    return f"{'an' if words[0][0] in 'aeiou' else 'a'} {' '.join(words)}" if words else name


def _sentence(words: str) -> str:
    return words[0].upper() + words[1:]
