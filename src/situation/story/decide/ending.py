"""How a battle ends: the place falls and is garrisoned (R12, R10), the attack is thrown back, or it is called off."""

from __future__ import annotations

from typing import Any, Final, NamedTuple

from situation.chance.quantiles import binomial_quantile
from situation.dates import DAY
from situation.kernel import world_kernel
from situation.rules import garrison, tempo, wounded_return
from situation.story.apply.bodies import root_of
from situation.story.apply.writer import bit, has
from situation.story.decide.bodies import EVERYONE, OURS, THEIRS, everyone_at, largest_first
from situation.story.decide.calendar import after, evening, today
from situation.story.decide.council_happenings import plan_rests
from situation.story.decide.draws import (
    ATTACKER_PAUSE,
    NextDue,
    RowDraw,
    draw,
    falls_due,
    never,
    no_draw,
    varied,
)
from situation.story.decide.happenings import (
    FIT,
    WOUNDED,
    battle_over,
    dies,
    gives_up,
    goes_into_hiding,
    hands_over,
    lifts_siege,
    stays_behind,
    takes,
    throws_back,
)
from situation.story.decide.holding import holding_of
from situation.story.decide.names import add_digits, begin_name, passing_name
from situation.story.decide.plans import is_goal, is_of_plan, lay_forces
from situation.story.decide.retreat import leave_as_column
from situation.story.decide.rows import NO_ODDS, RowCause, by, by_rule, lay_part
from situation.story.decide.sides import friends, holder
from situation.story.decide.way_back import begin_way_back, safe_from
from situation.story.decide.ways import link_between
from situation.story.world.reasons import Purpose, Rule, Term
from situation.story.world.words import Word

__all__ = ["call_off", "fall", "throw_back"]


_PER_KM2: Final = 1000.0
"""Men bound by the search of a square km of built-up ground."""


class _ReturnPlan(NamedTuple):
    """When the wounded of a fight come back: the draw, the days, and what falls due."""

    draw: RowDraw
    days: float
    due: NextDue


@world_kernel
def _return_planned(w: Any, place: int) -> _ReturnPlan:
    chance = draw(w, Purpose.BATTLE_WOUNDED, today(w), w.places[place].name)
    days = wounded_return(chance.value, median=w.n.wounded_return, sigma=w.n.wounded_return_sigma)
    begin_name(w)
    add_digits(w, w.story[0].now + w.stage[0].origin)
    about = (Term.BATTLE_WOUNDED.value, w.places[place].name, passing_name(w))
    return _ReturnPlan(chance, days, falls_due(w, Purpose.RANK_RETURN, after(w, days), about[0], about[1], about[2]))


@world_kernel
def _over(w: Any, place: int, outcome: Word, who: Any) -> None:
    """The battle's end, with the wounded of each force listed, to come back one day."""
    plan, anyone = _return_planned(w, place), False
    for index in range(who.bodies_count):
        force = who.bodies[index]
        if w.forces[force].wounded != 0:
            lay_part(w, force, 0, w.forces[force].wounded, 0.0)
            anyone = True
    fought = w.battles[place].fight_by
    cause = by(w, Rule.WOUNDED_RETURN, plan.days if anyone else NO_ODDS, plan.draw, fought)
    battle_over(w, place, outcome, plan.due if anyone else never(), cause)


@world_kernel
def call_off(w: Any, g: Any, place: int) -> None:
    """Nobody attacks any more, or the two are no longer enemies."""
    fight, status = w.battles[place], w.places[place].status
    if holder(w, place, fight.defender) != 0 and (status == Word.CONTESTED or status == Word.BESIEGED):
        _held(w, g, place, by_rule(w, Rule.CALLED_OFF, fight.fight_by))
    _over(w, place, Word.CALLED_OFF, everyone_at(w, place, False))


@world_kernel
def _held(w: Any, g: Any, place: int, cause: RowCause) -> None:
    """The attack is thrown back, and with it a siege, if there was one."""
    fight = w.battles[place]
    there = holder(w, place, fight.defender)
    stays = there if there != 0 else fight.defender
    if has(w.places[place].besieger, fight.attacker):
        lifts_siege(w, place, stays, fight.attacker, cause)
    throws_back(w, place, stays, fight.attacker, cause)


@world_kernel
def throw_back(w: Any, g: Any, place: int, broke: RowCause) -> None:
    """The attacker has broken, or breaks off: it goes back and pauses (R3). The defender has held.

    Men whom garrisons near by had sent go back to them; raiders who had come out of hiding hide again. Soldiers who do not hide
    and have nowhere to go give themselves up.
    """
    fight, ours, fought = w.battles[place], w.sides[OURS], w.battles[place].fight_by
    everyone_at(w, place, False)
    if fight.attacker != fight.defender:
        _held(w, g, place, broke)
    _over(w, place, Word.THROWN_BACK, w.sides[EVERYONE])
    for index in range(ours.bodies_count):
        force = ours.bodies[index]
        if w.forces[force].kind == Word.RAID:
            home = safe_from(w, g, force, place) if w.forces[force].origin != 0 else place
            if w.forces[force].number != 0 and link_between(g, place, home) != 0:
                leave_as_column(w, g, place, force, home, w.forces[force].number, fought)
            elif w.forces[force].number != 0 and not w.actors[root_of(w, force)].hides:
                gives_up(w, force, w.forces[force].number, fight.defender, FIT, broke)
            elif w.forces[force].number != 0:
                goes_into_hiding(w, force, place, w.forces[force].number, broke)
        else:
            chance = draw(w, Purpose.ATTACK_PAUSE, today(w), w.forces[force].name, w.places[place].name)
            rest = varied(w, ATTACKER_PAUSE, chance.value)
            cause = by(w, Rule.ATTACKERS_PAUSE, rest, chance, fought)
            begin_way_back(w, g, force, place, safe_from(w, g, force, place), rest, cause)


