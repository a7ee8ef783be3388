"""The files of a replay's run folder: the log, the history, the state at its end, and the page."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import orjson

from situation.answers import Lens, entry_answer, state_answer
from situation.archive.parquet import parquet
from situation.archive.writing import OPTION, listed
from situation.clock import Minute
from situation.fold import Change
from situation.record import Record
from situation.runs import PAGE, history_csv
from situation.tables import COLUMNS, history_rows

__all__ = ["history_parquet", "replay_files"]


def history_parquet(changes: tuple[Change, ...], record: Record) -> bytes:
    """The history as Parquet, all columns text."""
    import pyarrow as pa

    rows = history_rows(changes, record.ground.clock)
    return parquet({name: [row[name] for row in rows] for name in COLUMNS}, dict.fromkeys(COLUMNS, pa.string()))


def replay_files(record: Record, until: Minute, lens: Lens, page: str, identity: Mapping[str, Any]) -> dict[str, bytes]:
    """Every file of a replay's folder, by name."""
    log = record.log(**lens.keys).until(until)
    changes = tuple(change for change in record.history(**lens.keys) if change.since <= until)
    lines = [orjson.dumps(entry_answer(entry, record.ground), option=orjson.OPT_SORT_KEYS) for entry in log]
    state = state_answer(record, until, lens)
    files = {
        "events.jsonl": b"\n".join(lines) + b"\n",
        "history.csv": history_csv(changes, record),
        "history.parquet": history_parquet(changes, record),
        "state.json": orjson.dumps(state, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE),
        PAGE: page.encode(),
    }
    return {**files, "manifest.json": orjson.dumps({**identity, "files": listed(files)}, option=OPTION)}
