"""Checks of plans, forces and questions: known doctrines with what they need, forces of the right actor at known places."""

from __future__ import annotations

from collections.abc import Collection

from situation.dates import DAY
from situation.errors import near_miss
from situation.events import ActorId, ForceRaised, measure_of
from situation.scenario.checks.cells import armed_advice
from situation.scenario.checks.conditions import why_never
from situation.scenario.checks.given import check_conditions, taken_name
from situation.scenario.checks.numbers import check_number, check_root, check_source
from situation.scenario.orders import DOCTRINE_NEEDS
from situation.scenario.parts import Axis, Condition, Force, Plan, Scenario
from situation.scenario.problems import Path, Problems, legible
from situation.scenario.question import Question
from situation.testimony.ground import Ground

__all__ = ["check_forces", "check_plans", "check_questions"]


def check_plans(problems: Problems, scenario: Scenario, ground: Ground, doctrines: Collection[str]) -> None:
    """Report every fault of the plans."""
    plan: Plan
    for name, plan in problems.entries("doctrines", scenario.doctrines).items():
        path = ("doctrines", name)
        check_root(problems, (*path, "actor"), plan.actor, ground)
        steps: list[tuple[Path, str]] = [((*path, "doctrine"), plan.doctrine)]
        for number, switch in legible(plan.switch):
            steps.append(((*path, "switch", number, "to"), switch.to))
            check_conditions(problems, (*path, "switch", number, "when"), switch.when, scenario, ground)
        for at, doctrine in steps:
            _doctrine(problems, at, doctrine, plan, doctrines)
        _forces(problems, (*path, "forces"), plan, scenario, ground)
        _axes(problems, (*path, "axes"), plan)
        for number, link in legible(plan.links):
            if link not in ground.links:
                hint = near_miss(link, ground.links) or "Use an id of map.yaml."
                problems.add((*path, "links", number), f"There is no link '{link}'.", hint)
        for key in ("start", "regroup", "chance", "first_leg"):
            check_number(problems, (*path, key), key, getattr(plan, key), scenario.numbers)
        check_root(problems, (*path, "holds_for"), plan.holds_for, ground)
        if plan.holds_for is not None and plan.holds_for == _side(plan, ground):
            fact = f"A plan of '{plan.holds_for}' holds for itself."
            problems.add((*path, "holds_for"), fact, "Name a friend, or leave it out.")


def _side(plan: Plan, ground: Ground) -> ActorId | None:
    """Whose plan it is; None where that could not be read."""
    return ground.root(plan.actor) if plan.actor in ground.actors else None


def _doctrine(problems: Problems, at: Path, doctrine: str, plan: Plan, doctrines: Collection[str]) -> None:
    """A doctrine exists, and the plan has what it needs."""
    if doctrine not in doctrines and at not in problems.unread:
        hint = near_miss(doctrine, doctrines) or f"Use one of: {', '.join(sorted(doctrines))}."
        problems.add(at, f"There is no doctrine '{doctrine}'.", hint)
    for key in DOCTRINE_NEEDS.get(doctrine, ()):
        if not (plan.goals if key == "objectives" else getattr(plan, key)):
            problems.add(at, f"The doctrine '{doctrine}' does nothing without '{key}'.", f"Give the plan '{key}'.")


def _forces(problems: Problems, path: Path, plan: Plan, scenario: Scenario, ground: Ground) -> None:
    """The forces of a plan are field forces of its actor, there at the branch or raised later."""
    raised = [given.event for given in scenario.given.values() if isinstance(given.event, ForceRaised)]
    coming = {event.force: ground.root(event.actor) for event in raised if event.kind == "field"}
    side = _side(plan, ground)
    for number, force in legible(plan.forces):
        at = (*path, number)
        if force in plan.forces[:number]:
            problems.add(at, f"'{force}' is named twice.", "Name each force once.")
        prior = scenario.forces.get(force)
        if force in problems.faulty_in("forces") or (force in coming and side in (None, coming[force])):
            continue
        if prior is None:
            if not _mentioned(problems, force):
                hint = near_miss(force, scenario.forces) or "Define it under 'forces'."
                problems.add(at, f"There is no force '{force}'.", hint)
        elif side not in (None, ground.root(prior.actor)):
            problems.add(at, f"'{force}' is not one of {plan.actor}'s.", "Order one's own forces.")
        elif prior.kind != "field":
            problems.add(at, f"'{force}' is no field force.", "Give it 'kind: field'.")