@world_kernel
def fall(w: Any, g: Any, place: int) -> None:
    """The place is taken: who still stands is overrun; the largest of the takers holds it, and searches it from now on."""
    fight, ours, theirs, fought = w.battles[place], w.sides[OURS], w.sides[THEIRS], w.battles[place].fight_by
    everyone_at(w, place, True)
    against = 0 if fight.attacker == fight.defender else fight.defender
    for index in range(theirs.bodies_count):
        force = theirs.bodies[index]
        body = w.forces[force]
        if body.place == place and body.number != 0:
            _overrun(w, place, force, fought)
        if body.place == place and body.wounded != 0:
            gives_up(w, force, body.wounded, fight.attacker, WOUNDED, by_rule(w, Rule.FALL_OF_PLACE, fought))
    units, largest = 0, largest_first(w, ours).bodies[0]
    for index in range(ours.bodies_count):
        body = w.forces[ours.bodies[index]]
        if body.number != 0:
            units |= bit(body.actor)
    cause = by(w, Rule.PASSAGE_TIME, w.places[place].area, no_draw(), fought)
    taken = takes(w, place, units, w.forces[largest].actor, against, cause)
    _over(w, place, Word.TAKEN, w.sides[EVERYONE])
    _garrisoned(w, place, largest, taken)
    _regrouped(w, place, taken)
    _handed_over(w, place, largest, against, taken)


@world_kernel
def _overrun(w: Any, place: int, force: int, fought: int) -> None:
    """Of those who still stand where a place falls some are taken alive (R5), and the others die there."""
    captor = w.battles[place].attacker
    odds = w.n.taken_alive_feared if w.actors[captor].feared else w.n.taken_alive
    chance = draw(w, Purpose.TAKEN_ALIVE, today(w), w.forces[force].name, w.places[place].name)
    alive = binomial_quantile(chance.value, w.forces[force].number, odds)
    dead = w.forces[force].number - alive
    if dead != 0:
        dies(w, force, dead, False, by(w, Rule.FALL_OF_PLACE, odds, chance, fought))
    if alive != 0:
        gives_up(w, force, alive, captor, FIT, by(w, Rule.FALL_OF_PLACE, odds, chance, fought))


@world_kernel
def _men_bound(w: Any, place: int) -> float:
    """How many men the search of a place binds beside its garrison; open ground is swept by those who hold it."""
    return 0.0 if w.places[place].sector else _PER_KM2 * w.places[place].area


@world_kernel
def _garrisoned(w: Any, place: int, force: int, taken: int) -> None:
    """R12: part of the largest force stays, and more until the place is searched; raiders all stay."""
    men, actor = w.forces[force].number, root_of(w, force)
    holding, searching, stays = holding_of(w, actor, place), 0, w.forces[force].number
    if w.forces[force].kind != Word.RAID:
        _, holds = garrison(men, holding=holding, most=w.n.holding_most)
        _, stays = garrison(men, holding=holding + _men_bound(w, place), most=w.n.holding_most)
        searching = stays - holds
    if stays != 0:
        due = falls_due(w, Purpose.RANK_SEARCH, evening(w), Term.SEARCH.value, w.places[place].name)
        stays_behind(w, force, place, stays, searching, due, by_rule(w, Rule.GARRISON, taken))


@world_kernel
def _regrouped(w: Any, place: int, taken: int) -> None:
    """R10: every plan that had this town among its objectives regroups before the next; a hill or a crossing stops nobody."""
    if not w.places[place].town:
        return
    for turn in range(1, len(w.plans)):
        plan = w.plans[turn].by_rank
        if plan != 0 and is_goal(w, plan, place) and _took_part(w, plan):
            chance = draw(w, Purpose.PLAN_REGROUPS, today(w), w.plans[plan].name, w.places[place].name)
            prior = w.numbers[w.plans[plan].regroup]
            days = tempo(chance.value, low=prior.low, middle=prior.best, high=prior.high)
            until = max(w.plans[plan].paused_until, w.story[0].now + max(DAY // 24, round(days * DAY)))
            cause = by(w, Rule.TEMPO, days, chance, taken)
            lay_forces(w, plan)
            plan_rests(w, plan, until, Word.REGROUP, place, cause)


@world_kernel
def _took_part(w: Any, plan: int) -> bool:
    """Whether any of those who took the place is of a plan."""
    ours, took = w.sides[OURS], False
    for index in range(ours.bodies_count):
        took = took or (w.forces[ours.bodies[index]].number != 0 and is_of_plan(w, plan, ours.bodies[index]))
    return took


@world_kernel
def _handed_over(w: Any, place: int, force: int, against: int, taken: int) -> None:
    """An objective that the largest force took for a friend is the friend's, though its own men stay to hold it."""
    actor = root_of(w, force)
    for turn in range(1, len(w.plans)):
        plan = w.plans[turn].by_rank
        host = w.plans[plan].holds_for
        if (
            host != 0
            and host != actor
            and is_goal(w, plan, place)
            and is_of_plan(w, plan, force)
            and friends(w, actor, host)
        ):
            said = w.relations[actor * len(w.actors) + host].stance_by
            hands_over(w, place, w.forces[force].actor, host, against, by_rule(w, Rule.FOR_A_FRIEND, taken, said))
            return
