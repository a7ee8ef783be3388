"""Checks of the given events: kinds that may be given, forces under names of their own, triggers that can fire."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations
from typing import Any

from situation.errors import near_miss
from situation.events import (
    ActorId,
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
from situation.log.state import split_cell
from situation.scenario.checks.conditions import conflicting, why_never
from situation.scenario.checks.domains import MEN_DOMAIN
from situation.scenario.checks.numbers import check_number
from situation.scenario.parts import Condition, Given, Scenario
from situation.scenario.problems import Path, Problems, legible
from situation.testimony.ground import Ground

__all__ = ["GIVABLE", "check_conditions", "check_given", "parties_of", "taken_name"]

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


def check_given(problems: Problems, scenario: Scenario, ground: Ground) -> None:
    """Report every fault of the given events."""
    given: Given
    for name, given in problems.entries("given", scenario.given).items():
        path = ("given", name)
        event: Any = given.event
        if event is not None and not isinstance(event, GIVABLE):
            names = ", ".join(cls.__name__ for cls in GIVABLE)
            problems.add((*path, "event"), f"{type(event).__name__} cannot be given.", f"It may be one of: {names}.")
        if isinstance(event, RouteOpened | RouteSealed) and event.link not in {*ground.links, None}:
            hint = near_miss(event.link, ground.links) or "Use an id of map.yaml."
            problems.add((*path, "event"), f"There is no link '{event.link}'.", hint)
        if isinstance(event, StanceChanged | CeasefireAgreed):
            for pair in combinations(parties_of(event), 2):
                if _one_side(*pair, ground):
                    key = "between" if getattr(event, "between", ()) else "toward"
                    fact = f"'{pair[0]}' and '{pair[1]}' are one side."
                    problems.add((*path, "event", key), fact, "Name two that are none.")
        if isinstance(event, ForceRaised):
            _force(problems, (*path, "event"), name, event, scenario, ground)
        if given.at is not None:
            for fact, advice in why_never(Condition(at=given.at), scenario, ground):
                problems.add((*path, "at"), fact, advice)
        if given.when or (given.at is None and not problems.any_unread(path, "at")):
            check_conditions(problems, (*path, "when"), given.when, scenario, ground)
        for number, other in _awaited(given):
            _circle(problems, (*path, "when", number), name, other, scenario)
        check_number(problems, (*path, "chance"), "chance", given.chance, scenario.numbers)


def taken_name(name: str, ground: Ground) -> str:
    """Why a name cannot be a force's: it stands for something else; empty where it can be."""
    if name in ground.actors or name in ground.places:
        what = "an actor" if name in ground.actors else "a place"
        return f"'{name}' is {what}, and cannot be a force's name too."
    return f"'{name}' cannot be a force's name." if any(sign in name for sign in "@:/~") else ""


def parties_of(event: StanceChanged | CeasefireAgreed) -> tuple[ActorId, ...]:
    """Those between whom a given event changes the stance."""
    return event.parties if isinstance(event, CeasefireAgreed) else (event.actor, event.toward)


def _one_side(one: ActorId, other: ActorId, ground: Ground) -> bool:
    """Whether two actors, both known, stand under one root."""
    return {one, other} <= set(ground.actors) and ground.root(one) == ground.root(other)


def _awaited(given: Given) -> Iterator[tuple[int, str]]:
    """The given events that another waits for: which of its conditions, and the name."""
    for number, condition in legible(given.when):
        subject, attribute = split_cell(condition.cell or "")
        if subject.startswith("given:") and attribute == "fired" and condition.equals is not None:
            yield number, subject.removeprefix("given:")


def _circle(problems: Problems, path: Path, name: str, other: str, scenario: Scenario) -> None:
    """Given events that wait for each other must not do so in a circle."""
    ways: list[tuple[str, ...]] = [(other,)]
    seen = {other}
    for way in ways:
        if way[-1] == name:
            by = ", then ".join(f"'{step}'" for step in way[:-1])
            fact = f"The trigger can never fire: it waits for itself{f', by way of {by}' if by else ''}."
            problems.add(path, fact, "Wait for something else.")
            return
        given = scenario.given.get(way[-1])
        for _, further in _awaited(given) if given is not None else ():
            if further not in seen:
                seen.add(further)
                ways.append((*way, further))


def _force(problems: Problems, path: Path, name: str, event: ForceRaised, scenario: Scenario, ground: Ground) -> None:
    """Men that are raised are a body of their own, or more of a garrison that stands where they come."""
    counts = {"number": event.number, "hidden": event.hidden}
    known = {key: number for key, number in counts.items() if not problems.any_unread(path, key)}
    if known and min(known.values()) < 0:
        problems.add(path, "A force has fewer than no men.", "Give a number of 0 or more.")
    for key, number in known.items():
        if not MEN_DOMAIN.holds(number):
            problems.add((*path, key), f"{number} are too many men: a force is {MEN_DOMAIN.words}.", "Raise fewer.")
    if problems.any_unread(path, "force", "actor", "place"):
        return
    body, at = (*path, "force"), f"{ground.root(event.actor)}@{event.place}"
    if event.force == at and event.kind == "garrison":
        return
    if taken := taken_name(event.force, ground):
        hint = f"Use one of its own, or '{at}' with 'kind: garrison' for more men of the garrison there."
        problems.add(body, taken, hint)
    if event.force in {*scenario.forces, *problems.faulty_in("forces")}:
        problems.add(body, f"'{event.force}' is a force already, under 'forces'.", "Give this one a name of its own.")
    for other, given in scenario.given.items():
        more = given.event
        if other >= name or not isinstance(more, ForceRaised) or more.force != event.force:
            continue
        if {event.kind, more.kind} != {"garrison"} or (event.place, event.actor) != (more.place, more.actor):
            fact = f"'{event.force}' is a force already, raised by '{other}': these men would join it where it then is."
            problems.add(body, fact, "Give this one a name of its own.")


def check_conditions(
    problems: Problems, path: Path, when: tuple[Condition, ...], scenario: Scenario, ground: Ground
) -> None:
    """Report conditions that can never hold, one by one and together."""
    if not when:
        problems.add(path, "The trigger has no condition.", "Write [{cell: ..., is: ...}] or [{after: 10 d}].")
    for number, condition in legible(when):
        for fact, advice in why_never(
            condition, scenario, ground, problems.faulty_in("forces", "doctrines", "given", "actors")
        ):
            problems.add((*path, number), fact, advice)
    for number, fact, advice in conflicting(when):
        problems.add((*path, number), fact, advice)
