"""Orders that fall due: they are carried out, or lapse where they no longer can be."""

from __future__ import annotations

from typing import Any

from situation.kernel import world_kernel
from situation.story.apply.bodies import root_of
from situation.story.apply.writer import has
from situation.story.decide.draws import no_draw
from situation.story.decide.happenings import goes_into_hiding
from situation.story.decide.march import WHOLE_LEG, begin_march
from situation.story.decide.march_happenings import is_carried_out, lapses, link_is_closed
from situation.story.decide.morning_happenings import goes_over_to, link_opens
from situation.story.decide.retreat import leave_as_column
from situation.story.decide.rows import NO_ODDS, by
from situation.story.decide.side_by_side import when_gone
from situation.story.decide.sides import friend_holds, friends, holder, hostile
from situation.story.decide.ways import is_open_to, link_between, marches_on
from situation.story.world.reasons import Hindrance, Rule
from situation.story.world.words import Word

__all__ = ["order_due"]


@world_kernel
def order_due(w: Any, g: Any, order: int, force: int) -> None:
    """An order is carried out, or lapses where it no longer can be."""
    about = w.orders[order]
    moves = about.verb == Word.MARCH or about.verb == Word.WITHDRAW or about.verb == Word.HIDE
    why = _hindrance(w, g, order, force) if moves else Hindrance.NOTHING
    if why != Hindrance.NOTHING:
        lapses(w, order, why, by(w, Rule.CHECKED_AGAIN, NO_ODDS, no_draw(), about.due_by))
    elif about.verb == Word.MARCH:
        terms, body = g.plans[about.plan], w.forces[force]
        begun = terms.first_leg != 0 and body.origin == 0
        begin_march(w, g, force, about.object, w.numbers[terms.first_leg].value if begun else WHOLE_LEG)
    elif moves:
        _gives_way(w, g, order, force)
    elif about.verb == Word.POSTURE:
        cause = by(w, Rule.ORDER, NO_ODDS, no_draw(), about.due_by)
        is_carried_out(w, order, cause)
        goes_over_to(w, g.plans[about.plan].commander, about.object - len(g.places) - len(g.links), cause)
    else:
        _bars(w, g, order, about.object - len(g.places), g.plans[about.plan].commander)


@world_kernel
def _gives_way(w: Any, g: Any, order: int, force: int) -> None:
    """A garrison goes into hiding, or to a neighbouring place."""
    place, men, about = w.forces[force].place, w.forces[force].number, w.orders[order]
    given = about.due_by
    cause = by(w, Rule.ORDER, NO_ODDS, no_draw(), given)
    is_carried_out(w, order, cause)
    if about.verb == Word.HIDE:
        goes_into_hiding(w, force, place, men, cause)
    else:
        leave_as_column(w, g, place, force, about.object, men, given)
    when_gone(w, g, place, root_of(w, force), 0 if about.verb == Word.HIDE else about.object, given)


@world_kernel
def _hindrance(w: Any, g: Any, order: int, force: int) -> Hindrance:
    """Why a force can no longer carry out an order."""
    place, goal, verb = w.forces[force].place, w.orders[order].object, w.orders[order].verb
    if place == 0 or w.forces[force].number == 0:
        return Hindrance.GONE
    if w.battles[place].attacker != 0:
        return Hindrance.BATTLE
    if verb == Word.HIDE:
        return Hindrance.NOTHING
    actor = root_of(w, force)
    if link_between(g, place, goal) == 0:
        return Hindrance.NO_NEIGHBOUR
    if marches_on(w, g, place, goal, actor) == 0:
        return Hindrance.WAY_CLOSED
    if verb == Word.WITHDRAW:
        return Hindrance.NOTHING if _can_withdraw(w, g, place, goal, actor) else Hindrance.WAY_CLOSED
    there = holder(w, goal, actor)
    if there != 0 and not friends(w, actor, there) and not hostile(w, actor, there):
        return Hindrance.OTHER_HANDS
    return Hindrance.NOTHING


@world_kernel
def _can_withdraw(w: Any, g: Any, place: int, goal: int, actor: int) -> bool:
    """Whether a way out to a goal is open to an actor's men."""
    can = False
    for at in range(g.places[place].first, g.places[place].last):
        can = can or (g.exits[at].to == goal and is_open_to(w, g, g.exits[at], actor))
    return can


@world_kernel
def _bars(w: Any, g: Any, order: int, link: int, actor: int) -> None:
    """An order to close a link to every enemy, or to open what one's own side, or nobody by name, has closed (R7)."""
    about, ends = w.orders[order], g.links[link]
    closes = about.verb == Word.SEAL
    if closes and not friend_holds(w, ends.one, actor) and not friend_holds(w, ends.other, actor):
        lapses(w, order, Hindrance.HOLDS_NO_END, by(w, Rule.CHECKED_AGAIN, NO_ODDS, no_draw(), about.due_by))
        return
    cause = by(w, Rule.ORDER, NO_ODDS, no_draw(), about.due_by)
    is_carried_out(w, order, cause)
    for nth in range(1, len(g.actors)):
        other = g.actors[nth].ranked
        if g.actors[other].armed and hostile(w, actor, other):
            if closes:
                link_is_closed(w, link, other, actor, cause)
            elif _own_closed(w, link, other, actor):
                link_opens(w, link, other, cause)


@world_kernel
def _own_closed(w: Any, link: int, other: int, actor: int) -> bool:
    """Whether only an actor's own side, or nobody by name, has closed a link to another."""
    closed_by, own = w.ways[other * (len(w.ways) // len(w.actors)) + link].closed_by, True
    for one in range(1, len(w.actors)):
        own = own and (not has(closed_by, one) or friends(w, actor, one))
    return own
