"""Rows of a reading as the page has them: entries, spans of cells, disputes, and statements that the state contradicts."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from attrs import define, field

from situation.dates import Minute
from situation.events import Event, OpeningAssumed, OrderUnknown
from situation.log.claim_words import claim_in_words
from situation.log.entry import Assumed, Entry
from situation.log.fold import Change
from situation.log.state import SIDE_ENDINGS, holder_word
from situation.log.story_words import entry_in_words
from situation.log.value_words import claim_answer_in_words
from situation.log.war_words import breach_in_words
from situation.page.evidence import answers_weighed, credited
from situation.record.answers.not_believed import NotBelieved, why_not
from situation.record.answers.rival_numbers import Disagreement
from situation.record.beliefs.accepted_words import accepted_because
from situation.record.disputes import Dispute, ground_of_question
from situation.record.evidence.behind import claims_by_voice, saying_so
from situation.record.joining.topic import ground_then
from situation.record.readings.growing import GrowingReading
from situation.record.readings.reading import Reading
from situation.record.record import Record
from situation.record.statements import Mismatch
from situation.record.tolls.event_figures import EventFigures, event_figures
from situation.testimony.apart import ground_when
from situation.testimony.claims import Claim
from situation.testimony.codec import plain
from situation.testimony.ground import Ground

__all__ = ["Entries", "dispute_row", "is_drawn", "mismatch_row", "span_order", "span_row", "unbelieved_row"]


_DRAWN = ("holder", "status", "parts", "besieger", "successors", "declared_by", "taken_by")
"""The cells of a place that the page draws."""


@define
class Entries:
    """The entries of one reading, each once, in the order of their first use.

    Args:
        record: the record.
        disputed: on what the sources disagree of an entry; None where they do not.
        broken: by entry, the pairs between which it breaks an agreement.
        reading: what the entries were chosen in; None: of a story.
    """

    record: Record
    disputed: Callable[[Entry], Disagreement | None]
    broken: Mapping[str, tuple[str, ...]] = field(factory=dict)
    reading: Reading | GrowingReading | None = None
    rows: list[dict[str, Any]] = field(factory=list)
    seen: dict[tuple[Any, ...], int] = field(factory=dict)

    def index(self, entry: Entry) -> int:
        """The place of an entry among the rows."""
        key = (entry.id, entry.time, entry.span, entry.cause)
        if key not in self.seen:
            self.seen[key] = len(self.rows)
            disputed = self.disputed(entry)
            said, against = saying_so(entry, self.record.testimony.claims, self.record.ground)
            row = _entry(entry, self.record.ground, disputed is not None, self.broken.get(entry.id, ()))
            row |= {"claims": list(said), "against": list(against)}
            row |= {"behind": list(entry.cause.claims)} if len(said) < len(entry.cause.claims) else {}
            if isinstance(self.reading, Reading):
                voices = claims_by_voice(said, self.reading.evidence.voice)
                row |= {"voices": voices} if len(voices) < len(said) else {}
            row |= {"others_say": disputed.others} if disputed and disputed.others else {}
            row |= _killed(entry.event, ground_when(entry.event, entry.span, self.record.ground))
            row |= credited(entry, said, ground_when(entry.event, entry.span, self.record.ground))
            if self.reading is not None and entry.event.lane == "control":
                row["weighed"] = answers_weighed(entry, self.reading, self.record.ground)
            self.rows.append(row)
        return self.seen[key]


def _killed(event: Event, ground: Ground) -> dict[str, list[float]]:
    """The least, the best and the most who were killed in an event; nothing where it gives no number."""
    figures = event_figures("killed", event, ground) or EventFigures()
    amounts = [figures.all] if figures.all is not None else list(figures.of.values())
    if not amounts:
        return {}
    sums = [0.0, 0.0, 0.0]
    for amount in amounts:
        given = [number for number in (amount.best, amount.low, amount.high) if number is not None]
        for place, number in enumerate((amount.low, amount.best, amount.high)):
            sums[place] += given[0] if number is None else number
    return {"killed": [int(number) if number == int(number) else number for number in sums]}


def is_drawn(cell: str, ground: Ground) -> bool:
    """Whether the page draws a cell: who holds a place and how, and the record's own estimates of strength."""
    subject, _, attribute = cell.rpartition(".")
    return attribute in _DRAWN if ground.is_place(subject) else attribute == "strength" and "@" in subject


