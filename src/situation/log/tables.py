"""The history as a table: one row a span of one cell."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from situation.errors import inert_cell
from situation.log.fold import Change
from situation.testimony.codec import plain
from situation.testimony.dating.clock import Clock

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["HISTORY_COLUMNS", "history_csv", "history_frame", "history_rows"]

HISTORY_COLUMNS = ("cell", "value", "since", "until", "entry")


def history_rows(changes: Iterable[Change], clock: Clock) -> list[dict[str, Any]]:
    """A mapping a span: cell, value (text, or JSON where it is no text), since, until (None: to the end), entry."""
    return [
        {
            "cell": change.cell,
            "value": change.value
            if isinstance(change.value, str)
            else json.dumps(plain(change.value), sort_keys=True, ensure_ascii=False),
            "since": clock.text(change.since),
            "until": clock.text(change.until) if change.until is not None else None,
            "entry": change.entry.id,
        }
        for change in changes
    ]


def history_frame(changes: Iterable[Change], clock: Clock) -> pd.DataFrame:
    """The rows as a data frame with the columns `COLUMNS`."""
    import pandas as pd

    return pd.DataFrame(history_rows(changes, clock), columns=list(HISTORY_COLUMNS))


def history_csv(changes: Iterable[Change], clock: Clock) -> bytes:
    """The rows as CSV, UTF-8; `until` is empty where a span goes to the end."""
    frame = history_frame(changes, clock).map(inert_cell)
    return str(frame.to_csv(index=False, lineterminator="\n")).encode()
