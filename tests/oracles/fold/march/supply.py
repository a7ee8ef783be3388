"""Supply, rule R7: each morning, which forces their supply reaches, and what a lack of it leaves of their weight."""

from __future__ import annotations

from itertools import pairwise

from situation.events import ActorId, SupplyCut, SupplyRestored
from situation.log.state import holders_in
from situation.rules import supply_effect
from situation.scenario.parts import Inflow
from tests.oracles.fold.world import Outcome, Outcomes, World

__all__ = ["supplies", "supply_of"]


def supplies(world: World) -> Outcomes:
    """Forces that are cut off live on their stock from today; those that supply reaches again have it whole again.

    An actor without a source of supply is never cut off: it lives on what it has laid in.
    """
    stage, cut = world.stage, world.get("story.cut") or ()
    reached = {
        actor: stage.reached(actor, world.barred(actor, enemies=True), world.shut(actor), _lost(world, actor))
        for actor in stage.armed
        if stage.conduct(actor).supply_from
    }
    for force in cut:
        place, actor = world.get(f"{force}.place"), world.root(force)
        if place in reached[actor] and world.men(force):
            cause = world.by("R7 supply_effect", None, None, world.last(f"{force}.cut_since"))
            yield Outcome(SupplyRestored(force, actor, place), cause)
    for place in world.ranks.places:
        for force in world.bodies(place):
            actor = world.root(force)
            if actor in reached and place not in reached[actor] and force not in cut:
                link, by, parent = _where(world, actor, place)
                cause = world.by("R7 supply_effect", None, None, world.last(f"{force}.place"), parent)
                yield Outcome(SupplyCut(force, actor, place, world.day, link, by), cause)


def _lost(world: World, actor: ActorId) -> frozenset[str]:
    """The sources that send an actor nothing: in others' hands, or of several that feed each other in nobody's."""
    barred = world.barred(actor, enemies=True)
    return frozenset(
        place
        for inflow in world.stage.conduct(actor).supply_from
        for place in inflow.places
        if place in barred or (inflow.mutual and world.holder(place, actor) is None)
    )


def _where(world: World, actor: ActorId, place: str) -> tuple[str | None, ActorId | None, str]:
    """Where the nearest way from a source to a place ends: the first link that carries nothing, who alone closed it or
    holds its end, and the entry that says so."""
    ways = (
        (source, *_road(world, inflow, source, place))
        for inflow in world.stage.conduct(actor).supply_from
        for source in inflow.places
        if source != place
    )
    source, _, road = min(ways, key=lambda way: (way[1], world.ranks.of(way[0])), default=("", 0.0, ()))
    shut, barred = world.shut(actor), world.barred(actor, enemies=True)
    for number, (link, end) in enumerate(road):
        if link in shut:
            closed_by = holders_in(world.get(f"{actor}|{link}.closed_by"))
            return link, closed_by[0] if len(closed_by) == 1 else None, world.last(f"{actor}|{link}.sealed")
        if not number and source in _lost(world, actor):
            return link, world.holder(source, actor), world.last(f"{source}.holder")
        if end in barred and end != place:
            return link, world.holder(end, actor), world.last(f"{end}.holder")
    return None, None, ""


def _road(world: World, inflow: Inflow, source: str, place: str) -> tuple[float, tuple[tuple[str, str], ...]]:
    """The shortest way from a source over the links that it goes over, whoever holds what lies between: km, and each
    link with the place at its end; infinite and none where there is none."""
    stage = world.stage
    other = frozenset(link.id for link in stage.ground.links.values() if inflow.over and link.kind not in inflow.over)
    km, way = stage.path(source, place, frozenset(), other)
    links = (stage.link(here, end, other) for here, end in pairwise((source, *way)))
    return km, tuple((link.id, str(end)) for link, end in zip(links, way, strict=True) if link is not None)


def supply_of(world: World, force: str) -> float:
    """What supply leaves of a force's weight: from the day on which it was cut off, or began to live on its stock."""
    conduct = world.stage.conduct(world.root(force))
    since = world.get(f"{force}.cut_since")
    if since is None and conduct.supply_from:
        return 1.0
    if since is None:
        since = world.stage.day_of(int(world.get("story.branch")))
    without = world.day - int(since) - world.number(conduct.stock)
    return supply_effect(
        max(0.0, without), floor=world.number(conduct.supply_floor), decay=world.number("supply_decay")
    )
