"""Contact between forces that are not enemies, rule R8: incidents, the ladder to a confrontation, and its end."""

from __future__ import annotations

from typing import Any, Final

from situation.dates import DAY
from situation.kernel import world_kernel
from situation.rules import chance_over, concedes, fire_losses, wounded_return
from situation.rules.clash import Rung, echo_now, next_rung, steady_intensity
from situation.story.apply.bodies import root_of
from situation.story.decide.bodies import OURS, THEIRS, also_of_actor, men_of_side, of_one_side
from situation.story.decide.calendar import after, day_of, today
from situation.story.decide.contact_happenings import (
    agree_on_ceasefire,
    fire_costs,
    gives_way,
    steps_to,
    turn_on_each_other,
)
from situation.story.decide.cost import lay_losses
from situation.story.decide.council_happenings import plan_rests
from situation.story.decide.draws import NextDue, draw, never, uniform
from situation.story.decide.names import add_digits, begin_name, passing_name
from situation.story.decide.near import front_place, host_of, touching
from situation.story.decide.rows import by, by_rule, lay_part
from situation.story.decide.sides import friends, hostile, rank_of_actor
from situation.story.world.reasons import Purpose, Rule, Term
from situation.story.world.words import Word

__all__ = ["contacts_today"]

_REMEMBERED: Final = 60
"""Days after which an incident is forgotten."""
_CALM: Final = Rung.CALM.value
_INCIDENT: Final = Rung.INCIDENT.value
_REPRISAL: Final = Rung.REPRISAL.value
_EXCHANGE: Final = Rung.EXCHANGE.value
_CONFRONTATION: Final = Rung.CONFRONTATION.value


@world_kernel
def contacts_today(w: Any, g: Any) -> None:
    """A day on every front of two armed actors that are no friends: an incident, a step, a confrontation, or its end."""
    for nth in range(1, len(g.actors)):
        for mth in range(nth + 1, len(g.actors)):
            one, other = g.actors[nth].ranked, g.actors[mth].ranked
            if g.actors[one].armed and g.actors[other].armed and not friends(w, one, other):
                links = touching(w, g, one, other)
                if links != 0:
                    _in_contact(w, g, min(one, other), max(one, other), links)


@world_kernel
def _in_contact(w: Any, g: Any, one: int, other: int, links: int) -> None:
    """Two in contact, the one of the lower number first, as their relation stands."""
    place = front_place(w, g, one, other)
    if hostile(w, one, other):
        _war(w, g, one, other, place)
    elif _between(w, one, other).rung == _CONFRONTATION:
        _made_peace(w, one, other, place)
    elif _between(w, one, other).rung == _CALM:
        _calm(w, g, one, other, place, links)
    else:
        _on_the_ladder(w, g, one, other, place)


@world_kernel
def _between(w: Any, one: int, other: int) -> Any:
    return w.relations[one * len(w.actors) + other]


@world_kernel
def _enemies_since(w: Any, one: int, other: int) -> int:
    """The row of this story that made enemies of two; 0 where the record or the opening has them so."""
    forth, back = _between(w, one, other), _between(w, other, one)
    if forth.stance != Word.HOSTILE:
        return max(0, int(back.stance_by))
    before = forth.stance_by <= 0 or (back.stance == Word.HOSTILE and back.stance_by <= 0)
    return 0 if before else int(forth.stance_by)


@world_kernel
def _own(g: Any, one: int, other: int) -> Any:
    """The numbers that count between two actors."""
    return g.between[one * len(g.actors) + other]


@world_kernel
def _today_from_1970(w: Any) -> int:
    day: int = today(w) + w.stage[0].first_day
    return day


@world_kernel
def _lay_days(w: Any, one: int, other: int) -> None:
    """Lay out the days of the incidents between two that are remembered."""
    pair, now = _between(w, one, other), _today_from_1970(w)
    for index in range(pair.incidents_count):
        if now - pair.incidents[index] <= _REMEMBERED:
            lay_part(w, 0, pair.incidents[index], 0, 0.0)


