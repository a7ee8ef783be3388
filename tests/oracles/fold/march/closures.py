"""Closed links (R7): who holds an end can close a link to his enemies, for as long as his side stands there."""

from __future__ import annotations

from situation.events import ActorId, OrderCarriedOut, OrderLapsed, RouteOpened, RouteSealed
from situation.log.state import holders_in
from tests.oracles.fold.world import Outcome, Outcomes, World

__all__ = ["bars", "closures_lapse", "impassable"]


def impassable(world: World, actor: ActorId) -> frozenset[str]:
    """The links that an actor's columns cannot march on: closed ones, unless an enemy at an end can be attacked."""
    return frozenset(link for link in world.shut(actor) if not _enemy_at_an_end(world, link, actor))


def _enemy_at_an_end(world: World, link: str, actor: ActorId) -> bool:
    holders = (world.holder(end, actor) for end in world.stage.ground.links[link].ends)
    return any(holder is not None and world.hostile(actor, holder) for holder in holders)


def bars(world: World, order: str, subject: str, actor: ActorId) -> Outcomes:
    """An order to close a link to every enemy, or to open what one's own side, or nobody by name, has closed."""
    link, done = str(world.get(f"{order}.object")), world.last(f"{order}.due")
    if world.get(f"{order}.verb") == "seal" and not _holds_an_end(world, link, actor):
        cause = world.by("checked again", None, None, done)
        yield Outcome(OrderLapsed(subject, "its side holds no end of the link"), cause)
        return
    cause = world.by("order", None, None, done)
    yield Outcome(OrderCarriedOut(subject), cause)
    for other in world.ranks.armed:
        if not world.hostile(actor, other):
            continue
        by = holders_in(world.get(f"{other}|{link}.closed_by"))
        if world.get(f"{order}.verb") == "seal":
            yield Outcome(RouteSealed(link, other, (actor,)), cause)
        elif all(world.friends(actor, one) for one in by):
            yield Outcome(RouteOpened(link, other), cause)


def closures_lapse(world: World) -> Outcomes:
    """A link is open again once who closed it holds no end of it any more, or is no enemy; others stay as they are."""
    for actor in world.ranks.armed:
        for link in world.ranks.ordered(world.shut(actor)):
            by = holders_in(world.get(f"{actor}|{link}.closed_by"))
            if not by or any(world.hostile(one, actor) and _holds_an_end(world, link, one) for one in by):
                continue
            ends = (world.last(f"{end}.holder") for end in world.stage.ground.links[link].ends)
            cause = world.by("nobody to close it", None, None, world.last(f"{actor}|{link}.sealed"), *ends)
            yield Outcome(RouteOpened(link, actor), cause)


def _holds_an_end(world: World, link: str, actor: ActorId) -> bool:
    holders = (world.holder(end, actor) for end in world.stage.ground.links[link].ends)
    return any(holder is not None and world.friends(actor, holder) for holder in holders)
