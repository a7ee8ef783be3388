"""Who stands in a place beside whom (R4): where two who are neither friends nor enemies do, it is mixed; who is left has it."""

from __future__ import annotations

from typing import Any

from situation.kernel import world_kernel
from situation.story.apply.bodies import root_of
from situation.story.apply.sides import first_of, how_many
from situation.story.apply.writer import bit, has
from situation.story.decide.draws import no_draw
from situation.story.decide.morning_happenings import leave_place, share_place
from situation.story.decide.near import garrison_at
from situation.story.decide.rows import NO_ODDS, RowCause, also, by
from situation.story.decide.sides import friends, holder, holders_of, hostile
from situation.story.world.reasons import Rule
from situation.story.world.words import Word

__all__ = ["shared_places", "when_gone"]


@world_kernel
def shared_places(w: Any, g: Any) -> None:
    """Each morning: places that have become mixed, and mixed or ringed ones that some of their holders have left."""
    for nth in range(1, len(g.places)):
        place = g.places[nth].ranked
        if not g.places[place].open and w.battles[place].attacker == 0:
            _who_stays(w, g, place)


@world_kernel
def _who_stays(w: Any, g: Any, place: int) -> None:
    """Those who stand in the ranks count; whoever hides does not, nor a friend beside the one who holds the place.

    While all of those stay who share a place by the record, it stays so until it changes hands.
    """
    status, held_by = w.places[place].status, holders_of(w, place)
    firm = status == Word.MIXED or status == Word.BESIEGED
    if not firm and (w.places[place].bodies_count < 2 or _bodies_at(w, place) < 2):
        return
    there, stay = _sides_at(w, place), 0
    for one in range(1, len(w.actors)):
        if has(held_by, one) and (has(there, one) or (firm and not _has_gone(w, g, place, one))):
            stay |= bit(one)
    if stay == 0 and firm and held_by != 0 and there == 0:
        leave_place(w, place, held_by, 0, by(w, Rule.NOBODY_LEFT, NO_ODDS, no_draw(), w.places[place].holder_by))
    elif (stay != 0 and status != Word.BESIEGED) or (stay == 0 and firm and held_by != 0):
        together = _side_by_side_with(w, g, place, stay)
        as_recorded = how_many(held_by) > 1 and held_by == stay and not w.places[place].shared
        if not as_recorded and together != held_by:
            share_place(w, place, together, _by_those_there(w, place))


@world_kernel
def when_gone(w: Any, g: Any, place: int, actor: int, to: int, parent: int) -> None:
    """A place whose holder has nobody left there is theirs who hold it with him, or who still stand in it; else nobody's.

    Args:
        to: where they have gone, if they were ordered there; 0: nobody says.
        parent: the row by which he has nobody left.
    """
    if holder(w, place, actor) != actor or w.battles[place].attacker != 0 or has(_sides_at(w, place), actor):
        return
    leave_place(w, place, bit(actor), to, by(w, Rule.NOBODY_LEFT, NO_ODDS, no_draw(), parent))
    if _bodies_at(w, place) != 0 and holders_of(w, place) == 0 and not g.places[place].open:
        share_place(w, place, _side_by_side_with(w, g, place, 0), _by_those_there(w, place))


@world_kernel
def _bodies_at(w: Any, place: int) -> int:
    """How many bodies at a place have men in their ranks."""
    count, there = 0, w.places[place]
    for index in range(there.bodies_count):
        if w.forces[there.bodies[index]].number > 0:
            count += 1
    return count


@world_kernel
def _sides_at(w: Any, place: int) -> int:
    """The sides of those bodies."""
    sides, there = 0, w.places[place]
    for index in range(there.bodies_count):
        if w.forces[there.bodies[index]].number > 0:
            sides |= bit(root_of(w, there.bodies[index]))
    return sides


@world_kernel
def _has_gone(w: Any, g: Any, place: int, actor: int) -> bool:
    """Whether an actor without men in the ranks at a place had some there in this story; else it holds it as the record says."""
    if g.stays[actor * len(g.places) + place].garrisoned or w.places[place].shared:
        return True
    garrison = garrison_at(w, place, actor)
    return garrison != 0 and bool(w.forces[garrison].musters > 0)


@world_kernel
def _side_by_side_with(w: Any, g: Any, place: int, stay: int) -> int:
    """Those who stay, but for the friends of one before; then each comer who is neither a friend nor an enemy of one before.

    Where those who stay have become enemies, they are face to face, and a battle decides.
    """
    together = 0
    for nth in range(1, len(g.actors)):
        one = g.actors[nth].ranked
        if has(stay, one) and not _any_friend(w, together, one):
            together |= bit(one)
    there = w.places[place]
    for index in range(there.bodies_count):
        if w.forces[there.bodies[index]].number > 0:
            one = root_of(w, there.bodies[index])
            if not _any_friend(w, together, one) and not _any_enemy(w, together, one):
                together |= bit(one)
    return together


@world_kernel
def _any_friend(w: Any, sides: int, actor: int) -> bool:
    while sides != 0:
        if friends(w, actor, first_of(sides)):
            return True
        sides &= sides - 1
    return False


@world_kernel
def _any_enemy(w: Any, sides: int, actor: int) -> bool:
    while sides != 0:
        if hostile(w, actor, first_of(sides)):
            return True
        sides &= sides - 1
    return False


@world_kernel
def _by_those_there(w: Any, place: int) -> RowCause:
    """The cause is who held the place, and how each body came to stand there."""
    there = w.places[place]
    cause = by(w, Rule.SIDE_BY_SIDE, NO_ODDS, no_draw(), there.holder_by)
    for index in range(there.bodies_count):
        body = w.forces[there.bodies[index]]
        if body.number > 0:
            cause = also(w, cause, body.place_by)
    return cause
