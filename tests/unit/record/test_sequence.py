"""From claims to a log: which claims are of one happening, when it is held to have happened, and what is known when."""

from __future__ import annotations

import pytest
from attrs import evolve

from situation.dates import HOUR, Interval
from situation.events import (
    ActorId,
    AreaId,
    Captured,
    Entered,
    Event,
    Fled,
    OperationId,
    OperationLaunched,
    OperationReported,
    PlaceId,
    RelationReported,
    Withdrew,
)
from situation.log.entry import Entry
from situation.testimony.claims import Claim
from tests.unit.spoken import claim, moment, reading, record, retraction, span

ARLEN, CORVE = PlaceId("arlen"), PlaceId("corve")
NORTH, SOUTH, REBELS = ActorId("north"), ActorId("south"), ActorId("rebels")
GUARD = ActorId("north-guard")
PUSH = OperationId("spring-push")
TAKEN = Captured(ARLEN, (GUARD,))
CAPTURED = "captured/arlen/arlen-falls"
ENTERED = "entered/arlen/arlen-falls"


def log(*claims: Claim, belief: str = "graded") -> dict[str, Entry]:
    """The entries of some claims, without the opening, by id and in order."""
    found = reading(*claims, belief=belief).log
    return {entry.id: entry for entry in found if not entry.id.startswith("opening")}


def test_an_entry_sits_at_the_middle_of_its_interval() -> None:
    (entry,) = log(claim("a", TAKEN, span("2020-03-09", "2020-03-11"))).values()
    assert entry.time == span("2020-03-10").middle
    assert entry.span == span("2020-03-09", "2020-03-11")


def test_an_open_end_is_clipped_to_the_window_and_what_lies_before_it_is_kept() -> None:
    long_ago = claim("a", TAKEN, span("2014-06-01"), episode="long-ago")
    across = claim("b", TAKEN, span("2020-02-01", "2020-03-02"))
    entries = log(long_ago, across)
    assert entries["captured/arlen/long-ago"].span == span("2014-06-01")
    assert entries[CAPTURED].span == span("2020-02-01", "2020-03-02")
    assert entries[CAPTURED].time == span("2020-03-01", "2020-03-02").middle
    assert record(long_ago).state("2020-03-01").places["arlen"].holder == "rebels"


def test_the_opening_comes_before_all_else_of_its_minute() -> None:
    start = span("2020-03-01").earliest
    full = record(claim("a", TAKEN, Interval(start, start)))
    assert full.state(start).places["arlen"].holder == "north"


def test_what_follows_comes_no_earlier_than_its_predecessor_and_the_gap() -> None:
    entered = claim("a", Entered(ARLEN, (GUARD,)), "2020-03-10")
    taken = claim("b", TAKEN, "2020-03-10", follows=((ENTERED, "hours after"),))
    entries = log(entered, taken)
    assert entries[CAPTURED].time == entries[ENTERED].time + 2 * HOUR
    assert list(entries) == [ENTERED, CAPTURED]


def test_what_is_already_later_is_not_moved() -> None:
    entered = claim("a", Entered(ARLEN, (GUARD,)), "2020-03-05")
    taken = claim("b", TAKEN, "2020-03-10", follows=((ENTERED, "hours after"),))
    assert log(entered, taken)[CAPTURED].time == span("2020-03-10").middle


def test_an_entry_moved_beyond_its_interval_takes_its_end_along() -> None:
    entered = claim("a", Entered(ARLEN, (GUARD,)), "2020-03-12")
    taken = claim("b", TAKEN, "2020-03-10", follows=((ENTERED, ""),))
    entries = log(entered, taken)
    assert entries[CAPTURED].time == entries[ENTERED].time
    assert entries[CAPTURED].span == Interval(span("2020-03-10").earliest, entries[ENTERED].time)
    assert list(entries) == [ENTERED, CAPTURED]


def test_a_step_through_what_was_not_believed_moves_nothing() -> None:
    denied = claim("a", Entered(ARLEN, (GUARD,)), "2020-03-12", denied=True)
    taken = claim("b", TAKEN, "2020-03-10", follows=((ENTERED, "hours after"),))
    assert log(denied, taken)[CAPTURED].time == span("2020-03-10").middle


def test_a_report_of_an_operation_can_be_followed() -> None:
    report = claim("a", OperationReported(PUSH, phase="last stage"), "2020-03-12", episode="push")
    taken = claim("b", TAKEN, "2020-03-10", follows=(("operationreported/spring-push/push", ""),))
    assert log(report, taken)[CAPTURED].time == span("2020-03-12").earliest


def quarter(name: str, day: str, follows: tuple[tuple[str, str], ...] = ()) -> Claim:
    return claim(name, Captured(PlaceId(f"corve-{name}"), (SOUTH,)), day, episode="corve-falls", follows=follows)


WHOLE = claim("whole", Captured(CORVE, (SOUTH,), wholly=True), "2020-03-10", episode="corve-falls")


def test_the_whole_falls_no_earlier_than_its_parts() -> None:
    entries = log(quarter("mill", "2020-03-09"), quarter("dock", "2020-03-12"), WHOLE)
    assert list(entries) == [f"captured/{place}/corve-falls" for place in ("corve-mill", "corve-dock", "corve")]
    assert entries["captured/corve/corve-falls"].time == span("2020-03-12").middle


