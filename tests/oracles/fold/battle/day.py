"""Battles for places, day by day: rules R1 to R3, with clearing (R4) beside them and talks (R13) where encircled."""

from __future__ import annotations

import math

from attrs import evolve

from situation.chance.portable import normal_quantile
from situation.dates import DAY
from situation.events import (
    ActorId,
    BattleBegan,
    BattleDay,
    Besieged,
    DefenderBroke,
    Due,
    Entered,
    Fight,
    Loss,
    PlaceId,
    SiegeBroken,
)
from situation.log.cells import UNSET_WORDS, battle_id
from situation.log.entry import Ruled
from situation.rules import (
    attack_has_hope,
    chance_over,
    cleared,
    evacuation_deal,
    leaving_rate,
    other_sides_odds,
    passage_time,
    yields_as_a_whole,
)
from tests.oracles.fold.battle.break_points import endurance
from tests.oracles.fold.battle.casualties import share_losses
from tests.oracles.fold.battle.cost import battle_rates, cost_of_day, residual
from tests.oracles.fold.battle.ending import attack_fails, called_off, place_falls
from tests.oracles.fold.battle.odds import frontage, odds, strength
from tests.oracles.fold.battle.retreat import defenders_leave, defenders_yield, has_refuge, relief_near
from tests.oracles.fold.battle.search import clearing_rate
from tests.oracles.fold.march.supply import supply_of
from tests.oracles.fold.world import EVENING, Draw, Outcome, Outcomes, World

__all__ = ["battle_begins", "battle_day"]


def _attackers_at(world: World, place: str, fight: Fight) -> tuple[str, ...]:
    """Those who attack: field forces and raiders of the attacker's side, but none that rests."""
    return tuple(
        force
        for force in world.bodies(place)
        if world.get(f"{force}.kind") != "garrison"
        and not world.to_come(f"{force}.resting")
        and world.friends(world.root(force), fight.attacker)
        and world.hostile(world.root(force), fight.defender)
    )


def _defenders_at(world: World, place: str, fight: Fight) -> tuple[str, ...]:
    """Those who defend: all of the defender's side, but no friend of the attacker."""
    return world.side(
        place, lambda actor: world.friends(actor, fight.defender) and world.hostile(actor, fight.attacker)
    )


def battle_begins(world: World, place: PlaceId, attacker: ActorId, defender: ActorId | None) -> Outcomes:
    """A battle begins with its fortune drawn; a place that nobody defends is only gone through."""
    area, _ = world.stage.area(place)
    foe = defender or attacker
    fight = Fight(attacker, foe, world.day, 0, 0, 0.0, area, broken=True)
    ours = _attackers_at(world, place, fight) if defender else world.side(place, lambda one: one == attacker)
    theirs = _defenders_at(world, place, fight) if defender else ()
    chance, values = world.four("battle.begins", (place, attacker, foe))
    rate_a, rate_d = battle_rates(world, values)
    fight = Fight(
        attacker=attacker,
        defender=foe,
        began=world.day,
        attackers_start=sum(map(world.men, ours)),
        defenders_start=sum(map(world.men, theirs)),
        fortune=world.number("fortune_sigma") * normal_quantile(values[2]),
        area=area,
        attacker_rate=rate_a,
        defender_rate=rate_d,
        broken=not theirs,
    )
    due = world.due("battle", world.evening(), place) if theirs else _gone_through(world, place, fight)
    met = (world.last(f"{force}.number") for force in (*ours, *theirs))
    bears = endurance(world, place, theirs, defends=True)
    point, draw = (bears.point, bears.draw) if bears is not None else (None, chance)
    cause = world.by("R3 break_point", point, draw, world.last(f"{place}.status"), *met)
    yield Outcome(BattleBegan(place, fight, due), cause)


