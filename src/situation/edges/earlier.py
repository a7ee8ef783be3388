"""What earlier imports left in a situation's folder, and which of them a file is a newer export of."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from pathlib import Path
from typing import Any, Final

from attrs import evolve, field, frozen

from situation.errors import Fault, InputError
from situation.log.value_words import list_in_words
from situation.testimony.documents import read

__all__ = ["FOLDER", "EarlierImport", "earlier_imports", "superseded"]

FOLDER: Final = "imports"
"""The folder of a situation that holds what was imported: of each file its source and origins in a YAML file, and its claims as
lines of JSON beside it."""
_HALF: Final = 0.5
"""A file is a newer export of an earlier one if it holds this part of its rows. ASSUMED: rows change and vanish between exports,
but not most of them; other files share a few."""


@frozen
class EarlierImport:
    """An earlier import of one file.

    Args:
        name: of its files.
        source: its source as written.
        claims: its claims, in the order of their lines, without retractions.
        standing: those that nothing has taken back, by the id of their row.
    """

    name: str
    source: Mapping[str, Any]
    claims: tuple[Mapping[str, Any], ...]
    standing: Mapping[str, Mapping[str, Any]] = field(factory=dict)

    @property
    def times(self) -> Mapping[str, int]:
        """From each of its rows to the number of its latest correction, 0 where there was none."""
        numbers: dict[str, int] = {}
        for claim in self.claims:
            row, number = _parts(str(claim["id"]))
            numbers[row] = max(number, numbers.get(row, 0))
        return numbers

    @property
    def published(self) -> str:
        """The day on which it was published."""
        return str(self.source["published"])[:10]


def earlier_imports(folder: Path, shown: str) -> tuple[EarlierImport, ...]:
    """The earlier imports of a situation, the oldest first of those of one file.

    Raises:
        InputError: their files cannot be read.
    """
    problems = []
    imports: list[EarlierImport] = []
    taken_back: set[str] = set()
    for path in sorted((folder / FOLDER).glob("*.yaml")):
        document, faults = read(path, f"{shown}/{FOLDER}/{path.name}", folder)
        problems += faults
        lines = path.with_suffix(".jsonl")
        claims, more = read(lines, f"{shown}/{FOLDER}/{lines.name}", folder) if lines.exists() else (None, [])
        problems += more
        sources = document.value.get("sources", []) if document is not None and isinstance(document.value, dict) else []
        rows = [row for row in (claims.value if claims is not None else ()) if isinstance(row, dict)]
        taken_back |= {row["retracts"] for row in rows if "retracts" in row}
        for source in sources:
            mine = tuple(row for row in rows if "retracts" not in row and row["source"] == source["id"])
            imports.append(EarlierImport(path.stem, source, mine))
    if problems:
        raise InputError(problems)
    return tuple(
        evolve(it, standing={_parts(str(one["id"]))[0]: one for one in it.claims if one["id"] not in taken_back})
        for it in imports
    )


def _parts(claim_id: str) -> tuple[str, int]:
    """The row of a claim, by its id, and the number of its correction; 0 where it is none."""
    match = re.fullmatch(r"(.*)-changed-(\d+)", claim_id)
    return (match[1], int(match[2])) if match else (claim_id, 0)


def superseded(file: str, rows: Collection[str], imports: Collection[EarlierImport]) -> tuple[EarlierImport, ...]:
    """The earlier imports of which a file is a newer export: it has half of their rows, or of those of its name.

    Args:
        file: the file's name, without its folder.
        rows: the claim ids that its rows would have.
        imports: earlier imports.

    Raises:
        Fault: it has their name, and less than half of their rows: if all others were taken for vanished, a file of another
            month or area would take back what the first one said.
    """
    known = set(rows)
    namesakes = [it for it in imports if it.source.get("file") == file]
    there = {row for it in namesakes for row in it.standing}
    if len(known & there) < _HALF * len(there):
        fact = f"{file} has the name of a file that was imported, and {len(known & there)} of its {len(there)} rows."
        files = list_in_words(f"{FOLDER}/{name}.*" for name in sorted({it.name for it in namesakes}))
        advice = (
            f"If it is another file, give it another name; if it stands in place of the first, delete {files} before."
        )
        raise Fault(fact, advice)
    matching = []
    for earlier in imports:
        rows_then = set(earlier.standing) or set(earlier.times)
        if rows_then and (earlier.source.get("file") == file or len(known & rows_then) >= _HALF * len(rows_then)):
            matching.append(earlier)
    return tuple(matching)
