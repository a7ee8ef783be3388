"""Columns seen coming: garrisons told to save themselves leave before contact by the odds (R3), each asked once a column."""

from __future__ import annotations

from collections.abc import Iterator

from situation.dates import DAY
from situation.events import ActorId, AreaId, ColumnSighted, DefenderBroke, MarchBegan, PlaceId, Withdrew
from situation.log.cells import UNSET_WORDS
from situation.rules import leaves_before_contact
from tests.oracles.fold.battle.retreat import defenders_leave, refuges
from tests.oracles.fold.estimate import of_an_attacker
from tests.oracles.fold.march.neighbours import left_to_others
from tests.oracles.fold.world import Outcome, Outcomes, World

__all__ = ["sighted", "sightings", "stood_long", "withdrawn"]


def _on_the_march(world: World) -> Iterator[tuple[str, PlaceId, float]]:
    """Every field force that advances: with the place it is bound for, and the km it still has to go to it."""
    for force in world.get("story.fields") or ():
        to = world.get(f"{force}.to")
        begun = world.state.because.get(f"{force}.to")
        if to is None or begun is None or not isinstance(begun.event, MarchBegan) or not world.men(force):
            continue
        whole = max(1, world.get(f"{force}.due").minute - begun.time)
        yield force, PlaceId(to), begun.event.km * (world.get(f"{force}.due").minute - world.now) / whole


def sightings(world: World) -> Outcomes:
    """Each garrison that a column is on the road to, and has newly come near, judges it, and may leave while a way is open.

    Only who is told to save himself leaves, and only before a column that he takes for the stronger.
    """
    for force, to, left in tuple(_on_the_march(world)):
        yield from sighted(world, force, to, left)


def sighted(world: World, force: str, to: PlaceId, left: float) -> Outcomes:
    """The garrisons of the place that a column is bound for see it, if it is near and they have not seen it before.

    Args:
        to: the place that it is bound for.
        left: the km that it still has to go to it.
    """
    far = world.number("sighted.unwatched" if _unwatched(world, force) else "sighted")
    if left > far:
        return
    known, enemy = set(world.get(f"{force}.sighted") or ()), world.root(force)
    for garrison in world.bodies(to):
        actor = world.root(garrison)
        if garrison == f"{actor}@{to}" and garrison not in known and world.hostile(actor, enemy):
            yield from _seen(world, force, garrison, actor, to, left)


def _unwatched(world: World, force: str) -> bool:
    """Whether a column comes by surprise: on a leg where every way is a track of the kind that columns cross lightly."""
    begun = world.state.because.get(f"{force}.to")
    if begun is None or not isinstance(begun.event, MarchBegan):
        return False
    ends = world.stage.ways.get(begun.event.place, ())
    kinds = [world.stage.ground.link_kinds[link.kind] for link, end in ends if end == begun.event.to]
    return bool(kinds) and all(kind.light for kind in kinds)


def _seen(world: World, force: str, garrison: str, actor: ActorId, place: PlaceId, km: float) -> Outcomes:
    judged = of_an_attacker(world, place, actor, force)
    ratio = judged.ratio or 0.0
    cause = world.by("sighted", ratio, judged.draw, world.last(f"{force}.to"), world.last(f"{garrison}.number"))
    yield Outcome(ColumnSighted(force, actor, place, km, ratio), cause)
    posture = str(world.get(f"{actor}.posture") or UNSET_WORDS["posture"])
    if posture == "hold" or world.encircled(place, actor) or (posture == "delay" and not refuges(world, place, actor)):
        return
    if world.fight(place) is not None:
        return
    odds = leaves_before_contact(ratio, chance=world.number("leave_before_contact"))
    draw = world.draw("garrison.leaves", (garrison, force))
    if draw.value >= odds:
        return
    cause = world.by("R3 leaves_before_contact", odds, draw, world.last(f"{force}.sighted"))
    yield Outcome(DefenderBroke(place, actor, "before contact"), cause)
    broke = world.last(f"{garrison}.number")
    yield from defenders_leave(world, place, world.root(force), (garrison,), stand=False, at_hand=False, parent=broke)
    yield from withdrawn(world, place, actor, world.last(f"{garrison}.number"))


def withdrawn(world: World, place: PlaceId, actor: ActorId, parent: str, to: tuple[AreaId, ...] = ()) -> Outcomes:
    """A place whose holder has nobody left there is theirs who hold it with him, or who still stand in it; else nobody's."""
    if world.holder(place, actor) == actor and world.fight(place) is None and not world.side(place, actor.__eq__):
        yield Outcome(Withdrew(place, (actor,), to), world.by("nobody left", None, None, parent))
        yield from left_to_others(world, place)


def stood_long(world: World, force: str) -> bool:
    """Whether a force has stood where it stands so long that its next march is news."""
    came = world.state.because.get(f"{force}.place")
    return came is None or world.now - came.time >= world.number("sighting_lapses") * DAY
