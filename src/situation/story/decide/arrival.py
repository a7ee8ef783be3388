"""Arrivals, rule R4: a force, or a column in flight, reaches its goal, joins a battle there, turns back or stays."""

from __future__ import annotations

from math import inf
from typing import Any

from situation.dates import DAY
from situation.kernel import world_kernel
from situation.story.apply.bodies import root_of
from situation.story.decide.battle_begins import before_the_enemy, begin_battle, join_fight
from situation.story.decide.bodies import THEIRS
from situation.story.decide.council_happenings import puts_off
from situation.story.decide.draws import falls_due, never, no_draw
from situation.story.decide.estimate import attack_begun, gives_hope, judged_attack
from situation.story.decide.happenings import FIT, gives_up
from situation.story.decide.march import WHOLE_LEG, begin_march, enemies_at
from situation.story.decide.march_happenings import arrives
from situation.story.decide.names import pool_at
from situation.story.decide.near import first_friend_after
from situation.story.decide.rows import NO_ODDS, by
from situation.story.decide.sides import enemy_holds, friend_holds, friends, holder, hostile
from situation.story.decide.way_back import begin_way_back, elsewhere
from situation.story.decide.ways import close_links, close_places, first_leg, is_ringed, shortest
from situation.story.world.reasons import Purpose, Rule
from situation.story.world.words import Word

__all__ = ["arrival_due"]


@world_kernel
def arrival_due(w: Any, g: Any, force: int) -> None:
    """A force reaches the place that it was bound for."""
    body, actor = w.forces[force], root_of(w, force)
    to, fight = body.to, w.battles[body.to]
    if body.kind == Word.COLUMN:
        _column_comes(w, g, force, actor, to)
        return
    if fight.attacker != 0:
        beside = friends(w, actor, fight.attacker) and hostile(w, actor, fight.defender)
        if not beside and not friends(w, actor, fight.defender):
            _turns_back(w, g, force, to)
        else:
            _comes(w, force, actor, to)
            join_fight(w, force, to, w.forces[force].number, w.forces[force].place_by)
        return
    there = holder(w, to, actor)
    if enemies_at(w, to, actor) or enemy_holds(w, to, actor):
        if body.resting > w.story[0].now:
            _turns_back(w, g, force, to)
        else:
            _meets_enemy(w, g, force, actor, to)
    elif there != 0 and not friends(w, actor, there):
        _turns_back(w, g, force, to)
    else:
        _comes(w, force, actor, to)
        if there == 0 and not g.places[to].open:
            begin_battle(w, g, to, actor, 0)


@world_kernel
def _comes(w: Any, force: int, actor: int, to: int) -> None:
    arrives(w, force, actor, to, 0, False, by(w, Rule.MARCHS_END, NO_ODDS, no_draw(), w.forces[force].due_by))


@world_kernel
def _turns_back(w: Any, g: Any, force: int, to: int) -> None:
    """A force whose goal is in hands that it may not fight goes back where it came from."""
    cause = by(w, Rule.IN_OTHER_HANDS, NO_ODDS, no_draw(), w.forces[force].due_by, w.places[to].holder_by)
    begin_way_back(w, g, force, to, elsewhere(w, g, force, to), 1.0, cause)


@world_kernel
def _meets_enemy(w: Any, g: Any, force: int, actor: int, to: int) -> None:
    """A force attacks with the friends who come within a day (R3), waits for those on the road, or goes back."""
    soon, there = w.story[0].now + DAY, holder(w, to, actor)
    judged = judged_attack(w, force, to, float(soon))
    if not gives_hope(w, judged.ratio):
        whole, joined = judged_attack(w, force, to, inf), first_friend_after(w, to, actor, soon)
        cause = by(w, Rule.ATTACK_HAS_HOPE, judged.ratio, judged.draw, w.forces[force].due_by)
        if joined != 0 and gives_hope(w, whole.ratio):
            puts_off(w, force, to, falls_due(w, Purpose.RANK_ARRIVAL, joined, w.forces[force].name), cause)
            return
        puts_off(w, force, to, never(), cause)
        begin_way_back(w, g, force, to, elsewhere(w, g, force, to), 1.0, cause)
        return
    foe = there if there != 0 and hostile(w, actor, there) else root_of(w, w.sides[THEIRS].bodies[0])
    _comes(w, force, actor, to)
    before_the_enemy(w, g, force, to, foe, attack_begun(w, force, judged, Rule.BEFORE_THE_ENEMY))


# -- columns in flight


@world_kernel
def _column_comes(w: Any, g: Any, force: int, actor: int, to: int) -> None:
    """A column joins its own garrison; on open ground, or where the enemy now stands, it goes into hiding.

    Soldiers who do not hide go on to the nearest place of their own side, where a way leads to one; else they give themselves
    up to an enemy who stands there.
    """
    hides = bool(g.places[to].open) or not friend_holds(w, to, actor)
    if hides and not w.actors[actor].hides:
        onward = _way_on(w, g, actor, to)
        if onward != 0:
            arrives(w, force, actor, to, 0, False, by(w, Rule.FLIGHTS_END, NO_ODDS, no_draw(), w.forces[force].due_by))
            begin_march(w, g, force, onward, WHOLE_LEG)
            return
        captor = holder(w, to, actor)
        if captor != 0 and hostile(w, actor, captor) and w.forces[force].number != 0:
            arrives(w, force, actor, to, 0, False, by(w, Rule.FLIGHTS_END, NO_ODDS, no_draw(), w.forces[force].due_by))
            cause = by(w, Rule.FLIGHTS_END, NO_ODDS, no_draw(), w.forces[force].place_by, w.places[to].holder_by)
            gives_up(w, force, w.forces[force].number, captor, FIT, cause)
            return
    garrison, men, fight = pool_at(w, to, actor), w.forces[force].number, w.battles[to]
    arrives(w, force, actor, to, garrison, hides, by(w, Rule.FLIGHTS_END, NO_ODDS, no_draw(), w.forces[force].due_by))
    if fight.attacker != 0 and not hides and fight.defender == actor:
        join_fight(w, garrison, to, men, w.forces[garrison].number_by)


@world_kernel
def _way_on(w: Any, g: Any, actor: int, here: int) -> int:
    """The next place on the way to the nearest of an actor's own side that is not ringed; 0 where no way leads to one."""
    close_places(w, g, actor, True)
    close_links(w, g, actor)
    shortest(g, here, 0)
    nearest, km = 0, inf
    for nth in range(1, len(g.places)):
        end = g.places[nth].ranked
        if end != here and g.marks[end].km < km and friend_holds(w, end, actor) and not is_ringed(w, g, end, actor):
            nearest, km = end, g.marks[end].km
    return first_leg(g, here, nearest) if nearest != 0 else 0
