"""A day's steps in their order: what the night brought, the councils, orders carried out, and the wounded who return."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import get_args

from situation.dates import DAY
from situation.events import (
    ActorId,
    AreaId,
    DayBegan,
    Loss,
    Melted,
    OrderCarriedOut,
    OrderLapsed,
    PlaceId,
    PostureChanged,
    Recovery,
    WoundedReturned,
)
from situation.log.cells import named_in_id
from situation.scenario.orders import Verb
from tests.oracles.fold.battle.counterattack import counterattacks
from tests.oracles.fold.battle.retreat import column_leaves
from tests.oracles.fold.given import agreements_lapse, ceasefires_begin, given_today
from tests.oracles.fold.insurgency import postures, week_in_hiding
from tests.oracles.fold.march.closures import bars, closures_lapse, impassable
from tests.oracles.fold.march.columns import columns_part_and_meet
from tests.oracles.fold.march.contact import contacts
from tests.oracles.fold.march.march import face_to_face, quickened, set_out
from tests.oracles.fold.march.neighbours import ground_shared
from tests.oracles.fold.march.sighting import sightings, withdrawn
from tests.oracles.fold.march.supply import supplies
from tests.oracles.fold.world import Outcome, Outcomes, World

__all__ = ["carry_out", "day_begins", "return_wounded"]


def day_begins(world: World) -> Outcomes:
    """A new day: what is given, contacts, changes of posture, new battles, supply, counter-attacks, and what hiding brings."""
    tomorrow = world.due("day", world.now + DAY, "day")
    council = world.due("council", world.now, "council")
    yield Outcome(DayBegan(world.day, tomorrow, council), world.by("calendar"))
    yield from agreements_lapse(world)
    yield from ceasefires_begin(world)
    yield from given_today(world)
    yield from contacts(world)
    yield from postures(world)
    yield from quickened(world)
    yield from ground_shared(world)
    yield from face_to_face(world)
    yield from sightings(world)
    yield from closures_lapse(world)
    yield from supplies(world)
    yield from counterattacks(world)
    yield from week_in_hiding(world)
    yield from columns_part_and_meet(world)


def return_wounded(world: World, batch: str) -> Outcomes:
    """Of the wounded of one battle a share is fit again, and the others leave; where the place is lost, all leave."""
    losses: tuple[Loss, ...] = world.get(f"{batch}.batch") or ()
    share = world.number("wounded_returning")
    parts = []
    for loss in losses:
        men = min(loss.wounded, int(world.get(f"{loss.force}.wounded") or 0))
        place = world.get(f"{loss.force}.place")
        holder = world.holder(place, world.root(loss.force)) if place is not None else None
        lost = holder is not None and world.hostile(holder, world.root(loss.force)) and world.fight(place) is None
        back = 0 if lost else round(men * share)
        if men:
            parts.append(Recovery(loss.force, back, men - back))
    cause = world.by("wounded_returning", share, None, world.last(f"{batch}.due"))
    yield Outcome(WoundedReturned(batch, tuple(parts)), cause)


def carry_out(world: World, order: str) -> Outcomes:
    """An order is carried out, or lapses where it no longer can be."""
    force, verb = named_in_id(order), str(world.get(f"{order}.verb"))
    steps, moves = _STEPS[verb]
    why = _hindrance(world, force, verb, str(world.get(f"{order}.object"))) if moves else ""
    if why:
        cause = world.by("checked again", None, None, world.last(f"{order}.due"))
        yield Outcome(OrderLapsed(force, why), cause)
        return
    yield from steps(world, order, force)


def _marches(world: World, order: str, force: str) -> Outcomes:
    terms = world.stage.scenario.doctrines[str(world.get(f"{order}.plan"))]
    begun = terms.first_leg is not None and world.get(f"{force}.from") is None
    km = world.number(terms.first_leg) if begun and terms.first_leg is not None else None
    yield from set_out(world, force, PlaceId(world.get(f"{order}.object")), km)


def _gives_way(world: World, order: str, force: str) -> Outcomes:
    """A garrison goes into hiding, or to a neighbouring place."""
    hides, goal = world.get(f"{order}.verb") == "hide", str(world.get(f"{order}.object"))
    done = world.last(f"{order}.due")
    cause = world.by("order", None, None, done)
    yield Outcome(OrderCarriedOut(force), cause)
    place, actor = PlaceId(world.get(f"{force}.place")), world.root(force)
    men = world.men(force)
    if hides:
        yield Outcome(Melted(force, actor, place, men), cause)
    else:
        yield from column_leaves(world, place, force, PlaceId(goal), men, done)
    yield from withdrawn(world, place, actor, done, () if hides else (AreaId(goal),))


def _bars(world: World, order: str, force: str) -> Outcomes:
    """A link is closed to every enemy by who holds an end of it, or opened."""
    yield from bars(world, order, force, _commander(world, order))


def _turns(world: World, order: str, force: str) -> Outcomes:
    """An actor changes its posture."""
    goal, actor = world.get(f"{order}.object"), _commander(world, order)
    cause = world.by("order", None, None, world.last(f"{order}.due"))
    yield Outcome(OrderCarriedOut(force), cause)
    yield Outcome(PostureChanged(actor, goal), cause)


def _commander(world: World, order: str) -> ActorId:
    return world.stage.ground.root(world.stage.scenario.doctrines[str(world.get(f"{order}.plan"))].actor)


_STEPS: Mapping[str, tuple[Callable[[World, str, str], Outcomes], bool]] = {
    "march": (_marches, True),
    "withdraw": (_gives_way, True),
    "hide": (_gives_way, True),
    "seal": (_bars, False),
    "open": (_bars, False),
    "posture": (_turns, False),
}
"""From an order's verb to what carries it out, and whether a force has to move for it."""

if set(_STEPS) != set(get_args(Verb)):
    raise RuntimeError(f"Each verb of an order needs a step: {', '.join(sorted(set(_STEPS) ^ set(get_args(Verb))))}.")


def _hindrance(world: World, force: str, verb: str, goal: str) -> str:
    """Why a force can no longer carry out an order; empty where it can."""
    place = world.get(f"{force}.place")
    if place is None or not world.men(force):
        return "the force is gone, or on its way"
    if world.fight(place) is not None:
        return "a battle is on"
    if verb == "hide":
        return ""
    actor = world.root(force)
    if world.stage.link(place, goal) is None:
        return "the goal is no neighbour"
    if world.stage.link(place, goal, impassable(world, actor)) is None:
        return "the way is closed"
    there = world.holder(goal, actor)
    if verb == "withdraw":
        return "" if any(end == goal for _, end in world.ways_out(place, actor)) else "the way is closed"
    if there is not None and not world.friends(actor, there) and not world.hostile(actor, there):
        return "the goal is in other hands"
    return ""
