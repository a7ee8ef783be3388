"""Tolls of a part that stand above another voice's of the whole: of a district above its province's, of a day above a battle's.

What lies inside the place and the time of another event, among the same sides, is a part of it; who counts more dead in the part
than others count in all contradicts them. Rows of one file are no parts of each other: whoever keeps it told them apart.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from attrs import frozen

from situation.events import AreaId, Quantity, counts_people, in_measure
from situation.log.entry import Entry, Reported
from situation.record.beliefs.belief import WeighedQuestion, answer_weights
from situation.record.joining.questions import Answer, CellQuestion
from situation.record.joining.topic import bounds
from situation.record.readings.reading import Reading
from situation.record.tolls.by_time import ByTime
from situation.record.tolls.event_figures import TOLL_EVENTS, TOLL_MEASURES, Measure, event_figures
from situation.record.tolls.within import areas_around, those_involved
from situation.testimony.apart import ground_when
from situation.testimony.claims import Claim
from situation.testimony.ground import Ground

__all__ = ["PartAbove", "parts_above"]

_ALL: Final = ""
"""Stands for all sides together."""


@frozen
class PartAbove:
    """A question of how many in all, the answer of a part to which is above that of the whole; and which part it is, in words."""

    weighed: WeighedQuestion
    note: str


@frozen
class _Count:
    """What an event counts of one side, or of all: in which place and time, by which claims."""

    entry: Entry
    place: AreaId
    measure: Measure
    side: str
    number: Quantity
    sides: frozenset[str]
    claims: tuple[str, ...]


def parts_above(reading: Reading, ground: Ground) -> Iterator[PartAbove]:
    """Every number of a part that is above another voice's number of the whole, in the order of the log."""
    counts = [count for entry in reading.log for count in _counts(entry, ground)]
    by_kind: dict[tuple[AreaId, Measure, str], list[_Count]] = {}
    for count in counts:
        by_kind.setdefault((count.place, count.measure, count.side), []).append(count)
    wholes = {kind: ByTime(of_kind, lambda count: count.entry.span) for kind, of_kind in by_kind.items()}
    voice = reading.evidence.voice
    for part in counts:
        for area in areas_around(part.place, ground):
            there, span = wholes.get((area, part.measure, part.side)), part.entry.span
            if there is None:
                continue
            for whole in there.longer(span) if area == part.place else there.lasting_until(span.latest, span.earliest):
                if _is_part(part, whole) and bounds(part.number)[0] > bounds(whole.number)[1]:
                    apart = {voice[name] for name in part.claims}.isdisjoint(voice[name] for name in whole.claims)
                    if apart and not _rows_of_one_file(part, whole, reading):
                        yield _question(part, whole, reading, ground)


def _counts(entry: Entry, ground: Ground) -> Iterator[_Count]:
    event, cause = entry.event, entry.cause
    if type(event) not in TOLL_EVENTS or not isinstance(cause, Reported) or event.place is None:
        return
    then = ground_when(event, entry.span, ground)
    for measure in TOLL_MEASURES:
        figures = event_figures(measure, event, then)
        numbers = {} if figures is None else {**figures.of, **({_ALL: figures.all} if figures.all is not None else {})}
        for side, number in numbers.items():
            keys = (measure, f"{measure}_of.{side}", "number", "crew")
            claims = next((cause.credit[key] for key in keys if key in cause.credit), cause.claims)
            if counts_people(number.unit):
                yield _Count(entry, event.place, measure, side, number, those_involved(event, then), claims)


def _is_part(part: _Count, whole: _Count) -> bool:
    """Whether one event lies inside the place and the time of another, and is smaller; and is among the same sides."""
    smaller = part.place != whole.place or part.entry.span != whole.entry.span
    inside = whole.entry.span.contains(part.entry.span) and part.entry.id != whole.entry.id
    return smaller and inside and part.sides <= whole.sides and type(part.entry.event) is type(whole.entry.event)


def _rows_of_one_file(part: _Count, whole: _Count, reading: Reading) -> bool:
    """Whether nobody but one file of events stands behind both numbers."""
    claims = reading.claims
    return all(
        reading.testimony.rows_of_one_file(claims[mine], claims[its]) for mine in part.claims for its in whole.claims
    )


def _question(part: _Count, whole: _Count, reading: Reading, ground: Ground) -> PartAbove:
    attribute = whole.measure if not whole.side else f"{whole.measure}_of.{whole.side}"
    cell = in_measure(f"{whole.place}.{attribute}", whole.number.unit)
    answers = (_answer(whole, reading), _answer(part, reading))
    label = " and ".join(sorted((whole.entry.id, part.entry.id)))
    question = CellQuestion(cell, label, answers)
    span = part.entry.span
    when = f", {ground.clock.spoken(span)}" if span != whole.entry.span else ""
    note = f"{' '.join(part.claims)} counts a part of it alone: {ground.at(span.latest).name(part.place)}{when}"
    return PartAbove(WeighedQuestion(question, answer_weights(question, reading.evidence), None), note)


def _answer(count: _Count, reading: Reading) -> Answer:
    claims: tuple[Claim, ...] = tuple(reading.claims[name] for name in count.claims)
    return Answer(count.number, claims)
