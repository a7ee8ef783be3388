"""What becomes of a place when those who hold, ring, blockade or share it leave, break up or join others."""

from __future__ import annotations

from typing import Any

import pytest

from situation.dates import Interval
from situation.events import (
    ActorId,
    ActorsMerged,
    ActorSplit,
    Blockaded,
    Captured,
    CeasefireAgreed,
    ClashStepped,
    Entered,
    Event,
    GarrisonSurrendered,
    HandedOver,
    HoldingStated,
    OpeningAssumed,
    PlaceId,
    Withdrew,
)
from situation.log.entry import Entry, Reported, Ruled
from situation.log.fold import fold
from situation.log.state import PlaceState, State
from situation.record.order.objections import objection
from situation.testimony.opening import Part
from tests.unit.small import small_ground

GROUND = small_ground()
NORTH, SOUTH, REBELS, GUARD, SCOUTS = map(ActorId, ("north", "south", "rebels", "north-guard", "north-scouts"))
DELL = PlaceId("dell")
PARTS = (Part(SOUTH, "the west"), Part(REBELS, "the rest"))


def opened(**control: Any) -> OpeningAssumed:
    return OpeningAssumed("dell", {f"dell.{name}": value for name, value in control.items()})


HELD = opened(holder=REBELS, status="held")
JOINT = opened(holder=frozenset({SOUTH, REBELS}), status="held")
RING = opened(holder=SOUTH, status="besieged", besieger=REBELS)
TWO_RINGS = opened(holder=SOUTH, status="besieged", besieger=frozenset({REBELS, NORTH}))
MIXED = opened(holder=SOUTH, status="mixed", parts=PARTS)
RING_IN_PARTS = opened(holder=SOUTH, status="besieged", besieger=REBELS, parts=PARTS)
FOUGHT_FOR = opened(holder=SOUTH, status="contested", entered_by=frozenset({REBELS}))
BLOCKADE = opened(holder=SOUTH, status="held", blockaded=True, blockaded_by=frozenset({REBELS}))
ALL = (HELD, JOINT, RING, TWO_RINGS, MIXED, RING_IN_PARTS, FOUGHT_FOR, BLOCKADE)
SPLIT = ActorSplit(REBELS, (GUARD, SCOUTS))


def after(*events: Event) -> State:
    cause = Reported("graded", ())
    return fold([Entry(f"e{n}", n, Interval(n, n), event, cause) for n, event in enumerate(events)], GROUND)


def dell(*events: Event) -> tuple[tuple[str, ...], str, tuple[str, ...]]:
    place = after(*events).places["dell"]
    return place.holders, place.status, place.besiegers


def parts(*events: Event) -> list[str]:
    return [part.actor for part in after(*events).places["dell"].parts]


@pytest.mark.parametrize("before", ALL)
@pytest.mark.parametrize("end", [SPLIT, ActorsMerged((REBELS,), SOUTH), ActorsMerged((REBELS,), NORTH)])
def test_of_an_actor_that_is_no_more_nothing_is_left_and_nobody_rings_or_fights_himself(
    before: OpeningAssumed, end: Event
) -> None:
    state = after(before, end)
    place: PlaceState = state.places["dell"]
    blockaders = state.get("dell", "blockaded_by") or () if state.get("dell", "blockaded") else ()
    assert REBELS not in {*place.holders, *place.besiegers, *(part.actor for part in place.parts), *blockaders}
    assert {*place.holders}.isdisjoint({*place.besiegers, *blockaders})
    assert place.status != "contested" or end != ActorsMerged((REBELS,), SOUTH)
    had_some = before in (HELD, JOINT, MIXED, RING_IN_PARTS)
    assert bool(place.successors) == (end == SPLIT and had_some)


def test_a_handover_by_one_of_several_leaves_the_others_what_is_theirs() -> None:
    """Of two who hold it together, and of two who hold parts of it."""
    assert dell(JOINT, HandedOver(DELL, (SOUTH,), NORTH))[0] == (NORTH, REBELS)
    given = after(MIXED, HandedOver(DELL, (REBELS,), NORTH)).places["dell"]
    assert (given.holders, given.status) == ((SOUTH,), "mixed")
    assert given.parts == (Part(SOUTH, "the west"), Part(NORTH, "the rest"))


def test_the_share_of_one_that_broke_up_is_open_until_it_is_told_whose_it_is() -> None:
    state = after(JOINT, SPLIT)
    assert (state.places["dell"].holders, state.places["dell"].successors) == ((SOUTH,), (GUARD, SCOUTS))
    given = HandedOver(DELL, (NORTH,), REBELS)
    assert objection(given, after(JOINT, ActorSplit(REBELS, (NORTH,))), GROUND) == ""
    assert objection(given, after(JOINT), GROUND) != ""
    assert dell(JOINT, ActorSplit(REBELS, (NORTH,)), HandedOver(DELL, (NORTH,), REBELS))[0] == (REBELS, SOUTH)
    told = after(JOINT, ActorSplit(REBELS, (NORTH,)), HoldingStated(DELL, NORTH)).places["dell"]
    assert (told.holders, told.successors, told.status) == ((NORTH, SOUTH), (), "held")
    left = after(JOINT, ActorSplit(REBELS, (NORTH,)), Withdrew(DELL, (NORTH,))).places["dell"]
    assert (left.holders, left.successors) == ((SOUTH,), ())
    joined = after(JOINT, ActorSplit(REBELS, (NORTH,)), ActorsMerged((SOUTH,), GUARD)).places["dell"]
    assert (joined.holders, joined.successors) == ((NORTH,), (NORTH,))
    assert parts(MIXED, ActorSplit(REBELS, (NORTH,)), HoldingStated(DELL, NORTH)) == [SOUTH, NORTH]


