"""What a table of a world is made of: fields, and how they are stored."""

from __future__ import annotations

from attrs import frozen

from situation.story.world.kinds import AS_ID, STORAGE, Kind

__all__ = ["Field", "WorldTable", "stored"]


@frozen
class Field:
    """A field. `cell`: the attribute of the cell that it is; a whole name where it has a dot; empty where it is none."""

    name: str
    kind: Kind
    unit: str = ""
    cell: str = ""


@frozen
class WorldTable:
    """A table. `subject`: how the cells of a row are named; empty where the table has none."""

    name: str
    subject: str
    fields: tuple[Field, ...]


def stored(table: WorldTable) -> tuple[tuple[str, str, int], ...]:
    """The fields of a table as they are stored: each with its name, its type, and its length where it is a list."""
    return tuple(
        column
        for field in table.fields
        for column in (
            *((field.name + end, kind, length) for end, kind, length in STORAGE[field.kind]),
            *(((f"{field.name}_by", AS_ID, 0),) if field.cell else ()),
        )
    )
