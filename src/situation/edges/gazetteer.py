"""From the spots of rows to places and areas of a map: one name in two districts is two places, each called by its district.

A place of the map is meant where it bears the name and lies near; all others are new.
"""

from __future__ import annotations

import itertools
import math
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, Final

from attrs import Factory, define, frozen

from situation.edges.countries import NOWHERE, country_of
from situation.edges.distances import distance_km
from situation.edges.rows import Spot
from situation.edges.slugs import slug
from situation.events import AreaId, PlaceId
from situation.testimony.ground import Ground, Place
from situation.testimony.spelling import spelling_key

__all__ = ["Gazetteer", "Taken", "gazetteer_of"]

_SAME_KM: Final = 5.0
"""Points of one name this near are one place. ASSUMED: a town's own width."""
_MEANT_KM: Final = 30.0
"""A place of the map is meant by its name within this. ASSUMED: published points of one town lie up to 16 km apart."""
_MOST_SHOWN: Final = 5


@define
class Taken:
    """The ids and the spellings that are in use, so that each new one is its own."""

    ids: set[str] = Factory(set)
    keys: set[str] = Factory(set)

    @classmethod
    def of(cls, ground: Ground | None) -> Taken:
        """Those of a map."""
        taken = cls({"unknown", "somewhere"})
        if ground is not None:
            tables: tuple[Mapping[Any, Any], ...] = (ground.actors, ground.places, ground.regions, ground.operations)
            for thing in (thing for table in tables for thing in table.values()):
                taken.ids.add(str(thing.id))
                others = (alias.name for alias in (*thing.aliases, *thing.names))
                taken.keys |= {spelling_key(name) for name in (thing.id, thing.name, *others)}
        return taken

    def free(self, name: str) -> bool:
        """Whether a name is in nobody's use, as a spelling or as an id."""
        return not {spelling_key(name), spelling_key(slug(name))} & self.keys and slug(name) not in self.ids

    def take(self, names: Iterable[str]) -> tuple[str, str]:
        """The first of some names that is free, and its id; the last with a number where none is."""
        choices = list(dict.fromkeys(names))
        number = 2
        while not self.free(choices[0]):
            if len(choices) > 1:
                choices.pop(0)
                continue
            stem = re.sub(r" \d+$", "", choices[0])
            choices = [f"{stem} {number}"]
            number += 1
        name = choices[0]
        self.ids.add(slug(name))
        self.keys |= {spelling_key(name), spelling_key(slug(name))}
        return name, slug(name)


@frozen
class Gazetteer:
    """Where each spot lies, by id (None: at a place that is not known), the places and regions that are new, and what to say."""

    of: Mapping[Spot, str | None]
    places: tuple[Mapping[str, Any], ...]
    regions: tuple[Mapping[str, Any], ...]
    notes: tuple[str, ...] = ()


@define
class _Town:
    """The points of one name that are one place."""

    key: str
    spots: Counter[Spot]
    id: str = ""
    known: bool = False

    def most(self, of: Callable[[Spot], Any], empty: Any = "") -> Any:
        """The commonest value of its spots; of equally common ones the first in order."""
        votes: Counter[Any] = Counter()
        for spot, times in self.spots.items():
            if of(spot) != empty:
                votes[of(spot)] += times
        return min(votes, key=lambda value: (-votes[value], str(value))) if votes else empty

    @property
    def parts(self) -> tuple[str, str]:
        """Its district and its province, empty where no row says."""
        return self.most(lambda spot: spot.district), self.most(lambda spot: spot.province)

    @property
    def point(self) -> tuple[float, float]:
        point: tuple[float, float] = self.most(lambda spot: (spot.lat, spot.lon), (None, None))
        return point


