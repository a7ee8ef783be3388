"""Readings of the record for the page: spans of cells, the entries behind them, and what is disputed from when on."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from situation.dates import Minute
from situation.log.fold import breaches, history
from situation.log.time_words import time_in_words
from situation.log.value_words import count_in_words
from situation.page.day_reading import day_reading
from situation.page.evidence import EvidenceRows
from situation.page.reading_rows import (
    Entries,
    dispute_row,
    is_drawn,
    mismatch_row,
    span_order,
    span_row,
    unbelieved_row,
)
from situation.record.alternatives.views import offered_views, view_in_words, viewed
from situation.record.answers.not_believed import not_believed
from situation.record.answers.state import Lens
from situation.record.answers.timeline import disputed_entries
from situation.record.beliefs.policies import BELIEF_RULES
from situation.record.disputed_control import DisputedControl
from situation.record.disputes import Disputes
from situation.record.joining.topic import span_of
from situation.record.record import Record
from situation.testimony.claims import Claim

__all__ = ["CUSTOM", "READINGS", "page_readings", "reading_payload", "view_readings"]

READINGS = (
    ("best", "Best current knowledge", "Everything known today, by graded weight", "graded"),
    ("day", "As known on the day", "At each moment, what the sources of this record had said by then", "graded"),
    ("two-origins", "Two voices or nothing", "Only what two independent voices tell", "two-origins"),
    ("first-report", "First report stands", "The answer that was known first", "first-report"),
)
CUSTOM = "custom"
"""The id of a reading by a lens of its own, which is none of the standard ones."""


def page_readings(lens: Lens, record: Record) -> list[tuple[str, str, str, str]]:
    """The readings of the page: that of a lens, where it is not a standard one, then the standard ones."""
    if lens == Lens():
        return list(READINGS)
    parts = [lens.belief]
    if lens.known_at is not None:
        parts.append(f"known at {time_in_words(record.ground.clock.text(record.known(lens.known_at)))}")
    if lens.carried:
        parts.append("as carried")
    if lens.view:
        parts.append(view_in_words(lens.view, record.ground))
    return [(CUSTOM, ", ".join(parts), "The reading this replay was made for", lens.belief), *READINGS]


def view_readings(record: Record, until: Minute) -> list[dict[str, Any]]:
    """The record as one side says, as its enemies say, and by lean: a reading a view, each with the claims that it has."""
    readings = []
    for view in offered_views(record):
        seen = viewed(record, view)
        label = view_in_words(view, record.ground)
        count = count_in_words(len(seen.testimony.claims), "claim")
        hint = f"{count} of {len(record.testimony.claims)}, and the opening; by graded weight"
        reading = reading_payload(seen, until, Lens(), view, label[0].upper() + label[1:], hint, "graded")
        readings.append({**reading, "view": view, "only": list(seen.testimony.claims)})
    return readings


def reading_payload(
    record: Record, until: Minute, lens: Lens, name: str, label: str, hint: str, belief: str
) -> dict[str, Any]:
    """One reading: its entries, the spans of every cell, and its disputes, mismatches and untestable statements."""
    if name == "day":
        return day_reading(record, until, label, hint, belief)
    view = lens if name == CUSTOM else Lens(None, belief, False)
    ground = record.ground
    log = record.log(**view.keys).until(until)
    disputes = record.disputes(**view.keys)
    disputed = disputed_entries(record, disputes, view)
    entries = Entries(record, lambda entry: disputed.get(entry.id), breaches(log, ground), record.reading(**view.keys))
    evidence = EvidenceRows(ground)
    claims = record.reading(**view.keys).claims.values()
    evidence.take(record.witnesses(**view.keys), ground.places, claims, ground.window.earliest, until + 1)
    changes = sorted((change for change in history(log, ground) if is_drawn(change.cell, ground)), key=span_order)
    rows = [span_row(change, entries) for change in changes]
    for entry in log:
        entries.index(entry)
    payload: dict[str, Any] = {"id": name, "label": label, "hint": hint, "entries": entries.rows, "history": rows}
    payload |= {**evidence.payload(), "rule": BELIEF_RULES[belief]}
    if rejected := [unbelieved_row(one, ground) for one in not_believed(record, until, view)]:
        payload["unbelieved"] = rejected
    return {**payload, **_disagreements(record, disputes, DisputedControl(ground, changes))}


def _disagreements(record: Record, current: Disputes, control: DisputedControl) -> dict[str, Any]:
    """Disputes and mismatches with the minute from which each is shown."""
    ground = record.ground

    def since(claims: Iterable[Claim]) -> Minute:
        return max(ground.window.earliest, min(span_of(claim, ground).earliest for claim in claims))

    disputes = [
        dispute_row(
            one,
            ground,
            since(claim for answer in one.weighed.question.answers for claim in answer.claims),
            control.spans(one),
        )
        for one in current.disputes
    ]
    wrong = [
        mismatch_row(one, claim, ground, since([claim]))
        for one in current.mismatches
        for claim in (record.testimony.claims[one.claim],)
    ]
    return {"disputes": disputes, "mismatches": wrong, "untestable": list(current.untestable)}
