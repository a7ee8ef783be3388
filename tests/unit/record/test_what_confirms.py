"""Who says so: none but those who give the value, or a part of it, or tell of the event of which it is an effect."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from situation.events import (
    ActorId,
    AreaId,
    Attacked,
    Captured,
    Event,
    OperationId,
    OperationReported,
    PlaceId,
    PrisonersTaken,
    Proclaimed,
    Quantity,
    RouteUsed,
    Side,
    SiegeBroken,
    VoteHeld,
)
from situation.record.joining.comparisons import relate
from situation.testimony.claims import Claim
from tests.property.testimonies import claims
from tests.unit.spoken import claim, day, record

ARLEN, CORVE, REBELS, NORTH = PlaceId("arlen"), PlaceId("corve"), ActorId("rebels"), ActorId("north")
PUSH = OperationId("spring-push")


def men(number: float) -> Quantity:
    return Quantity("men", best=number)


def sides(cell: str, *told: Event, episode: str = "one") -> tuple[Any, list[tuple[str, Any]], list[tuple[str, Any]]]:
    """The value of a cell, and who says so and otherwise with what; of reports by one outlet each, the heaviest first."""
    outlets = ("gazette", "courier", "herald")
    said = [claim(outlet, it, source=outlet, episode=episode) for it, outlet in zip(told, outlets, strict=False)]
    why = record(*said).why(cell, day(12))
    return (why.value, *([(voice.claim.id, voice.answer) for voice in them] for them in (why.supporting, why.opposing)))


@pytest.mark.parametrize(
    ("cell", "first", "second"),
    [
        ("arlen.killed", Attacked(ARLEN, (NORTH,), REBELS, killed=men(30)), Attacked(ARLEN, (NORTH,), REBELS)),
        (
            "arlen.killed",
            Attacked(ARLEN, (NORTH,), REBELS, killed=men(30)),
            Attacked(ARLEN, (NORTH,), REBELS, killed_of={Side("north"): men(5)}),
        ),
        ("arlen.holder", Captured(ARLEN, (NORTH,), REBELS), Captured(ARLEN)),
        ("arlen.status", Captured(ARLEN, (NORTH,), REBELS), Captured(ARLEN)),
        ("arlen.taken_by", Captured(ARLEN, (NORTH,), REBELS), Captured(ARLEN)),
        (
            "rebels@arlen.prisoners",
            PrisonersTaken(ARLEN, (NORTH,), REBELS, men(7)),
            PrisonersTaken(ARLEN, (NORTH,), REBELS),
        ),
    ],
)
def test_who_leaves_it_open_does_not_say_so(cell: str, first: Event, second: Event) -> None:
    value, so, otherwise = sides(cell, first, second)
    assert value is not None
    assert ([who for who, _ in so], otherwise) == (["gazette"], [])


@pytest.mark.parametrize(
    ("cell", "first", "second"),
    [
        ("north@arlen.route", RouteUsed(ARLEN, NORTH, "arms"), RouteUsed(ARLEN, NORTH, "guns")),
        ("rebels.proclaimed", Proclaimed(REBELS, "the Free Vale"), Proclaimed(REBELS, "the Vale")),
        ("rebels.vote", VoteHeld((REBELS,), "war"), VoteHeld((REBELS,), "peace")),
        ("spring-push.commander", OperationReported(PUSH, commander="Kay"), OperationReported(PUSH, commander="Lom")),
    ],
)
def test_who_gives_another_answer_says_otherwise_though_nothing_compares_the_two(
    cell: str, first: Event, second: Event
) -> None:
    value, so, otherwise = sides(cell, first, second)
    assert (so, [who for who, _ in otherwise]) == ([("gazette", value)], ["courier"])


def test_what_follows_from_an_event_is_said_by_those_who_tell_of_it() -> None:
    broken = SiegeBroken(CORVE, (NORTH,), REBELS)
    for told in ((broken,), (broken, broken)):
        _, so, otherwise = sides("corve.status", *told)
        assert ([who for who, _ in so], otherwise) == ([("gazette"), ("courier")][: len(told)], [])


def test_each_report_of_a_list_that_adds_up_says_so_of_its_part() -> None:
    told = (OperationReported(PUSH, targets=(AreaId(place),)) for place in ("arlen", "dell"))
    value, so, otherwise = sides("spring-push.targets", *told)
    assert (set(value), {who for who, _ in so}, otherwise) == ({"arlen", "dell"}, {"gazette", "courier"}, [])


@given(claims(), st.integers(1, 31))
def test_nobody_says_so_with_an_answer_that_is_another(said: tuple[Claim, ...], number: int) -> None:
    told = record(*said)
    for cell in told.state(day(number)).cells:
        why = told.why(cell, day(number))
        for voice in why.supporting:
            event = voice.claim.event
            if event is None or voice.claim.mode != "asserts" or voice.answer in (None, why.value) or why.entry is None:
                continue
            relation = relate(cell, (why.value, why.entry.event), (voice.answer, event), told.ground)
            parts = isinstance(voice.answer, frozenset | tuple) and set(voice.answer) <= set(why.value)
            assert parts or relation in ("agrees", "refines"), (cell, why.value, voice.answer)
