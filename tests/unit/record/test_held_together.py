"""Ground that several hold together: only when it is said, until one of them leaves it, hands it over or loses it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from attrs import evolve

from situation.chance.luck import Luck
from situation.dates import Interval
from situation.events import (
    ActorId,
    Besieged,
    Captured,
    Entered,
    Event,
    HandedOver,
    OperationId,
    OperationLaunched,
    PlaceId,
    Repelled,
    VictoryDeclared,
    Withdrew,
)
from situation.events.predicates import BesiegedBy, DividedBetween, Holds, HoldsMostOf, HoldsNothingIn, LastPlaceOf
from situation.log.entry import Entry, Reported, Ruled
from situation.log.fold import fold
from situation.log.state import State
from situation.page.payload import replay_payload
from situation.record.answers.state import Lens, state_answer
from situation.record.statements import judge
from situation.story.stage import stage_of
from situation.testimony.claims import Claim
from tests.oracles.fold.world import World
from tests.unit.small import Small, small_ground
from tests.unit.spoken import claim, day, record
from tests.unit.valley_stories import scenario_of, valley

GROUND = small_ground()
NORTH, SOUTH, REBELS = ActorId("north"), ActorId("south"), ActorId("rebels")
GUARD, SCOUTS, FOOT = ActorId("north-guard"), ActorId("north-scouts"), ActorId("south-foot")
ARLEN, DELL = PlaceId("arlen"), PlaceId("dell")
TOGETHER = Captured(ARLEN, (GUARD, FOOT), REBELS)


BELIEVED = Reported("graded", ())


def after(*events: Event, cause: Any = BELIEVED) -> State:
    entries = [Entry(f"e{n}", n, Interval(n, n), event, cause) for n, event in enumerate(events)]
    return fold(entries, GROUND)


def test_takers_of_two_sides_hold_a_place_together_and_units_of_one_side_do_not() -> None:
    place = after(TOGETHER).places["arlen"]
    assert (place.holder, place.holders, place.status) == (None, ("north", "south"), "held")
    assert place.taken_by == {"north-guard", "south-foot"}
    assert after(Captured(ARLEN, (GUARD, SCOUTS))).places["arlen"].holder == "north"


def test_an_ally_for_whom_the_map_lets_another_hold_gets_credit_and_no_share(tmp_path: Path) -> None:
    small = Small(tmp_path).plant(
        "map.yaml", "name: the South, kind: state", "name: the South, holds_for: north, kind: state"
    )
    small.add(
        "record.yaml",
        "  - {id: T-9, source: courier, says: told, happened: 2020-03-12, "
        "asserts: {event: Captured, place: corve-mill, by: [south-foot, north-guard], against: rebels}}\n",
    )
    place = small.load().state().places["corve-mill"]
    assert (place.holder, place.taken_by) == ("north", frozenset({"south-foot", "north-guard"}))


@pytest.mark.parametrize(
    ("planted", "told"),
    [
        ("holds_for: south", "'south' cannot hold for 'south'."),
        ("holds_for: north-guard", "'north-guard' cannot hold for 'south'."),
        ("holds_for: nort", "There is no actor 'nort'. Did you mean 'north'?"),
    ],
)
def test_whoever_holds_for_another_is_another_at_the_top(planted: str, told: str, tmp_path: Path) -> None:
    small = Small(tmp_path).plant(
        "map.yaml", "name: the South, kind: state", f"name: the South, {planted}, kind: state"
    )
    assert any(told in problem for problem in small.problems())


@pytest.mark.parametrize(
    ("event", "holders", "status"),
    [
        (Withdrew(ARLEN, (FOOT,)), ("north",), "held"),
        (Withdrew(ARLEN, (FOOT, GUARD)), (), "ungarrisoned"),
        (HandedOver(ARLEN, (NORTH,), SOUTH), ("south",), "held"),
        (Captured(ARLEN, (SOUTH,), NORTH), ("south",), "held"),
        (Captured(ARLEN, (REBELS,), NORTH), ("rebels",), "held"),
        (Entered(ARLEN, (SCOUTS,)), ("north", "south"), "held"),
        (Entered(ARLEN, (REBELS,)), ("north", "south"), "contested"),
        (Repelled(ARLEN, (GUARD,), REBELS), ("north", "south"), "held"),
    ],
)
def test_what_ends_it_and_what_does_not(event: Event, holders: tuple[str, ...], status: str) -> None:
    place = after(TOGETHER, event).places["arlen"]
    assert (place.holders, place.status) == (holders, status)


def test_who_hands_over_what_several_hold_gives_a_share_and_no_more() -> None:
    given = HandedOver(ARLEN, (NORTH,), REBELS)
    whole = record(claim("c0", TOGETHER, day(5), episode="a"), claim("c1", given, day(6), episode="b"))
    place = whole.state().places["arlen"]
    assert (place.holders, place.status) == (("rebels", "south"), "held")
    found = whole.why("arlen.holder")
    assert ([voice.claim.event for voice in found.supporting], found.opposing) == ([given], ())
    assert after(TOGETHER, HandedOver(ARLEN, (NORTH, SOUTH), REBELS)).places["arlen"].holders == ("rebels",)


def test_a_ring_stays_around_a_place_that_is_handed_to_a_friend_and_not_to_the_besieger() -> None:
    ringed = after(TOGETHER, Besieged(ARLEN, (REBELS,)), HandedOver(ARLEN, (NORTH,), SOUTH)).places["arlen"]
    assert (ringed.holders, ringed.status, ringed.besiegers) == (("south",), "besieged", ("rebels",))
    given = HandedOver(ARLEN, (NORTH, SOUTH), REBELS)
    open_ = after(TOGETHER, Besieged(ARLEN, (REBELS,)), given).places["arlen"]
    assert (open_.holders, open_.status, open_.besiegers) == (("rebels",), "held", ())


def test_a_place_that_nobody_known_took_has_no_holder_known() -> None:
    place = after(TOGETHER, Captured(ARLEN, (), NORTH)).places["arlen"]
    assert (place.holders, place.status, place.taken_by) == ((), "unknown", frozenset())


def test_a_rule_of_a_story_lets_the_largest_hold_alone() -> None:
    assert after(TOGETHER, cause=Ruled("R4 cleared")).places["arlen"].holder == "north"


@pytest.mark.parametrize(
    ("predicate", "verdict"),
    [
        (Holds(NORTH, ARLEN), True),
        (Holds(REBELS, ARLEN), False),
        (HoldsNothingIn(SOUTH, ARLEN), False),
        (HoldsMostOf(NORTH, ARLEN), None),
        (DividedBetween((NORTH, SOUTH), ARLEN), None),
        (LastPlaceOf(SOUTH, (DELL,), PlaceId("valley")), False),
    ],
)
def test_statements_of_a_place_held_together(predicate: Any, verdict: bool | None) -> None:
    assert judge(predicate, after(TOGETHER), GROUND).holds is verdict


def test_that_it_is_divided_is_no_mismatch_and_that_one_holds_it_is_in_tension() -> None:
    told = record(
        claim("taken", TOGETHER),
        claim("divided", DividedBetween((NORTH, SOUTH), ARLEN), "2020-03-11"),
        claim("one", Holds(NORTH, ARLEN), source="courier"),
        claim("third", Holds(REBELS, ARLEN), "2020-03-11", source="herald"),
    )
    disputes = told.disputes()
    assert disputes.untestable == ("divided",)
    assert [wrong.claim for wrong in disputes.mismatches] == ["third"]
    relations = {
        frozenset((pair.one.claims[0].id, pair.other.claims[0].id)): pair.relation
        for pair in disputes.pairs
        if pair.cell == "arlen.holder"
    }
    assert relations[frozenset(("taken", "one"))] == "tension"
    assert relations[frozenset(("taken", "third"))] == "contradicts"
    answer = state_answer(told, "2020-03-12", Lens())["places"]["arlen"]
    assert (answer["holder"], answer["holders"]) == (None, ["north", "south"])
    assert str(told.why("arlen.holder")).startswith("Arlen, holder: the North and the South\n")


OPEN_TOGETHER = ("dell: {holder: rebels", "dell: {holders: [north, south]")


def test_a_place_may_be_held_together_from_the_start(tmp_path: Path) -> None:
    small = Small(tmp_path).plant("map.yaml", *OPEN_TOGETHER)
    assert small.load().state("2020-03-01").places["dell"].holders == ("north", "south")
    small.plant("map.yaml", "holders: [north, south]", "holders: [north]")
    assert any("'holders' names several that hold a place together." in problem for problem in small.problems())


def test_in_a_story_each_holder_finds_itself_and_others_find_their_enemy_first(tmp_path: Path) -> None:
    small = valley(tmp_path)
    scenario, _ = scenario_of(small)
    stage = stage_of(scenario, small.plant("map.yaml", *OPEN_TOGETHER).load())
    world = World(stage, stage.state, Luck(3, 0), scenario.at)
    assert [world.holder("dell", actor) for actor in ("north", "south")] == ["north", "south"]
    hostile = [actor for actor in ("north", "south") if world.hostile("rebels", actor)]
    assert world.holder("dell", "rebels") in (hostile or ["north", "south"])
    assert "dell" not in world.barred("south", enemies=True)
    assert stage.held["north"] >= 1 and stage.held["south"] >= 1


def test_the_page_shows_those_who_hold_a_place_together_as_one(tmp_path: Path) -> None:
    told = record(claim("taken", TOGETHER))
    identity = {"digest": "", "versions": {"situation": ""}}
    payload = replay_payload(evolve(told, folder=tmp_path), told.minute(None), Lens(), identity)
    (joint,) = [row for row in payload["actors"] if row["name"] == "the North and the South together"]
    shown = [row for reading in payload["readings"] for row in reading["history"] if row[0] == "arlen.holder"]
    assert joint["id"] == joint["root"] == "north+south"
    assert "north+south" in {row[1] for row in shown}


def test_several_who_ring_a_place_ring_it_together_until_the_last_of_them_leaves() -> None:
    ring = Besieged(ARLEN, (GUARD, FOOT), REBELS)
    place = after(Captured(ARLEN, (REBELS,)), ring).places["arlen"]
    assert (place.status, place.besieger, place.besiegers) == ("besieged", None, ("north", "south"))
    for leaver, stays in ((GUARD, "south"), (FOOT, "north")):
        left = after(Captured(ARLEN, (REBELS,)), ring, Withdrew(ARLEN, (leaver,))).places["arlen"]
        assert (left.status, left.besieger) == ("besieged", stays)
    alone = after(Captured(ARLEN, (REBELS,)), ring, Withdrew(ARLEN, (GUARD, FOOT))).places["arlen"]
    assert (alone.status, alone.besiegers) == ("held", ())
    assert judge(BesiegedBy(SOUTH, ARLEN), after(Captured(ARLEN, (REBELS,)), ring), GROUND).holds


def test_all_who_announced_a_victory_are_kept_and_it_lapses_with_one_who_was_none_of_them() -> None:
    announced = (Captured(ARLEN, (GUARD, FOOT), REBELS), VictoryDeclared(ARLEN, (FOOT, GUARD)))
    assert after(*announced).places["arlen"].announced_by == ("north", "south")
    assert after(*announced, Captured(ARLEN, (FOOT,), NORTH)).places["arlen"].announced_by == ("north", "south")
    assert after(*announced, Captured(ARLEN, (REBELS,), NORTH)).places["arlen"].announced_by == ()


def test_an_operation_of_several_is_led_by_all_and_each_is_hostile_to_whom_it_is_against() -> None:
    state = after(OperationLaunched(OperationId("river-road"), (GUARD, FOOT), REBELS))
    (operation,) = state.operations
    assert (operation.by, operation.leaders) == (None, ("north", "south"))
    assert {(it.actor, it.toward, it.stance) for it in state.relations} == {
        ("north", "rebels", "hostile"),
        ("south", "rebels", "hostile"),
    }


def test_who_names_one_of_several_besiegers_says_less_and_disputes_nothing() -> None:
    def told(name: str, *by: ActorId) -> Claim:
        return claim(name, Besieged(ARLEN, by, REBELS), "2020-03-10", episode="ring", source=name)

    full = record(told("gazette", GUARD, FOOT), told("courier", GUARD))
    assert not full.disputes().disputes
    rivals = record(told("gazette", GUARD), told("courier", FOOT))
    assert "arlen.besieger" in {dispute.cell for dispute in rivals.disputes().disputes}


def test_the_state_names_all_besiegers_in_json_and_the_page_knows_them_together() -> None:
    full = record(claim("ring", Besieged(ARLEN, (GUARD, FOOT), REBELS), "2020-03-10"))
    answer = state_answer(full, "2020-03-11", Lens())["places"]["arlen"]
    assert (answer["besieger"], answer["besiegers"]) == (None, ["north", "south"])
    identity = {"digest": "", "versions": {"situation": "0"}}
    payload = replay_payload(full, full.ground.window.latest, Lens(), identity)
    assert "north+south" in {actor["id"] for actor in payload["actors"]}
    assert "north+south" in {row[1] for row in payload["readings"][0]["history"] if row[0] == "arlen.besieger"}
