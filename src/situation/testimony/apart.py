"""Under whom actors stood when something happened: who deal with each other in it, at a time at which they were two sides."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations, product
from typing import Any

from situation.dates import Interval
from situation.events import ActorId, AgreementLapsed, CeasefireAgreed, CeasefireBegan, Event, PeaceSigned
from situation.testimony.ground import Ground

__all__ = ["dealings", "ground_when", "when_apart"]


def ground_when(content: object, span: Interval, ground: Ground) -> Ground:
    """The map as it was when something happened within a span: at its end; or when its sides were two, for the last time.

    Args:
        content: an event, or what else a claim tells.
        span: when it happened.
        ground: the map, with the times at which actors changed their side.
    """
    return ground.at(when_apart(content, span, ground).latest)


def when_apart(content: object, span: Interval, ground: Ground) -> Interval:
    """The last part of a span in which those who deal with each other were of two sides; all of it where they never were.

    A faction that turned on its own side between the 10th and the 20th, and left it on the 15th, did so after that.
    """
    turns = [turn for turn in ground.turns if span.earliest < turn <= span.latest]
    if not turns or not isinstance(content, Event):
        return span
    pairs = [pair for pair in dealings(content) if pair[0] != pair[1]]
    starts = [span.earliest, *turns]
    stops = [turn - 1 for turn in turns] + [span.latest]
    apart: Interval | None = None
    for start, stop in zip(reversed(starts), reversed(stops), strict=True):
        root = ground.at(start).root
        if all(root(one) != root(other) for one, other in pairs):
            apart = Interval(start, apart.latest if apart else stop)
        elif apart:
            break
    return apart or span


def dealings(event: Any) -> Iterator[tuple[ActorId, ActorId]]:
    """Each two that an event sets against each other, or that deal with each other in it."""
    sides = getattr(event, "between", ())
    if isinstance(event, CeasefireAgreed):
        sides = event.parties
    elif isinstance(event, CeasefireBegan | AgreementLapsed):
        sides = tuple(sorted(event.agreed.parties))
    elif isinstance(event, PeaceSigned):
        sides = event.by
    if sides:
        yield from combinations(sides, 2)
        return
    for key in ("against", "toward", "to"):
        other = getattr(event, key, None)
        if isinstance(other, str):
            yield from product(event.actors, (ActorId(other),))
