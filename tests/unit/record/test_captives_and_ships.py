"""Surrenders, prisoners, ships and blockades: what they do to the state, how they are told, and what is refused."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from situation.events import (
    ActorId,
    ActorsMerged,
    ActorSplit,
    Attacked,
    Blockaded,
    BlockadeLifted,
    Event,
    GarrisonSurrendered,
    OperationId,
    OperationLaunched,
    PlaceId,
    PrisonersExchanged,
    PrisonersTaken,
    Quantity,
    ShipCaptured,
    ShipDamaged,
    ShipSunk,
    Side,
)
from situation.log.record_words import sentence
from situation.record.answers.state import Lens, disputes_answer, state_answer
from situation.record.record import Record
from situation.record.tolls.totals import totals
from situation.record.warnings.doubts import doubts_of
from tests.unit.small import Small, small_ground
from tests.unit.spoken import claim, day, record, span

GROUND = small_ground()
NORTH, SOUTH, REBELS = ActorId("north"), ActorId("south"), ActorId("rebels")
SCOUTS, ARLEN, DELL = ActorId("north-scouts"), PlaceId("arlen"), PlaceId("dell")
MEN = Quantity("men", low=90, high=120)
PUSH = OperationId("spring-push")


def told(*events: Event) -> Record:
    """A record of events one day after another, from 5 March on."""
    return record(
        *(claim(f"c{n}", event, day(5 + n), source="herald", episode=f"e{n}") for n, event in enumerate(events))
    )


def answer(whole: Record) -> dict[str, Any]:
    return state_answer(whole, None, Lens())


def test_a_garrison_that_surrenders_leaves_its_place_to_whom_it_surrendered() -> None:
    whole = told(GarrisonSurrendered(DELL, (REBELS,), SCOUTS, MEN))
    place = answer(whole)["places"]["dell"]
    assert (place["holder"], place["status"], place["taken_by"]) == ("north", "held", ["north-scouts"])
    assert whole.state().get("rebels@dell", "prisoners") == MEN
    assert whole.state().get("rebels@dell", "prisoners_of") == {"north-scouts"}
    uncounted, nobody = (told(GarrisonSurrendered(DELL, (REBELS,), *rest)) for rest in ((SCOUTS,), (None, MEN)))
    assert [it.state().get("rebels@dell", "prisoners_of") for it in (uncounted, nobody)] == [None, None]


def test_a_surrender_to_nobody_named_leaves_the_holder_unknown_and_lifts_the_ring() -> None:
    place = answer(told(GarrisonSurrendered(PlaceId("corve"), (SOUTH,))))["places"]["corve"]
    assert (place["holder"], place["status"], place["besieger"], place["parts"]) == (None, "unknown", None, [])


def test_a_surrender_and_a_capture_of_the_same_day_by_the_same_agree() -> None:
    whole = record(
        claim("one", GarrisonSurrendered(DELL, (REBELS,), SCOUTS), episode="dell"),
        claim("other", Attacked(DELL, (SCOUTS,), REBELS), source="courier", episode="dell"),
    )
    assert disputes_answer(whole, Lens())["disputes"] == []


def test_prisoners_are_counted_where_they_were_taken_and_come_home_by_side() -> None:
    home = {Side("north"): Quantity("men", best=5), Side("rebels"): Quantity("men", best=9)}
    whole = told(
        PrisonersTaken(ARLEN, (NORTH,), REBELS, MEN),
        PrisonersTaken(None, (), REBELS, Quantity("men", best=3)),
        PrisonersExchanged((REBELS, NORTH), released=home),
    )
    state = whole.state()
    assert state.get("rebels@arlen", "prisoners") == MEN
    assert state.get("rebels@arlen", "prisoners_of") == {"north"}
    assert state.get("rebels@somewhere", "prisoners") == Quantity("men", best=3)
    assert state.get("north:rebels", "released.rebels") == Quantity("men", best=9)


def test_a_ship_is_damaged_then_sunk_and_two_fates_of_one_day_are_a_stage() -> None:
    whole = told(ShipDamaged(SCOUTS, (REBELS,), means="air"), ShipSunk(SCOUTS, place=DELL, killed=MEN))
    (ship,) = answer(whole)["ships"]
    assert (ship["ship"], ship["condition"], ship["by"]) == ("north-scouts", "sunk", ["rebels"])
    both = record(
        claim("hit", ShipDamaged(SCOUTS), episode="hit"),
        claim("lost", ShipSunk(SCOUTS), source="courier", episode="hit"),
    )
    assert disputes_answer(both, Lens())["disputes"] == []


@pytest.mark.parametrize("belief", ["graded", "first-report", "latest", "informative", "representative"])
@pytest.mark.parametrize("later", [ShipDamaged(SCOUTS, (REBELS,)), ShipCaptured(SCOUTS, (REBELS,))])
def test_what_was_sunk_is_not_struck_again_and_who_says_so_is_a_rival(later: Event, belief: str) -> None:
    whole = told(ShipSunk(SCOUTS, (SOUTH,)), later)
    (ship,) = state_answer(whole, None, Lens(belief=belief))["ships"]
    assert (ship["condition"], ship["by"]) == ("sunk", ["south"])
    explained = whole.why("north-scouts.condition", day(20), belief=belief)
    assert [voice.claim.id for voice in explained.opposing] == ["c1"]
    (dispute,) = whole.disputes(belief=belief).disputes
    assert (dispute.cell, dispute.relation, dispute.claims) == ("north-scouts.condition", "contradicts", ("c0", "c1"))
    passed_over = "Only one of the two can be true, and this one is not believed: check date and ship of both."
    assert ("The North Scouts had been sunk before.", passed_over) in [(it.fact, it.advice) for it in doubts_of(whole)]


def test_a_heavier_report_that_a_ship_was_struck_later_speaks_against_its_sinking() -> None:
    whole = record(
        claim("sunk", ShipSunk(SCOUTS, (REBELS,)), day(5), source="herald", episode="one"),
        claim("hit", ShipDamaged(SCOUTS, (SOUTH,)), day(8), source="gazette", episode="two"),
    )
    (ship,) = answer(whole)["ships"]
    assert (ship["condition"], ship["by"]) == ("damaged", ["south"])
    assert ship["disputed"] == [{"condition": "sunk", "claims": ["sunk"]}]
    assert [voice.claim.id for voice in whole.why("north-scouts.condition", day(9)).opposing] == ["sunk"]
    between = whole.why("north-scouts.condition", day(6))
    assert (between.value, [voice.claim.id for voice in between.opposing]) == (None, ["sunk"])
    assert "what is reported of it is a rival of something else" in between.reason
    assert between.decided is not None
    assert (dispute := whole.disputes().disputes[0]).question == between.decided.question.id
    assert dispute.weighed.accepted is not None


def test_what_befell_a_ship_at_an_open_time_came_before_it_sank() -> None:
    whole = record(
        claim("sunk", ShipSunk(SCOUTS, (REBELS,)), span(day(2), day(10)), source="herald", episode="one"),
        claim("hit", ShipDamaged(SCOUTS, (SOUTH,)), day(8), source="herald", episode="two"),
    )
    assert [entry.cause.claims for entry in whole.log() if entry.cause.claims] == [("hit",), ("sunk",)]
    assert answer(whole)["ships"][0]["condition"] == "sunk"
    assert whole.disputes().disputes == ()
    assert not any("sunk" in problem.fact for problem in doubts_of(whole))


def test_a_ship_that_two_sank_at_two_times_was_sunk_once() -> None:
    whole = told(ShipSunk(SCOUTS, (SOUTH,)), Attacked(ARLEN), Attacked(DELL), ShipSunk(SCOUTS, (REBELS,)))
    assert answer(whole)["ships"][0]["by"] == ["south"]
    (dispute,) = whole.disputes().disputes
    assert (dispute.cell, dispute.claims) == ("north-scouts.condition.when", ("c0", "c3"))


def test_a_ship_that_was_lost_may_still_go_down_by_nobodys_hand() -> None:
    whole = told(ShipSunk(SCOUTS, (SOUTH,)), ShipSunk(SCOUTS, place=DELL))
    assert (answer(whole)["ships"][0]["condition"], whole.disputes().disputes) == ("sunk", ())


def test_a_captured_ship_is_in_the_hands_of_who_took_it_with_its_crew_among_the_prisoners() -> None:
    whole = told(ShipDamaged(SCOUTS, (REBELS,)), ShipCaptured(SCOUTS, (REBELS,), place=DELL, crew=MEN, killed=MEN))
    (ship,) = answer(whole)["ships"]
    assert (ship["ship"], ship["condition"], ship["by"]) == ("north-scouts", "captured", ["rebels"])
    assert whole.state().get("north-scouts", "crew_taken") == MEN
    for of in ("killed", "prisoners"):
        (row,) = totals(whole.log(), whole.ground, of, ("actor",))
        assert (row.actor, row.low, row.high) == ("north", 90, 120)


def test_a_ship_without_a_name_is_one_of_its_side() -> None:
    whole = told(ShipSunk(against=NORTH, by=(REBELS,), place=DELL))
    (ship,) = answer(whole)["ships"]
    assert (ship["ship"], ship["condition"]) == (None, "sunk")


def test_a_blockade_lasts_until_it_is_lifted_and_changes_no_holder() -> None:
    whole = told(Blockaded(DELL, (NORTH,), REBELS))
    assert [(row["place"], row["by"]) for row in answer(whole)["blockades"]] == [("dell", ["north"])]
    assert answer(whole)["places"]["dell"]["holder"] == "rebels"
    assert answer(told(Blockaded(DELL, (NORTH,)), BlockadeLifted(DELL)))["blockades"] == []


TOLD = {
    "the rebels surrendered Dell to the North Scouts with 90 to 120 men": GarrisonSurrendered(
        DELL, (REBELS,), SCOUTS, MEN
    ),
    "the South surrendered Dell": GarrisonSurrendered(DELL, (SOUTH,)),
    "the North took 90 to 120 men of the rebels prisoner at Arlen": PrisonersTaken(ARLEN, (NORTH,), REBELS, MEN),
    "forces that are not named took men prisoner, at a place that is not named": PrisonersTaken(),
    "the North and the rebels exchanged prisoners": PrisonersExchanged((NORTH, REBELS)),
    "the North and the rebels exchanged prisoners at Dell: 90 to 120 men of the rebels came home": PrisonersExchanged(
        (NORTH, REBELS), DELL, {Side("rebels"): MEN}
    ),
    "the North Scouts was sunk by the rebels from the air at Dell, 90 to 120 men killed": ShipSunk(
        SCOUTS, (REBELS,), place=DELL, means="air", killed=MEN
    ),
    "a ship of the North was lost": ShipSunk(against=NORTH),
    "the North Scouts was captured by the rebels at Dell, 90 to 120 men taken prisoner": ShipCaptured(
        SCOUTS, (REBELS,), place=DELL, crew=MEN
    ),
    "a ship of the North was captured": ShipCaptured(against=NORTH),
    "a ship of the North was damaged by the rebels": ShipDamaged(against=NORTH, by=(REBELS,)),
    "the North blockaded Dell against the rebels": Blockaded(DELL, (NORTH,), REBELS),
    "the blockade of Dell was lifted by the North": BlockadeLifted(DELL, (NORTH,)),
}


@pytest.mark.parametrize("words", TOLD)
def test_each_is_told_in_a_sentence(words: str) -> None:
    assert sentence(TOLD[words], GROUND) == words


@pytest.mark.parametrize(
    ("written", "what"),
    [
        ("event: ShipSunk, by: [north]", "It is not said which ship, or whose."),
        ("event: ShipSunk, ship: north-scout", "Did you mean 'north-scouts'?"),
        ("event: ShipSank, ship: north-scouts", "Did you mean 'ShipSunk'?"),
        ("event: Blockade, place: dell", "Did you mean 'Blockaded'?"),
        ("event: PrisonersExchanged, between: [north]", "An exchange is between two."),
        ("event: GarrisonSurrendered, place: dell, by: [unknown]", "The list 'by' is empty."),
        ("event: Surrendered, place: dell, by: [rebels]", "Did you mean 'GarrisonSurrendered'?"),
    ],
)
def test_what_is_written_wrongly_is_told_with_the_near_miss(written: str, what: str, tmp_path: Path) -> None:
    small = Small(tmp_path).add(
        "record.yaml", f"  - {{id: A-1, source: courier, says: told, happened: 2020-03-12, asserts: {{{written}}}}}\n"
    )
    (problem,) = small.problems()
    assert what in problem and problem.startswith("record.yaml:")


ONCE: dict[str, tuple[Event, Event, str]] = {
    "surrender": (GarrisonSurrendered(DELL, (REBELS,), NORTH), GarrisonSurrendered(DELL, (REBELS,), SOUTH), "holder"),
    "damage": (ShipDamaged(SCOUTS, (REBELS,)), ShipDamaged(SCOUTS, (SOUTH,)), "struck_by"),
    "launch": (OperationLaunched(PUSH, (NORTH,)), OperationLaunched(PUSH, (SOUTH,)), "by"),
    "split": (ActorSplit(REBELS, (NORTH,)), ActorSplit(REBELS, (SOUTH,)), "successors"),
    "merger": (ActorsMerged((REBELS,), NORTH), ActorsMerged((REBELS,), SOUTH), "successors"),
}


@pytest.mark.parametrize("kind", ONCE)
def test_what_happens_once_is_one_event_whoever_is_said_to_have_done_it(kind: str) -> None:
    one, other, attribute = ONCE[kind]
    whole = record(
        claim("a", one, day(10), source="gazette", episode=""), claim("b", other, day(10), source="herald", episode="")
    )
    disputes = {dispute.cell.rpartition(".")[2]: dispute.claims for dispute in whole.disputes().disputes}
    assert disputes[attribute] == ("a", "b")
    joins = whole.reading().joins
    assert (joins.episode["a"] == joins.episode["b"], len(joins.why), joins.possibly_one) == (True, 1, ())


def test_a_ship_may_be_hit_on_two_days_and_two_garrisons_may_surrender() -> None:
    hits = record(
        claim("a", ShipDamaged(SCOUTS, (REBELS,)), day(10), episode=""),
        claim("b", ShipDamaged(SCOUTS, (SOUTH,)), day(11), source="herald", episode=""),
    )
    garrisons = record(
        claim("a", GarrisonSurrendered(DELL, (REBELS,), NORTH), day(10), episode=""),
        claim("b", GarrisonSurrendered(DELL, (SOUTH,), NORTH), day(10), source="herald", episode=""),
    )
    for whole in (hits, garrisons):
        assert len(set(whole.reading().joins.happening.values())) == 2
