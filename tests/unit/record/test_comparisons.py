"""How two answers stand to each other: each relation by its written test."""

from __future__ import annotations

from typing import Any

import pytest

from situation.events import (
    ActorDescribed,
    ActorId,
    AreaId,
    Besieged,
    Captured,
    Entered,
    Event,
    PlaceDescribed,
    PlaceId,
    Quantity,
    Repelled,
    SiegeBroken,
    StrengthAssessed,
)
from situation.events.predicates import LastPlaceOf, Qualifier
from situation.log.value_words import cell_in_words
from situation.record.joining.comparisons import AnswerRelation, names_units, relate, relate_spans
from tests.unit.small import small_ground
from tests.unit.spoken import claim, record, span

GROUND = small_ground()
ARLEN, REBELS = PlaceId("arlen"), ActorId("rebels")


def related(cell: str, one: Any, other: Any, told: Any = None, told_too: Any = None) -> AnswerRelation:
    """The relation of two answers, after seeing that it is the same from both sides."""
    here = relate(cell, (one, told), (other, told_too), GROUND)
    assert relate(cell, (other, told_too), (one, told), GROUND) == here
    return here


def units(*names: str) -> frozenset[ActorId]:
    return frozenset(ActorId(name) for name in names)


@pytest.mark.parametrize(
    ("one", "other", "relation"),
    [
        (span("2020-03-10"), span("2020-03-10"), "agrees"),
        (span("2020-03-10"), span("2020-03-09", "2020-03-12"), "refines"),
        (span("2020-03-01", "2020-03-10"), span("2020-03-10", "2020-03-12"), "tension"),
        (span("2020-03-01", "2020-03-02"), span("2020-03-10"), "contradicts"),
    ],
)
def test_times_are_the_same_nested_overlapping_or_apart(one: Any, other: Any, relation: AnswerRelation) -> None:
    assert relate_spans(one, other) == relate_spans(other, one) == relation
    assert related("arlen.holder.when", one, other) == relation


def test_holders_agree_or_contradict() -> None:
    assert related("arlen.holder", "north", "north") == "agrees"
    assert related("arlen.holder", "north", "south") == "contradicts"


@pytest.mark.parametrize(
    ("one", "other", "relation"),
    [
        (units("north"), units("north"), "agrees"),
        (units("north-guard"), units("north"), "refines"),
        (units("north-guard", "north-scouts"), units("north"), "refines"),
        (units("north-guard"), units("north", "south"), "refines"),
        (units("north-guard"), units("north-scouts"), "tension"),
        (units("north", "north-guard"), units("north"), "tension"),
        (units("north-guard"), units("north-guard", "north-scouts"), "tension"),
        (units("north-guard", "south-foot"), units("north-guard"), "tension"),
        (units("north-guard"), units("south-foot"), "contradicts"),
        (units("north"), units("rebels"), "contradicts"),
    ],
)
@pytest.mark.parametrize("cell", ["arlen.taken_by", "spring-push.participants", "arlen.entered_by"])
def test_a_unit_refines_its_side_and_is_in_tension_with_another_unit(
    cell: str, one: frozenset[ActorId], other: frozenset[ActorId], relation: AnswerRelation
) -> None:
    assert related(cell, one, other) == relation


def test_naming_units_says_more_than_naming_their_side_and_never_the_other_way_round() -> None:
    assert names_units("arlen.taken_by", units("north-guard"), units("north"), GROUND)
    assert not names_units("arlen.taken_by", units("north"), units("north-guard"), GROUND)
    assert not names_units("arlen.taken_by", units("north-guard"), units("north-scouts"), GROUND)
    assert not names_units("arlen.holder", units("north-guard"), units("north"), GROUND)


def test_entered_then_captured_is_a_stage() -> None:
    entered, captured = Entered(ARLEN, (ActorId("north"),)), Captured(ARLEN, (ActorId("north"),))
    assert related("arlen.status", "contested", "held", entered, captured) == "stage"
    assert related("arlen.status", "held", "contested", captured, Captured(ARLEN, (REBELS,))) == "contradicts"


