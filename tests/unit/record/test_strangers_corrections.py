"""A correction by a voice that did not make the claim: a denial of it where it tells of something else, else a rival answer."""

from __future__ import annotations

import pytest
from attrs import evolve

from situation.events import ActorId, Attacked, Captured, CiviliansKilled, Event, PlaceId, Quantity, Withdrew
from situation.events.predicates import Holds, Predicate
from situation.record.record import Record
from situation.record.warnings.doubts import doubts_of
from situation.testimony.claims import Claim
from tests.unit.spoken import claim, day, judged, record

ARLEN, DELL = PlaceId("arlen"), PlaceId("dell")
NORTH, SOUTH, REBELS = ActorId("north"), ActorId("south"), ActorId("rebels")
FALL = Captured(ARLEN, (NORTH,), REBELS)
LOST = CiviliansKilled(ARLEN, (NORTH,), Quantity("civilians", best=9))


def told(name: str, content: Event | Predicate, grade: int, source: str, when: str = "2020-03-10") -> Claim:
    return claim(name, content, when, episode="", source=source, grades=(judged(grade),))


def corrected(first: Event, second: Event | Predicate, grade: int, when: str = "2020-03-10") -> Record:
    """What another outlet corrects; the first claim is of grade C2, the second of A and the credibility given."""
    return record(told("a", first, 2, "courier"), evolve(told("b", second, grade, "gazette", when), corrects="a"))


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (FALL, Captured(DELL, (NORTH,), REBELS)),
        (FALL, Captured(ARLEN, (SOUTH,), REBELS)),
        (FALL, Attacked(ARLEN, (NORTH,), REBELS)),
        (LOST, CiviliansKilled(ARLEN, (REBELS,), Quantity("civilians", best=900))),
        (Withdrew(ARLEN, (REBELS,)), Withdrew(ARLEN, (NORTH,))),
    ],
)
@pytest.mark.parametrize("grade", [1, 5])
def test_who_corrects_by_telling_of_something_else_denies_what_was_told(
    first: Event, second: Event, grade: int
) -> None:
    whole = corrected(first, second, grade)
    reading = whole.reading()
    assert len(set(reading.joins.happening.values())) == 2
    (question,) = (it for it in reading.decided if it.question.cell.endswith(".occurred"))
    assert {answer.value: [one.id for one in answer.claims] for answer in question.question.answers} == {
        True: ["a"],
        False: ["b"],
    }
    happened = {type(entry.event) for entry in reading.log if "a" in entry.cause.claims}
    assert bool(happened) == (grade == 5)
    assert grade == 5 or any("b" in entry.cause.claims for entry in reading.log)
    assert any("It counts as a denial of that and as a claim of its own" in str(doubt) for doubt in doubts_of(whole))


def test_what_is_told_in_place_of_a_capture_stands_at_its_own_place() -> None:
    places = corrected(FALL, Captured(DELL, (NORTH,), REBELS), 1).state(day(20)).places
    assert (places[ARLEN].holders, places[DELL].holders) == ((REBELS,), (NORTH,))


@pytest.mark.parametrize(
    ("second", "when"),
    [(LOST, day(20)), (CiviliansKilled(ARLEN, (NORTH,), Quantity("civilians", best=900)), day(10))],
)
def test_who_corrects_time_or_number_alone_tells_of_the_same_event(second: Event, when: str) -> None:
    reading = corrected(LOST, second, 1, when).reading()
    assert len(set(reading.joins.happening.values())) == 1
    assert not any(it.question.cell.endswith(".occurred") for it in reading.decided)


def test_a_statement_that_corrects_a_capture_denies_it() -> None:
    assert corrected(FALL, Holds(REBELS, ARLEN), 1).state(day(20)).places[ARLEN].holders == (REBELS,)


@pytest.mark.parametrize(
    "second", [Captured(DELL, (NORTH,), REBELS), Attacked(ARLEN, (NORTH,), REBELS), Holds(REBELS, ARLEN)]
)
@pytest.mark.parametrize("grade", [1, 5])
def test_why_names_the_stranger_who_corrects_by_telling_of_something_else(
    second: Event | Predicate, grade: int
) -> None:
    believed = grade == 5
    explained = corrected(FALL, second, grade).why("arlen.holder", day(12))
    sides = {name: [voice.claim.id for voice in voices] for name, voices in explained.groups}
    assert sides["for"] == (["a"] if believed else ["b"])
    assert sides["against"] == (["b"] if believed else ["a"])
    (voice,) = explained.opposing if believed else explained.supporting
    assert isinstance(second, Holds) or voice.graded(explained.ground).endswith("; corrects a")


def test_why_of_a_deed_says_who_denies_it_and_gives_no_answer_where_that_is_believed() -> None:
    attack = Attacked(ARLEN, (NORTH,), REBELS)
    for grade, value in ((1, None), (5, frozenset({NORTH}))):
        for whole in (
            corrected(attack, Captured(DELL, (NORTH,), REBELS), grade),
            record(told("a", attack, 2, "courier"), evolve(told("b", attack, grade, "gazette"), mode="denies")),
        ):
            explained = whole.why("arlen.attacked_by", day(12))
            assert explained.value == value
            deniers = explained.supporting if value is None else explained.opposing
            assert [voice.claim.id for voice in deniers] == ["b"]
