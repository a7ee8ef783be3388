"""Of a day's first steps: that it begins, agreements that begin and lapse, postures, and the wounded who return."""

from __future__ import annotations

from typing import Any

from situation.dates import DAY
from situation.kernel import world_kernel
from situation.rules.conduct import reverts_to_insurgency
from situation.story.apply.bodies import root_of
from situation.story.apply.standing import is_beside, others_hold
from situation.story.decide.calendar import today
from situation.story.decide.draws import NextDue, no_draw
from situation.story.decide.morning_happenings import (
    agreement_ends,
    ceasefire_starts,
    day_comes,
    goes_over_to,
    wounded_are_back,
)
from situation.story.decide.near import count_held
from situation.story.decide.rows import NO_ODDS, by, lay_part
from situation.story.decide.sides import enemy_holds
from situation.story.world.reasons import Rule
from situation.story.world.words import Word

__all__ = ["begin_day", "ceasefires_due", "lapsed_agreements", "postures_now", "wounded_return_now"]


@world_kernel
def begin_day(w: Any) -> None:
    """A new day: the next one, and today's councils, fall due."""
    now = w.story[0].now
    day_comes(w, today(w), NextDue(now + DAY, 0.0), NextDue(now, 0.0), by(w, Rule.CALENDAR, NO_ODDS, no_draw()))


@world_kernel
def lapsed_agreements(w: Any, g: Any) -> None:
    """The agreements whose last day has passed, where it still shows in how their parties stand to each other.

    The last one of two lapses on its day, and what it left is over once no other holds.
    """
    for nth in range(1, len(g.actors)):
        for mth in range(nth + 1, len(g.actors)):
            one, other = g.actors[nth].ranked, g.actors[mth].ranked
            if g.actors[one].armed and g.actors[other].armed:
                pair = _pair(w, min(one, other), max(one, other))
                for number in range(1, w.story[0].agreement_count + 1):
                    if is_beside(pair, number):
                        _lapses(w, min(one, other), max(one, other), number, pair.beside_by)
                now, last = w.story[0].now, pair.agreement
                if now <= w.agreements[last].until + DAY or not others_hold(w, pair, last, now):
                    _lapses(w, min(one, other), max(one, other), last, pair.agreement_by)


@world_kernel
def _lapses(w: Any, one: int, other: int, agreed: int, since: int) -> None:
    pair, back, terms = _pair(w, one, other), _pair(w, other, one), w.agreements[agreed]
    if agreed == 0 or not terms.has_term or w.story[0].now <= terms.until or pair.ended:
        return
    if pair.stance_before != 0 or back.stance_before != 0:
        agreement_ends(w, agreed, by(w, Rule.LAST_DAY_AGREED, NO_ODDS, no_draw(), since))


@world_kernel
def _pair(w: Any, one: int, other: int) -> Any:
    return w.relations[one * len(w.actors) + other]


@world_kernel
def ceasefires_due(w: Any, g: Any) -> None:
    """The ceasefires of which today is the first day, where they were agreed on before it."""
    for nth in range(1, len(g.actors)):
        for mth in range(nth + 1, len(g.actors)):
            one, other = g.actors[nth].ranked, g.actors[mth].ranked
            if g.actors[one].armed and g.actors[other].armed:
                for number in range(1, w.story[0].agreement_count + 1):
                    _begins(w, _pair(w, min(one, other), max(one, other)), number)


@world_kernel
def _begins(w: Any, pair: Any, number: int) -> None:
    terms, now = w.agreements[number], w.story[0].now
    first_day = terms.from_first and terms.since <= now < terms.since + DAY
    if (
        terms.kind == Word.CEASEFIRE
        and first_day
        and not pair.ended
        and (pair.agreement == number or is_beside(pair, number))
    ):
        since = pair.agreement_by if pair.agreement == number else pair.beside_by
        ceasefire_starts(w, number, by(w, Rule.FIRST_DAY_AGREED, NO_ODDS, no_draw(), since))


@world_kernel
def postures_now(w: Any, g: Any) -> None:
    """An actor that has lost most of what it held, or of its men, goes over to insurgency (R9)."""
    for nth in range(1, len(g.actors)):
        actor = g.actors[nth].ranked
        had, about = g.actors[actor].held, w.actors[actor]
        if not g.actors[actor].armed or about.posture == Word.INSURGENCY or had == 0:
            continue
        men, gone = about.started + about.arrived, about.killed + about.surrendered + about.left
        lost = max((had - count_held(w, g, actor)) / had, gone / men if men != 0 else 0.0)
        if reverts_to_insurgency(lost, threshold=w.n.insurgency_threshold):
            goes_over_to(w, actor, Word.INSURGENCY, by(w, Rule.POSTURE_POLICY, lost, no_draw(), about.posture_by))


@world_kernel
def wounded_return_now(w: Any, batch: int) -> None:
    """Of the wounded of one battle a share is fit again, and the others leave; where the place is lost, all leave."""
    about, share = w.batches[batch], w.n.wounded_returning
    for at in range(about.batch_first, about.batch_first + about.batch_count):
        force = w.wounds[at].force
        men = min(w.wounds[at].wounded, w.forces[force].wounded)
        if men != 0:
            back = 0 if _place_is_lost(w, force) else round(men * share)
            lay_part(w, force, back, men - back, 0.0)
    wounded_are_back(w, batch, by(w, Rule.WOUNDED_RETURNING, share, no_draw(), about.due_by))


@world_kernel
def _place_is_lost(w: Any, force: int) -> bool:
    """Whether an enemy holds the place where a body stands, and nobody fights for it."""
    place = w.forces[force].place
    return place != 0 and enemy_holds(w, place, root_of(w, force)) and bool(w.battles[place].attacker == 0)
