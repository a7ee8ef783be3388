"""Statements about the state: each predicate with its qualifiers, at its time, and what nothing can test."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from attrs import evolve

from situation.events import ActorId, AreaId, Captured, OrderUnknown, PlaceId, Quantity
from situation.events.predicates import (
    PREDICATES,
    BesiegedBy,
    DividedBetween,
    Holds,
    HoldsMostOf,
    HoldsNothingIn,
    LargestPlaceOf,
    LastPlaceOf,
    Predicate,
    Qualifier,
    Said,
    ShareHeld,
    ShareRegained,
)
from situation.log.state import State
from situation.record import statements
from situation.record.beliefs.weights import weigh
from situation.record.disputes import disputes_of
from situation.record.joining.topic import speaks
from situation.record.record import Record
from situation.testimony.ground import Region
from situation.testimony.opening import Opening, PlaceOpening
from tests.unit.small import small_ground
from tests.unit.spoken import claim, heard, judged, moment, reading, record, retraction, span

GROUND = small_ground()
NORTH, SOUTH, REBELS = ActorId("north"), ActorId("south"), ActorId("rebels")
FALL = claim("fall", Captured(PlaceId("arlen"), (ActorId("north-guard"),)))
DELL = claim("dell", Captured(PlaceId("dell"), (NORTH,)), "2020-03-11", episode="dell-falls")
CORVE = claim("corve", Captured(PlaceId("corve"), (SOUTH,), wholly=True), "2020-03-11", episode="corve-falls")


def standing(*claims: Any, at: str = "2020-03-12") -> State:
    """The state after some claims: at first rebels hold Arlen, its bridge, Dell and Corve's quarters, and ring Corve."""
    return record(*claims).state(at)


AFTER_FALL = standing(FALL)
ONLY_BRIDGE = standing(FALL, DELL, CORVE)


def verdict(predicate: Predicate, state: State) -> bool | None:
    return statements.judge(predicate, state, GROUND).holds


def nothing(area: str) -> HoldsNothingIn:
    return HoldsNothingIn(REBELS, AreaId(area))


def test_an_actor_holds_nothing_where_no_place_in_whole_or_part_is_its_own() -> None:
    assert verdict(nothing("dell"), AFTER_FALL) is False
    assert verdict(nothing("dell"), ONLY_BRIDGE) is True
    assert verdict(nothing("corve"), AFTER_FALL) is False
    assert verdict(nothing("dunes"), AFTER_FALL) is True


def test_a_place_counts_with_what_is_nested_in_it() -> None:
    assert verdict(nothing("arlen"), AFTER_FALL) is False
    assert statements.judge(nothing("arlen"), AFTER_FALL, GROUND).places == ("arlen-bridge",)


@pytest.mark.parametrize("status", ["ungarrisoned", "unknown"])
def test_ground_where_nobody_is_known_to_stand_is_held_by_nobody_whatever_its_name(status: str) -> None:
    state = State({"dell.holder": "rebels", "dell.status": status, "dunes.holder": "north", "dunes.status": "held"})
    assert verdict(nothing("lowlands"), state) is True


def test_a_unit_holds_what_its_side_holds() -> None:
    assert verdict(Holds(ActorId("north-scouts"), AreaId("arlen")), AFTER_FALL) is True


def last(qualifier: Qualifier, *places: str, area: str | None = "valley") -> LastPlaceOf:
    bounds = AreaId(area) if area else None
    return LastPlaceOf(REBELS, tuple(AreaId(place) for place in places), bounds, qualifier)


@pytest.mark.parametrize(
    ("qualifier", "place", "holds"),
    [
        ("the last", "arlen", False),
        ("the last major", "arlen", False),
        ("the last major", "corve", True),
        ("the last urban", "arlen", False),
        ("the last urban", "corve", True),
        ("one of the last", "arlen", True),
        ("the last", "corve", False),
    ],
)
def test_the_last_is_as_far_as_its_words_reach(qualifier: Qualifier, place: str, holds: bool) -> None:
    assert verdict(last(qualifier, place), AFTER_FALL) is holds


def test_the_last_is_told_with_the_places_that_gainsay_it() -> None:
    told = statements.judge(last("the last", "corve"), AFTER_FALL, GROUND)
    assert told.places == ("arlen-bridge", "dell")
    assert told.text == "Arlen Bridge: held, the rebels; Dell: held, the rebels"


