"""What events do to the state: the entry and exit tests of each status, and what else an event changes."""

from __future__ import annotations

from typing import Any

import pytest

from situation.dates import Interval
from situation.events import (
    ActorId,
    AreaId,
    Besieged,
    Blockaded,
    BlockadeLifted,
    Captured,
    Entered,
    Event,
    HandedOver,
    OpeningAssumed,
    OperationId,
    OperationLaunched,
    OperationReported,
    PlaceId,
    Quantity,
    Repelled,
    SiegeBroken,
    StrengthAssessed,
    Support,
    VictoryDeclared,
    Withdrew,
)
from situation.log.entry import Entry, Log, Reported
from situation.log.fold import fold
from situation.log.state import PlaceState, State
from situation.testimony.opening import Part
from tests.unit.small import small_ground

GROUND = small_ground()
ARLEN, CORVE = PlaceId("arlen"), PlaceId("corve")
NORTH, SOUTH, REBELS = ActorId("north"), ActorId("south"), ActorId("rebels")
GUARD, SCOUTS = ActorId("north-guard"), ActorId("north-scouts")


def after(*events: Event, silent: frozenset[str] = frozenset()) -> State:
    """The state after some events, a minute apart; none but the last is silent on anything."""
    entries = []
    for minute, event in enumerate(events):
        cause = Reported("graded", ("claim",))
        mute = silent if event is events[-1] else frozenset[str]()
        entries.append(Entry(f"entry-{minute}", minute, Interval(minute, minute), event, cause, mute))
    return fold(Log.of(entries), GROUND)


def opened(status: str, holder: ActorId | None = None, place: str = "arlen", **cells: Any) -> OpeningAssumed:
    """A place as it stood at first."""
    values = {f"{place}.{name}": value for name, value in {"holder": holder, "status": status, **cells}.items()}
    return OpeningAssumed(place, values)


HELD = opened("held", REBELS)
PARTS = (Part(REBELS, "most"), Part(SOUTH, "enclave"))
RINGED = opened("besieged", SOUTH, besieger=REBELS)
SPLIT = opened("mixed", REBELS, parts=PARTS)
EMPTY = opened("ungarrisoned")
UNKNOWN = opened("unknown")
CONTESTED = opened("contested", REBELS)


def arlen(*events: Event) -> tuple[str, str | None, str | None]:
    """Status, holder and besieger of Arlen after some events."""
    place = after(*events).places["arlen"]
    return place.status, place.holder, place.besieger


ANY = [HELD, RINGED, SPLIT, EMPTY, UNKNOWN, CONTESTED]


@pytest.mark.parametrize("before", ANY, ids=lambda opening: opening.values["arlen.status"])
def test_a_capture_makes_any_place_held_by_the_taker_alone(before: OpeningAssumed) -> None:
    place = after(before, Captured(ARLEN, (GUARD, SCOUTS))).places["arlen"]
    assert place == PlaceState("arlen", ("north",), "held", taken_by=frozenset({"north-guard", "north-scouts"}))


def test_an_entry_makes_held_ground_contested() -> None:
    assert arlen(HELD, Entered(ARLEN, (SCOUTS,))) == ("contested", "rebels", None)


def test_an_entry_into_ones_own_ground_changes_no_control() -> None:
    assert arlen(opened("held", NORTH), Entered(ARLEN, (SCOUTS,))) == ("held", "north", None)
    assert arlen(RINGED, Entered(ARLEN, (SOUTH,))) == ("besieged", "south", "rebels")


def test_an_entry_into_ground_that_nobody_stands_in_holds_it() -> None:
    assert arlen(EMPTY, Entered(ARLEN, (SCOUTS,))) == ("held", "north", None)


