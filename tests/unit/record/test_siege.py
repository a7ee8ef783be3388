"""A siege of some days: what is told of it twice, and what of its days together."""

from __future__ import annotations

import pytest
from attrs import evolve

from situation.errors import Fault
from situation.events import (
    ActorId,
    Attacked,
    Besieged,
    Captured,
    PlaceId,
    Quantity,
    Side,
    SiegeBroken,
    StrengthAssessed,
    Withdrew,
)
from situation.events.predicates import Holds, LastPlaceOf, Said, ShareHeld
from situation.record.answers.origins import course_answer, find_course
from situation.record.answers.state import Lens, state_answer
from situation.record.answers.why import why_answer
from situation.record.disputes import untestable_because
from situation.record.tolls.totals import totals
from situation.record.warnings.doubts import doubts_of
from tests.unit.spoken import claim, day, moment, record, retraction, span

NORTH, GUARD, SCOUTS, REBELS = (ActorId(name) for name in ("north", "north-guard", "north-scouts", "rebels"))
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


SOUTH = ActorId("south")
NORTHERN = claim("northern", RING, day(8), episode="one")
SOUTHERN = claim("southern", Besieged(DELL, (SOUTH,), REBELS), day(10), episode="two")


@pytest.mark.parametrize("broken", [NORTH, SOUTH])
def test_of_two_rings_each_is_told_for_as_long_as_it_lasts(broken: ActorId) -> None:
    relief = claim("relief", SiegeBroken(DELL, (REBELS,), broken), day(14), episode="three")
    whole = record(NORTHERN, SOUTHERN, relief)
    both, one = whole.why("dell.besieger", day(12)), whole.why("dell.besieger", day(15))
    assert both.value == {"north", "south"}
    assert {voice.claim.id for voice in both.supporting} == {"northern", "southern"}
    left, still = (SOUTH, "southern") if broken == NORTH else (NORTH, "northern")
    assert (one.value, {voice.claim.id for voice in one.supporting}) == (left, {still, "relief"})
    assert whole.state(day(15)).places["dell"].status == "besieged"
    assert not one.rule


def test_check_tells_of_a_ring_that_is_broken_and_was_not_there() -> None:
    for whose, facts in ((SOUTH, ["The South had drawn no ring around Dell: the North ringed it then."]), (NORTH, [])):
        broken = claim("relief", SiegeBroken(DELL, (REBELS,), whose), day(14), episode="b")
        assert [doubt.fact for doubt in doubts_of(record(NORTHERN, broken))] == facts


def test_a_town_that_others_relieve_is_held_and_who_tells_of_it_says_so() -> None:
    whole = record(NORTHERN, claim("relief", SiegeBroken(DELL, (SOUTH,), NORTH), day(14), episode="three"))
    why = whole.why("dell.status", day(15))
    assert (why.value, [voice.claim.id for voice in why.supporting], why.opposing) == ("held", ["relief"], ())
    assert "held 1.00 (accepted)" in why.rule


def test_a_ring_that_was_opened_and_drawn_again_has_begun_anew() -> None:
    lifted = claim("lifted", SiegeBroken(DELL, (REBELS,), NORTH), day(9), episode="other")
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


def _men(actor: ActorId, best: int) -> StrengthAssessed:
    return StrengthAssessed(actor, DELL, Quantity("men", best=best))


def test_an_estimate_of_a_part_of_a_force_stands_under_its_own_name_beside_that_of_the_whole() -> None:
    whole = record(
        claim("all", _men(NORTH, 3000), day(8), episode="all"), claim("part", _men(GUARD, 400), day(9), episode="part")
    )
    forces = {row["actor"]: (row["best"], row["because"]) for row in state_answer(whole, day(12), Lens())["forces"]}
    assert forces == {"north": (3000, ["all"]), "north-guard": (400, ["part"])}
    assert whole.why("north-guard@dell.strength", day(12)).value == _men(GUARD, 400).number
    assert whole.disputes().disputes == ()
    alone = record(claim("part", _men(GUARD, 400), day(9), episode="part")).why("north@dell.strength", day(12))
    assert alone.silence.endswith("There are numbers of its parts: north-guard@dell.strength.")


@pytest.mark.parametrize(
    ("end", "left"),
    [
        (Withdrew(DELL, (NORTH,)), set()),
        (Withdrew(DELL, (GUARD,)), {"north-scouts"}),
        (Captured(DELL, (REBELS,), NORTH), set()),
    ],
)
def test_numbers_of_units_lapse_with_those_who_leave(end: Withdrew | Captured, left: set[str]) -> None:
    taken = claim("taken", Captured(DELL, (NORTH,), REBELS), day(7), episode="taken")
    parts = [claim(f"of-{actor}", _men(actor, 9), day(8), episode=actor) for actor in (NORTH, GUARD, SCOUTS)]
    whole = record(taken, *parts, claim("end", end, day(10), episode="end"))
    assert {row["actor"] for row in state_answer(whole, day(12), Lens())["forces"]} == left


def test_of_equal_weight_it_is_told_what_broke_the_tie() -> None:
    first = claim("first", evolve(FIGHT, killed=Quantity("men", best=4)), day(10), episode="fight", grades=())
    second = claim(
        "second", evolve(FIGHT, killed=Quantity("men", best=40)), day(10), episode="fight", source="unjudged"
    )
    found = record(first, evolve(second, source="herald", origin="herald", credibility=())).why("dell.killed", day(12))
    assert found.decided is not None
    assert not found.decided.tie  # one is heavier
    later = evolve(second, source="gazette", origin="mayor", credibility=(), said_by="article", id="later")
    tied = record(first, later).why("dell.killed", day(12))
    assert tied.decided is not None
    assert tied.decided.weights[0] == tied.decided.weights[1]
    assert "(accepted, of equal weight, as many voices and known at one time: the lower)" in tied.rule


def test_what_was_taken_back_is_told_with_the_event_or_in_place_of_it() -> None:
    told = [claim("first", RING, day(8), episode=""), claim("other", RING, day(8), source="courier", episode="")]
    whole = record(*told, retraction("back", "first", said=day(14)))
    answer = course_answer(find_course(whole, "besieged/dell", Lens()), whole, Lens())
    assert [(row["claim"], row["by"]) for row in answer["retracted"]] == [("first", "back")]
    alone = record(told[0], retraction("back", "first", said=day(14)))
    for written in ("first", "besieged/dell"):
        with pytest.raises(Fault, match="'first', which told of it, was taken back by 'back'"):
            find_course(alone, written, Lens())


def test_a_statement_that_nothing_tests_has_its_reason() -> None:
    share = ShareHeld(NORTH, DELL, Quantity("percent", best=60))
    reasons = {
        share: "a share of ground",
        Said(): "it does not say who holds what",
        LastPlaceOf(NORTH, (DELL,), None): "names no bounds",
        Holds(NORTH, DELL): "it is not known who held it then",
    }
    for predicate, words in reasons.items():
        assert words in untestable_because(predicate)
