"""What plans must be: doctrines that there are, with what they need, forces of one's own, and numbers as they are asked for."""

from __future__ import annotations

from collections.abc import Collection

from situation.clock import DAY
from situation.errors import near_miss
from situation.events import ActorId, ForceRaised
from situation.scenario.checks.cells import have_men
from situation.scenario.checks.conditions import satisfiable
from situation.scenario.checks.given import conditions_checked
from situation.scenario.checks.names import number_named, root_named
from situation.scenario.faults import Faults, Path, legible
from situation.scenario.orders import DOCTRINE_NEEDS
from situation.scenario.parts import Condition, Force, Plan, Scenario
from situation.scenario.question import Question
from situation.testimony.ground import Ground

__all__ = ["forces_checked", "plans_checked", "questions_checked"]


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


def forces_checked(told: Faults, scenario: Scenario, ground: Ground) -> None:
    """Tell every fault of where forces are said to be."""
    force: Force
    for table, numbers in (("forces", scenario.forces), ("totals", scenario.totals)):
        for name, number in told.beside(table, numbers).items():
            if number.value is not None and number.value < 0:
                told((table, name, "value"), "A force has fewer than no men.", "Give a number of 0 or more.")
    for name, force in told.beside("forces", scenario.forces).items():
        path = ("forces", name, "at")
        if isinstance(force.at, str):
            places = [force.at]
        elif isinstance(force.at, list) and force.at and all(isinstance(place, str) for place in force.at):
            places = force.at
        elif isinstance(force.at, dict) and force.at:
            places = list(force.at)
            shares = list(force.at.values())
            if any(isinstance(share, bool) or not isinstance(share, int | float) for share in shares):
                told(path, "A share is no number.", "Write place: share.")
            elif min(shares) < 0 or max(shares) > 1 or abs(sum(shares) - 1) > 1e-9:
                told(path, f"The shares come to {sum(shares):g}.", "Shares lie from 0 to 1 and come to 1.")
        else:
            told(path, "This is no place.", "Name a place, a list of places, or shares by place.")
            continue
        for index, place in enumerate(places):
            if place in places[:index]:
                told((*path, index), f"'{place}' is named twice.", "Name each place once.")
            elif place not in ground.places:
                hint = near_miss(place, ground.places) or "Use an id of map.yaml."
                told(path, f"There is no place '{place}'.", hint)
        if force.kind == "field" and len(places) > 1:
            told(path, "A field force stands at one place.", "Split it, or make it a garrison.")
        if "@" in name or ":" in name or name in ground.places or name in ground.actors:
            told(("forces", name), f"'{name}' cannot be a force's name.", "Use one of its own, without '@' and ':'.")


def questions_checked(told: Faults, scenario: Scenario, ground: Ground) -> None:
    """Tell what is wrong with the questions of a scenario."""
    sure = not told.lost("forces", "given")
    question: Question
    for name, question in told.beside("questions", scenario.questions).items():
        path = ("questions", name)
        for key in ("by", "actor"):
            actor = getattr(question, key)
            root_named(told, (*path, key), actor, ground)
            if sure:
                _armed(told, (*path, key), actor, scenario, ground)
        for number, actor in legible(question.between):
            root_named(told, (*path, "between", number), actor, ground)
            if sure:
                _armed(told, (*path, "between", number), actor, scenario, ground)
        if question.days is not None and not 0 < question.days * DAY <= scenario.horizon:
            told((*path, "days"), f"{question.days} days do not fit the horizon.", "Ask for fewer, and at least 1.")
        if question.at is not None:
            for fact, advice in satisfiable(Condition(at=question.at), scenario, ground):
                told((*path, "at"), fact, advice)


def _armed(told: Faults, path: Path, actor: str | None, scenario: Scenario, ground: Ground) -> None:
    """Who is asked of has men in the stories."""
    if actor is not None and ground.root(actor) not in scenario.armed(ground):  # type: ignore[arg-type]
        fact = f"'{actor}' has no men in these stories."
        told(path, fact, f"Give it a force, or ask of another. {have_men(scenario, ground)}")
