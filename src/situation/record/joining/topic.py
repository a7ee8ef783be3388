"""What a claim is about: when, which cells of the state it answers, and who and how many are in it."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from functools import cache, cached_property
from typing import Any, get_args, get_type_hints

import attrs
from attrs import define

from situation.dates import Interval
from situation.events import ActorId, Event, Quantity, Root, Values
from situation.events.predicates import (
    BesiegedBy,
    DividedBetween,
    Holds,
    HoldsMostOf,
    HoldsNothingIn,
    LargestPlaceOf,
    LastPlaceOf,
    Said,
    ShareHeld,
    ShareRegained,
)
from situation.log.state import split_cell
from situation.testimony.apart import ground_when
from situation.testimony.claims import Claim
from situation.testimony.ground import Ground

__all__ = [
    "EventFacts",
    "actors_by_field",
    "bounds",
    "content_key",
    "facts_of",
    "ground_then",
    "span_of",
    "speaks",
    "stated_fields",
    "time_spoken_of",
]


@define(eq=False, slots=False)
class EventFacts:
    """What the event of a claim says, each worked out once.

    Args:
        event: the event.
        root: the hierarchy by which its actors are read.
        cells: the cells to which it speaks, and its answers.
    """

    event: Event
    root: Root
    cells: Values

    @cached_property
    def figures(self) -> Mapping[str, Quantity]:
        """The amounts that it gives, by field."""
        return {name: value for name, value in self.stated.items() if isinstance(value, Quantity)}

    @cached_property
    def actors(self) -> Mapping[str, tuple[ActorId, ...]]:
        """The actors that it names, by field."""
        return actors_by_field(self.event)

    @cached_property
    def stated(self) -> Mapping[str, Any]:
        """Its fields that are given."""
        return stated_fields(self.event)

    @cached_property
    def text(self) -> str:
        """All of it as text, which orders events."""
        return repr(self.event)

    @cached_property
    def words(self) -> tuple[tuple[str, str, Any], ...]:
        """Its answers that are no numbers and not of lists that add up: cell, attribute and value."""
        split = ((cell, split_cell(cell)[1], value) for cell, value in self.cells.items())
        gathers = self.event.gathers
        return tuple(it for it in split if it[1] not in gathers and not isinstance(it[2], Quantity))


def facts_of(event: Event, root: Root) -> EventFacts:
    """What an event of a claim says, by a hierarchy. Of events that are made up along the way, ask the event itself."""
    kept = root.notes.get(id(event))
    if kept is None:
        kept = root.notes[id(event)] = (event, EventFacts(event, root, event.speaks(root)))
    facts: EventFacts = kept[1]
    return facts


def span_of(claim: Claim, ground: Ground) -> Interval:
    """When it happened, by the claim; the whole window where it is timeless."""
    return claim.happened.span if claim.happened else ground.window


def time_spoken_of(claims: Iterable[Claim], ground: Ground) -> Interval | None:
    """From the first to the last minute of which some claims speak; None where none has a time, or it is the whole window."""
    spans = [claim.happened.span for claim in claims if claim.happened]
    if not spans:
        return None
    whole = Interval(min(span.earliest for span in spans), max(span.latest for span in spans))
    return None if whole.contains(ground.window) else whole


_NOT_COMPARED = (HoldsMostOf, LargestPlaceOf, BesiegedBy, DividedBetween, ShareRegained, ShareHeld, Said)
"""Predicates of which two statements are held against the state, and not against each other."""


def ground_then(claims: Iterable[Claim], ground: Ground) -> Ground:
    """The map as it was when what some claims tell of had happened by the first of them: who stood under whom."""
    if not ground.changes:
        return ground
    return ground.at(min((span_of(claim, ground).latest for claim in claims), default=ground.window.latest))


def speaks(claim: Claim, ground: Ground) -> Mapping[str, Any]:
    """The cells that a claim answers, and its answers. A statement answers only where two such can be compared.

    Units stand under whom they stood under then; where that changed within the claim's interval, at its end, as far as
    those who deal with each other were two sides.
    """
    content = claim.content
    if ground.turns:
        ground = ground_when(content, span_of(claim, ground), ground)
    if isinstance(content, Event):
        return facts_of(content, ground.root).cells
    if isinstance(content, LastPlaceOf) and content.area is not None:
        answer = (tuple(sorted(content.places)), content.qualifier)
        return {f"{ground.root(content.actor)}@{content.area}.last_place": answer}
    if isinstance(content, Holds) and ground.is_place(content.area):
        return {f"{content.area}.holder": ground.root(content.actor)}
    if isinstance(content, HoldsNothingIn):
        return {f"{ground.root(content.actor)}@{content.area}.holds": False}
    if content is None or isinstance(content, (*_NOT_COMPARED, LastPlaceOf, Holds)):
        return {}
    raise LookupError(
        f"It is not said to which cells {type(content).__name__} speaks. Say it in situation.record.joining.topic."
    )


def content_key(claim: Claim, ground: Ground) -> tuple[Any, ...]:
    """What orders claims: how closely they are dated, when, and what they say; their id only where nothing differs.

    Claims that differ in nothing but the id may change places without any effect but on names.
    """
    span = span_of(claim, ground)
    said = claim.said.span.latest if claim.said else 0
    event = claim.event
    text = repr(claim.content) if event is None else facts_of(event, ground.root).text
    content = (type(claim.content).__name__, text, claim.mode, claim.kind)
    voice = (claim.source, claim.said_by, claim.origin, said, repr(claim.credibility), claim.says)
    return (span.latest - span.earliest, span.earliest, *content, *voice, claim.id)


def stated_fields(event: Event) -> Mapping[str, Any]:
    """The fields of an event that are given: all but those that are empty."""
    kind: Any = type(event)
    values = {it.name: getattr(event, it.name) for it in attrs.fields(kind)}
    return {name: value for name, value in values.items() if value not in (None, (), "", {})}


def actors_by_field(event: Event) -> Mapping[str, tuple[ActorId, ...]]:
    """The actors that an event names, by field."""
    kind: Any = type(event)
    values = {name: getattr(event, name) for name in _actor_fields(kind)}
    named = {name: it if isinstance(it, tuple) else (it,) for name, it in values.items() if it is not None}
    return {name: actors for name, actors in named.items() if actors}


@cache
def _actor_fields(kind: Any) -> tuple[str, ...]:
    hints = get_type_hints(kind)
    return tuple(it.name for it in attrs.fields(kind) if ActorId in (hints[it.name], *get_args(hints[it.name])))


def bounds(amount: Quantity) -> tuple[float, float]:
    """The least and the most that an amount can be: an open end is 0, or infinite."""
    low = amount.low if amount.low is not None else amount.best if amount.best is not None else 0.0
    if amount.high is not None:
        return low, amount.high
    return low, amount.best if amount.best is not None else math.inf
