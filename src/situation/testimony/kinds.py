"""Kinds of places and links, and what the model needs to know of each.

The kinds here are of no war in particular; a map names further ones of its own, under `place_kinds` and `link_kinds`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Final, Literal

from attrs import frozen

from situation.errors import Fault

__all__ = ["LINK_KINDS", "PLACE_KINDS", "LinkKind", "PlaceKind", "Terrain"]


@frozen
class PlaceKind:
    """A kind of place.

    Args:
        id: its name.
        people: people live there close together: what "urban" speaks of, and what slows strikes and searches.
        open: open ground: never sealed, never stood in, and crossed at the light pace.
        area: a stretch of ground or sea rather than a point; drawn wide.
        sea: open water, which nobody garrisons or holds.
    """

    id: str
    people: bool = False
    open: bool = False
    area: bool = False
    sea: bool = False
    note: str = ""


@frozen
class Terrain:
    """What the rules need of a place: its terrain, and its built-up or swept area in km2, with the source."""

    terrain: Literal["open", "rolling", "urban", "rugged"]
    source: str
    built_up_km2: float | None = None
    sector_km2: float | None = None

    def __attrs_post_init__(self) -> None:
        for key in ("built_up_km2", "sector_km2"):
            size = getattr(self, key)
            if size is not None and size <= 0:
                raise Fault(f"An area of {size:g} km2 holds nobody.", "Give its km2, above 0, or leave it out.", (key,))


_MOST_CARRIED = 10.0
"""As much as ten roads: more than any way carries, a railway included; ASSUMED."""


@frozen
class LinkKind:
    """A kind of way between two places.

    Args:
        id: its name.
        capacity: what it carries as a way out, as a ratio to a road of the same length; with `source` and `reason`.
        line: how the map draws it.
        light: columns go on it at the light pace, also before an enemy.
        water: an enemy on its far side must be driven from the bank first.
        boats: men cross it in boats, or wade.
    """

    id: str
    capacity: float
    source: str
    reason: str = ""
    line: Literal["road", "track", "crossing"] = "road"
    light: bool = False
    water: bool = False
    boats: bool = False

    def __attrs_post_init__(self) -> None:
        if self.capacity <= 0:
            raise Fault(f"A capacity of {self.capacity:g} carries nobody.", "Give a ratio above 0.", ("capacity",))
        if self.capacity > _MOST_CARRIED:
            fact = f"A capacity of {self.capacity:g} is that of {self.capacity:g} roads."
            raise Fault(fact, f"Give a ratio to one road, of {_MOST_CARRIED:g} at most.", ("capacity",))
        if self.source == "ASSUMED" and not self.reason:
            raise Fault("The capacity is assumed without a reason.", "Write why under 'reason'.")


def _assumed(id: str, capacity: float, reason: str, *, water: bool = False, boats: bool = False) -> LinkKind:
    line: Literal["road", "crossing"] = "road" if id == "road" else "crossing"
    return LinkKind(id, capacity, "ASSUMED", reason, line=line, water=water, boats=boats)


def _by_id(kinds: Iterable[PlaceKind]) -> Mapping[str, PlaceKind]:
    return MappingProxyType({kind.id: kind for kind in kinds})


PLACE_KINDS: Final[Mapping[str, PlaceKind]] = _by_id(
    (
        *(PlaceKind(id, people=True) for id in ("city", "town", "capital", "quarter")),
        *(PlaceKind(id) for id in ("village", "base", "port", "airfield", "crossing", "infrastructure")),
        PlaceKind("island", area=True),
        PlaceKind("open-ground", open=True, area=True),
        PlaceKind("sea", area=True, sea=True),
    )
)
"""The kinds of place that every map may use."""
LINK_KINDS: Final[Mapping[str, LinkKind]] = MappingProxyType(
    {
        kind.id: kind
        for kind in (
            _assumed("road", 1.0, "A road is the measure of the other ways out."),
            _assumed("bridge", 0.8, "A bridge is watched from the air.", water=True),
            _assumed("crossing", 0.8, "A crossing narrows the road."),
            _assumed("ferry", 0.3, "Boats carry few at a time.", water=True, boats=True),
            _assumed("ford", 0.3, "A ford is slow.", water=True, boats=True),
        )
    }
)
"""The kinds of link that every map may use."""
