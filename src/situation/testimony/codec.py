"""Plain values to the typed record and back, strictly: nothing is coerced, and every fault is reported with its place.

Identifiers are checked against the names in force while structuring, so that an unknown place is reported at its own
line and column, with the near miss.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any, TypeVar

import attrs
from attrs import define, field
from cattrs.errors import (
    AttributeValidationNote,
    ClassValidationError,
    ForbiddenExtraKeysError,
    IterableValidationError,
    IterableValidationNote,
)

from situation.dates import Interval
from situation.errors import Fault, Problem, near_miss
from situation.testimony.documents import Document, Path_
from situation.testimony.everyday_keys import key_to_write
from situation.testimony.forms import PLAIN, Forms, Own, class_in_words
from situation.testimony.lexicon import COUNTS, CountWord
from situation.testimony.names import Names
from situation.testimony.vocabulary import where_the_dead_go

__all__ = ["Codec", "plain", "stated", "tagged_mapping"]

_T = TypeVar("_T")


@define
class Codec:
    """Structures documents into classes.

    Args:
        names: the identifiers in force; None while the map itself is read.
        counts: the words of number in force, by `word_key`.
        during: the time that is spoken of, at which names stand for who bore them then; None: any time.
        forms: how classes are read.
        own: what reads the classes that the forms leave to it.
    """

    names: Names | None = None
    counts: Mapping[str, CountWord] = COUNTS
    during: Interval | None = None
    forms: Forms = PLAIN
    own: Own = field(factory=dict)

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
        return self.forms.read(self, value, cls)

    def _faults(self, error: BaseException, path: Path_, cls: Any) -> Iterable[tuple[Path_, Fault]]:
        """Every leaf of an error of structuring, with its path in the document."""
        if isinstance(error, ClassValidationError | IterableValidationError):
            with_notes, bare = error.group_exceptions()
            inner_cls = getattr(error, "cl", cls)
            for inner, note in with_notes:
                if isinstance(note, AttributeValidationNote):
                    key = self.forms.keys.get(inner_cls, {}).get(note.name, note.name)
                    if isinstance(inner, KeyError) and inner.args == (key,):
                        advice = f"{_sentence(class_in_words(inner_cls))} needs it."
                        yield path, Fault(f"The key '{key}' is missing.", advice)
                    else:
                        yield from self._faults(inner, (*path, key), note.type)
                elif isinstance(note, IterableValidationNote):
                    yield from self._faults(inner, (*path, note.index), note.type)
            for inner in bare:
                yield from self._faults(inner, path, inner_cls)
        elif isinstance(error, ForbiddenExtraKeysError):
            known = self.forms.written_keys(error.cl)
            for extra in sorted(error.extra_fields):
                hint = key_to_write(extra, error.cl) or near_miss(extra, known) or f"Its keys are: {', '.join(known)}."
                hint = where_the_dead_go(extra, error.cl) or hint
                yield (*path, extra), Fault(f"{_sentence(class_in_words(error.cl))} has no key '{extra}'.", hint)
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
        return sorted(map(plain, value), key=lambda it: json.dumps(it, sort_keys=True) if isinstance(it, dict) else it)
    if isinstance(value, tuple | list):
        return [plain(inner) for inner in value]
    return value


def _sentence(words: str) -> str:
    return words[0].upper() + words[1:]
