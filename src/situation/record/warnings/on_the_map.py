"""What on a map is hardly meant: the length of its window, points of places, and lengths of links that do not fit them."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from math import asin, cos, pi, radians, sin, sqrt
from typing import Final

from situation.dates import DAY
from situation.errors import Problem
from situation.testimony.countries import COUNTRY_CODES
from situation.testimony.ground import Coordinates, Ground, Link, Place
from situation.testimony.spelling import spelling_key

__all__ = ["odd_map"]

_LONGEST_WINDOW: Final = 1000 * 366 * DAY
_ROUGHEST_KM: Final = 1000.0
"""A point that is right within more than this is that of no place: ASSUMED, the reach of a large country."""
_FINE_KM: Final = 1.0
"""A point that is right within this is that of one place: rougher ones are often shared. ASSUMED, a village's width."""
_LARGEST_KM2: Final = {"built_up_km2": 15_000.0, "sector_km2": 5_000_000.0}
"""More than any city is built up, New York on some 12,000 km2 being the largest; and more than any desert but the
Sahara, or a third of an ocean, that men would sweep. ASSUMED."""
_MOST_COUNTED: Final = 10**9
"""More than a word of number means of people or things; ASSUMED."""
_LONGEST_GAP: Final = 3660 * DAY
"""Longer than any word of time means in the course of a war, in minutes; ASSUMED, ten years."""
_PAPER: Final = {"light": 1.0, "dark": 0.0}
"""The relative luminance of light and of dark ground, nearly."""
_LEAST_CONTRAST: Final = 1.25
"""A colour and its ground of less contrast are one to the eye; ASSUMED, of the 3 that WCAG asks of signs."""
_EARTH_KM: Final = 6371.0
_ODD_SHARE: Final = 0.9
"""A link shorter than this share of the straight line between its ends is too short for them. ASSUMED: a tenth is left for
coordinates that were rounded, and for roads that begin at the edge of a town."""
_ODD_KM: Final = 1.0
"""And by more than this, in km: what coordinates of two decimals leave open."""
_ODD_SHARE_OF_AREAS: Final = 0.02
"""The same where an end is a stretch of ground or sea, which a link ends at anywhere: its point is rough."""
_CITY_KM: Final[Mapping[str, float]] = {"city": 6.0, "capital": 6.0}
"""From the middle to the edge of what is built up, where the map does not say how much that is: some 100 km2. ASSUMED."""
_ODD_DETOUR: Final = 10.0
"""How many times longer than the straight line a link may be: a pass or a river that is gone round."""


def odd_map(ground: Ground, outlets: Collection[str]) -> Iterator[Problem]:
    """Every value of a map that is hardly meant.

    Args:
        ground: the map.
        outlets: those of the record's sources; an import names its own as the source of its points.
    """
    window = ground.window
    if window.latest - window.earliest > _LONGEST_WINDOW:
        years = (window.latest - window.earliest) // (366 * DAY)
        yield Problem(ground.where["window"], f"The window is {years:,} years long.", "Check its years.")
    for word in ground.counts.values():
        if word.high > _MOST_COUNTED and (at := ground.where.get(f"lexicon:{word.words}")) is not None:
            yield Problem(at, f"'{word.words}' means {word.high:,.0f} at most.", "Count the digits again.")
    for span in ground.lexicon.values():
        if span.most > _LONGEST_GAP and (at := ground.where.get(f"lexicon:{span.words}")) is not None:
            yield Problem(at, f"'{span.words}' means {span.most // DAY:,} days at most.", "Count the digits again.")
    yield from _regions_of_one_name(ground)
    yield from _unseen_colours(ground)
    for place in ground.places.values():
        for fact, advice in _odd_place(place):
            yield Problem(ground.where[f"place:{place.id}"], fact, advice)
    yield from _at_one_point(ground, outlets)
    yield from _odd_links(ground)


def _regions_of_one_name(ground: Ground) -> Iterator[Problem]:
    first: dict[str, str] = {}
    for region in ground.regions.values():
        other = first.setdefault(spelling_key(region.name), region.id)
        if other != region.id:
            fact = f"The region '{region.id}' has the name of '{other}': {region.name}."
            yield Problem(ground.where[f"region:{region.id}"], fact, "Give each a name of its own, or keep one.")


