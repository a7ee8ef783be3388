"""Who originated a report, who repeated it, who changed it; and who cite each other in a circle."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from attrs import evolve

from situation.errors import Fault
from situation.events import ActorId, Captured, CiviliansKilled, PlaceId, Quantity
from situation.record.answers.origins import circular_notes, course_answer, find_course
from situation.record.answers.state import Lens
from situation.record.joining.origins import Course
from situation.record.record import Record
from situation.testimony.claims import AsOf, Claim, Dated, Origin, Reliability, Source
from tests.unit.small import small_ground
from tests.unit.spoken import claim, day, heard, span

ORIGINS = {name: Origin(name, label) for name, label in (("wire", "the Wire"), ("bulletin-words", "The Bulletin"))}


def piece(name: str, outlet: str, number: int) -> Source:
    return Source(name, outlet, Dated(span(day(number))), Reliability("B", AsOf(0), ""))


def told(*pieces: tuple[Source, str], **changed: Any) -> Record:
    """A record of one town's fall, a claim a piece, named after it, each with the body that it relays."""
    claims = []
    for source, origin in pieces:
        by, when = changed.get(source.id, ("north", day(10)))
        content = Captured(PlaceId("dell"), (ActorId(by),))
        claims.append(claim(source.id, content, when, source=source.id, origin=origin, episode="dell-falls"))
    sources = {source.id: source for source, _ in pieces}
    testimony = evolve(heard(*claims), sources=sources, origins=ORIGINS)
    return Record(small_ground(), testimony, ("record",), "", Path())


def course(record: Record, event: str = "captured/dell") -> Course:
    return find_course(record, event, Lens())


def roles(record: Record) -> dict[str, list[tuple[str, str]]]:
    return {
        voice: [(report.claim.id, report.role) for report in reports]
        for voice, reports in course(record).voices.items()
    }


FIVE = tuple((piece(f"paper-{number}", f"Paper {number}", 11 + number), "wire") for number in range(5))


def test_five_outlets_with_one_wire_report_are_one_voice() -> None:
    record = told(*FIVE)
    assert roles(record) == {
        "wire": [("paper-0", "originated"), *((f"paper-{number}", "repeated") for number in range(1, 5))]
    }
    assert record.reading(belief="two-origins").passed_over == ("captured/dell/dell-falls",)


def test_who_relays_a_relay_is_the_voice_of_its_origin() -> None:
    first, second, third = piece("a", "The Anvil", 11), piece("b", "The Bulletin", 12), piece("c", "The Crier", 13)
    relayed = told((first, "wire"), (second, "a"), (third, "bulletin-words"))
    assert roles(relayed) == {"wire": [("a", "originated"), ("b", "repeated"), ("c", "repeated")]}


def test_two_pieces_of_one_outlet_are_one_voice_and_an_outlet_of_its_own_another() -> None:
    record = told((piece("later", "The Bulletin", 14), "later"), (piece("early", "The Bulletin", 12), "early"))
    assert roles(record) == {"early": [("early", "originated"), ("later", "repeated")]}
    assert set(roles(told((piece("a", "A", 11), "a"), (piece("b", "B", 11), "b")))) == {"a", "b"}


def test_what_a_relay_changes_is_told_against_what_it_relays() -> None:
    first, second, third = piece("a", "The Anvil", 11), piece("b", "The Bulletin", 12), piece("c", "The Crier", 13)
    record = told(
        (first, "a"), (second, "a"), (third, "bulletin-words"), b=("north-guard", day(9)), c=("north-guard", day(9))
    )
    (reports,) = course(record).voices.values()
    assert [(report.role, report.of) for report in reports] == [("originated", ""), ("changed", "a"), ("repeated", "b")]
    assert reports[1].changed == {"happened": (span(day(10)), span(day(9))), "by": (("north",), ("north-guard",))}


def test_who_cite_each_other_are_one_voice_and_are_flagged() -> None:
    record = told((piece("a", "The Anvil", 12), "b"), (piece("b", "The Bulletin", 12), "a"))
    assert list(roles(record)) == ["a+b"]
    (circle,) = course(record).circles
    assert (circle.claims, circle.why) == (("a", "b"), "The Anvil and The Bulletin cite each other, and nobody else")
    assert record.reading(belief="two-origins").passed_over == ("captured/dell/dell-falls",)


def test_a_relay_that_was_out_before_what_it_relays_is_flagged() -> None:
    record = told((piece("a", "The Anvil", 11), "bulletin-words"), (piece("b", "The Bulletin", 13), "b"))
    (circle,) = course(record).circles
    assert (circle.claims, circle.why) == (("a", "b"), "The Anvil relays The Bulletin, but was out before it")
    assert course(told((piece("a", "The Anvil", 13), "b"), (piece("b", "The Bulletin", 13), "b"))).circles == ()


