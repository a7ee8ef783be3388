"""A siege of some days: what is told of it twice, and what of its days together."""

from __future__ import annotations

from attrs import evolve

from situation.events import ActorId, Attacked, Besieged, PlaceId, Quantity, Side
from situation.record.answers.why import why_answer
from situation.record.totals import totals
from tests.unit.spoken import claim, day, moment, record, span

NORTH, REBELS = ActorId("north"), ActorId("rebels")
DELL = PlaceId("dell")
RING = Besieged(DELL, (NORTH,), REBELS)
FIGHT = Attacked(DELL, (NORTH,), REBELS)
TOLL = evolve(FIGHT, killed_of={Side("rebels"): Quantity("men", low=100, high=300)})
OVER = span(day(10), day(14))


def test_a_second_report_of_a_siege_does_not_begin_it_anew() -> None:
    whole = record(
        claim("first", RING, day(8), episode="one"), claim("again", RING, day(11), source="courier", episode="two")
    )
    found = whole.why("dell.besieger", day(12))
    assert found.since == moment(day(8)) - 720
    assert why_answer(found, whole)["since"].startswith("2020-03-08T11:59")
    assert why_answer(whole.why("dell.besieger", day(7)), whole)["since"] is None


def test_a_ring_that_was_opened_and_drawn_again_has_begun_anew() -> None:
    lifted = claim("lifted", Besieged(DELL, (ActorId("south"),), REBELS), day(9), episode="other")
    whole = record(claim("first", RING, day(8), episode="one"), lifted, claim("again", RING, day(11), episode="two"))
    assert whole.why("dell.besieger", day(12)).since == moment(day(11)) - 720


def test_a_toll_over_several_days_is_not_of_the_one_day_that_another_report_names() -> None:
    whole = record(
        claim("toll", TOLL, OVER, episode="fight"), claim("day", FIGHT, day(10), source="courier", episode="fight")
    )
    (entry,) = [entry for entry in whole.log() if isinstance(entry.event, Attacked)]
    assert entry.span == OVER
    assert [row.split for row in totals(whole.log(), whole.ground, by=("month",))] == [1]
    exact = record(claim("toll", FIGHT, OVER, episode="fight"), claim("day", TOLL, day(10), episode="fight"))
    (entry,) = [entry for entry in exact.log() if isinstance(entry.event, Attacked)]
    assert entry.span == span(day(10))


def test_the_dead_of_several_days_are_found_on_each_of_them() -> None:
    whole = record(claim("toll", TOLL, OVER, episode="fight"))
    for number in (10, 11, 14, 16):
        found = whole.why("dell.killed_of.rebels", day(number))
        assert found.value == TOLL.killed_of[Side("rebels")]
        assert [voice.claim.id for voice in found.supporting] == ["toll"]
    before = whole.why("dell.killed_of.rebels", day(9))
    assert before.value is None
    assert before.silence