def _axes(problems: Problems, path: Path, plan: Plan) -> None:
    """Axes stand in place of objectives, have some each, share none, and take the plan's own forces, each once."""
    axis: Axis
    if plan.axes and plan.objectives:
        problems.add(path, "A plan has objectives or axes, and not both.", "Write the main line as the first axis.")
    goals: set[str] = set()
    forces: set[str] = set()
    for number, axis in legible(plan.axes):
        at = (*path, number)
        check_source(problems, at, axis.source, axis.reason, "axis")
        if not problems.any_unread(at, "objectives") and not axis.objectives:
            problems.add((*at, "objectives"), "This axis leads nowhere.", "Name its objectives in their order.")
        for index, goal in legible(axis.objectives):
            if goal in goals:
                problems.add((*at, "objectives", index), f"'{goal}' is named twice.", "Name each objective once.")
            goals.add(goal)
        for index, force in legible(axis.forces):
            if force not in plan.forces:
                hint = near_miss(force, plan.forces) or "Name it under the plan's 'forces', too."
                problems.add((*at, "forces", index), f"'{force}' is not one of the plan's forces.", hint)
            elif force in forces:
                problems.add((*at, "forces", index), f"'{force}' is named twice.", "A force keeps to one axis.")
            forces.add(force)


def _mentioned(problems: Problems, force: str) -> bool:
    """Whether a faulty entry under 'given' mentions a force."""
    return bool(problems.faulty_in("given")) and force in problems.mentioned


def check_forces(problems: Problems, scenario: Scenario, ground: Ground) -> None:
    """Report every fault of the forces, their numbers and places."""
    force: Force
    for table, numbers in (("forces", scenario.forces), ("totals", scenario.totals)):
        for name, number in problems.entries(table, numbers).items():
            if number.value is not None and number.value < 0:
                problems.add((table, name, "value"), "A force has fewer than no men.", "Give a number of 0 or more.")
            if number.unit is not None and measure_of(number.unit) not in (None, "people"):
                fact = f"A force is counted in men, and '{number.unit}' are none."
                problems.add((table, name, "unit"), fact, "Name what is counted, such as troops, fighters or persons.")
    for name, force in problems.entries("forces", scenario.forces).items():
        path = ("forces", name, "at")
        if isinstance(force.at, str):
            places = [force.at]
        elif isinstance(force.at, list) and force.at and all(isinstance(place, str) for place in force.at):
            places = force.at
        elif isinstance(force.at, dict) and force.at:
            places = list(force.at)
            shares = list(force.at.values())
            if any(isinstance(share, bool) or not isinstance(share, int | float) for share in shares):
                problems.add(path, "A share is no number.", "Write place: share.")
            elif min(shares) < 0 or max(shares) > 1 or abs(sum(shares) - 1) > 1e-9:
                problems.add(path, f"The shares come to {sum(shares):g}.", "Shares lie from 0 to 1 and come to 1.")
        else:
            problems.add(path, "This is no place.", "Name a place, a list of places, or shares by place.")
            continue
        for index, place in enumerate(places):
            if place in places[:index]:
                problems.add((*path, index), f"'{place}' is named twice.", "Name each place once.")
            elif place not in ground.places:
                hint = near_miss(place, ground.places) or "Use an id of map.yaml."
                problems.add(path, f"There is no place '{place}'.", hint)
        if force.kind == "field" and len(places) > 1:
            problems.add(path, "A field force stands at one place.", "Split it, or make it a garrison.")
        if taken := taken_name(name, ground):
            problems.add(
                ("forces", name), taken, "Give it a name of its own, without '@' and ':', such as '1st-brigade'."
            )


def check_questions(problems: Problems, scenario: Scenario, ground: Ground) -> None:
    """Report every fault of the questions."""
    sure = not problems.faulty_in("forces", "given")
    question: Question
    for name, question in problems.entries("questions", scenario.questions).items():
        path = ("questions", name)
        for key in ("by", "actor"):
            actor = getattr(question, key)
            check_root(problems, (*path, key), actor, ground)
            if sure:
                _armed(problems, (*path, key), actor, scenario, ground)
        for number, actor in legible(question.between):
            check_root(problems, (*path, "between", number), actor, ground)
            if sure:
                _armed(problems, (*path, "between", number), actor, scenario, ground)
        if question.days is not None and not 0 < question.days * DAY <= scenario.horizon:
            problems.add(
                (*path, "days"), f"{question.days} days do not fit the horizon.", "Ask for fewer, and at least 1."
            )
        if question.at is not None:
            for fact, advice in why_never(Condition(at=question.at), scenario, ground):
                problems.add((*path, "at"), fact, advice)


def _armed(problems: Problems, path: Path, actor: str | None, scenario: Scenario, ground: Ground) -> None:
    """The actor of a question has men in the stories."""
    if actor is not None and ground.root(actor) not in scenario.armed(ground):  # type: ignore[arg-type]
        fact = f"'{actor}' has no men in these stories."
        problems.add(path, fact, f"Give it a force, or ask of another. {armed_advice(scenario, ground)}")
