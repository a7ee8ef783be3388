"""Plain values read strictly: nothing is coerced, and what does not fit is told with what belongs there."""

from __future__ import annotations

import types
from collections import abc
from collections.abc import Callable
from typing import Any, Union, get_args, get_origin

from situation.clock import Duration, duration
from situation.errors import Fault, near_miss
from situation.events import Quantity

__all__ = [
    "as_duration",
    "as_text",
    "counts_things",
    "is_mapping",
    "is_optional",
    "is_tuple",
    "literal",
    "shown",
    "strict",
]


def shown(value: Any) -> str:
    """A plain value as an error shows it."""
    text = "nothing" if value is None else "true" if value is True else "false" if value is False else repr(value)
    return text if len(text) < 60 else f"{text[:57]}..."


def as_text(value: Any, _: Any) -> str:
    """A text.

    Raises:
        Fault: it is none.
    """
    if not isinstance(value, str):
        advice = "Write it, or leave the key out." if value is None else "Put it in quotes if text is meant."
        raise Fault(f"{shown(value)} stands where text belongs.", advice)
    return value


def as_duration(value: Any, _: Any) -> Duration:
    """A duration, in minutes.

    Raises:
        Fault: it is none.
    """
    return duration(str(value) if type(value) is int else as_text(value, str))


def strict(cls: type, name: str) -> Callable[[Any, Any], Any]:
    """How a number, a truth or a text is read: `name` says in words what belongs there."""

    def hook(value: Any, _: Any) -> Any:
        fits = type(value) is cls or (cls is float and type(value) is int)
        if not fits:
            advice = f"Write {name}, without quotes." if isinstance(value, str) else f"Write {name}."
            raise Fault(f"{shown(value)} stands where {name} belongs.", advice)
        return value

    return as_text if cls is str else hook


def literal(value: Any, cls: Any) -> Any:
    """One of a few words or numbers.

    Raises:
        Fault: it is none of them; with the near miss.
    """
    allowed = get_args(cls)
    for word in allowed:
        if type(word) is type(value) and word == value:
            return value
    hint = near_miss(str(value), [str(word) for word in allowed])
    raise Fault(f"{shown(value)} is not allowed here.", hint or f"Write one of: {', '.join(map(str, allowed))}.")


def is_optional(cls: Any) -> bool:
    """Whether a type is another or None."""
    parts = get_args(cls)
    return get_origin(cls) in (Union, types.UnionType) and len(parts) == 2 and type(None) in parts


def counts_things(cls: Any) -> bool:
    """Whether a type is an amount, or an amount or None."""
    return cls is Quantity or (is_optional(cls) and Quantity in get_args(cls))


def is_mapping(cls: Any) -> bool:
    """Whether a type is a mapping."""
    return get_origin(cls) is abc.Mapping


def is_tuple(cls: Any) -> bool:
    """Whether a type is a tuple of any length."""
    return get_origin(cls) is tuple and get_args(cls)[1:] == (...,)
