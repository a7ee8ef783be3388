"""One story as a reading of the page: what happened in it, by which rule, at what odds and draw, and from what."""

from __future__ import annotations

from typing import Any

from situation.fold import history
from situation.log import Ruled
from situation.pages.readings import Entries, span_row
from situation.record import Record
from situation.story import Story

__all__ = ["story_reading"]


def story_reading(story: Story, record: Record, number: int, runs: int) -> dict[str, Any]:
    """The reading of one story: the record up to the branch as it was drawn, then the story's own entries.

    Args:
        story: the story, told again.
        record: the record that it branches from.
        number, runs: which run of how many it is.
    """
    ground = record.ground
    entries = Entries(record, {})
    spans = [change for change in history(story.log, ground) if _shown(change.cell, record)]
    rows = [span_row(change, entries) for change in sorted(spans, key=lambda it: (it.cell, it.since))]
    for entry in story.log:
        place = entries.index(entry)
        if isinstance(entry.cause, Ruled):
            cause = entry.cause
            entries.rows[place] |= {
                "rule": cause.rule,
                "odds": cause.odds,
                "draw": cause.draw,
                "address": cause.address,
                "parents": list(cause.parents),
            }
    return {
        "id": "story",
        "label": f"Story {number}",
        "hint": f"One story of {runs}, from its draws: one way it can go, not what is expected",
        "entries": entries.rows,
        "history": rows,
        "disputes": [],
        "mismatches": [],
        "untestable": [],
    }


def _shown(cell: str, record: Record) -> bool:
    """Whether the page draws a cell: those of places, and the record's own estimates of strength."""
    subject, _, attribute = cell.rpartition(".")
    return record.ground.is_place(subject) or (attribute == "strength" and "@" in subject)
