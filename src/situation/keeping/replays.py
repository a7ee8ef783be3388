"""Replays of a record, in folders of their own."""

from __future__ import annotations

from pathlib import Path

from situation.answers import Lens
from situation.archive import replay_files
from situation.clock import Minute
from situation.keeping.finding import RUNS
from situation.pages import build_page
from situation.pages.payload import replay_payload
from situation.pages.symbols import with_symbols
from situation.record import Record
from situation.runs import identity_of, write_run

__all__ = ["kept_replay"]


def kept_replay(
    record: Record,
    until: Minute,
    lens: Lens,
    out: Path | None = None,
    folder: Path = RUNS,
    symbols: str | None = None,
) -> Path:
    """Write the run folder of a replay, with its page.

    Args:
        record, until, lens: what is replayed, up to when, and through what it is seen.
        out: the run folder; None: one in `folder`, named after the situation and the digest.
        folder: where run folders are kept.
        symbols: `app6` for a page whose map has them too; the run's digest is the same with and without.

    Raises:
        Fault: the symbols were asked for, and what draws them is not installed.
        SituationError: the folder cannot be written, or holds something else.
    """
    identity = identity_of(record, until, lens)
    page = build_page(replay_payload(record, until, lens, identity))
    if symbols:
        page = with_symbols(page)
    target = out or folder / f"{record.ground.situation}-replay-{identity['digest'][:12]}"
    return write_run(target, replay_files(record, until, lens, page, identity))