def battle_day(world: World, place: PlaceId) -> Outcomes:
    """A day of fighting and clearing; at its end each side is held against its break point."""
    fight = world.fight(place)
    assert fight is not None, f"there is no battle for {place}"
    empty = fight.attacker == fight.defender
    ours = world.side(place, lambda one: one == fight.attacker) if empty else _attackers_at(world, place, fight)
    theirs = () if empty else _defenders_at(world, place, fight)
    if not ours or (not empty and not world.hostile(fight.attacker, fight.defender)):
        yield from called_off(world, place, fight)
        return
    yield from _ring(world, place, fight)
    attackers, defenders = sum(map(world.men, ours)), sum(map(world.men, theirs))
    if fight.broken and not defenders:
        yield from place_falls(world, place, fight, ours, theirs)
        return
    stand = fight.broken and bool(theirs) and world.encircled(place, fight.defender)
    due = evolve(world.get(f"{battle_id(place)}.due"), minute=world.evening())
    if defenders and world.now != world.stage.at_hour(world.day, EVENING):
        cause = world.by("a day's fighting", None, None, world.last(f"{battle_id(place)}.fight"))
        yield Outcome(BattleDay(place, None, (), (), fight.cleared, due), cause)
        return
    chance, values = world.four("battle.day", (place, fight.attacker, fight.defender))
    ratio: float | None = None
    losses: tuple[tuple[Loss, ...], tuple[Loss, ...]] = ((), ())
    residuals: tuple[float, float] | None = None
    if defenders:
        ratio = odds(world, place, fight, ours, theirs)
        residuals = (
            residual(world, values[0], fight.attacker_residual),
            residual(world, values[1], fight.defender_residual),
        )
        lost_a, lost_d = cost_of_day(world, place, fight, attackers, defenders, ratio, residuals, values)
        losses = (
            share_losses(world, ours, lost_a, "battle.killed", place, "attacker"),
            share_losses(world, theirs, lost_d, "battle.killed", place, "defender"),
        )
    area = fight.area - fight.cleared
    rate = clearing_rate(world, place, "clear.abandoned" if fight.broken and not stand else "clear.contested")
    done = fight.cleared + cleared(area, strength(world, ours), 1.0, rate)
    cause = world.by("R2 attrition", ratio, chance, world.last(f"{battle_id(place)}.fight"))
    yield Outcome(BattleDay(place, ratio, *losses, cleared=done, due=due, residuals=residuals), cause)
    yield from _judged(world, place, ours, theirs, ratio, stand)


def _ring(world: World, place: PlaceId, fight: Fight) -> Outcomes:
    """The place is besieged as long as its defender has no way out."""
    enclosed = world.encircled(place, fight.defender)
    ringed = world.get(f"{place}.status") == "besieged"
    if enclosed == ringed or fight.broken or world.holder(place, fight.defender) != fight.defender:
        return
    cause = world.by("ways out", None, None, world.last(f"{battle_id(place)}.fight"))
    if enclosed:
        yield Outcome(Besieged(place, (fight.attacker,), fight.defender), cause)
    else:
        yield Outcome(SiegeBroken(place, (fight.defender,), fight.attacker), cause)
        yield Outcome(Entered(place, (fight.attacker,), fight.defender), cause)


def _gone_through(world: World, place: PlaceId, fight: Fight) -> Due:
    """R4: when the attacker will have gone through a place whose defender is gone, at the pace of an open road."""
    speed = world.vary("speed.unopposed", world.draw("battle.passage", (place, fight.attacker)))
    days = passage_time(fight.area, speed, least=world.number("passage_least"))
    return world.due("battle", world.after(days), place)


def _judged(
    world: World, place: PlaceId, ours: tuple[str, ...], theirs: tuple[str, ...], ratio: float | None, stand: bool
) -> Outcomes:
    """Who has broken, who leaves, and whether the place has fallen. If both break on one day, the defender has held.

    The last who `stand` in a place that is shut in fight on as its defenders, and who is left of them gives himself up.
    """
    fight = world.fight(place)
    assert fight is not None
    parent = world.last(f"{battle_id(place)}.fight")
    odds_now = 1.0 if ratio is None else _odds_of_all(world, place, ours, ratio)
    bears = endurance(world, place, ours, defends=False, odds=odds_now)
    wears_out = bears is not None and ratio is not None and bears.broken
    if sum(map(world.men, ours)) < 1 or wears_out:
        point = bears.point if bears is not None else None
        yield from attack_fails(world, place, fight, ours, world.by("R3 has_broken", point, None, parent))
        return
    leaves = _raiders_leave(world, place, fight, ours, ratio)
    if leaves is not None:
        yield from attack_fails(world, place, fight, ours, leaves)
        return
    hopeless = ratio is not None and not attack_has_hope(odds_now, least=world.number("hopeless_below"))
    if (
        hopeless
        and any(world.get(f"{force}.kind") != "raid" for force in ours)
        and not _friends_come(world, place, fight)
    ):
        yield from attack_fails(world, place, fight, ours, world.by("R3 attack_has_hope", odds_now, None, parent))
        return
    won = fight.cleared >= fight.area - 1e-9
    if fight.broken and won:
        yield from place_falls(world, place, fight, ours, theirs)
        return
    if fight.broken and not stand:
        return
    if won:
        cause = world.by("R4 cleared", fight.area, None, parent)
        yield Outcome(DefenderBroke(place, fight.defender, "driven out", _gone_through(world, place, fight)), cause)
        yield from defenders_leave(world, place, fight.attacker, theirs, stand=True)
        return
    yield from _defender(world, place, fight, ours, theirs, ratio, stand)


def _odds_of_all(world: World, place: PlaceId, ours: tuple[str, ...], ratio: float) -> float:
    """The odds with all attackers, also those who find no room to fight: what each side sees of the other (R3)."""
    front = frontage(world, place)
    room = math.inf if front is None else world.number("engaged_per_km") * front
    return ratio * max(1.0, sum(map(world.men, ours)) / room)


