"""After an actor broke up, a statement that one of its successors holds a place settles who holds it."""

from __future__ import annotations

import json

from situation.events import ActorId, ActorSplit, AreaId, Captured
from situation.events.predicates import Holds, Predicate
from situation.record.answers.state import Lens, state_answer
from situation.record.record import Record
from situation.testimony.claims import Claim
from tests.unit.record.test_ties import ARLEN, NORTH, REBELS, SOUTH
from tests.unit.spoken import claim, day, judged, record

SPLIT = claim("split", ActorSplit(REBELS, (NORTH, SOUTH)), day(10), episode="split")


def holds(name: str, actor: ActorId, area: str, when: int, **more: object) -> Claim:
    said: Predicate = Holds(actor, AreaId(area))
    return claim(name, said, day(when), episode="", said=day(when), **more)  # type: ignore[arg-type]


def arlen(whole: Record, when: int) -> tuple[tuple[str, ...], str, tuple[str, ...]]:
    place = whole.state(day(when)).places[ARLEN]
    return place.holders, place.status, place.successors


def test_a_statement_of_the_day_of_the_split_or_later_settles_who_holds_the_place() -> None:
    assert arlen(record(SPLIT), 15) == ((), "unknown", (NORTH, SOUTH))
    assert arlen(record(SPLIT, holds("a", NORTH, "arlen", 10)), 15) == ((NORTH,), "held", ())
    whole = record(SPLIT, holds("a", NORTH, "arlen", 14))
    assert arlen(whole, 15) == ((NORTH,), "held", ())
    assert arlen(whole, 13) == ((), "unknown", (NORTH, SOUTH))
    assert whole.state(day(15)).places["dell"].successors == (NORTH, SOUTH)
    explained = whole.why("arlen.holder", day(15))
    assert {voice.claim.id for voice in explained.other_times} == {"a", "split"}
    assert [voice.claim.id for voice in whole.why("arlen.holder", day(14)).supporting] == ["a"]
    assert "The North is said to hold Arlen" in explained.reason
    assert state_answer(whole, day(15), Lens())["places"]["arlen"]["because"] == ["a"]
    assert whole.disputes().mismatches == ()


def test_a_statement_of_an_area_settles_each_place_in_it_that_was_open() -> None:
    whole = record(SPLIT, claim("dell", Captured(AreaId("dell"), (SOUTH,)), day(12)), holds("a", NORTH, "valley", 14))
    places = whole.state(day(15)).places
    assert [places[name].holders for name in ("arlen", "arlen-bridge", "dell")] == [(NORTH,), (NORTH,), (SOUTH,)]


def test_a_statement_before_the_split_or_of_another_actor_settles_nothing() -> None:
    units = holds("a", ActorId("rebels"), "arlen", 14)
    assert arlen(record(SPLIT, holds("a", NORTH, "arlen", 9)), 15)[2] == (NORTH, SOUTH)
    assert arlen(record(SPLIT, units), 15)[2] == (NORTH, SOUTH)
    assert arlen(record(holds("a", NORTH, "arlen", 14)), 15) == ((REBELS,), "held", ())


def test_a_place_that_was_never_open_is_not_written_by_a_statement() -> None:
    taken = claim("taken", Captured(ARLEN, (SOUTH,), REBELS), day(5))
    whole = record(SPLIT, taken, holds("a", NORTH, "arlen", 14))
    assert arlen(whole, 15)[0] == (SOUTH,)
    assert [it.claim for it in whole.disputes().mismatches] == ["a"]


def test_of_two_statements_the_belief_decides_and_of_equal_weight_it_stays_open() -> None:
    heavier = holds("a", NORTH, "arlen", 14, grades=(judged(1),))
    lighter = holds("b", SOUTH, "arlen", 14, source="courier", grades=(judged(3),))
    assert arlen(record(SPLIT, heavier, lighter), 15) == ((NORTH,), "held", ())
    tied = [holds(name, actor, "arlen", 14, said_by=voice, grades=()) for name, actor, voice in VOICES]
    assert arlen(record(SPLIT, *tied), 15) == ((), "unknown", (NORTH, SOUTH))


VOICES = (("a", NORTH, "marshal"), ("b", SOUTH, "mayor"))


def test_a_statement_of_the_place_and_one_of_its_area_at_one_time_leave_it_open() -> None:
    for one, other in ((NORTH, SOUTH), (SOUTH, NORTH)):
        whole = record(SPLIT, holds("a", one, "arlen", 14), holds("b", other, "valley", 14))
        assert arlen(whole, 15) == ((), "unknown", (NORTH, SOUTH))
        assert whole.state(day(15)).places["dell"].holders == (other,)


def test_a_settled_place_is_lost_like_any_other_and_other_names_of_claims_change_nothing() -> None:
    lost = claim("z", Captured(ARLEN, (SOUTH,), NORTH), day(20))
    whole = record(SPLIT, holds("a", NORTH, "arlen", 14), lost)
    turned = record(holds("zz", NORTH, "arlen", 14), SPLIT, lost)
    assert arlen(whole, 21) == arlen(turned, 21) == ((SOUTH,), "held", ())
    assert json.dumps(state_answer(whole, day(15), Lens())).replace('"a"', '"zz"') == json.dumps(
        state_answer(turned, day(15), Lens())
    )


def test_without_a_split_no_statement_enters_the_log() -> None:
    assert not [entry for entry in record(holds("a", NORTH, "arlen", 14)).log() if entry.id.startswith("holding")]
