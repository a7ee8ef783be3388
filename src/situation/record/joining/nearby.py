"""Groups of claims while they are joined: their names, and those of one kind at one place looked up by day."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import attrs
from attrs import define, field

from situation.dates import DAY, Interval
from situation.events import Event, ShipCaptured, ShipSunk
from situation.log.state import split_cell
from situation.testimony.claims import Claim, happening_id
from situation.testimony.ground import Ground

__all__ = ["Bucket", "ClaimGroup", "happening_name", "happens_once", "has_place", "kind_and_place"]

_FEW_DAYS = 60
"""Happenings over more days than these are looked at one by one, not looked up by day."""


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
    if event.partial:
        name = f"{name}/{'+'.join(sorted(_parts(event, ground))) or claim.id}"
    return name


def _parts(event: Event, ground: Ground) -> set[str]:
    """What a report is about: the attributes of its subject, and the whole cells of others."""
    cells = {cell: split_cell(cell) for cell in event.speaks(ground.root)}
    named = {part.split(".")[0] if subject == event.subject else cell for cell, (subject, part) in cells.items()}
    return named - {"by", "against"} or named


def kind_and_place(event: Event, ground: Ground) -> tuple[tuple[Any, ...], ...]:
    """Of what two reports must share something to be compared: kind and place, kind and ship, or kind and what they speak of."""
    kind = type(event).__name__
    if not has_place(event):
        return ((kind, *sorted(event.speaks(ground.root))),)
    ship = getattr(event, "ship", None)
    at_place = (kind, str(event.place))
    if ship is None:
        return (at_place,)
    return ((kind, "ship", str(ship)), *(() if event.place is None else (at_place,)))


def happens_once(one: Event, other: Event) -> bool:
    """Whether two events of one kind are what happens to one ship but once, whoever is said to have done it."""
    return (
        isinstance(one, ShipSunk | ShipCaptured) and one.ship is not None and one.ship == getattr(other, "ship", None)
    )


def has_place(event: Event) -> bool:
    """Whether events of this kind happen at a place, be it one that no source names."""
    kind: Any = type(event)
    return any(it.name == "place" for it in attrs.fields(kind))


@define
class Bucket:
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
        if len(days) > _FEW_DAYS:
            return list(self.every)
        nearby = {group: None for day in days for group in self.by_day.get(day, ())}
        return list(nearby | self.long)
