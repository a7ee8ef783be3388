"""Groups of claims while they are joined: their names, and those of one kind at one place looked up by day."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache
from types import MappingProxyType
from typing import Any, Final

import attrs
from attrs import define, field

from situation.dates import DAY, Interval
from situation.events import (
    ActorsMerged,
    ActorSplit,
    Captured,
    Event,
    GarrisonSurrendered,
    OperationLaunched,
    ShipCaptured,
    ShipDamaged,
    ShipSunk,
    StrengthAssessed,
    roots,
)
from situation.log.state import split_cell
from situation.record.joining.topic import facts_of, span_of
from situation.testimony.claims import Claim, happening_id
from situation.testimony.ground import Ground

__all__ = [
    "VICTIMS",
    "Buckets",
    "ClaimGroup",
    "happening_name",
    "happens_once",
    "has_place",
    "kind_and_place",
    "one_victim",
    "taken_from_one",
]

_FEW_DAYS = 60
"""Happenings over more days than these are looked at one by one, not looked up by day."""


VICTIMS: Final[Mapping[type[Event], str]] = MappingProxyType(
    {
        **dict.fromkeys((ShipSunk, ShipCaptured, ShipDamaged), "ship"),
        GarrisonSurrendered: "garrison",
        OperationLaunched: "operation",
        **dict.fromkeys((ActorSplit, ActorsMerged), "actor"),
    }
)
"""Whom, in a word, events befall of which two reports of one time tell of one, whoever is said to have done it."""


@define(eq=False)
class ClaimGroup:
    """Claims of one happening, or of one question; `episode` is empty where no claim names one."""

    episode: str = ""
    claims: list[Claim] = field(factory=list)

    @property
    def name(self) -> str:
        return self.episode or f"near {min(claim.id for claim in self.claims)}"


def happening_name(claim: Claim, episode: str, ground: Ground) -> str:
    """The name of the happening that a claim of an event is about."""
    event = claim.event
    assert event is not None
    name = happening_id(type(event).__name__, event.subject, episode)
    if isinstance(event, StrengthAssessed):
        (cell,) = facts_of(event, ground.root).cells
        return name + cell.partition(".strength")[2].replace(".", "/")
    if event.partial:
        name = f"{name}/{'+'.join(sorted(_parts(event, ground))) or claim.id}"
    return name


def _parts(event: Event, ground: Ground) -> set[str]:
    """What a report is about: the attributes of its subject, and the whole cells of others."""
    cells = {cell: split_cell(cell) for cell in facts_of(event, ground.root).cells}
    named = {part.split(".")[0] if subject == event.subject else cell for cell, (subject, part) in cells.items()}
    return named - {"by", "against"} or named


def kind_and_place(event: Event, ground: Ground) -> tuple[tuple[Any, ...], ...]:
    """Of what two reports must share something to be compared: kind and place, kind and ship, or kind and what they speak of."""
    kind = type(event).__name__
    if isinstance(event, OperationLaunched):
        return ((kind, "operation", str(event.operation)),)
    if not has_place(event) or isinstance(event, StrengthAssessed):
        return ((kind, *sorted(facts_of(event, ground.root).cells)),)
    ship = getattr(event, "ship", None)
    at_place = (kind, str(event.place))
    if ship is None:
        return (at_place,)
    return ((kind, "ship", str(ship)), *(() if event.place is None else (at_place,)))


def happens_once(one: Event, other: Event, ground: Ground) -> bool:
    """Whether two events of one kind are what happens but once, whoever is said to have done it, or what to have come of it.

    A ship sinks once, and is captured once; so is an operation launched; a garrison surrenders once, and an actor breaks up; of
    one that goes on, a part breaks off once.
    """
    kind: Any = type(one)
    if not _befalls_one(kind):
        return False
    if isinstance(one, ShipSunk | ShipCaptured):
        return one.ship is not None and one.ship == getattr(other, "ship", None)
    if isinstance(one, OperationLaunched):
        return one.operation == getattr(other, "operation", None)
    if isinstance(one, ActorSplit) and isinstance(other, ActorSplit):
        parts = {*one.broke_off}, {*other.broke_off}
        return one.actor == other.actor and (bool(parts[0] & parts[1]) if any(parts) else True)
    if isinstance(one, GarrisonSurrendered | ActorsMerged) and type(one) is type(other):
        return one.place == other.place and bool({*roots(ground.root, one.by)} & {*roots(ground.root, other.actors)})
    return False


def one_victim(one: Event, other: Event, ground: Ground) -> bool:
    """Whether two events of one time can be one, whoever is said to have done it: it befell one ship, or happens but once."""
    if isinstance(one, ShipDamaged) and isinstance(other, ShipDamaged):
        return one.ship is not None and one.ship == other.ship
    return happens_once(one, other, ground)


def taken_from_one(one: Event, other: Event, ground: Ground) -> bool:
    """Whether two captures of one place from one loser name different takers: only one of them can have taken it from there."""
    if not isinstance(one, Captured) or not isinstance(other, Captured) or one.place != other.place:
        return False
    losers = [None if it.against is None else ground.root(it.against) for it in (one, other)]
    takers = [{*roots(ground.root, it.by)} for it in (one, other)]
    return losers[0] is not None and losers[0] == losers[1] and all(takers) and takers[0].isdisjoint(takers[1])


@cache
def _befalls_one(kind: Any) -> bool:
    return issubclass(kind, tuple(VICTIMS))


def has_place(event: Event) -> bool:
    """Whether events of this kind happen at a place, be it one that no source names."""
    kind: Any = type(event)
    return _has_place(kind)


@cache
def _has_place(kind: Any) -> bool:
    return any(it.name == "place" for it in attrs.fields(kind))


@define
class Buckets:
    """The happenings of every kind and place, looked up by day.

    Args:
        ground: the map.
    """

    ground: Ground
    _buckets: dict[tuple[Any, ...], _Bucket] = field(factory=dict, init=False)

    def enter(self, claim: Claim, group: ClaimGroup) -> None:
        """Take in a claim of an event, as one of a happening."""
        for bucket in self._of(claim):
            bucket.enter(group, span_of(claim, self.ground))

    def near(self, claim: Claim, reach: int) -> Iterable[ClaimGroup]:
        """The happenings of its kind and place with a claim within so many minutes of one, and perhaps some more, each once."""
        span = span_of(claim, self.ground)
        return dict.fromkeys(group for bucket in self._of(claim) for group in bucket.near(span, reach))

    def _of(self, claim: Claim) -> list[_Bucket]:
        assert claim.event is not None
        keys = kind_and_place(claim.event, self.ground)
        return [self._buckets.get(key) or self._buckets.setdefault(key, _Bucket()) for key in keys]


@define
class _Bucket:
    """The happenings of one kind at one place, looked up by day."""

    by_day: dict[int, dict[ClaimGroup, None]] = field(factory=dict)
    long: dict[ClaimGroup, None] = field(factory=dict)
    every: dict[ClaimGroup, None] = field(factory=dict)

    def enter(self, group: ClaimGroup, span: Interval) -> None:
        self.every.setdefault(group)
        days = range(span.earliest // DAY, span.latest // DAY + 1)
        if len(days) > _FEW_DAYS:
            self.long.setdefault(group)
        else:
            for day in days:
                self.by_day.setdefault(day, {}).setdefault(group)

    def near(self, span: Interval, reach: int) -> Iterable[ClaimGroup]:
        """The groups with a claim within reach of a span, and perhaps some more, each once."""
        days = range((span.earliest - reach) // DAY, (span.latest + reach) // DAY + 1)
        if len(days) > min(_FEW_DAYS, len(self.every)):
            return list(self.every)
        nearby = {group: None for day in days for group in self.by_day.get(day, ())}
        return list(nearby | self.long)
