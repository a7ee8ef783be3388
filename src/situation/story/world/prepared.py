"""What the worlds of all stories of a scenario begin with, whatever its record says: made once for a scenario, and copied."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from attrs import evolve, frozen

from situation.chance.luck import Stream
from situation.events import ActorId, AreaId, PlaceId
from situation.kernel import COMPILED
from situation.log.state import split_cell
from situation.scenario import Scenario
from situation.scenario.orders import DOCTRINE_NAMES
from situation.scenario.story_numbers import NUMBERS
from situation.story.stage import Stage
from situation.story.world.copies import copied_table
from situation.story.world.given import given_lengths, take_given
from situation.story.world.kept_story import kept_lengths
from situation.story.world.numbering import Numbering, Register
from situation.story.world.reasons import Purpose, Rule
from situation.story.world.staging import clock_lengths, names_in_draws, orders_about, take_prior, take_stage
from situation.story.world.tables import GROWS, SIZES, Size, WorldTables, again, make_tables

__all__ = ["PREPARED", "STRENGTH", "PreparedWorld", "prepared_world"]

PREPARED: Final = frozenset(
    {
        "story",
        "places",
        "actors",
        "plans",
        "givens",
        "lapsing",
        "numbers",
        "covers",
        "strengths",
        "goals",
        "conditions",
        "switches",
        "sayings",
        "names",
        "stage",
        "shifts",
    }
)
"""The tables in which something stands then."""
STRENGTH: Final = "strength"
_SPARE: Final = 32
"""Rows of a world of objects for doctrines that a story followed before it was taken up under a scenario without them."""
_MOST_KEPT: Final = 8
"""So many are kept: there is one for each set of numbers that a draw of the record has of units."""


@frozen
class PreparedWorld:
    """Tables, and the numbers of what is in them, before the record is looked at."""

    scenario: Scenario
    tables: WorldTables
    numbering: Numbering

    def copy(self, scenario: Scenario) -> tuple[WorldTables, Numbering]:
        """Tables and numbers of their own, for a world of a scenario that differs at most in what its numbers are."""
        copies = {name: copied_table(getattr(self.tables, name)) for name in PREPARED}
        for name, prior in scenario.numbers.items():
            if prior is not self.scenario.numbers[name]:
                take_prior(copies["numbers"][self.numbering.numbers.of(name)], prior)
        return again(self.tables, copies), self.numbering.copy()


def prepared_world(
    stage: Stage, size: str, standing: tuple[str, ...], struck: tuple[tuple[str, PlaceId], ...]
) -> PreparedWorld:
    """The world of every story of a scenario in whose record the same estimates stand.

    Args:
        stage: the scenario on any of its logs.
        size: one of `SIZES`.
        standing: the cells that say how strong some unit is somewhere.
        struck: the cells that the next attack on a place leaves open, each with its place.

    Raises:
        Fault: there is more of anything than a world of this size has room for.
    """
    kept, key = stage.worlds, (size, standing, struck)
    if key not in kept:
        if len(kept) >= _MOST_KEPT:
            kept.clear()
        kept[key] = _prepared(stage, size, standing, struck)
    prepared: PreparedWorld = kept[key]
    return prepared


def _prepared(
    stage: Stage, size: str, standing: tuple[str, ...], struck: tuple[tuple[str, PlaceId], ...]
) -> PreparedWorld:
    room = SIZES[size] if COMPILED else _room_for(stage)
    numbering = _numbering(stage, room)
    places = len(numbering.places.names)
    numbering.lapsing.fill((*standing, *(cell for cell, _ in struck)))
    covering = len(numbering.lapsing.names)
    pairs = [(actor, place) for actor in numbering.actors.names[1:] for place in stage.places]
    numbering.lapsing.fill(f"{actor}@{place}.{STRENGTH}" for actor, place in pairs)
    sizes = _lengths(numbering, room, covering)
    tables = make_tables(
        {**sizes, **clock_lengths(stage), **given_lengths(stage), **kept_lengths(stage, numbering, room.rows)}
    )
    take_stage(stage, tables, numbering)
    for actor, place in pairs:
        at = numbering.actors.of(actor) * places + numbering.places.of(place)
        tables.strengths[at].lapsing = numbering.lapsing.of(f"{actor}@{place}.{STRENGTH}")
    for cell in standing:
        _may_lapse(stage, tables, numbering, cell)
    for cell, place in struck:
        row = tables.lapsing[numbering.lapsing.of(cell)]
        row.stands, row.struck = True, numbering.places.of(place)
    for name in stage.ground.actors:
        _take_sides(stage, tables.actors[numbering.actors.of(name)], numbering, name)
    take_given(stage, tables, numbering)
    tables.story[0].order_count = len(numbering.orders.names) - 1
    return PreparedWorld(stage.scenario, tables, numbering)


def _take_sides(stage: Stage, row: Any, numbering: Numbering, actor: ActorId) -> None:
    """Whom an actor is of, and who is of it."""
    ground = stage.ground
    row.root, row.keeper = numbering.actors.of(ground.root(actor)), numbering.actors.of(ground.root.keeper(actor))
    row.above = numbering.sides(it for it in ground.actors if ground.under(actor, it))
    row.side = numbering.sides(ground.root.side(actor))


def _numbering(stage: Stage, size: Size) -> Numbering:
    every, plans = 1 << 30, stage.scenario.doctrines
    doctrines = Register("doctrines", size.doctrines).fill(_doctrines(stage))

    def register(what: str, room: int, *names: Any) -> Register:
        return Register(what, room if COMPILED else every).fill(names)

    return Numbering(
        origin=stage.scenario.at - 1,
        first_day=stage.day_of(stage.scenario.at) - 1,
        actors=register("actors", every, *sorted(stage.ground.actors)),
        places=register("places", every, *stage.places),
        links=register("links", every, *stage.ground.links),
        plans=register("plans", size.plans, *stage.scenario.doctrines),
        doctrines=doctrines,
        givens=register("given events", size.givens, *stage.scenario.given, *_chances(stage)),
        numbers=register("numbers", every, *NUMBERS, *sorted(stage.numbers)),
        forces=register("bodies of men", size.forces),
        orders=register("orders", size.orders, *(it for plan in plans.values() for it in orders_about(stage, plan))),
        batches=register("batches of wounded", size.batches),
        agreements=register("agreements", size.agreements),
        others=register("other cells", size.others),
        values=register("their values", every),
        part_texts=register("parts of places", every),
        lapsing=register("cells that lapse", every),
        names=register("names", every, *names_in_draws(stage)),
        rules=register(
            "rules", every, *(rule.text for rule in Rule if rule), *(f"doctrine {it}" for it in _doctrines(stage))
        ),
        questions=register("questions", every, *(f"{Stream.CHANCE.value}/{it.text}" for it in Purpose if it)),
        record=register("entries of the record", every),
    )


def _room_for(stage: Stage) -> Size:
    """With how much a world of objects begins: as many plans as there are, and doctrines for each."""
    scenario = stage.scenario
    givens = len(scenario.given) + len(_chances(stage))
    return evolve(
        GROWS, plans=1 + len(scenario.doctrines), doctrines=_SPARE + len(_doctrines(stage)), givens=max(1, givens) + 1
    )


def _doctrines(stage: Stage) -> tuple[str, ...]:
    """The doctrines that plans can follow: the project's own, then those from outside."""
    return (*DOCTRINE_NAMES, *stage.scenario.outside)