def test_ringed_then_relieved_is_a_stage() -> None:
    ringed, relieved = Besieged(ARLEN, (REBELS,)), SiegeBroken(ARLEN, (ActorId("south"),))
    assert related("arlen.besieger", "rebels", None, ringed, relieved) == "stage"
    assert related("arlen.besieger", "rebels", "north", ringed, Besieged(ARLEN, (ActorId("north"),))) == "contradicts"


def test_two_reports_that_give_one_status_agree_whatever_they_tell() -> None:
    captured, repelled = Captured(ARLEN, (REBELS,)), Repelled(ARLEN, (REBELS,))
    assert related("arlen.status", "held", "held", captured, repelled) == "agrees"


def fighters(low: float | None = None, best: float | None = None, high: float | None = None) -> Quantity:
    return Quantity("fighters", low, best, high)


@pytest.mark.parametrize(
    ("one", "other", "relation"),
    [
        (fighters(best=1500), fighters(best=1500), "agrees"),
        (fighters(1500, None, 2500), fighters(1500, None, 2500), "agrees"),
        (fighters(best=2000), fighters(1500, None, 2500), "refines"),
        (fighters(1500, None, 2500), fighters(2000, None, 3000), "tension"),
        (fighters(1500, None, 2500), fighters(low=2000), "tension"),
        (fighters(low=1500), fighters(low=2000), "refines"),
        (fighters(100, None, 200), fighters(1500, None, 2500), "contradicts"),
    ],
)
def test_numbers_are_the_same_nested_overlapping_or_apart(
    one: Quantity, other: Quantity, relation: AnswerRelation
) -> None:
    assert related("rebels@arlen.strength", one, other) == relation


@pytest.mark.parametrize(("high", "relation"), [(1500, "tension"), (2500, "tension"), (900, "contradicts")])
def test_a_number_for_the_surroundings_never_agrees_with_one_for_the_place(
    high: float, relation: AnswerRelation
) -> None:
    town = fighters(1500, None, 2500)
    around = fighters(min(high, 1500), None, high)
    told = StrengthAssessed(REBELS, AreaId("arlen"), town)
    told_too = StrengthAssessed(REBELS, AreaId("arlen"), around, "vicinity")
    assert related("rebels@arlen.strength", town, around, told, told_too) == relation


def last(qualifier: Qualifier, *places: str) -> LastPlaceOf:
    return LastPlaceOf(REBELS, tuple(AreaId(place) for place in places), AreaId("valley"), qualifier)


@pytest.mark.parametrize(
    ("one", "other", "relation"),
    [
        (last("the last", "arlen"), last("the last", "arlen"), "agrees"),
        (last("the last major", "arlen"), last("the last", "arlen"), "refines"),
        (last("the last", "arlen"), last("one of the last", "arlen"), "contradicts"),
        (last("the last major", "arlen"), last("one of the last", "dell"), "refines"),
        (last("the last", "arlen"), last("the last", "dell"), "contradicts"),
        (last("the last", "arlen"), last("the last", "arlen", "dell"), "tension"),
        (last("the last", "arlen"), last("the last major", "dell"), "contradicts"),
        (last("the last major", "arlen"), last("the last urban", "dell"), "tension"),
        (last("the last major", "arlen"), last("the last major", "corve"), "contradicts"),
    ],
)
def test_the_last_leaves_no_room_for_another_and_weaker_words_do(
    one: LastPlaceOf, other: LastPlaceOf, relation: AnswerRelation
) -> None:
    values = [(tuple(sorted(told.places)), told.qualifier) for told in (one, other)]
    assert related("rebels@valley.last_place", values[0], values[1], one, other) == relation


@pytest.mark.parametrize(
    ("one", "other", "relation"),
    [
        ("hostile", "hostile", "agrees"),
        ("hostile", "tolerated", "contradicts"),
        ("allied", "hostile", "contradicts"),
        ("tolerated", "allied", "tension"),
    ],
)
def test_enmity_contradicts_every_other_stance(one: str, other: str, relation: AnswerRelation) -> None:
    assert related("north:rebels.stance", one, other) == relation


@pytest.mark.parametrize(
    ("one", "other", "relation"),
    [("running", "last stage", "refines"), ("ended", "last stage", "contradicts"), ("paused", "paused", "agrees")],
)
def test_a_stage_of_an_operation_refines_that_it_runs(one: str, other: str, relation: AnswerRelation) -> None:
    assert related("spring-push.phase", one, other) == relation


