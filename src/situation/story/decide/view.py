"""What an actor sees when it decides: its own forces and the ground, but neither chance nor what others mean to do."""

from __future__ import annotations

from math import inf
from typing import Any, Final

from situation.kernel import world_kernel
from situation.rules import goes_over_to_defence
from situation.story.apply.bodies import root_of
from situation.story.decide.estimate import gives_hope, judged_attack, judged_attacker
from situation.story.decide.near import garrison_at, leads_to_refuge, neighbours
from situation.story.decide.sides import friend_holds, holder, hostile
from situation.story.decide.ways import is_shut
from situation.story.world.words import Word

__all__ = [
    "NEVER",
    "TURNS",
    "anyone_free",
    "doctrine_followed",
    "force_of_plan",
    "forces_in_plan",
    "garrison_in_turn",
    "happens_at_all",
    "is_free",
    "is_hopeless",
    "is_on",
    "is_sealed",
    "is_threatened",
    "link_is_ours",
    "may_take",
    "note_forces",
    "note_free",
    "note_members",
    "only_way_out",
    "posture_of",
    "turn_of_goal",
]

TURNS: Final = 16
NEVER: Final = TURNS
"""How many turns there are in which a force can go for its goals; and when it goes for one that it does not want."""
_OTHER_AXIS, _ANOTHER_COLUMNS, _NOT_DETACHED_FOR = 2, 4, 8
"""So many turns later a force goes for a goal on another axis, one that another column has, one that it was not detached for."""


@world_kernel
def happens_at_all(w: Any, g: Any, plan: int) -> bool:
    """Whether what a plan hangs on, if anything, has not failed to come."""
    given = w.givens[g.plans[plan].given]
    return bool(g.plans[plan].given == 0 or given.fired_by == 0 or given.fired)


@world_kernel
def is_on(w: Any, g: Any, plan: int) -> bool:
    """Whether a plan happens, and does not rest."""
    return happens_at_all(w, g, plan) and bool(w.plans[plan].paused_until <= w.story[0].now)


@world_kernel
def doctrine_followed(w: Any, g: Any, plan: int) -> int:
    """The number of the doctrine that a plan follows now."""
    switched_to: int = w.plans[plan].doctrine
    return switched_to if switched_to != 0 else int(g.plans[plan].doctrine)


@world_kernel
def forces_in_plan(w: Any, g: Any, plan: int) -> int:
    """How many forces a plan has, with the columns that were detached from them."""
    count: int = g.plans[plan].last_force - g.plans[plan].first_force + w.plans[plan].columns_count
    return count


@world_kernel
def force_of_plan(w: Any, g: Any, plan: int, nth: int) -> int:
    """The n-th of them, from 0 on; the columns come last."""
    at = g.plans[plan].first_force + nth
    if at < g.plans[plan].last_force:
        return int(g.members[at].force)
    return int(w.plans[plan].columns[at - g.plans[plan].last_force])


@world_kernel
def note_forces(w: Any, g: Any) -> None:
    """Note the bodies that plans have, and which can take orders."""
    note_members(w, g)
    for plan in range(1, len(g.plans)):
        note_free(w, g, plan)


@world_kernel
def note_members(w: Any, g: Any) -> None:
    """Note the bodies that plans have, once they have come."""
    for at in range(1, len(g.members)):
        member = g.members[at]
        if member.force == 0 or w.forces[member.force].name != member.name:
            member.force = 0
            for nth in range(1, w.story[0].bodies + 1):
                if w.forces[w.forces[nth].came].name == member.name:
                    member.force = w.forces[nth].came


@world_kernel
def note_free(w: Any, g: Any, plan: int) -> None:
    """Note where each body of a plan stands that can take an order now, and what plans that share it must not see of one
    another."""
    for nth in range(forces_in_plan(w, g, plan)):
        force = force_of_plan(w, g, plan, nth)
        body = w.forces[force]
        body.free = body.place if is_free(w, force) else 0
        body.fit_at, body.put_off_before = body.at_rest if body.at_rest != 0 else body.at_start, body.put_off


@world_kernel
def is_free(w: Any, force: int) -> bool:
    """Whether a field force can take an order: it is not under way, resting or in battle, and has none.

    A force with too little left of what it began with attacks no more (R3): it stays where it stands.
    """
    body = w.forces[force]
    if body.number == 0 or body.place == 0 or body.resting > w.story[0].now:
        return False
    if w.battles[body.place].attacker != 0 or w.orders[body.order].due != 0:
        return False
    return not goes_over_to_defence(body.number, body.at_start, below=w.n.culminates_below)


