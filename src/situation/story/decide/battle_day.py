"""A day of a battle, rules R1 to R4, with talks (R13) where the defender is shut in: the fighting, and what comes of it."""

from __future__ import annotations

import math
from enum import IntEnum
from typing import Any

from situation.kernel import world_kernel
from situation.rules import (
    attack_has_hope,
    chance_over,
    cleared,
    evacuation_deal,
    leaving_rate,
    other_sides_odds,
    yields_as_a_whole,
)
from situation.story.decide.battle_begins import gone_through
from situation.story.decide.bodies import (
    OURS,
    THEIRS,
    attackers,
    defenders,
    largest_first,
    men_of_side,
    of_one_side,
    only_raiders,
)
from situation.story.decide.break_points import bears
from situation.story.decide.calendar import EVENING, at_hour, evening, today
from situation.story.decide.cost import lay_losses, losses_of_day, residual_today
from situation.story.decide.draws import (
    ONCE,
    NextDue,
    RowDraw,
    draw,
    four,
    no_draw,
    number_part,
)
from situation.story.decide.ending import call_off, fall, throw_back
from situation.story.decide.estimate import men_with_room
from situation.story.decide.happenings import battle_fought, breaks, enters, lifts_siege, rings
from situation.story.decide.near import friends_come, nearest_refuge, relief_comes
from situation.story.decide.odds import odds_today, supplied_weight
from situation.story.decide.retreat import beaten_leave, beaten_yield
from situation.story.decide.rows import NO_ODDS, by, by_rule
from situation.story.decide.search import pace_of
from situation.story.decide.sides import holder, hostile
from situation.story.decide.ways import encircled
from situation.story.world.reasons import Purpose, Rule, Term
from situation.story.world.words import Word

__all__ = ["DayVerdict", "fight_day"]


class DayVerdict(IntEnum):
    """What comes of a day."""

    GOES_ON = 0
    IS_OVER = 1
    PLACE_FALLS = 2
    DEFENDERS_LEAVE = 3
    DEFENDERS_YIELD = 4


@world_kernel
def fight_day(w: Any, g: Any, place: int) -> DayVerdict:
    """A day of fighting and clearing; at its end each side is held against its break point."""
    fight, ours, theirs = w.battles[place], w.sides[OURS], w.sides[THEIRS]
    empty = fight.attacker == fight.defender
    _take_sides(w, place, empty)
    if ours.bodies_count == 0 or (not empty and not hostile(w, fight.attacker, fight.defender)):
        call_off(w, g, place)
        return DayVerdict.IS_OVER
    _ring(w, g, place)
    if fight.broken and theirs.bodies_count == 0:
        fall(w, g, place)
        return DayVerdict.PLACE_FALLS
    if theirs.bodies_count > 0 and w.story[0].now != at_hour(w, today(w), EVENING):
        waits = by_rule(w, Rule.DAY_OF_FIGHTING, fight.fight_by)
        due = NextDue(evening(w), fight.due_rank)
        battle_fought(w, place, fight.cleared, due, False, 0.0, 0.0, w.story[0].parts_taken, waits)
        return DayVerdict.GOES_ON
    stand = fight.broken and theirs.bodies_count > 0 and encircled(w, g, place, fight.defender)
    return _judged(w, g, place, _fought(w, place, stand), stand)


@world_kernel
def _take_sides(w: Any, place: int, empty: bool) -> None:
    """Who fights; a place that nobody defends is only gone through."""
    fight, ours, theirs = w.battles[place], w.sides[OURS], w.sides[THEIRS]
    if empty:
        of_one_side(w, place, ours, fight.attacker, False)
        theirs.bodies_count = 0
    else:
        attackers(w, place, ours, fight.attacker, fight.defender)
        defenders(w, place, theirs, fight.attacker, fight.defender)


@world_kernel
def _ring(w: Any, g: Any, place: int) -> None:
    """The place is besieged as long as its defender has no way out."""
    fight = w.battles[place]
    enclosed, ringed = encircled(w, g, place, fight.defender), w.places[place].status == Word.BESIEGED
    if enclosed == ringed or fight.broken or holder(w, place, fight.defender) != fight.defender:
        return
    cause = by_rule(w, Rule.WAYS_OUT, fight.fight_by)
    if enclosed:
        rings(w, place, fight.attacker, fight.defender, cause)
    else:
        lifts_siege(w, place, fight.defender, fight.attacker, cause)
        enters(w, place, fight.attacker, fight.defender, cause)


