"""What a scenario gives, in the tables of a world: events with what they wait for, and the doctrines that plans turn to."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from enum import IntEnum
from math import inf
from types import MappingProxyType
from typing import Any, Final

from situation.errors import Fault
from situation.events import (
    Agreement,
    AirSupportWithdrawn,
    Captured,
    PositionTaken,
    Proclaimed,
)
from situation.log.state import split_cell
from situation.scenario.parts import Condition
from situation.story.rows.layout import LAYOUTS
from situation.story.stage import Stage
from situation.story.world.kinds import Kind
from situation.story.world.numbering import Numbering
from situation.story.world.tables import WorldTables
from situation.story.world.words import WORD_OF_TEXT, Word

__all__ = ["ConditionAbout", "given_agreements", "given_lengths", "own_names", "take_given"]


class ConditionAbout(IntEnum):
    """What a condition asks: a time, or one cell of the state."""

    NOTHING = 0
    AFTER = 1
    """So long after the branch."""
    MOMENT = 2
    # one side, or several
    HOLDER = 3
    BESIEGER = 4
    # words
    STATUS = 5
    STANCE = 6
    POSTURE = 7
    AIR = 8
    FIRED = 9
    # numbers
    KILLED = 10
    SURRENDERED = 11
    LEFT = 12
    NUMBER = 13
    WOUNDED = 14
    HIDDEN = 15
    RUNG = 16
    RESTING = 17
    PAUSED_UNTIL = 18


_ABOUT: Final[Mapping[str, ConditionAbout]] = MappingProxyType(
    {about.name.lower(): about for about in ConditionAbout if about > ConditionAbout.MOMENT}
)
_OF_BODIES: Final = (ConditionAbout.NUMBER, ConditionAbout.WOUNDED, ConditionAbout.HIDDEN, ConditionAbout.RESTING)
_NEVER: Final = -1
"""No cell has this value."""
_REGISTERS: Final[Mapping[Kind, str]] = MappingProxyType(
    {Kind.ACTOR: "actors", Kind.PLACE: "places", Kind.LINK: "links"}
)


def own_names(stage: Stage) -> tuple[str, ...]:
    """The names of forces that are raised under one of their own, and not as a garrison's."""
    return tuple(event.force for event in stage.scenario.raised if "@" not in event.force)


def given_lengths(stage: Stage) -> Mapping[str, int]:
    """How many rows the tables of what is given have."""
    scenario = stage.scenario
    switches = [switch for plan in scenario.doctrines.values() for switch in plan.switch]
    said = (given.event for given in scenario.given.values())
    return {
        "conditions": 1
        + sum(len(when) for when in (*(it.when for it in scenario.given.values()), *(it.when for it in switches))),
        "switches": 1 + len(switches),
        "sayings": 1
        + sum(len(event.speaks(stage.ground.root)) for event in said if isinstance(event, PositionTaken | Proclaimed)),
    }


def take_given(stage: Stage, tables: WorldTables, numbering: Numbering) -> None:
    """Fill in what a scenario gives, but for its agreements, and when its plans turn to another doctrine.

    Raises:
        Fault: a condition asks for a cell of which no table of a world has a field.
    """
    condition = said = switch = 1
    for name, given in stage.scenario.given.items():
        row, event = tables.givens[numbering.givens.of(name)], given.event
        row.name, row.chance = numbering.names.of(name), numbering.numbers.known(given.chance)
        if given.at is not None:
            row.minute = stage.ground.clock.interval(given.at).earliest - numbering.origin
        row.first_condition = condition
        condition = row.last_condition = _take_conditions(stage, tables, numbering, given.when, condition)
        row.happening, row.first_said = LAYOUTS[type(event)].happening.value, said
        _take_event(numbering, row, event)
        if isinstance(event, PositionTaken | Proclaimed):
            for cell, value in event.speaks(stage.ground.root).items():
                tables.sayings[said].cell, tables.sayings[said].value = (
                    numbering.others.of(cell),
                    numbering.values.of(value),
                )
                said += 1
        row.last_said = said
    for name, plan in stage.scenario.doctrines.items():
        terms = tables.plans[numbering.plans.of(name)]
        terms.first_switch = switch
        for turn in plan.switch:
            row = tables.switches[switch]
            row.to, row.first_condition = numbering.doctrines.of(turn.to), condition
            condition = row.last_condition = _take_conditions(stage, tables, numbering, turn.when, condition)
            switch += 1
        terms.last_switch = switch


