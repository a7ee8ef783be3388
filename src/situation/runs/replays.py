"""Replays in their run folders: the log, the history, the state at its end, and the page."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Final

import orjson

from situation.dates import Minute
from situation.errors import harmless_json
from situation.log.fold import Change, breaches
from situation.log.tables import HISTORY_COLUMNS, history_csv, history_rows
from situation.page import build_page
from situation.page.judgements import Judgement
from situation.page.payload import replay_payload
from situation.page.symbols import with_symbols
from situation.record.answers.state import Lens, entry_answer, state_answer
from situation.record.record import Record
from situation.runs.data_package import DescribedColumns, with_package
from situation.runs.finding import RUNS_FOLDER
from situation.runs.folder import Note, no_note, place_of
from situation.runs.identity import folder_name, replay_identity
from situation.runs.manifest import JUDGEMENTS, PAGE, json_bytes, with_manifest
from situation.runs.parquet import parquet
from situation.runs.writing import write_run

__all__ = ["stored_replay"]

_HISTORY: Final[DescribedColumns] = {
    "cell": ("", "the cell: SUBJECT.ATTRIBUTE"),
    "value": ("", "its value: text, or JSON where it is no text"),
    "since": ("", "from when on it has the value: ISO 8601, at the place's clock"),
    "until": ("", "until when; null: to the end"),
    "entry": ("", "the entry of the log that set it, by its id"),
}
"""The columns of the history."""


def _history_parquet(changes: tuple[Change, ...], record: Record) -> bytes:
    """The history as Parquet, all columns text."""
    import pyarrow as pa

    rows = history_rows(changes, record.ground.clock)
    return parquet(
        {name: [row[name] for row in rows] for name in HISTORY_COLUMNS}, dict.fromkeys(HISTORY_COLUMNS, pa.string())
    )


def _replay_files(
    record: Record,
    until: Minute,
    lens: Lens,
    page: str,
    identity: Mapping[str, Any],
    judgements: Sequence[Judgement],
) -> dict[str, bytes]:
    """Every file of a replay's folder, by name."""
    log = record.log(**lens.keys).until(until)
    changes = tuple(change for change in record.history(**lens.keys) if change.since <= until)
    broken = breaches(log, record.ground)
    answers = (entry_answer(entry, record.ground, broken.get(entry.id, ())) for entry in log)
    lines = [harmless_json(orjson.dumps(it, option=orjson.OPT_SORT_KEYS).decode()).encode() for it in answers]
    state = state_answer(record, until, lens) | {"handling": record.marked(None, lens.carried)}
    files = {
        "events.jsonl": b"\n".join(lines) + b"\n",
        "history.csv": history_csv(changes, record.ground.clock),
        "history.parquet": _history_parquet(changes, record),
        "state.json": json_bytes(state),
        JUDGEMENTS: json_bytes(list(judgements)),
        PAGE: page.encode(),
    }
    name = f"{record.ground.situation}-replay"
    tables = {"history.parquet": ("a row for each value of each cell of the state, with the time of it", _HISTORY)}
    return with_manifest(with_package(files, name, f"the record of {record.ground.situation}", tables), identity)


def stored_replay(
    record: Record,
    until: Minute,
    lens: Lens,
    out: Path | None = None,
    folder: Path = RUNS_FOLDER,
    symbols: str | None = None,
    note: Note = no_note,
) -> Path:
    """Write the run folder of a replay, with its page.

    Args:
        record, until, lens: of the replay.
        out: the run folder; None: one in `folder`, named after the situation and the digest.
        folder: where run folders are kept.
        symbols: `app6` for these symbols on the page's map, too; the run's digest is the same with and without.
        note: is told of what was found broken or unfinished, and what was done about it.

    Raises:
        Fault: the package that draws the symbols is not installed.
        SituationError: the folder cannot be written, or holds something else.
    """
    identity = replay_identity(record, until, lens)
    payload = replay_payload(record, until, lens, identity)
    page = build_page(payload)
    if symbols:
        page = with_symbols(page)
    target, _ = place_of(
        out, folder, folder_name(f"{record.ground.situation}-replay", identity["digest"]), note, identity
    )
    files = _replay_files(record, until, lens, page, identity, payload["judgements"])
    return write_run(target, files, note)