def _chances(stage: Stage) -> tuple[str, ...]:
    """What says of the plans with a chance whether they happen at all."""
    return tuple(f"plan/{name}" for name, plan in stage.scenario.doctrines.items() if plan.chance is not None)


def _lengths(numbering: Numbering, size: Size, covering: int) -> Mapping[str, int]:
    actors, places, links = (len(it.names) for it in (numbering.actors, numbering.places, numbering.links))
    return {
        "story": 1,
        "forces": size.forces,
        **dict.fromkeys(("places", "searches", "battles"), places),
        "batches": size.batches,
        "orders": size.orders,
        "actors": actors,
        "relations": actors * actors,
        "plans": size.plans,
        "turns": size.plans * size.doctrines,
        "givens": size.givens,
        "ways": actors * links,
        "lapsing": len(numbering.lapsing.names),
        "others": size.others,
        "numbers": len(numbering.numbers.names),
        "cut": size.forces,
        "wounds": size.wounds,
        "agreements": size.agreements,
        "scopes": size.agreements * places,
        "covers": covering * places,
        "strengths": actors * places,
        "rows": size.rows,
        "parts": size.parts,
        "parents": size.parents,
        "names": len(numbering.names.names) + 2 * size.forces,
        "stage": 1,
        "letters": sum(len(str(name).encode()) for name in numbering.names.names[1:]) + 96 * size.forces,
        "sides": 6,
        "goals": size.plans * places,
    }


def _may_lapse(stage: Stage, tables: WorldTables, numbering: Numbering, cell: str) -> None:
    """An estimate stands until the side that it is of loses the place; it may be of the place, or of a region around it."""
    unit, _, area = split_cell(cell)[0].partition("@")
    number, places = numbering.lapsing.of(cell), len(numbering.places.names)
    tables.lapsing[number].stands = True
    tables.lapsing[number].unit = numbering.actors.of(unit)
    for place in stage.places:
        at = number * places + numbering.places.of(place)
        if place == area:
            tables.covers[at].covered = 1
        elif AreaId(area) in stage.ground.regions_of(place):
            tables.covers[at].covered = 2
