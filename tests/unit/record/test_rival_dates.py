"""Two voices that date one thing on two days, and a toll of a part above that of the whole, are disputes."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from attrs import evolve

from situation.dates import Interval
from situation.events import (
    ActorId,
    ActorSplit,
    AreaId,
    Attacked,
    Besieged,
    Captured,
    CeasefireAgreed,
    Event,
    OperationId,
    OperationLaunched,
    OperationReported,
    PlaceId,
    Quantity,
)
from situation.page.readings import reading_payload
from situation.record.answers.state import Lens
from situation.record.answers.why import why_answer
from situation.record.disputes import Dispute
from situation.record.record import Record
from situation.record.tolls.totals import totals
from situation.record.warnings.doubts import doubts_of
from situation.testimony.claims import Claim
from tests.unit.spoken import claim, day, record, span

ARLEN, DELL, PUSH = PlaceId("arlen"), PlaceId("dell"), OperationId("spring-push")
NORTH, SOUTH, REBELS = ActorId("north"), ActorId("south"), ActorId("rebels")
ONCE: dict[str, tuple[Event, str]] = {
    "capture": (Captured(ARLEN, (NORTH,), REBELS), "arlen.holder"),
    "siege": (Besieged(ARLEN, (NORTH,), REBELS), "arlen.besieger"),
    "ceasefire": (CeasefireAgreed(between=(NORTH, REBELS)), "north:rebels.agreement"),
    "launch": (OperationLaunched(PUSH, (NORTH,), REBELS), "spring-push.phase"),
    "split": (ActorSplit(REBELS, (NORTH,)), "rebels.successors"),
    "end": (OperationReported(PUSH, phase="ended"), "spring-push.phase"),
}


def two(one: Event, other: Event, sources: str = "herald gazette", days: tuple[int, int] = (10, 12)) -> list[Claim]:
    return [
        claim(name, event, day(when), source=source, episode="")
        for name, event, source, when in zip("ab", (one, other), sources.split(), days, strict=True)
    ]


def over(whole: Record, ending: str) -> list[Dispute]:
    return [dispute for dispute in whole.disputes().disputes if dispute.cell.endswith(ending)]


@pytest.mark.parametrize("kind", ONCE)
def test_two_days_of_one_thing_are_a_dispute_and_the_state_goes_by_the_heavier(kind: str) -> None:
    event, cell = ONCE[kind]
    whole = record(*two(event, event))
    (dispute,) = over(whole, ".when")
    assert [answer.value for answer in dispute.weighed.question.answers] == [span(day(10)), span(day(12))]
    assert dispute.weighed.accepted is not None
    assert dispute.weighed.accepted.value == span(day(12))  # by the gazette, which weighs more
    before, between, after = (whole.state(day(when)).cells.get(cell) for when in (9, 11, 13))
    assert between == before != after
    sooner = record(*two(event, event, "gazette herald"))
    assert sooner.state(day(11)).cells.get(cell) == after
    (times,) = why_answer(whole.why(cell, day(13)), whole)["times"]
    assert [answer["claims"] for answer in times["answers"]] == [["a"], ["b"]]
    for reading in ("best", "day"):
        payload = reading_payload(whole, whole.ground.window.latest, Lens(), reading, "", "", "graded")
        assert any(row["cell"] == dispute.cell for row in payload["disputes"])


def _again(days: tuple[int, int], sources: str) -> list[Claim]:
    return two(ONCE["capture"][0], ONCE["capture"][0], sources, days)


@pytest.mark.parametrize(
    "told",
    [
        lambda: _again((10, 12), "gazette gazette"),  # one voice tells of two captures
        lambda: _again((5, 25), "herald gazette"),  # what lies between may not have been reported
        lambda: [
            *_again((10, 12), "herald gazette"),
            claim("c", Captured(ARLEN, (REBELS,), NORTH), day(11), episode=""),
        ],
    ],
)
def test_what_may_have_happened_twice_is_no_dispute(told: Callable[[], list[Claim]]) -> None:
    assert over(record(*told()), ".when") == []


def test_two_takers_from_one_loser_days_apart_are_rivals() -> None:
    whole = record(*two(Captured(ARLEN, (NORTH,), REBELS), Captured(ARLEN, (SOUTH,), REBELS)))
    (dispute,) = over(whole, "arlen.holder")
    assert [answer.value for answer in dispute.weighed.question.answers] == [NORTH, SOUTH]
    assert whole.state(day(11)).places["arlen"].holder == REBELS
    assert whole.state(day(13)).places["arlen"].holder == SOUTH


def test_the_numbers_of_both_dates_stand_in_the_totals() -> None:
    killed = [Captured(ARLEN, (NORTH,), REBELS, killed=Quantity("men", best=number)) for number in (5, 9)]
    whole = record(*two(killed[0], killed[1]))
    doubts = [doubt.claims for doubt in whole.disputes().possibly_one]
    (total,) = totals(whole.log(), whole.ground, "killed", (), doubts)
    assert (total.low, total.high) == (5, 14)


FIGHT = Attacked(AreaId(DELL), (NORTH,), REBELS, killed=Quantity("men", best=40))


def test_a_toll_of_a_part_above_that_of_the_whole_is_a_dispute() -> None:
    def told(
        number: int, when: Interval | str = "2020-03-10", by: ActorId = NORTH, source: str = "herald"
    ) -> list[Dispute]:
        whole = Attacked(AreaId("lowlands"), (by,), REBELS, killed=Quantity("men", best=number))
        claims = claim("a", FIGHT, day(10), episode="one"), claim("b", whole, when, source=source, episode="two")
        return over(record(*claims), ".killed")

    week = span(day(8), day(14))
    (dispute,) = told(30, week)
    assert (dispute.cell, dispute.relation) == ("lowlands.killed", "contradicts")
    assert dispute.note == "a counts a part of it alone: Dell, 10 Mar 2020"
    assert told(30)  # of one day, and a wider area
    assert not told(40, week)  # as many in all
    assert not told(30, span(day(11), day(14)))  # of other days
    assert not told(30, week, SOUTH)  # of other sides
    assert not told(30, week, source="gazette")  # by the same voice


def test_rows_of_one_file_of_events_are_no_parts_of_each_other() -> None:
    """Each relays a wire of its own, so that they are two voices; of another source's row one may be a part."""

    def parted(*rows: str) -> list[Dispute]:
        of_all = Attacked(AreaId("lowlands"), (NORTH,), REBELS, killed=Quantity("men", best=30))
        of_part = claim("a", FIGHT, day(10), origin="wire", episode="")
        whole = record(
            of_part, claim("b", of_all, span(day(8), day(14)), source="gazette", origin="north-office", episode="")
        )
        sources = {name: evolve(it, rows=name in rows) for name, it in whole.testimony.sources.items()}
        return over(evolve(whole, testimony=evolve(whole.testimony, sources=sources)), ".killed")

    assert len(parted()) == 1  # rows that are reports
    assert parted("gazette") == []
    of_all = Attacked(AreaId("lowlands"), (NORTH,), REBELS, killed=Quantity("men", best=30))
    whole = record(
        claim("a", FIGHT, day(10), episode=""), claim("b", of_all, span(day(8), day(14)), source="herald", episode="")
    )
    sources = {name: evolve(it, rows=True) for name, it in whole.testimony.sources.items()}
    assert len(over(evolve(whole, testimony=evolve(whole.testimony, sources=sources)), ".killed")) == 1


def test_why_answers_the_question_of_a_part_by_its_name() -> None:
    of_all = Attacked(AreaId("lowlands"), (NORTH,), REBELS, killed=Quantity("men", best=30))
    whole = record(claim("a", FIGHT, episode="one"), claim("b", of_all, source="herald", episode="two"))
    (dispute,) = over(whole, ".killed")
    explained = whole.why(dispute.question)
    assert {voice.claim.id for voice in (*explained.supporting, *explained.other_times, *explained.opposing)} == {
        "a",
        "b",
    }


def test_check_says_of_the_date_that_is_not_taken_that_it_is_a_rival_and_not_that_it_cannot_be() -> None:
    event = Captured(DELL, (NORTH,), REBELS)
    told = (claim(name, event, day(date), source=source, episode="") for name, date, source in TWO_DATES)
    (said,) = doubts_of(record(*told))
    assert said.fact == (
        "'one' dates it to 5 Mar 2020, and this to 9 Mar 2020. One of the two dates may be right; that of 'one' is taken."
    )


TWO_DATES = (("one", 5, "gazette"), ("two", 9, "courier"))
