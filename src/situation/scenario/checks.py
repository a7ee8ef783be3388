"""What a scenario must be, beyond its form: every name known, every number whole, every trigger able to fire."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

import attrs

from situation.belief import BELIEFS
from situation.clock import DAY, Duration, Minute
from situation.codec import check_id
from situation.errors import Fault, near_miss
from situation.events import (
    AirSupportGiven,
    AirSupportWithdrawn,
    CeasefireAgreed,
    ForceRaised,
    PositionTaken,
    PostureChanged,
    Proclaimed,
    RouteOpened,
    RouteSealed,
    StanceChanged,
)
from situation.ground import Ground
from situation.orders import DOCTRINE_NEEDS
from situation.record import Record
from situation.scenario.asking import questions_checked
from situation.scenario.conditions import satisfiable
from situation.scenario.forces import Tell, forces_checked, held_places_checked
from situation.scenario.named import chance_named, last_stand_named, number_named, prior_given, root_named
from situation.scenario.numbers import NUMBERS
from situation.scenario.parts import Condition, Conduct, Plan, Scenario

__all__ = ["GIVABLE", "checked"]

GIVABLE = (
    AirSupportGiven,
    AirSupportWithdrawn,
    CeasefireAgreed,
    ForceRaised,
    PositionTaken,
    PostureChanged,
    Proclaimed,
    RouteOpened,
    RouteSealed,
    StanceChanged,
)
"""The events that a scenario may give. Others follow from what forces do, and would break the count of men."""
NUMBER_KEYS = ("quality", "stock", "supply_floor", "surrender_to", "melt", "holding")


def checked(
    tell: Tell,
    record: Record,
    doctrines: Collection[str],
    shown: str,
    values: Mapping[str, Any],
    tables: Mapping[str, Any],
) -> Scenario | None:
    """The scenario, if it is right; else None, and every problem told."""
    ground = record.ground
    told = _Count(tell)
    try:
        check_id(values["scenario"])
    except Fault as fault:
        told(("scenario",), fault.fact, fault.advice)
    if values["situation"] != ground.situation:
        told(("situation",), f"The situation is '{values['situation']}'.", f"This folder holds '{ground.situation}'.")
    at, known_at = _branch(told, values, record)
    horizon = values["horizon"]
    if horizon <= 0:
        told(("horizon",), "The horizon is nothing.", "Give a length above 0, such as '120 d'.")
        horizon = Duration(36500 * DAY)  # so that nothing else is told of it
    numbers = dict(NUMBERS)
    for name, number in tables["parameters"].items():
        numbers |= prior_given(told, ("parameters", name), name, number, ground)
    for table in ("forces", "totals"):
        for name, number in tables[table].items():
            prior_given(told, (table, name), name, number, ground)
    scenario = Scenario(
        id=values["scenario"],
        title=values["title"],
        about=values["about"],
        situation=values["situation"],
        branch=values["branch"],
        at=at,
        known_at=known_at,
        horizon=horizon,
        suggested_by=values["suggested_by"] or (),
        assumes=values["assumes"] or "",
        without=values["without"] or (),
        given=tables["given"],
        actors=tables["actors"],
        forces=tables["forces"],
        totals=tables["totals"],
        doctrines=tables["doctrines"],
        numbers=numbers,
        own_numbers=tuple(sorted(tables["parameters"])),
        questions=tables["questions"],
        extends=values["extends"],
        file=shown,
    )
    _claims(told, scenario, record)
    _actors(told, scenario, ground)
    forces_checked(told, scenario, ground)
    _plans(told, scenario, ground, doctrines)
    _given(told, scenario, ground)
    questions_checked(told, scenario, ground)
    if not told.any:
        held_places_checked(told, scenario, record)
    return None if told.any else scenario


@attrs.define
class _Count:
    """Tells problems on, and counts them."""

    tell: Tell
    count: int = 0

    @property
    def any(self) -> bool:
        """Whether there was a problem."""
        return self.count > 0

    def __call__(self, path: tuple[str | int, ...], fact: str, advice: str) -> None:
        self.count += 1
        self.tell(path, fact, advice)


def _branch(told: _Count, values: Mapping[str, Any], record: Record) -> tuple[Minute, Minute]:
    branch, window, clock = values["branch"], record.ground.window, record.ground.clock
    minutes = []
    for key, text in (("at", branch.at), ("known_at", branch.known_at or branch.at)):
        try:
            minutes.append(clock.moment(text))
        except (Fault, ValueError) as error:
            told(("branch", key), str(error), "")
            minutes.append(window.latest)
    at, known_at = minutes
    if not window.earliest <= at <= window.latest:
        span = f"{clock.day(window.earliest)} to {clock.day(window.latest)}"
        told(("branch", "at"), f"The branch lies outside the record, {span}.", "Branch within it.")
    if known_at < window.earliest:
        told(("branch", "known_at"), "Nothing is known so early.", "Give a time within the record, or after it.")
    if branch.belief not in BELIEFS:
        hint = near_miss(branch.belief, BELIEFS) or f"Use one of: {', '.join(BELIEFS)}."
        told(("branch", "belief"), f"There is no belief '{branch.belief}'.", hint)
    return at, known_at


def _claims(told: _Count, scenario: Scenario, record: Record) -> None:
    claims = record.testimony.claims
    episodes = {claim.episode for claim in claims.values() if claim.episode}
    for key, named, known in (
        ("suggested_by", scenario.suggested_by, set(claims)),
        ("without", scenario.without, {*claims, *episodes}),
    ):
        for place, name in enumerate(named):
            if name not in known:
                hint = near_miss(name, known, 0.85) or "Name claims of the record, by their ids."
                told((key, place), f"There is no claim '{name}'.", hint)


def _actors(told: _Count, scenario: Scenario, ground: Ground) -> None:
    conduct: Conduct
    for actor, conduct in scenario.actors.items():
        path = ("actors", actor)
        if actor not in ground.actors:
            hint = near_miss(actor, ground.actors) or "Use an id of map.yaml."
            told(path, f"There is no actor '{actor}'.", hint)
            continue
        root_named(told, path, actor, ground)
        for key in NUMBER_KEYS:
            number_named(told, (*path, key), getattr(conduct, key), scenario.numbers)
        last_stand_named(told, (*path, "last_stand"), conduct.last_stand, scenario.numbers)
        if (conduct.air_by is None) != (conduct.air == "none"):
            told((*path, "air"), "Air support is said by half.", "Give 'air' and 'air_by', or neither.")
    for actor in scenario.totals:
        if actor not in ground.actors or ground.root(actor) != actor:
            told(("totals", actor), f"There is no holder '{actor}'.", "Name the actor at the top of its hierarchy.")


def _plans(told: _Count, scenario: Scenario, ground: Ground, doctrines: Collection[str]) -> None:
    plan: Plan
    raised = [given.event for given in scenario.given.values() if isinstance(given.event, ForceRaised)]
    coming = {event.force: ground.root(event.actor) for event in raised if event.kind == "field"}
    for name, plan in scenario.doctrines.items():
        path = ("doctrines", name)
        root_named(told, (*path, "actor"), plan.actor, ground)
        steps: list[tuple[tuple[str | int, ...], str]] = [((*path, "doctrine"), plan.doctrine)]
        for number, switch in enumerate(plan.switch):
            steps.append(((*path, "switch", number, "to"), switch.to))
            _conditions(told, (*path, "switch", number, "when"), switch.when, scenario, ground)
        for at, doctrine in steps:
            if doctrine not in doctrines:
                hint = near_miss(doctrine, doctrines) or f"Use one of: {', '.join(sorted(doctrines))}."
                told(at, f"There is no doctrine '{doctrine}'.", hint)
            for key in DOCTRINE_NEEDS.get(doctrine, ()):
                if not getattr(plan, key):
                    told(at, f"The doctrine '{doctrine}' does nothing without '{key}'.", f"Give the plan '{key}'.")
        for number, force in enumerate(plan.forces):
            if force in plan.forces[:number]:
                told((*path, "forces", number), f"'{force}' is named twice.", "Name each force once.")
            found = scenario.forces.get(force)
            if force in coming and coming[force] == ground.root(plan.actor):
                continue
            if found is None:
                hint = near_miss(force, scenario.forces) or "Define it under 'forces'."
                told((*path, "forces", number), f"There is no force '{force}'.", hint)
            elif ground.root(found.actor) != ground.root(plan.actor):
                told((*path, "forces", number), f"'{force}' is not one of {plan.actor}'s.", "Order one's own forces.")
            elif found.kind != "field":
                told((*path, "forces", number), f"'{force}' is no field force.", "Give it 'kind: field'.")
        for number, link in enumerate(plan.links):
            if link not in ground.links:
                hint = near_miss(link, ground.links) or "Use an id of map.yaml."
                told((*path, "links", number), f"There is no link '{link}'.", hint)
        for key in ("start", "regroup", "chance", "first_leg"):
            number_named(told, (*path, key), getattr(plan, key), scenario.numbers, once=key in ("chance", "first_leg"))
        chance_named(told, (*path, "chance"), plan.chance, scenario.numbers)
        root_named(told, (*path, "holds_for"), plan.holds_for, ground)
        if plan.holds_for is not None and plan.holds_for == ground.root(plan.actor):
            told(
                (*path, "holds_for"),
                f"A plan of '{plan.holds_for}' holds for itself.",
                "Name a friend, or leave it out.",
            )


def _conditions(
    told: _Count, path: tuple[str | int, ...], when: tuple[Condition, ...], scenario: Scenario, ground: Ground
) -> None:
    if not when:
        told(path, "The trigger has no condition.", "Write [{cell: ..., is: ...}] or [{after: 10 d}].")
    for number, condition in enumerate(when):
        for fact, advice in satisfiable(condition, scenario, ground):
            told((*path, number), fact, advice)


def _given(told: _Count, scenario: Scenario, ground: Ground) -> None:
    for name, given in scenario.given.items():
        path = ("given", name)
        if not isinstance(given.event, GIVABLE):
            names = ", ".join(cls.__name__ for cls in GIVABLE)
            told((*path, "event"), f"{type(given.event).__name__} cannot be given.", f"It may be one of: {names}.")
        link = getattr(given.event, "link", None)
        if link is not None and link not in ground.links:
            hint = near_miss(link, ground.links) or "Use an id of map.yaml."
            told((*path, "event"), f"There is no link '{link}'.", hint)
        if isinstance(given.event, ForceRaised) and min(given.event.number, given.event.hidden) < 0:
            told((*path, "event"), "A force has fewer than no men.", "Give a number of 0 or more.")
        if given.at is not None:
            _conditions(told, (*path,), (Condition(at=given.at),), scenario, ground)
        if given.when or given.at is None:
            _conditions(told, (*path, "when"), given.when, scenario, ground)
        for number, condition in enumerate(given.when):
            if condition.cell == f"given:{name}.fired" and condition.equals is not None:
                fact = "The trigger can never fire: it waits for itself."
                told((*path, "when", number), fact, "Wait for something else.")
        number_named(told, (*path, "chance"), given.chance, scenario.numbers)
        chance_named(told, (*path, "chance"), given.chance, scenario.numbers)
