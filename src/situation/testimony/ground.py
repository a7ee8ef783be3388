"""The map of a situation: places, regions, links, actors, operations, and what held at the window's start.

All of it is data of one situation (`map.yaml`); nothing here depends on which.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping
from functools import cached_property
from typing import Any, Literal

from attrs import define, frozen

from situation.clock import Clock, Duration, Interval
from situation.errors import Fault, Where
from situation.events import ActorId, AreaId, OperationId, PlaceId
from situation.testimony.opening import Opening

__all__ = [
    "Actor",
    "Colour",
    "Coordinates",
    "Ground",
    "Link",
    "Operation",
    "Place",
    "Region",
    "Terrain",
    "TimeWord",
    "spelling_key",
]

_Shape = Literal[
    "circle", "square", "diamond", "triangle-up", "triangle-down", "pentagon", "cross", "x", "star", "hexagon"
]


def spelling_key(name: str) -> str:
    """A name without case, accents, hyphens and apostrophes: spellings with one key are the same name."""
    decomposed = unicodedata.normalize("NFKD", name.casefold())
    return "".join(letter for letter in decomposed if letter.isalnum())


@frozen
class Colour:
    """An actor's colour on light and on dark ground; `line` where the fill is too pale for lines."""

    light: str
    dark: str
    line: str | None = None

    def __attrs_post_init__(self) -> None:
        for name in ("light", "dark", "line"):
            value = getattr(self, name)
            if value is None:
                continue
            if len(value) != 7 or value[0] != "#" or any(digit not in "0123456789abcdefABCDEF" for digit in value[1:]):
                raise Fault(f"'{value}' is no colour.", "Write # and six hexadecimal digits, such as '#9154C5'.")


@frozen
class Actor:
    """A state, force or body; units stand under their root, which is what holds ground."""

    id: ActorId
    name: str
    aliases: tuple[str, ...] = ()
    parent: ActorId | None = None
    kind: Literal["state", "force", "group", "body", "unit"] = "group"
    colour: Colour | None = None
    shape: _Shape | None = None


@frozen
class Coordinates:
    """Where a place lies, in degrees (WGS 84), how exactly in km, and who says so."""

    lat: float
    lon: float
    precision_km: float
    source: str

    def __attrs_post_init__(self) -> None:
        if not (-90 <= self.lat <= 90 and -180 <= self.lon <= 180):
            raise Fault(f"{self.lat}, {self.lon} lies off the globe.", "Latitude runs to 90, longitude to 180.")
        if self.precision_km <= 0:
            raise Fault("The precision is not above 0 km.", "Say within how many km the point is right.")


@frozen
class Terrain:
    """What the rules need of a place: its terrain, and its built-up or swept area in km2, with the source."""

    terrain: Literal["open", "rolling", "urban", "rugged"]
    source: str
    built_up_km2: float | None = None
    sector_km2: float | None = None


_PlaceKind = Literal[
    "city",
    "town",
    "village",
    "capital",
    "quarter",
    "crossing",
    "oil-field",
    "base",
    "infrastructure",
    "desert",
    "river-bank",
    "strip",
]


@frozen
class Place:
    """A town, quarter, crossing, field or stretch of ground that someone can hold."""

    id: PlaceId
    name: str
    kind: _PlaceKind
    country: str
    at: Coordinates
    aliases: tuple[str, ...] = ()
    bank: Literal["right", "left", "none", "island"] = "none"
    within: PlaceId | None = None
    size: Literal["major", "minor"] = "minor"
    ground: Terrain | None = None
    note: str = ""

    def __attrs_post_init__(self) -> None:
        if len(self.country) != 2 or not self.country.isupper():
            raise Fault(f"'{self.country}' is no country.", "Write its two letters of ISO 3166, such as IQ.")

    @property
    def is_town(self) -> bool:
        """Whether people live there close together: what "urban" speaks of."""
        return self.kind in ("city", "town", "capital", "quarter")


@frozen
class Region:
    """A set of places that statements speak about. Not exhaustive unless `whole`."""

    id: AreaId
    name: str
    places: tuple[AreaId, ...]
    aliases: tuple[str, ...] = ()
    whole: bool = False
    note: str = ""


@frozen
class Link:
    """A way between two places, and its length in km."""

    id: str
    ends: tuple[PlaceId, ...]
    kind: Literal["road", "bridge", "ford", "ferry", "crossing", "desert-track"]
    km: float
    source: str
    note: str = ""

    def __attrs_post_init__(self) -> None:
        if len(self.ends) != 2 or self.ends[0] == self.ends[1]:
            raise Fault(f"The link {self.id} does not join two places.", "Name two different ends.")
        if self.km <= 0:
            raise Fault(f"The link {self.id} has no length.", "Give its km, above 0.")


