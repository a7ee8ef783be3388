"""The morning's councils: every plan that is under way decides, and its orders fall due.

A doctrine from outside is plain Python, which no compiled kernel calls: a story that has one is simulated as Python (`outside`).
"""

from __future__ import annotations

from math import inf
from typing import Any, Final

from situation.dates import DAY
from situation.kernel import world_kernel
from situation.rules import chance_over, happens, must_pause
from situation.story.apply.bodies import root_of
from situation.story.decide.calendar import today
from situation.story.decide.council_happenings import council_ends, plan_rests, puts_off
from situation.story.decide.doctrines import follow
from situation.story.decide.draws import draw, never, varied
from situation.story.decide.estimate import error_about
from situation.story.decide.near import km_apart
from situation.story.decide.rows import NO_ODDS, by, by_rule, lay_part
from situation.story.decide.view import (
    anyone_free,
    doctrine_followed,
    force_of_plan,
    forces_in_plan,
    happens_at_all,
    is_on,
    note_forces,
)
from situation.story.world.reasons import Purpose, Rule
from situation.story.world.tables import number_at
from situation.story.world.words import Word

__all__ = ["councils_held"]

_PAUSE: Final = number_at("operational_pause")


@world_kernel
def councils_held(w: Any, g: Any) -> None:
    """Every plan decides on the same state, for what it is free to do is noted before any order is given."""
    note_forces(w, g)
    for nth in range(1, len(g.plans)):
        plan = g.plans[nth].ranked
        halts = _halts(w, g, plan)
        if _is_under_way(w, g, plan) and not halts and not _rests(w, g, plan):
            for at in range(forces_in_plan(w, g, plan)):
                w.forces[force_of_plan(w, g, plan, at)].hopeless = 0
            follow(w, g, plan, doctrine_followed(w, g, plan))
            _put_off(w, g, plan)
    council_ends(w, by_rule(w, Rule.CALENDAR, w.story[0].day_by))


@world_kernel
def _has_forces(g: Any, plan: int) -> bool:
    return bool(g.plans[plan].last_force > g.plans[plan].first_force)


@world_kernel
def _is_under_way(w: Any, g: Any, plan: int) -> bool:
    """Whether a plan happens, does not rest, and has a force that can take an order where it has any."""
    return is_on(w, g, plan) and (not _has_forces(g, plan) or anyone_free(w, g, plan))


@world_kernel
def _halts(w: Any, g: Any, plan: int) -> bool:
    """R10: an operation with forces may halt for reasons outside the theatre: no new orders, while battles and rings go on.

    One that waits for its date, or rests, may halt as well, and is so much later.
    """
    rate, waits = w.n.halt_rate, w.plans[plan].paused_until > w.story[0].now
    if rate == 0.0 or not _has_forces(g, plan) or not happens_at_all(w, g, plan) or (waits and _has_halted(w, plan)):
        return False
    if not waits and not anyone_free(w, g, plan):
        return False
    chance = draw(w, Purpose.PLAN_HALTS, today(w), w.plans[plan].name)
    if not happens(chance.value, rate):
        return False
    until = max(w.story[0].now, w.plans[plan].paused_until) + round(w.n.halt_days * DAY)
    cause = by(w, Rule.HALT, chance_over(rate), chance, w.plans[plan].paused_until_by)
    plan_rests(w, plan, until, Word.OUTSIDE, 0, cause)
    return True


@world_kernel
def _has_halted(w: Any, plan: int) -> bool:
    """Whether a plan is within such a halt: for so many days from its beginning, however long it waits after that."""
    since = w.plans[plan].paused_until_by
    halted = since > 0 and w.rows[since].word == Word.OUTSIDE
    return bool(halted and w.story[0].now < w.rows[since].minute + round(w.n.halt_days * DAY))


@world_kernel
def _rests(w: Any, g: Any, plan: int) -> bool:
    """R4: a plan whose forces are spent, too far from their hub, or where no way leads to from it, rests before it goes on."""
    here, fit, begun = 0, 0, 0
    for nth in range(forces_in_plan(w, g, plan)):
        body = w.forces[force_of_plan(w, g, plan, nth)]
        if body.number > 0 and body.place != 0:
            if w.battles[body.place].attacker != 0:
                return False
            here = body.place if here == 0 else here
            fit += body.number
            begun += body.fit_at
    if here == 0:
        return False
    share = min(1.0, fit / begun) if begun != 0 else 1.0
    hub = w.plans[plan].hub if w.plans[plan].hub != 0 else g.plans[plan].hub
    km = 0.0 if hub == 0 or hub == here else km_apart(g, hub, here)
    if km != inf and not must_pause(km, share, reach=w.n.reach, spent_below=w.n.spent_below):
        return False
    chance, spent = draw(w, Purpose.PLAN_RESTS, today(w), w.plans[plan].name), share < w.n.spent_below
    until = w.story[0].now + round(varied(w, _PAUSE, chance.value) * DAY)
    for nth in range(forces_in_plan(w, g, plan)):
        force = force_of_plan(w, g, plan, nth)
        if w.forces[force].number > 0 and w.forces[force].place != 0:
            lay_part(w, force, 0, 0, 0.0)
    cause = by(w, Rule.MUST_PAUSE, share if spent else km if km != inf else NO_ODDS, chance)
    plan_rests(w, plan, until, Word.SPENT if spent else Word.SUPPLY, here, cause)
    return True


@world_kernel
def _put_off(w: Any, g: Any, plan: int) -> None:
    """R3: what its forces found without hope, each place told once until the force marches."""
    for nth in range(forces_in_plan(w, g, plan)):
        force = force_of_plan(w, g, plan, nth)
        body = w.forces[force]
        if body.hopeless != 0 and body.put_off_before != body.hopeless:
            chance, held = error_about(w, body.hopeless, root_of(w, force)), w.places[body.hopeless].holder_by
            cause = by(w, Rule.ATTACK_HAS_HOPE, body.hopeless_ratio, chance, body.place_by, held)
            puts_off(w, force, body.hopeless, never(), cause)
