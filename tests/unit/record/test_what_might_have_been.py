"""What is told of a place and not believed, taken back, or open in time is said by every door: `why`, `state`, the page."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from situation.events import (
    ActorId,
    Attacked,
    Besieged,
    Captured,
    Event,
    PlaceId,
    PrisonersTaken,
    Quantity,
    Repelled,
    Withdrew,
)
from situation.page.readings import reading_payload
from situation.record.answers.state import Lens, state_answer
from situation.record.evidence.explanation import Why
from situation.record.record import Record
from situation.testimony.claims import Claim
from tests.unit.spoken import claim, day, record, retraction, span

ARLEN, DELL = PlaceId("arlen"), PlaceId("dell")
NORTH, REBELS = ActorId("north"), ActorId("rebels")
LEFT = Withdrew(ARLEN, (REBELS,), (DELL,))
FELL = Captured(ARLEN, (NORTH,), REBELS)


def denied(event: Event, weak: Event) -> list[Claim]:
    """A weak report of an event, and a heavy denial of it."""
    said = claim("said", event, source="herald", episode="one")
    return [said, claim("denied", weak, source="gazette", episode="one", denied=True)]


def sides(answer: Why) -> tuple[set[str], set[str]]:
    return {it.claim.id for it in answer.supporting}, {it.claim.id for it in answer.opposing}


@pytest.mark.parametrize("attribute", ["holder", "status"])
@pytest.mark.parametrize("weak", [LEFT, Withdrew(ARLEN, (REBELS,))])
def test_a_withdrawal_that_is_not_believed_stands_in_why_against_the_value(attribute: str, weak: Event) -> None:
    whole = record(*denied(LEFT, weak))
    answer = whole.why(f"arlen.{attribute}", day(12))
    assert sides(answer) == ({"denied"}, {"said"})
    assert answer.silence == ""
    assert sides(whole.why(f"dell.{attribute}", day(12))) == (set(), set())


def test_a_withdrawal_of_those_who_do_not_hold_the_place_bears_on_nobody() -> None:
    gone = Withdrew(ARLEN, (NORTH,), (DELL,))
    assert sides(record(*denied(gone, gone)).why("arlen.holder", day(12))) == (set(), set())


@pytest.mark.parametrize("event", [LEFT, FELL])
def test_whether_a_place_was_taken_or_left_is_over_who_holds_it(event: Event) -> None:
    whole = record(*denied(event, event))
    (dispute,) = whole.disputes().disputes
    assert dispute.place == "arlen"
    assert state_answer(whole, day(12), Lens())["places"]["arlen"]["disputed"] == [dispute.question]
    payload = reading_payload(whole, whole.ground.window.latest, Lens(), "best", "", "", "graded")
    (row,) = payload["disputes"]
    assert row["place"] == "arlen"
    assert row["stands"]


def test_whether_there_was_an_attack_is_of_its_place_and_not_over_who_holds_it() -> None:
    attacked = Attacked(ARLEN, (NORTH,), REBELS)
    whole = record(*denied(attacked, attacked))
    assert [dispute.place for dispute in whole.disputes().disputes] == ["arlen"]
    assert state_answer(whole, day(12), Lens())["places"]["arlen"]["disputed"] == []


def uncertain(whole: Record, at: str) -> object:
    return state_answer(whole, at, Lens())["places"]["arlen"]["uncertain"]


def test_nothing_is_uncertain_by_the_last_minute_of_the_time_of_a_change() -> None:
    whole = record(claim("a", FELL, span(day(10), day(12))))
    assert uncertain(whole, f"{day(12)}T23:58") is not None
    assert uncertain(whole, day(12)) is None
    assert "uncertain then: the rebels or the North" in str(whole.why("arlen.holder", day(11)))
    assert "uncertain then" not in str(whole.why("arlen.holder", day(12)))


def test_within_a_siege_of_weeks_nobody_may_hold_the_place_before_the_day_on_which_he_took_it() -> None:
    """The ring was drawn at some time of twenty days, on the last of which the place fell."""
    ring = claim("ring", Besieged(ARLEN, (NORTH,), REBELS), span(day(2), day(20)), episode="ring")
    whole = record(ring, claim("fell", FELL, day(20), episode="fell"))
    for at, holders in ((day(3), ["rebels"]), (day(19), ["rebels"]), (f"{day(20)}T12:00", ["rebels", "north"])):
        told = uncertain(whole, at)
        assert isinstance(told, dict)
        assert told["answers"] == holders
    assert uncertain(whole, day(20)) is None


def test_an_attack_thrown_back_at_some_time_leaves_nothing_uncertain() -> None:
    whole = record(claim("a", Repelled(ARLEN, (REBELS,), NORTH), span(day(10), day(12))))
    assert uncertain(whole, day(11)) is None


def test_the_days_of_a_fight_are_one_answer_in_the_log_and_to_the_question() -> None:
    def fight(men: int) -> Event:
        return Attacked(ARLEN, (NORTH,), REBELS, killed=Quantity("men", best=men))

    long = claim("long", fight(40), span(day(9), day(11)))
    whole = record(long, claim("short", fight(4), day(10), source="herald"))
    (entry,) = (it for it in whole.log() if it.event.reported)
    assert whole.why("arlen.attacked_by.when").value == entry.span == span(day(9), day(11))


def _prisoners() -> list[Claim]:
    taken = PrisonersTaken(ARLEN, (NORTH,), REBELS, number=Quantity("men", best=7))
    return [claim("taken", taken), retraction("back", "taken")]


@pytest.mark.parametrize(
    ("cell", "told"),
    [
        ("rebels@arlen.prisoners", _prisoners),
        ("the rebels@Arlen.prisoners", _prisoners),
        ("arlen.declared_by", list),
    ],
)
def test_of_what_was_taken_back_why_says_what_when_and_by_whom(cell: str, told: Callable[[], list[Claim]]) -> None:
    claims = told()
    answer = record(*claims).why(cell, day(12))
    assert answer.value in (None, ())
    assert [(one.claim.id, one.by.id) for one in answer.retracted] == [("taken", "back")][: len(claims)]


def test_the_weights_are_those_of_the_question_on_which_the_entry_rests() -> None:
    whole = record(
        claim("light", FELL, day(9), source="herald", episode=""),
        claim("z", FELL, day(10), source="gazette", episode=""),
    )
    decided = whole.why("arlen.holder", day(12)).decided
    assert decided is not None
    assert "z" in {name.id for answer in decided.question.answers for name in answer.claims}