@pytest.mark.parametrize("before", [UNKNOWN, Captured(ARLEN)], ids=["opening", "taken by nobody known"])
def test_an_entry_into_what_nobody_is_known_to_hold_makes_nobody_its_holder_but_whom_it_is_against(
    before: Event,
) -> None:
    assert arlen(HELD, before, Entered(ARLEN, (SCOUTS,))) == ("unknown", None, None)
    assert arlen(HELD, before, Entered(ARLEN, (SCOUTS,), REBELS)) == ("contested", "rebels", None)
    left = (Entered(ARLEN, (SCOUTS,)), Withdrew(ARLEN, (NORTH,)))
    assert arlen(HELD, before, *left) == ("unknown", None, None)


def test_an_entry_of_another_ends_a_ring_and_a_lasting_split() -> None:
    assert arlen(RINGED, Entered(ARLEN, (REBELS,))) == ("contested", "south", None)
    assert arlen(SPLIT, Entered(ARLEN, (NORTH,))) == ("contested", "rebels", None)


def test_contested_ground_is_held_again_when_the_attack_is_thrown_back() -> None:
    assert arlen(HELD, Entered(ARLEN, (NORTH,)), Repelled(ARLEN, (REBELS,))) == ("held", "rebels", None)


def test_an_attack_thrown_back_leaves_a_ring_and_a_lasting_split_as_they_were() -> None:
    assert arlen(RINGED, Repelled(ARLEN, (SOUTH,))) == ("besieged", "south", "rebels")
    assert arlen(SPLIT, Repelled(ARLEN, (SOUTH,))) == ("mixed", "rebels", None)


@pytest.mark.parametrize("before", [HELD, CONTESTED], ids=["held", "contested"])
def test_a_siege_rings_the_holder(before: OpeningAssumed) -> None:
    assert arlen(before, Besieged(ARLEN, (GUARD,))) == ("besieged", "rebels", "north")


def test_a_siege_of_what_nobody_is_known_to_hold_rings_whom_it_is_against() -> None:
    assert arlen(UNKNOWN, Besieged(ARLEN, (NORTH,), against=REBELS)) == ("besieged", "rebels", "north")
    assert arlen(opened("held", NORTH), Besieged(ARLEN, (NORTH,), REBELS)) == ("besieged", "rebels", "north")


def test_a_ring_that_is_opened_leaves_the_place_contested_while_the_besieger_holds_a_part() -> None:
    ringed = opened("besieged", SOUTH, besieger=REBELS, parts=PARTS)
    assert arlen(ringed, SiegeBroken(ARLEN, (SOUTH,))) == ("contested", "south", None)
    assert arlen(ringed, SiegeBroken(ARLEN, (NORTH,))) == ("contested", "south", None)
    for opener in ((SOUTH,), (NORTH,), ()):
        assert arlen(RINGED, SiegeBroken(ARLEN, opener)) == ("held", "south", None)
        assert arlen(RINGED, SiegeBroken(ARLEN, opener, REBELS)) == ("held", "south", None)


def test_who_opens_the_ring_around_what_nobody_is_known_to_hold_is_not_its_holder() -> None:
    ring = (UNKNOWN, Besieged(ARLEN, (REBELS,)))
    assert arlen(*ring, SiegeBroken(ARLEN, (NORTH,), REBELS)) == ("unknown", None, None)


RINGS = (Besieged(ARLEN, (GUARD,), REBELS), Besieged(ARLEN, (SOUTH,), REBELS))


@pytest.mark.parametrize("rings", [RINGS, RINGS[::-1]], ids=["one first", "the other first"])
def test_who_rings_a_place_after_another_rings_it_too_and_each_ring_is_broken_by_itself(
    rings: tuple[Event, ...],
) -> None:
    assert after(HELD, *rings).places["arlen"].besiegers == ("north", "south")
    assert after(HELD, *rings, rings[0]).places["arlen"].besiegers == ("north", "south")
    assert arlen(HELD, *rings, SiegeBroken(ARLEN, (), NORTH)) == ("besieged", "rebels", "south")
    assert arlen(HELD, *rings, SiegeBroken(ARLEN, (REBELS,), SOUTH)) == ("besieged", "rebels", "north")
    assert arlen(HELD, *rings, SiegeBroken(ARLEN, (REBELS,))) == ("held", "rebels", None)
    both = (SiegeBroken(ARLEN, (), NORTH), SiegeBroken(ARLEN, (), SOUTH))
    assert arlen(HELD, *rings, *both) == ("held", "rebels", None)
    assert arlen(HELD, RINGS[1], SiegeBroken(ARLEN, (), NORTH)) == ("besieged", "rebels", "south")
    given = HandedOver(ARLEN, (REBELS,), SOUTH)
    assert arlen(HELD, *rings, given) == ("besieged", "south", "north")