def gazetteer_of(spots: Iterable[Spot], ground: Ground | None, taken: Taken, source: str) -> Gazetteer:
    """Places and areas for some spots.

    Args:
        spots: as often as rows name them.
        ground: the map that there is; None: none yet.
        taken: what is in use; the new names are added.
        source: who says where the places lie.
    """
    times = Counter(spots)
    towns = _towns({spot: count for spot, count in times.items() if spot.scope in ("place", "around")})
    plain = _plainly_named(ground)
    by_key: dict[str, list[_Town]] = {}
    for town in towns:
        by_key.setdefault(town.key, []).append(town)
    for town in towns:
        meant = _meant(town, ground, plain, by_key[town.key])
        if meant is not None:
            town.id, town.known = meant, True
    places = []
    for town in towns:
        if not town.known:
            name, town.id = taken.take(_names(town, by_key[town.key]))
            places.append(_place_row(town, name, source))
    of: dict[Spot, str | None] = {}
    regions: dict[str, dict[str, Any]] = {}
    called = {row["id"]: row["name"] for row in places}
    for town in towns:
        around = sorted({spot.km for spot in town.spots if spot.scope == "around"})
        rings: dict[float, str] = {}
        for km in around:
            name = called[town.id] if ground is None or town.id in called else ground.name(town.id)
            meant_region = _region_named(f"Around {name}", ground)
            if meant_region is None:
                title, rings[km] = taken.take((f"Around {name}", f"Within {km:g} km of {name}"))
                note = f"Within {km:g} km of {name}."
                regions[rings[km]] = {"id": rings[km], "name": title, "places": [town.id], "note": note}
            else:
                rings[km] = meant_region
        for spot in town.spots:
            of[spot] = town.id if spot.scope == "place" else rings[spot.km]
    _areas([spot for spot in times if spot.scope == "area"], towns, ground, taken, of, regions)
    of |= {spot: None for spot in times if spot.scope == "nowhere"}
    notes = tuple(_near_homonyms(by_key, called))
    return Gazetteer(of, tuple(places), tuple(regions[name] for name in sorted(regions)), notes)


def _near_homonyms(by_key: Mapping[str, list[_Town]], called: Mapping[str, str]) -> Iterator[str]:
    """Of new places of one name and one district that may be one, as points of tables by hand may be rough."""
    pairs = [
        (one, other, distance_km(*one.point, *other.point))
        for same in by_key.values()
        for one, other in itertools.combinations([town for town in same if town.id in called], 2)
        if one.parts == other.parts
    ]
    near = [(called[one.id], called[other.id], km) for one, other, km in pairs if km <= _MEANT_KM]
    for name, rival, km in near[:_MOST_SHOWN]:
        yield f"{name} and {rival} lie {km:.0f} km apart, and are two places. If they are one, give them one point."
    if len(near) > _MOST_SHOWN:
        yield f"So are {len(near) - _MOST_SHOWN} more pairs."


def _towns(times: Mapping[Spot, int]) -> list[_Town]:
    """The points of each name gathered into places, by name and then from south to north."""
    by_key: dict[str, list[Spot]] = {}
    for spot in sorted(times, key=lambda spot: (spelling_key(spot.name), spot.lat or 0, spot.lon or 0, str(spot))):
        by_key.setdefault(spelling_key(spot.name), []).append(spot)
    towns = []
    for key, spots in by_key.items():
        waiting = list(spots)
        while waiting:
            inside = [waiting.pop(0)]
            for one in inside:
                near = [other for other in waiting if _apart(one, other) <= _SAME_KM]
                inside += near
                waiting = [other for other in waiting if other not in near]
            towns.append(_Town(key, Counter({spot: times[spot] for spot in inside})))
    return towns


def _apart(one: Spot, other: Spot) -> float:
    if one.lat is None or one.lon is None or other.lat is None or other.lon is None:
        return math.inf
    return distance_km(one.lat, one.lon, other.lat, other.lon)


def _plainly_named(ground: Ground | None) -> Mapping[str, list[Place]]:
    """The places of a map by their names without what stands behind in brackets, as an earlier import qualified them."""
    places: dict[str, list[Place]] = {}
    for place in ground.places.values() if ground is not None else ():
        places.setdefault(spelling_key(re.sub(r" \([^)]*\)$", "", place.name)), []).append(place)
    return places


