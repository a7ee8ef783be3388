"""Denials of what no claim of the record tells, with the report that comes nearest."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from situation.dates import DAY
from situation.errors import Problem
from situation.events import Event, roots
from situation.record.joining.topic import span_of
from situation.record.record import Record
from situation.testimony.claims import Claim
from situation.testimony.ground import Ground

__all__ = ["denied_nothing"]

_NEAR = {3: 30 * DAY, 2: 0}
"""How far from a denial, in minutes, a report may lie and still be what it may mean: one of the same kind, place and doers, and
one of its time that is unlike it in one of them. ASSUMED: a month."""


def denied_nothing(record: Record, possibly_one: Iterable[str]) -> Iterator[Problem]:
    """Every denial that fits no report, and so stands against nothing, where some report comes near it.

    Who denies what nobody tells, as of a rumour that the record has not, says what he says.

    Args:
        record: the record.
        possibly_one: the ids of denials that may be of some report, which are told elsewhere.
    """
    reading, known = record.reading(), {*possibly_one}
    claims = [claim for claim in record.claims_in_force() if claim.kind == "event" and claim.event is not None]
    happenings = reading.joins.happening
    reported = {happenings.get(claim.id) for claim in claims if claim.mode == "asserts"}
    for denial in claims:
        if denial.mode != "denies" or denial.takes_back or denial.id in known or happenings.get(denial.id) in reported:
            continue
        near = _nearest(denial, [claim for claim in claims if claim.mode == "asserts"], record.ground)
        if near is not None:
            when = record.ground.clock.spoken(span_of(near, record.ground))
            advice = (
                f"If it denies '{near.id}', of {when}, correct its kind, place, actors or time; else add the report that it "
                "answers, or leave it as it is."
            )
            yield Problem(denial.at, "It denies what no claim of the record tells, and stands against nothing.", advice)


def _nearest(denial: Claim, reports: Iterable[Claim], ground: Ground) -> Claim | None:
    """The report that differs from a denial in one thing, kind, place or doers, and lies nearest in time; by id of several."""
    span, ranked = span_of(denial, ground), []
    for report in reports:
        gap = span.gap(span_of(report, ground))
        shared = _shared(denial.event, report.event, ground)
        if gap <= _NEAR.get(shared, -1):
            ranked.append((-shared, gap, report.id, report))
    return min(ranked)[-1] if ranked else None


def _shared(one: Event | None, other: Event | None, ground: Ground) -> int:
    """In how many of kind, place and doers two events are alike."""
    assert one is not None and other is not None
    doers = [{*roots(ground.root, event.actors)} for event in (one, other)]
    alike = (type(one) is type(other), one.place is not None and one.place == other.place, bool(doers[0] & doers[1]))
    return sum(alike)
