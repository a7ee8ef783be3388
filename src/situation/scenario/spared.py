"""What can be saved of an entry that is wrong in part, so that the rest of it is checked as well and all is told at once.

A part that could not be read has been told of already, and stands as None; in a list each such item does.
"""

from __future__ import annotations

import types
from collections.abc import Mapping
from typing import Any, Final, Union, get_args, get_origin, get_type_hints

import attrs

from situation.codec import Codec
from situation.documents import Document
from situation.errors import near_miss
from situation.events import EVENTS, Event
from situation.scenario.faults import Path
from situation.scenario.parts import Conduct, Force, Given, Number, Plan, Switch, Total
from situation.scenario.question import Question

__all__ = ["spared"]

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
