"""Doctrines: how an actor turns what it sees in the morning into orders.

A doctrine has no chance, no memory and no clock of its own: two mornings with the same picture bring the same orders.
"""

from __future__ import annotations

from enum import IntEnum
from math import inf
from typing import Any

from situation.kernel import world_kernel
from situation.scenario.orders import DOCTRINE_NAMES
from situation.story.decide.council_happenings import give_force, give_link, give_posture
from situation.story.decide.near import strangers_beside
from situation.story.decide.outside import follow_outside
from situation.story.decide.sides import holder
from situation.story.decide.view import (
    NEVER,
    TURNS,
    force_of_plan,
    forces_in_plan,
    garrison_in_turn,
    is_hopeless,
    is_sealed,
    is_threatened,
    link_is_ours,
    may_take,
    only_way_out,
    posture_of,
    turn_of_goal,
)
from situation.story.decide.ways import encircled, km_to, next_leg
from situation.story.world.words import Word

__all__ = ["follow"]


def _number(name: str) -> int:
    """The number of a doctrine in a world: they stand in the order of their names in scenarios."""
    return 1 + DOCTRINE_NAMES.index(name)


class _Doctrine(IntEnum):
    """The doctrines that kernels follow."""

    ADVANCE = _number("advance")
    HOLD = _number("hold")
    DELAY_AND_WITHDRAW = _number("delay and withdraw")
    RAID_AND_HIDE = _number("raid and hide")
    RACE = _number("race")
    AVOID_CONTACT = _number("avoid contact")
    SEAL_ROUTE = _number("seal route")
    OPEN_ROUTE = _number("open route")
    COORDINATE = _number("coordinate")


if unpaired := sorted({*DOCTRINE_NAMES} ^ {name.lower().replace("_", " ") for name in _Doctrine.__members__}):
    raise TypeError(f"A doctrine needs a name in scenario.orders and a number here: {', '.join(unpaired)}.")


@world_kernel
def follow(w: Any, g: Any, plan: int, doctrine: int) -> None:
    """Give the orders of a doctrine: a kernel's, or one from outside."""
    actor = g.plans[plan].commander
    if doctrine == _Doctrine.HOLD:
        if posture_of(w, actor) == Word.DELAY:
            give_posture(w, g, plan, doctrine, Word.HOLD)
    elif doctrine == _Doctrine.DELAY_AND_WITHDRAW:
        _delay_and_withdraw(w, g, plan, doctrine, actor)
    elif doctrine == _Doctrine.RAID_AND_HIDE:
        _raid_and_hide(w, g, plan, doctrine, actor)
    elif doctrine == _Doctrine.SEAL_ROUTE or doctrine == _Doctrine.OPEN_ROUTE:
        _bar(w, g, plan, doctrine, actor)
    elif (
        doctrine != _Doctrine.ADVANCE
        and doctrine != _Doctrine.RACE
        and doctrine != _Doctrine.AVOID_CONTACT
        and doctrine != _Doctrine.COORDINATE
    ):
        follow_outside(w, plan, doctrine)
    else:
        for nth in range(forces_in_plan(w, g, plan)):
            force = force_of_plan(w, g, plan, nth)
            if w.forces[force].free != 0:
                _choose(w, g, plan, doctrine, force, actor)
                races = doctrine == _Doctrine.RACE
                leg = _nearest_first(w, g, plan, force, actor) if races else _in_turn(w, g, plan, force, actor)
                if leg != 0:
                    give_force(w, plan, doctrine, force, Word.MARCH, leg)


# -- toward goals


@world_kernel
def _choose(w: Any, g: Any, plan: int, doctrine: int, force: int, actor: int) -> None:
    """Note in which turn a force goes for each goal that can still be taken.

    To coordinate across a border is to go first where a friend already fights for an objective; to avoid contact is to
    leave alone what lies beside the ground of someone who is neither friend nor enemy.
    """
    for at in range(g.plans[plan].first_goal, g.plans[plan].last_goal):
        goal = g.goals[at]
        place, goal.turn = goal.place, NEVER
        if may_take(w, place, actor) and not (
            doctrine == _Doctrine.AVOID_CONTACT and strangers_beside(w, g, place, actor)
        ):
            later = doctrine == _Doctrine.COORDINATE and w.battles[place].attacker == 0
            goal.turn = turn_of_goal(w, g, plan, force, at) + (1 if later else 0)


