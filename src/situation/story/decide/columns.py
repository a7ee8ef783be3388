"""Columns (R10): what a force can spare goes for a second objective at once, and joins it again where they meet."""

from __future__ import annotations

from math import inf
from typing import Any, Final, NamedTuple

from situation.kernel import world_kernel
from situation.rules import second_column
from situation.scenario.orders import DOCTRINE_NAMES, DOCTRINE_NEEDS
from situation.story.apply.bodies import root_of
from situation.story.decide.draws import no_draw
from situation.story.decide.estimate import gives_hope, judged_part, men_with_room
from situation.story.decide.holding import holding_of
from situation.story.decide.march_happenings import detaches, rejoins
from situation.story.decide.names import add_letter, add_name, begin_name, body_written
from situation.story.decide.plans import is_of_plan
from situation.story.decide.rows import NO_ODDS, also, by
from situation.story.decide.view import (
    NEVER,
    TURNS,
    doctrine_followed,
    force_of_plan,
    forces_in_plan,
    is_free,
    is_on,
    may_take,
    note_free,
    note_members,
    turn_of_goal,
)
from situation.story.decide.ways import next_leg
from situation.story.world.reasons import Rule

__all__ = ["columns_now"]

_GOES_FOR_GOALS: Final = (False, *("objectives" in DOCTRINE_NEEDS[name] for name in DOCTRINE_NAMES))
"""Of each doctrine by its number, whether it goes for objectives."""
_WITHOUT_AXES: Final = 2
"""So many of its objectives a plan without axes goes for at once."""
_TILDE: Final = 126


class _Spared(NamedTuple):
    """How many a force spares for a second objective, and at what odds by its own estimate; infinite where nobody stands."""

    number: int
    odds: float


@world_kernel
def columns_now(w: Any, g: Any) -> None:
    """Before the councils: columns that stand beside their force join it, and forces that can spare men divide."""
    note_members(w, g)
    for nth in range(1, len(g.plans)):
        plan = g.plans[nth].ranked
        doctrine = doctrine_followed(w, g, plan)
        if is_on(w, g, plan) and doctrine < len(_GOES_FOR_GOALS) and _GOES_FOR_GOALS[doctrine]:
            note_free(w, g, plan)
            _meet(w, g, plan)
            _part(w, g, plan)


@world_kernel
def _meet(w: Any, g: Any, plan: int) -> None:
    """A column whose errand is done joins the force that it came from, where it stands beside it.

    One that has wounded waits, for they come back to it.
    """
    actor = g.plans[plan].commander
    for nth in range(forces_in_plan(w, g, plan)):
        column = force_of_plan(w, g, plan, nth)
        body = w.forces[column]
        place, whole, goal = body.free, body.parent, body.goal
        if place == 0 or whole == 0 or body.wounded != 0:
            continue
        beside = w.forces[whole].free == place and is_of_plan(w, plan, whole)
        if beside and not (may_take(w, goal, actor) and next_leg(w, g, place, goal, actor) != 0):
            cause = by(w, Rule.COLUMNS_MEET, NO_ODDS, no_draw(), body.place_by, w.places[goal].holder_by)
            rejoins(w, whole, place, column, cause)


@world_kernel
def _part(w: Any, g: Any, plan: int) -> None:
    """Each force that can spare men sends them for one more objective; a column does not divide again.

    Who is on its first road already goes on as it is.
    """
    terms = g.plans[plan]
    for at in range(terms.first_force, terms.last_force):
        force = g.members[at].force
        begun = terms.first_leg != 0 and w.forces[force].origin == 0
        if is_free(w, force) and not begun:
            _divide(w, g, plan, force)


