"""The state and the disputes as plain values, with stable keys: what `--json` prints, what the page shows.

The keys are documented in `docs/json.md`, and a test holds them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from attrs import frozen

from situation.dates import Interval, Minute
from situation.events import in_measure
from situation.log.entry import Assumed, Entry, Reported
from situation.log.state import ForceState, State
from situation.log.story_words import entry_in_words
from situation.record.alternatives.views import view_as_named
from situation.record.answers.agreements import agreements_and_ships, has_become_others, reasons
from situation.record.cell_names import SHOWN
from situation.record.disputed_control import DisputedControl, disputes_over_control
from situation.record.joining.possibly import PossiblyOne
from situation.record.joining.questions import Answer
from situation.record.joining.topic import span_of
from situation.record.order.uncertainty import Uncertainty, uncertain_places
from situation.record.readings.reading import Reading
from situation.record.record import Record
from situation.testimony.codec import plain, stated
from situation.testimony.ground import Ground

__all__ = [
    "Lens",
    "disputes_answer",
    "entry_answer",
    "state_answer",
    "uncertain_answer",
    "value_answer",
]


@frozen
class Lens:
    """How the record is read: knowledge time, belief, whether claims count as known from their publication alone; and by
    whose claims: a view as `views.VIEW_KINDS` has it, or empty for all."""

    known_at: str | Minute | None = None
    belief: str = "graded"
    carried: bool = False
    view: str = ""

    @property
    def keys(self) -> dict[str, Any]:
        """As keyword arguments of the record's questions."""
        return {"known_at": self.known_at, "belief": self.belief, "carried": self.carried}


def value_answer(value: Any, ground: Ground) -> Any:
    """A cell's value, or an answer to a question, as plain values; a time as local times."""
    return _span(value, ground) if isinstance(value, Interval) else plain(value)


def _span(span: Interval, ground: Ground) -> dict[str, str]:
    return {"earliest": ground.clock.text(span.earliest), "latest": ground.clock.text(span.latest)}


def _writers(state: State, cell: str) -> list[Entry]:
    """The entries on which a cell rests: the last, and those that say the same of the same time."""
    return [it.entry for it in state.last.get(cell, ())] or [state.because[cell]]


def uncertain_answer(uncertain: Uncertainty | None, ground: Ground) -> dict[str, Any] | None:
    """The time within which a change came, and every value that it may have come to; null where nothing is uncertain."""
    if uncertain is None:
        return None
    return {**_span(uncertain.span, ground), "answers": [plain(holder) for holder in uncertain.answers]}


def state_answer(record: Record, at: str | Minute | None, lens: Lens) -> dict[str, Any]:
    """Who held what, with what, and how they stood, at a time; each value with what it rests on."""
    ground = record.ground
    minute = record.inside(at)
    reading = record.reading_of_state(**lens.keys)
    state = reading.state_at(minute)
    uncertain = uncertain_places(reading.history, minute)
    over_control = disputes_over_control(reading.decided, ground)
    disputed = DisputedControl(ground, reading.history).at(over_control, minute)
    controls: dict[str, dict[str, Any]] = {"places": {}, "areas": {}}
    for name in (*ground.places, *ground.regions):
        control = state.places.get(name)
        if control is None:
            continue
        because = [
            reason
            for attribute in ("holder", "status")
            if f"{name}.{attribute}" in state.because
            for entry in _writers(state, f"{name}.{attribute}")
            for reason in reasons(entry)
        ]
        controls["places" if ground.is_place(name) else "areas"][name] = {
            "holder": control.holder,
            "holders": list(control.holders),
            "status": control.status,
            "parts": plain(control.parts),
            "besieger": control.besieger,
            "besiegers": list(control.besiegers),
            "declared_by": control.declared_by,
            "announced_by": list(control.announced_by),
            "taken_by": plain(control.taken_by),
            "uncertain": uncertain_answer(uncertain.get(name), ground),
            "disputed": [dispute.question for dispute in disputed.get(name, ())],
            "because": list(dict.fromkeys(because)),
            **({"successors": list(control.successors)} if control.successors else {}),
        }
    return {
        "at": ground.clock.text(minute),
        "known_at": ground.clock.text(record.known(lens.known_at)),
        "belief": lens.belief,
        "view": view_as_named(lens.view, ground),
        **controls,
        "forces": [_force(reading, state, force, minute) for force in state.forces],
        "relations": [
            {
                "from": relation.actor,
                "to": relation.toward,
                "stance": relation.stance,
                "because": reasons(state.because[f"{relation.actor}:{relation.toward}.stance"]),
            }
            for relation in state.relations
            if not has_become_others(relation.actor, state) and not has_become_others(relation.toward, state)
        ],
        **agreements_and_ships(state, minute, reading, ground),
        "operations": [
            {
                "id": operation.id,
                "by": operation.by,
                "leaders": list(operation.leaders),
                "against": operation.against,
                "launched": ground.clock.day(operation.launched) if operation.launched is not None else None,
                "phase": operation.phase,
                "targets": list(operation.targets),
                "participants": plain(operation.participants),
                "support": dict(operation.support),
                "aims": list(operation.aims),
                "commander": operation.commander,
                "because": _operation_reasons(state.because, operation.id),
            }
            for operation in state.operations
        ],
    }