@world_kernel
def anyone_free(w: Any, g: Any, plan: int) -> bool:
    """Whether any force of a plan can take an order."""
    free = False
    for nth in range(forces_in_plan(w, g, plan)):
        free = free or bool(w.forces[force_of_plan(w, g, plan, nth)].free != 0)
    return free


@world_kernel
def may_take(w: Any, place: int, actor: int) -> bool:
    """Whether a place is an enemy's, or nobody's."""
    there = holder(w, place, actor)
    return there == 0 or hostile(w, actor, there)


@world_kernel
def turn_of_goal(w: Any, g: Any, plan: int, force: int, at: int) -> int:
    """In which turn a force takes a goal, which stands in `goals`: the lowest first.

    First what a column was detached for, then its axis in its order, then the other axes; last, what another column of
    the plan was detached for.
    """
    goal, terms, body, turn = g.goals[at], g.plans[plan], w.forces[force], 0
    whole, axis = body.parent if body.parent != 0 else force, 0
    for member in range(terms.first_force, terms.last_force):
        if g.members[member].force == whole:
            axis = g.members[member].axis
    if body.goal != goal.place:
        turn += _NOT_DETACHED_FOR
    for nth in range(w.plans[plan].columns_count):
        column = w.plans[plan].columns[nth]
        if column != force and w.forces[column].number > 0 and w.forces[column].goal == goal.place:
            return turn + _ANOTHER_COLUMNS + (_OTHER_AXIS if axis == 0 or goal.axis != axis else 0)
    return turn + (_OTHER_AXIS if axis == 0 or goal.axis != axis else 0)


@world_kernel
def is_hopeless(w: Any, force: int, place: int) -> bool:
    """Whether an enemy stands at a place whom a force has no hope to beat, by its own estimate; the first is noted."""
    ratio, body = judged_attack(w, force, place, inf).ratio, w.forces[force]
    hopeless = not gives_hope(w, ratio)
    if hopeless and body.hopeless == 0:
        body.hopeless, body.hopeless_ratio = place, ratio
    return hopeless


@world_kernel
def garrison_in_turn(w: Any, g: Any, nth: int, actor: int) -> int:
    """The actor's garrison at the n-th place, with men in the ranks, where no battle is on; 0 where there is none."""
    place = g.places[nth].ranked
    garrison = garrison_at(w, place, actor)
    fit = garrison != 0 and w.forces[garrison].number > 0 and w.battles[place].attacker == 0
    return garrison if fit else 0


@world_kernel
def is_threatened(w: Any, g: Any, place: int, actor: int) -> bool:
    """Whether an enemy's field force that approaches a place can take it, by the estimate of those who hold it.

    It approaches the place that it is on its way to, and each next to where it stands. Who is no stronger is no threat.
    """
    for nth in range(1, w.story[0].bodies + 1):
        force = w.forces[nth].came
        body = w.forces[force]
        if body.kind == Word.FIELD and body.number > 0 and hostile(w, actor, root_of(w, force)):
            near = body.to == place or (body.place != 0 and neighbours(g, body.place, place))
            if near and judged_attacker(w, place, actor, force).ratio > 1.0:
                return True
    return False


@world_kernel
def only_way_out(w: Any, g: Any, place: int, actor: int) -> int:
    """The place at the end of the one open way from a place, which is not ringed; 0 where there is none, or more than one."""
    only, count = 0, 0
    for at in range(g.places[place].first, g.places[place].last):
        if leads_to_refuge(w, g, g.exits[at], actor):
            only, count = g.exits[at].to, count + 1
    return only if count == 1 else 0


@world_kernel
def posture_of(w: Any, actor: int) -> int:
    """The actor's posture; it holds where nothing is said."""
    posture: int = w.actors[actor].posture
    return posture if posture != 0 else Word.HOLD.value


@world_kernel
def link_is_ours(w: Any, g: Any, link: int, actor: int) -> bool:
    """Whether the actor or a friend holds an end of a link."""
    return friend_holds(w, g.links[link].one, actor) or friend_holds(w, g.links[link].other, actor)


@world_kernel
def is_sealed(w: Any, g: Any, link: int, actor: int) -> bool:
    """Whether a link is sealed against any of the actor's enemies."""
    sealed = False
    for other in range(1, len(g.actors)):
        sealed = sealed or (bool(g.actors[other].armed) and hostile(w, actor, other) and is_shut(w, link, other))
    return sealed
