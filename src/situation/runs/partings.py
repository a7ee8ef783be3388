"""Where the pairs of a comparison part: a table in its folder, and kept chunk by chunk until that is written."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any, Final

from attrs import fields

from situation.ensemble.chunks import ChunkGone, Chunks
from situation.ensemble.divergence import Parting, parting_days, some_partings
from situation.ensemble.ensemble import About
from situation.ensemble.pairs import find_partings, partings_in
from situation.ensemble.record_draws import RecordDraws
from situation.errors import SituationError
from situation.page.comparison_payload import difference_handling
from situation.runs.data_package import DescribedColumns
from situation.runs.ensembles import ProgressBar, stories_kept
from situation.runs.folder import PARTIAL, Note, sound_manifest
from situation.runs.identity import comparison_identity, folder_name
from situation.runs.making import TRIES
from situation.runs.manifest import readable
from situation.runs.parquet import parquet, table_of
from situation.runs.stored_run import StoredRun

__all__ = [
    "PARTINGS",
    "PARTING_COLUMNS",
    "comparison_folder",
    "parting_table",
    "partings_known_or_some",
    "partings_of",
    "store_of_partings",
]

PARTINGS = "partings.parquet"
"""The file of a comparison that says where each pair parts."""
PARTING_COLUMNS: Final[DescribedColumns] = {
    "run": ("", "the number of the pair, from 0: the index of its luck"),
    "minute": ("minutes since 1970-01-01T00:00Z", "when the two part"),
    "event": ("", "in words, the first event that only one of the two has"),
    "alike": ("", "the same in words that like events share: a drawn force has no number"),
    "rule": ("", "the rule that made it; empty where it comes from the record and no rule did"),
    "in_first": ("", "whether it is of the first of the two"),
}
"""The columns of that table."""


def parting_table(partings: Sequence[Parting]) -> bytes:
    """A row for each pair that parts."""
    types = _types()
    return parquet({name: [getattr(it, name) for it in partings] for name in types}, types)


def _types() -> dict[str, Any]:
    """The columns of that table, and their types."""
    import pyarrow as pa

    kinds = {"run": pa.int64(), "minute": pa.int64(), "in_first": pa.bool_()}
    return {it.name: kinds.get(it.name, pa.string()) for it in fields(Parting)}


def comparison_folder(folder: Path, first: str, second: str, digest: str) -> Path:
    """The folder of a comparison among the others: `A-vs-B-DIGEST`."""
    return folder / folder_name(f"{first}-vs-{second}", digest)


def store_of_partings(folder: Path, runs: int, digest: str) -> Chunks:
    """Where the partings of a comparison are kept until it is written; `digest`: of the comparison."""
    return Chunks(folder / PARTIAL / digest, runs, digest)


def _partings_beside(place: Path, digest: str, about: About) -> list[Parting] | None:
    """The partings of a comparison as its folder holds them; None where it is not there or is broken, or holds none.

    Args:
        about: what its stories are of.
    """
    try:
        manifest = sound_manifest(place)
        if manifest["digest"] != digest or PARTINGS not in manifest["files"]:
            return None
        with readable(place / PARTINGS):
            table = table_of(place / PARTINGS)
            if dict(zip(table.schema.names, table.schema.types, strict=True)) != _types():
                return None
            partings = [Parting(**row) for row in table.drop_null().to_pylist()]
        within = all(0 <= it.run < about.runs and about.at <= it.minute <= about.end for it in partings)
        return partings if within else None
    except SituationError:
        return None


def partings_of(
    pair: tuple[StoredRun, StoredRun],
    draws: tuple[RecordDraws, RecordDraws],
    place: Path,
    store: Chunks,
    workers: int,
    bar: ProgressBar,
    note: Note,
    simulated_now: bool,
) -> list[Parting]:
    """Where the pairs of two stored runs part: read where it is known, else simulated again up to that day.

    Args:
        pair: both runs, the baseline first.
        draws: simulate their stories.
        place: the folder of their comparison.
        store: what is kept of a call that was stopped, or simulated both.
        workers: how many processes; no result depends on it.
        bar: shows the progress.
        note: is told of what is kept from a call that was stopped.
        simulated_now: whether the pairs were told just now, so that what is kept is of this call.
    """
    for attempt in range(TRIES):
        known = _partings_beside(place, store.digest, pair[0].ensemble.about)
        if known is not None:
            return known
        missing = store.missing()
        kept = store.count - sum(stop - start for start, stop in missing)
        if kept and not attempt and not simulated_now:
            text = f"Where {kept} of {store.count} pairs part is kept from a call that was stopped."
            note(f"{place}: {text} It goes on there.")
        if missing:
            days = parting_days(*(stored.ensemble for stored in pair))
            with bar("where they part", store.count) as finished, stories_kept(store):
                finished(kept)
                find_partings(draws, days, store, workers, finished)
        with suppress(ChunkGone):  # another process has come to the end of the same comparison, and removed them
            return list(partings_in(store))
    raise SituationError(f"{place}: Another process keeps removing where pairs part. Give the same command again.")


def partings_known_or_some(
    pair: tuple[StoredRun, StoredRun], draws: tuple[RecordDraws, RecordDraws] | None, folder: Path
) -> list[Parting]:
    """Where the pairs of two runs part: as their comparison has it where that lies in a folder, else of some, simulated again.

    Args:
        draws: simulate their stories; None: nothing can be simulated again.
    """
    first, second = pair
    if draws is None:
        return []
    record = draws[0].record
    digests = (str(first.manifest["digest"]), str(second.manifest["digest"]))
    digest = str(comparison_identity(*digests, difference_handling(record))["digest"])
    place = comparison_folder(folder, first.ensemble.about.scenario, second.ensemble.about.scenario, digest)
    known = _partings_beside(place, digest, first.ensemble.about)
    if known is not None:
        return known
    return some_partings(first.ensemble, second.ensemble, draws)
