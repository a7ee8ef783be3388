"""The morning's councils: every plan that is under way decides on the same picture, and its orders fall due."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from typing import Any, get_args

from situation.dates import DAY
from situation.events import AttackPutOff, Decided, OperationPaused, OrderGiven, PlaceId
from situation.rules import Posture, chance_over, happens, must_pause
from situation.scenario import Plan
from situation.scenario.orders import Order, Verb
from tests.oracles.fold.march.axes import doctrine_of, forces_of
from tests.oracles.fold.view import View
from tests.oracles.fold.world import Outcome, Outcomes, World

__all__ = ["councils"]


def councils(world: World, doctrines: Mapping[str, Callable[[View], Any]]) -> Outcomes:
    """Every plan decides on the same state; only then are orders given, to be carried out in drawn order."""
    decided: list[Outcome] = []
    for name, plan in world.ranks.plans:
        if world.get(f"given:plan/{name}.fired") is False:
            continue
        waits = world.to_come(f"{name}.paused_until")
        view = View(world, world.stage.ground.root(plan.actor), name)
        if not waits and plan.forces and next(view.free_forces(), None) is None:
            continue
        pause = _halt(world, name, plan) or (None if waits else _pause(world, name, plan))
        if pause is not None:
            decided.append(pause)
            continue
        if waits:
            continue
        doctrine = doctrine_of(world, name)
        for order in doctrines[doctrine](view):
            if not isinstance(order, Order) or order.verb not in get_args(Verb):
                raise TypeError(f"The doctrine '{doctrine}' gave what is no order: {order!r}.")
            fault = _misdirected(world, plan, order)
            if fault:
                raise ValueError(f"The doctrine '{doctrine}' ordered '{order.force}' to {order.verb}, and {fault}.")
            due = world.due("order", world.now, ("order", order.force, order.verb, order.object))
            parents = (world.last(f"{order.force}.place"), world.last(f"{order.object}.holder"))
            event = OrderGiven(order.force, (plan.actor,), order.verb, order.object, name, due)
            decided.append(Outcome(event, world.by(f"doctrine {doctrine}", None, None, *parents)))
        decided += _put_off(world, view)
    yield from decided
    yield Outcome(Decided(world.day), world.by("calendar", None, None, world.last("story.day")))


def _put_off(world: World, view: View) -> list[Outcome]:
    """R3: what its forces found without hope, each place told once until the force marches."""
    put_off = []
    for force, (place, judged) in view.without_hope.items():
        if judged.ratio is not None and world.get(f"{force}.put_off") != place:
            held = world.last(f"{place}.holder")
            cause = world.by("R3 attack_has_hope", judged.ratio, judged.draw, world.last(f"{force}.place"), held)
            put_off.append(Outcome(AttackPutOff(force, world.get(f"{force}.actor"), place, judged.ratio), cause))
    return put_off


def _halt(world: World, name: str, plan: Plan) -> Outcome | None:
    """R10: an operation with forces may halt for reasons outside the theatre: no new orders, while battles and rings go on."""
    rate, until = world.number("halt_rate"), world.get(f"{name}.paused_until")
    if rate == 0.0 or not plan.forces:
        return None
    waits = world.to_come(f"{name}.paused_until")
    because = world.state.because.get(f"{name}.paused_until")
    halted = because is not None and isinstance(because.event, OperationPaused) and because.event.why == "outside"
    if waits and halted and because is not None and world.now < because.time + round(world.number("halt_days") * DAY):
        return None
    draw = world.draw("plan.halts", name)
    if not happens(draw.value, rate):
        return None
    until = max(world.now, int(until) if waits and until is not None else 0) + round(world.number("halt_days") * DAY)
    cause = world.by("halt", chance_over(rate), draw, world.last(f"{name}.paused_until"))
    return Outcome(OperationPaused(name, until, "outside"), cause)


def _misdirected(world: World, plan: Plan, order: Order) -> str:
    """Why an order can never be carried out, whatever happens; empty where it can. Links and postures have no force."""
    ground = world.stage.ground
    if order.verb in ("seal", "open"):
        return "" if order.object in ground.links else f"there is no link '{order.object}'"
    if order.verb == "posture":
        return "" if order.object in tuple(Posture) else f"'{order.object}' is no posture"
    if order.object not in ground.places:
        return f"there is no place '{order.object}'"
    actor = world.get(f"{order.force}.actor")
    if actor is None:
        return "" if order.force in plan.forces else f"there is no force '{order.force}'"
    return "" if ground.root(actor) == ground.root(plan.actor) else f"it is not one of {plan.actor}'s"


def _pause(world: World, name: str, plan: Plan) -> Outcome | None:
    """R4: a plan whose forces are spent, too far from their hub, or where no way leads to from it, rests before it goes on."""
    forces = [force for force in forces_of(world, name) if world.men(force) and world.get(f"{force}.place") is not None]
    if not forces or any(world.fight(world.get(f"{force}.place")) is not None for force in forces):
        return None
    started = sum(int(world.get(f"{force}.at_rest") or world.get(f"{force}.at_start") or 0) for force in forces)
    share = min(1.0, sum(map(world.men, forces)) / started) if started else 1.0
    hub = world.get(f"{name}.hub") or plan.hub
    here = PlaceId(world.get(f"{forces[0]}.place"))
    km = 0.0 if hub is None or hub == here else world.stage.path(hub, here, frozenset())[0]
    reached = math.isfinite(km)
    if reached and not must_pause(km, share, reach=world.number("reach"), spent_below=world.number("spent_below")):
        return None
    draw = world.draw("plan.rests", name)
    days = world.vary("operational_pause", draw)
    why = "spent" if share < world.number("spent_below") else "supply"
    event = OperationPaused(name, world.now + round(days * DAY), why, tuple(forces), here)  # type: ignore[arg-type]
    return Outcome(event, world.by("R4 must_pause", share if why == "spent" else km if reached else None, draw))
