"""The shape of a value of JSON, and what in a value is not of it.

A run's files are read by shapes, so that what somebody has put in their place is named where it is read, and by its place
in the file. Keys beyond those of a shape are left alone: other versions of the program may write more.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from math import isfinite
from typing import Any, Final

from attrs import field, frozen

__all__ = [
    "COUNT",
    "FLAG",
    "NUMBER",
    "TEXT",
    "WHOLE",
    "By",
    "Each",
    "Keys",
    "Maybe",
    "OneOf",
    "RowOf",
    "Shape",
    "TableOf",
    "pair_of",
]

_MOST: Final = 1 << 53
"""The largest whole number that every reader of JSON reads as itself."""
_SHOWN: Final = 40


def _shown(value: Any) -> str:
    """A value as a problem shows it."""
    if isinstance(value, dict | list):
        return f"a {'mapping' if isinstance(value, dict) else 'list'} of {len(value):,}"
    text = "null" if value is None else str(value).lower() if isinstance(value, bool) else repr(value)
    return text if len(text) <= _SHOWN else f"{text[: _SHOWN - 3]}..."


@frozen
class Shape:
    """A plain value.

    Args:
        words: what it is, in words.
        holds: whether a value is one.
    """

    words: str
    holds: Callable[[Any], bool]

    def fault(self, value: Any, at: str = "") -> str | None:
        """What in a value is not of the shape, as a sentence; None: nothing."""
        return None if self.holds(value) else f"{at or 'The whole'} is {_shown(value)}, where {self.words} belongs."


def _whole(value: Any) -> bool:
    return type(value) is int and -_MOST <= value <= _MOST


TEXT: Final = Shape("text", lambda value: isinstance(value, str))
FLAG: Final = Shape("true or false", lambda value: isinstance(value, bool))
WHOLE: Final = Shape("a whole number", _whole)
COUNT: Final = Shape("a count", lambda value: _whole(value) and value >= 0)
NUMBER: Final = Shape("a number", lambda value: type(value) in (int, float) and isfinite(value) and abs(value) <= 1e300)


def OneOf(*words: str) -> Shape:  # noqa: N802  # it stands where a shape does
    """One of some words."""
    return Shape(f"one of {', '.join(words)}" if len(words) < 10 else "a word that is known", lambda it: it in words)


@frozen
class Maybe:
    """A shape, or null."""

    inner: Any

    def fault(self, value: Any, at: str = "") -> str | None:
        """As `Shape.fault`."""
        return None if value is None else _fault(self.inner, value, at)


@frozen
class Each:
    """A list, each of whose values has a shape.

    Args:
        inner: the shape.
        least: how many there are at least.
        most: how many at most; None: any number.
    """

    inner: Any
    least: int = 0
    most: int | None = None

    def fault(self, value: Any, at: str = "") -> str | None:
        """As `Shape.fault`."""
        fits = isinstance(value, list) and len(value) >= self.least and (self.most is None or len(value) <= self.most)
        if not fits:
            number = (
                f" of {self.least}" if self.most == self.least else f" of at least {self.least}" if self.least else ""
            )
            return f"{at or 'The whole'} is {_shown(value)}, where a list{number} belongs."
        return next((it for n, one in enumerate(value) if (it := _fault(self.inner, one, f"{at}[{n}]"))), None)


def pair_of(inner: Any) -> Each:
    """Two values of one shape."""
    return Each(inner, 2, 2)


@frozen
class RowOf:
    """A list of values of which each has a shape of its own."""

    shapes: tuple[Any, ...]

    def fault(self, value: Any, at: str = "") -> str | None:
        """As `Shape.fault`."""
        if not isinstance(value, list) or len(value) != len(self.shapes):
            return f"{at or 'The whole'} is {_shown(value)}, where a list of {len(self.shapes)} belongs."
        rows = enumerate(zip(self.shapes, value, strict=True))
        return next((it for n, (shape, one) in rows if (it := _fault(shape, one, f"{at}[{n}]"))), None)


@frozen
class TableOf:
    """A mapping, each of whose values has a shape."""

    inner: Any

    def fault(self, value: Any, at: str = "") -> str | None:
        """As `Shape.fault`."""
        if not isinstance(value, dict):
            return f"{at or 'The whole'} is {_shown(value)}, where a mapping belongs."
        return next((it for key, one in value.items() if (it := _fault(self.inner, one, _under(at, key)))), None)


@frozen
class Keys:
    """A mapping with some keys, each of whose values has a shape of its own; those of `may` can be missing."""

    needs: Mapping[str, Any] = field(factory=dict)
    may: Mapping[str, Any] = field(factory=dict)

    def fault(self, value: Any, at: str = "") -> str | None:
        """As `Shape.fault`."""
        if not isinstance(value, dict):
            return f"{at or 'The whole'} is {_shown(value)}, where a mapping belongs."
        if missing := next((key for key in self.needs if key not in value), None):
            return f"{_under(at, missing)} is missing."
        known = {**self.may, **self.needs}
        return next(
            (it for key, shape in known.items() if key in value and (it := _fault(shape, value[key], _under(at, key)))),
            None,
        )


@frozen
class By:
    """A shape that depends on the value, once this has a first one."""

    first: Any
    then: Callable[[Any], Any]

    def fault(self, value: Any, at: str = "") -> str | None:
        """As `Shape.fault`."""
        return _fault(self.first, value, at) or _fault(self.then(value), value, at)


def _fault(shape: Any, value: Any, at: str) -> str | None:
    fault: str | None = shape.fault(value, at)
    return fault


def _under(at: str, key: str) -> str:
    return f"{at}.{key}" if at else key
