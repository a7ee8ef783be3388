"""Conditions that can never hold, alone or beside each other, and conditions that always do."""

from __future__ import annotations

import math
from collections.abc import Collection, Iterator
from typing import Any

from situation.errors import Fault, near_miss
from situation.log.cells import RENAMED
from situation.log.state import split_cell
from situation.rules import Rung
from situation.scenario.checks.cells import attributes_of, nearest_subject, possible_values
from situation.scenario.conditions import COUNT_ATTRIBUTES
from situation.scenario.parts import Condition, Scenario
from situation.scenario.problems import legible
from situation.testimony.ground import Ground

__all__ = ["conflicting", "why_never"]

_MOST_MEN = 1e9
"""More than all forces of a story can come to: one of them is at most a tenth of it."""


def why_never(
    condition: Condition, scenario: Scenario, ground: Ground, faulty: Collection[str] = ()
) -> Iterator[tuple[str, str]]:
    """Why a condition can never hold, or always does, as facts with advice; nothing if it can go either way.

    Args:
        faulty: the names of forces, plans, actors and given events whose entries are faulty: they exist.
    """
    timed = condition.after is not None or condition.at is not None
    if (condition.cell is None) == (not timed):
        yield "The condition is about no cell and no time, or both.", "Give 'cell', or 'after', or 'at'."
        return
    if condition.after is not None and condition.at is not None:
        yield "The condition names two times.", "Give 'after' or 'at'; or write two conditions, if it must be both."
    if timed and any(test is not None for test in _tests(condition)):
        yield "A time is nothing to compare.", "Leave 'is', 'is_not', 'above' and 'below' out, or give 'cell'."
    if condition.after is not None and not 0 <= condition.after <= scenario.horizon:
        yield "The trigger can never fire: the story ends before.", "Give a time within the horizon."
    if condition.at is not None:
        yield from _moment(condition.at, scenario, ground)
    if condition.cell is not None:
        yield from _cell(condition, condition.cell, scenario, ground, faulty)


def _moment(text: str, scenario: Scenario, ground: Ground) -> Iterator[tuple[str, str]]:
    """Why a time never comes in a story."""
    try:
        at = ground.clock.moment(text)
    except Fault as fault:
        yield fault.fact, fault.advice
        return
    if not scenario.at <= at <= scenario.end:
        span = f"{ground.clock.day(scenario.at)} to {ground.clock.day(scenario.end)}"
        yield f"'{text}' can never come in this story, {span}.", "Give a time within it."


def _tests(condition: Condition) -> tuple[Any, ...]:
    return condition.equals, condition.differs, condition.above, condition.below


def _cell(
    condition: Condition, cell: str, scenario: Scenario, ground: Ground, faulty: Collection[str]
) -> Iterator[tuple[str, str]]:
    subject, attribute = split_cell(cell)
    if all(test is None for test in _tests(condition)):
        yield f"The trigger does not say what '{cell}' must be.", "Give 'is', 'is_not', 'above' or 'below'."
        return
    known = attributes_of(subject, scenario, ground, faulty)
    if known is None:
        yield f"The trigger can never fire: there is no '{subject}'.", nearest_subject(subject, scenario, ground)
        return
    if attribute not in known.attributes:
        waits = condition.equals is not None or condition.above is not None
        fact = "The trigger can never fire" if waits else "The condition says nothing"
        name = RENAMED.get(attribute)
        hint = f"It is called '{name}' now." if name else near_miss(attribute, known.attributes, 0.75) or known.advice
        yield f"{fact}: a story gives '{subject}' no '{attribute}'.", hint
        return
    words = possible_values(attribute, subject, scenario, ground)
    if words is not None:
        yield from _word(condition, cell, words)
    elif attribute in COUNT_ATTRIBUTES:
        yield from _count(condition, cell, Rung.CONFRONTATION if attribute == "rung" else _MOST_MEN)
    elif condition.equals is not None and not _whole(condition.equals, math.inf):
        yield f"The trigger can never fire: {cell} is never '{_shown(condition.equals)}'.", "It is a time, in minutes."
    if condition.equals is not None and condition.equals == condition.differs:
        yield f"The trigger can never fire: {cell} cannot be and not be '{condition.equals}'.", "Keep one of the two."


def _word(condition: Condition, cell: str, words: tuple[Any, ...]) -> Iterator[tuple[str, str]]:
    """Why a cell, one of a few words, can never be as a condition says, or always is."""
    if condition.above is not None or condition.below is not None:
        yield f"The trigger can never fire: {cell} is no number.", "Give 'is' or 'is_not'."
    for value, fact in (
        (condition.equals, "The trigger can never fire"),
        (condition.differs, "The condition says nothing"),
    ):
        if value is None or any(type(word) is type(value) and word == value for word in words):
            continue
        if words == (True,) and value is False:
            hint = "Only what has a 'chance' can come to nothing: write true, or give it one."
        elif True in words:
            hint = "Write true, without quotes." if words == (True,) else "Write true or false, without quotes."
        else:
            hint = near_miss(str(value), words) or f"Use one of: {', '.join(words)}."
        yield f"{fact}: {cell} is never '{_shown(value)}'.", hint


def _count(condition: Condition, cell: str, most: float) -> Iterator[tuple[str, str]]:
    """Why a count, a whole number from 0 up, can never be as a condition says, or always is."""
    equals, differs, above, below = condition.equals, condition.differs, condition.above, condition.below
    if equals is not None and not _whole(equals, most):
        yield f"The trigger can never fire: {cell} is never '{_shown(equals)}'.", _within(most, equals)
    elif equals is not None and ((above is not None and equals <= above) or (below is not None and equals >= below)):
        yield f"The trigger can never fire: {cell} cannot be {equals} within these bounds.", "Keep 'is' alone."
    if differs is not None and not _whole(differs, most):
        yield f"The condition says nothing: {cell} is never '{_shown(differs)}'.", _within(most, differs)
    if below is not None and below <= 0:
        yield f"The trigger can never fire: {cell} is never below 0.", "Give a number above 0."
    if above is not None and above >= most:
        yield f"The trigger can never fire: {cell} is never above {most:,.0f}.", _within(most, above)
    if above is not None and above < 0:
        yield f"The condition says nothing: {cell} is always above {above:g}.", _within(most, above)
    if below is not None and below > most:
        yield f"The condition says nothing: {cell} is always below {below:g}.", _within(most, below)
    if above is not None and below is not None and _gap(above, below):
        fact = f"The trigger can never fire: no whole number lies above {above:g} and below {below:g}."
        yield fact, "Write them the other way round, or farther apart."


def _whole(value: Any, most: float) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= most


def _shown(value: Any) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def _gap(above: float, below: float) -> bool:
    """Whether no whole number lies between two."""
    return math.floor(above) + 1 >= below


def conflicting(when: tuple[Condition, ...]) -> Iterator[tuple[int, str, str]]:
    """The conditions that exclude an earlier one on the same cell: their places in the list, with fact and advice."""
    for number, late in legible(when):
        for _, early in legible(when[:number]):
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


def _within(most: float, value: Any) -> str:
    """What to write instead of a value that a count never has."""
    if most < _MOST_MEN:
        return f"Give a whole number from 0 to {most:g}."
    too_many = isinstance(value, int | float) and value >= most
    return "Give fewer men." if too_many else "Give a whole number of 0 or more."
