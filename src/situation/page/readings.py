"""Readings of the record for the page: spans of cells, the entries behind them, and what is disputed from when on."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from attrs import define, field

from situation.dates import Minute
from situation.events import OpeningAssumed
from situation.log.entry import Assumed, Entry
from situation.log.fold import Change, breaches, fold, history
from situation.log.state import SIDE_ENDINGS, State, holder_word
from situation.log.story_words import event_in_words
from situation.log.value_words import cell_in_words, claim_answer_in_words, count_in_words
from situation.log.war_words import breach_in_words
from situation.page.blurred import Blurred
from situation.page.evidence import EvidenceRows, answers_weighed, credited
from situation.record.answers.state import Lens
from situation.record.answers.timeline import disputed_entries
from situation.record.beliefs.policies import BELIEF_RULES
from situation.record.joining.topic import span_of
from situation.record.reading import Reading
from situation.record.record import Record
from situation.record.views import offered_views, view_in_words, viewed
from situation.testimony.codec import plain
from situation.testimony.ground import Ground

__all__ = ["READINGS", "Entries", "page_readings", "reading_payload", "span_row", "view_readings"]

READINGS = (
    ("best", "Best current knowledge", "Everything known today, by graded weight", "graded"),
    ("day", "As known on the day", "At each moment, what the sources of this record had said by then", "graded"),
    ("two-origins", "Two voices or nothing", "Only what two independent voices tell", "two-origins"),
    ("first-report", "First report stands", "The answer that was known first", "first-report"),
)


@define
class Entries:
    """The entries of one reading, each once, in the order of their first use."""

    record: Record
    disputed: Mapping[str, str]
    broken: Mapping[str, tuple[str, ...]] = field(factory=dict)
    reading: Reading | None = None
    rows: list[dict[str, Any]] = field(factory=list)
    seen: dict[tuple[Any, ...], int] = field(factory=dict)

    def index(self, entry: Entry) -> int:
        """The place of an entry among the rows."""
        key = (entry.id, entry.time, entry.span, entry.cause)
        if key not in self.seen:
            self.seen[key] = len(self.rows)
            row = _entry(entry, self.record.ground, entry.id in self.disputed, self.broken.get(entry.id, ()))
            row |= credited(entry, self.record.ground.at(entry.time))
            if self.reading is not None and entry.event.lane == "control":
                row["weighed"] = answers_weighed(entry, self.reading, self.record.ground)
            self.rows.append(row)
        return self.seen[key]

    def hold(self, entry: Entry, since: Minute, until: Minute) -> None:
        """Add to a row's `held` that its entry stood in the log from one minute of knowledge up to another."""
        spans = self.rows[self.index(entry)].setdefault("held", [])
        if spans and spans[-1][1] == since:
            spans[-1][1] = until
        else:
            spans.append([since, until])


def page_readings(lens: Lens, record: Record) -> list[tuple[str, str, str, str]]:
    """The readings of the page: that of a lens, where it is not a standard one, then the standard ones."""
    if lens == Lens():
        return list(READINGS)
    parts = [lens.belief]
    if lens.known_at is not None:
        parts.append(f"known at {record.ground.clock.text(record.known(lens.known_at))}")
    if lens.carried:
        parts.append("as carried")
    if lens.view:
        parts.append(view_in_words(lens.view, record.ground))
    return [("asked", ", ".join(parts), "The reading this replay was made for", lens.belief), *READINGS]


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
    view = lens if name == "asked" else Lens(None, belief, False)
    disputes = record.disputes(**view.keys)
    ground = record.ground
    broken = breaches(record.log(**view.keys).until(until), ground)
    entries = Entries(record, disputed_entries(record, disputes, view), broken, record.reading(**view.keys))
    evidence = EvidenceRows(ground)
    blurred = Blurred(ground)
    if name == "day":
        spans, moments = _diagonal(record, until, belief, entries, blurred, evidence)
    else:
        spans = list(history(record.log(**view.keys).until(until), ground))
        moments = [record.known(view.known_at)]
        evidence.take(record.witnesses(**view.keys), ground.window.earliest, until + 1)
    rows = [span_row(change, entries) for change in sorted(spans, key=lambda change: (change.cell, change.since))]
    for entry in record.log(**view.keys).until(until):
        if name != "day":
            entries.index(entry)
    payload: dict[str, Any] = {"id": name, "label": label, "hint": hint, "entries": entries.rows, "history": rows}
    payload |= {**evidence.payload(), "rule": BELIEF_RULES[belief]}
    if name == "day":
        payload["blurred"] = sorted(row for rows in blurred.rows.values() for row in rows)
    return {**payload, **_disagreements(record, moments, belief, view, by_day=name == "day")}


def _diagonal(
    record: Record,
    until: Minute,
    belief: str,
    entries: Entries,
    blurred: Blurred,
    evidence: EvidenceRows,
) -> tuple[list[Change], list[Minute]]:
    """The history as it was known at each moment: cells of the state at t, by what was known at t.

    An event has one entry a version, with the spans of knowledge in which it stood in the log. `blurred` receives the
    rows of that name in `contract.ReadingShape`.
    """
    ground = record.ground
    start = ground.window.earliest
    knowledge = sorted({start, *(moment for moment in record.knowledge_moments() if start < moment <= until)})
    spans: list[Change] = []
    live: dict[str, Change] = {}

    def become(state: State, at: Minute) -> None:
        for cell in sorted(set(live) | set(state.cells)):
            old = live.get(cell)
            gone = cell not in state.cells
            entry = state.because.get(cell)
            if old is not None and not gone and old.value == state.cells[cell] and old.entry == entry:
                continue
            if old is not None:
                if old.since < at:
                    spans.append(Change(cell, old.value, old.since, at, old.entry))
                del live[cell]
            if entry is not None:
                live[cell] = Change(cell, state.cells[cell], at, None, entry)

    for number, moment in enumerate(knowledge):
        following = knowledge[number + 1] if number + 1 < len(knowledge) else until + 1
        witnesses = record.witnesses(known_at=moment, belief=belief)
        evidence.take(witnesses, moment, following)
        log, entries.reading = witnesses.reading.log, witnesses.reading
        entries.broken = breaches(log.until(until), ground)
        entries.disputed = disputed_entries(
            record, record.disputes(known_at=moment, belief=belief), Lens(moment, belief, False)
        )
        for entry in log.until(until):
            entries.hold(entry, moment, following)
        blurred.hold(witnesses, moment, following)
        times = sorted({moment, *(entry.time for entry in log if moment < entry.time < following)})
        for at in times:
            become(fold(log.until(at), ground), at)
    return [*spans, *live.values()], knowledge


