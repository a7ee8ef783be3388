"""The reading of the page that moves with the day: at each minute the state by what was known by then."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from attrs import define, field

from situation.dates import Minute
from situation.log.entry import Entry
from situation.log.fold import Change
from situation.log.state import CONTROL_ENDINGS, split_cell
from situation.page.evidence import EvidenceRows, touched_places
from situation.page.reading_rows import Entries, dispute_row, is_drawn, mismatch_row, span_order, span_row
from situation.page.spells import Spells
from situation.record.answers.rival_numbers import Disagreement, disagreement_over
from situation.record.beliefs.policies import BELIEF_RULES
from situation.record.disputed_control import DisputedControl
from situation.record.disputes import Dispute, dispute_over, parts_disputed
from situation.record.evidence.witnesses import Witnesses
from situation.record.order.uncertainty import changes_of_value
from situation.record.readings.growing import GrowingReading, Growth
from situation.record.record import Record
from situation.record.statements import Mismatch, places_judged, statement_fault
from situation.testimony.claims import Claim

__all__ = ["day_reading"]


def day_reading(record: Record, until: Minute, label: str, hint: str, belief: str) -> dict[str, Any]:
    """The history as it was known at each moment: cells of the state at t, by what was known at t.

    An event has one entry a version, with the spans of knowledge in which it stood in the log.
    """
    start = record.ground.window.earliest
    moments = sorted({start, *(moment for moment in record.knowledge_moments() if start < moment <= until)})
    reading = GrowingReading(record.readers.of(belief))
    work = _Days(record, reading, Witnesses.growing(reading, record.testimony), until)
    for moment, following in zip(moments, [*moments[1:], until + 1], strict=True):
        work.take(reading.grow(moment), moment, following)
    return work.payload(label, hint, belief)


@define
class _Disagreements:
    """Disputes, and statements that the state contradicts, each from the moment at which it first was one."""

    reading: GrowingReading
    disputes: dict[str, tuple[Dispute, Minute]] = field(factory=dict)
    wrong: dict[str, dict[str, Any]] = field(factory=dict)
    untestable: dict[str, None] = field(factory=dict)
    _of_claim: dict[str, dict[str, Dispute]] = field(factory=dict)
    """The disputes that there are now: by claim, and by question."""
    _statements: dict[str, dict[str, Claim]] = field(factory=dict)

    def take(self, growth: Growth, touched: Iterable[str], moment: Minute) -> None:
        """Take in how the reading grew."""
        ground = self.reading.ground
        for weighed in growth.dropped:
            for claim in (claim for answer in weighed.question.answers for claim in answer.claims):
                self._of_claim.get(claim.id, {}).pop(weighed.question.id, None)
        for weighed in growth.decided:
            dispute = dispute_over(weighed, ground)
            if dispute is not None:
                for name in dispute.claims:
                    self._of_claim.setdefault(name, {})[dispute.question] = dispute
                since = self.disputes[dispute.question][1] if dispute.question in self.disputes else moment
                self.disputes[dispute.question] = (dispute, since)
        for claim in sorted(self._to_test(growth, touched), key=lambda claim: claim.id):
            fault = statement_fault(claim, self.reading.changes, ground)
            if isinstance(fault, Mismatch):
                since = self.wrong.get(claim.id, {}).get("from", moment)
                self.wrong[claim.id] = mismatch_row(fault, claim, ground, since)
            elif fault == "untestable":
                self.untestable[claim.id] = None

    def over(self, entry: Entry) -> list[Dispute]:
        """The disputes that an entry's claims are part of."""
        names = (*entry.cause.claims, *entry.cause.against)
        return list({one.question: one for name in names for one in self._of_claim.get(name, {}).values()}.values())

    def _to_test(self, growth: Growth, touched: Iterable[str]) -> Iterable[Claim]:
        """The statements that are new, and those on places of which the control has another course."""
        for claim in growth.went:
            for place in self._places(claim):
                self._statements[place].pop(claim.id, None)
        for claim in growth.came:
            for place in self._places(claim):
                self._statements.setdefault(place, {})[claim.id] = claim
        new = {claim.id: claim for claim in growth.came if claim.kind == "statement"}
        for place in touched:
            new |= self._statements.get(place, {})
        return new.values()

    def _places(self, claim: Claim) -> Iterable[str]:
        if claim.kind != "statement" or claim.predicate is None:
            return ()
        return places_judged(claim.predicate, self.reading.ground)


