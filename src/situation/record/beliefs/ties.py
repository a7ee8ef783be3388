"""What an event says of actors between whom nothing decides: no letters of a name choose one; it says nobody, or their side."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import attrs

from situation.errors import Fault
from situation.events import ActorId, Event
from situation.record.beliefs.belief import WeighedQuestion
from situation.record.beliefs.composition import Composed
from situation.record.joining.topic import actors_by_field
from situation.testimony.claims import Claim
from situation.testimony.ground import Ground

__all__ = ["without_tied"]


def without_tied(
    made: Composed, decided: Mapping[tuple[str, str], WeighedQuestion], episode: str, ground: Ground
) -> tuple[Composed, frozenset[str]]:
    """An event of some claims without the actors between whom nothing decides, and the cells of which nobody knows who it was.

    Where all who may have done it are of the same sides, these sides did it; else the field says nobody, where it may.
    """
    event: Any = made.event
    weighed = {cell: decided[cell, episode] for cell in event.speaks(ground.root) if (cell, episode) in decided}
    tied = {cell: it.tied for cell, it in weighed.items() if it.tied}
    if not tied:
        return made, frozenset()
    claims = {claim.id: claim for answers in tied.values() for answer in answers for claim in answer.claims}
    kind: Any = type(event)
    for attribute in attrs.fields(kind):
        changed = _field_without(attribute, event, list(claims.values()), ground)
        if changed is not None:
            try:
                event = attrs.evolve(event, **{attribute.name: changed[0]})
            except Fault:
                continue  # the event cannot be told without it
            made.credit.pop(attribute.name, None)
    spoken = event.speaks(ground.root)
    unknown = (
        cell
        for cell, answers in tied.items()
        if cell not in spoken or spoken[cell] in [(), *(answer.value for answer in answers)]
    )
    return Composed(event, made.credit), frozenset(unknown)


def _field_without(attribute: Any, event: Event, claims: list[Claim], ground: Ground) -> tuple[Any] | None:
    """What to write in a field on which the claims tied name different actors; None: leave it."""
    name = attribute.name
    events = [claim.event for claim in claims if claim.event is not None and type(claim.event) is type(event)]
    named = [actors_by_field(it).get(name, ()) for it in events]
    if len({frozenset(actors) for actors in named}) < 2:
        return None
    several = isinstance(getattr(event, name), tuple)
    sides = {frozenset(ground.root(ActorId(actor)) for actor in actors) for actors in named}
    if len(sides) == 1:
        (side,) = sides
        same = tuple(sorted(side))
        return (same,) if several else (same[0],)
    return (attribute.default,) if attribute.default in (None, ()) else None
