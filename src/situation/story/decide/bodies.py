"""The bodies of men that a mechanism has before it: those of a side at a place, in the order of coming, or the largest first."""

from __future__ import annotations

from typing import Any, Final

from situation.dates import DAY
from situation.kernel import world_kernel
from situation.rules import loss_after_rest
from situation.story.apply.bodies import root_of
from situation.story.apply.writer import Stop, stop
from situation.story.decide.sides import friends, hostile
from situation.story.world.tables import has_room
from situation.story.world.words import Word

__all__ = [
    "EVERYONE",
    "OURS",
    "THEIRS",
    "also_of_actor",
    "attackers",
    "defenders",
    "everyone_at",
    "largest_first",
    "list_enemies",
    "loss_counted",
    "men_of_side",
    "of_one_side",
    "only_raiders",
    "reaches",
]

OURS: Final = 0
THEIRS: Final = 1
_BY_SIZE: Final = 2
EVERYONE: Final = 3
"""The lists of bodies (`w.sides`): who attacks, who defends, one of these by size, and all at a place."""


@world_kernel
def _rests(w: Any, force: int) -> bool:
    """Whether a force rests, and does not fight."""
    return bool(w.forces[force].resting > w.story[0].now)


@world_kernel
def reaches(w: Any, side: Any, at: int) -> bool:
    """Whether a list goes as far as one at `at`, and its shares three further; a world in which it does not stops."""
    shares = has_room(side.shares, at + 3) and has_room(side.chances, at + 3) and has_room(side.counts, at + 3)
    if not shares or not has_room(side.bodies, at):
        stop(w, Stop.SIDE_FULL)
        return False
    return True


@world_kernel
def _add(w: Any, side: Any, force: int) -> None:
    if reaches(w, side, side.bodies_count):
        side.bodies[side.bodies_count] = force
        side.bodies_count = side.bodies_count + 1


@world_kernel
def attackers(w: Any, place: int, side: Any, attacker: int, defender: int) -> None:
    """Those who attack: field forces and raiders of the attacker's side, but none that rests."""
    there, side.bodies_count = w.places[place], 0
    for index in range(there.bodies_count):
        force = there.bodies[index]
        body, actor = w.forces[force], root_of(w, force)
        ready = body.number > 0 and body.kind != Word.GARRISON and not _rests(w, force)
        if ready and friends(w, actor, attacker) and hostile(w, actor, defender):
            _add(w, side, force)


@world_kernel
def defenders(w: Any, place: int, side: Any, attacker: int, defender: int) -> None:
    """Those who defend: all of the defender's side, but no friend of the attacker."""
    there, side.bodies_count = w.places[place], 0
    for index in range(there.bodies_count):
        force = there.bodies[index]
        actor = root_of(w, force)
        if w.forces[force].number > 0 and friends(w, actor, defender) and hostile(w, actor, attacker):
            _add(w, side, force)


@world_kernel
def of_one_side(w: Any, place: int, side: Any, actor: int, friends_too: bool) -> None:
    """Those of one actor, or of its friends too."""
    there, side.bodies_count = w.places[place], 0
    for index in range(there.bodies_count):
        force = there.bodies[index]
        root = root_of(w, force)
        if w.forces[force].number > 0 and (root == actor or (friends_too and friends(w, root, actor))):
            _add(w, side, force)


@world_kernel
def also_of_actor(w: Any, place: int, side: Any, actor: int) -> None:
    """Those of one actor at one more place."""
    there = w.places[place]
    for index in range(there.bodies_count):
        force = there.bodies[index]
        if w.forces[force].number > 0 and root_of(w, force) == actor:
            _add(w, side, force)


@world_kernel
def everyone_at(w: Any, place: int, but_theirs: bool) -> Any:
    """All bodies at a place, with men in their ranks or without; but for those who defend, where it is said so."""
    there, side = w.places[place], w.sides[EVERYONE]
    side.bodies_count = 0
    for index in range(there.bodies_count):
        if not but_theirs or not _among(w.sides[THEIRS], there.bodies[index]):
            _add(w, side, there.bodies[index])
    return side


@world_kernel
def _among(side: Any, force: int) -> bool:
    among = False
    for index in range(side.bodies_count):
        among = among or side.bodies[index] == force
    return among


@world_kernel
def list_enemies(w: Any, place: int, side: Any, actor: int) -> None:
    """Those at a place who are an actor's enemies."""
    there, side.bodies_count = w.places[place], 0
    for index in range(there.bodies_count):
        force = there.bodies[index]
        if w.forces[force].number > 0 and hostile(w, actor, root_of(w, force)):
            _add(w, side, force)


@world_kernel
def men_of_side(w: Any, side: Any) -> int:
    """The men in the ranks of some bodies."""
    men = 0
    for index in range(side.bodies_count):
        men += w.forces[side.bodies[index]].number
    return men


@world_kernel
def only_raiders(w: Any, side: Any) -> bool:
    """Whether all of some bodies are raiders, who strike and go."""
    only = True
    for index in range(side.bodies_count):
        only = only and w.forces[side.bodies[index]].kind == Word.RAID
    return only


@world_kernel
def largest_first(w: Any, side: Any) -> Any:
    """The same bodies, the largest first, and of equal ones the first to come."""
    order = w.sides[_BY_SIZE]
    order.bodies_count = 0
    for index in range(side.bodies_count):
        force, at = side.bodies[index], order.bodies_count
        has_room(order.bodies, at)  # there is, where there was for the side: as Python the list grows with it
        while at > 0 and w.forces[order.bodies[at - 1]].number < w.forces[force].number:
            order.bodies[at] = order.bodies[at - 1]
            at -= 1
        order.bodies[at] = force
        order.bodies_count = order.bodies_count + 1
    return order


@world_kernel
def loss_counted(w: Any, force: int) -> float:
    """What a force has lost in persons, less what the days since have made good (R3); the day after a fight is no rest."""
    body = w.forces[force]
    if body.lost == 0.0 or body.fought == 0:
        return 0.0
    rested = max(0, (w.story[0].now - body.fought) // DAY - 1)
    return loss_after_rest(body.lost, float(rested), restored=w.n.rest_restores)