def _friends_come(world: World, place: PlaceId, fight: Fight) -> bool:
    """Whether a field force of the attacker's side comes to a place within a day."""
    return any(
        world.get(f"{force}.to") == place
        and world.get(f"{force}.due").minute <= world.now + DAY
        and world.men(force)
        and world.friends(fight.attacker, world.root(force))
        for force in world.get("story.fields") or ()
    )


def _raiders_leave(
    world: World, place: PlaceId, fight: Fight, ours: tuple[str, ...], ratio: float | None
) -> Ruled | None:
    """Why raiders break off today, or None: they strike and go, at the rate at which a delaying force leaves (R3)."""
    if ratio is None or ratio <= 0.0 or any(world.get(f"{force}.kind") != "raid" for force in ours):
        return None
    rate = leaving_rate(1.0 / ratio, per_log_ratio=world.number("leaving_rate.delay"))
    draw = world.draw("battle.raiders_leave", (place, fight.attacker))
    if draw.value >= chance_over(rate):
        return None
    return world.by("R3 leaving_rate", chance_over(rate), draw, world.last(f"{battle_id(place)}.fight"))


def _defender(
    world: World,
    place: PlaceId,
    fight: Fight,
    ours: tuple[str, ...],
    theirs: tuple[str, ...],
    ratio: float | None,
    stand: bool = False,
) -> Outcomes:
    """Whether the defender gives up: by losses, by leaving in contact (R3), or by a deal (R13).

    A deal lets those go who have somewhere to go; others give themselves up under it, but never to fewer than they are.
    """
    parent = world.last(f"{battle_id(place)}.fight")
    foe, through = fight.defender, _gone_through(world, place, fight)
    odds_now = 1.0 if ratio is None else _odds_of_all(world, place, ours, ratio)
    bears = endurance(world, place, theirs, defends=True, odds=other_sides_odds(odds_now))
    if ratio is None or bears is None or bears.broken or not any(map(world.men, theirs)):
        cause = world.by("R3 has_broken", bears.point if bears is not None else None, None, parent)
        yield Outcome(DefenderBroke(place, foe, "losses", through), cause)
        if stand:
            yield from defenders_yield(world, place, fight.attacker, theirs, cause)
            return
        yield from defenders_leave(world, place, fight.attacker, theirs, stand=True)
        return
    enclosed = world.encircled(place, foe)
    draw = world.draw("battle.leaves", (place, foe))
    if enclosed:
        odds_to_yield, chance = _yields(world, place, fight, theirs, ratio)
        if chance.value < odds_to_yield:
            cause = world.by("R5 yields_as_a_whole", odds_to_yield, chance, parent)
            yield Outcome(DefenderBroke(place, foe, "yielded", through), cause)
            yield from defenders_yield(world, place, fight.attacker, theirs, cause)
            return
        rate = world.number("evacuation_rate")
        dealt = has_refuge(world, place, foe) or sum(map(world.men, ours)) >= sum(map(world.men, theirs))
        if dealt and evacuation_deal(draw.value, encircled=True, rate=rate):
            cause = world.by("R13 evacuation_deal", chance_over(rate), draw, parent)
            yield Outcome(DefenderBroke(place, foe, "left", through), cause)
            yield from defenders_leave(world, place, fight.attacker, theirs, stand=False, agreed=True)
        return
    posture = str(world.get(f"{foe}.posture") or UNSET_WORDS["posture"])
    omega = world.number("leaving_rate.hold" if posture == "hold" else "leaving_rate.delay")
    rate = leaving_rate(ratio, per_log_ratio=omega) if ratio > 0.0 and math.isfinite(ratio) else 0.0
    if draw.value < chance_over(rate):
        yield Outcome(
            DefenderBroke(place, foe, "left", through), world.by("R3 leaving_rate", chance_over(rate), draw, parent)
        )
        yield from defenders_leave(world, place, fight.attacker, theirs, stand=False)


def _yields(world: World, place: PlaceId, fight: Fight, theirs: tuple[str, ...], ratio: float) -> tuple[float, Draw]:
    """R5: the chance that an encircled garrison gives itself up as a whole, and its one draw, however long it is shut in."""
    largest = max(theirs, key=world.men)
    draw = world.draw("garrison.yields", (place, fight.defender, int(world.get(f"{largest}.musters") or 0)), 0)
    feared = world.stage.conduct(fight.attacker).surrender_to == "surrender.feared"
    chance = yields_as_a_whole(
        ratio,
        supplied=supply_of(world, largest) >= 1.0,
        relief=relief_near(world, place, fight.defender),
        least=world.number("yields_above"),
        chance=world.number("yields.feared" if feared else "yields"),
    )
    return chance, draw
