"""Beginnings of what lasts, given as a range of weeks: that is read as when it began, not as how long it went on."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from situation.dates import DAY
from situation.errors import Problem
from situation.events import (
    AirSupportGiven,
    Besieged,
    Blockaded,
    CeasefireAgreed,
    Event,
    OperationLaunched,
    PostureChanged,
    RouteSealed,
    StanceChanged,
)
from situation.record.record import Record

__all__ = ["LASTS_FROM", "since_when"]

LASTS_FROM: Final[Mapping[type[Event], tuple[str, str]]] = {
    Besieged: ("on which the ring closed", "it lasts until a 'SiegeBroken', a fall or a withdrawal"),
    Blockaded: ("from which it was blockaded", "it lasts until a 'BlockadeLifted'"),
    RouteSealed: ("on which it was closed", "it lasts until a 'RouteOpened'"),
    AirSupportGiven: ("on which the support began", "it lasts until an 'AirSupportWithdrawn'"),
    CeasefireAgreed: ("on which it was agreed on", "'until' says when it ends"),
    OperationLaunched: ("of the launch", "what went on for a time is an 'OperationReported'"),
    StanceChanged: ("of the change", "what was so for a time is a 'RelationReported'"),
    PostureChanged: ("of the change", "it lasts until the next one"),
}
"""For each kind that begins what lasts: which day is wanted, and what says how long it lasted."""
_LONGEST: Final = 7 * DAY
"""The longest range that passes for a beginning of which no more is known, in minutes. ASSUMED: whoever tells of a beginning
knows its week; a longer range far more often means how long it went on."""


def since_when(record: Record) -> Iterator[Problem]:
    """Every claim of such a beginning whose time is written as one range of more than a week."""
    clock = record.ground.clock
    for claim in record.claims_in_force():
        time = claim.happened
        if time is None or not time.ranged or claim.kind != "event" or claim.mode != "asserts":
            continue
        which, lasted = LASTS_FROM.get(type(claim.event), ("", "")) if claim.event is not None else ("", "")
        if not which or time.span.latest - time.span.earliest <= _LONGEST:
            continue
        first, last = clock.day(time.span.earliest), clock.day(time.span.latest)
        fact = f"It is read as having begun at some moment of {clock.spoken(time.span)}."
        bounds = f"earliest: {first}" + (f", latest: {last}" if time.span.latest < record.ground.window.latest else "")
        advice = f"Write the day {which}; {lasted}. If no more is known of the day, write 'happened: {{{bounds}}}'."
        yield Problem(claim.at, fact, advice)
