"""The map of a situation (`map.yaml`): places, regions, links, actors, operations, and what held at the window's start."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Mapping
from functools import cached_property
from typing import Any, Final, Literal

from attrs import define, evolve, frozen

from situation.dates import Interval, Minute
from situation.errors import Fault, Where
from situation.events import TOGETHER, ActorId, AreaId, OperationId, PlaceId, Root
from situation.testimony.actors import Actor, Under
from situation.testimony.dating.clock import Clock
from situation.testimony.kinds import LinkKind, PlaceKind, Terrain
from situation.testimony.lexicon import CountWord, TimeWord
from situation.testimony.names import Alias
from situation.testimony.opening import Opening
from situation.testimony.spelling import spelling_key
from situation.testimony.tour import TourStop

__all__ = [
    "FARTHEST_KM",
    "Coordinates",
    "Ground",
    "Link",
    "Operation",
    "Place",
    "Region",
]


FARTHEST_KM: Final = 20_040.0
"""Half the length of the equator: no two places are farther apart."""


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
        if not 0 < self.precision_km <= FARTHEST_KM:
            fact = f"The precision is not {'above 0 km' if self.precision_km <= 0 else 'on this globe'}."
            raise Fault(fact, "Say within how many km the point is right.", ("precision_km",))


@frozen
class Place:
    """A town, quarter, crossing, field or stretch of ground that someone can hold."""

    id: PlaceId
    name: str
    kind: str
    country: str
    at: Coordinates
    aliases: tuple[Alias, ...] = ()
    names: tuple[Alias, ...] = ()
    bank: Literal["right", "left", "none", "island"] = "none"
    within: PlaceId | None = None
    size: Literal["major", "minor"] = "minor"
    ground: Terrain | None = None
    note: str = ""

    def __attrs_post_init__(self) -> None:
        if len(self.country) != 2 or not self.country.isupper():
            raise Fault(f"'{self.country}' is no country.", "Write its two letters of ISO 3166, such as IQ.")


@frozen
class Region:
    """A set of places that statements speak about. Not exhaustive unless `whole`."""

    id: AreaId
    name: str
    places: tuple[AreaId, ...]
    aliases: tuple[Alias, ...] = ()
    names: tuple[Alias, ...] = ()
    whole: bool = False
    note: str = ""


@frozen
class Link:
    """A way between two places, and its length in km."""

    id: str
    ends: tuple[PlaceId, ...]
    kind: str
    km: float
    source: str
    note: str = ""

    def __attrs_post_init__(self) -> None:
        if len(self.ends) != 2 or self.ends[0] == self.ends[1]:
            raise Fault(f"The link {self.id} does not join two places.", "Name two different ends.")
        if self.km <= 0:
            raise Fault(f"The link {self.id} has no length.", "Give its km, above 0.")
        if self.km > FARTHEST_KM:
            raise Fault(f"The link {self.id} is longer than half way round the globe.", "Give its km.", ("km",))


@frozen
class Operation:
    """An operation's name, by which claims refer to it; what it is, claims say."""

    id: OperationId
    name: str
    aliases: tuple[Alias, ...] = ()
    names: tuple[Alias, ...] = ()
    note: str = ""