@world_kernel
def _leg_toward(w: Any, g: Any, force: int, goal: int, actor: int) -> int:
    """The next place on a force's way to a goal; 0 where there is none, or an enemy whom it has no hope to beat."""
    place = w.forces[force].place
    leg = next_leg(w, g, place, goal, actor) if goal != place else 0
    return 0 if leg == 0 or is_hopeless(w, force, leg) else leg


@world_kernel
def _in_turn(w: Any, g: Any, plan: int, force: int, actor: int) -> int:
    """A leg nearer to the first of a force's goals that can be reached.

    Where the next place on the way is an enemy's whom it has no hope to beat, it turns to its next goal, or waits.
    """
    for turn in range(TURNS):
        for at in range(g.plans[plan].first_goal, g.plans[plan].last_goal):
            if g.goals[at].turn == turn:
                leg = _leg_toward(w, g, force, g.goals[at].place, actor)
                if leg != 0:
                    return leg
    return 0


@world_kernel
def _nearest_first(w: Any, g: Any, plan: int, force: int, actor: int) -> int:
    """For wells, mines and crossings: a leg nearer to whichever of the goals is nearest, before others have it."""
    terms, here = g.plans[plan], w.forces[force].place
    for at in range(terms.first_goal, terms.last_goal):
        goal = g.goals[at]
        wanted = goal.turn != NEVER and goal.place != here
        goal.km = km_to(w, g, here, goal.place, actor) if wanted else inf
    for _ in range(terms.first_goal, terms.last_goal):
        nearest = terms.first_goal
        for at in range(terms.first_goal, terms.last_goal):
            if g.goals[at].km < g.goals[nearest].km:
                nearest = at
        if g.goals[nearest].km == inf:
            return 0
        g.goals[nearest].km = inf
        leg = _leg_toward(w, g, force, g.goals[nearest].place, actor)
        if leg != 0:
            return leg
    return 0


# -- garrisons, and links


@world_kernel
def _delay_and_withdraw(w: Any, g: Any, plan: int, doctrine: int, actor: int) -> None:
    """Give up ground for time: a garrison under threat leaves before its last way out is closed.

    A way that carries no more than a trickle, such as a track where every road is shut, draws no garrison off.
    """
    if posture_of(w, actor) == Word.HOLD:
        give_posture(w, g, plan, doctrine, Word.DELAY)
    for nth in range(1, len(g.places)):
        garrison, place = garrison_in_turn(w, g, nth, actor), g.places[nth].ranked
        if garrison != 0 and holder(w, place, actor) == actor and not encircled(w, g, place, actor):
            end = only_way_out(w, g, place, actor)
            if end != 0 and is_threatened(w, g, place, actor):
                give_force(w, plan, doctrine, garrison, Word.WITHDRAW, end)


@world_kernel
def _raid_and_hide(w: Any, g: Any, plan: int, doctrine: int, actor: int) -> None:
    """Hold no ground: small garrisons hide when an enemy comes, to strike behind him."""
    if posture_of(w, actor) != Word.INSURGENCY:
        give_posture(w, g, plan, doctrine, Word.INSURGENCY)
    for nth in range(1, len(g.places)):
        garrison, place = garrison_in_turn(w, g, nth, actor), g.places[nth].ranked
        if garrison != 0 and w.forces[garrison].number < w.n.garrison_small and is_threatened(w, g, place, actor):
            give_force(w, plan, doctrine, garrison, Word.HIDE, place)


@world_kernel
def _bar(w: Any, g: Any, plan: int, doctrine: int, actor: int) -> None:
    """Close a plan's links to fleeing enemies, where one stands at an end of them, or leave them open: a golden bridge."""
    for at in range(g.plans[plan].first_link, g.plans[plan].last_link):
        link, sealed = g.about[at].link, is_sealed(w, g, g.about[at].link, actor)
        if doctrine == _Doctrine.OPEN_ROUTE:
            if sealed:
                give_link(w, g, plan, doctrine, at, Word.OPEN)
        elif not sealed and link_is_ours(w, g, link, actor):
            give_link(w, g, plan, doctrine, at, Word.SEAL)