@define
class _Days:
    """The rows of the reading while they are gathered, moment by moment."""

    record: Record
    reading: GrowingReading
    witnesses: Witnesses[GrowingReading]
    until: Minute
    entries: Entries = field(init=False)
    evidence: EvidenceRows = field(init=False)
    blurred: Spells = field(factory=Spells)
    disagreements: _Disagreements = field(init=False)
    spans: list[Change] = field(factory=list)
    _live: dict[str, Change] = field(factory=dict)
    """By cell, the span that is still open."""
    _since: dict[int, Minute] = field(factory=dict)
    """By row, since when its entry has stood in the log; only of those that stand there now."""

    def __attrs_post_init__(self) -> None:
        self.evidence = EvidenceRows(self.record.ground)
        self.disagreements = _Disagreements(self.reading)
        self.entries = Entries(self.record, self._disputed, self.reading.history.broken, self.reading)

    def _disputed(self, entry: Entry) -> Disagreement | None:
        return disagreement_over(entry, self.disagreements.over(entry), self.record.ground)

    def take(self, growth: Growth, moment: Minute, following: Minute) -> None:
        """Take in what was known from one moment up to, without, another."""
        first = not self.spans and not self._live
        self.witnesses.follow(growth)
        touched = list(touched_places(growth, self.witnesses.speakers))
        places = self.record.ground.places if first else touched
        self.evidence.take(self.witnesses, places, (*growth.went, *growth.came), moment, following)
        self.disagreements.take(growth, touched, moment)
        for entry in growth.left:
            self._leave(entry, moment)
        for entry in growth.entered:
            if entry.time <= self.until:
                row = self.entries.index(entry)
                self.entries.rows[row].setdefault("held", [])
                self._since.setdefault(row, moment)
        for cell in growth.cells:
            if cell.endswith(CONTROL_ENDINGS) and split_cell(cell)[0] in self.record.ground.places:
                self.blurred.follow(cell, dict(self._blurred(cell, moment)), moment)
        self._become(growth.cells, moment)
        for entry, cells in self.reading.entries(moment, min(following, self.until + 1)):
            self._become(cells, entry.time)

    def _blurred(self, cell: str, now: Minute) -> Iterator[tuple[tuple[Any, ...], tuple[Minute, Minute]]]:
        """The minutes at which it is not known whether a change of a cell has come: the cell, and the ends of that time.

        What was over by now is left out.
        """
        for change in changes_of_value(self.reading.changes.get(cell, ())):
            span = change.entry.span
            if span.earliest < span.latest and span.latest > now:
                yield (cell, span.earliest, span.latest), (span.earliest, span.latest)

    def _leave(self, entry: Entry, moment: Minute) -> None:
        if entry.time > self.until:
            return
        row = self.entries.index(entry)
        since = self._since.pop(row)
        spans = self.entries.rows[row]["held"]
        if spans and spans[-1][1] == since:
            spans[-1][1] = moment
        else:
            spans.append([since, moment])

    def _become(self, cells: Iterable[str], at: Minute) -> None:
        """Note what some cells have become at a minute."""
        for cell in sorted(cell for cell in cells if is_drawn(cell, self.record.ground)):
            old, new = self._live.get(cell), self.witnesses.change(cell, at)
            if old is not None and new is not None and old.value == new.value and old.entry == new.entry:
                continue
            if old is not None:
                if old.since < at:
                    self.spans.append(Change(cell, old.value, old.since, at, old.entry))
                del self._live[cell]
            if new is not None:
                self._live[cell] = Change(cell, new.value, at, None, new.entry)

    def _of_parts(self) -> Iterator[tuple[Dispute, Minute]]:
        """The disputes over tolls of a part above those of the whole, each from when both had been told of."""
        record, known_from = self.record, self.record.testimony.known_from
        for dispute in parts_disputed(record.reading(self.until, self.reading.reader.name), record.ground):
            times = (min(map(known_from, answer.claims)) for answer in dispute.weighed.question.answers)
            yield dispute, max(times)

    def payload(self, label: str, hint: str, belief: str) -> dict[str, Any]:
        """The reading as the page has it."""
        for row, since in list(self._since.items()):
            spans = self.entries.rows[row]["held"]
            if spans and spans[-1][1] == since:
                spans[-1][1] = self.until + 1
            else:
                spans.append([since, self.until + 1])
        self.blurred.close(self.until + 1)
        spans = sorted((*self.spans, *self._live.values()), key=span_order)
        control = DisputedControl(self.record.ground, spans)
        disputes = [
            dispute_row(dispute, self.record.ground, since, control.spans(dispute, since))
            for dispute, since in (*self.disagreements.disputes.values(), *self._of_parts())
        ]
        return {
            "id": "day",
            "label": label,
            "hint": hint,
            "entries": self.entries.rows,
            "history": [span_row(change, self.entries) for change in spans],
            **self.evidence.payload(),
            "rule": BELIEF_RULES[belief],
            "blurred": sorted([row[0], since, until, *row[1:]] for row, since, until in self.blurred.rows()),
            "disputes": disputes,
            "mismatches": list(self.disagreements.wrong.values()),
            "untestable": list(self.disagreements.untestable),
        }
