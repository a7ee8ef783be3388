"""Events of which one lies within the place and the time of another: the dead of a quarter may be among those of its city, and
those of a day among those of the days about it.

Two of one episode that was written are of one course of events, and the number of the greater place or time has the smaller's in
it. So has a number of some days that fits the sum of two or more that others give of its days. Without that, what is among the
same sides and within the other's time may be so, where it is of one kind or may count the same people: an attack and a capture.
What no source gives a place may be anywhere, and a count of it has in it what is told of any place among its sides and in its
time. Episodes of two names, events parted by hand and rows of one file were told apart by whoever wrote them.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Final

from attrs import evolve, frozen

from situation.dates import Interval
from situation.events import (
    CIVILIANS,
    AreaId,
    Attacked,
    Captured,
    CiviliansKilled,
    Event,
    GarrisonSurrendered,
    PlaceId,
    PrisonersTaken,
    Quantity,
    roots,
)
from situation.log.entry import Entry, Reported
from situation.record.joining.topic import bounds, facts_of
from situation.record.readings.reading import Reading
from situation.record.tolls.by_time import ByTime
from situation.record.tolls.event_figures import TOLL_EVENTS, TOLL_MEASURES, Measure, event_figures, sufferers
from situation.record.tolls.months import Months, add_over_months
from situation.record.tolls.sides_of_toll import sum_of_sides
from situation.testimony.apart import ground_when
from situation.testimony.claims import Claim
from situation.testimony.ground import Ground

__all__ = ["Within", "areas_around", "sum_beyond", "those_involved", "tolls_within", "wholes_of"]

_OF_THE_SAME_PEOPLE: Final[tuple[frozenset[type[Event]], ...]] = (
    frozenset({Attacked, Captured, CiviliansKilled}),
    frozenset({PrisonersTaken, GarrisonSurrendered}),
)
"""Kinds of events of which two may count the same people."""


@frozen
class Within:
    """An event that may be a part of another, both by id.

    Args:
        of_one_episode: both are of one episode that was written.
        adds_up: the whole is of several days at its place, and gives the sum of the part and of others of its days.
    """

    part: str
    whole: str
    of_one_episode: bool
    adds_up: bool = False

    @property
    def is_part(self) -> bool:
        """Whether the one is held to be a part of the other, and not only perhaps."""
        return self.of_one_episode or self.adds_up


@frozen
class _Toll:
    """An event in which people may die: who was in it, whom it names at all, and under which episodes its claims were written."""

    entry: Entry
    sides: frozenset[str]
    named: frozenset[str]
    episodes: frozenset[str]
    claims: tuple[Claim, ...]

    @property
    def span(self) -> Interval:
        """When it happened."""
        return self.entry.span


def areas_around(place: AreaId, ground: Ground) -> Iterable[AreaId]:
    """An area and all in which it lies, the nearest first: places above it, and regions."""
    above: list[AreaId] = [place]
    here = ground.places.get(PlaceId(place))
    while here is not None and here.within is not None:
        above.append(here.within)
        here = ground.places.get(here.within)
    regions = [region for area in above for region in ground.regions_of(area)]
    return dict.fromkeys((*above, *regions))


def those_involved(event: Event, ground: Ground) -> frozenset[str]:
    """The sides of an event of `TOLL_EVENTS`, on either side of it, by their roots; civilians are none."""
    attackers = roots(ground.root, getattr(event, "by", ())) if not isinstance(event, CiviliansKilled) else ()
    return frozenset(str(side) for side in sufferers(event, ground) - {CIVILIANS}) | {*attackers}


def tolls_within(reading: Reading, ground: Ground) -> tuple[Within, ...]:
    """Every event of a reading that lies within another, in the order of the log; of each the nearest around it first."""
    tolls = [_toll(entry, reading, ground) for entry in reading.log if _counts(entry)]
    by_place: dict[AreaId | None, list[_Toll]] = {}
    for toll in tolls:
        by_place.setdefault(toll.entry.event.place, []).append(toll)
    around: dict[AreaId | None, list[AreaId | None]] = {
        place: [it for it in (*(areas_around(place, ground) if place else ()), None) if it in by_place]
        for place in by_place
    }
    there = {place: ByTime(its, lambda toll: toll.span) for place, its in by_place.items()}
    pairs = [pair for part in tolls for pair in _around(part, around, there, reading)]
    return tuple(_with_sums(pairs, tolls, ground))


def _counts(entry: Entry) -> bool:
    return type(entry.event) in TOLL_EVENTS and isinstance(entry.cause, Reported)


def _toll(entry: Entry, reading: Reading, ground: Ground) -> _Toll:
    claims = tuple(reading.claims[name] for name in entry.cause.claims)
    then = ground_when(entry.event, entry.span, ground)
    sides, actors = those_involved(entry.event, then), facts_of(entry.event, then.root).actors.values()
    named = sides | {str(root) for some in actors for root in roots(then.root, some)}
    return _Toll(entry, sides, named, frozenset(claim.episode for claim in claims if claim.episode), claims)


def _around(
    part: _Toll,
    around: Mapping[AreaId | None, list[AreaId | None]],
    there: Mapping[AreaId | None, ByTime[_Toll]],
    reading: Reading,
) -> Iterator[Within]:
    for area in around[part.entry.event.place]:
        here, span = area == part.entry.event.place, part.span
        for whole in there[area].longer(span) if here else there[area].lasting_until(span.earliest, span.latest):
            together = bool(part.episodes & whole.episodes)
            if (_of_one_course if together else _may_be_part)(part, whole) and not _are_two(part, whole, reading):
                yield Within(part.entry.id, whole.entry.id, together)


def _of_one_course(part: _Toll, whole: _Toll) -> bool:
    """Whether two events of one episode meet in time, and nobody is in the one who cannot be in the other.

    At one place the one has to lie within the time of the other.
    """
    fits = part.sides <= whole.sides or not whole.sides
    at_once = _shorter(part, whole) if _at_one_place(part, whole) else part.span.meet(whole.span) is not None
    return fits and at_once


def _may_be_part(part: _Toll, whole: _Toll) -> bool:
    """Whether one event lies within the time of another, has no other sides, and is of its kind or may count the same people."""
    kinds = {type(part.entry.event), type(whole.entry.event)}
    alike = len(kinds) == 1 or any(kinds <= those for those in _OF_THE_SAME_PEOPLE)
    inside = _shorter(part, whole) if _at_one_place(part, whole) else whole.span.contains(part.span)
    whose = part.sides <= whole.sides if whole.entry.event.place is not None else _are_among(part, whole)
    return alike and inside and whose and not (part.episodes and whole.episodes)


def _are_among(part: _Toll, whole: _Toll) -> bool:
    """Whether all whom one event names, and it names somebody, are of those whom a count without a place names."""
    return bool(part.named) and part.named <= whole.named


def _at_one_place(part: _Toll, whole: _Toll) -> bool:
    return bool(part.entry.event.place == whole.entry.event.place)


def _shorter(part: _Toll, whole: _Toll) -> bool:
    """Whether one event lies within the time of another, and is of a shorter time."""
    return part.span != whole.span and whole.span.contains(part.span)


def _with_sums(pairs: list[Within], tolls: list[_Toll], ground: Ground) -> Iterator[Within]:
    """The pairs, with those marked of which the whole, of several days at one place, gives the sum of its parts."""
    by_id = {toll.entry.id: toll for toll in tolls}
    parts: dict[str, list[_Toll]] = {}
    for pair in pairs:
        part, whole = by_id[pair.part], by_id[pair.whole]
        if _at_one_place(part, whole) and type(part.entry.event) is type(whole.entry.event):
            parts.setdefault(pair.whole, []).append(part)
    sums = {
        (part.entry.id, whole) for whole, its in parts.items() if _add_up(by_id[whole], its, ground) for part in its
    }
    for pair in pairs:
        yield evolve(pair, adds_up=True) if (pair.part, pair.whole) in sums else pair


def _add_up(whole: _Toll, parts: list[_Toll], ground: Ground) -> bool:
    """Whether all parts, no two of them of one time, come to what the whole counts, by each measure of which all have a number.

    Best figures come to it where they are equal, and ranges where they meet. A number that is open at an end comes to none; it
    speaks against the sum where it cannot be so.
    """
    by_time = sorted(parts, key=lambda part: part.span.earliest)
    if len(parts) < 2 or any(one.span.latest >= other.span.earliest for one, other in pairwise(by_time)):
        return False
    counted = False
    for measure in TOLL_MEASURES:
        total, *each = (_number(toll, measure, ground) for toll in (whole, *parts))
        numbers = [number for number in each if number is not None]
        if total is None or len(numbers) != len(parts):
            continue
        if not _meet(total, numbers):
            return False
        counted = counted or not any(_is_open(number) for number in (total, *numbers))
    return counted


def _meet(total: Quantity, numbers: Sequence[Quantity]) -> bool:
    """Whether the sum of some numbers may be a total: by their best figures where all give one, else by their bounds."""
    best = [number.best for number in numbers if number.best is not None]
    if total.best is not None and len(best) == len(numbers):
        return sum(best) == total.best
    ends = [bounds(number) for number in numbers]
    low, high = bounds(total)
    return low <= sum(end[1] for end in ends) and sum(end[0] for end in ends) <= high


def _is_open(number: Quantity) -> bool:
    """Whether it has no best figure and is no range: `at least 1`, or `at most 300`."""
    return number.best is None and (number.low is None or number.high is None)


def _number(toll: _Toll, measure: Measure, ground: Ground) -> Quantity | None:
    """How many an event counts of a measure, all sides together."""
    figures = event_figures(measure, toll.entry.event, ground_when(toll.entry.event, toll.span, ground))
    return None if figures is None else sum_of_sides(figures.of_people())


def _are_two(part: _Toll, whole: _Toll, reading: Reading) -> bool:
    """Whether two events were parted by hand, or are rows of one file."""
    pairs = [(one, other) for one in part.claims for other in whole.claims]
    parted = any(reading.testimony.parted(one.id, other.id) for one, other in pairs)
    return parted or all(reading.testimony.rows_of_one_file(one, other) for one, other in pairs)


def wholes_of(events: Iterable[str], within: Iterable[Within]) -> dict[str, str]:
    """From each of some events to the one of them within which it lies, the nearest around it."""
    known = set(events)
    wholes: dict[str, str] = {}
    for pair in within:
        if pair.part in known and pair.whole in known:
            wholes.setdefault(pair.part, pair.whole)
    return wholes


def sum_beyond(
    rows: Iterable[tuple[Collection[str], int, Months]], wholes: Mapping[str, str]
) -> Mapping[str | None, int]:
    """The sums of some numbers by month, of each whole its own or that of its parts together, whichever is greater.

    What a whole counts beyond its parts is spread over its days, and each part over its own: so the months add up to the sum.

    Args:
        rows: each number, with the events that it is of, and their months.
        wholes: from events to that within which they lie.
    """
    listed = list(rows)
    row_of = {event: row for row, (events, _, _) in enumerate(listed) for event in events}
    outer: dict[int, int] = {}
    for row, (events, _, _) in enumerate(listed):
        around = (row_of[wholes[event]] for event in events if wholes.get(event) in row_of)
        chosen = next((it for it in around if row not in _with_all_around(it, outer)), None)
        if chosen is not None:
            outer[row] = chosen
    parts: dict[int, list[int]] = {}
    for row, whole in outer.items():
        parts.setdefault(whole, []).append(row)
    sums: dict[str | None, int] = {}

    def add(row: int) -> int:
        inside = sum(map(add, parts.get(row, ())))
        beyond = max(0, listed[row][1] - inside)
        add_over_months(sums, beyond, listed[row][2])
        return inside + beyond

    for row in range(len(listed)):
        if row not in outer:
            add(row)
    return sums


def _with_all_around(row: int, outer: Mapping[int, int]) -> Iterator[int]:
    here: int | None = row
    while here is not None:
        yield here
        here = outer.get(here)
