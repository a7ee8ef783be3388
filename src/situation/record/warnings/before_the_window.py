"""Places that by a claim fell before the window begins, to others than the map's opening lets hold them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from situation.errors import Problem
from situation.events import UNKNOWN, Captured, Entered, GarrisonSurrendered, HandedOver, PlaceId, Withdrew, roots
from situation.log.value_words import list_in_words
from situation.testimony.apart import ground_when
from situation.testimony.claims import Claim
from situation.testimony.ground import Ground

__all__ = ["at_odds_with_the_opening"]

_CHANGES_HANDS: Final = (Captured, Entered, GarrisonSurrendered, HandedOver, Withdrew)


def at_odds_with_the_opening(claims: Iterable[Claim], ground: Ground) -> Iterator[Problem]:
    """Each claim of a capture that ends before the window begins, where the opening has the place with none of its takers.

    Such a claim changes nothing within the window, for there the opening holds; a year that is one off looks so. Where another
    claim tells that the place changed hands after it and before the window, nothing is said.

    Args:
        claims: those that count.
        ground: the map.
    """
    earlier = [
        (claim, claim.happened.span)
        for claim in claims
        if claim.kind == "event" and isinstance(claim.event, _CHANGES_HANDS)
        if claim.happened is not None and claim.happened.span.latest < ground.window.earliest
    ]
    last: dict[str | None, int] = {}
    for claim, span in earlier:
        if claim.event is not None:
            last[claim.event.place] = max(span.latest, last.get(claim.event.place, span.latest))
    for claim, span in earlier:
        event = claim.event
        if not isinstance(event, Captured) or claim.mode != "asserts" or UNKNOWN in event.by:
            continue
        opening = ground.opening.places.get(PlaceId(event.place))
        if opening is None or last[event.place] > span.latest:
            continue
        parts = (part.actor for part in opening.parts)
        holders = dict.fromkeys(it for it in (opening.holder, *opening.holders, *parts) if it is not None)
        takers = roots(ground_when(event, span, ground).root, event.by)
        if takers and holders and holders.keys().isdisjoint(roots(ground.root, takers)):
            fact = (
                f"{ground.clock.spoken(span)} lies before the window begins, and the opening has {ground.name(event.place)} with "
                f"{list_in_words(map(ground.name, holders))}."
            )
            yield Problem(
                claim.at, fact, "Check the year, or how it stood at the opening; or say how it changed hands since."
            )
