"""An import: files of rows become the claims of a situation, each row once, or nothing is written.

Rows in are claims and rejected rows; and the deaths of both together are those of the file, by year and dyad.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from datetime import date, timedelta
from pathlib import Path
from typing import Any, Final

from attrs import Factory, define, frozen

from situation.edges.duplicates import LookAlike, imported_rows, possibly_one
from situation.edges.earlier import EarlierImport, earlier_imports, superseded
from situation.edges.fields import day
from situation.edges.filters import nothing_left
from situation.edges.formats import ImportOrder, file_as_source, read_rows
from situation.edges.gazetteer import Taken, gazetteer_of
from situation.edges.mapedit import Additions
from situation.edges.meridian import side_by_side, usual
from situation.edges.newer import Revision, comparison_as_origin, revision_of
from situation.edges.roster import roster_of
from situation.edges.row_claims import NamedIds, claim_of, origin_rows
from situation.edges.row_reading import Finding
from situation.edges.rows import Rejected, Row
from situation.edges.slugs import slug
from situation.edges.sums import Deaths, deaths_of
from situation.edges.tables import Table
from situation.edges.unread_ids import earlier_rows_in, why_they_stay
from situation.testimony.ground import Ground

__all__ = ["Imported", "ImportedFile", "import_rows"]

_SAME_WORDS: Final = "Take one of the two out; where both happened, give rows an id, in a column that 'id' names."
"""What to do of two rows without ids that say the same."""


@frozen
class ImportedFile:
    """What one file comes to.

    Args:
        name: of its files in the folder `imports`.
        file: its own name.
        sources: the file as a source; of reports, each outlet in it.
        origins: the bodies that its rows relay and that are new.
        claims: a claim a row that is new or has changed, and the retractions of what has changed or vanished.
        changes: of a newer export, what has changed; None of any other.
    """

    name: str
    file: str
    sources: tuple[Mapping[str, Any], ...]
    origins: tuple[Mapping[str, Any], ...]
    claims: tuple[Mapping[str, Any], ...]
    changes: Revision | None


@frozen
class Imported:
    """What an import comes to.

    `rows` are those that were wanted: each is a claim or is rejected. `unwanted` were filtered out.
    """

    rows: int
    claims: int
    unwanted: int
    rejected: tuple[Rejected, ...]
    possibly_one: tuple[LookAlike, ...]
    deaths: tuple[Deaths, ...]
    files: tuple[ImportedFile, ...]
    additions: Additions
    window: tuple[date, date]
    longitude: float
    notes: tuple[str, ...] = ()


@define
class _File:
    """One file as it is read."""

    path: Path
    table: Table
    findings: list[Finding] = Factory(list)
    unwanted: int = 0
    all_ids: set[str] = Factory(set)
    published: date = date.min
    nameless: int = 0


def import_rows(
    order: ImportOrder, folder: Path | None, ground: Ground | None, taken_ids: Collection[str] = frozenset()
) -> Imported:
    """Read the files of an order into claims.

    Args:
        order: what to import.
        folder: the situation's folder; None where it is new.
        ground: its map; None where it is new.
        taken_ids: the ids of claims, sources and origins that are in use.

    Raises:
        InputError: a file cannot be read, or is of another format.
        Fault: nothing is left to import, or a filter names what no row has.
    """
    prefix = _prefix(order)
    read = [_read(order, path) for path in order.files]
    earlier = earlier_imports(folder, str(folder)) if folder is not None else ()
    older = {file.path: _older(file, prefix, earlier) for file in read}
    _reject_doubled(read, prefix, older, frozenset(taken_ids))
    findings = [finding for file in read for finding in file.findings]
    order.filter.check(finding.row for finding in findings if finding.row is not None)
    for file in read:
        kept = [finding for finding in file.findings if _wanted(finding, order)]
        file.unwanted = len(file.findings) - len(kept)
        file.findings = kept
    rejected = [finding.rejected for file in read for finding in file.findings if finding.faults]
    rejected = sorted(
        [*rejected, *(torn.rejected for file in read for torn in file.table.torn)], key=lambda it: (it.file, it.line)
    )
    rows = {
        _claim_id(prefix, it.id): it.row
        for file in read
        for it in file.findings
        if it.row is not None and not it.faults
    }
    if not rows and not (rejected and not order.skip_bad):
        raise nothing_left([it.row for it in findings if it.row is not None], bool(rejected))
    taken = Taken.of(ground)
    roster = roster_of((side for row in rows.values() for side in row.sides), ground, taken)
    gazetteer = gazetteer_of((row.spot for row in rows.values()), ground, taken, order.source.outlet)
    names = NamedIds(gazetteer, roster)
    files: list[ImportedFile] = []
    notes: list[str] = []
    used = set(taken_ids)
    for file in read:
        files.append(_imported(file, order, prefix, names, older[file.path], used, notes))
        used |= {str(row["id"]) for row in (*files[-1].sources, *files[-1].origins)} | {files[-1].name}
    newest = {row: name for file in files if file.changes is not None for row, name in file.changes.standing.items()}
    standing = {newest.get(name, name): row for name, row in rows.items()}
    replaced = {it.name for imports in older.values() for it in imports}
    before = imported_rows([it for it in earlier if it.name not in replaced], ground) if ground is not None else {}
    deaths = deaths_of([finding for file in read for finding in file.findings], rejected)
    return Imported(
        rows=len(rows) + len(rejected),
        claims=len(rows),
        unwanted=sum(file.unwanted for file in read),
        rejected=tuple(rejected),
        possibly_one=tuple(possibly_one(standing, order.windows, roster.of, before)),
        deaths=deaths,
        files=tuple(files),
        additions=Additions(gazetteer.places, gazetteer.regions, roster.actors),
        window=_window(rows.values()),
        longitude=usual(_middle(side_by_side([row.spot.lon for row in rows.values() if row.spot.lon is not None]))),
        notes=(*notes, *gazetteer.notes),
    )


def _wanted(finding: Finding, order: ImportOrder) -> bool:
    """Whether a row is wanted; a bad one by what of it can be read."""
    if finding.row is not None:
        return order.filter.wants(finding.row)
    return order.filter.may_want(finding)


def _read(order: ImportOrder, path: Path) -> _File:
    """A file's rows, each read or at fault."""
    file = _File(path, *read_rows(order, path))
    rows = [finding.row for finding in file.findings if finding.row is not None]
    days = [it for row in rows for it in (row.last, row.reported.by, row.reported.changed) if it is not None]
    stated = day("published", order.source.published) if order.source.published else None
    given = order.published or stated
    for finding in file.findings:
        if given is not None and finding.row is not None and finding.row.first > given:
            fact = f"It happened on {finding.row.first}, after the file was published ({given})."
            finding.fault(fact, "Correct one of the dates.")
    file.published = order.published or max([given or date.min, *days])
    return file


