"""What plans must be: doctrines that there are, with what they need, forces of one's own, and numbers as they are asked for."""

from __future__ import annotations

from collections.abc import Collection

from situation.errors import near_miss
from situation.events import ActorId, ForceRaised
from situation.ground import Ground
from situation.orders import DOCTRINE_NEEDS
from situation.scenario.faults import Faults, Path, legible
from situation.scenario.givens import conditions_checked
from situation.scenario.named import number_named, root_named
from situation.scenario.parts import Plan, Scenario

__all__ = ["plans_checked"]


def plans_checked(told: Faults, scenario: Scenario, ground: Ground, doctrines: Collection[str]) -> None:
    """Tell every fault of the plans."""
    plan: Plan
    for name, plan in told.beside("doctrines", scenario.doctrines).items():
        path = ("doctrines", name)
        root_named(told, (*path, "actor"), plan.actor, ground)
        steps: list[tuple[Path, str]] = [((*path, "doctrine"), plan.doctrine)]
        for number, switch in legible(plan.switch):
            steps.append(((*path, "switch", number, "to"), switch.to))
            conditions_checked(told, (*path, "switch", number, "when"), switch.when, scenario, ground)
        for at, doctrine in steps:
            _doctrine(told, at, doctrine, plan, doctrines)
        _forces(told, (*path, "forces"), plan, scenario, ground)
        for number, link in legible(plan.links):
            if link not in ground.links:
                hint = near_miss(link, ground.links) or "Use an id of map.yaml."
                told((*path, "links", number), f"There is no link '{link}'.", hint)
        for key in ("start", "regroup", "chance", "first_leg"):
            number_named(told, (*path, key), key, getattr(plan, key), scenario.numbers)
        root_named(told, (*path, "holds_for"), plan.holds_for, ground)
        if plan.holds_for is not None and plan.holds_for == _side(plan, ground):
            fact = f"A plan of '{plan.holds_for}' holds for itself."
            told((*path, "holds_for"), fact, "Name a friend, or leave it out.")


def _side(plan: Plan, ground: Ground) -> ActorId | None:
    """Whose plan it is; None where that could not be read."""
    return ground.root(plan.actor) if plan.actor in ground.actors else None


def _doctrine(told: Faults, at: Path, doctrine: str, plan: Plan, doctrines: Collection[str]) -> None:
    """There is such a doctrine, and the plan has what it needs."""
    if doctrine not in doctrines and at not in told.amiss:
        hint = near_miss(doctrine, doctrines) or f"Use one of: {', '.join(sorted(doctrines))}."
        told(at, f"There is no doctrine '{doctrine}'.", hint)
    for key in DOCTRINE_NEEDS.get(doctrine, ()):
        if not getattr(plan, key):
            told(at, f"The doctrine '{doctrine}' does nothing without '{key}'.", f"Give the plan '{key}'.")


def _forces(told: Faults, path: Path, plan: Plan, scenario: Scenario, ground: Ground) -> None:
    """The forces of a plan are field forces of its actor, there at the branch or raised later."""
    raised = [given.event for given in scenario.given.values() if isinstance(given.event, ForceRaised)]
    coming = {event.force: ground.root(event.actor) for event in raised if event.kind == "field"}
    side = _side(plan, ground)
    for number, force in legible(plan.forces):
        at = (*path, number)
        if force in plan.forces[:number]:
            told(at, f"'{force}' is named twice.", "Name each force once.")
        found = scenario.forces.get(force)
        if force in told.lost("forces") or (force in coming and side in (None, coming[force])):
            continue
        if found is None:
            if not _told_of(told, force):
                hint = near_miss(force, scenario.forces) or "Define it under 'forces'."
                told(at, f"There is no force '{force}'.", hint)
        elif side not in (None, ground.root(found.actor)):
            told(at, f"'{force}' is not one of {plan.actor}'s.", "Order one's own forces.")
        elif found.kind != "field":
            told(at, f"'{force}' is no field force.", "Give it 'kind: field'.")


def _told_of(told: Faults, force: str) -> bool:
    """Whether something given that could not be read speaks of a force."""
    return bool(told.lost("given")) and force in told.mentioned
