"""The dated names of a map as they are written: of a faulty one, too, so that claims may use them while it is mended."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from attrs import frozen

from situation.dates import Interval
from situation.errors import Fault
from situation.testimony.codec import Codec
from situation.testimony.dating.clock import Clock
from situation.testimony.documents import Document
from situation.testimony.names import Alias, dated_names, spanned

__all__ = ["dated_rows"]


@frozen
class _Called:
    """An entry of the map by its names alone."""

    id: str
    name: str
    names: tuple[Alias, ...]
    aliases: tuple[Alias, ...]


def dated_rows(document: Document, codec: Codec, clock: Clock) -> Iterator[tuple[str, Interval, str]]:
    """Each dated name of actors, places, regions and operations that can be read, with when it was borne, and by whom."""
    for key in ("actors", "places", "regions", "operations"):
        rows = document.value.get(key)
        for row in rows if isinstance(rows, list) else ():
            if isinstance(row, dict) and isinstance(row.get("id"), str):
                names, aliases = (
                    tuple(_aliases(row.get(name), document, codec, clock)) for name in ("names", "aliases")
                )
                yield from dated_names(_Called(row["id"], str(row.get("name", row["id"])), names, aliases))


def _aliases(written: Any, document: Document, codec: Codec, clock: Clock) -> Iterator[Alias]:
    for one in written if isinstance(written, list) else ():
        read = codec.structure(document, (), one, Alias)[0]
        if read is not None:
            try:
                yield spanned(read, clock)
            except Fault:  # a date that is none is told where the map is read
                yield read
