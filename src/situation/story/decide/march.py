"""Marches, rules R4 (advance) and R11 (rivers): how fast a leg is gone, and forces whose enemy has left their goal."""

from __future__ import annotations

from typing import Any, Final

from situation.dates import DAY
from situation.kernel import world_kernel
from situation.rules import advance_time, opposed_time, river_passage
from situation.story.apply.bodies import root_of
from situation.story.decide.calendar import after, today
from situation.story.decide.draws import SPEED_UNOPPOSED, draw, falls_due, uniform, varied
from situation.story.decide.march_happenings import quickens, sets_out
from situation.story.decide.rows import by
from situation.story.decide.sides import enemy_holds, hostile
from situation.story.decide.sighting import seen_coming
from situation.story.decide.ways import link_between, marches_on
from situation.story.world.reasons import Purpose, Rule
from situation.story.world.tables import number_at
from situation.story.world.words import Word

__all__ = ["WHOLE_LEG", "begin_march", "enemies_at", "freed_marches"]

_OPPOSED: Final = number_at("speed.opposed")
_LIGHT: Final = number_at("speed.light")
_BRIDGEHEAD: Final = number_at("bridgehead")
WHOLE_LEG: Final = -1.0
"""No part of a leg lies behind."""


@world_kernel
def enemies_at(w: Any, place: int, actor: int) -> bool:
    """Whether an enemy's body with men in its ranks stands at a place."""
    there, seen = w.places[place], False
    for index in range(there.bodies_count):
        force = there.bodies[index]
        seen = seen or (w.forces[force].number > 0 and hostile(w, actor, root_of(w, force)))
    return seen


@world_kernel
def _pace(w: Any, g: Any, actor: int, to: int, link: int) -> int:
    """The number that a leg's speed is drawn from, by who holds its end and stands there, and by the ground.

    `speed.opposed` holds for the last km before men who defend a place; up to there, and toward a place that is the
    enemy's though none of his men stand in it, a column goes at `speed.light`.
    """
    if not enemies_at(w, to, actor):
        return _LIGHT if enemy_holds(w, to, actor) else SPEED_UNOPPOSED
    return _LIGHT if g.links[link].light or g.places[to].open else _OPPOSED


@world_kernel
def begin_march(w: Any, g: Any, force: int, to: int, km: float) -> None:
    """A force sets out for a neighbouring place: its leg's speed is drawn, and with it the time of arrival. Garrisons may see it.

    Args:
        km: what is left of the leg, where part of it lies behind; `WHOLE_LEG`: all of it.
    """
    body, actor = w.forces[force], root_of(w, force)
    here, who, where, goal = body.place, body.name, w.places[body.place].name, w.places[to].name
    link = marches_on(w, g, here, to, actor)
    if link == 0:
        link = link_between(g, here, to)
    pace, speed = _pace(w, g, actor, to, link), draw(w, Purpose.MARCH_SPEED, today(w), who, where, goal)
    left = g.links[link].km if km == WHOLE_LEG else min(km, g.links[link].km)
    if pace == _OPPOSED:
        approach = varied(w, _LIGHT, uniform(w, Purpose.MARCH_APPROACH, today(w), who, where, goal))
        contact_speed = varied(w, pace, speed.value)
        days = opposed_time(left, contact=w.n.contact, approach_speed=approach, contact_speed=contact_speed)
        rule = Rule.OPPOSED_TIME
    else:
        days, rule = advance_time(left, varied(w, pace, speed.value)), Rule.ADVANCE_TIME
    if pace != SPEED_UNOPPOSED and g.links[link].water:
        bridgehead = varied(w, _BRIDGEHEAD, uniform(w, Purpose.MARCH_BRIDGEHEAD, today(w), who, where, goal))
        days = days + river_passage(bridge=False, bridgehead=bridgehead)
    due = falls_due(w, Purpose.RANK_ARRIVAL, after(w, days), who)
    afresh = w.story[0].now - body.since >= w.n.sighting_lapses * DAY
    cause = by(w, rule, days, speed, w.orders[body.order].due_by, body.place_by)
    sets_out(w, force, to, due, left, pace, afresh, body.order, cause)
    seen_coming(w, g, force, left)


@world_kernel
def freed_marches(w: Any, g: Any) -> None:
    """Forces whose enemy has left their goal go the rest of the leg at a freer pace; it is the share of the time left."""
    for nth in range(1, w.story[0].bodies + 1):
        force = w.forces[nth].came
        body = w.forces[force]
        if body.kind == Word.FIELD and body.to != 0 and body.pace != 0 and body.pace != SPEED_UNOPPOSED:
            link = link_between(g, body.origin, body.to)
            actor = root_of(w, force)
            if link != 0 and not enemies_at(w, body.to, actor):
                pace = _pace(w, g, actor, body.to, link)
                if pace != body.pace:
                    _quickened(w, force, pace)


@world_kernel
def _quickened(w: Any, force: int, pace: int) -> None:
    body, now = w.forces[force], w.story[0].now
    left = body.leg * (body.due - now) / (body.due - body.set_out)
    begun = (
        body.set_out + w.stage[0].origin - w.stage[0].first_day
    )  # the draw is of the minute at which the march began
    free = draw(w, Purpose.MARCH_FREE, begun, body.name, w.places[body.origin].name, w.places[body.to].name)
    days = advance_time(max(0.0, left), varied(w, pace, free.value))
    sooner = falls_due(w, Purpose.RANK_ARRIVAL, after(w, days), body.name)
    if sooner.minute < body.due:
        cause = by(w, Rule.ADVANCE_TIME, days, free, body.to_by, w.places[body.to].holder_by)
        quickens(w, force, sooner, cause)