def span_order(change: Change) -> tuple[str, Minute]:
    """What orders the spans of cells on the page: the cell, then the minute from which the value held."""
    return change.cell, change.since


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
    for name in record.reading().beside(cell.removesuffix(".strength"), entry):
        content: Any = record.testimony.claims[name].content
        number = content.number
        estimates.append(
            {"claim": name, "low": number.low, "best": number.best, "high": number.high, "scope": content.scope}
        )
    return estimates


def dispute_row(
    dispute: Dispute, ground: Ground, since: Minute, stands: Iterable[tuple[Minute, Minute | None]]
) -> dict[str, Any]:
    """A dispute as the page shows it, from a minute on, and when it stands that it is over who holds a place."""
    answers = zip(dispute.weighed.question.answers, dispute.weighed.weights, strict=True)
    place, heading = dispute.place, dispute.heading(ground)
    ground = ground_of_question(dispute.weighed.question, ground)
    return {
        "question": heading + (f" ({dispute.note})" if dispute.note else ""),
        "relation": dispute.relation,
        "cell": dispute.cell,
        "place": place if ground.is_place(place) else None,
        "answers": [
            {
                "value": claim_answer_in_words(answer.value, answer.claims[0], ground),
                "weight": round(weight, 4),
                "claims": [claim.id for claim in answer.claims],
                **_accepted(answer is dispute.weighed.accepted, dispute, ground),
            }
            for answer, weight in answers
        ],
        "from": since,
        "stands": [list(span) for span in stands],
    }


def unbelieved_row(one: NotBelieved, ground: Ground) -> dict[str, Any]:
    """What is told or foretold and is not held to have come, as the page shows it from a minute on."""
    return {
        "text": one.text,
        "note": "denied, and not believed" if one.kind == "denied" else f"predicted: {why_not(one, ground)}",
        "earliest": one.span.earliest,
        "latest": one.span.latest,
        "claims": [claim.id for claim in (*one.claims, *one.against)],
        "since": one.span.earliest if one.kind == "denied" else min(one.span.latest, ground.window.latest),
    }


def _accepted(accepted: bool, dispute: Dispute, ground: Ground) -> dict[str, Any]:
    """Whether an answer is the one that was taken, and why it is where it is not the heaviest."""
    because = accepted_because(dispute.weighed, ground) if accepted else ""
    whole = dispute.weighed.refines if accepted else None
    of = {} if whole is None else {"unit_of": claim_answer_in_words(whole.value, whole.claims[0], ground)}
    return {"accepted": accepted, **({"because": because} if because else {}), **of}


def mismatch_row(mismatch: Mismatch, claim: Claim, ground: Ground, since: Minute) -> dict[str, Any]:
    """A statement that the state contradicts, as the page shows it, from a minute on."""
    return {
        "claim": mismatch.claim,
        "says": claim_in_words(claim, ground_then([claim], ground)),
        "state": mismatch.state,
        "because": list(mismatch.because),
        "place": mismatch.places[0] if mismatch.places else None,
        "about": _places_named(claim.content, ground) or list(mismatch.places[:1]),
        "from": since,
    }


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
        "text": entry_in_words(entry, ground) + (f", {breach_in_words(broken, then)}" if broken else ""),
        "claims": list(entry.cause.claims),
        "against": list(entry.cause.against),
        "disputed": disputed,
        "mark": "opening" if opening else "before" if before else _mark(entry),
    }
    if isinstance(entry.cause, Assumed) and entry.cause.reason:
        row["assumed"] = entry.cause.reason
    return row


def _mark(entry: Entry) -> str:
    """Whether an entry of the window stands among its events, or beside one that tells of the same."""
    return "beside" if isinstance(entry.event, OrderUnknown) and entry.either else "event"