def span_row(change: Change, entries: Entries) -> list[Any]:
    """A span of a cell as the page's row: cell, value, since, until, place of its entry, interval of its time."""
    span = change.entry.span
    blurred = [span.earliest, span.latest] if span.earliest < span.latest else [None, None]
    value: Any = holder_word(change.value) if change.cell.endswith(SIDE_ENDINGS) else change.value
    if change.cell.endswith(".strength") and value is not None:
        scope = getattr(change.entry.event, "scope", "place")
        value = {"low": value.low, "best": value.best, "high": value.high, "unit": value.unit, "scope": scope}
        value["beside"] = _beside(change.cell, change.entry, entries.record)
    return [change.cell, plain(value), change.since, change.until, entries.index(change.entry), *blurred]


def _beside(cell: str, entry: Entry, record: Record) -> list[dict[str, Any]]:
    estimates = []
    for name in record.beside(State({cell: None}, {cell: entry}), cell.removesuffix(".strength")):
        content: Any = record.testimony.claims[name].content
        number = content.number
        estimates.append(
            {"claim": name, "low": number.low, "best": number.best, "high": number.high, "scope": content.scope}
        )
    return estimates


def _disagreements(record: Record, moments: Iterable[Minute], belief: str, view: Lens, by_day: bool) -> dict[str, Any]:
    """Disputes and mismatches with the minute from which each is shown."""
    ground = record.ground
    disputes: dict[str, dict[str, Any]] = {}
    wrong: dict[str, dict[str, Any]] = {}
    untestable: dict[str, None] = {}
    for moment in moments:
        current = record.disputes(known_at=moment, belief=belief) if by_day else record.disputes(**view.keys)
        for dispute in current.disputes:
            answers = zip(dispute.weighed.question.answers, dispute.weighed.weights, strict=True)
            starts = [
                span_of(claim, ground).earliest
                for answer in dispute.weighed.question.answers
                for claim in answer.claims
            ]
            since = moment if by_day else max(ground.window.earliest, min(starts))
            place = dispute.cell.partition(".")[0].rpartition("@")[2]
            disputes[dispute.question] = {
                "question": cell_in_words(dispute.cell, ground),
                "relation": dispute.relation,
                "cell": dispute.cell,
                "place": place if ground.is_place(place) else None,
                "answers": [
                    {
                        "value": claim_answer_in_words(answer.value, answer.claims[0], ground),
                        "weight": round(weight, 4),
                        "claims": [claim.id for claim in answer.claims],
                        "accepted": answer is dispute.weighed.accepted,
                    }
                    for answer, weight in answers
                ],
                "from": disputes.get(dispute.question, {}).get("from", since),
            }
        for mismatch in current.mismatches:
            claim = record.testimony.claims[mismatch.claim]
            since = moment if by_day else max(ground.window.earliest, span_of(claim, ground).earliest)
            wrong[mismatch.claim] = {
                "claim": mismatch.claim,
                "predicate": mismatch.predicate,
                "state": mismatch.state,
                "because": list(mismatch.because),
                "place": mismatch.places[0] if mismatch.places else None,
                "about": _places_named(claim.content, ground) or list(mismatch.places[:1]),
                "from": wrong.get(mismatch.claim, {}).get("from", since),
            }
        untestable |= dict.fromkeys(current.untestable)
    return {"disputes": list(disputes.values()), "mismatches": list(wrong.values()), "untestable": list(untestable)}


def _places_named(statement: object, ground: Ground) -> list[str]:
    """The places that a statement names."""
    names = [*getattr(statement, "places", ()), getattr(statement, "place", None), getattr(statement, "area", None)]
    return [str(name) for name in names if name is not None and ground.is_place(str(name))]


def _entry(entry: Entry, ground: Ground, disputed: bool, broken: tuple[str, ...]) -> dict[str, Any]:
    event = entry.event
    opening = isinstance(event, OpeningAssumed)
    subject = event.subject if opening else event.place
    before = entry.time < ground.window.earliest
    then = ground.at(entry.time)
    row = {
        "id": entry.id,
        "time": entry.time,
        "earliest": entry.span.earliest,
        "latest": entry.span.latest,
        "lane": event.lane,
        "event": type(event).__name__,
        "place": str(subject) if subject and ground.is_place(str(subject)) else None,
        "actors": list(dict.fromkeys(then.root(actor) for actor in event.actors)),
        "text": event_in_words(event, then) + (f", {breach_in_words(broken, then)}" if broken else ""),
        "claims": list(entry.cause.claims),
        "against": list(entry.cause.against),
        "disputed": disputed,
        "mark": "opening" if opening else "before" if before else "event",
    }
    if isinstance(entry.cause, Assumed) and entry.cause.reason:
        row["assumed"] = entry.cause.reason
    return row