def corrected(relay: str = "early", figure: int = 210) -> Record:
    """A paper relays the Wire's first piece, with another number; the Wire's second piece corrects the first."""
    first, paper, second = (
        piece("early", "The Wire", 11),
        piece("paper", "The Paper", 13),
        piece("late", "The Wire", 20),
    )
    claims = [
        killing("early", 200, "early"),
        killing("paper", figure, relay),
        evolve(killing("late", 600, "late"), corrects="early"),
    ]
    testimony = evolve(heard(*claims), sources={it.id: it for it in (first, paper, second)}, origins={})
    return Record(small_ground(), testimony, ("record",), "", Path())


def killing(source: str, number: int, origin: str) -> Claim:
    content = CiviliansKilled(PlaceId("dell"), (ActorId("south"),), number=Quantity("civilians", best=number))
    return claim(source, content, day(10), source=source, origin=origin, episode="dell-killed")


def test_whoever_was_first_stays_so_when_it_was_corrected_and_who_relayed_it_is_in_no_circle() -> None:
    record = corrected()
    for name in ("early", "paper", "late", "civilianskilled/dell"):
        told = course(record, name)
        assert told.circles == ()
        ((voice, reports),) = told.voices.items()
        assert voice == "early"
        assert [(it.claim.id, it.role, it.of, it.taken_back_by) for it in reports] == [
            ("early", "originated", "", "late"),
            ("paper", "changed", "early", ""),
            ("late", "changed", "early", ""),
        ]
    assert circular_notes(record) == []
    answer = course_answer(course(record, "late"), record, Lens())
    assert (answer["claims"], [one["claim"] for one in answer["retracted"]]) == (2, ["early"])
    assert [report["retracted_by"] for report in answer["origins"][0]["reports"]] == ["late", None, None]


def test_a_relay_of_a_piece_that_came_later_is_flagged_with_what_to_do() -> None:
    (note,) = circular_notes(corrected("late"))
    assert ": The Paper relays The Wire, but was out before it (paper, late). They count as one voice. Name as" in note


def test_a_circle_is_told_by_check_at_the_line_of_its_first_claim() -> None:
    ring = told((piece("a", "The Anvil", 12), "b"), (piece("b", "The Bulletin", 12), "a"))
    (note,) = circular_notes(ring)
    assert note.endswith(
        ": The Anvil and The Bulletin cite each other, and nobody else (a, b). They count as one voice. "
        "If one of them had it from somebody else, or saw it, name that as its 'origin'."
    )
    assert circular_notes(told(*FIVE)) == []


def test_a_circle_leads_nobody_else_astray() -> None:
    ring = ((piece("a", "The Anvil", 12), "b"), (piece("b", "The Bulletin", 12), "a"))
    outside = (piece("c", "The Crier", 13), "a")
    assert set(roles(told(*ring, outside))) == {"a+b"}
    assert set(roles(told(*ring, (piece("d", "The Drum", 13), "d")))) == {"a+b", "d"}


def test_an_event_is_named_by_kind_and_place_or_by_a_claim_of_it() -> None:
    record = told(*FIVE)
    events = {course(record, name).event for name in ("captured/dell", "captured/dell/dell-falls", "paper-3")}
    assert events == {"captured/dell/dell-falls"}
    with pytest.raises(Fault, match="Did you mean 'captured/dell/dell-falls'"):
        course(record, "captured/del/dell-falls")


def test_the_answer_as_json_has_the_documented_keys() -> None:
    first, second = piece("a", "The Anvil", 11), piece("b", "The Bulletin", 12)
    record = told((first, "a"), (second, "a"), b=("north", day(9)))
    answer = course_answer(course(record), record, Lens())
    assert list(answer) == ["event", "text", "claims", "voices", "origins", "retracted", "circular"]
    assert (answer["text"], answer["claims"], answer["voices"]) == ("The North took Dell", 2, 1)
    (origin,) = answer["origins"]
    assert list(origin) == ["voice", "name", "reports"]
    assert origin["name"] == "The Anvil"
    assert list(origin["reports"][0]) == [
        *(
            "claim",
            "at",
            "role",
            "of",
            "changed",
            "earliest",
            "latest",
            "source",
            "outlet",
            "said_by",
            "origin",
            "stance",
        ),
        *("says", "retracted_by"),
    ]
    assert origin["reports"][1]["changed"]["happened"]["after"]["earliest"] == "2020-03-09T00:00+02:00"


def _shuffled(record: Record) -> Record:
    backward: list[Claim] = list(record.testimony.claims.values())[::-1]
    return evolve(record, testimony=evolve(record.testimony, claims={one.id: one for one in backward}))


def test_the_order_of_the_claims_changes_nothing() -> None:
    ring = told((piece("a", "The Anvil", 12), "b"), (piece("b", "The Bulletin", 12), "a"), FIVE[0], FIVE[1])
    assert course(_shuffled(ring)) == course(ring)
