"""Counter-attacks on captured places, rule R6: men in hiding come out, and garrisons near by send a part of theirs."""

from __future__ import annotations

from typing import Any, Final

from situation.chance.portable import exp
from situation.dates import DAY
from situation.kernel import world_kernel
from situation.rules import counterattack_chance, share_sent
from situation.story.apply.sides import first_of
from situation.story.apply.writer import Stop, has, stop
from situation.story.decide.attack_happenings import comes_out, strikes
from situation.story.decide.battle_begins import begin_battle
from situation.story.decide.bodies import OURS, THEIRS, men_of_side, of_one_side
from situation.story.decide.calendar import today
from situation.story.decide.draws import draw, no_draw
from situation.story.decide.estimate import believed, retaking_gives_hope
from situation.story.decide.happenings import enters
from situation.story.decide.names import add_digits, add_letter, add_name, begin_name, body_written
from situation.story.decide.near import garrison_at
from situation.story.decide.rows import RowCause, by
from situation.story.decide.sides import holder, holders_of, hostile
from situation.story.decide.ways import is_shut
from situation.story.world.reasons import Purpose, Rule
from situation.story.world.tables import has_room

__all__ = ["places_retaken"]

_FORGOTTEN: Final = 5.0
"""After this many times the decay of R6 a capture draws no counter-attack any more: under 1 % of the hazard is left."""
_RAID: Final = tuple(b"raid")
_SLASH: Final = 47


@world_kernel
def places_retaken(w: Any, g: Any) -> None:
    """Each captured place may be attacked again today by those who lost it."""
    earliest = w.story[0].now - round(_FORGOTTEN * w.n.recapture_decay * DAY)
    for nth in range(1, len(g.places)):
        place = g.places[nth].ranked
        there, holders = w.places[place], holders_of(w, place)
        if holders == 0 or not there.captured or there.captured_at < earliest:
            continue
        for mth in range(1, len(g.actors)):
            actor = g.actors[mth].ranked
            loses = there.loser == 0 or there.loser == actor
            if loses and w.battles[place].attacker == 0 and _is_enemy_of(w, g, holders, actor):
                _tries(w, g, place, actor)


@world_kernel
def _is_enemy_of(w: Any, g: Any, holders: int, actor: int) -> bool:
    """Whether an actor that fights is an enemy of those who hold a place, and none of them."""
    if not g.actors[actor].armed or has(holders, actor):
        return False
    while holders != 0:
        one = first_of(holders)
        if g.actors[one].armed and hostile(w, actor, one):
            return True
        holders &= holders - 1
    return False


@world_kernel
def _tries(w: Any, g: Any, place: int, actor: int) -> None:
    """Whether an actor attacks a place again today, and the attack."""
    near, least, there = w.sides[OURS], w.n.recapture_least, holder(w, place, actor)
    _list_near(w, g, place, actor, near)
    pool, nearby = garrison_at(w, place, actor), men_of_side(w, near)
    hidden = w.forces[pool].hidden if pool != 0 else 0
    if there == 0 or (hidden < least and nearby < least):
        return
    days = (w.story[0].now - w.places[place].captured_at) / DAY
    before = max(0.0, days - 1.0)
    chance = draw(w, Purpose.COUNTERATTACK, today(w), w.actors[actor].name, w.places[place].name)
    if chance.value >= w.n.recapture_rate * exp(-before / w.n.recapture_decay):  # with no garrison at all
        return
    of_one_side(w, place, w.sides[THEIRS], there, True)
    odds = counterattack_chance(
        before,
        days,
        float(hidden),
        float(men_of_side(w, w.sides[THEIRS])),
        nearby=float(nearby),
        rate=w.n.recapture_rate,
        decay=w.n.recapture_decay,
        least=least,
    )
    comes = hidden if hidden >= least else 0
    men = believed(w, place, actor, float(men_of_side(w, w.sides[THEIRS])))
    share = share_sent(
        float(nearby), men, float(comes), share_at_most=w.n.raid_share, most=w.n.recapture_most, least=least
    )
    if chance.value < odds and retaking_gives_hope(w, place, actor, there, float(comes + _sent(w, near, share))):
        cause = by(w, Rule.COUNTERATTACK_CHANCE, odds, chance, w.places[place].holder_by)
        _struck(w, g, place, actor, there, pool if comes != 0 else 0, near, share, cause)


@world_kernel
def _list_near(w: Any, g: Any, place: int, actor: int, near: Any) -> None:
    """An actor's garrisons that a link of so many km joins to a place, once for each, but those that are attacked."""
    near.bodies_count = 0
    for at in range(g.places[place].first, g.places[place].last):
        way = g.exits[at]
        garrison = garrison_at(w, way.to, actor) if way.km <= w.n.recapture_near else 0
        sends = garrison != 0 and w.forces[garrison].number > 0 and not is_shut(w, way.link, actor)
        if sends and w.battles[way.to].attacker == 0:
            if not has_room(near.bodies, near.bodies_count):
                stop(w, Stop.BODIES_FULL)
                return
            near.bodies[near.bodies_count] = garrison
            near.bodies_count = near.bodies_count + 1


@world_kernel
def _part_of(w: Any, force: int, share: float) -> int:
    """How many a garrison sends."""
    part: float = w.forces[force].number * share
    return round(part)


@world_kernel
def _sent(w: Any, near: Any, share: float) -> int:
    sent = 0
    for index in range(near.bodies_count):
        sent += _part_of(w, near.bodies[index], share)
    return sent


@world_kernel
def _struck(
    w: Any, g: Any, place: int, actor: int, there: int, pool: int, near: Any, share: float, cause: RowCause
) -> None:
    """The attackers gather in a force of their own, and the battle for the place begins with the roles turned.

    Args:
        pool: those in hiding there, where enough of them are; 0: none.
        near: the garrisons that send men.
        share: the share of them that each sends.
    """
    strikes(w, place, actor, there, cause)
    joins, raid = by(w, Rule.SENT_TO_RAID, share, no_draw(), w.places[place].attacked_by_by), 0
    if pool != 0:
        raid = _new_raid(w, place, actor)
        comes_out(w, raid, actor, place, w.forces[pool].hidden, pool, True, joins)
    for index in range(near.bodies_count):
        sent = _part_of(w, near.bodies[index], share)
        if sent != 0:
            raid = raid if raid != 0 else _new_raid(w, place, actor)
            comes_out(w, raid, actor, place, sent, near.bodies[index], False, joins)
    if raid != 0:
        enters(w, place, actor, there, joins)
        begin_battle(w, g, place, actor, there)


@world_kernel
def _new_raid(w: Any, place: int, actor: int) -> int:
    """The force of those who retake a place, named by actor, place and day."""
    begin_name(w)
    for letter in _RAID:
        add_letter(w, letter)
    add_letter(w, _SLASH)
    add_name(w, w.actors[actor].name)
    add_letter(w, _SLASH)
    add_name(w, w.places[place].name)
    add_letter(w, _SLASH)
    add_digits(w, today(w) + w.stage[0].first_day)
    return body_written(w)