@world_kernel
def _fought(w: Any, place: int, stand: bool) -> float:
    """R1, R2, R4: the day's odds, what it costs, and what is cleared.

    Args:
        stand: whether the last of a garrison that is shut in stand to the end, so that ground is won house by house.
    Returns: the odds; NaN where there was no defender.
    """
    fight, ours, theirs = w.battles[place], w.sides[OURS], w.sides[THEIRS]
    one, other = w.actors[fight.attacker].name, w.actors[fight.defender].name
    chance = four(w, Purpose.BATTLE_DAY, today(w), w.places[place].name, one, other)
    u, ratio, scatter_a, scatter_d = chance.values, math.nan, 0.0, 0.0
    split, fights = w.story[0].parts_taken, theirs.bodies_count > 0
    men_a, men_d = men_of_side(w, ours), men_of_side(w, theirs)
    if fights:
        ratio = odds_today(w, place, ours, theirs)
        scatter_a = residual_today(w, u[0], fight.scattered, fight.attacker_residual)
        scatter_d = residual_today(w, u[1], fight.scattered, fight.defender_residual)
        lost_a, lost_d = losses_of_day(w, place, men_a, men_d, ratio, scatter_a, scatter_d, (u[2], u[3]))
        lay_losses(w, ours, lost_a, Purpose.BATTLE_KILLED, place, Term.ATTACKER.value)
        split = w.story[0].part_count
        lay_losses(w, theirs, lost_d, Purpose.BATTLE_KILLED, place, Term.DEFENDER.value)
    rate = pace_of(w, place, w.n.clear_abandoned if fight.broken and not stand else w.n.clear_contested)
    done = fight.cleared + cleared(fight.area - fight.cleared, float(men_a), 1.0, rate)
    due = NextDue(evening(w), fight.due_rank)
    cause = by(w, Rule.ATTRITION, ratio, chance.draw, fight.fight_by)
    battle_fought(w, place, done, due, fights, scatter_a, scatter_d, split, cause)
    return ratio


@world_kernel
def _judged(w: Any, g: Any, place: int, ratio: float, stand: bool) -> DayVerdict:
    """Who has broken, who leaves, and whether the place has fallen. If both break on one day, the defender has held.

    The last who `stand` in a place that is shut in fight on as its defenders, and who is left of them gives himself up.
    """
    fight, ours, theirs = w.battles[place], w.sides[OURS], w.sides[THEIRS]
    fights = not math.isnan(ratio)
    odds = _odds_of_all(w, place, ratio) if fights else 1.0
    state = bears(w, g, place, ours, False, odds)
    if men_of_side(w, ours) < 1 or (fights and state.broken):
        broke = by(w, Rule.HAS_BROKEN, state.point if state.anyone else NO_ODDS, no_draw(), fight.fight_by)
        throw_back(w, g, place, broke)
        return DayVerdict.IS_OVER
    if fights and ratio > 0.0 and only_raiders(w, ours):
        rate = leaving_rate(1.0 / ratio, per_log_ratio=w.n.leaving_rate_delay)
        chance = draw(w, Purpose.BATTLE_RAIDERS_LEAVE, today(w), w.places[place].name, w.actors[fight.attacker].name)
        if chance.value < chance_over(rate):
            throw_back(w, g, place, by(w, Rule.LEAVING_RATE, chance_over(rate), chance, fight.fight_by))
            return DayVerdict.IS_OVER
    if fights and _is_hopeless(w, place, odds):
        throw_back(w, g, place, by(w, Rule.ATTACK_HAS_HOPE, odds, no_draw(), fight.fight_by))
        return DayVerdict.IS_OVER
    won = fight.cleared >= fight.area - 1e-9
    if fight.broken and won:
        fall(w, g, place)
        return DayVerdict.PLACE_FALLS
    if fight.broken and not stand:
        return DayVerdict.GOES_ON
    if won:
        cause = by(w, Rule.CLEARED, fight.area, no_draw(), fight.fight_by)
        breaks(w, place, fight.defender, Word.DRIVEN_OUT, gone_through(w, place, fight.attacker), cause)
        beaten_leave(w, g, place, True, False)
        return DayVerdict.DEFENDERS_LEAVE
    state = bears(w, g, place, theirs, True, other_sides_odds(odds))
    if not fights or not state.anyone or state.broken or men_of_side(w, theirs) == 0:
        cause = by(w, Rule.HAS_BROKEN, state.point if state.anyone else NO_ODDS, no_draw(), fight.fight_by)
        breaks(w, place, fight.defender, Word.LOSSES, gone_through(w, place, fight.attacker), cause)
        if stand:
            beaten_yield(w, place, cause)
            return DayVerdict.DEFENDERS_YIELD
        beaten_leave(w, g, place, True, False)
        return DayVerdict.DEFENDERS_LEAVE
    if encircled(w, g, place, fight.defender):
        return _shut_in(w, g, place, ratio)
    return _in_contact(w, g, place, ratio)