def test_who_joins_another_brings_his_parts_and_his_rings() -> None:
    assert parts(MIXED, ActorsMerged((REBELS,), NORTH)) == [SOUTH, NORTH]
    assert dell(MIXED, ActorsMerged((REBELS,), SOUTH)) == ((SOUTH,), "held", ())
    assert dell(RING, ActorsMerged((REBELS,), NORTH)) == ((SOUTH,), "besieged", (NORTH,))
    assert dell(RING, ActorsMerged((REBELS,), SOUTH)) == ((SOUTH,), "held", ())
    assert dell(RING, ActorsMerged((SOUTH,), REBELS)) == ((REBELS,), "held", ())
    assert dell(TWO_RINGS, ActorsMerged((REBELS,), SOUTH)) == ((SOUTH,), "besieged", (NORTH,))
    assert dell(RING, SPLIT) == ((SOUTH,), "besieged", ())
    assert after(BLOCKADE, ActorsMerged((REBELS,), SOUTH)).get("dell", "blockaded") is False
    assert after(BLOCKADE, ActorsMerged((REBELS,), NORTH)).get("dell", "blockaded_by") == {NORTH}


def test_of_several_in_a_place_those_who_stay_have_it() -> None:
    assert dell(MIXED, Withdrew(DELL, (SOUTH,))) == ((REBELS,), "held", ())
    assert dell(MIXED, Withdrew(DELL, (REBELS,))) == ((SOUTH,), "held", ())
    assert dell(MIXED, Withdrew(DELL, (SOUTH, REBELS))) == ((), "ungarrisoned", ())
    assert dell(MIXED, Withdrew(DELL, (NORTH,))) == ((SOUTH,), "mixed", ())
    assert dell(RING, Withdrew(DELL, (SOUTH,))) == ((), "ungarrisoned", ())
    assert dell(RING_IN_PARTS, Withdrew(DELL, (SOUTH,))) == ((REBELS,), "held", ())
    assert dell(RING_IN_PARTS, Withdrew(DELL, (REBELS,))) == ((SOUTH,), "held", ())
    assert parts(RING_IN_PARTS, Withdrew(DELL, (REBELS,))) == []
    assert dell(TWO_RINGS, Withdrew(DELL, (REBELS,))) == ((SOUTH,), "besieged", (NORTH,))
    assert dell(opened(status="besieged", besieger=REBELS), Withdrew(DELL, (REBELS,))) == ((), "unknown", ())
    assert dell(FOUGHT_FOR, Entered(DELL, (NORTH,)), Withdrew(DELL, (SOUTH,))) == ((NORTH,), "held", ())
    shared = opened(status="mixed", parts=PARTS)
    assert dell(shared, Withdrew(DELL, (SOUTH,))) == ((REBELS,), "held", ())
    assert dell(opened(holder=SOUTH, status="contested"), Withdrew(DELL, (SOUTH,))) == ((), "unknown", ())
    assert dell(MIXED, Entered(DELL, (NORTH,)), Withdrew(DELL, (SOUTH,))) == ((REBELS,), "contested", ())


@pytest.mark.parametrize("before", [MIXED, RING])
def test_in_a_story_who_leaves_a_mixed_or_a_ringed_place_leaves_it_as_in_a_record(before: OpeningAssumed) -> None:
    """Whoever of them may hide there: men in hiding hold nothing."""
    left = Entry("e", 1, Interval(1, 1), Withdrew(DELL, (SOUTH,)), Ruled("nobody left"))
    assert fold([left], GROUND, after(before)).places["dell"] == after(before, Withdrew(DELL, (SOUTH,))).places["dell"]


def test_what_is_taken_from_one_who_holds_a_part_is_that_part() -> None:
    assert parts(MIXED, Captured(DELL, (NORTH,), REBELS)) == [SOUTH, NORTH]
    assert dell(MIXED, Captured(DELL, (NORTH,), REBELS)) == ((SOUTH,), "mixed", ())
    assert dell(MIXED, Captured(DELL, (NORTH,), SOUTH)) == ((NORTH,), "mixed", ())
    assert dell(MIXED, Captured(DELL, (SOUTH,), REBELS)) == ((SOUTH,), "held", ())
    assert dell(MIXED, Captured(DELL, (NORTH,), REBELS, wholly=True)) == ((NORTH,), "held", ())
    assert dell(MIXED, Captured(DELL, (NORTH,))) == ((NORTH,), "held", ())
    assert parts(MIXED, GarrisonSurrendered(DELL, (REBELS,), NORTH)) == [SOUTH, NORTH]
    assert dell(MIXED, GarrisonSurrendered(DELL, (REBELS,), SOUTH)) == ((SOUTH,), "held", ())


@pytest.mark.parametrize("end", [Captured(DELL, (REBELS,)), HandedOver(DELL, (SOUTH,), REBELS)])
def test_nobody_blockades_a_place_that_is_in_his_hands(end: Event) -> None:
    assert after(BLOCKADE, end).get("dell", "blockaded") is False
    both = after(BLOCKADE, Blockaded(DELL, (NORTH, REBELS)), end)
    assert (both.get("dell", "blockaded"), both.get("dell", "blockaded_by")) == (True, {NORTH})
    assert after(BLOCKADE, Captured(DELL, (NORTH,))).get("dell", "blockaded") is True


@pytest.mark.parametrize("sides", [(NORTH, SOUTH), (SOUTH, NORTH)])
def test_a_ceasefire_calms_a_clash_whoever_of_the_two_is_told_of_first(sides: tuple[ActorId, ActorId]) -> None:
    state = after(ClashStepped(*sides, DELL, 3), CeasefireAgreed(between=(NORTH, SOUTH)))
    assert state.get(":".join(sides), "rung") == 0
