"""Numbers that are counted over weeks, beside reports of some days of them: two counts, and not one event dated twice.

"Thirty civilians were killed in October" and "eight were killed on the second" join to nothing: the eight may be among the
thirty. Where both give the same number, they are one event that the one dates more closely. So is what is dated by the bounds
of a time that is not known, and what happens but once, such as a fall. Who denies that there was a fight on the third denies
no war of three months.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

from situation.dates import DAY, Interval
from situation.events import (
    Attacked,
    CiviliansKilled,
    Event,
    Fled,
    PrisonersExchanged,
    PrisonersTaken,
    Quantity,
    roots,
)
from situation.record.joining.topic import facts_of, span_of
from situation.testimony.claims import Claim
from situation.testimony.ground import Ground

__all__ = [
    "COUNTED_OVER_DAYS",
    "denied_by",
    "is_bare_over_weeks",
    "is_count_over_weeks",
    "lies_within",
    "numbers_given",
    "outlasts",
    "runs_over_days",
]

COUNTED_OVER_DAYS: Final[frozenset[type[Event]]] = frozenset(
    {Attacked, CiviliansKilled, Fled, PrisonersExchanged, PrisonersTaken}
)
"""Kinds of events with numbers that may happen at one place on many days: what falls, surrenders or is sunk does so once."""
_TOLLS: Final = (Attacked, CiviliansKilled, PrisonersTaken)
"""Those of them of which totals count the one within the other (`tolls.within`)."""
_LONGER: Final = 7 * DAY
"""A count that goes on more than these minutes longer than another report tells of more than its event.
ASSUMED: a week, as for what is read as going on and not as the day of one event (`warnings.since_when`)."""


def is_count_over_weeks(one: Claim, other: Claim, ground: Ground) -> bool:
    """Whether one of two reports of one kind counts over weeks, and the other tells of much less, and not of the same number.

    So does one without a number beside a count of some days: its weeks are not those days.
    """
    part, whole = _by_length(one, other, ground)
    event, rival = part.event, whole.event
    if type(event) not in COUNTED_OVER_DAYS or event is None or rival is None or not _is_dated(whole):
        return False
    if not outlasts(whole, part, ground):
        return False
    counts, mine = dict(numbers_given(rival, ground)), dict(numbers_given(event, ground))
    shared = counts.keys() & mine.keys()
    return bool(counts or mine) and not (shared and all(_are_same(counts[key], mine[key]) for key in shared))


def is_bare_over_weeks(one: Claim, other: Claim, ground: Ground) -> bool:
    """Whether the longer of two reports gives no number: it goes on for weeks, and what it comes to nobody says."""
    whole = _by_length(one, other, ground)[1].event
    return whole is not None and not dict(numbers_given(whole, ground))


def lies_within(one: Claim, other: Claim, ground: Ground) -> bool:
    """Whether totals count the shorter of two reports within the longer: at its place, in its time, with no other sides."""
    part, whole = _by_length(one, other, ground)
    event, rival = part.event, whole.event
    if event is None or rival is None or event.place != rival.place:
        return False
    if not isinstance(event, _TOLLS) or not span_of(whole, ground).contains(span_of(part, ground)):
        return False
    return isinstance(event, CiviliansKilled) or _sides(event, ground) <= _sides(rival, ground)


def outlasts(whole: Claim, part: Claim, ground: Ground) -> bool:
    """Whether a claim is of more than a week longer than another: what the other says of its days says little of all of them."""
    return _length(whole, ground) - _length(part, ground) > _LONGER


def denied_by(denial: Claim, claims: Iterable[Claim], ground: Ground) -> tuple[Claim, ...]:
    """Those of the claims of one happening that a denial speaks of: not those of whole weeks about its days.

    Of what may happen on many days it speaks of its own, where any claim is of them.
    """
    spoken_of = tuple(claim for claim in claims if not outlasts(claim, denial, ground))
    if type(denial.event) not in COUNTED_OVER_DAYS:
        return spoken_of
    days = span_of(denial, ground)
    return tuple(claim for claim in spoken_of if days.gap(span_of(claim, ground)) < DAY) or spoken_of


def runs_over_days(event: Event, time: Interval, claims: Iterable[Claim]) -> bool:
    """Whether an event is one of several days, and not of some day of them: a fight or a killing over a range of dates.

    Args:
        event: the event.
        time: when it is held to have happened.
        claims: those that tell of it.
    """
    ranges = [it.happened.span for it in claims if it.happened is not None and it.happened.ranged]
    return type(event) in COUNTED_OVER_DAYS and time in ranges


def _by_length(one: Claim, other: Claim, ground: Ground) -> tuple[Claim, Claim]:
    return (one, other) if _length(one, ground) <= _length(other, ground) else (other, one)


def _length(claim: Claim, ground: Ground) -> int:
    span = span_of(claim, ground)
    return span.latest - span.earliest


def _is_dated(claim: Claim) -> bool:
    """Whether its time is written as a date or a range, and not as the bounds of one that is not known."""
    time = claim.happened
    return time is not None and (time.ranged or (time.precision != "vague" and not time.doubtful))


def numbers_given(event: Event, ground: Ground) -> Iterator[tuple[tuple[str, str], Quantity]]:
    """The numbers that an event gives, by field and, where a field has them by side, by side."""
    stated: Mapping[str, Any] = facts_of(event, ground.root).stated
    for name, value in stated.items():
        if isinstance(value, Quantity):
            yield (name, ""), value
        elif isinstance(value, Mapping):
            yield from (((name, str(side)), it) for side, it in value.items() if isinstance(it, Quantity))


def _are_same(one: Quantity, other: Quantity) -> bool:
    """Whether two numbers are the same, and not open at an end: by their best figures, or by their bounds where none has one."""
    if one.unit != other.unit:
        return False
    if one.best is not None or other.best is not None:
        return one.best == other.best
    return None not in (one.low, one.high) and (one.low, one.high) == (other.low, other.high)


def _sides(event: Event, ground: Ground) -> set[str]:
    actors = (actor for named in facts_of(event, ground.root).actors.values() for actor in named)
    return {str(side) for side in roots(ground.root, tuple(actors))}