@world_kernel
def _odds_of_all(w: Any, place: int, ratio: float) -> float:
    """The odds with all attackers, also those who find no room to fight: what each side sees of the other (R3)."""
    return ratio * max(1.0, men_of_side(w, w.sides[OURS]) / men_with_room(w, place))


@world_kernel
def _is_hopeless(w: Any, place: int, odds: float) -> bool:
    """Whether an attack that is meant to hold ground is broken off: by R3, and where no friends are on the road to it."""
    if attack_has_hope(odds, least=w.n.hopeless_below) or only_raiders(w, w.sides[OURS]):
        return False
    return not friends_come(w, place, w.battles[place].attacker)


@world_kernel
def _shut_in(w: Any, g: Any, place: int, ratio: float) -> DayVerdict:
    """A garrison without a way out gives itself up as a whole (R5), or goes by a deal (R13).

    A deal lets those go who have somewhere to go; others give themselves up under it, but never to fewer than they are.
    """
    fight, foe = w.battles[place], w.battles[place].defender
    chance, odds_to_yield = _yield_draw(w, place), _yields(w, g, place, ratio)
    if chance.value < odds_to_yield:
        cause = by(w, Rule.YIELDS_AS_A_WHOLE, odds_to_yield, chance, fight.fight_by)
        breaks(w, place, foe, Word.YIELDED, gone_through(w, place, fight.attacker), cause)
        beaten_yield(w, place, cause)
        return DayVerdict.DEFENDERS_YIELD
    leaves, rate = (
        draw(w, Purpose.BATTLE_LEAVES, today(w), w.places[place].name, w.actors[foe].name),
        w.n.evacuation_rate,
    )
    dealt = nearest_refuge(w, g, place, foe) != 0 or men_of_side(w, w.sides[OURS]) >= men_of_side(w, w.sides[THEIRS])
    if dealt and evacuation_deal(leaves.value, encircled=True, rate=rate):
        cause = by(w, Rule.EVACUATION_DEAL, chance_over(rate), leaves, fight.fight_by)
        breaks(w, place, foe, Word.LEFT, gone_through(w, place, fight.attacker), cause)
        beaten_leave(w, g, place, False, True)
        return DayVerdict.DEFENDERS_LEAVE
    return DayVerdict.GOES_ON


@world_kernel
def _yield_draw(w: Any, place: int) -> RowDraw:
    """The one draw of a garrison that is shut in, however long it is."""
    largest = w.forces[largest_first(w, w.sides[THEIRS]).bodies[0]]
    foe = w.actors[w.battles[place].defender].name
    return draw(w, Purpose.GARRISON_YIELDS, ONCE, w.places[place].name, foe, number_part(largest.musters))


@world_kernel
def _yields(w: Any, g: Any, place: int, ratio: float) -> float:
    """R5: the chance that an encircled garrison gives itself up as a whole."""
    fight = w.battles[place]
    return yields_as_a_whole(
        ratio,
        supplied=supplied_weight(w, largest_first(w, w.sides[THEIRS]).bodies[0]) >= 1.0,
        relief=relief_comes(w, g, place, fight.defender),
        least=w.n.yields_above,
        chance=w.n.yields_feared if w.actors[fight.attacker].feared else w.n.yields,
    )


@world_kernel
def _in_contact(w: Any, g: Any, place: int, ratio: float) -> DayVerdict:
    """A defender with a way out leaves at a rate that grows with the odds (R3)."""
    fight, foe = w.battles[place], w.battles[place].defender
    posture = w.actors[foe].posture
    omega = w.n.leaving_rate_hold if posture == Word.HOLD or posture == Word.NOTHING else w.n.leaving_rate_delay
    rate = leaving_rate(ratio, per_log_ratio=omega) if ratio > 0.0 and math.isfinite(ratio) else 0.0
    chance = draw(w, Purpose.BATTLE_LEAVES, today(w), w.places[place].name, w.actors[foe].name)
    if chance.value >= chance_over(rate):
        return DayVerdict.GOES_ON
    cause = by(w, Rule.LEAVING_RATE, chance_over(rate), chance, fight.fight_by)
    breaks(w, place, foe, Word.LEFT, gone_through(w, place, fight.attacker), cause)
    beaten_leave(w, g, place, False, False)
    return DayVerdict.DEFENDERS_LEAVE