def areas(*names: str) -> frozenset[AreaId]:
    return frozenset(AreaId(name) for name in names)


@pytest.mark.parametrize(
    ("one", "other", "relation"),
    [
        (areas("lowlands"), areas("dell", "dunes"), "agrees"),
        (areas("dell"), areas("lowlands"), "refines"),
        (areas(), areas("lowlands"), "refines"),
        (areas("dell", "corve"), areas("lowlands"), "tension"),
        (areas("corve"), areas("lowlands"), "contradicts"),
    ],
)
def test_ways_of_flight_are_compared_by_the_places_they_lead_to(
    one: frozenset[AreaId], other: frozenset[AreaId], relation: AnswerRelation
) -> None:
    assert related("rebels@arlen.fled_toward", one, other) == relation


def described(value: str, km: float | None = None, of: str = "arlen") -> PlaceDescribed:
    return PlaceDescribed(
        AreaId("arlen-bridge"), "location", value, AreaId(of), Quantity("km", best=km) if km is not None else None
    )


def test_two_km_outside_refines_in_the_town() -> None:
    cell = "arlen-bridge.location"
    told, told_too = described("in the town"), described("two km outside", 2)
    assert related(cell, told.value, told_too.value, told, told_too) == "refines"
    assert related(cell, told.value, told.value, told, told) == "agrees"


def test_places_described_from_elsewhere_cannot_be_compared() -> None:
    told, told_too = described("near the town"), described("near the city", of="corve")
    assert related("arlen-bridge.location", told.value, told_too.value, told, told_too) == "untestable"


def test_words_that_no_test_can_compare_are_untestable() -> None:
    assert related("spring-push.commander", "one", "another") == "untestable"
    assert related("spring-push.support.south", "guns", "planes") == "untestable"


@pytest.mark.parametrize("attribute", ["occurred", "declared_by", "by", "holds", "besieger"])
def test_plain_answers_that_differ_contradict(attribute: str) -> None:
    told = Captured(ARLEN, (REBELS,))
    assert related(f"arlen.{attribute}", True, False, told, told) == "contradicts"


def test_answers_on_a_cell_of_which_nothing_is_said_are_an_error_and_not_untestable() -> None:
    assert related("arlen.bank", "left", "right") == "untestable"
    with pytest.raises(LookupError, match="It is not said how two answers on 'bankk' compare"):
        relate("arlen.bankk", ("left", None), ("right", None), GROUND)


def test_amounts_in_different_units_cannot_be_compared() -> None:
    fighters, people = Quantity("fighters", best=100), Quantity("people", best=5000)
    assert related("rebels@arlen.strength", fighters, people) == "untestable"
    assert related("arlen.killed", Quantity("horses", best=100), Quantity("men", best=5)) == "untestable"


def test_the_dead_are_compared_whether_counted_as_men_or_as_persons() -> None:
    men, dozens = Quantity("men", best=3), Quantity("persons", low=24, high=99, words="dozens", assumed="a plural")
    assert related("arlen.killed_of.north", men, dozens) == "contradicts"
    assert related("arlen.killed", Quantity("men", best=30), dozens) == "refines"


@pytest.mark.parametrize(
    "event",
    [
        PlaceDescribed(AreaId("arlen"), "bank", "left"),
        PlaceDescribed(AreaId("arlen"), "claimed by", "the North"),
        ActorDescribed(REBELS, "name", "the Front"),
        Captured(ARLEN, (ActorId("north"),)),
    ],
    ids=lambda event: type(event).__name__,
)
def test_whether_it_happened_is_asked_of_every_kind_of_event(event: Event) -> None:
    """The name of what happened may have a dot of its own."""
    both = record(claim("yes", event, episode="it"), claim("no", event, episode="it", denied=True, source="courier"))
    (dispute,) = both.disputes().disputes
    assert dispute.cell.endswith(".occurred")
    assert cell_in_words(dispute.cell, GROUND).endswith(
        ("at Arlen, whether it happened", "at the rebels, whether it happened")
    )
    assert dispute.heading(GROUND).endswith("whether it happened, 10 Mar 2020")
