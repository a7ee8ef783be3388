"""`check` asks where a place is taken from somebody who by the record had left it."""

from __future__ import annotations

import pytest

from situation.errors import Problem
from situation.events import ActorId, Besieged, Captured, Entered, Event, GarrisonSurrendered, PlaceId, Withdrew
from situation.record.record import Record
from situation.record.warnings.doubts import doubts_of
from tests.unit.spoken import claim, day, record, span

ARLEN = PlaceId("arlen")
NORTH, REBELS = ActorId("north"), ActorId("rebels")
GONE = Withdrew(ARLEN, (REBELS,))
LEFT = claim("left", GONE, day(3), episode="one")
FELL = Captured(ARLEN, (NORTH,), REBELS)


def warned(whole: Record) -> list[Problem]:
    return [doubt for doubt in doubts_of(whole) if "had left" in doubt.fact]


@pytest.mark.parametrize(
    "event",
    [
        FELL,
        Entered(ARLEN, (NORTH,), REBELS),
        Besieged(ARLEN, (NORTH,), REBELS),
        GarrisonSurrendered(ARLEN, (REBELS,), NORTH),
    ],
    ids=lambda it: type(it).__name__,
)
def test_nobody_loses_a_place_that_he_had_left(event: Event) -> None:
    (warning,) = warned(record(LEFT, claim("taken", event, day(8), episode="two")))
    assert warning.fact == "The rebels had left Arlen by then ('left', 3 Mar 2020), and nobody was there."
    assert "say who came back" in warning.advice
    assert ("leave 'against' out" in warning.advice) == (not isinstance(event, GarrisonSurrendered))


def test_who_left_within_the_time_of_it_came_back_or_is_not_named_is_not_asked_about() -> None:
    back = claim("back", Entered(ARLEN, (REBELS,)), day(5), episode="three")
    for others in (
        (LEFT, claim("taken", Captured(ARLEN, (NORTH,)), day(8), episode="two")),
        (LEFT, back, claim("taken", FELL, day(8), episode="two")),
        (claim("left", GONE, span(day(3), day(9)), episode="one"), claim("taken", FELL, day(8), episode="two")),
        (claim("taken", FELL, day(8), episode="two"),),
    ):
        assert warned(record(*others)) == []
