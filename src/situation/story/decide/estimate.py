"""What an actor takes its enemy for: its own forces exactly, the enemy's with an error, and nothing of his plans."""

from __future__ import annotations

from math import inf
from typing import Any, NamedTuple

from situation.chance.portable import exp, normal_quantile
from situation.kernel import world_kernel
from situation.rules import attack_has_hope
from situation.story.apply.bodies import root_of
from situation.story.apply.writer import Stop, stop
from situation.story.decide.bodies import OURS, THEIRS, list_enemies, men_of_side, of_one_side
from situation.story.decide.draws import ONCE, RowDraw, draw
from situation.story.decide.odds import front_km, ratio_between, ratio_with_men
from situation.story.decide.rows import RowCause, also, by, by_rule
from situation.story.decide.sides import friends, holder, hostile
from situation.story.world.reasons import Purpose, Rule
from situation.story.world.tables import has_room
from situation.story.world.words import Word

__all__ = [
    "Judged",
    "attack_begun",
    "believed",
    "error_about",
    "gives_hope",
    "judged_attack",
    "judged_attacker",
    "judged_part",
    "men_with_room",
    "retaking_gives_hope",
]


class Judged(NamedTuple):
    """The effective ratio of attackers to defenders as one side sees it, and the draw of its error.

    The battle's luck is not in it. Where nobody defends it is infinite; where nobody attacks it is 0.
    """

    ratio: float
    draw: RowDraw


@world_kernel
def error_about(w: Any, place: int, actor: int) -> RowDraw:
    """The draw of an actor's error about a place, which stays the same until who holds it changes, or an attack fails."""
    there, day = w.places[place], ONCE
    if there.holder_by != 0:
        minute = w.rows[there.holder_by].minute if there.holder_by > 0 else there.recorded
        day = minute + w.stage[0].origin - w.stage[0].first_day  # the address has the minute
    return draw(w, Purpose.ESTIMATE, day, w.actors[actor].name, there.name)


@world_kernel
def _error(w: Any, chance: RowDraw) -> float:
    sigma: float = w.n.estimate_sigma
    return sigma * normal_quantile(chance.value)


@world_kernel
def _ratio(w: Any, place: int, attacker: int, ours: Any, theirs: Any, error: float) -> float:
    """The effective ratio against those at a place, whoever of them is met as its holder."""
    if men_of_side(w, theirs) == 0:
        return inf
    there = holder(w, place, attacker)
    defender = there if there != 0 and hostile(w, attacker, there) else root_of(w, theirs.bodies[0])
    return ratio_between(w, place, attacker, defender, ours, theirs, error) if men_of_side(w, ours) != 0 else 0.0


@world_kernel
def _together(w: Any, force: int, place: int, side: Any, until: float) -> None:
    """A force, and the field forces of its side that attack the place, come to it by a minute, or stand where it stands."""
    actor, here = root_of(w, force), w.forces[force].place
    side.bodies[0], side.bodies_count = force, 1
    for nth in range(1, w.story[0].bodies + 1):
        other = w.forces[nth].came
        body = w.forces[other]
        if other == force or body.kind != Word.FIELD or body.number == 0 or body.resting > w.story[0].now:
            continue
        comes = body.to == place and body.due <= until
        near = comes or (body.place != 0 and (body.place == here or body.place == place))
        if near and friends(w, actor, root_of(w, other)):
            if not has_room(side.bodies, side.bodies_count):
                stop(w, Stop.BODIES_FULL)
                return
            side.bodies[side.bodies_count] = other
            side.bodies_count = side.bodies_count + 1


@world_kernel
def judged_attack(w: Any, force: int, place: int, until: float) -> Judged:
    """How a force judges an attack on a place, with the friends at its side and those who come to it by a minute."""
    actor, ours, theirs = root_of(w, force), w.sides[OURS], w.sides[THEIRS]
    chance = error_about(w, place, actor)
    _together(w, force, place, ours, until)
    list_enemies(w, place, theirs, actor)
    return Judged(_ratio(w, place, actor, ours, theirs, _error(w, chance)), chance)


@world_kernel
def men_with_room(w: Any, place: int) -> float:
    """How many men find room to fight before a place (R1); infinite where the front does not limit."""
    front = front_km(w, place)
    return inf if front is None else float(w.n.engaged_per_km * front)


@world_kernel
def judged_part(w: Any, force: int, place: int, men: int) -> float:
    """How a force judges an attack on a place by so many of its own men alone."""
    actor, whole, ours, theirs = root_of(w, force), w.forces[force].number, w.sides[OURS], w.sides[THEIRS]
    ours.bodies[0], ours.bodies_count = force, 1
    list_enemies(w, place, theirs, actor)
    ratio = _ratio(w, place, actor, ours, theirs, _error(w, error_about(w, place, actor)))
    if ratio == inf or whole == 0:
        return ratio
    room = men_with_room(w, place)
    return float(ratio * min(float(men), room) / min(float(whole), room))


@world_kernel
def judged_attacker(w: Any, place: int, actor: int, force: int) -> Judged:
    """How those who hold a place for an actor judge an enemy force that comes near it."""
    ours, theirs, bound = w.sides[OURS], w.sides[THEIRS], w.forces[force].to
    chance = draw(
        w, Purpose.ESTIMATE_OF_A_COLUMN, ONCE, w.actors[actor].name, w.places[place].name, w.forces[force].name
    )
    _together(w, force, bound if bound != 0 else place, ours, inf)
    of_one_side(w, place, theirs, actor, True)
    return Judged(_ratio(w, place, root_of(w, force), ours, theirs, _error(w, chance)), chance)


@world_kernel
def retaking_gives_hope(w: Any, place: int, actor: int, there: int, men: float) -> bool:
    """Whether so many men out of hiding, or of garrisons near by, would retake a place: their surprise counts (R3)."""
    theirs = w.sides[THEIRS]
    of_one_side(w, place, theirs, there, True)
    if men_of_side(w, theirs) == 0:
        return True
    worth = (float(w.numbers[w.actors[actor].quality].value), 1.0)
    ratio = ratio_with_men(w, place, actor, there, men, worth, theirs, _error(w, error_about(w, place, actor)))
    return attack_has_hope(ratio * w.n.surprise, least=w.n.hopeless_below)


@world_kernel
def believed(w: Any, place: int, actor: int, men: float) -> float:
    """How many an actor takes so many men of its enemy at a place for."""
    return float(men * exp(-_error(w, error_about(w, place, actor))))


@world_kernel
def attack_begun(w: Any, force: int, judged: Judged, rule: Rule) -> RowCause:
    """Why a force before an enemy attacks: by its own estimate (R3), with who was counted; by a rule, where nobody defends.

    It is asked for at once: those who were counted are still listed.
    """
    came = w.forces[force].place_by
    if judged.ratio == inf:
        return by_rule(w, rule, came)
    cause = by(w, Rule.ATTACK_HAS_HOPE, judged.ratio, judged.draw, came)
    for side in range(THEIRS + 1):
        for index in range(w.sides[side].bodies_count):
            cause = also(w, cause, w.forces[w.sides[side].bodies[index]].number_by)
    return cause


@world_kernel
def gives_hope(w: Any, ratio: float) -> bool:
    """Whether an attack so judged is begun (R3)."""
    return ratio == inf or attack_has_hope(ratio, least=w.n.hopeless_below)
