"""What lasts holds from its day on: a report of a later day that differs tells of a change, and is no rival of the earlier."""

from __future__ import annotations

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from situation.events import (
    ActorId,
    Attacked,
    Event,
    OperationId,
    OperationLaunched,
    OperationReported,
    PlaceId,
    RelationReported,
    RouteUsed,
    StanceChanged,
)
from situation.record.record import Record
from situation.testimony.claims import Dated
from tests.unit.spoken import claim, day, record, span

NORTH, SOUTH, REBELS, PUSH = ActorId("north"), ActorId("south"), ActorId("rebels"), OperationId("spring-push")
ALLIED = RelationReported(NORTH, SOUTH, "allied")
LAUNCHED = OperationLaunched(PUSH, (ActorId("north-guard"),), SOUTH)


def running(phase: str = "running", commander: str = "") -> Event:
    return OperationReported(PUSH, phase=phase, commander=commander)  # type: ignore[arg-type]


def told(*reports: tuple[int, Event], episode: str = "") -> Record:
    """Reports of days of March, by outlets in turn."""
    outlets = ("gazette", "courier", "herald")
    claims = [
        claim(f"c{number}", event, day(date), source=outlets[number % 3], episode=episode)
        for number, (date, event) in enumerate(reports)
    ]
    return record(*claims)


@pytest.mark.parametrize(
    ("cell", "first", "second"),
    [
        ("spring-push.phase", running("running", "Kay"), running("ended", "Lom")),
        ("spring-push.phase", running("planned"), running("running")),
        ("spring-push.commander", running("running", "Kay"), running("running", "Lom")),
        ("north:south.stance", ALLIED, LAUNCHED),
        ("north:south.stance", ALLIED, RelationReported(NORTH, SOUTH, "neutral")),
        ("north:south.stance", RelationReported(NORTH, SOUTH, "hostile"), StanceChanged(NORTH, SOUTH, "allied")),
        ("north@arlen.route", RouteUsed(PlaceId("arlen"), NORTH, "arms"), RouteUsed(PlaceId("arlen"), NORTH, "grain")),
    ],
)
def test_a_later_report_that_differs_is_a_change_and_no_dispute(cell: str, first: Event, second: Event) -> None:
    whole = told((3, first), (6, second))
    assert whole.disputes().disputes == ()
    values = [told((3, it)).state(day(12)).cells[cell] for it in (first, second)]
    assert [whole.state(day(at)).cells[cell] for at in (4, 7)] == values
    why = whole.why(cell, day(7))
    sides = [[voice.claim.id for voice in voices] for voices in (why.supporting, why.other_times, why.opposing)]
    assert sides == [["c1"], ["c0"], []]


@pytest.mark.parametrize("episode", ["", "push"])
def test_two_of_one_time_are_rivals_and_an_operation_that_has_ended_does_not_run(episode: str) -> None:
    whole = told((3, running("running")), (3, running("ended")), episode=episode)
    assert [(one.cell, one.relation) for one in whole.disputes().disputes] == [("spring-push.phase", "contradicts")]


@given(
    st.lists(st.tuples(st.integers(1, 9), st.sampled_from(["allied", "neutral", "hostile"])), min_size=1, max_size=5)
)
def test_the_last_day_of_which_all_say_one_thing_has_the_word(reports: list[tuple[int, str]]) -> None:
    whole = told(*((date, RelationReported(NORTH, SOUTH, stance)) for date, stance in reports))  # type: ignore[arg-type]
    for at in range(1, 10):
        last = max((date for date, _ in reports if date <= at), default=0)
        said = {stance for date, stance in reports if date == last}
        if len(said) == 1:
            assert whole.state(day(at)).cells["north:south.stance"] == said.pop()


def test_a_fight_over_a_range_of_dates_runs_from_its_first_day_and_one_of_some_day_of_them_does_not() -> None:
    days = span("2020-03-02", "2020-03-30")
    shelled = claim("c", Attacked(PlaceId("arlen"), (NORTH,), REBELS), days, episode="")
    for ranged, begun in ((True, days.earliest), (False, days.middle)):
        made = record(evolve(shelled, happened=Dated(days, ranged=ranged)))
        (entry,) = [it for it in made.log() if isinstance(it.event, Attacked)]
        assert (entry.time, entry.span) == (begun, days)
        assert (made.state("2020-03-03").get("arlen", "attacked_by") is not None) == ranged
