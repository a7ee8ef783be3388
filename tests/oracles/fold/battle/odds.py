"""The odds of a day's battle, rule R1: numbers, quality, air support, position, terrain and supply; and who joins it."""

from __future__ import annotations

import math

from situation.chance.portable import exp, normal_quantile
from situation.events import BattleJoined, Fight, PlaceId
from situation.log.cells import UNSET_WORDS, battle_id
from situation.rules import effective_ratio
from tests.oracles.fold.march.supply import supply_of
from tests.oracles.fold.world import Outcome, Outcomes, World

__all__ = ["air_of", "frontage", "join_battle", "odds", "ratio_of", "ratio_of_men", "strength"]


def strength(world: World, forces: tuple[str, ...]) -> float:
    """The men of some forces."""
    return float(sum(world.men(force) for force in forces))


def _weighted(world: World, forces: tuple[str, ...]) -> tuple[float, float]:
    """Quality and supply of a side, each weighted by its forces' men."""
    men = quality = supply = 0.0
    for force in forces:
        here, actor = world.men(force), world.root(force)
        men += here
        quality += here * world.number(world.stage.conduct(actor).quality) * _own_quality(world, force)
        supply += here * supply_of(world, force)
    return (quality / men, supply / men) if men else (1.0, 1.0)


def _own_quality(world: World, force: str) -> float:
    """How much better or worse than its side's a force is, drawn once for as long as it lasts."""
    whole = str(world.get(f"{force}.parent") or force)
    draw = world.draw("force.quality", (whole, int(world.get(f"{whole}.musters") or 0)), 0)
    return exp(world.number("quality_own_sigma") * normal_quantile(draw.value))


def frontage(world: World, place: str) -> float | None:
    """How wide the front before a place is, in km: twice the root of its built-up area; None for a sector to be swept."""
    area, sector = world.stage.area(place)
    return None if sector else 2.0 * math.sqrt(area)


def air_of(world: World, actor: str, place: str) -> float:
    """The multiplier of an actor's air support: what its friends fly for it, shared among all battles they fly for."""
    level = str(world.get(f"{actor}.air") or UNSET_WORDS["air"])
    if level == "none":
        return 1.0
    flier = world.get(f"{actor}.air_by")
    battles = sum(
        1
        for other in world.battles()
        if (fight := world.fight(other)) is not None
        and fight.attacker != fight.defender
        and flier in (world.get(f"{fight.attacker}.air_by"), world.get(f"{fight.defender}.air_by"))
    )
    effort = min(1.0, world.number("air.battles") / max(1, battles))
    if world.stage.ground.is_town(place):
        effort *= world.number("civilians.air")
    return 1.0 + (world.number(f"air.{level}") - 1.0) * effort


def odds(world: World, place: PlaceId, fight: Fight, ours: tuple[str, ...], theirs: tuple[str, ...]) -> float:
    """The effective ratio of attackers to defenders at a place today. The defender's air support counts against it."""
    return ratio_of(world, place, fight.attacker, fight.defender, ours, theirs, fight.fortune)


def ratio_of(
    world: World,
    place: PlaceId,
    attacker: str,
    defender: str,
    ours: tuple[str, ...],
    theirs: tuple[str, ...],
    fortune: float,
) -> float:
    """The effective ratio of some forces to others at a place, wherever the attackers stand now.

    Args:
        attacker, defender: the root actors whose air support and position count.
        fortune: what chance, or an error of judgement, adds to its logarithm.
    """
    return ratio_of_men(
        world, place, attacker, defender, strength(world, ours), _weighted(world, ours), theirs, fortune
    )


def ratio_of_men(
    world: World,
    place: PlaceId,
    attacker: str,
    defender: str,
    men: float,
    worth: tuple[float, float],
    theirs: tuple[str, ...],
    fortune: float,
) -> float:
    """The same of so many men of some quality and supply, who need not be a force yet."""
    quality_d, supply_d = _weighted(world, theirs)
    ground = world.stage.ground.places[place].ground
    terrain = ground.terrain if ground is not None else "open"
    position = world.stage.conduct(defender).position
    return effective_ratio(
        men,
        strength(world, theirs),
        attacker_quality=worth[0],
        defender_quality=quality_d * air_of(world, defender, place),
        air=air_of(world, attacker, place),
        position=world.number(f"position.{position}"),
        terrain=world.number(f"terrain.{terrain}"),
        attacker_supply=worth[1],
        defender_supply=supply_d,
        frontage_km=frontage(world, place),
        per_km=world.number("engaged_per_km"),
        fortune=fortune,
    )


def join_battle(world: World, force: str, place: PlaceId, number: int | None = None) -> Outcomes:
    """A force that has come to a place joins the battle of its friends there; without one, nothing happens.

    Args:
        number: how many of its men have come; None: all.
    """
    fight, actor = world.fight(place), world.root(force)
    men = world.men(force) if number is None else number
    if fight is None or not men:
        return
    came = world.last(f"{force}.place" if number is None else f"{force}.number")
    cause = world.by("one battle for allies", None, None, world.last(f"{battle_id(place)}.fight"), came)
    if world.friends(actor, fight.attacker) and world.hostile(actor, fight.defender):
        yield Outcome(BattleJoined(place, attackers=men), cause)
    elif world.friends(actor, fight.defender) and world.hostile(actor, fight.attacker):
        due = world.due("battle", world.evening(), place) if fight.broken else None
        yield Outcome(BattleJoined(place, defenders=men, due=due), cause)