def test_a_besieger_who_is_ringed_rings_no_more() -> None:
    assert arlen(RINGED, Besieged(ARLEN, (NORTH,), REBELS)) == ("besieged", "south", "north")


def test_who_blockades_a_place_after_another_blockades_it_too_until_each_lifts_its_own() -> None:
    closed = (Blockaded(ARLEN, (GUARD,)), Blockaded(ARLEN, (SOUTH,)), Blockaded(ARLEN, (SCOUTS,)))
    assert after(*closed).get("arlen", "blockaded_by") == {"north-scouts", "south"}

    def lifted(*by: ActorId) -> tuple[object, object]:
        state = after(*closed, BlockadeLifted(ARLEN, by))
        return state.get("arlen", "blockaded"), state.get("arlen", "blockaded_by")

    assert lifted(NORTH) == (True, {"south"})
    assert lifted(NORTH, SOUTH)[0] is lifted()[0] is lifted(REBELS)[0] is False


def test_a_holder_that_leaves_leaves_the_place_empty() -> None:
    left = Withdrew(ARLEN, (REBELS,))
    assert arlen(HELD, left) == ("ungarrisoned", None, None)
    assert arlen(HELD, left, Entered(ARLEN, (NORTH,))) == ("held", "north", None)


def test_another_that_leaves_changes_no_control() -> None:
    assert arlen(HELD, Withdrew(ARLEN, (NORTH,))) == ("held", "rebels", None)


def test_a_besieger_that_leaves_opens_its_ring() -> None:
    assert arlen(RINGED, Withdrew(ARLEN, (REBELS,))) == ("held", "south", None)


def number(actor: ActorId, scope: Any = "place", best: float = 100) -> StrengthAssessed:
    return StrengthAssessed(actor, AreaId("arlen"), Quantity("fighters", best=best), scope)


def test_the_losers_numbers_lapse_with_the_place_and_the_takers_do_not() -> None:
    state = after(SPLIT, number(REBELS), number(SOUTH), number(NORTH), Captured(ARLEN, (NORTH,)))
    assert [force.actor for force in state.forces] == ["north"]


def test_the_numbers_of_a_force_that_left_lapse() -> None:
    assert after(HELD, number(REBELS), Withdrew(ARLEN, (REBELS,))).forces == ()


def test_a_number_for_the_surroundings_does_not_replace_one_for_the_place() -> None:
    town, around = number(REBELS, best=100), number(REBELS, "vicinity", 900)
    assert [force.number.best for force in after(town, around).forces] == [100]
    assert [force.number.best for force in after(around).forces] == [900]
    assert [force.number.best for force in after(around, town).forces] == [100]


def test_a_victory_announced_changes_no_ground_and_stands_beside_the_status() -> None:
    place = after(HELD, VictoryDeclared(ARLEN, (GUARD,))).places["arlen"]
    assert (place.holder, place.status, place.declared_by) == ("rebels", "held", "north")


@pytest.mark.parametrize(
    ("later", "declared_by"),
    [
        (Captured(ARLEN, (GUARD,)), "north"),
        (Captured(ARLEN, (SOUTH,)), None),
        (Entered(ARLEN, (GUARD,)), "north"),
        (Entered(ARLEN, (SOUTH,)), None),
    ],
    ids=["captured by it", "captured by another", "entered by it", "entered by another"],
)
def test_an_announcement_lasts_until_another_comes(later: Event, declared_by: str | None) -> None:
    state = after(HELD, VictoryDeclared(ARLEN, (NORTH,)), later)
    assert state.places["arlen"].declared_by == declared_by