@define(frozen=True, slots=False)
class Ground:
    """A situation's map: everything that claims refer to."""

    situation: str
    title: str
    about: str
    window: Interval
    clock: Clock
    lexicon: Mapping[str, TimeWord]
    counts: Mapping[str, CountWord]
    actors: Mapping[ActorId, Actor]
    places: Mapping[PlaceId, Place]
    regions: Mapping[AreaId, Region]
    links: Mapping[str, Link]
    operations: Mapping[OperationId, Operation]
    opening: Opening
    place_kinds: Mapping[str, PlaceKind]
    link_kinds: Mapping[str, LinkKind]
    where: Mapping[str, Where]
    """From `place:<id>`, `actor:<id>`, `opening:<id>` ... to where map.yaml says it."""
    tour: tuple[TourStop, ...] = ()

    def at(self, minute: Minute) -> Ground:
        """The map as it was at a minute: each thing by the name that it bore, each actor under whom it stood."""
        if not self.turns:
            return self
        number = bisect_right(self.turns, minute)
        if number not in self._as_it_was:
            self._as_it_was[number] = self._with_names_of(minute)
        return self._as_it_was[number]

    @property
    def changes(self) -> bool:
        """Whether a name or a parent is another at some time."""
        return bool(self.turns)

    @cached_property
    def turns(self) -> tuple[Minute, ...]:
        """The minutes from which on a name or a parent is another."""
        tables: tuple[Mapping[Any, Any], ...] = (self.actors, self.places, self.regions, self.operations)
        periods = [one for table in tables for thing in table.values() for one in (*thing.names, *_parents(thing))]
        return tuple(sorted({turn for one in periods for turn in (one.span.earliest, one.span.latest + 1)}))

    @cached_property
    def _as_it_was(self) -> dict[int, Ground]:
        return {}

    def _with_names_of(self, minute: Minute) -> Ground:
        def named(table: Mapping[Any, Any]) -> dict[Any, Any]:
            return {
                key: evolve(
                    thing,
                    name=next((one.name for one in thing.names if one.holds(minute)), thing.name),
                    names=(),
                    **({"parent": thing.parent_at(minute), "parents": ()} if isinstance(thing, Actor) else {}),
                )
                for key, thing in table.items()
            }

        return evolve(
            self,
            actors=named(self.actors),
            places=named(self.places),
            regions=named(self.regions),
            operations=named(self.operations),
        )

    @cached_property
    def root(self) -> Root:
        """From an actor to the one at the top of the hierarchy that it stands in, and to the one that holds what it takes."""
        holds_for = {it.id: it.holds_for for it in self.actors.values() if it.holds_for is not None}
        return Root({actor: self._upwards(actor)[-1] for actor in self.actors}, holds_for)

    def _upwards(self, actor: ActorId) -> tuple[ActorId, ...]:
        """An actor and all that it stands under; of a map whose actors stand in a circle, each of them once."""
        way = {actor: None}
        while (parent := self.actors[actor].parent) is not None and parent not in way:
            way[parent], actor = None, parent
        return tuple(way)

    def under(self, actor: ActorId, above: ActorId) -> bool:
        """Whether `actor` is `above`, or stands under it."""
        return above in self._upwards(actor)

    def inside(self, area: AreaId) -> tuple[PlaceId, ...]:
        """The places nested in a place, at any depth, or those that a region covers; in the map's order."""
        if area in self.regions:
            return self.members(area)
        return self._nested_in(PlaceId(area), (PlaceId(area),))

    def _nested_in(self, place: PlaceId, way: tuple[PlaceId, ...]) -> tuple[PlaceId, ...]:
        """The places nested in one; of a map whose places stand in a circle, none that is on the way to it."""
        nested = (child for child in self._nested.get(place, ()) if child not in way)
        return tuple(inner for child in nested for inner in (child, *self._nested_in(child, (*way, child))))

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

    def kind_of(self, place: str) -> PlaceKind:
        """What the model knows of a place by its kind; of a faulty map's unknown kind, nothing."""
        kind = self.places[PlaceId(place)].kind
        return self.place_kinds.get(kind) or PlaceKind(kind)

    def is_town(self, place: str) -> bool:
        """Whether people live there close together: what "urban" speaks of."""
        return self.kind_of(place).people

    def is_post(self, place: str) -> bool:
        """Whether it is a point where few live: a village, a base, a hill, a landing, a bridge, a crossing."""
        kind = self.kind_of(place)
        return not kind.people and not kind.area

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
        """The name of an actor, place, region or operation, or of several who hold a place together; else the id itself.

        An actor's article is small, as it stands in a sentence.
        """
        if TOGETHER in thing:
            return " and ".join(self.name(part) for part in thing.split(TOGETHER))
        if thing in self.actors:
            name = self.actors[ActorId(thing)].name
            return f"the {name[4:]}" if name.startswith("The ") else name
        tables: tuple[Mapping[Any, Any], ...] = (self.places, self.operations, self.regions)
        return next((str(known[thing].name) for known in tables if thing in known), thing)

    @cached_property
    def spellings(self) -> Mapping[str, str]:
        """From each spelling of a place, an actor, a region or an operation, as `spelling_key` has it, to its id."""
        ids: dict[str, str] = {}
        things: Iterable[Any] = (
            *self.places.values(),
            *self.actors.values(),
            *self.regions.values(),
            *self.operations.values(),
        )
        for thing in things:
            for name in (thing.id, thing.name, *(alias.name for alias in (*thing.aliases, *thing.names))):
                ids.setdefault(spelling_key(name), thing.id)
        return ids

    def find(self, spelling: str) -> str | None:
        """The id of what a source names by any of its spellings; None where nothing has that name."""
        return self.spellings.get(spelling_key(spelling))


def _parents(thing: Any) -> tuple[Under, ...]:
    return thing.parents if isinstance(thing, Actor) else ()