def _force(reading: Reading, state: State, force: ForceState, at: Minute) -> dict[str, Any]:
    name, unit = f"{force.actor}@{force.place}", force.number.unit
    entry = state.because[in_measure(f"{name}.strength", unit)]
    beside = []
    for claim_id in reading.beside(name, entry, unit):
        claim = reading.claims[claim_id]
        if span_of(claim, reading.evidence.ground).earliest > at:
            continue
        content: Any = claim.content
        number = content.number
        beside.append(
            {"claim": claim_id, "low": number.low, "best": number.best, "high": number.high, "scope": content.scope}
        )
    return {
        "actor": force.actor,
        "place": force.place,
        "low": force.number.low,
        "best": force.number.best,
        "high": force.number.high,
        "unit": force.number.unit,
        "beside": beside,
        "because": reasons(entry),
    }


def _operation_reasons(because: Mapping[str, Entry], operation: str) -> list[str]:
    said = {f"{operation}.{attribute}" for attribute in SHOWN["operation"]}
    entries = [entry for cell, entry in because.items() if cell in said or cell.startswith(f"{operation}.support.")]
    return sorted({reason for entry in entries for reason in reasons(entry)})


def _doubt(doubt: PossiblyOne) -> dict[str, Any]:
    return {"claims": [list(ids) for ids in doubt.claims], "why": doubt.why}


def disputes_answer(record: Record, lens: Lens, everything: bool = False) -> dict[str, Any]:
    """Disputes, mismatches and the untestable; with `everything`, each pair of answers and its relation too."""
    disputes, ground = record.disputes(**lens.keys), record.ground
    control = DisputedControl(ground, record.history(**lens.keys))
    answer: dict[str, Any] = {
        "disputes": [
            {
                "question": dispute.question,
                "relation": dispute.relation,
                "note": dispute.note,
                "answers": [
                    {"value": plain(_value(answer)), "weight": round(weight, 6), "claims": _ids(answer)}
                    for answer, weight in zip(dispute.weighed.question.answers, dispute.weighed.weights, strict=True)
                ],
                "accepted": plain(_value(dispute.weighed.accepted)) if dispute.weighed.accepted else None,
                "stands": [
                    {"from": ground.clock.text(since), "until": None if until is None else ground.clock.text(until)}
                    for since, until in control.spans(dispute)
                ],
            }
            for dispute in disputes.disputes
        ],
        "mismatches": [
            {
                "claim": it.claim,
                "stance": it.stance,
                "predicate": it.predicate,
                "state": it.state,
                "because": list(it.because),
            }
            for it in disputes.mismatches
        ],
        "untestable": list(disputes.untestable),
        "possibly_one": [_doubt(doubt) for doubt in disputes.possibly_one],
    }
    if everything:
        answer["relations"] = [
            {
                "question": pair.question,
                "relation": pair.relation,
                "answers": [
                    {"value": plain(_value(answer)), "claims": _ids(answer)} for answer in (pair.one, pair.other)
                ],
            }
            for pair in disputes.pairs
        ]
    return answer


def _value(answer: Answer | None) -> Any:
    return answer.value if answer else None


def _ids(answer: Answer) -> list[str]:
    return sorted(claim.id for claim in answer.claims)


def _fields(entry: Entry) -> dict[str, Any]:
    """The fields of an entry's event, but for those on which nothing decides between accounts of it."""
    fields: dict[str, Any] = stated(entry.event) if entry.event.reported else plain(entry.event)
    accounts = [stated(account) for account in entry.accounts]
    return {key: value for key, value in fields.items() if all(account.get(key) == value for account in accounts)}


def entry_answer(entry: Entry, ground: Ground, breaks: Iterable[str] = ()) -> dict[str, Any]:
    """An entry of the log as one line of `events.jsonl`. `breaks`: the pairs whose agreement it breaks, `north:south`."""
    return {
        "id": entry.id,
        "time": ground.clock.text(entry.time),
        **_span(entry.span, ground),
        "event": type(entry.event).__name__,
        "fields": _fields(entry),
        "text": entry_in_words(entry, ground),
        "breaks": [pair.split(":") for pair in breaks],
        "because": reasons(entry),
        "against": list(entry.cause.against),
        "credit": {name: list(ids) for name, ids in entry.cause.credit.items()}
        if isinstance(entry.cause, Reported)
        else {},
        "assumed": entry.cause.reason if isinstance(entry.cause, Assumed) else "",
        "silent": sorted(entry.silent),
    }
