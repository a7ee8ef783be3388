"""The names that a map gives: of which kind each is, and by which spellings it goes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Final

import attrs

from situation.events import CIVILIANS, UNKNOWN
from situation.testimony.ground import Ground
from situation.testimony.mapfaults import spelled_names
from situation.testimony.mapkeys import MapFile
from situation.testimony.names import Names, dated_names
from situation.testimony.spelling import spelling_key

__all__ = ["names_in", "names_of", "unread_kinds"]

_KINDS_OF_LIST: Final[Mapping[str, set[str]]] = {
    "actors": {"actor", "side"},
    "places": {"place", "area"},
    "regions": {"area"},
    "operations": {"operation"},
}
"""The kinds of names that each list of a map gives."""


def names_of(ids: Mapping[str, Iterable[str]], spelled: Iterable[Mapping[str, Any]] = ()) -> Names:
    """The identifiers in force, from the lists of a map: an area is a place or a region."""
    known = {
        "actor": frozenset(ids["actors"]),
        "side": frozenset((*ids["actors"], CIVILIANS, UNKNOWN)),
        "place": frozenset(ids["places"]),
        "area": frozenset((*ids["places"], *ids["regions"])),
        "operation": frozenset(ids["operations"]),
    }
    spellings: dict[str, str] = {}
    for row in spelled:
        for name in spelled_names(row):
            spellings.setdefault(spelling_key(name), str(row.get("id")))
    return Names(known, spellings)


def names_in(ground: Ground) -> Names:
    """The identifiers in force on a ground that has been read."""
    ids: dict[str, Any] = {
        "actors": ground.actors,
        "places": ground.places,
        "regions": ground.regions,
        "operations": ground.operations,
    }
    things = [thing for table in ids.values() for thing in table.values()]
    rows = [
        {"id": one.id, "name": one.name, "aliases": [it.name for it in (*one.aliases, *one.names)]} for one in things
    ]
    return names_of(ids, rows).with_dated(row for one in things for row in dated_names(one))


def unread_kinds(value: Mapping[str, Any]) -> frozenset[str]:
    """The kinds of names whose list in a map cannot be read whole. Such a map is refused."""
    misspelt = any(key not in attrs.fields_dict(MapFile) for key in value)
    kinds: set[str] = set()
    for key, of in _KINDS_OF_LIST.items():
        rows = value.get(key)
        left_out = rows is None and not misspelt and key not in ("actors", "places")
        whole = isinstance(rows, list) and all(isinstance(row, dict) and isinstance(row.get("id"), str) for row in rows)
        kinds |= set() if whole or left_out else of
    return frozenset(kinds)
