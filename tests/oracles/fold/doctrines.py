"""Doctrines: how an actor turns what it sees in the morning into orders. Plain functions from a view to orders.

A doctrine has no chance, no memory and no clock of its own: two mornings with the same picture bring the same orders.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Final

from situation.events import PlaceId
from situation.scenario.orders import DOCTRINE_NAMES, Order
from tests.oracles.fold.view import View

__all__ = [
    "DOCTRINES",
    "Doctrine",
    "advance",
    "avoid_contact",
    "coordinate",
    "delay_and_withdraw",
    "hold",
    "open_route",
    "race",
    "raid_and_hide",
    "seal_route",
]

Doctrine = Callable[[View], tuple[Order, ...]]


def _toward(view: View, goals: tuple[PlaceId, ...]) -> tuple[Order, ...]:
    """Each free force a leg nearer to the first of some goals that can still be taken and reached.

    Where the next place on the way is an enemy's whom it has no hope to beat, it turns to its next goal, or waits.
    """
    orders = []
    for force, place in view.free_forces():
        for goal in view.in_turn(force, goals):
            leg = view.next_leg(place, goal) if goal != place else None
            if leg is not None and not view.hopeless(force, leg):
                orders.append(Order(force, "march", leg))
                break
    return tuple(orders)


def advance(view: View) -> tuple[Order, ...]:
    """Along an axis: the first objective that is not ours yet, then the next. What others took in the meantime is let be."""
    return _toward(view, tuple(goal for goal in view.objectives if view.may_take(goal)))


def hold(view: View) -> tuple[Order, ...]:
    """Stay where one stands, and mean to hold it."""
    return (Order(f"{view.actor}/posture", "posture", "hold"),) if view.posture() == "delay" else ()


def delay_and_withdraw(view: View) -> tuple[Order, ...]:
    """Give up ground for time: a garrison under threat leaves before its last way out is closed.

    A way that carries no more than a trickle, such as a track where every road is shut, draws no garrison off.
    """
    orders = []
    if view.posture() == "hold":
        orders.append(Order(f"{view.actor}/posture", "posture", "delay"))
    for force, place, _ in view.garrisons():
        if place in view.approached and view.holder(place) == view.actor:
            ways = view.ways_out(place)
            if len(ways) == 1 and not view.encircled(place) and view.threatened(place):
                orders.append(Order(force, "withdraw", ways[0][1]))
    return tuple(orders)


def raid_and_hide(view: View) -> tuple[Order, ...]:
    """Hold no ground: small garrisons hide when an enemy comes, to strike behind him."""
    orders = []
    if view.posture() != "insurgency":
        orders.append(Order(f"{view.actor}/posture", "posture", "insurgency"))
    small = view.small()
    for force, place, men in view.garrisons():
        if men < small and view.threatened(place):
            orders.append(Order(force, "hide", place))
    return tuple(orders)


def race(view: View) -> tuple[Order, ...]:
    """For wells, mines and crossings: whichever of the objectives is nearest, before others have it."""
    orders = []
    for force, place in view.free_forces():
        goals = [goal for goal in view.objectives if goal != place and view.may_take(goal)]
        reached = [(km, goal) for goal in goals if (km := view.km(place, goal)) is not None]
        for _, goal in sorted(reached, key=lambda way: way[0]):
            leg = view.next_leg(place, goal)
            if leg is not None and not view.hopeless(force, leg):
                orders.append(Order(force, "march", leg))
                break
    return tuple(orders)


def avoid_contact(view: View) -> tuple[Order, ...]:
    """Advance, but leave alone what lies beside the ground of someone who is neither friend nor enemy."""
    goals = (goal for goal in view.objectives if view.may_take(goal) and not view.strangers_beside(goal))
    return _toward(view, tuple(goals))


def seal_route(view: View) -> tuple[Order, ...]:
    """Close the plan's links to fleeing enemies, where one stands at an end of them."""
    return tuple(
        Order(f"{view.actor}/{link}", "seal", link)
        for link in view.links
        if not view.sealed(link) and any(view.ours(end) for end in _ends(view, link))
    )


def open_route(view: View) -> tuple[Order, ...]:
    """Leave the plan's links open to fleeing enemies: a golden bridge."""
    return tuple(Order(f"{view.actor}/{link}", "open", link) for link in view.links if view.sealed(link))


def coordinate(view: View) -> tuple[Order, ...]:
    """Across a border: go first where a friend already fights for an objective, then along the axis."""
    fought = tuple(goal for goal in view.objectives if view.may_take(goal) and view.world.fight(goal) is not None)
    rest = tuple(goal for goal in view.objectives if view.may_take(goal) and goal not in fought)
    return _toward(view, (*fought, *rest))


def _ends(view: View, link: str) -> tuple[PlaceId, ...]:
    return view.world.stage.ground.links[link].ends


DOCTRINES: Final[Mapping[str, Doctrine]] = MappingProxyType(
    {
        "advance": advance,
        "hold": hold,
        "delay and withdraw": delay_and_withdraw,
        "raid and hide": raid_and_hide,
        "race": race,
        "avoid contact": avoid_contact,
        "seal route": seal_route,
        "open route": open_route,
        "coordinate": coordinate,
    }
)
"""Every doctrine by the name that a scenario gives it; others come from outside, handed to `story.tell`."""

if set(DOCTRINES) != set(DOCTRINE_NAMES):
    odd = ", ".join(sorted(set(DOCTRINES) ^ set(DOCTRINE_NAMES)))
    raise RuntimeError(f"A doctrine needs a name in scenario.orders and a function in story.doctrines: {odd}.")
