"""The odds of a day's battle, rule R1: numbers, quality, air support, position, terrain and supply of both sides."""

from __future__ import annotations

import math

from situation.events import Fight, PlaceId
from situation.outcomes.world import World
from situation.rules import effective_ratio, supply_effect

__all__ = ["air_of", "odds", "strength", "supply_of"]


def strength(world: World, forces: tuple[str, ...]) -> float:
    """The men of some forces."""
    return float(sum(world.men(force) for force in forces))


def _weighted(world: World, forces: tuple[str, ...], place: str) -> tuple[float, float]:
    """Quality and supply of a side, each weighted by its forces' men."""
    men = quality = supply = 0.0
    for force in forces:
        here, actor = world.men(force), world.root(force)
        men += here
        quality += here * world.number(world.stage.conduct(actor).quality)
        supply += here * supply_of(world, actor, place)
    return (quality / men, supply / men) if men else (1.0, 1.0)


def supply_of(world: World, actor: str, place: str) -> float:
    """What supply leaves of an actor's weight at a place: rule R7, from the day on which it was cut."""
    conduct = world.stage.conduct(actor)
    since = world.get(f"{actor}@{place}.cut_since")
    if since is None and conduct.supply_from:
        return 1.0
    if since is None:
        since = world.stage.day_of(int(world.get("story.branch")))
    without = world.day - int(since) - world.number(conduct.stock)
    return supply_effect(
        max(0.0, without), floor=world.number(conduct.supply_floor), decay=world.number("supply_decay")
    )


def air_of(world: World, actor: str, place: str) -> float:
    """The multiplier of an actor's air support: what its friends fly for it, shared among all battles they fly for."""
    level = str(world.get(f"{actor}.air") or "none")
    if level == "none":
        return 1.0
    flier = world.get(f"{actor}.air_by")
    battles = sum(
        1
        for other in world.battles()
        if (fight := world.fight(other)) is not None and world.get(f"{fight.attacker}.air_by") == flier
    )
    effort = min(1.0, world.number("air.battles") / max(1, battles))
    if world.stage.ground.places[PlaceId(place)].is_town:
        effort *= world.number("civilians.air")
    return 1.0 + (world.number(f"air.{level}") - 1.0) * effort


def odds(world: World, place: PlaceId, fight: Fight, ours: tuple[str, ...], theirs: tuple[str, ...]) -> float:
    """The effective ratio of attackers to defenders at a place today. The defender's air support counts against it."""
    quality_a, supply_a = _weighted(world, ours, place)
    quality_d, supply_d = _weighted(world, theirs, place)
    ground = world.stage.ground.places[place].ground
    terrain = ground.terrain if ground is not None else "open"
    position = world.stage.conduct(fight.defender).position
    area, sector = world.stage.area(place)
    return effective_ratio(
        strength(world, ours),
        strength(world, theirs),
        attacker_quality=quality_a,
        defender_quality=quality_d * air_of(world, fight.defender, place),
        air=air_of(world, fight.attacker, place),
        posture=world.number(f"posture.{position}"),
        terrain=world.number(f"terrain.{terrain}"),
        attacker_supply=supply_a,
        defender_supply=supply_d,
        frontage_km=None if sector else 2.0 * math.sqrt(area),
        per_km=world.number("engaged_per_km"),
        fortune=fight.fortune,
    )
