"""The form of a scenario's file as JSON Schema, for editors that complete and check while one writes.

It is made from the classes that a scenario is read into, so it cannot fall behind them. With a situation at hand, the
names of its actors, places and operations are offered too. What a scenario must be beyond its form (`situation check`)
it does not know.
"""

from __future__ import annotations

import types
import typing
from collections.abc import Mapping
from typing import Any

import attrs

from situation.dates import Duration
from situation.events import CIVILIANS, UNKNOWN, ActorId, AreaId, Day, Event, OperationId, PlaceId, Side
from situation.rules import Posture
from situation.scenario.checks.given import GIVABLE
from situation.scenario.file import REQUIRED_KEYS, TABLE_KEYS, VALUE_KEYS
from situation.scenario.orders import DOCTRINE_NAMES
from situation.scenario.question import FATES, FORMS
from situation.testimony.ground import Ground

__all__ = ["scenario_schema"]

_DRAFT = "https://json-schema.org/draft/2020-12/schema"
_EXAMPLES: Mapping[str, tuple[str, ...]] = {"Plan.doctrine": DOCTRINE_NAMES, "Switch.to": DOCTRINE_NAMES}
"""Fields that take one of some words; a doctrine from outside is allowed, so these are examples."""
_SHARES: Mapping[str, Any] = {"type": "object", "additionalProperties": {"type": "number", "minimum": 0, "maximum": 1}}
_BY_POSTURE: Mapping[str, Any] = {
    "type": "object",
    "properties": {posture.value: {"type": "string"} for posture in Posture},
    "required": [posture.value for posture in Posture],
    "additionalProperties": False,
}
_FIELD_SCHEMAS: Mapping[str, Mapping[str, Any]] = {
    "Force.at": {
        "description": "One place, several with a draw each, or shares of one draw by place.",
        "oneOf": [{"type": "string"}, {"type": "array", "items": {"type": "string"}, "minItems": 1}, _SHARES],
    },
    "Conduct.last_stand": {
        "description": "The name of one number, or of one for each posture.",
        "oneOf": [{"type": "string"}, _BY_POSTURE],
    },
    "Question.ask": {
        "description": "; ".join(f"`{name}`: {form.asks}" for name, form in FORMS.items()) + ".",
        "enum": list(FORMS),
    },
    "Question.how": {
        "description": "One fate, or several.",
        "oneOf": [
            {"enum": list(FATES)},
            {"type": "array", "items": {"enum": list(FATES)}, "minItems": 1},
        ],
    },
}
"""Fields that a file may write in several ways."""
_WRITTEN_KEYS: Mapping[str, str] = {"Condition.equals": "is", "Condition.differs": "is_not"}
"""Fields that a file writes otherwise than the class."""


def scenario_schema(ground: Ground | None = None) -> dict[str, Any]:
    """The schema of a scenario's file.

    Args:
        ground: a situation whose names are offered; None: names are any text.
    """
    making = _Making(ground)
    keys = {key: making.of(kind) for key, kind in VALUE_KEYS.items()}
    tables = {
        key: {"type": "object", "additionalProperties": making.taken_out(kind)} for key, kind in TABLE_KEYS.items()
    }
    return {
        "$schema": _DRAFT,
        "title": "A scenario of situation",
        "type": "object",
        "properties": {**keys, **tables},
        "if": {"not": {"required": ["extends"]}},
        "then": {"required": list(REQUIRED_KEYS)},
        "additionalProperties": False,
        "$defs": dict(sorted(making.parts.items())),
    }


@attrs.define
class _Making:
    """The parts of the schema, each class once."""

    ground: Ground | None
    parts: dict[str, Any] = attrs.field(factory=dict)

    def of(self, kind: Any) -> dict[str, Any]:
        """The schema of a type."""
        plain: dict[Any, dict[str, Any]] = {
            str: {"type": "string"},
            Day: {"type": "string"},
            int: {"type": "integer"},
            float: {"type": "number"},
            bool: {"type": "boolean"},
            type(None): {"type": "null"},
            Any: {},
            Duration: {"type": "string", "pattern": "^[0-9]{1,12} (min|h|d)$"},
        }
        if kind in plain:
            return plain[kind]
        if kind in (ActorId, Side, PlaceId, AreaId, OperationId):
            return self._named(kind)
        if kind is Event:
            return {"oneOf": [self._event(cls) for cls in GIVABLE]}
        if attrs.has(kind):
            return self._part(kind)
        return self._compound(kind)

    def taken_out(self, kind: Any) -> dict[str, Any]:
        """The schema of a type, or of nothing: what a scenario takes out of the one that it extends."""
        return {"anyOf": [self.of(kind), {"type": "null"}]}

    def _compound(self, kind: Any) -> dict[str, Any]:
        origin, inner = typing.get_origin(kind), typing.get_args(kind)
        if origin is typing.Literal:
            return {"enum": list(inner)}
        if origin in (typing.Union, types.UnionType):
            given = [self.of(one) for one in inner if one is not type(None)]
            return given[0] if len(given) == 1 else {"anyOf": given}
        if origin is tuple:
            return {"type": "array", "items": self.of(inner[0])}
        if isinstance(origin, type) and issubclass(origin, Mapping):
            return {"type": "object", "additionalProperties": self.of(inner[1])}
        raise TypeError(f"{kind!r} has no form in a scenario's file.")

    def _named(self, kind: Any) -> dict[str, Any]:
        if self.ground is None:
            return {"type": "string"}
        names: dict[Any, list[str]] = {
            ActorId: list(self.ground.actors),
            Side: list(dict.fromkeys((*self.ground.actors, CIVILIANS, UNKNOWN))),
            PlaceId: list(self.ground.places),
            AreaId: [*self.ground.places, *self.ground.regions],
            OperationId: list(self.ground.operations),
        }
        return {"type": "string", "examples": names[kind]}

    def _fields(self, cls: type) -> tuple[dict[str, Any], list[str]]:
        hints = typing.get_type_hints(cls)
        keys: dict[str, Any] = {}
        needed = []
        for field in attrs.fields(cls):
            where = f"{cls.__name__}.{field.name}"
            name = _WRITTEN_KEYS.get(where, field.name)
            keys[name] = dict(_FIELD_SCHEMAS[where]) if where in _FIELD_SCHEMAS else self.of(hints[field.name])
            if where in _EXAMPLES:
                keys[name] = {**keys[name], "examples": list(_EXAMPLES[where])}
            if field.default is attrs.NOTHING:
                needed.append(name)
        return keys, needed

    def _part(self, cls: type) -> dict[str, Any]:
        if cls.__name__ not in self.parts:
            self.parts[cls.__name__] = {}
            keys, needed = self._fields(cls)
            self.parts[cls.__name__] = self._object(cls, keys, needed)
        return {"$ref": f"#/$defs/{cls.__name__}"}

    def _event(self, cls: type) -> dict[str, Any]:
        if cls.__name__ not in self.parts:
            keys, needed = self._fields(cls)
            keys = {"event": {"const": cls.__name__}, **keys}
            self.parts[cls.__name__] = self._object(cls, keys, ["event", *needed])
        return {"$ref": f"#/$defs/{cls.__name__}"}

    def _object(self, cls: type, keys: dict[str, Any], needed: list[str]) -> dict[str, Any]:
        words = " ".join((cls.__doc__ or "").split())
        return {
            "type": "object",
            "description": words,
            "properties": keys,
            "required": needed,
            "additionalProperties": False,
        }