@world_kernel
def _divide(w: Any, g: Any, plan: int, force: int) -> None:
    """A force divides, if it can spare men for one of the objectives that another column can reach on another road."""
    terms, here, main, tried = g.plans[plan], w.forces[force].place, 0, 0
    _note_heads(w, g, plan, force)
    for turn in range(TURNS):
        for at in range(terms.first_goal, terms.last_goal):
            goal = g.goals[at]
            if goal.turn != turn or (tried == _WITHOUT_AXES and goal.axis == 0):
                continue
            leg, tried = next_leg(w, g, here, goal.place, terms.commander), tried + 1
            if main == 0:
                if leg == 0:
                    return
                main, goal.leg = goal.place, leg
            elif leg != 0 and not _is_road(g, plan, leg) and not _another_is_bound(w, g, plan, force, goal.place):
                goal.leg = leg
                if _goes_for(w, plan, force, main, goal.place):
                    return


@world_kernel
def _note_heads(w: Any, g: Any, plan: int, force: int) -> None:
    """Note in which turn a force goes for each objective that can still be taken: of each axis the first, without axes all."""
    terms, here = g.plans[plan], w.forces[force].place
    last_axis = 0
    for at in range(terms.first_goal, terms.last_goal):
        goal = g.goals[at]
        goal.turn, goal.leg = NEVER, 0
        head = goal.axis == 0 or goal.axis != last_axis
        if head and goal.place != here and may_take(w, goal.place, terms.commander):
            goal.turn, last_axis = turn_of_goal(w, g, plan, force, at), goal.axis


@world_kernel
def _is_road(g: Any, plan: int, leg: int) -> bool:
    """Whether one of the objectives that were found so far lies on the road that begins with a leg."""
    among = False
    for at in range(g.plans[plan].first_goal, g.plans[plan].last_goal):
        among = among or g.goals[at].leg == leg
    return among


@world_kernel
def _another_is_bound(w: Any, g: Any, plan: int, force: int, goal: int) -> bool:
    """Whether another force of a plan stands at an objective, is on its way to it, or was detached for it."""
    bound = False
    for nth in range(forces_in_plan(w, g, plan)):
        other = force_of_plan(w, g, plan, nth)
        body = w.forces[other]
        if other != force and body.number > 0:
            bound = bound or body.to == goal or body.place == goal or body.goal == goal
    return bound


@world_kernel
def _goes_for(w: Any, plan: int, force: int, main: int, second: int) -> bool:
    """Whether a force can spare men for a second objective, who go for it as a column of their own."""
    spared = _spared(w, force, main, second)
    if spared.number == 0:
        return False
    odds, held = spared.odds if spared.odds != inf else NO_ODDS, w.places[main].holder_by
    cause = by(w, Rule.SECOND_COLUMN, odds, no_draw(), w.forces[force].place_by, held)
    cause = also(w, cause, w.places[second].holder_by)
    begin_name(w)
    add_name(w, w.forces[force].name)
    add_letter(w, _TILDE)
    add_name(w, w.places[second].name)
    detaches(w, force, body_written(w), second, plan, spared.number, cause)
    return True


@world_kernel
def _spared(w: Any, force: int, main: int, second: int) -> _Spared:
    men, holding = w.forces[force].number, holding_of(w, root_of(w, force), second)
    room, needs = min(men_with_room(w, main), float(men)), _takes(w, force, main)
    number = second_column(men, needs=needs, second_needs=_takes(w, force, second), room=room)
    odds = judged_part(w, force, second, number)
    return _Spared(0 if number < holding or not gives_hope(w, odds) else number, odds)


@world_kernel
def _takes(w: Any, force: int, goal: int) -> float:
    """The men that an objective takes at some odds by a force's estimate, and no fewer than hold it afterwards."""
    men, holding = w.forces[force].number, holding_of(w, root_of(w, force), goal)
    odds, room, takes = judged_part(w, force, goal, men), men_with_room(w, goal), inf
    if odds == inf:
        return float(max(1.0, holding))
    if odds > 0.0:
        takes = w.n.second_column * min(float(men), room) / odds
    return float(max(1.0, holding, takes if takes <= room and odds > 0.0 else men + 1.0))  # more than there are
