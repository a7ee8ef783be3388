"""The form of a scenario's file as JSON Schema, for editors: written from the classes that read it."""

from __future__ import annotations

import types
import typing
from collections.abc import Mapping
from typing import Any, Union, get_args, get_origin

import attrs

from situation.clock import Duration
from situation.events import Event
from situation.orders import DOCTRINE_NAMES
from situation.scenario.checks import GIVABLE
from situation.scenario.file import NEEDED, PLAIN, TABLES
from situation.scenario.parts import Condition, Force, Plan, Switch

__all__ = ["scenario_schema"]

Schema = dict[str, Any]
RENAMED: Mapping[type, Mapping[str, str]] = {Condition: {"equals": "is", "differs": "is_not"}}
SHARES: Schema = {"type": "object", "additionalProperties": {"type": "number", "minimum": 0, "maximum": 1}}
SPECIAL: Mapping[tuple[type, str], Schema] = {
    (Force, "at"): {
        "description": "One place, several with a draw each, or shares of one draw by place.",
        "oneOf": [{"type": "string"}, {"type": "array", "items": {"type": "string"}, "minItems": 1}, SHARES],
    },
    (Plan, "doctrine"): {"type": "string", "examples": list(DOCTRINE_NAMES)},
    (Switch, "to"): {"type": "string", "examples": list(DOCTRINE_NAMES)},
}
ROOT: Mapping[Any, Schema] = {
    str: {"type": "string"},
    int: {"type": "integer"},
    float: {"type": "number"},
    bool: {"type": "boolean"},
    Any: {},
    Duration: {"type": "string", "pattern": "^[0-9]+ (min|h|d)$"},
}


def scenario_schema() -> Schema:
    """The schema, with every class under `$defs`. Identifiers are text here: `check` holds them to the map."""
    found: dict[str, Schema] = {}
    properties: Schema = {key: _of(kind, found) for key, kind in PLAIN.items()}
    for key, kind in TABLES.items():
        row = {"anyOf": [_of(kind, found), {"type": "null"}]}
        properties[key] = {"type": "object", "additionalProperties": row}
    extending = [{"required": ["extends", "scenario", "title", "about"]}, {"required": list(NEEDED)}]
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "A scenario",
        "type": "object",
        "properties": properties,
        "additionalProperties": False,
        "anyOf": extending,
        "$defs": {name: found[name] for name in sorted(found)},
    }


def _of(kind: Any, found: dict[str, Schema]) -> Schema:
    """The schema of one type; classes are put into `found`, and referred to."""
    if kind in ROOT:
        return dict(ROOT[kind])
    if kind is Event:
        return {"oneOf": [_class(cls, found, event=True) for cls in GIVABLE]}
    if attrs.has(kind):
        return _class(kind, found)
    origin, parts = get_origin(kind), get_args(kind)
    if origin is typing.Literal:
        return {"enum": list(parts)}
    if origin in (Union, types.UnionType):
        return {"anyOf": [{"type": "null"} if part is type(None) else _of(part, found) for part in parts]}
    if origin is tuple:
        return {"type": "array", "items": _of(parts[0], found)}
    if hasattr(kind, "__supertype__"):
        return _of(kind.__supertype__, found)
    raise TypeError(f"Nothing is known of how {kind} is written in a scenario.")


def _class(cls: type, found: dict[str, Schema], event: bool = False) -> Schema:
    name = cls.__name__
    if name not in found:
        found[name] = {}
        hints = typing.get_type_hints(cls)
        keys = RENAMED.get(cls, {})
        fields = [(keys.get(field.name, field.name), field) for field in attrs.fields(cls) if field.init]
        properties: Schema = {"event": {"const": name}} if event else {}
        for key, field in fields:
            properties[key] = SPECIAL.get((cls, field.name)) or _of(hints[field.name], found)
        needed = (["event"] if event else []) + [key for key, field in fields if field.default is attrs.NOTHING]
        found[name] = {
            "description": (cls.__doc__ or "").split("\n", 1)[0],
            "type": "object",
            "properties": properties,
            "required": needed,
            "additionalProperties": False,
        }
    return {"$ref": f"#/$defs/{name}"}
