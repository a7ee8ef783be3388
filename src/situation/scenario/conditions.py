"""Conditions on the state: whether one can ever hold, and whether it holds now."""

from __future__ import annotations

import math
from collections.abc import Collection, Iterator
from typing import get_args

from situation.clock import Minute
from situation.errors import Fault, near_miss
from situation.events.kinds import Stance
from situation.ground import Ground
from situation.opening import Status
from situation.rules import Rung
from situation.scenario.parts import Condition, Scenario
from situation.state import State, parted

__all__ = ["at_odds", "holds", "satisfiable"]

COUNTS = ("number", "hidden", "wounded", "killed", "surrendered", "left", "rung")


def satisfiable(
    condition: Condition, scenario: Scenario, ground: Ground, unread: Collection[str] = ()
) -> Iterator[tuple[str, str]]:
    """Why a condition can never hold, as facts with advice; nothing where it can.

    Args:
        unread: forces, plans and given events whose entries are faulty: they are there.
    """
    timed = condition.after is not None or condition.at is not None
    if (condition.cell is None) == (not timed):
        yield "The condition is about no cell and no time, or both.", "Give 'cell', or 'after', or 'at'."
        return
    if condition.after is not None and not 0 <= condition.after <= scenario.horizon:
        yield "The trigger can never fire: the story ends before.", "Give a time within the horizon."
    if condition.at is not None:
        try:
            at = ground.clock.moment(condition.at)
        except (Fault, ValueError) as error:
            yield str(error), ""
            return
        if not scenario.at <= at <= scenario.end:
            span = f"{ground.clock.day(scenario.at)} to {ground.clock.day(scenario.end)}"
            yield f"'{condition.at}' can never come in this story, {span}.", "Give a time within it."
    if condition.cell is not None:
        yield from _cell(condition, condition.cell, scenario, ground, unread)


def _cell(
    condition: Condition, cell: str, scenario: Scenario, ground: Ground, unread: Collection[str]
) -> Iterator[tuple[str, str]]:
    subject, attribute = parted(cell)
    tests = [condition.equals, condition.differs, condition.above, condition.below]
    if all(test is None for test in tests):
        yield f"The trigger does not say what '{cell}' must be.", "Give 'is', 'is_not', 'above' or 'below'."
        return
    actor, at, place = subject.partition("@")
    one, colon, other = subject.partition(":")
    known: dict[str, bool] = {
        "an actor": at != "" and actor in ground.actors and place in ground.places,
        "a pair": colon != "" and one in ground.actors and other in ground.actors,
        "a name": subject
        in {*ground.places, *ground.actors, *ground.operations, *scenario.forces, *scenario.doctrines, *unread},
        "given": one == "given" and other in {*scenario.given, *unread},
    }
    if not any(known.values()):
        hint = near_miss(subject, {*ground.places, *ground.actors, *scenario.forces}) or "Cells read place.attribute."
        yield f"The trigger can never fire: there is no '{subject}'.", hint
        return
    words: dict[str, tuple[str, ...]] = {
        "holder": tuple(sorted({ground.root(name) for name in ground.actors})),
        "besieger": tuple(sorted({ground.root(name) for name in ground.actors})),
        "status": get_args(Status),
        "stance": get_args(Stance),
        "conduct": ("hold", "delay", "insurgency"),
    }
    if attribute in words and condition.equals is not None and condition.equals not in words[attribute]:
        hint = near_miss(str(condition.equals), words[attribute]) or f"Use one of: {', '.join(words[attribute])}."
        yield f"The trigger can never fire: {cell} is never '{condition.equals}'.", hint
    if attribute not in (*words, *COUNTS, "fired", "resting", "paused_until", "air"):
        hint = near_miss(attribute, (*words, *COUNTS)) or f"Use one of: {', '.join((*words, *COUNTS))}."
        yield f"The trigger can never fire: a story gives '{subject}' no '{attribute}'.", hint
    if attribute in words or attribute in ("fired", "air"):
        if condition.above is not None or condition.below is not None:
            yield f"The trigger can never fire: {cell} is no number.", "Give 'is' or 'is_not'."
    elif attribute in COUNTS:
        yield from _count(condition, cell, Rung.CONFRONTATION if attribute == "rung" else math.inf)
    if condition.equals is not None and condition.equals == condition.differs:
        yield f"The trigger can never fire: {cell} cannot be and not be '{condition.equals}'.", "Keep one of the two."


def _count(condition: Condition, cell: str, most: float) -> Iterator[tuple[str, str]]:
    """Why a count, a whole number from 0 up, can never be as a condition says."""
    equals, above, below = condition.equals, condition.above, condition.below
    if equals is not None and (not isinstance(equals, int) or isinstance(equals, bool) or not 0 <= equals <= most):
        yield f"The trigger can never fire: {cell} is never '{equals}'.", _within(most)
    if below is not None and below <= 0:
        yield f"The trigger can never fire: {cell} is never below 0.", "Give a number above 0."
    if above is not None and above >= most:
        yield f"The trigger can never fire: {cell} is never above {most:g}.", _within(most)
    if above is not None and below is not None and _gap(above, below):
        fact = f"The trigger can never fire: no whole number lies above {above:g} and below {below:g}."
        yield fact, "Write them the other way round, or farther apart."


def _gap(above: float, below: float) -> bool:
    """Whether no whole number lies between two."""
    return math.floor(above) + 1 >= below


def at_odds(when: tuple[Condition, ...]) -> Iterator[tuple[int, str, str]]:
    """Conditions that cannot hold beside an earlier one on the same cell: which, the fact, and what to do."""
    for number, late in enumerate(when):
        for early in when[:number]:
            if late.cell is not None and late.cell == early.cell and _excluded(early, late):
                fact = f"The trigger can never fire: {late.cell} cannot be as both conditions say."
                yield number, fact, "Keep one of the two, or make two triggers."
                break


def _excluded(one: Condition, other: Condition) -> bool:
    """Whether two conditions on one cell leave it no value. All that has numbers to compare has whole ones."""
    values = [value for value in (one.equals, other.equals) if value is not None]
    if len(values) == 2 and values[0] != values[1]:
        return True
    if any(value in (one.differs, other.differs) for value in values):
        return True
    above = max((bound for bound in (one.above, other.above) if bound is not None), default=None)
    below = min((bound for bound in (one.below, other.below) if bound is not None), default=None)
    for value in values:
        if isinstance(value, int | float) and not isinstance(value, bool):
            return (above is not None and value <= above) or (below is not None and value >= below)
    return above is not None and below is not None and _gap(above, below)


def _within(most: float) -> str:
    return "Give a whole number of 0 or more." if math.isinf(most) else f"Give a whole number from 0 to {most:g}."


def holds(condition: Condition, state: State, now: Minute, branch: Minute, ground: Ground) -> bool:
    """Whether a condition holds at a time."""
    if condition.after is not None:
        return now >= branch + condition.after
    if condition.at is not None:
        return now >= ground.clock.moment(condition.at)
    value = state.cells.get(str(condition.cell))
    if condition.equals is not None and value != condition.equals:
        return False
    if condition.differs is not None and value == condition.differs:
        return False
    number = value if isinstance(value, int | float) else 0
    if condition.above is not None and not number > condition.above:
        return False
    return condition.below is None or number < condition.below
