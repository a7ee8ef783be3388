"""The world as a story begins: the map, and what the record says of places, actors and their relations at the branch."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from attrs import evolve

from situation.chance.luck import Stream
from situation.dates import Interval
from situation.errors import Fault
from situation.events import (
    ActorId,
    Agreement,
    AreaId,
    Attacked,
    Captured,
    CeasefireAgreed,
    CeasefireBegan,
    HandedOver,
    OpeningAssumed,
    PlaceId,
)
from situation.kernel import COMPILED
from situation.log.effects import changes
from situation.log.entry import Assumed, Entry
from situation.log.state import holders_in, split_cell
from situation.scenario.orders import DOCTRINE_NAMES
from situation.scenario.story_numbers import NUMBERS
from situation.story.stage import Stage
from situation.story.world.agreed import take_agreement
from situation.story.world.cells import note_record
from situation.story.world.given import given_lengths, take_given
from situation.story.world.kept_story import kept_lengths
from situation.story.world.numbering import MOST_ACTORS, Numbering, Register
from situation.story.world.reasons import Purpose, Rule
from situation.story.world.staging import clock_lengths, names_in_draws, orders_about, take_stage
from situation.story.world.tables import GROWS, SIZES, Size, WorldTables, has_room, make_tables
from situation.story.world.words import WORD_OF_TEXT

__all__ = ["begin_world"]

_STRENGTH: Final = "strength"
_SPARE: Final = 32
"""Rows of a world of objects for doctrines that a story followed before it was taken up under a scenario without them."""


def begin_world(stage: Stage, size: str = "S") -> tuple[WorldTables, Numbering]:
    """The world of a stage before its first row, and the numbers of what is in it.

    Args:
        stage: the scenario on its record.
        size: one of `SIZES`.

    Raises:
        Fault: there are more actors, or more of anything else, than a world of this size has room for.
    """
    if COMPILED and len(stage.ground.actors) > MOST_ACTORS:
        fact = f"The map has {len(stage.ground.actors)} actors, and a world of tables has room for {MOST_ACTORS}."
        raise Fault(fact, "Simulate its stories as Python.")
    room = SIZES[size] if COMPILED else _room_for(stage)
    numbering = _numbering(stage, room)
    places = len(numbering.places.names)
    cells = stage.state.cells
    standing = [cell for cell, value in cells.items() if value is not None and _names_strength(stage, cell)]
    struck = [(cell, place) for place in stage.places for cell in _left_open(stage, place)]
    numbering.lapsing.fill((*standing, *(cell for cell, _ in struck)))
    covering = len(numbering.lapsing.names)
    pairs = [(actor, place) for actor in numbering.actors.names[1:] for place in stage.places]
    numbering.lapsing.fill(f"{actor}@{place}.{_STRENGTH}" for actor, place in pairs)
    sizes = _lengths(numbering, room, covering)
    tables = make_tables(
        {**sizes, **clock_lengths(stage), **given_lengths(stage), **kept_lengths(stage, numbering, room.rows)}
    )
    take_stage(stage, tables, numbering)
    for actor, place in pairs:
        at = numbering.actors.of(actor) * places + numbering.places.of(place)
        tables.strengths[at].lapsing = numbering.lapsing.of(f"{actor}@{place}.{_STRENGTH}")
    for cell in standing:
        _may_lapse(stage, tables, numbering, cell)
    for cell, place in struck:
        row = tables.lapsing[numbering.lapsing.of(cell)]
        row.stands, row.struck = True, numbering.places.of(place)
    _take_actors(stage, tables, numbering)
    _take_places(stage, tables, numbering)
    _take_relations(stage, tables, numbering)
    for name, way in ((f"{it}.sealed", it) for it in _ways(numbering)):
        if cells.get(name):
            tables.ways[_ways(numbering)[way]].sealed = True
    take_given(stage, tables, numbering)
    tables.story[0].order_count = len(numbering.orders.names) - 1
    note_record(stage.state, tables, numbering, stage.cell_fields)
    return tables, numbering


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
        record=register("entries of the record", every, *(entry.id for entry in stage.log.entries)),
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


def _names_strength(stage: Stage, cell: str) -> bool:
    """Whether a cell is what is estimated of some unit somewhere."""
    subject, attribute = split_cell(cell)
    unit, at, _ = subject.partition("@")
    return bool(at) and unit in stage.ground.actors and attribute.partition(".")[0] == _STRENGTH


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


def _left_open(stage: Stage, place: PlaceId) -> list[str]:
    """The cells of the last attack on a place that the next one leaves open, such as its dead."""
    one, other = (*stage.ground.actors, ActorId(""), ActorId(""))[:2]
    if not one or not other:
        return []
    at = stage.scenario.at
    entry = Entry("", at, Interval(at, at), Attacked(place, (one,), other), Assumed())
    made = changes(entry, stage.state, stage.ground)
    return [cell for cell, value in made.items() if value is None and cell.startswith(f"{place}.")]


def _take_actors(stage: Stage, tables: WorldTables, numbering: Numbering) -> None:
    ground = stage.ground
    for actor in ground.actors:
        row = tables.actors[numbering.actors.of(actor)]
        row.root, row.keeper = numbering.actors.of(ground.root(actor)), numbering.actors.of(ground.root.keeper(actor))
        row.above = numbering.sides(it for it in ground.actors if ground.under(actor, it))
        row.side = numbering.sides(ground.root.side(actor))
        row.posture, row.air = (WORD_OF_TEXT[stage.state.cells.get(f"{actor}.{it}")] for it in ("posture", "air"))
        row.flyer = numbering.actors.of(stage.state.cells.get(f"{actor}.air_by"))


def _take_places(stage: Stage, tables: WorldTables, numbering: Numbering) -> None:
    cells = stage.state.cells
    for place in stage.places:
        row = tables.places[numbering.places.of(place)]
        row.status = WORD_OF_TEXT[cells.get(f"{place}.status")]
        row.holder, row.besieger, row.declared_by = (
            numbering.sides(holders_in(cells.get(f"{place}.{name}"))) for name in ("holder", "besieger", "declared_by")
        )
        since = stage.state.because.get(f"{place}.holder")
        row.recorded = 0 if since is None else since.time - numbering.origin
        if since is not None and isinstance(since.event, Captured | HandedOver):
            row.captured, row.captured_at = True, row.recorded
            row.loser = numbering.actors.of(stage.ground.root(since.event.against)) if since.event.against else 0
        row.entered_by = numbering.sides(cells.get(f"{place}.entered_by") or ())
        row.blockaders = numbering.sides(cells.get(f"{place}.blockaded_by") or ())
        row.blockaded = bool(cells.get(f"{place}.blockaded"))
        row.heirs = numbering.sides(cells.get(f"{place}.successors") or ())
        parts = cells.get(f"{place}.parts") or ()
        last = len(parts) - 1
        if parts and not (has_room(row.parts_actor, last) and has_room(row.parts_text, last)):
            raise Fault(f"'{place}' has {len(parts)} parts, and a world has room for {len(row.parts_actor)}.")
        row.parts_count = len(parts)
        for at, part in enumerate(parts):
            row.parts_actor[at], row.parts_text[at] = (
                numbering.actors.of(part.actor),
                numbering.part_texts.of(part.part),
            )


def _take_relations(stage: Stage, tables: WorldTables, numbering: Numbering) -> None:
    cells, actors = stage.state.cells, len(numbering.actors.names)
    for one in stage.ground.actors:
        for other in stage.ground.actors:
            pair, row = (
                f"{one}:{other}",
                tables.relations[numbering.actors.of(one) * actors + numbering.actors.of(other)],
            )
            row.stance = WORD_OF_TEXT[cells.get(f"{pair}.stance")]
            row.stance_before = WORD_OF_TEXT[cells.get(f"{pair}.stance_before")]
            row.rung = cells.get(f"{pair}.rung") or 0
            days = cells.get(f"{pair}.incidents") or ()
            if days and not has_room(row.incidents, len(days) - 1):
                raise Fault(f"'{pair}' have {len(days)} incidents, and a world has room for {len(row.incidents)}.")
            row.incidents[: len(days)], row.incidents_count = days, len(days)
            row.agreed_stance = _by_agreement(stage.state.because.get(f"{pair}.stance"))
            row.violated, row.ended = bool(cells.get(f"{pair}.violated")), bool(cells.get(f"{pair}.ended"))
            row.violators = numbering.sides(cells.get(f"{pair}.violated_by") or ())
            for name in ("agreement", "agreement_before"):
                number = take_agreement(stage, tables, numbering, cells.get(f"{pair}.{name}"))
                setattr(row, name, number)


def _by_agreement(entry: Entry | None) -> bool:
    """Whether an agreement brought about how one stands to another."""
    event = None if entry is None else entry.event
    opening = isinstance(event, OpeningAssumed) and any(isinstance(it, Agreement) for it in event.values.values())
    return opening or isinstance(event, CeasefireAgreed | CeasefireBegan)


def _ways(numbering: Numbering) -> Mapping[str, int]:
    """From how the cells of an actor and a link are named to their number."""
    links = len(numbering.links.names)
    return {
        f"{actor}|{link}": at * links + to
        for at, actor in enumerate(numbering.actors.names)
        for to, link in enumerate(numbering.links.names)
        if at and to
    }
