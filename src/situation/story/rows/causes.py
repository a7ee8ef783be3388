"""Causes of entries as numbers in rows, and back: the rule, its odds, the draw with its address, and the parents."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

from situation.errors import Fault
from situation.log.entry import Ruled
from situation.story.world.kinds import LISTS
from situation.story.world.numbering import NO_ROOM, Numbering
from situation.story.world.staging import name_number
from situation.story.world.tables import WorldTables, has_room

__all__ = ["cause_of", "write_cause"]


def write_cause(tables: WorldTables, numbering: Numbering, row: Any, cause: Ruled, rows: dict[str, int]) -> None:
    """Write a cause into a row.

    Args:
        rows: by the id of an entry of the story, its row.

    Raises:
        Fault: a table is full.
        ValueError: the draw is of other luck than the story's.
        KeyError: a parent is no entry of the log.
    """
    row.rule = numbering.rules.of(cause.rule)
    row.odds = math.nan if cause.odds is None else cause.odds
    if cause.address and cause.draw is not None:
        _write_draw(tables, numbering, row, cause.address, cause.draw)
    story = tables.story[0]
    row.first_parent = story.parent_count
    for parent in cause.parents:
        if not has_room(tables.parents, story.parent_count):
            raise Fault(f"The table of parents is full: it has {len(tables.parents)} rows.", NO_ROOM)
        known = numbering.record.known(parent)
        tables.parents[story.parent_count].entry = -known if known else rows[parent]
        story.parent_count += 1
    row.last_parent = story.parent_count


def _write_draw(tables: WorldTables, numbering: Numbering, row: Any, address: str, value: float) -> None:
    """An address is `stream/seed/index/question/subject/when`; a subject's parts stand with a + between them."""
    stream, seed, index, question, rest = address.split("/", 4)
    about, _, when = rest.rpartition("/")
    luck = f"{seed}/{index}"
    if numbering.luck.setdefault(stream, luck) != luck:
        raise ValueError(f"{address} is not of this story's luck, {stream}/{numbering.luck[stream]}.")
    row.question, row.when, row.draw = numbering.questions.of(f"{stream}/{question}"), int(when), value
    parts = about.split("+")
    for place in range(LISTS["about"]):
        part = parts[place] if place < len(parts) else ""
        number = numbering.names.known(part)
        if part.isdecimal() and not number:
            row.about[place] = -1 - int(part)
        else:
            row.about[place] = name_number(tables, numbering, part) if part else 0


def cause_of(tables: WorldTables, numbering: Numbering, row: Any, entries: Sequence[str] | None) -> Ruled:
    """The cause that a row holds.

    Args:
        entries: the ids of the story's entries, in the order of their rows; None: it is left without parents.
    """
    parents: tuple[str, ...] = ()
    if entries is not None:
        numbers = (int(tables.parents[at].entry) for at in range(row.first_parent, row.last_parent))
        parents = tuple(entries[it - 1] if it > 0 else numbering.record.names[-it] for it in numbers)
    odds = None if math.isnan(row.odds) else float(row.odds)
    rule: str = numbering.rules.names[row.rule]
    if not row.question:
        return Ruled(rule, odds, "", None, parents)
    stream, _, question = numbering.questions.names[row.question].partition("/")
    about = "+".join(str(-1 - part) if part < 0 else numbering.names.names[part] for part in row.about if part)
    address = f"{stream}/{numbering.luck[stream]}/{question}/{about}/{int(row.when)}"
    return Ruled(rule, odds, address, float(row.draw), parents)