@world_kernel
def _calm(w: Any, g: Any, one: int, other: int, place: int, links: int) -> None:
    """An incident may come about: each of the last ones makes it more likely."""
    pair, own, now = _between(w, one, other), _own(g, one, other), _today_from_1970(w)
    holds = pair.stance == Word.DECONFLICTED or pair.stance == Word.TOLERATED
    exposure, rate, lapsed = (
        min(1.0, links / w.n.contact_full),
        w.numbers[own.clash_rate].value,
        w.numbers[own.clash_lapsed].value,
    )
    total = steady_intensity(exposure, holds, rate, lapsed)
    for index in range(pair.incidents_count):
        days = now - pair.incidents[index]
        if days <= _REMEMBERED:
            total = total + echo_now(float(days), w.numbers[own.clash_echo].value, w.numbers[own.clash_fade].value)
    odds, chance = chance_over(total), draw(w, Purpose.CONTACT, today(w), w.actors[one].name, w.actors[other].name)
    if chance.value < odds:
        _lay_days(w, one, other)
        lay_part(w, 0, now, 0, 0.0)
        steps_to(w, one, other, place, _INCIDENT, by(w, Rule.CLASH_INTENSITY, odds, chance, pair.stance_by))


@world_kernel
def _on_the_ladder(w: Any, g: Any, one: int, other: int, place: int) -> None:
    """Fire, where it has come to that; and perhaps a step up or down."""
    pair, own = _between(w, one, other), _own(g, one, other)
    rung = pair.rung
    chance = draw(w, Purpose.CONTACT, today(w), w.actors[one].name, w.actors[other].name)
    if rung in (_REPRISAL, _EXCHANGE):
        _fire(w, g, one, other, place, rung)
    up, down = w.numbers[own.ladder_up].value, w.numbers[own.ladder_down].value
    step = next_rung(chance.value, rung, up, down)
    if step == rung:
        return
    cause = by(w, Rule.LADDER_STEP, up if step > rung else down, chance, pair.rung_by)
    _lay_days(w, one, other)
    steps_to(w, one, other, place, step, cause)
    if step == _EXCHANGE and step > rung:
        _may_concede(w, g, one, other, place)
    if step == _CONFRONTATION:
        _confronted(w, g, one, other)


@world_kernel
def _fire(w: Any, g: Any, one: int, other: int, place: int, rung: int) -> None:
    """What a day's fire costs each side of those in contact: at the front's place, and next to it on the other side.

    Who is in a battle is not under this fire, and a battle for the front's place takes all there is.
    """
    if w.battles[place].attacker != 0:
        return
    host = host_of(w, one, other)
    guest = other if host == one else one
    ours, theirs, parts = w.sides[OURS], w.sides[THEIRS], w.story[0].part_count
    of_one_side(w, place, ours, host, False)
    theirs.bodies_count = 0
    ways = g.places[place]
    for at in range(ways.first, ways.last):
        if not _come_before(g, ways.first, at) and w.battles[g.exits[at].to].attacker == 0:
            also_of_actor(w, g.exits[at].to, theirs, guest)
    _lay_hits(w, ours, one, other, host, place, rung)
    _lay_hits(w, theirs, one, other, guest, place, rung)
    if w.story[0].part_count > parts:
        chance = draw(w, Purpose.CONTACT_FIRE, today(w), w.actors[one].name, w.actors[other].name, w.actors[one].name)
        cause = by(w, Rule.FIRE_LOSSES, float(rung), chance, _between(w, one, other).rung_by)
        fire_costs(w, place, one, other, _return_of_wounded(w, place, one, other), cause)


@world_kernel
def _come_before(g: Any, first: int, at: int) -> bool:
    """Whether an earlier way out leads to the same place."""
    among = False
    for earlier in range(first, at):
        among = among or g.exits[earlier].to == g.exits[at].to
    return among


@world_kernel
def _lay_hits(w: Any, side: Any, one: int, other: int, actor: int, place: int, rung: int) -> None:
    """Lay out what the fire costs one side."""
    who = w.actors[actor].name
    u = uniform(w, Purpose.CONTACT_FIRE, today(w), w.actors[one].name, w.actors[other].name, who)
    most, lasting = w.n.fire_reprisals, w.n.fire_exchange
    hit = fire_losses(u, rung, men_of_side(w, side), reprisals=most, exchange=lasting)
    lay_losses(w, side, hit, Purpose.FIRE_KILLED, place, who)