def test_a_part_said_to_fall_after_the_whole_may_do_so() -> None:
    late = quarter("dock", "2020-03-10", (("captured/corve/corve-falls", "hours after"),))
    entries = log(late, WHOLE)
    assert list(entries) == ["captured/corve/corve-falls", "captured/corve-dock/corve-falls"]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (Fled(ARLEN, REBELS, (AreaId("dell"),)), Fled(ARLEN, SOUTH, (AreaId("corve"),))),
        (Withdrew(ARLEN, (REBELS,)), Withdrew(ARLEN, (SOUTH,))),
        (OperationReported(PUSH, (NORTH,), REBELS), OperationReported(PUSH, (NORTH,), SOUTH)),
        (RelationReported(NORTH, REBELS, "hostile"), RelationReported(NORTH, SOUTH, "allied")),
        (
            OperationReported(PUSH, participants=(GUARD,), assault_on=ARLEN),
            OperationReported(PUSH, participants=(GUARD,), assault_on=CORVE),
        ),
    ],
    ids=lambda event: type(event).__name__,
)
def test_what_different_actors_did_are_two_happenings(one: Event, other: Event) -> None:
    entries = log(claim("a", one), claim("b", other))
    assert sorted(entry.cause.claims for entry in entries.values()) == [("a",), ("b",)]


def test_reports_of_one_launch_are_one_entry_with_all_targets() -> None:
    launches = [
        claim("a", OperationLaunched(PUSH, (NORTH,), targets=(AreaId("arlen"),)), "2020-03-10", episode="push"),
        claim(
            "b",
            OperationLaunched(PUSH, (NORTH,), targets=(AreaId("dell"),)),
            span("2020-03-01", "2020-03-31"),
            episode="push",
        ),
    ]
    (entry,) = log(*launches).values()
    assert isinstance(entry.event, OperationLaunched)
    assert entry.event.targets == ("arlen", "dell")
    assert entry.span == span("2020-03-10")


def test_what_the_heaviest_leaves_out_others_fill_in() -> None:
    brief = claim("a", TAKEN)
    full = claim("b", Captured(ARLEN, (GUARD,), against=REBELS, wholly=True), source="herald")
    (entry,) = log(brief, full).values()
    assert entry.event == Captured(ARLEN, (GUARD,), against=REBELS, wholly=True)


def test_a_rival_for_the_holder_is_passed_over_and_named() -> None:
    (entry,) = log(claim("a", TAKEN), claim("b", Captured(ARLEN, (SOUTH,)), source="herald")).values()
    assert entry.cause.claims == ("a",)
    assert getattr(entry.cause, "against", None) == ("b",)


def test_a_claim_is_known_from_the_last_minute_of_what_was_said_or_else_published() -> None:
    said = claim("a", TAKEN, "2020-03-09", source="herald", said="2020-03-10")
    full = record(said)
    assert not full.reading("2020-03-09").claims
    assert not full.reading(moment("2020-03-10") - 1).claims
    assert set(full.reading("2020-03-10").claims) == {"a"}
    assert not full.reading("2020-03-12", carried=True).claims
    assert set(full.reading("2020-03-13", carried=True).claims) == {"a"}


def test_a_retraction_counts_from_when_it_is_known() -> None:
    full = record(claim("a", TAKEN), retraction("back", "a", said="2020-03-13"))
    assert full.state("2020-03-20", known_at="2020-03-12").places["arlen"].holder == "north"
    assert full.state("2020-03-20", known_at="2020-03-13").places["arlen"].holder == "rebels"


def test_of_two_retractions_one_that_stands_is_enough() -> None:
    told = [claim("a", TAKEN), retraction("r1", "a"), retraction("r2", "a"), retraction("r3", "r2")]
    for some in (told, told[::-1]):
        assert "a" not in record(*some).reading().claims
    assert "a" in record(told[0], told[2], told[3]).reading().claims


def test_a_cell_is_uncertain_while_its_change_may_have_come() -> None:
    full = record(claim("a", TAKEN, span("2020-03-09", "2020-03-11")))
    assert set(full.uncertain("2020-03-09")) == {"arlen.holder", "arlen.status", "arlen.taken_by"}
    assert full.uncertain("2020-03-12") == {}


def test_steps_in_a_circle_say_nothing_of_the_order_while_the_slip_is_not_corrected_yet() -> None:
    slip = claim("a", TAKEN, "2020-03-09", follows=((ENTERED, ""),), said="2020-03-10")
    whole = record(
        slip,
        claim("b", Entered(ARLEN, (GUARD,)), "2020-03-10", follows=((CAPTURED, ""),), said="2020-03-11"),
        evolve(claim("c", TAKEN, "2020-03-09", said="2020-03-12"), corrects="a"),
    )
    for known_at in ("2020-03-11", "2020-03-12"):
        ids = [entry.id for entry in whole.log(known_at) if entry.id in (ENTERED, CAPTURED)]
        assert ids == [CAPTURED, ENTERED]


def test_a_sequence_may_be_as_long_as_a_war() -> None:
    steps = 1200
    events = [
        claim(
            f"c{number}",
            Entered(CORVE, (NORTH,)),
            episode=f"e{number}",
            follows=((f"entered/corve/e{number - 1}", ""),),
        )
        for number in range(1, steps)
    ]
    entries = log(claim("c0", Entered(CORVE, (NORTH,)), episode="e0"), *events)
    assert [entry.rpartition("/e")[2] for entry in entries] == [str(number) for number in range(steps)]