def _meant(town: _Town, ground: Ground | None, plain: Mapping[str, list[Place]], same: list[_Town]) -> str | None:
    """The place of the map that bears the name and lies near; farther off than a town's width it is the nearest of its name."""
    if ground is None:
        return None
    lat, lon = town.point
    for name in sorted({spot.name for spot in town.spots}):
        known = ground.find(name)
        place = ground.places.get(PlaceId(AreaId(known))) if known is not None else None
        if place is not None:
            far = distance_km(lat, lon, place.at.lat, place.at.lon)
            nearest = min(distance_km(*other.point, place.at.lat, place.at.lon) for other in same)
            if far <= (_MEANT_KM if far == nearest else _SAME_KM):
                return str(place.id)
    near = [it for it in plain.get(town.key, ()) if distance_km(lat, lon, it.at.lat, it.at.lon) <= _SAME_KM]
    return str(near[0].id) if near else None


def _names(town: _Town, same: list[_Town]) -> list[str]:
    """What a place may be called, the plainest first: of several of one name by what they do not share."""
    name, homonymous = town.most(lambda spot: spot.name), len(same) > 1
    lat, lon = town.point
    shared = Counter(part for other in same for part in dict.fromkeys(map(spelling_key, other.parts)))
    parts = [it for it in town.parts if it and spelling_key(it) != town.key and shared[spelling_key(it)] < 2]
    qualified = [f"{name} ({part})" for part in parts]
    qualified += [f"{name} ({town.most(lambda spot: spot.kind)})"] if not homonymous else []
    qualified.append(f"{name} ({abs(lat):.2f} {'N' if lat >= 0 else 'S'}, {abs(lon):.2f} {'E' if lon >= 0 else 'W'})")
    return qualified if homonymous else [name, *qualified]


def _place_row(town: _Town, name: str, source: str) -> dict[str, Any]:
    lat, lon = town.point
    plain = town.most(lambda spot: spot.name)
    spellings = sorted({spot.name for spot in town.spots} - {name, plain})
    others = [other for other in spellings if spelling_key(other) != spelling_key(name)] if plain == name else []
    row: dict[str, Any] = {
        "id": town.id,
        "name": name,
        "kind": town.most(lambda spot: spot.kind),
        "country": town.most(lambda spot: spot.country, NOWHERE),
        "at": {
            "lat": lat,
            "lon": lon,
            "precision_km": min((spot.km for spot in town.spots if spot.scope == "place"), default=_SAME_KM),
            "source": source,
        },
    }
    return row | ({"aliases": others} if others else {})


def _region_named(name: str, ground: Ground | None) -> str | None:
    known = ground.find(name) if ground is not None else None
    return known if ground is not None and known in ground.regions else None


def _areas(
    spots: list[Spot],
    towns: list[_Town],
    ground: Ground | None,
    taken: Taken,
    of: dict[Spot, str | None],
    regions: dict[str, dict[str, Any]],
) -> None:
    """A region for each area that rows name, over the places that lie in its district or province by what the file says."""
    within: dict[tuple[str, str], set[str]] = {}
    for town in towns:
        parts = {town.most(lambda spot: spot.district), town.most(lambda spot: spot.province)} - {""}
        for part in sorted(parts):
            home = (spelling_key(part), town.most(lambda spot: spot.country, NOWHERE))
            within.setdefault(home, set()).add(town.id)
    by_area: dict[tuple[str, str], list[Spot]] = {}
    for spot in sorted(spots, key=str):
        by_area.setdefault((spelling_key(spot.name), spot.country), []).append(spot)
    for (key, country), same in sorted(by_area.items()):
        name = min({spot.name for spot in same})
        known = _region_named(name, ground)
        if known is None:
            whole = country != NOWHERE and country_of(name) == country
            inside = sorted(
                {town.id for town in towns if town.most(lambda spot: spot.country, NOWHERE) == country}
                if whole
                else within.get((key, country), ())
            )
            choices = (name, f"{name} ({country})", f"{name} (area)")
            title, known = taken.take(choice for choice in choices if NOWHERE not in choice)
            regions[known] = {"id": known, "name": title, "places": inside}
        for spot in same:
            of[spot] = known