def _unseen_colours(ground: Ground) -> Iterator[Problem]:
    """Colours of actors that cannot be told from the ground that they are drawn on."""
    for actor in ground.actors.values():
        for key, paper in _PAPER.items() if actor.colour is not None else ():
            value = getattr(actor.colour, key)
            light, dark = sorted((_luminance(value), paper), reverse=True)
            if (light + 0.05) / (dark + 0.05) < _LEAST_CONTRAST:
                fact = f"The colour '{value}' of '{actor.id}' cannot be seen on {key} ground."
                yield Problem(ground.where[f"actor:{actor.id}"], fact, "Choose one that stands out from it.")


def _luminance(colour: str) -> float:
    """The relative luminance of a colour, as WCAG defines it."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def _odd_place(place: Place) -> Iterator[tuple[str, str]]:
    if place.at.lat == 0 and place.at.lon == 0:
        yield f"'{place.id}' lies at 0, 0, in the Gulf of Guinea.", "Give its latitude and longitude."
    if place.country not in COUNTRY_CODES:
        advice = "Write its two letters, such as IQ; of a country that has none, two from XA to XZ."
        yield f"'{place.country}' is no country of ISO 3166.", advice
    if place.at.precision_km > _ROUGHEST_KM:
        fact = f"The point of '{place.id}' is right within {place.at.precision_km:,g} km."
        yield fact, "Say within how many km it is, or leave the place out: a claim may name a region alone."
    for key, most in _LARGEST_KM2.items():
        size = getattr(place.ground, key, None)
        if size is not None and size > most:
            yield f"The '{key}' of '{place.id}' is {size:,.0f}.", "Count the digits again: it is in km2."


def _at_one_point(ground: Ground, outlets: Collection[str]) -> Iterator[Problem]:
    """Places at the fine point of another, of which neither lies in the other: one of the points was copied.

    Event files give many places one rough point, such as that of their district. Each point is told once.
    """
    first: dict[tuple[float, float], Place] = {}
    shared: set[tuple[float, float]] = set()
    for place in ground.places.values():
        point = (place.at.lat, place.at.lon)
        if place.at.precision_km > _FINE_KM or place.at.source in outlets or not any(point) or point in shared:
            continue
        other = first.setdefault(point, place)
        nested = place.id in ground.inside(other.id) or other.id in ground.inside(place.id)
        if other is not place and not nested:
            shared.add(point)
            fact = f"'{place.id}' lies at the very point of '{other.id}': {place.at.lat:g}, {place.at.lon:g}."
            yield Problem(ground.where[f"place:{place.id}"], fact, "Check both, or make one of them of the two.")


def _odd_links(ground: Ground) -> Iterator[Problem]:
    joined: dict[tuple[frozenset[str], str], Link] = {}
    for link in ground.links.values():
        at = ground.where[f"link:{link.id}"]
        other = joined.setdefault((frozenset(link.ends), link.kind), link)
        if other is not link:
            fact = f"'{link.id}' joins what '{other.id}' joins, by a {link.kind} too."
            yield Problem(at, fact, "Keep one of the two.")
        ends = [ground.places[end].at for end in link.ends]
        between, rough = _km(*ends), sum(end.precision_km for end in ends)
        least = between - rough - sum(_to_the_edge(ground.places[end]) for end in link.ends)
        wide = any(ground.kind_of(end).area for end in link.ends)
        if link.km > _ODD_DETOUR * (between + rough) + 1.0:
            fact = f"'{link.id}' is {link.km:g} km long, and its ends are {between + rough:,.1f} km apart at most."
            yield Problem(at, fact, "Check its length, and the points of its ends.")
        if link.km < (_ODD_SHARE_OF_AREAS * least if wide else _ODD_SHARE * least - _ODD_KM):
            apart = f"{least:,.{0 if least >= 100 else 1}f}"
            fact = f"'{link.id}' is {link.km:g} km long, and its ends are {apart} km apart or more."
            yield Problem(at, fact, "Check its length, and the points of its ends.")


def _to_the_edge(place: Place) -> float:
    """From the middle of a place to where its roads begin, in km."""
    size = place.ground.built_up_km2 if place.ground is not None else None
    return _CITY_KM.get(place.kind, 0.0) if size is None else sqrt(size / pi)


def _km(one: Coordinates, other: Coordinates) -> float:
    """The great circle between two points, in km."""
    lat, far = radians(one.lat), radians(other.lat)
    half = sin((far - lat) / 2) ** 2 + cos(lat) * cos(far) * sin(radians(other.lon - one.lon) / 2) ** 2
    return 2 * _EARTH_KM * asin(min(1.0, sqrt(half)))
