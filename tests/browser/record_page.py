"""What the page of the documented sequence holds, made once for all tests of a process."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import situation as sit
from situation.page.payload import replay_payload
from situation.record.answers.state import Lens
from situation.record.record import Record
from situation.runs.identity import replay_identity

__all__ = ["RECORD", "record_payload", "the_record"]

RECORD = Path(__file__).parents[2] / "scenarios" / "al-qaim-2017"


@cache
def the_record() -> Record:
    return sit.load(RECORD)


@cache
def record_payload() -> dict[str, Any]:
    """The payload of the replay, at the end of its window. Nobody changes it."""
    record, lens = the_record(), Lens()
    end = record.minute(None)
    return replay_payload(record, end, lens, replay_identity(record, end, lens))
