"""A report that names no doers tells of the event whose doers another names, and gives no answer beside theirs."""

from __future__ import annotations

import pytest

from situation.events import ActorId, Besieged, Blockaded, Captured, Entered, Event, PlaceId
from situation.testimony.claims import Claim
from tests.unit.spoken import claim, day, judged, record

ARLEN, NORTH, GUARD, REBELS = PlaceId("arlen"), ActorId("north"), ActorId("north-guard"), ActorId("rebels")


def told(name: str, event: Event, grade: int = 1, source: str = "gazette", *, denied: bool = False) -> Claim:
    return claim(name, event, day(10), episode="", source=source, grades=(judged(grade),), denied=denied)


@pytest.mark.parametrize("by", [(NORTH,), (GUARD,), (GUARD, ActorId("north-scouts"))])
@pytest.mark.parametrize("kind", [Captured, Entered, Besieged, Blockaded])
@pytest.mark.parametrize("named_first", [True, False])
def test_who_names_no_doers_tells_of_the_event_of_those_who_do(
    kind: type[Event], by: tuple[ActorId, ...], named_first: bool
) -> None:
    names = ("a", "b") if named_first else ("b", "a")
    named, bare = told(names[0], kind(ARLEN, by), 4, "courier"), told(names[1], kind(ARLEN))  # type: ignore[call-arg]
    whole = record(*sorted((named, bare), key=lambda claim: claim.id))
    reading = whole.reading()
    assert len(set(reading.joins.happening.values())) == 1
    (entry,) = (entry for entry in reading.log if type(entry.event) is kind)
    assert entry.event.actors == by
    assert set(entry.cause.claims) == {"a", "b"}
    assert whole.disputes().disputes == ()


def test_a_capture_without_a_taker_leaves_the_place_to_the_taker_that_another_names() -> None:
    bare = told("a", Captured(ARLEN, against=REBELS))
    named = told("b", Captured(ARLEN, (GUARD,)), 4, "courier")
    place = record(bare, named).state(day(20)).places[ARLEN]
    assert (place.holders, place.status) == ((NORTH,), "held")
    assert record(bare).state(day(20)).places[ARLEN].holders == ()


def test_a_denial_that_names_no_taker_denies_the_capture_whoever_made_it() -> None:
    named, denial = told("a", Captured(ARLEN, (NORTH,)), 4, "courier"), told("b", Captured(ARLEN), denied=True)
    whole = record(named, denial)
    assert whole.state(day(20)).places[ARLEN].holders == (REBELS,)
    (dispute,) = whole.disputes().disputes
    assert dispute.weighed.question.cell.endswith(".occurred")


def test_a_report_without_doers_that_fits_two_takers_joins_neither_whatever_they_are_called() -> None:
    takers = [told("a", Captured(ARLEN, (NORTH,)), 1, "courier"), told("b", Captured(ARLEN, (ActorId("south"),)), 1)]
    bare = told("c", Captured(ARLEN), 1, "herald")
    joins = record(*takers, bare).reading().joins
    assert len(set(joins.happening.values())) == 3
    assert {doubt.claims for doubt in joins.possibly_one} == {(("a",), ("c",)), (("b",), ("c",))}
