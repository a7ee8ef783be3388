"""How a battle for a place begins (R1 to R3), when one that nobody defends is gone through (R4), and who joins later."""

from __future__ import annotations

from typing import Any

from situation.chance.portable import normal_quantile
from situation.kernel import world_kernel
from situation.rules import battle_rate, passage_time
from situation.story.apply.bodies import root_of
from situation.story.decide.attack_happenings import NewFight, battle_starts
from situation.story.decide.bodies import OURS, THEIRS, attackers, defenders, men_of_side, of_one_side
from situation.story.decide.break_points import bears
from situation.story.decide.calendar import after, evening, today
from situation.story.decide.draws import SPEED_UNOPPOSED, NextDue, draw, falls_due, four, never, varied
from situation.story.decide.happenings import enters
from situation.story.decide.march_happenings import joins_fight
from situation.story.decide.rows import NO_ODDS, RowCause, also, by, by_rule
from situation.story.decide.sides import friends, hostile
from situation.story.world.reasons import Purpose, Rule

__all__ = ["before_the_enemy", "begin_battle", "gone_through", "join_fight"]


@world_kernel
def begin_battle(w: Any, g: Any, place: int, attacker: int, defender: int) -> None:
    """A battle begins with its fortune drawn; a place that nobody defends (0) is only gone through."""
    ours, theirs, foe = w.sides[OURS], w.sides[THEIRS], defender if defender != 0 else attacker
    if defender != 0:
        attackers(w, place, ours, attacker, defender)
        defenders(w, place, theirs, attacker, defender)
    else:
        of_one_side(w, place, ours, attacker, False)
        theirs.bodies_count = 0
    chance = four(w, Purpose.BATTLE_BEGINS, today(w), w.places[place].name, w.actors[attacker].name, w.actors[foe].name)
    u = chance.values
    fight = NewFight(
        attacker,
        foe,
        men_of_side(w, ours),
        men_of_side(w, theirs),
        w.n.fortune_sigma * normal_quantile(u[2]),
        w.places[place].area,
        _rate(w, u[3], u[0]),
        _rate(w, u[3], u[1]),
    )
    due = gone_through(w, place, attacker)
    if theirs.bodies_count != 0:
        due = falls_due(w, Purpose.RANK_BATTLE, evening(w), w.places[place].name)
    state = bears(w, g, place, theirs, True, 1.0)
    point, of_chance = (state.point, state.draw) if state.anyone else (NO_ODDS, chance.draw)
    cause = by(w, Rule.BREAK_POINT, point, of_chance, w.places[place].status_by)
    battle_starts(w, place, fight, due, _who_met(w, _who_met(w, cause, ours), theirs))


@world_kernel
def _rate(w: Any, shared: float, own: float) -> float:
    """R2: what the battle costs a side a day at even odds: drawn once for both, and once for each."""
    sigma, own_sigma = w.n.attrition_shared_sigma, w.n.attrition_own_sigma
    return battle_rate(shared, own, median=w.n.attrition_rate, shared_sigma=sigma, own_sigma=own_sigma)


@world_kernel
def _who_met(w: Any, cause: RowCause, side: Any) -> RowCause:
    """The cause that was made last, with the strengths of some bodies as parents."""
    for index in range(side.bodies_count):
        cause = also(w, cause, w.forces[side.bodies[index]].number_by)
    return cause


@world_kernel
def gone_through(w: Any, place: int, attacker: int) -> NextDue:
    """R4: when the attacker will have gone through a place whose defender is gone, at the pace of an open road."""
    name = w.places[place].name
    speed = draw(w, Purpose.BATTLE_PASSAGE, today(w), name, w.actors[attacker].name)
    days = passage_time(w.places[place].area, varied(w, SPEED_UNOPPOSED, speed.value), least=w.n.passage_least)
    return falls_due(w, Purpose.RANK_BATTLE, after(w, days), name)


@world_kernel
def before_the_enemy(w: Any, g: Any, force: int, place: int, defender: int, cause: RowCause) -> None:
    """A force that stands where an enemy does has entered the place, and the battle for it begins."""
    enters(w, place, w.forces[force].actor, defender, cause)
    begin_battle(w, g, place, root_of(w, force), defender)


@world_kernel
def join_fight(w: Any, force: int, place: int, men: int, came: int) -> None:
    """Men who have come to a place join the battle of their friends there; without one, nothing happens.

    Args:
        came: the row by which they came.
    """
    fight, actor = w.battles[place], root_of(w, force)
    if fight.attacker == 0 or men == 0:
        return
    if friends(w, actor, fight.attacker) and hostile(w, actor, fight.defender):
        joins_fight(w, place, men, 0, never(), by_rule(w, Rule.ALLIES_BATTLE, fight.fight_by, came))
    elif friends(w, actor, fight.defender) and hostile(w, actor, fight.attacker):
        due = never()
        if fight.broken:
            due = falls_due(w, Purpose.RANK_BATTLE, evening(w), w.places[place].name)
        joins_fight(w, place, 0, men, due, by_rule(w, Rule.ALLIES_BATTLE, fight.fight_by, came))
