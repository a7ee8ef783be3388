"""All that is made of a record, as one text: two records of which the same is made print the same, to the letter."""

from __future__ import annotations

import json
from typing import Any

from situation.dates import Interval, Minute
from situation.events import (
    ActorId,
    AreaId,
    Captured,
    Entered,
    OperationId,
    OperationReported,
    PlaceId,
    Quantity,
    StrengthAssessed,
    Support,
)
from situation.events.predicates import HoldsNothingIn, LastPlaceOf
from situation.log.entry import Entry
from situation.record.beliefs.belief import WeighedQuestion
from situation.record.beliefs.policies import BELIEFS
from situation.record.record import Record
from situation.testimony.codec import plain
from tests.unit.spoken import claim, record, retraction, span

__all__ = ["printed"]


def _entry(entry: Entry) -> dict[str, Any]:
    event = {"type": type(entry.event).__name__, **plain(entry.event)}
    return {
        "event": event,
        "id": entry.id,
        "time": entry.time,
        "span": plain(entry.span),
        "cause": plain(entry.cause),
    } | {"silent": sorted(entry.silent)}


def _value(value: Any) -> Any:
    return [value.earliest, value.latest] if isinstance(value, Interval) else plain(value)


def _decided(weighed: WeighedQuestion) -> list[Any]:
    answers = [[_value(answer.value), [one.id for one in answer.claims]] for answer in weighed.question.answers]
    accepted = _value(weighed.accepted.value) if weighed.accepted else None
    return [weighed.question.id, answers, list(weighed.weights), accepted, _value(weighed.span)]


def printed(made: Record, belief: str = "graded", carried: bool = False, known_at: Minute | None = None) -> str:
    """The log, the state at the window's end and at its middle, the questions as decided, and the disputes of a record."""
    window = made.ground.window
    reading = made.reading(known_at, belief, carried)
    states = [made.state(at, known_at, belief, carried) for at in (window.middle, window.latest)]
    found = made.disputes(known_at, belief, carried)
    told = {
        "log": [_entry(entry) for entry in reading.log],
        "passed over": reading.passed_over,
        "states": [
            {cell: [_value(state.cells[cell]), state.because[cell].id] for cell in sorted(state.cells)}
            for state in states
        ],
        "decided": [_decided(it) for it in reading.decided],
        "disputes": [[it.question, it.relation, it.claims] for it in found.disputes],
        "pairs": [[it.question, it.relation, it.one.claims[0].id, it.other.claims[0].id] for it in found.pairs],
        "mismatches": [plain(it) for it in found.mismatches],
        "untestable": found.untestable,
    }
    return json.dumps(told, ensure_ascii=False, sort_keys=True, indent=1)


def _fixed() -> Record:
    """A record with many sets, ties and rivals, on which the order of a set would show."""
    arlen, units = PlaceId("arlen"), ("north-guard", "north-scouts", "south-foot", "rebels")
    told = [
        claim(
            f"t{number}", Captured(arlen, tuple(ActorId(unit) for unit in pair)), source="courier", origin=f"o{number}"
        )
        for number, pair in enumerate([units[:2], units[1:3], units[:1], units[2:3], (units[1], units[0])])
    ]
    push = OperationId("spring-push")
    told += [
        claim("e1", Entered(arlen, (ActorId("north-scouts"), ActorId("south-foot"))), span("2020-03-02", "2020-03-09")),
        claim("p1", OperationReported(push, participants=tuple(ActorId(unit) for unit in units[:3])), episode="push"),
        claim("p2", OperationReported(push, participants=(ActorId("south"),), assault_on=arlen), episode="push"),
        claim(
            "p3", OperationReported(push, support=(Support(ActorId("south"), "guns"),), aims=("a", "b")), episode="push"
        ),
        claim("p4", OperationReported(push, targets=(AreaId("dell"), AreaId("corve")), aims=("c",)), episode="push"),
        claim("n1", StrengthAssessed(ActorId("rebels"), AreaId("arlen"), Quantity("fighters", best=10)), episode=""),
        claim("n2", StrengthAssessed(ActorId("rebels"), AreaId("arlen"), Quantity("fighters", low=20)), episode=""),
        claim("s1", HoldsNothingIn(ActorId("rebels"), AreaId("valley"))),
        claim("s2", LastPlaceOf(ActorId("rebels"), (AreaId("dell"), AreaId("arlen")), AreaId("valley"))),
        retraction("r1", "t4", source="courier", said="2020-03-13"),
    ]
    return record(*told)


if __name__ == "__main__":
    for name in sorted(BELIEFS):
        print(printed(_fixed(), name))
