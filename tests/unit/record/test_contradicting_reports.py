"""Two reports of one time that exclude each other are a dispute over one event, which the belief decides, and not two events."""

from __future__ import annotations

from typing import Any

import pytest
from attrs import evolve

from situation.events import (
    ActorId,
    ActorsMerged,
    ActorSplit,
    AirSupportGiven,
    Attacked,
    CeasefireAgreed,
    ClashStepped,
    Event,
    PlaceId,
    PostureChanged,
    Quantity,
    ShipCaptured,
    ShipDamaged,
    ShipSunk,
    StanceChanged,
)
from situation.events.kinds import Day
from situation.record.warnings.doubts import doubts_of
from situation.testimony.claims import Claim
from tests.unit.spoken import claim, day, judged, record

ARLEN, DELL = PlaceId("arlen"), PlaceId("dell")
NORTH, SOUTH, REBELS = ActorId("north"), ActorId("south"), ActorId("rebels")
GUARD, SCOUTS = ActorId("north-guard"), ActorId("north-scouts")
"""Two units of the North, which sail here as ships."""

PAIRS: list[tuple[Event, Event]] = [
    (StanceChanged(NORTH, SOUTH, "allied"), StanceChanged(NORTH, SOUTH, "hostile")),
    (StanceChanged(NORTH, SOUTH, "hostile"), StanceChanged(SOUTH, NORTH, "allied")),
    (AirSupportGiven(NORTH, SOUTH, "some"), AirSupportGiven(NORTH, SOUTH, "dedicated")),
    (ClashStepped(NORTH, SOUTH, ARLEN, 1), ClashStepped(NORTH, SOUTH, ARLEN, 4)),
    (PostureChanged(SOUTH, "hold"), PostureChanged(SOUTH, "delay")),
    (ActorSplit(NORTH, (GUARD, SCOUTS)), ActorSplit(NORTH, (GUARD, SOUTH))),
    (
        CeasefireAgreed(between=(NORTH, SOUTH), until=Day("2020-03-20")),
        CeasefireAgreed(between=(NORTH, SOUTH), until=Day("2020-03-25")),
    ),
    (ShipSunk(GUARD, (REBELS,), place=ARLEN), ShipSunk(GUARD, (SOUTH,), NORTH, place=ARLEN)),
    (ShipSunk(GUARD, (REBELS,), place=ARLEN), ShipSunk(GUARD, (SOUTH,), place=DELL)),
    (ShipCaptured(GUARD, (REBELS,)), ShipCaptured(GUARD, (SOUTH,), place=DELL)),
]


def told(name: str, event: Event, source: str = "gazette", when: str = "2020-03-10") -> Claim:
    return claim(name, event, when, episode="", source=source, grades=(judged(1),))


@pytest.mark.parametrize("heavier", [0, 1])
@pytest.mark.parametrize("pair", PAIRS, ids=lambda pair: type(pair[0]).__name__)
def test_contradicting_reports_of_one_day_are_one_event_that_the_heavier_tells(
    pair: tuple[Event, Event], heavier: int
) -> None:
    sources = ("gazette", "herald") if heavier == 0 else ("herald", "gazette")
    whole = record(*(told(name, event, source) for name, event, source in zip("ab", pair, sources, strict=True)))
    reading = whole.reading()
    assert len(set(reading.joins.happening.values())) == 1
    (entry,) = (entry for entry in reading.log if type(entry.event) is type(pair[0]))
    cells: Any = pair[heavier].speaks(whole.ground.root)
    assert entry.event.speaks(whole.ground.root).items() >= dict(cells).items()
    assert any(it.relation == "contradicts" for it in whole.disputes().disputes)


@pytest.mark.parametrize("pair", PAIRS, ids=lambda pair: type(pair[0]).__name__)
def test_one_piece_that_says_both_tells_of_two_events(pair: tuple[Event, Event]) -> None:
    joins = record(told("a", pair[0]), told("b", pair[1])).reading().joins
    assert len(set(joins.happening.values())) == 2


def test_what_changed_and_changed_again_on_other_days_is_no_dispute() -> None:
    whole = record(told("a", PAIRS[0][0], when=day(8)), told("b", PAIRS[0][1], "herald", day(10)))
    assert len(set(whole.reading().joins.happening.values())) == 2
    assert (whole.disputes().disputes, whole.reading().joins.possibly_one) == ((), ())


def test_two_ships_of_a_side_that_sink_at_one_place_are_two() -> None:
    joins = (
        record(
            told("a", ShipSunk(GUARD, (REBELS,), place=ARLEN)),
            told("b", ShipSunk(SCOUTS, (REBELS,), place=ARLEN), "herald"),
        )
        .reading()
        .joins
    )
    assert len(set(joins.happening.values())) == 2


def test_a_ship_of_no_name_may_be_the_one_that_another_report_names() -> None:
    named, bare = told("a", ShipSunk(GUARD, place=ARLEN)), told("b", ShipSunk(against=NORTH, place=ARLEN), "herald")
    assert len(set(record(named, bare).reading().joins.happening.values())) == 1


def test_the_dead_of_one_sinking_are_counted_once_whoever_sank_the_ship() -> None:
    ten, twelve = (Quantity("men", best=number) for number in (10, 12))
    sunk = ShipSunk(GUARD, (REBELS,), place=ARLEN, killed=ten)
    whole = record(told("a", sunk), told("b", evolve(sunk, by=(SOUTH,), killed=twelve), "herald"))
    entries = [entry.event for entry in whole.reading().log if isinstance(entry.event, ShipSunk)]
    assert entries == [sunk]


STRUCK = [ShipDamaged(GUARD, (SOUTH,)), ShipCaptured(GUARD, (SOUTH,)), ShipSunk(GUARD, (SOUTH,)), ShipDamaged(GUARD)]


@pytest.mark.parametrize("after", STRUCK)
def test_whatever_strikes_a_ship_after_it_sank_is_doubted_at_its_line(after: Event) -> None:
    late = told("b", after, "herald", day(12))
    doubts = [str(doubt) for doubt in doubts_of(record(told("a", ShipSunk(GUARD, (REBELS,))), late))]
    assert [doubt for doubt in doubts if "the North Guard had been sunk before." in doubt.replace("The", "the")]


@pytest.mark.parametrize(
    "pair", [(ShipDamaged(GUARD, (SOUTH,)), ShipSunk(GUARD, (SOUTH,))), (ShipSunk(GUARD, (SOUTH,)), ShipSunk(GUARD))]
)
def test_a_ship_may_be_damaged_and_then_sink_or_be_lost_and_then_go_down(pair: tuple[Event, Event]) -> None:
    whole = record(told("a", pair[0], when=day(6)), told("b", pair[1], "herald", day(12)))
    assert not [doubt for doubt in doubts_of(whole) if "sunk before" in str(doubt)]


@pytest.mark.parametrize("end", [ActorSplit(SOUTH, (NORTH, REBELS)), ActorsMerged((SOUTH,), NORTH)])
def test_who_acts_after_it_broke_up_or_joined_another_is_doubted(end: Event) -> None:
    late = told("b", Attacked(ARLEN, (SOUTH,), REBELS), "herald", day(12))
    facts = [doubt.fact for doubt in doubts_of(record(told("a", end), late))]
    assert [fact for fact in facts if fact.startswith("The South had become the") and fact.endswith("by then.")]
    assert not [doubt for doubt in doubts_of(record(late)) if "become" in doubt.fact]
