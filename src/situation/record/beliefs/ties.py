"""What an event says where nothing decides between two accounts: no letters choose. It says nobody, or their side, or nothing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import attrs

from situation.errors import Fault
from situation.events import ActorId, Event
from situation.record.beliefs.belief import WeighedQuestion
from situation.record.beliefs.composition import Composed
from situation.record.joining.questions import Answer
from situation.record.joining.topic import actors_by_field
from situation.testimony.claims import Claim
from situation.testimony.ground import Ground

__all__ = ["either", "without_tied"]


def without_tied(
    made: Composed,
    cells: Iterable[str],
    decided: Mapping[tuple[str, str], WeighedQuestion],
    episode: str,
    ground: Ground,
) -> tuple[Composed, frozenset[str]]:
    """An event of some claims without that between which nothing decides, and the cells of which nobody knows what is so.

    Where all who may have done it are of the same sides, these sides did it; else the field says nobody, where it may. What
    else differs is left out where it may be, and the event is told by each account.

    `cells` are those to which it speaks.
    """
    event: Any = made.event
    weighed = {cell: decided.get((cell, episode)) for cell in cells}
    tied = {cell: it.tied for cell, it in weighed.items() if it is not None and it.tied}
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
    account_of_each = {repr(it): it for it in _accounts(event, list(claims.values()), tied, ground)}
    for name in _apart(account_of_each.values()):
        made.credit.pop(name, None)
        attribute = getattr(attrs.fields(kind), name)
        if attribute.default in (None, (), ""):
            event = attrs.evolve(event, **{name: attribute.default})
    spoken = event.speaks(ground.root)
    unknown = (
        cell
        for cell, answers in tied.items()
        if cell not in spoken or spoken[cell] in [(), *(answer.value for answer in answers)]
    )
    accounts = tuple(account_of_each[text] for text in sorted(account_of_each)) if len(account_of_each) > 1 else ()
    return Composed(event, made.credit, accounts), frozenset(unknown)


def _accounts(
    event: Event, claims: list[Claim], tied: Mapping[str, tuple[Answer, ...]], ground: Ground
) -> Iterator[Event]:
    """The event by each of the claims tied, in what bears on the cells on which they are, but for who is in it."""
    whole: Any = event
    kind: Any = type(event)
    for claim in claims:
        if not isinstance(claim.event, kind):
            continue
        own = whole
        for attribute in attrs.fields(kind):
            name, value = attribute.name, getattr(claim.event, attribute.name)
            if name in actors_by_field(event) or name in actors_by_field(claim.event) or value == getattr(event, name):
                continue
            other = attrs.evolve(own, **{name: value})
            spoken = own.speaks(ground.root), other.speaks(ground.root)
            own = other if any(spoken[0].get(cell) != spoken[1].get(cell) for cell in tied) else own
        yield own


def _apart(events: Iterable[Event]) -> tuple[str, ...]:
    """The fields in which some events of one kind differ."""
    first, *others = events
    kind: Any = type(first)
    names = [attribute.name for attribute in attrs.fields(kind)]
    return tuple(name for name in names if any(getattr(it, name) != getattr(first, name) for it in others))


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


def either(event: Any, claims: Iterable[Claim]) -> tuple[tuple[ActorId, ...], ...]:
    """Who may have done it, where nothing decides between accounts that each name others; else nobody."""
    if getattr(event, "by", None) != ():
        return ()
    doers = {claim.event.by for claim in claims if isinstance(claim.event, type(event)) and claim.event.by}
    return tuple(sorted(doers)) if len(doers) > 1 else ()