@world_kernel
def _return_of_wounded(w: Any, place: int, one: int, other: int) -> NextDue:
    """When those wounded by fire come back, where any were laid out; never else."""
    wounded, story = 0, w.story[0]
    for part in range(story.parts_taken, story.part_count):
        wounded += w.parts[part].two
    if wounded == 0:
        return never()
    where, first, second = w.places[place].name, w.actors[one].name, w.actors[other].name
    u = uniform(w, Purpose.FIRE_WOUNDED, today(w), where, first, second)
    minute = after(w, wounded_return(u, median=w.n.wounded_return, sigma=w.n.wounded_return_sigma))
    begin_name(w)
    add_digits(w, story.now + w.stage[0].origin)
    day, term, moment = day_of(w, minute), Term.FIRE_WOUNDED.value, passing_name(w)
    return NextDue(minute, uniform(w, Purpose.RANK_RETURN, day, term, where, first, second, moment))


@world_kernel
def _strength(w: Any, actor: int) -> int:
    """All men in an actor's ranks."""
    men = 0
    for force in range(1, w.story[0].bodies + 1):
        if root_of(w, force) == actor:
            men += w.forces[force].number
    return men


@world_kernel
def _may_concede(w: Any, g: Any, one: int, other: int, place: int) -> None:
    """At sustained fire the weaker side may give way, and the clash is over."""
    odds = w.numbers[_own(g, one, other).concession].value
    chance = draw(w, Purpose.CONTACT_CONCEDES, today(w), w.actors[one].name, w.actors[other].name)
    if not concedes(chance.value, _EXCHANGE, chance=odds):
        return
    mine, theirs = _strength(w, one), _strength(w, other)
    first = mine < theirs or (mine == theirs and rank_of_actor(w, one) < rank_of_actor(w, other))
    weaker = one if first else other
    cause = by(w, Rule.CONCEDES, odds, chance, _between(w, one, other).rung_by)
    gives_way(w, weaker, other if first else one, cause)
    _lay_days(w, one, other)
    steps_to(w, one, other, place, _CALM, cause)


@world_kernel
def _confronted(w: Any, g: Any, one: int, other: int) -> None:
    """The two are enemies now, and their plans wait while they turn to each other."""
    climbed = _between(w, one, other).rung_by
    turn_on_each_other(w, one, other, by_rule(w, Rule.LADDER_STEP, climbed))
    until = w.story[0].now + round(w.numbers[_own(g, one, other).confrontation_days].value * DAY)
    for nth in range(1, len(g.plans)):
        plan = g.plans[nth].ranked
        commander = g.plans[plan].commander
        if commander in (one, other) and w.plans[plan].paused_until < until:
            plan_rests(w, plan, until, Word.DIVERTED, 0, by_rule(w, Rule.LADDER_STEP, climbed))


@world_kernel
def _war(w: Any, g: Any, one: int, other: int, place: int) -> None:
    """Enemies in contact. Who became so in this story is in a confrontation, and the fire across its front costs lives.

    One that climbed the ladder may end by a ceasefire. Wars that the record or the scenario begins go on.
    """
    pair, since = _between(w, one, other), _enemies_since(w, one, other)
    if since == 0:
        return
    if pair.rung != _CONFRONTATION:
        _lay_days(w, one, other)
        steps_to(w, one, other, place, _CONFRONTATION, by_rule(w, Rule.FACE_TO_FACE, since))
        return
    _fire(w, g, one, other, place, _CONFRONTATION)
    if pair.rung_by > since:
        return
    odds = chance_over(w.numbers[_own(g, one, other).ceasefire_rate].value)
    chance = draw(w, Purpose.CONTACT_CEASEFIRE, today(w), w.actors[one].name, w.actors[other].name)
    if chance.value < odds:
        agree_on_ceasefire(w, one, other, by(w, Rule.CEASEFIRE, odds, chance, pair.stance_by))


@world_kernel
def _made_peace(w: Any, one: int, other: int, place: int) -> None:
    """Two who are enemies no more have left their confrontation."""
    _lay_days(w, one, other)
    steps_to(w, one, other, place, _CALM, by_rule(w, Rule.LADDER_STEP, _between(w, one, other).stance_by))
