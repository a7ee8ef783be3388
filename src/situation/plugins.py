"""What third parties add: doctrines that installed packages offer as entry points. Loaded by commands, never by import."""

from __future__ import annotations

from collections.abc import Callable
from importlib.metadata import entry_points
from typing import Any

from situation.errors import Fault

__all__ = ["DOCTRINES", "offered", "outside_doctrines"]

DOCTRINES = "situation.doctrines"
"""The group of entry points that offers doctrines: `name = "package.module:function"`."""


def offered() -> tuple[tuple[str, str, str], ...]:
    """Every doctrine that an installed package offers: its name, where it stands, and the package with its version."""
    return tuple(
        sorted(
            (point.name, point.value, f"{point.dist.name} {point.dist.version}" if point.dist else "")
            for point in entry_points(group=DOCTRINES)
        )
    )


def outside_doctrines() -> dict[str, Callable[[Any], Any]]:
    """The doctrines from outside, loaded, by name.

    Raises:
        Fault: one cannot be loaded, is no function, or two have the same name.
    """
    found: dict[str, Callable[[Any], Any]] = {}
    for point in entry_points(group=DOCTRINES):
        try:
            function = point.load()
        except (ImportError, AttributeError) as error:
            raise Fault(f"The doctrine '{point.name}' ({point.value}) cannot be loaded: {error}.", "") from None
        if not callable(function):
            raise Fault(
                f"The doctrine '{point.name}' ({point.value}) is no function.", "Offer one from a view to orders."
            )
        if point.name in found:
            raise Fault(f"Two packages offer a doctrine '{point.name}'.", "Take one of them out.")
        found[point.name] = function
    return found