def test_what_fell_last_may_be_named_after_it_fell() -> None:
    assert verdict(last("the last", "arlen"), ONLY_BRIDGE) is True
    assert verdict(last("the last major", "corve"), ONLY_BRIDGE) is True


def test_several_places_may_be_the_last_together() -> None:
    assert verdict(last("the last", "arlen", "corve", "dell"), AFTER_FALL) is True
    assert verdict(last("the last", "arlen", "corve"), AFTER_FALL) is False


def test_the_last_of_no_stated_bounds_cannot_be_tested() -> None:
    assert verdict(last("the last", "arlen", area=None), AFTER_FALL) is None


def test_a_region_is_held_where_all_that_anyone_holds_is_held() -> None:
    state = standing(FALL, DELL)
    assert verdict(Holds(NORTH, AreaId("lowlands")), state) is True
    assert verdict(Holds(REBELS, AreaId("lowlands")), state) is False
    assert verdict(Holds(NORTH, AreaId("valley")), state) is False


def test_ground_that_nobody_holds_is_not_held_by_anyone() -> None:
    assert verdict(Holds(NORTH, AreaId("dunes")), AFTER_FALL) is False


def test_a_ringed_place_is_still_held() -> None:
    assert verdict(Holds(SOUTH, AreaId("corve")), AFTER_FALL) is True


def test_most_of_a_place_is_its_first_part_or_its_holder() -> None:
    assert verdict(HoldsMostOf(REBELS, AreaId("corve")), AFTER_FALL) is True
    assert verdict(HoldsMostOf(SOUTH, AreaId("corve")), AFTER_FALL) is False
    assert verdict(HoldsMostOf(NORTH, AreaId("arlen")), AFTER_FALL) is True


def test_most_of_a_region_is_more_than_half_of_what_anyone_holds() -> None:
    state = standing(FALL, DELL)
    assert verdict(HoldsMostOf(NORTH, AreaId("valley")), state) is True
    assert verdict(HoldsMostOf(NORTH, AreaId("valley")), AFTER_FALL) is False
    assert verdict(HoldsMostOf(NORTH, AreaId("lowlands")), state) is True


def test_a_siege_is_by_whom_it_is_named() -> None:
    assert verdict(BesiegedBy(REBELS, PlaceId("corve")), AFTER_FALL) is True
    assert verdict(BesiegedBy(NORTH, PlaceId("corve")), AFTER_FALL) is False
    assert verdict(BesiegedBy(REBELS, PlaceId("corve")), ONLY_BRIDGE) is False


def test_a_place_is_divided_between_those_who_stand_in_it() -> None:
    assert verdict(DividedBetween((REBELS, ActorId("south-foot")), PlaceId("corve")), AFTER_FALL) is True
    assert verdict(DividedBetween((REBELS, NORTH), PlaceId("corve")), AFTER_FALL) is False


def test_the_largest_place_of_an_actor_is_held_by_it() -> None:
    assert verdict(LargestPlaceOf(REBELS, AreaId("corve"), AreaId("valley")), AFTER_FALL) is True
    assert verdict(LargestPlaceOf(REBELS, AreaId("arlen"), AreaId("valley")), ONLY_BRIDGE) is True
    assert verdict(LargestPlaceOf(REBELS, AreaId("dell"), AreaId("valley")), ONLY_BRIDGE) is False


SHARE = Quantity("percent", low=90)
UNTESTABLE = [
    ShareRegained(NORTH, REBELS, AreaId("valley"), SHARE),
    ShareHeld(REBELS, AreaId("valley"), SHARE),
    Said((AreaId("arlen"),)),
]


@pytest.mark.parametrize("predicate", UNTESTABLE, ids=lambda predicate: type(predicate).__name__)
def test_what_the_state_keeps_nothing_of_cannot_be_tested(predicate: Predicate) -> None:
    assert verdict(predicate, AFTER_FALL) is None
    found = disputes_of(reading(claim("said", predicate)), GROUND)
    assert (found.untestable, found.mismatches) == (("said",), ())


TESTABLE = [
    nothing("lowlands"),
    Holds(NORTH, AreaId("arlen")),
    HoldsMostOf(NORTH, AreaId("valley")),
    BesiegedBy(REBELS, PlaceId("corve")),
    DividedBetween((REBELS, SOUTH), PlaceId("corve")),
    LargestPlaceOf(REBELS, AreaId("corve"), AreaId("valley")),
]


