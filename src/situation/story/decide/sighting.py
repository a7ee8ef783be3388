"""Columns seen coming: garrisons told to save themselves leave before contact by the odds (R3), each asked once a column."""

from __future__ import annotations

from math import inf
from typing import Any

from situation.kernel import world_kernel
from situation.rules import leaves_before_contact
from situation.story.apply.bodies import root_of
from situation.story.decide.calendar import today
from situation.story.decide.draws import draw, never
from situation.story.decide.estimate import judged_attacker
from situation.story.decide.happenings import breaks
from situation.story.decide.march_happenings import is_sighted
from situation.story.decide.near import can_leave, garrison_at
from situation.story.decide.retreat import leave_in_time
from situation.story.decide.rows import by
from situation.story.decide.side_by_side import when_gone
from situation.story.decide.sides import hostile
from situation.story.decide.view import posture_of
from situation.story.decide.ways import encircled
from situation.story.world.reasons import Purpose, Rule
from situation.story.world.words import Word

__all__ = ["columns_sighted", "seen_coming"]


@world_kernel
def columns_sighted(w: Any, g: Any) -> None:
    """Each garrison that a column is on the road to, and has newly come near, judges it, and may leave while a way is open.

    Only who is told to save himself leaves, and only before a column that he takes for the stronger.
    """
    for nth in range(1, w.story[0].bodies + 1):
        force = w.forces[nth].came
        body = w.forces[force]
        if body.kind == Word.FIELD and body.to != 0 and body.pace != 0 and body.number > 0:
            whole = max(1, body.due - body.set_out)
            seen_coming(w, g, force, body.leg * (body.due - w.story[0].now) / whole)


@world_kernel
def seen_coming(w: Any, g: Any, force: int, left: float) -> None:
    """The garrisons of the place that a column is bound for see it, if it is near and they have not seen it before.

    Those whom it passes by, or who stand behind that place, are not asked: it comes for them once it takes the road to them.

    Args:
        left: the km that it still has to go to the place that it is bound for.
    """
    to, far = w.forces[force].to, w.n.sighted_unwatched if _is_unwatched(w, g, force) else w.n.sighted
    if left > far:
        return
    there = w.places[to]
    for index in range(there.bodies_count):
        garrison = there.bodies[index]
        if _is_new_to(w, force, garrison, to):
            _seen(w, g, force, garrison, to, left)


@world_kernel
def _is_unwatched(w: Any, g: Any, force: int) -> bool:
    """Whether a column comes by surprise: on a leg where every way is a track of the kind that columns cross lightly."""
    body, ways, light = w.forces[force], 0, 0
    for at in range(g.places[body.origin].first, g.places[body.origin].last):
        if g.exits[at].to == body.to:
            ways += 1
            light += 1 if g.links[g.exits[at].link].light else 0
    return bool(body.pace != 0) and ways > 0 and light == ways


@world_kernel
def _is_new_to(w: Any, force: int, garrison: int, place: int) -> bool:
    """Whether a body at a place is a garrison with men in its ranks, of the column's enemies, that has not seen it."""
    body, actor, new = w.forces[force], root_of(w, garrison), True
    if w.forces[garrison].number == 0 or garrison_at(w, place, actor) != garrison:
        return False
    for index in range(body.sighted_count):
        new = new and body.sighted[index] != (actor << 16) | place
    return new and hostile(w, actor, root_of(w, force))


@world_kernel
def _seen(w: Any, g: Any, force: int, garrison: int, place: int, km: float) -> None:
    """A garrison sees a column, and leaves or stays."""
    actor = root_of(w, garrison)
    judged = judged_attacker(w, place, actor, force)
    ratio = judged.ratio if judged.ratio != inf else 0.0
    cause = by(w, Rule.SIGHTED, ratio, judged.draw, w.forces[force].to_by, w.forces[garrison].number_by)
    is_sighted(w, force, actor, place, km, cause)
    posture = posture_of(w, actor)
    if posture == Word.HOLD or encircled(w, g, place, actor) or w.battles[place].attacker != 0:
        return
    if posture == Word.DELAY and not can_leave(w, g, place, actor):
        return
    odds = leaves_before_contact(ratio, chance=w.n.leave_before_contact)
    chance = draw(w, Purpose.GARRISON_LEAVES, today(w), w.forces[garrison].name, w.forces[force].name)
    if chance.value >= odds:
        return
    cause = by(w, Rule.LEAVES_BEFORE_CONTACT, odds, chance, w.forces[force].sighted_by)
    breaks(w, place, actor, Word.BEFORE_CONTACT, never(), cause)
    leave_in_time(w, g, place, garrison, root_of(w, force), w.forces[garrison].number_by)
    when_gone(w, g, place, actor, 0, w.forces[garrison].number_by)
