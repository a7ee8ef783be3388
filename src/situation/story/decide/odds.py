"""The odds of a day's battle, rule R1: numbers, quality, air support, position, terrain and supply."""

from __future__ import annotations

import math
from typing import Any

from situation.chance.portable import exp, normal_quantile
from situation.kernel import world_kernel
from situation.rules import effective_ratio, supply_effect
from situation.story.apply.bodies import root_of
from situation.story.decide.bodies import men_of_side
from situation.story.decide.calendar import day_of, today
from situation.story.decide.draws import ONCE, number_part, uniform
from situation.story.world.reasons import Purpose
from situation.story.world.words import Word

__all__ = ["front_km", "odds_today", "ratio_between", "ratio_with_men", "supplied_weight"]


@world_kernel
def odds_today(w: Any, place: int, ours: Any, theirs: Any) -> float:
    """The effective ratio of attackers to defenders at a place today. The defender's air support counts against it."""
    fight = w.battles[place]
    return ratio_between(w, place, fight.attacker, fight.defender, ours, theirs, fight.fortune)


@world_kernel
def ratio_between(w: Any, place: int, attacker: int, defender: int, ours: Any, theirs: Any, fortune: float) -> float:
    """The effective ratio of some forces to others at a place, wherever the attackers stand now.

    Args:
        attacker, defender: the root actors whose air support and position count.
        fortune: what chance, or an error of judgement, adds to its logarithm.
    """
    return ratio_with_men(
        w, place, attacker, defender, float(men_of_side(w, ours)), _weighted(w, ours), theirs, fortune
    )


@world_kernel
def ratio_with_men(
    w: Any,
    place: int,
    attacker: int,
    defender: int,
    men: float,
    worth: tuple[float, float],
    theirs: Any,
    fortune: float,
) -> float:
    """The same of so many men of some quality and supply, who need not be a force yet."""
    quality_d, supply_d = _weighted(w, theirs)
    return effective_ratio(
        men,
        float(men_of_side(w, theirs)),
        attacker_quality=worth[0],
        defender_quality=quality_d * _air_of(w, defender, place),
        air=_air_of(w, attacker, place),
        position=w.numbers[w.actors[defender].position].value,
        terrain=w.numbers[w.places[place].terrain].value,
        attacker_supply=worth[1],
        defender_supply=supply_d,
        frontage_km=front_km(w, place),
        per_km=w.n.engaged_per_km,
        fortune=fortune,
    )


@world_kernel
def front_km(w: Any, place: int) -> float | None:
    """How wide the front before a place is, in km: twice the root of its built-up area; None for a sector to be swept."""
    ground = w.places[place]
    return None if ground.sector else 2.0 * math.sqrt(ground.area)


@world_kernel
def _weighted(w: Any, side: Any) -> tuple[float, float]:
    """Quality and supply of a side, each weighted by its forces' men."""
    men = quality = supply = 0.0
    for index in range(side.bodies_count):
        force = side.bodies[index]
        here, actor = w.forces[force].number, w.actors[root_of(w, force)]
        men += here
        quality += here * w.numbers[actor.quality].value * _own_quality(w, force)
        supply += here * supplied_weight(w, force)
    return (quality / men, supply / men) if men else (1.0, 1.0)


@world_kernel
def _own_quality(w: Any, force: int) -> float:
    """How much better or worse than its side's a force is, drawn once for as long as it lasts."""
    parent = w.forces[force].parent
    whole = w.forces[parent] if parent != 0 else w.forces[force]
    value = uniform(w, Purpose.FORCE_QUALITY, ONCE, whole.name, number_part(whole.musters))
    return exp(w.n.quality_own_sigma * normal_quantile(value))


@world_kernel
def supplied_weight(w: Any, force: int) -> float:
    """What supply leaves of a force's weight: from the day on which it was cut off, or began to live on its stock (R7)."""
    actor, since = w.actors[root_of(w, force)], w.forces[force].cut_since
    if since == 0 and actor.is_supplied:
        return 1.0
    if since == 0:
        since = day_of(w, w.story[0].branch)
    without = today(w) - since - w.numbers[actor.stock].value
    return supply_effect(max(0.0, without), floor=w.numbers[actor.supply_floor].value, decay=w.n.supply_decay)


@world_kernel
def _air_of(w: Any, actor: int, place: int) -> float:
    """The multiplier of an actor's air support: what its friends fly for it, shared among all battles they fly for."""
    level, flyer = w.actors[actor].air, w.actors[actor].flyer
    if level != Word.SOME and level != Word.DEDICATED:
        return 1.0
    battles = 0
    for other in range(1, len(w.places)):
        fight = w.battles[other]
        flown_for = flyer == w.actors[fight.attacker].flyer or flyer == w.actors[fight.defender].flyer
        if flown_for and fight.attacker != fight.defender:
            battles += 1
    effort: float = min(1.0, w.n.air_battles / max(1, battles))
    if w.places[place].town:
        effort *= w.n.civilians_air
    full: float = w.n.air_dedicated if level == Word.DEDICATED else w.n.air_some
    return 1.0 + (full - 1.0) * effort
