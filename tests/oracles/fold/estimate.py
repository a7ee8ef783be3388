"""What an actor takes its enemy for: its own forces exactly, the enemy's with an error, and nothing of his plans."""

from __future__ import annotations

from math import inf

from attrs import frozen

from situation.chance.portable import exp, normal_quantile
from situation.events import ActorId, PlaceId
from situation.rules import attack_has_hope
from tests.oracles.fold.battle.odds import frontage, ratio_of, ratio_of_men, strength
from tests.oracles.fold.world import Draw, World

__all__ = [
    "Estimate",
    "believed",
    "has_hope",
    "of_a_part",
    "of_an_attack",
    "of_an_attacker",
    "retaking_has_hope",
    "room_before",
]


@frozen
class Estimate:
    """The effective ratio of attackers to defenders as one side sees it, and the draw of its error.

    The battle's luck is not in it. Where nobody defends there is no ratio; where nobody attacks it is 0.
    """

    ratio: float | None
    draw: Draw
    forces: tuple[str, ...]
    """The attackers that it counts."""


def _error(world: World, draw: Draw) -> float:
    return world.number("estimate_sigma") * normal_quantile(draw.value)


def _ratio(
    world: World, place: PlaceId, attacker: ActorId, ours: tuple[str, ...], theirs: tuple[str, ...], error: float
) -> float | None:
    if not strength(world, theirs):
        return None
    holder = world.holder(place, attacker)
    defender = holder if holder is not None and world.hostile(attacker, holder) else world.root(theirs[0])
    return ratio_of(world, place, attacker, defender, ours, theirs, error) if strength(world, ours) else 0.0


def _together(world: World, force: str, place: str, until: float) -> tuple[str, ...]:
    """A force, and the field forces of its side that attack the place, come to it by a minute, or stand where it stands."""
    actor, here = world.root(force), world.get(f"{force}.place")
    others = []
    for other in world.get("story.fields") or ():
        if other == force or not world.men(other) or world.to_come(f"{other}.resting"):
            continue
        stands, bound = world.get(f"{other}.place"), world.get(f"{other}.to")
        comes = bound == place and world.get(f"{other}.due").minute <= until
        near = comes or (stands is not None and stands in (here, place))
        if near and world.friends(actor, world.root(other)):
            others.append(other)
    return (force, *others)


def of_an_attack(world: World, force: str, place: PlaceId, until: float = inf) -> Estimate:
    """How a force judges an attack on a place, with the friends at its side and those who come to it by a minute.

    The error stays the same until the place is taken or an attack on it is thrown back: who misjudges goes on to.
    """
    actor = world.root(force)
    since = world.state.because.get(f"{place}.holder")
    draw = world.draw("estimate", (actor, place), 0 if since is None else since.time)
    ours = _together(world, force, place, until)
    theirs = world.enemies(place, actor)
    return Estimate(_ratio(world, place, actor, ours, theirs, _error(world, draw)), draw, ours)


def room_before(world: World, place: PlaceId) -> float | None:
    """How many men find room to fight before a place (R1); None where the front does not limit."""
    front = frontage(world, place)
    return None if front is None else world.number("engaged_per_km") * front


def of_a_part(world: World, force: str, place: PlaceId, men: int) -> float | None:
    """How a force judges an attack on a place by so many of its own men alone; None where nobody defends it."""
    actor, whole = world.root(force), world.men(force)
    since = world.state.because.get(f"{place}.holder")
    draw = world.draw("estimate", (actor, place), 0 if since is None else since.time)
    ratio = _ratio(world, place, actor, (force,), world.enemies(place, actor), _error(world, draw))
    room = room_before(world, place)
    if ratio is None or not whole:
        return ratio
    return ratio * (float(men) if room is None else min(men, room)) / (whole if room is None else min(whole, room))


def of_an_attacker(world: World, place: PlaceId, actor: ActorId, force: str) -> Estimate:
    """How those who hold a place for an actor judge an enemy force that comes near it."""
    draw = world.draw("estimate of a column", (actor, place, force), 0)
    ours = _together(world, force, world.get(f"{force}.to") or place, inf)
    theirs = world.side(place, lambda other: world.friends(other, actor))
    return Estimate(_ratio(world, place, world.root(force), ours, theirs, _error(world, draw)), draw, ours)


def retaking_has_hope(world: World, place: PlaceId, actor: ActorId, holder: ActorId, men: float) -> bool:
    """Whether so many men out of hiding, or of garrisons near by, would retake a place: their surprise counts (R3)."""
    theirs = world.side(place, lambda other: world.friends(other, holder))
    if not strength(world, theirs):
        return True
    draw = world.draw("estimate", (actor, place), world.state.because[f"{place}.holder"].time)
    worth = (world.number(world.stage.conduct(actor).quality), 1.0)
    ratio = ratio_of_men(world, place, actor, holder, men, worth, theirs, _error(world, draw))
    return attack_has_hope(ratio * world.number("surprise"), least=world.number("hopeless_below"))


def believed(world: World, place: PlaceId, actor: ActorId, men: float) -> float:
    """How many an actor takes so many men of its enemy at a place for."""
    draw = world.draw("estimate", (actor, place), world.state.because[f"{place}.holder"].time)
    return men * exp(-_error(world, draw))


def has_hope(world: World, estimate: Estimate) -> bool:
    """Whether an attack so judged is begun (R3)."""
    return estimate.ratio is None or attack_has_hope(estimate.ratio, least=world.number("hopeless_below"))