def given_agreements(stage: Stage) -> dict[tuple[str, str], Agreement]:
    """The agreements that a scenario gives: by what it gives, and the column that says which."""
    return {
        (name, slot.column): getattr(given.event, slot.attribute)
        for name, given in stage.scenario.given.items()
        for slot in LAYOUTS[type(given.event)].slots
        if slot.kind is Kind.AGREEMENT
    }


def _take_event(numbering: Numbering, row: Any, event: Any) -> None:
    """What an event tells, in the columns of its layout; a garrison that is raised has no name of its own."""
    for slot in LAYOUTS[type(event)].slots:
        value = getattr(event, slot.attribute)
        if slot.kind is Kind.FORCE:
            row.body = numbering.names.known(value) if "@" not in value else 0
        elif slot.kind is Kind.AGREEMENT:
            continue  # it is numbered after those of the record
        elif slot.kind is Kind.UNITS:
            setattr(row, slot.column, numbering.sides(value))
        elif slot.kind is Kind.WORD:
            setattr(row, slot.column, WORD_OF_TEXT[value])
        else:
            register = _REGISTERS.get(slot.kind)
            setattr(row, slot.column, value if register is None else getattr(numbering, register).of(value))
    if isinstance(event, AirSupportWithdrawn):
        row.word = Word.NONE.value
    if isinstance(event, Captured) and event.by:
        row.actor = numbering.actors.of(event.by[0])


def _take_conditions(
    stage: Stage, tables: WorldTables, numbering: Numbering, when: Iterable[Condition], first: int
) -> int:
    """Write conditions from a row on.

    Returns: the row after them.
    """
    for at, condition in enumerate(when, first):
        row = tables.conditions[at]
        if condition.after is not None:
            row.what, row.minute = ConditionAbout.AFTER.value, condition.after
        elif condition.at is not None:
            row.what, row.minute = (
                ConditionAbout.MOMENT.value,
                stage.ground.clock.moment(condition.at) - numbering.origin,
            )
        else:
            _take_cell(numbering, row, str(condition.cell))
            row.above = -inf if condition.above is None else condition.above
            row.below = inf if condition.below is None else condition.below
            row.has_equals, row.has_differs = condition.equals is not None, condition.differs is not None
            row.equals, row.differs = (_number(numbering, row.what, it) for it in (condition.equals, condition.differs))
        first = at + 1
    return first


def _take_cell(numbering: Numbering, row: Any, cell: str) -> None:
    """Which field a cell is."""
    subject, attribute = split_cell(cell)
    about = _ABOUT.get(attribute, ConditionAbout.NOTHING)
    row.what, known = about.value, False
    if about in (ConditionAbout.HOLDER, ConditionAbout.BESIEGER, ConditionAbout.STATUS):
        row.place = numbering.places.known(subject)
        known = row.place != 0
    elif about in (ConditionAbout.STANCE, ConditionAbout.RUNG):
        row.actor, row.other = map(numbering.actors.known, subject.split(":")[:2]) if ":" in subject else (0, 0)
        known = row.actor != 0 and row.other != 0
    elif about is ConditionAbout.FIRED:
        row.given = numbering.givens.known(subject.removeprefix("given:"))
        known = row.given != 0
    elif about is ConditionAbout.PAUSED_UNTIL:
        row.plan = numbering.plans.known(subject)
        known = row.plan != 0
    elif about in _OF_BODIES:
        actor, at, place = subject.partition("@")
        if at:
            row.actor, row.place = numbering.actors.known(actor), numbering.places.known(place)
        else:
            row.body = numbering.names.known(subject)
        known = row.body != 0 or (row.actor != 0 and row.place != 0)
    elif about is not ConditionAbout.NOTHING:
        row.actor = numbering.actors.known(subject)
        known = row.actor != 0
    if not known:
        raise Fault(
            f"No table of a world has a field for '{cell}', which a condition asks for.",
            "Ask for another cell.",
        )


def _number(numbering: Numbering, about: int, value: Any) -> int:
    """A value that a cell may have, as a number: of an actor, a word, a truth or itself."""
    if about in (ConditionAbout.HOLDER, ConditionAbout.BESIEGER):
        return numbering.actors.known(value)
    if about in (ConditionAbout.STATUS, ConditionAbout.STANCE, ConditionAbout.POSTURE, ConditionAbout.AIR):
        return WORD_OF_TEXT.get(value, _NEVER)
    if about == ConditionAbout.FIRED:
        return {False: 1, True: 2}.get(value, _NEVER)
    return int(value) if isinstance(value, int | float) and value == int(value) else _NEVER