@pytest.mark.parametrize("predicate", TESTABLE, ids=lambda predicate: type(predicate).__name__)
def test_nothing_is_tested_against_a_state_that_knows_nothing(predicate: Predicate) -> None:
    assert verdict(predicate, State()) is None


def test_every_predicate_has_a_test_and_those_whom_it_serves() -> None:
    """A predicate that nobody thought of is an error, and not one that nothing can test or that serves nobody."""
    every = [*TESTABLE, *UNTESTABLE, last("the last", "arlen")]
    assert {type(predicate) for predicate in every} == set(PREDICATES.values())
    for predicate in every:
        statements.judge(predicate, AFTER_FALL, GROUND)
        said = claim("said", predicate, source="partisan")
        weigh(said, heard(said), GROUND, moment("2020-03-31"))
    odd = claim("odd", Predicate(), source="partisan")
    with pytest.raises(LookupError, match="Predicate has no test"):
        statements.judge(Predicate(), AFTER_FALL, GROUND)
    with pytest.raises(LookupError, match="It is not said whom Predicate serves"):
        weigh(odd, heard(odd), GROUND, moment("2020-03-31"))


def test_a_statement_that_holds_at_some_moment_of_its_time_is_no_mismatch() -> None:
    told = claim("said", nothing("dell"), span("2020-03-01", "2020-03-31"))
    assert disputes_of(reading(DELL, told), GROUND).mismatches == ()


def test_a_statement_that_holds_at_no_moment_of_its_time_is_a_mismatch() -> None:
    told = claim("said", nothing("dell"), span("2020-03-01", "2020-03-10"))
    (mismatch,) = disputes_of(reading(DELL, told), GROUND).mismatches
    assert (mismatch.claim, mismatch.predicate, mismatch.places) == ("said", "HoldsNothingIn", ("dell",))
    assert (mismatch.state, mismatch.because) == ("Dell: held, the rebels", ("opening:dell",))


def test_a_mismatch_names_the_claims_that_made_the_state_so() -> None:
    told = claim("said", Holds(REBELS, AreaId("arlen")), "2020-03-12")
    (mismatch,) = disputes_of(reading(FALL, told), GROUND).mismatches
    assert mismatch.because == ("fall",)


MARCH = span("2020-03-04", "2020-03-20")
"""Some time in which a place fell, nobody says on which day."""


@pytest.mark.parametrize("date", ["2020-03-05", "2020-03-12", "2020-03-19"])
@pytest.mark.parametrize("side", [NORTH, REBELS])
def test_while_it_is_open_when_a_place_fell_no_statement_on_it_is_contradicted_or_confirmed(
    date: str, side: ActorId
) -> None:
    fell = claim("fell", Captured(PlaceId("arlen"), (NORTH,), REBELS, wholly=True), MARCH)
    for predicate in (Holds(side, AreaId("arlen")), HoldsNothingIn(side, AreaId("arlen"))):
        found = disputes_of(reading(fell, claim("says", predicate, date)), GROUND)
        assert (found.mismatches, found.untestable) == ((), ("says",))


@pytest.mark.parametrize(("date", "holder"), [("2020-03-03", REBELS), ("2020-03-21", NORTH)])
def test_before_and_after_that_time_a_statement_is_tested_as_ever(date: str, holder: ActorId) -> None:
    fell = claim("fell", Captured(PlaceId("arlen"), (NORTH,), REBELS, wholly=True), MARCH)
    says = [claim(f"says-{side}", Holds(side, AreaId("arlen")), date) for side in (NORTH, REBELS)]
    found = disputes_of(reading(fell, *says), GROUND)
    wrong = NORTH if holder == REBELS else REBELS
    assert ([it.claim for it in found.mismatches], found.untestable) == ([f"says-{wrong}"], ())


def test_what_held_for_sure_at_some_moment_of_a_statement_holds_though_the_hour_is_open() -> None:
    fell = claim("fell", Captured(PlaceId("arlen"), (NORTH,), REBELS), "2020-03-10")
    back = claim("back", Captured(PlaceId("arlen"), (REBELS,), NORTH), "2020-03-10", episode="back")
    says = [claim(f"says-{side}", Holds(side, AreaId("arlen")), "2020-03-10") for side in (NORTH, REBELS)]
    found = disputes_of(reading(fell, back, *says), GROUND)
    assert (found.mismatches, found.untestable) == ((), ())


