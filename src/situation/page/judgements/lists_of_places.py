"""Places in a sentence: the larger first, and quarters as a part or the rest of their city."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from typing import Any, Final

from situation.dates import Minute
from situation.events import PlaceId
from situation.log.value_words import count_in_words, list_in_words
from situation.page.judgements.phrases import named
from situation.testimony.ground import Ground

__all__ = ["NAMED_PLACES", "by_size", "in_one_hand", "places_in_words"]

NAMED_PLACES: Final = 3
"""Places named in one list at most."""


def places_in_words(
    places: Iterable[str], ground: Ground, most: int = NAMED_PLACES, whole: Collection[str] = ()
) -> str:
    """Places by name, the larger first, quarters as part of their city; of many some, and how many more.

    Args:
        places: those to name.
        ground: for the names.
        most: how many are named.
        whole: the cities that are in one hand with these quarters, which are then the rest of it.
    """
    listed = tuple(dict.fromkeys(places))
    apart = [it for it in listed if _city(it, ground) not in listed]
    words = list(dict.fromkeys(_place(it, ground, whole) for it in by_size(apart, ground)))
    if len(words) <= most:
        return list_in_words(words)
    return f"{', '.join(words[:most])} and {count_in_words(len(words) - most, 'other')}"


def by_size(places: Iterable[str], ground: Ground) -> list[str]:
    """The larger first, else as they came."""
    return sorted(places, key=lambda it: getattr(ground.places.get(PlaceId(it)), "size", "") != "major")


def in_one_hand(history: Sequence[Sequence[Any]], at: Minute, ground: Ground) -> frozenset[str]:
    """The cities that one side holds at a minute with all of their quarters, and nobody else a part of.

    Args:
        history: the rows of a reading, as `contract.ReadingShape` has them.
        at: the minute.
        ground: for which quarters lie in which city.
    """
    held: dict[str, set[Any]] = {}
    for cell, value, since, until, *_ in history:
        place, _, attribute = cell.rpartition(".")
        if attribute in ("holder", "parts") and since <= at and (until is None or at < until):
            holders = [value] if attribute == "holder" else [part["actor"] for part in value or ()]
            held.setdefault(_city(place, ground) or place, set()).update(holders)
    return frozenset(city for city, holders in held.items() if len(holders) == 1)


def _city(place: str, ground: Ground) -> str | None:
    """The city that a quarter lies in; None of another place."""
    row = ground.places.get(PlaceId(place))
    return row.within if row is not None and row.kind == "quarter" else None


def _place(place: str, ground: Ground, whole: Collection[str]) -> str:
    city = _city(place, ground)
    if city is None:
        return named(place, ground)
    return f"{'the rest' if city in whole else 'part'} of {named(city, ground)}"
