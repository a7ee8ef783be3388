"""What a stage says once for all stories, in the tables of a world: names, numbers, conduct, ground and clock."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, Final

from situation.chance.luck import Luck, word_of
from situation.chance.philox import as_word
from situation.chance.quantiles import beta_of_side
from situation.errors import Fault
from situation.kernel import COMPILED
from situation.rules import Family, Prior
from situation.scenario.parts import Plan
from situation.scenario.story_numbers import VARYING
from situation.story.stage import Stage
from situation.story.world.given import own_names
from situation.story.world.numbering import NO_ROOM, Numbering
from situation.story.world.other_fields import CONDUCT
from situation.story.world.reasons import Term
from situation.story.world.tables import WorldTables, has_room

__all__ = [
    "BETA",
    "LOGNORMAL",
    "clock_lengths",
    "name_number",
    "names_in_draws",
    "orders_about",
    "set_draws",
    "set_luck",
    "take_prior",
    "take_stage",
]

_MOST_SHIFTS: Final = 512
"""How many changes of local time a world has room for: two a year, and more in the years of war."""
_LONG_AGO: Final = -(1 << 40)
LOGNORMAL: Final = 1
BETA: Final = 2
_FAMILY: Final[Mapping[Family, int]] = MappingProxyType(
    {Family.FIXED: 0, Family.LOGNORMAL: LOGNORMAL, Family.BETA: BETA}
)
"""The family of a prior as a number."""


def names_in_draws(stage: Stage) -> tuple[str, ...]:
    """The names that draws can be about, and the words that tell them apart, which come first."""
    scenario, ground = stage.scenario, stage.ground
    sent = (force for plan in scenario.doctrines.values() for force in plan.forces)
    commands = (order for plan in scenario.doctrines.values() for order in orders_about(stage, plan))
    names = (*sorted(ground.actors), *stage.places, *ground.links, *scenario.doctrines, *scenario.given)
    return (*(term.text for term in Term if term), *names, *scenario.forces, *own_names(stage), *sent, *commands)


def orders_about(stage: Stage, plan: Plan) -> tuple[str, ...]:
    """How the orders of a plan that are not a force's are called: about its actor's posture, and about its links."""
    actor = stage.ground.root(plan.actor)
    return tuple(f"{actor}/{it}" for it in ("posture", *plan.links))


def name_number(tables: WorldTables, numbering: Numbering, name: str) -> int:
    """The number of a name, which is new or known.

    Raises:
        Fault: the table of names is full.
    """
    number = numbering.names.of(name)
    if not has_room(tables.names, number):
        raise Fault(f"The table of names is full: it has {len(tables.names)} rows.", NO_ROOM)
    story = tables.story[0]
    if number > story.name_count:
        row, letters = tables.names[number], name.encode()
        row.word, row.first, row.last = as_word(word_of(name)), story.letter_count, story.letter_count + len(letters)
        if letters and not has_room(tables.letters, row.last - 1):
            raise Fault("The table of letters is full.", NO_ROOM)
        for at, letter in enumerate(letters, row.first):
            tables.letters[at] = letter
        story.name_count, story.letter_count = number, row.last
    return number


def take_stage(stage: Stage, tables: WorldTables, numbering: Numbering) -> None:
    """Fill in all that the stage says; where a story is drawn comes with its luck (`set_luck`).

    Raises:
        Fault: the clock changes more often than a world has room for.
    """
    for name in numbering.names.names[1:]:
        name_number(tables, numbering, name)
    for table, register in (
        (tables.actors, numbering.actors),
        (tables.places, numbering.places),
        (tables.plans, numbering.plans),
    ):
        for number, name in enumerate(register.names[1:], 1):
            table[number].name = name_number(tables, numbering, name)
    _take_numbers(stage, tables, numbering)
    _take_conduct(stage, tables, numbering)
    for place in stage.places:
        row, ground = tables.places[numbering.places.of(place)], stage.ground.places[place].ground
        row.area, row.sector = stage.area(place)
        row.town, row.post = stage.ground.is_town(place), stage.ground.is_post(place)
        row.terrain = numbering.numbers.known(f"terrain.{ground.terrain if ground is not None else 'open'}")
    _take_plans(stage, tables, numbering)
    _take_clock(stage, tables, numbering)


def _take_numbers(stage: Stage, tables: WorldTables, numbering: Numbering) -> None:
    for number, name in enumerate(numbering.numbers.names[1:], 1):
        take_prior(tables.numbers[number], stage.numbers[name])
        tables.numbers[number].word, tables.numbers[number].varies = as_word(word_of(name)), name in VARYING
    of_story = sorted(name for name in stage.numbers if name not in VARYING)
    for at, name in enumerate(of_story, 1):
        tables.numbers[at].listed = numbering.numbers.of(name)


def take_prior(row: Any, prior: Prior) -> None:
    """Fill in what is known of a number before it is drawn."""
    row.family, row.low, row.best, row.high = _FAMILY[prior.family], prior.low, prior.best, prior.high
    is_share = prior.family is Family.BETA
    row.below_a, row.below_b = beta_of_side(prior.best, prior.low) if is_share else (0.0, 0.0)
    row.above_a, row.above_b = beta_of_side(prior.best, prior.high) if is_share else (0.0, 0.0)


def _take_conduct(stage: Stage, tables: WorldTables, numbering: Numbering) -> None:
    """How each actor fights, as the numbers that it names."""
    for actor in stage.ground.actors:
        conduct, row = stage.conduct(actor), tables.actors[numbering.actors.of(actor)]
        names = {
            **{name: getattr(conduct, name) for name in CONDUCT if hasattr(conduct, name)},
            "position": f"position.{conduct.position}",
            "melts": conduct.melt,
            **{f"stands_{posture}": conduct.stands(posture) for posture in ("hold", "delay", "insurgency")},
        }
        for field in CONDUCT:
            setattr(row, field, numbering.numbers.known(names[field]))
        row.hides = conduct.melt != "melt.none"
        row.feared = conduct.surrender_to == "surrender.feared"
        row.is_supplied = bool(conduct.supply_from)


def _take_plans(stage: Stage, tables: WorldTables, numbering: Numbering) -> None:
    for name, plan in stage.scenario.doctrines.items():
        number = numbering.plans.of(name)
        row = tables.plans[number]
        if plan.forces and not has_room(row.assigned, len(plan.forces) - 1):
            fact = f"'{name}' has {len(plan.forces)} forces, and a plan has room for {len(row.assigned)}."
            raise Fault(fact, "Give it fewer forces, or simulate its stories as Python.")
        row.assigned_count = len(plan.forces)
        for at, force in enumerate(plan.forces):
            row.assigned[at] = name_number(tables, numbering, force)
        row.regroup, row.holds_for = numbering.numbers.known(plan.regroup), numbering.actors.of(plan.holds_for)
        for place in plan.goals:
            tables.goals[number * len(numbering.places.names) + numbering.places.of(place)].chosen = True


def clock_lengths(stage: Stage) -> Mapping[str, int]:
    """How many rows the table of changes of the clock has: compiled, always as many."""
    return {"shifts": 1 + _MOST_SHIFTS if COMPILED else 2 + len(_clock_changes(stage))}


def _clock_changes(stage: Stage) -> list[tuple[int, int]]:
    """Each change of local time after the branch: its minute, and by how many minutes local time is ahead from then on."""
    return [(minute, ahead) for minute, ahead in stage.ground.clock.zone.changes() if minute > stage.scenario.at]


def _take_clock(stage: Stage, tables: WorldTables, numbering: Numbering) -> None:
    tables.stage[0].origin, tables.stage[0].first_day = numbering.origin, numbering.first_day
    zone, at, changes = stage.ground.clock.zone, stage.scenario.at, _clock_changes(stage)
    if COMPILED and len(changes) >= _MOST_SHIFTS:
        fact = f"The clock changes {len(changes)} times after the branch, and a world has room for {_MOST_SHIFTS - 1} changes."
        raise Fault(fact, "Simulate its stories as Python.")
    shifts = [(_LONG_AGO, zone.ahead(at)), *((minute - numbering.origin, ahead) for minute, ahead in changes)]
    for number, row in enumerate(tables.shifts):
        row.since, row.ahead = shifts[min(number, len(shifts) - 1)]


def set_luck(tables: WorldTables, numbering: Numbering, luck: Luck) -> None:
    """Fill in where the chance of a story is drawn."""
    tables.stage[0].seed, tables.stage[0].index = luck.key
    _note_luck(numbering, luck)


def set_draws(tables: WorldTables, numbering: Numbering, record: Luck, parameters: Luck) -> None:
    """Fill in where the forces that the record leaves open, and the numbers of a story, are drawn."""
    there = tables.stage[0]
    there.record_seed, there.record_index = record.key
    there.parameters_seed, there.parameters_index = parameters.key
    for luck in (record, parameters):
        _note_luck(numbering, luck)


def _note_luck(numbering: Numbering, luck: Luck) -> None:
    numbering.luck[luck.stream.value] = f"{luck.seed}/{luck.index}"
