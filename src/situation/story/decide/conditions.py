"""Whether the conditions of a scenario hold: times, and cells as fields. What is unset is read as in `scenario.conditions`."""

from __future__ import annotations

from typing import Any, NamedTuple

from situation.kernel import world_kernel
from situation.story.apply.writer import has
from situation.story.decide.near import garrison_at
from situation.story.decide.rows import RowCause, also
from situation.story.world.given import ConditionAbout
from situation.story.world.words import Word

__all__ = ["also_cells", "body_named", "hold_all"]


class _Reading(NamedTuple):
    """What a cell says, as a number, and what set it."""

    value: int
    by: int


@world_kernel
def hold_all(w: Any, first: int, last: int) -> bool:
    """Whether the conditions from one up to another hold."""
    hold = True
    for at in range(first, last):
        hold = hold and _holds(w, w.conditions[at])
    return hold


@world_kernel
def also_cells(w: Any, cause: RowCause, first: int, last: int) -> RowCause:
    """The cause that was made last, with what set the cells that conditions ask for."""
    for at in range(first, last):
        condition = w.conditions[at]
        if condition.what != ConditionAbout.AFTER and condition.what != ConditionAbout.MOMENT:
            cause = also(w, cause, _read(w, condition).by)
    return cause


@world_kernel
def _holds(w: Any, condition: Any) -> bool:
    now = w.story[0].now
    if condition.what == ConditionAbout.AFTER:
        return bool(now >= w.story[0].branch + condition.minute)
    if condition.what == ConditionAbout.MOMENT:
        return bool(now >= condition.minute)
    value = _read(w, condition).value
    if condition.has_equals and not _is(condition.what, value, condition.equals):
        return False
    if condition.has_differs and _is(condition.what, value, condition.differs):
        return False
    number = float(value) if condition.what >= ConditionAbout.KILLED else 0.0
    return bool(condition.above < number < condition.below)


@world_kernel
def _is(what: int, value: int, word: int) -> bool:
    """Whether a cell has a value; of several who hold a place together, whether it is one of them."""
    if what == ConditionAbout.HOLDER or what == ConditionAbout.BESIEGER:
        return has(value, word)
    return value == word


@world_kernel
def _read(w: Any, condition: Any) -> _Reading:
    what = condition.what
    if what <= ConditionAbout.STATUS:
        return _of_place(w, what, w.places[condition.place])
    if what == ConditionAbout.STANCE or what == ConditionAbout.RUNG:
        return _of_two(w, what, w.relations[condition.actor * len(w.actors) + condition.other])
    if what == ConditionAbout.FIRED:
        given = w.givens[condition.given]
        return _Reading((2 if given.fired else 1) if given.fired_by != 0 else 0, given.fired_by)
    if what == ConditionAbout.PAUSED_UNTIL:
        plan = w.plans[condition.plan]
        return _Reading(_minute(w, plan.paused_until), plan.paused_until_by)
    if what <= ConditionAbout.LEFT:
        return _of_actor(w, what, w.actors[condition.actor])
    force = body_named(w, condition.body) if condition.body != 0 else garrison_at(w, condition.place, condition.actor)
    return _of_body(w, what, w.forces[force])


@world_kernel
def _minute(w: Any, minute: int) -> int:
    """A minute as cells have it; 0 is none."""
    return minute + w.stage[0].origin if minute != 0 else 0


@world_kernel
def _word(word: int, unset: Word, by: int) -> _Reading:
    return _Reading(word if word != 0 else unset.value, by)


@world_kernel
def _of_place(w: Any, what: int, place: Any) -> _Reading:
    if what == ConditionAbout.HOLDER:
        return _Reading(place.holder, place.holder_by)
    if what == ConditionAbout.BESIEGER:
        return _Reading(place.besieger, place.besieger_by)
    return _word(place.status, Word.UNKNOWN, place.status_by)


@world_kernel
def _of_two(w: Any, what: int, relation: Any) -> _Reading:
    if what == ConditionAbout.STANCE:
        return _word(relation.stance, Word.NEUTRAL, relation.stance_by)
    return _Reading(relation.rung, relation.rung_by)


@world_kernel
def _of_actor(w: Any, what: int, actor: Any) -> _Reading:
    if what == ConditionAbout.POSTURE:
        return _word(actor.posture, Word.HOLD, actor.posture_by)
    if what == ConditionAbout.AIR:
        return _word(actor.air, Word.NONE, actor.air_by)
    if what == ConditionAbout.KILLED:
        return _Reading(actor.killed, actor.killed_by)
    if what == ConditionAbout.SURRENDERED:
        return _Reading(actor.surrendered, actor.surrendered_by)
    return _Reading(actor.left, actor.left_by)


@world_kernel
def _of_body(w: Any, what: int, body: Any) -> _Reading:
    if what == ConditionAbout.NUMBER:
        return _Reading(body.number, body.number_by)
    if what == ConditionAbout.WOUNDED:
        return _Reading(body.wounded, body.wounded_by)
    if what == ConditionAbout.HIDDEN:
        return _Reading(body.hidden, body.hidden_by)
    return _Reading(_minute(w, body.resting), body.resting_by)


@world_kernel
def body_named(w: Any, name: int) -> int:
    """The body of a name; 0 where there is none yet."""
    for force in range(1, w.story[0].bodies + 1):
        if w.forces[force].name == name:
            return force
    return 0
