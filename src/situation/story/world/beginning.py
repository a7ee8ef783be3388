"""The world as a story begins: the map, and what the record says of places, actors and their relations at the branch."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from situation.dates import Interval
from situation.errors import Fault
from situation.events import (
    ActorId,
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
from situation.log.terms import agreement_key
from situation.story.stage import Stage
from situation.story.world.agreed import take_agreement, take_agreements
from situation.story.world.cells import note_record
from situation.story.world.given import given_agreements
from situation.story.world.numbering import MOST_ACTORS, NO_ROOM, Numbering
from situation.story.world.prepared import STRENGTH, prepared_world
from situation.story.world.table_columns import put_values
from situation.story.world.tables import WorldTables, has_room
from situation.story.world.words import WORD_OF_TEXT

__all__ = ["begin_world"]

_SEALED: Final = ".sealed"


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
    cells = stage.state.cells
    standing = tuple(
        cell for cell, value in cells.items() if value is not None and "@" in cell and _names_strength(stage, cell)
    )
    fought_over = {
        subject for subject, attribute in map(split_cell, cells) if attribute.partition(".")[0] in Attacked.details
    }
    struck = tuple((cell, it) for it in stage.places if it in fought_over for cell in _left_open(stage, it))
    tables, numbering = prepared_world(stage, size, standing, struck).copy(stage.scenario)
    numbering.record.fill(entry.id for entry in stage.log.entries)
    _take_manners(stage, tables, numbering)
    _take_places(stage, tables, numbering)
    take_agreements(stage, tables, numbering, given_agreements(stage).values())
    _take_relations(stage, tables, numbering)
    for way in (name.removesuffix(_SEALED) for name, value in cells.items() if value and name.endswith(_SEALED)):
        actor, _, link = way.partition("|")
        tables.ways[numbering.actors.of(actor) * len(numbering.links.names) + numbering.links.of(link)].sealed = True
    for slot, agreed in given_agreements(stage).items():
        setattr(tables.givens[numbering.givens.of(slot[0])], slot[1], numbering.agreements.of(agreed))
    note_record(stage.state, tables, numbering, stage.cell_fields)
    return tables, numbering


def _names_strength(stage: Stage, cell: str) -> bool:
    """Whether a cell is what is estimated of some unit somewhere."""
    subject, attribute = split_cell(cell)
    unit, at, _ = subject.partition("@")
    return bool(at) and unit in stage.ground.actors and attribute.partition(".")[0] == STRENGTH


def _left_open(stage: Stage, place: PlaceId) -> list[str]:
    """The cells of the last attack on a place that the next one leaves open, such as its dead."""
    one, other = (*stage.ground.actors, ActorId(""), ActorId(""))[:2]
    if not one or not other:
        return []
    at = stage.scenario.at
    entry = Entry("", at, Interval(at, at), Attacked(place, (one,), other), Assumed())
    made = changes(entry, stage.state, stage.ground)
    return [cell for cell, value in made.items() if value is None and cell.startswith(f"{place}.")]


def _take_manners(stage: Stage, tables: WorldTables, numbering: Numbering) -> None:
    cells = stage.state.cells
    for actor in stage.ground.actors:
        row = tables.actors[numbering.actors.of(actor)]
        for name in ("posture", "air"):
            if said := WORD_OF_TEXT[cells.get(f"{actor}.{name}")]:
                setattr(row, name, said)
        if flyer := cells.get(f"{actor}.air_by"):
            row.flyer = numbering.actors.of(flyer)


def _take_places(stage: Stage, tables: WorldTables, numbering: Numbering) -> None:
    known: dict[str, dict[int, Any]] = {}
    for place in stage.places:
        number = numbering.places.of(place)
        _note_known(known, number, _control(stage, numbering, place))
        parts = stage.state.cells.get(f"{place}.parts") or ()
        if not parts:
            continue
        row, last = tables.places[number], len(parts) - 1
        if not (has_room(row.parts_actor, last) and has_room(row.parts_text, last)):
            raise Fault(f"'{place}' has {len(parts)} parts, and a world has room for {len(row.parts_actor)}.")
        row.parts_count = len(parts)
        for at, part in enumerate(parts):
            row.parts_actor[at], row.parts_text[at] = (
                numbering.actors.of(part.actor),
                numbering.part_texts.of(part.part),
            )
    for name, values in known.items():
        put_values(tables.places, name, values)


def _note_known(known: dict[str, dict[int, Any]], number: int, fields: Iterator[tuple[str, Any]]) -> None:
    """Note what is known of a thing, by field and by its number; what is not known, is 0 in every table."""
    for name, value in fields:
        if value:
            known.setdefault(name, {})[number] = value


def _control(stage: Stage, numbering: Numbering, place: PlaceId) -> Iterator[tuple[str, Any]]:
    """What the fields of a place hold that say who holds it, took it, rings it and has entered it."""
    cells, since = stage.state.cells, stage.state.because.get(f"{place}.holder")
    yield "status", WORD_OF_TEXT[cells.get(f"{place}.status")]
    for name in ("holder", "besieger", "declared_by"):
        yield name, numbering.sides(holders_in(cells.get(f"{place}.{name}")))
    if since is not None:
        yield "recorded", since.time - numbering.origin
        if isinstance(since.event, Captured | HandedOver):
            yield "captured", True
            yield "captured_at", since.time - numbering.origin
            yield "loser", numbering.actors.of(stage.ground.root(since.event.against)) if since.event.against else 0
    yield "entered_by", numbering.sides(cells.get(f"{place}.entered_by") or ())
    yield "blockaders", numbering.sides(cells.get(f"{place}.blockaded_by") or ())
    yield "blockaded", bool(cells.get(f"{place}.blockaded"))
    yield "heirs", numbering.sides(cells.get(f"{place}.successors") or ())


def _take_relations(stage: Stage, tables: WorldTables, numbering: Numbering) -> None:
    actors, known = len(numbering.actors.names), dict[str, dict[int, Any]]()
    for one, other in _related(stage):
        number = numbering.actors.of(one) * actors + numbering.actors.of(other)
        row = tables.relations[number]
        _note_known(known, number, _relation(stage, tables, numbering, f"{one}:{other}"))
        _take_beside(stage, tables, numbering, f"{one}:{other}", row)
        days = stage.state.cells.get(f"{one}:{other}.incidents") or ()
        if days and not has_room(row.incidents, len(days) - 1):
            raise Fault(f"'{one}:{other}' have {len(days)} incidents, and a world has room for {len(row.incidents)}.")
        if days:
            row.incidents[: len(days)], row.incidents_count = days, len(days)
    for name, values in known.items():
        put_values(tables.relations, name, values)


def _take_beside(stage: Stage, tables: WorldTables, numbering: Numbering, pair: str, row: Any) -> None:
    """The agreements that stand beside the last one of two actors."""
    beside = sorted(stage.state.cells.get(f"{pair}.agreements_beside") or (), key=lambda it: agreement_key(it.agreed))
    for at, it in enumerate(beside):
        if not all(has_room(getattr(row, f"beside_{end}"), at) for end in ("agreement", "violated", "violators")):
            fact = f"'{pair}' have {len(beside) + 1} agreements at once, and a world has room for {at + 1}."
            raise Fault(fact, NO_ROOM)
        row.beside_agreement[at] = take_agreement(stage, tables, numbering, it.agreed)
        row.beside_violated[at], row.beside_violators[at] = int(it.violated), numbering.sides(it.violated_by)
    if beside:
        row.beside_count = len(beside)


def _related(stage: Stage) -> list[tuple[str, str]]:
    """The pairs of actors of whom the record says anything, in the order of the actors."""
    turns = {actor: turn for turn, actor in enumerate(stage.ground.actors)}
    pairs = set()
    for cell in (*stage.state.cells, *stage.state.because):
        one, colon, other = split_cell(cell)[0].partition(":") if ":" in cell else ("", "", "")
        if colon and one in turns and other in turns:
            pairs.add((one, other))
    return sorted(pairs, key=lambda pair: (turns[ActorId(pair[0])], turns[ActorId(pair[1])]))


def _relation(stage: Stage, tables: WorldTables, numbering: Numbering, pair: str) -> Iterator[tuple[str, Any]]:
    """What the fields of two actors hold."""
    cells = stage.state.cells
    for name in ("stance", "stance_before"):
        yield name, WORD_OF_TEXT[cells.get(f"{pair}.{name}")]
    yield "rung", cells.get(f"{pair}.rung") or 0
    yield "agreed_stance", _by_agreement(stage.state.because.get(f"{pair}.stance"))
    for name in ("violated", "ended"):
        yield name, bool(cells.get(f"{pair}.{name}"))
    yield "violators", numbering.sides(cells.get(f"{pair}.violated_by") or ())
    yield "agreement", take_agreement(stage, tables, numbering, cells.get(f"{pair}.agreement"))


def _by_agreement(entry: Entry | None) -> bool:
    """Whether an agreement brought about how one stands to another."""
    event = None if entry is None else entry.event
    opening = isinstance(event, OpeningAssumed) and event.agreed is not None
    return opening or isinstance(event, CeasefireAgreed | CeasefireBegan)
