"""Doctrines from outside: plain functions from a view to orders that a scenario may name beside the project's own."""

from __future__ import annotations

import hashlib
import inspect
from collections.abc import Callable, Mapping
from functools import cache
from importlib.metadata import EntryPoint, entry_points
from typing import Any

from attrs import field, frozen

from situation.errors import Fault
from situation.scenario.orders import DOCTRINE_NAMES

__all__ = [
    "OutsideDoctrine",
    "brought",
    "doctrines_with_source",
    "installed_doctrines",
    "offered_by",
    "outside_doctrines",
]


@frozen
class OutsideDoctrine:
    """A doctrine from outside. Its source is part of what a run is: another text, another run.

    Args:
        where: its module and name.
        digest: sha256 of the source of its module; of the function alone where it has none.
        decide: from a view to orders. Worker processes import it by `where`, so it stands at the top of a module.
    """

    where: str
    digest: str
    decide: Callable[[Any], Any] = field(eq=False)


def doctrines_with_source(functions: Mapping[str, Callable[[Any], Any]]) -> dict[str, OutsideDoctrine]:
    """Some functions as doctrines from outside, each with the digest of its source, by name.

    Raises:
        Fault: a name is one of the project's own, or its source cannot be read.
    """
    doctrines = {}
    for name, decide in sorted(functions.items()):
        _refuse_own(name)
        try:
            source = inspect.getsource(inspect.getmodule(decide) or decide)
        except (OSError, TypeError):
            raise Fault(
                f"The source of the doctrine '{name}' cannot be read.", "Keep it in a module of its own."
            ) from None
        where = f"{decide.__module__}:{decide.__qualname__}"
        doctrines[name] = OutsideDoctrine(where, hashlib.sha256(source.encode()).hexdigest(), decide)
    return doctrines


def brought(functions: Mapping[str, Callable[[Any], Any]]) -> dict[str, OutsideDoctrine]:
    """Functions that are handed over with a story as doctrines from outside, whose source nobody asks for.

    Raises:
        Fault: a name is one of the project's own.
    """
    for name in functions:
        _refuse_own(name)
    return {name: OutsideDoctrine("", "", decide) for name, decide in functions.items()}


def _refuse_own(name: str) -> None:
    if name in DOCTRINE_NAMES:
        raise Fault(f"'{name}' is a doctrine already.", "Give the one from outside another name.")


_GROUP = "situation.doctrines"
"""The group of entry points that offers doctrines: `name = "package.module:function"`."""


@cache
def _offered() -> tuple[EntryPoint, ...]:
    """Every entry point of the group. What is installed is looked at once."""
    return tuple(entry_points(group=_GROUP))


def installed_doctrines() -> tuple[tuple[str, str, str], ...]:
    """Every doctrine that an installed package offers: its name, where it stands, and the package with its version."""
    return tuple(
        sorted(
            (point.name, point.value, f"{point.dist.name} {point.dist.version}" if point.dist else "")
            for point in _offered()
        )
    )


def offered_by(point: EntryPoint, what: str) -> Any:
    """What an entry point of an installed package offers.

    Args:
        point: the entry point.
        what: what it offers, in words.

    Raises:
        Fault: its code cannot be loaded, however it goes wrong.
    """
    try:
        return point.load()
    except (Exception, SystemExit) as error:  # noqa: BLE001  # it is somebody else's code
        reason = f"{type(error).__name__}: {error}".strip(": .")
        fact = f"The {what} '{point.name}' ({point.value}) cannot be loaded: {reason}."
        raise Fault(fact, "Correct the package that offers it, or take it out.") from None


def outside_doctrines() -> dict[str, Callable[[Any], Any]]:
    """The doctrines from outside, loaded, by name.

    Raises:
        Fault: one cannot be loaded, is no function, or two have the same name.
    """
    doctrines: dict[str, Callable[[Any], Any]] = {}
    for point in _offered():
        function = offered_by(point, "doctrine")
        if not callable(function):
            raise Fault(
                f"The doctrine '{point.name}' ({point.value}) is no function.", "Offer one from a view to orders."
            )
        if point.name in doctrines:
            raise Fault(f"Two packages offer a doctrine '{point.name}'.", "Take one of them out.")
        doctrines[point.name] = function
    return doctrines