@frozen
class Operation:
    """An operation's name, by which claims refer to it; what it is, claims say."""

    id: OperationId
    name: str
    aliases: tuple[str, ...] = ()
    note: str = ""


@frozen
class TimeWord:
    """What a word of time means in minutes: between `least` and `most` before or after its anchor."""

    words: str
    least: Duration
    most: Duration
    assumed: str

    def __attrs_post_init__(self) -> None:
        if self.most < self.least:
            raise Fault(f"'{self.words}' means at least more than at most.", "Swap least and most.")


@define(frozen=True, slots=False)
class Ground:
    """A situation's map: everything that claims refer to."""

    situation: str
    title: str
    about: str
    window: Interval
    clock: Clock
    lexicon: Mapping[str, TimeWord]
    actors: Mapping[ActorId, Actor]
    places: Mapping[PlaceId, Place]
    regions: Mapping[AreaId, Region]
    links: Mapping[str, Link]
    operations: Mapping[OperationId, Operation]
    opening: Opening
    where: Mapping[str, Where]
    """From `place:<id>`, `actor:<id>`, `opening:<id>` ... to where map.yaml says it."""

    @cached_property
    def _roots(self) -> Mapping[ActorId, ActorId]:
        return {actor: self._climb(actor) for actor in self.actors}

    def _climb(self, actor: ActorId) -> ActorId:
        parent = self.actors[actor].parent
        return actor if parent is None else self._climb(parent)

    def root(self, actor: ActorId) -> ActorId:
        """The actor at the top of the hierarchy that `actor` stands in."""
        return self._roots[actor]

    def under(self, actor: ActorId, above: ActorId) -> bool:
        """Whether `actor` is `above`, or stands under it."""
        here: ActorId | None = actor
        while here is not None:
            if here == above:
                return True
            here = self.actors[here].parent
        return False

    def inside(self, area: AreaId) -> tuple[PlaceId, ...]:
        """The places nested in a place, at any depth, or those that a region covers; in the map's order."""
        if area in self.regions:
            return self.members(area)
        direct = self._nested.get(PlaceId(area), ())
        return tuple(inner for child in direct for inner in (child, *self.inside(child)))

    @cached_property
    def _nested(self) -> Mapping[PlaceId, tuple[PlaceId, ...]]:
        nested: dict[PlaceId, tuple[PlaceId, ...]] = {}
        for place in self.places.values():
            if place.within is not None:
                nested[place.within] = (*nested.get(place.within, ()), place.id)
        return nested

    def members(self, area: AreaId) -> tuple[PlaceId, ...]:
        """The places that an area covers: a region's, with those nested in them; or a place with those nested in it."""
        if area in self.regions:
            places = [place for part in self.regions[area].places for place in self.members(part)]
        else:
            places = [PlaceId(area), *self.inside(PlaceId(area))]
        return tuple(dict.fromkeys(places))

    def is_place(self, area: str) -> bool:
        """Whether an area is a single place, not a region."""
        return area in self.places

    def regions_of(self, place: AreaId) -> tuple[AreaId, ...]:
        """The regions that a place lies in."""
        return self._regions_of.get(PlaceId(place), ())

    @cached_property
    def _regions_of(self) -> Mapping[PlaceId, tuple[AreaId, ...]]:
        regions: dict[PlaceId, tuple[AreaId, ...]] = {}
        for region in self.regions:
            for place in self.members(region):
                regions[place] = (*regions.get(place, ()), region)
        return regions

    def name(self, thing: str) -> str:
        """The name of an actor, place, region or operation; the id itself where it is none of these."""
        tables: tuple[Mapping[Any, Any], ...] = (self.actors, self.places, self.operations, self.regions)
        return next((str(known[thing].name) for known in tables if thing in known), thing)

    @cached_property
    def _spellings(self) -> Mapping[str, str]:
        ids: dict[str, str] = {}
        things: Iterable[Any] = (
            *self.places.values(),
            *self.actors.values(),
            *self.regions.values(),
            *self.operations.values(),
        )
        for thing in things:
            for name in (thing.id, thing.name, *thing.aliases):
                ids.setdefault(spelling_key(name), thing.id)
        return ids

    def find(self, spelling: str) -> str | None:
        """The id of what a source names by any of its spellings; None where nothing has that name."""
        return self._spellings.get(spelling_key(spelling))