def _prefix(order: ImportOrder) -> str:
    return slug(order.source.outlet) if order.mapping is not None else order.format


def _claim_id(prefix: str, row_id: str) -> str:
    return f"{prefix}-" + re.sub(r"[^\w-]+", "-", row_id)


def _older(file: _File, prefix: str, earlier: tuple[EarlierImport, ...]) -> tuple[EarlierImport, ...]:
    """The earlier imports of which a file is a newer export."""
    file.all_ids = {_claim_id(prefix, finding.id) for finding in file.findings if finding.id}
    mine = tuple(it for it in earlier if next(iter(it.times), "").startswith(f"{prefix}-"))
    older = superseded(file.path.name, file.all_ids, mine)
    standing = {row for it in older for row in it.standing}
    meant, file.nameless = earlier_rows_in(
        file.table, file.findings, standing, lambda row_id: _claim_id(prefix, row_id)
    )
    file.all_ids |= meant
    return older


def _reject_doubled(
    read: list[_File], prefix: str, older: Mapping[Path, tuple[EarlierImport, ...]], taken: frozenset[str]
) -> None:
    """Mark each row whose id stands in an earlier row, or in a claim of the record that it is no newer export of."""
    first: dict[str, Finding] = {}
    for file in read:
        mine = {row for it in older[file.path] for row in it.times}
        for finding in file.findings:
            name = _claim_id(prefix, finding.id)
            if not finding.id:
                continue
            if name in first:
                where = f"{first[name].file}:{first[name].line}"
                if finding.named:
                    finding.fault(f"The id {finding.id} stands already, at {where}.", "Keep one of the two.")
                else:
                    finding.fault(f"It says the same as the row at {where}, in every cell.", _SAME_WORDS)
            elif name in taken and name not in mine:
                fact = f"The id {finding.id} is in the record already" if finding.named else "The row is in the record"
                advice = "Take the row out of the file, or the claim out of the record."
                finding.fault(f"{fact}, as the claim {name}.", advice)
            else:
                first[name] = finding


def _imported(
    file: _File,
    order: ImportOrder,
    prefix: str,
    names: NamedIds,
    older: tuple[EarlierImport, ...],
    taken: Collection[str],
    notes: list[str],
) -> ImportedFile:
    """One file as a source with its claims."""
    base = slug(file.path.stem)
    base = base if order.mapping is not None or base.startswith(order.format) else f"{order.format}-{base}"
    name, number = base, 1
    while name in taken or any(it.name == name for it in older):
        number += 1
        name = f"{base}-{number}"
    published = max([file.published, *(date.fromisoformat(it.published) + timedelta(days=1) for it in older)])
    rows = [finding.row for finding in file.findings if finding.row is not None and not finding.faults]
    source = file_as_source(order, file.path, file.table, name, published)
    named = {row.outlet: f"{name}-{slug(row.outlet)}" for row in rows if row.outlet} | {str(source["outlet"]): name}
    called = {
        named[outlet]: outlet
        for outlet, _ in reversed(Counter(sorted(row.outlet for row in rows if row.outlet)).most_common())
    }
    claims = [
        claim_of(row, names, _claim_id(prefix, row.id), named.get(row.outlet, name), file.table.paragraph(row.line))
        for row in rows
    ]
    standing = {row for it in older for row in it.standing}
    vanished = len(standing - file.all_ids)
    if vanished and file.nameless:
        notes.append(why_they_stay(file.path.name, vanished, file.nameless))
    revision = (
        revision_of(claims, older, file.all_ids | (standing if file.nameless else set()), name) if older else None
    )
    written = revision.claims if revision is not None else tuple(claims)
    used = {claim["source"] for claim in written}
    if source["rows"] and (exports := sorted({str(it.source["id"]) for it in older if it.source.get("rows")})):
        source["newer_than"] = exports
    called |= {name: str(source["outlet"])}
    sources = [
        {**source, "id": it, "outlet": called[it]} for it in sorted(called, key=called.__getitem__) if it in used
    ]
    origins: list[Mapping[str, Any]] = [*origin_rows(rows, taken)]
    if any("retracts" in claim for claim in written):
        origins.append(comparison_as_origin(name, file.path.name, older))
    return ImportedFile(name, file.path.name, tuple(sources), tuple(origins), written, revision)


def _window(rows: Iterable[Row]) -> tuple[date, date]:
    listed = list(rows)
    if not listed:
        return date(2000, 1, 1), date(2000, 1, 1)
    return min(row.first for row in listed), max(row.last for row in listed)


def _middle(numbers: list[float]) -> float:
    return sorted(numbers)[len(numbers) // 2] if numbers else 0.0