def test_two_places_that_may_have_fallen_in_either_order_contradict_no_statement_on_both() -> None:
    fell = [
        claim(place, Captured(PlaceId(place), (NORTH,), REBELS, wholly=True), MARCH, episode=place)
        for place in ("arlen", "dell")
    ]
    fell.append(claim("corve", Captured(PlaceId("corve"), (SOUTH,), wholly=True), "2020-03-02", episode="corve"))
    for place in ("arlen", "dell"):
        says = claim("says", LastPlaceOf(REBELS, (AreaId(place),), AreaId("valley"), "the last"), "2020-03-12")
        found = disputes_of(reading(*fell, says), GROUND)
        assert (found.mismatches, found.untestable) == ((), ("says",))


def test_of_more_unknown_orders_than_can_be_looked_at_no_statement_is_contradicted() -> None:
    places = {
        PlaceId(f"p{number}"): evolve(GROUND.places[PlaceId("dell")], id=PlaceId(f"p{number}")) for number in range(7)
    }
    plain = {place: PlaceOpening("held", REBELS, assumed="so") for place in places}
    region = Region(AreaId("plain"), "the plain", (*places,), whole=True)
    ground = evolve(GROUND, places=places, regions={region.id: region}, opening=Opening("", plain, {}, ()))
    falls = {
        f"{place}-{side}": claim(f"{place}-{side}", Captured(place, (side,)), "2020-03-10", episode=f"{place}-{side}")
        for place in places
        for side in (NORTH, SOUTH)
    }
    says = claim("says", HoldsNothingIn(NORTH, region.id), "2020-03-11")
    whole = Record(ground, evolve(record().testimony, claims={**falls, "says": says}), ("record",), "", Path())
    assert sum(isinstance(entry.event, OrderUnknown) for entry in whole.log()) == 7
    assert (whole.disputes().mismatches, whole.disputes().untestable) == ((), ("says",))


def test_a_denied_statement_is_a_mismatch_where_the_state_says_it_is_so() -> None:
    found = disputes_of(reading(FALL, claim("said", Holds(NORTH, AreaId("arlen")), "2020-03-12", denied=True)), GROUND)
    assert [mismatch.claim for mismatch in found.mismatches] == ["said"]
    so = disputes_of(reading(claim("said", Holds(NORTH, AreaId("arlen")), "2020-03-12", denied=True)), GROUND)
    assert so.mismatches == ()


def test_a_forecast_of_the_state_is_not_held_against_it() -> None:
    told = claim("said", nothing("valley"), span("2020-03-11", "2020-03-31"), kind="forecast")
    assert disputes_of(reading(told), GROUND).mismatches == ()


def test_a_mismatch_ends_with_what_it_rested_on() -> None:
    told = claim("said", Holds(REBELS, AreaId("arlen")), "2020-03-12", source="courier")
    back = retraction("back", "fall", said="2020-03-13")
    assert len(record(FALL, told, back).disputes("2020-03-12").mismatches) == 1
    assert record(FALL, told, back).disputes("2020-03-13").mismatches == ()


def test_a_grade_given_later_does_not_leak_into_the_day() -> None:
    doubted = claim(
        "fall",
        Captured(PlaceId("arlen"), (NORTH,)),
        grades=(judged(2, "2020-03-11"), judged(5, "2020-03-20")),
    )
    denied = claim("no", Captured(PlaceId("arlen"), (NORTH,)), denied=True, grades=(judged(3, "2020-03-11"),))
    both = record(doubted, denied)
    assert both.state("2020-03-12", known_at="2020-03-12").places["arlen"].holder == "north"
    assert both.state("2020-03-12", known_at="2020-03-20").places["arlen"].holder == "rebels"
    assert both.reading("2020-03-12").known_at < moment("2020-03-20")


def test_a_predicate_of_which_nothing_is_said_is_an_error() -> None:
    class Unheard(Predicate):
        pass

    with pytest.raises(LookupError, match="It is not said to which cells Unheard speaks"):
        speaks(claim("odd", Unheard()), GROUND)
    for predicate in (*TESTABLE, *UNTESTABLE):
        assert isinstance(speaks(claim("said", predicate), GROUND), dict)
