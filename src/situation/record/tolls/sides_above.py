"""Totals that stand below the sum of the sides that others count of the same event: both cannot be.

What one source gives of all together and of the sides itself is no dispute: it is told at its claim.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from situation.events import Quantity
from situation.log.entry import Entry, Reported
from situation.log.value_words import amount
from situation.record.beliefs.belief import WeighedQuestion, answer_weights
from situation.record.joining.questions import Answer, CellQuestion
from situation.record.readings.reading import Reading
from situation.record.tolls.event_figures import EventFigures, Measure, event_figures, fights
from situation.record.tolls.parts_above import PartAbove
from situation.record.tolls.sides_of_toll import sides_above_all, sum_of_sides
from situation.testimony.apart import ground_when
from situation.testimony.ground import Ground

__all__ = ["sides_above"]

_OF_SIDES: tuple[Measure, ...] = ("killed", "wounded")
"""What events count both of all together and of each side."""


def sides_above(reading: Reading, ground: Ground) -> Iterator[PartAbove]:
    """Every number of all together that is below what others count of the sides, in the order of the log."""
    for entry in fights(reading.log):
        cause = entry.cause
        if not isinstance(cause, Reported):
            continue
        then = ground_when(entry.event, entry.span, ground)
        for measure in _OF_SIDES:
            figures = event_figures(measure, entry.event, then)
            if figures is not None and sides_above_all(cause, measure, figures.of_people()):
                yield _question(entry, cause, measure, figures.of_people(), reading, then)


def _question(
    entry: Entry, cause: Reported, measure: Measure, figures: EventFigures, reading: Reading, ground: Ground
) -> PartAbove:
    assert figures.all is not None
    added = sum_of_sides(EventFigures(of=figures.of))
    credit = cause.credit
    of_sides = {side: credit.get(f"{measure}_of.{side}", cause.claims) for side in figures.of}
    cells = entry.event.speaks(ground.root)
    cell = next(name for name, value in cells.items() if name.endswith(f".{measure}") and value == figures.all)
    both = (
        _answer(figures.all, credit.get(measure, cause.claims), reading),
        _answer(added, [name for names in of_sides.values() for name in names], reading),
    )
    question = CellQuestion(cell, entry.id, both)
    each = [
        f"{amount(figures.of[side])} of {ground.name(side)} ({' '.join(names)})" for side, names in of_sides.items()
    ]
    return PartAbove(
        WeighedQuestion(question, answer_weights(question, reading.evidence), None),
        f"added up from {' and '.join(each)}" if len(each) < 3 else f"added up from {', '.join(each)}",
    )


def _answer(number: Quantity | None, claims: Iterable[str], reading: Reading) -> Answer:
    return Answer(number, tuple(reading.claims[name] for name in dict.fromkeys(claims)))
