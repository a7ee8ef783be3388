"""Places taken from somebody who by the record had left them before, and whom nobody says to have come back."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from situation.errors import Problem
from situation.events import ActorId, Besieged, Captured, Entered, Event, GarrisonSurrendered, Withdrew, roots
from situation.log.entry import Entry, Reported
from situation.log.state import StateView
from situation.log.value_words import list_in_words
from situation.testimony.apart import ground_when
from situation.testimony.claims import Claim
from situation.testimony.ground import Ground

__all__ = ["already_left"]

_TAKE_IT_FROM: Final = (Besieged, Captured, Entered, GarrisonSurrendered)
"""What takes for granted that the loser is there."""


def already_left(entry: Entry, claims: Mapping[str, Claim], state: StateView, ground: Ground) -> Iterator[Problem]:
    """Each claim of an event that its place was taken from, or given up by, a side whose withdrawal left it empty before.

    Args:
        entry: what happened.
        claims: all claims by id.
        state: what held just before.
        ground: for the hierarchy of actors, and names.
    """
    place = str(entry.event.place)
    last = state.because.get(f"{place}.status")
    empty = state.get(place, "status") == "ungarrisoned" and isinstance(entry.cause, Reported)
    if not empty or last is None or not isinstance(last.event, Withdrew) or last.span.latest >= entry.span.earliest:
        return
    leavers = set(roots(ground_when(last.event, last.span, ground).root, last.event.by))
    then = ground_when(entry.event, entry.span, ground)
    for name in entry.cause.claims:
        event = claims[name].event
        left = [side for side in roots(then.root, _losers(event)) if side in leavers]
        if left:
            fact = (
                f"{list_in_words(map(then.name, left))} had left {then.name(place)} by then "
                f"('{last.cause.claims[0]}', {ground.clock.spoken(last.span)}), and nobody was there."
            )
            advice = "Correct one of the two times, or say who came back"
            if not isinstance(event, GarrisonSurrendered):
                advice = f"{advice}; where the place was empty, leave 'against' out"
            yield Problem(claims[name].at, f"{fact[0].upper()}{fact[1:]}", f"{advice}.")


def _losers(event: Event | None) -> tuple[ActorId, ...]:
    """Those whom an event takes to have been there."""
    if not isinstance(event, _TAKE_IT_FROM):
        return ()
    if isinstance(event, GarrisonSurrendered):
        return event.by
    return () if event.against is None else (event.against,)
