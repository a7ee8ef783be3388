"""Formats of event files from outside: an installed package offers one, and `situation import` reads it like its own."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache
from importlib.metadata import EntryPoint, entry_points

from attrs import frozen

from situation.edges.mapping import Outlet
from situation.edges.row_reading import Finding
from situation.edges.tables import Table
from situation.errors import Fault
from situation.scenario.plugins import offered_by

__all__ = ["EventFormat", "installed_formats", "outside_formats"]

_GROUP = "situation.formats"
"""The group of entry points that offers formats: `name = "package.module:FORMAT"`, an `EventFormat`."""


@frozen
class EventFormat:
    """A format whose columns are known.

    Args:
        read: from a table to a finding for each of its rows, in their order: the row, or what is wrong with it.
        source: who keeps such files.
        lower: whether `read` takes the names of columns in lower case.
    """

    read: Callable[[Table], Iterator[Finding]]
    source: Outlet
    lower: bool = False


@cache
def _offered() -> tuple[EntryPoint, ...]:
    """Every entry point of the group. What is installed is looked at once."""
    return tuple(entry_points(group=_GROUP))


def installed_formats() -> tuple[tuple[str, str, str], ...]:
    """Every format that an installed package offers: its name, where it stands, and the package with its version."""
    return tuple(
        sorted(
            (point.name, point.value, f"{point.dist.name} {point.dist.version}" if point.dist else "")
            for point in _offered()
        )
    )


def outside_formats(own: tuple[str, ...]) -> dict[str, EventFormat]:
    """The formats from outside, loaded, by name.

    Args:
        own: the names that the project's own formats have.

    Raises:
        Fault: one cannot be loaded, is no format, or has the name of another.
    """
    formats: dict[str, EventFormat] = {}
    for point in _offered():
        offered = offered_by(point, "format")
        if not isinstance(offered, EventFormat):
            advice = "Offer an EventFormat of situation.edges.plugins."
            raise Fault(f"The format '{point.name}' ({point.value}) is no format.", advice)
        if point.name in own:
            raise Fault(f"'{point.name}' is a format already.", "Give the one from outside another name.")
        if point.name in formats:
            raise Fault(f"Two packages offer a format '{point.name}'.", "Take one of them out.")
        formats[point.name] = offered
    return formats