def corve(*events: Event) -> dict[str, str | None]:
    quarters = [opened("held", REBELS, place=place) for place in ("corve", "corve-mill", "corve-dock")]
    places = after(*quarters, *events).places
    return {place: places[place].holder for place in ("corve", "corve-mill", "corve-dock")}


def test_a_whole_city_falls_with_its_quarters_and_a_city_alone_without() -> None:
    whole = Captured(CORVE, (SOUTH,), wholly=True)
    assert set(corve(whole).values()) == {"south"}
    assert corve(Captured(CORVE, (SOUTH,))) == {"corve": "south", "corve-mill": "rebels", "corve-dock": "rebels"}


def test_credit_for_a_quarter_stays_where_it_had_fallen_before_the_whole() -> None:
    mill = Captured(PlaceId("corve-mill"), (ActorId("south-foot"),))
    state = after(opened("held", REBELS, place="corve-mill"), mill, Captured(CORVE, (SOUTH,), wholly=True))
    assert state.places["corve-mill"].taken_by == {"south-foot"}


PUSH = OperationId("spring-push")


def test_an_operation_runs_from_its_launch_and_gathers_targets_and_aims() -> None:
    state = after(
        OperationLaunched(PUSH, (GUARD,), REBELS, (AreaId("arlen"),)),
        OperationReported(PUSH, targets=(AreaId("dell"), AreaId("arlen")), aims=("one",)),
        OperationReported(PUSH, aims=("two", "one"), phase="last stage", participants=(GUARD,)),
        OperationReported(PUSH, support=(Support(SOUTH, "guns"),), commander="the Marshal"),
    )
    (push,) = state.operations
    assert (push.by, push.launched, push.phase) == ("north", 0, "last stage")
    assert (push.targets, push.aims) == (("arlen", "dell"), ("one", "two"))
    assert (push.support, push.commander) == ({"south": "guns"}, "the Marshal")
    assert push.participants == {"north-guard"}
    assert [(it.actor, it.toward, it.stance) for it in state.relations] == [("north", "rebels", "hostile")]


def test_an_operation_known_only_by_its_support_is_known() -> None:
    (push,) = after(OperationReported(PUSH, support=(Support(SOUTH, "guns"),))).operations
    assert push.support == {"south": "guns"}


def test_credit_is_the_captures_to_give() -> None:
    report = OperationReported(PUSH, participants=(GUARD,), assault_on=ARLEN)
    assert after(HELD, report).places["arlen"].taken_by == frozenset()


def test_a_silent_cell_is_not_written() -> None:
    state = after(HELD, Captured(ARLEN, (NORTH,)), silent=frozenset({"arlen.holder"}))
    assert (state.places["arlen"].holder, state.because["arlen.holder"].id) == ("rebels", "entry-0")
    assert state.because["arlen.status"].id == "entry-1"


EVERY = [
    Captured(ARLEN, (NORTH,)),
    Captured(ARLEN, (SOUTH,)),
    Entered(ARLEN, (NORTH,)),
    Entered(ARLEN, (REBELS,)),
    Besieged(ARLEN, (NORTH,), REBELS),
    SiegeBroken(ARLEN, (SOUTH,)),
    Repelled(ARLEN, (REBELS,)),
    Withdrew(ARLEN, (REBELS,)),
    VictoryDeclared(ARLEN, (NORTH,)),
]


@pytest.mark.parametrize("before", ANY, ids=lambda opening: opening.values["arlen.status"])
@pytest.mark.parametrize("first", EVERY, ids=lambda event: f"{type(event).__name__} {event.by[0]}")
@pytest.mark.parametrize("second", EVERY, ids=lambda event: f"{type(event).__name__} {event.by[0]}")
def test_a_besieger_stands_beside_a_siege_alone_and_only_empty_ground_has_no_holder(
    before: OpeningAssumed, first: Event, second: Event
) -> None:
    place = after(before, first, second).places["arlen"]
    assert (place.besieger is not None) == (place.status == "besieged")
    assert (place.holder is None) == (place.status in ("ungarrisoned", "unknown"))
