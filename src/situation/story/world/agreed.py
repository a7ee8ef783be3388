"""Agreements of a record or a scenario in the tables of a world."""

from __future__ import annotations

from collections.abc import Iterable

from situation.errors import Fault
from situation.events import Agreement
from situation.log.terms import agreement_key, covers
from situation.story.stage import Stage
from situation.story.world.numbering import NO_ROOM, Numbering
from situation.story.world.tables import MOST_COVERED, WorldTables, has_room
from situation.story.world.words import WORD_OF_TEXT

__all__ = ["take_agreement", "take_agreements"]


def take_agreements(stage: Stage, tables: WorldTables, numbering: Numbering, given: Iterable[Agreement]) -> None:
    """Fill in the agreements of the record and those that a scenario gives, in the order in which they begin and lapse."""
    agreements = set(given)
    for it in stage.state.agreements:
        agreements |= {it.agreed, *(one.agreed for one in it.beside)}
    for agreed in sorted(agreements, key=agreement_key):
        take_agreement(stage, tables, numbering, agreed)


def take_agreement(stage: Stage, tables: WorldTables, numbering: Numbering, agreed: Agreement | None) -> int:
    """The number of an agreement, whose terms stand in their table from now on; 0 of none."""
    if agreed is None:
        return 0
    number = numbering.agreements.of(agreed)
    tables.story[0].agreement_count = len(numbering.agreements.names) - 1
    places = len(numbering.places.names)
    if not (has_room(tables.agreements, number) and has_room(tables.scopes, (number + 1) * places - 1)):
        raise Fault(f"The table of agreements is full: it has {len(tables.agreements)} rows.", NO_ROOM)
    row, clock = tables.agreements[number], stage.ground.clock
    row.kind, row.parties = WORD_OF_TEXT[agreed.kind], numbering.sides(agreed.parties)
    row.from_first, row.has_term = agreed.since is not None, agreed.until is not None
    if agreed.since is not None:
        row.since = clock.interval(agreed.since).earliest - numbering.origin
    if agreed.until is not None:
        row.until = clock.moment(agreed.until) - numbering.origin
    row.everywhere = not agreed.scope
    covered = {place for area in agreed.scope for place in stage.ground.members(area)}
    for place in stage.places:
        if {*stage.ground.members(place)} <= covered:
            tables.scopes[number * places + numbering.places.of(place)].covered = True
    _note_covers(stage, tables, numbering, number)
    return number


def _note_covers(stage: Stage, tables: WorldTables, numbering: Numbering, number: int) -> None:
    """Note which other agreements hold nowhere else than one, and than which others it does so.

    Raises:
        Fault: there are more agreements of some places than a set of them has room for.
    """
    agreed: Agreement = numbering.agreements.names[number]
    for other, known in enumerate(numbering.agreements.names[1:], 1):
        both = ((number, agreed), (other, known))
        for (wide, its), (narrow, others) in (both, both[::-1]):
            if its.scope and covers(its, others, stage.ground):
                if narrow > MOST_COVERED:
                    raise Fault(f"More than {MOST_COVERED} agreements hold in some places only.", NO_ROOM)
                tables.agreements[wide].covers |= 1 << narrow
