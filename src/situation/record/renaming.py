"""Names that claims say actors came to bear: sentences of a later time call them so, as they do by the dated names of the map."""

from __future__ import annotations

from typing import Final

from attrs import evolve

from situation.dates import Interval, Minute
from situation.events import ActorDescribed, ActorId
from situation.record.joining.standing import known_claims
from situation.record.joining.topic import span_of
from situation.testimony.ground import Ground
from situation.testimony.names import ALWAYS, Alias
from situation.testimony.testimony import Testimony

__all__ = ["with_claimed_names"]

_EVER: Final[Minute] = 2**62
"""Later than anything becomes known, in minutes."""


def with_claimed_names(ground: Ground, testimony: Testimony) -> Ground:
    """The map with the names that claims say actors bore, each from its claim's time on; dated names of the map come first.

    What was taken back, or is denied, renames nobody; nor does a claim without a time, or of a spelling that the map has always.
    A name is one at every knowledge time, as those of the map are.
    """
    claims = known_claims(testimony, _EVER).values()
    denied = {claim.content for claim in claims if claim.mode == "denies" and isinstance(claim.content, ActorDescribed)}
    borne: dict[ActorId, list[Alias]] = {}
    for claim in sorted(claims, key=lambda claim: (-span_of(claim, ground).earliest, claim.id)):
        event = claim.content
        if claim.mode != "asserts" or claim.kind != "event" or claim.happened is None:
            continue
        if isinstance(event, ActorDescribed) and event.attribute == "name" and event not in denied:
            actor = ground.actors.get(event.actor)
            if actor is not None and event.value not in {it.name for it in actor.aliases if it.span == ALWAYS}:
                span = Interval(claim.happened.span.earliest, ALWAYS.latest)
                borne.setdefault(event.actor, []).append(Alias(name=event.value, span=span))
    if not borne:
        return ground
    actors = {name: evolve(actor, names=(*actor.names, *borne.get(name, ()))) for name, actor in ground.actors.items()}
    return evolve(ground, actors=actors)
