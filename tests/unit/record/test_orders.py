"""The order of what happened at one place at overlapping times: by what each event takes for granted, never by a name."""

from __future__ import annotations

from itertools import permutations
from pathlib import Path
from typing import Any

import pytest
from attrs import evolve
from click.testing import CliRunner

from situation.commands.cli import main
from situation.events import (
    ActorId,
    ActorsMerged,
    ActorSplit,
    AgreementEnded,
    AreaId,
    Attacked,
    Besieged,
    Blockaded,
    BlockadeLifted,
    Captured,
    CeasefireAgreed,
    Day,
    Entered,
    Event,
    Fled,
    HandedOver,
    OperationId,
    OperationLaunched,
    PlaceDescribed,
    PlaceId,
    RelationReported,
    Repelled,
    ShipCaptured,
    ShipDamaged,
    ShipSunk,
    SiegeBroken,
    Withdrew,
)
from situation.events.predicates import Holds
from situation.log.fold import fold
from situation.record.answers.state import Lens, state_answer
from situation.record.order.objections import OBJECTIONS, objection
from situation.record.record import Record
from situation.record.warnings.doubts import doubts_of
from situation.testimony.claims import Claim
from tests.unit.small import Small
from tests.unit.spoken import GROUND, claim, day, record, span

ARLEN, CORVE, DELL = PlaceId("arlen"), PlaceId("corve"), PlaceId("dell")
NORTH, SOUTH, REBELS = ActorId("north"), ActorId("south"), ActorId("rebels")


def took(name: str, by: str, against: str | None = None, when: Any = "2020-03-10", **keys: Any) -> Claim:
    event = Captured(ARLEN, (ActorId(by),), ActorId(against) if against else None)
    return claim(name, event, when, episode=keys.pop("episode", name), **keys)


def holders(whole: Record) -> list[Any]:
    return [change.value for change in whole.history() if change.cell == "arlen.holder"]


def place(whole: Record, at: str) -> dict[str, Any]:
    answer: dict[str, Any] = state_answer(whole, at, Lens())["places"]["arlen"]
    return answer


def test_what_fits_what_stood_before_in_no_order_is_rival_of_that_and_not_of_each_other() -> None:
    """A false report of a fall, and then the siege, the retreat and the fall as others tell of them: none is lost."""
    ring = claim("ring", Besieged(ARLEN, (NORTH,), REBELS), span(day(4), day(12)), episode="ring", source="courier")
    left = claim("left", Withdrew(ARLEN, (REBELS,)), span(day(9), day(10)), episode="left", source="herald")
    first, second = took("early", "north", "rebels", day(2)), took("late", "north", when=day(11))
    for claims in permutations((first, ring, left, second)):
        whole = record(*claims)
        assert whole.reading().passed_over == ()
        assert {name for entry in whole.log() for name in entry.cause.claims} >= {"ring", "left", "early", "late"}
        assert place(whole, day(14))["holder"] == "north"
        assert len({problem.fact for problem in doubts_of(whole)}) >= 2, "check tells what cannot have been"


@pytest.mark.parametrize("names", [("one", "two"), ("two", "one"), ("zzz", "aaa")])
def test_twice_taken_in_a_day_goes_by_who_the_loser_was(names: tuple[str, str]) -> None:
    whole = record(took(names[0], "north", "rebels"), took(names[1], "rebels", "north"))
    assert holders(whole) == ["rebels", "north", "rebels"]
    assert place(whole, day(11))["holder"] == "rebels"
    assert place(whole, day(11))["uncertain"] is None
    assert place(whole, f"{day(10)}T12:00")["uncertain"]["answers"] == ["rebels", "north"]
    assert place(whole, day(10))["uncertain"] is None  # by the day's last minute all of it has come


def test_without_a_loser_a_side_does_not_take_its_own_place() -> None:
    assert holders(record(took("a", "rebels"), took("b", "north"))) == ["rebels", "north", "rebels"]


def test_a_chain_of_three_is_found_whatever_it_is_called() -> None:
    steps = [("north", "rebels"), ("south", "north"), ("rebels", "south")]
    for names in permutations("abc"):
        told = [took(name, by, against) for name, (by, against) in zip(names, steps, strict=True)]
        assert holders(record(*told)) == ["rebels", "north", "south", "rebels"]


def test_what_was_entered_was_entered_before_it_was_taken() -> None:
    entered = claim("z", Entered(ARLEN, (NORTH,), REBELS), "2020-03-10", episode="z")
    whole = record(took("a", "north", "rebels"), entered)
    assert [change.value for change in whole.history() if change.cell == "arlen.status"] == [
        "held",
        "contested",
        "held",
    ]


def test_where_nothing_decides_the_order_is_not_known_and_the_value_is_null() -> None:
    whole = record(took("a", "north"), took("b", "south"))
    for date in (day(11), day(25)):
        then = place(whole, date)
        assert (then["holder"], then["status"], set(then["because"])) == (None, "unknown", {"a", "b"})
        assert set(then["uncertain"]["answers"]) == {"north", "south"}
    assert [type(entry.event).__name__ for entry in whole.log() if entry.event.place == ARLEN and entry.time > 0][
        -3:
    ] == [
        "Captured",
        "Captured",
        "OrderUnknown",
    ]


def test_a_later_event_ends_what_is_not_known() -> None:
    whole = record(took("a", "north"), took("b", "south"), took("c", "rebels", when=day(20)))
    assert place(whole, day(20))["holder"] == "rebels"


def test_a_statement_is_true_of_an_unknown_order_only_if_true_under_every_order() -> None:
    told = [took("a", "north"), took("b", "south")]
    says = {name: claim(f"says-{name}", Holds(ActorId(name), AreaId("arlen")), day(12)) for name in ("north", "rebels")}
    found = record(*told, *says.values()).disputes()
    assert found.untestable == ("says-north",)
    assert [it.claim for it in found.mismatches] == ["says-rebels"]


@pytest.mark.parametrize("names", ["ab", "ba"])
def test_whoever_holds_it_in_every_order_holds_it_where_the_order_is_not_known(names: str) -> None:
    told = (Entered(ARLEN, (NORTH,), REBELS), Repelled(ARLEN, (REBELS,), NORTH))
    whole = record(*(claim(name, event, episode=name) for name, event in zip(names, told, strict=True)))
    then = place(whole, day(11))
    assert (then["holder"], then["status"], then["uncertain"]["answers"]) == ("rebels", "unknown", ["rebels"])
    says = [claim(f"says-{side}", Holds(side, AreaId("arlen")), day(12)) for side in (REBELS, NORTH)]
    disputes = record(*whole.testimony.claims.values(), *says).disputes()
    assert ([it.claim for it in disputes.mismatches], disputes.untestable) == (["says-north"], ())


def test_a_ring_is_drawn_before_it_is_broken() -> None:
    ring = claim("b", Besieged(ARLEN, (NORTH,), REBELS), episode="b")
    whole = record(claim("a", SiegeBroken(ARLEN, (REBELS,), NORTH), episode="a"), ring)
    then = place(whole, day(11))
    assert (then["holder"], then["status"], then["besieger"]) == ("rebels", "held", None)
    assert doubts_of(whole) == []


def test_several_chains_that_end_alike_give_the_end_and_leave_the_time_between_open() -> None:
    told = [
        took("a", "north", "rebels"),
        took("b", "rebels", "north"),
        took("c", "south", "rebels"),
        took("d", "rebels", "south"),
    ]
    whole = record(*told)
    assert place(whole, day(11))["holder"] == "rebels"
    assert place(whole, day(11))["uncertain"] is None
    noon = fold(whole.log().until(span(day(10)).middle), GROUND).places["arlen"]
    assert noon.holder is None


def test_two_takers_from_one_loser_are_rivals_and_the_belief_decides() -> None:
    whole = record(took("a", "north", "rebels", source="courier"), took("b", "south", "rebels"))
    assert place(whole, day(11))["holder"] == "south"
    (dispute,) = whole.disputes().disputes
    assert (dispute.cell, dispute.relation) == ("arlen.holder", "contradicts")
    assert {answer.value: [it.id for it in answer.claims] for answer in dispute.weighed.question.answers} == {
        "north": ["a"],
        "south": ["b"],
    }
    assert whole.reading().passed_over == ("captured/arlen/a",)


@pytest.mark.parametrize("belief", ["graded", "first-report", "latest", "informative", "representative"])
@pytest.mark.parametrize("episodes", [("a", "b"), ("one", "one")])
@pytest.mark.parametrize("sides", [("north", "south"), ("south", "north")])
def test_between_takers_of_equal_weight_no_letters_choose_and_either_may_hold_it(
    belief: str, episodes: tuple[str, str], sides: tuple[str, str]
) -> None:
    told = [
        took(name, side, "rebels", episode=episode, source="gazette", origin=name, said_by=speaker, grades=())
        for name, side, episode, speaker in zip("ab", sides, episodes, ("marshal", "mayor"), strict=True)
    ]
    whole = record(*told)
    lens = Lens(belief=belief)
    then = state_answer(whole, day(20), lens)["places"]["arlen"]
    assert (then["holder"], then["status"], set(then["because"])) == (None, "unknown", {"a", "b"})
    assert set(then["uncertain"]["answers"]) == {"north", "south"}
    (dispute,) = [it for it in whole.disputes(belief=belief).disputes if it.cell == "arlen.holder"]
    assert (dispute.weighed.accepted, len(dispute.weighed.tied)) == (None, 2)
    assert doubts_of(whole) == []


def test_one_taker_told_twice_makes_no_dispute_and_loses_no_report() -> None:
    whole = record(took("a", "north", "rebels"), took("b", "north", "rebels", source="courier"))
    assert whole.disputes().disputes == ()
    assert {name for entry in whole.log() for name in entry.cause.claims} >= {"a", "b"}


def test_a_stated_sequence_goes_first() -> None:
    told = [took("a", "north"), took("b", "south", follows=(("captured/arlen/a", ""),))]
    assert holders(record(*told))[-1] == "south"


def test_a_drawn_record_draws_the_order() -> None:
    whole = record(took("a", "north"), took("b", "south"))
    ends = {fold(whole.sampled(1, index).log, GROUND).places["arlen"].holder for index in range(20)}
    assert ends == {"north", "south"}


def test_spans_that_do_not_overlap_need_no_chain() -> None:
    told = [took("a", "north", when=span(day(5), day(6))), took("b", "south", when=span(day(7), day(9)))]
    assert holders(record(*told)) == ["rebels", "north", "south"]


SCOUTS = ActorId("north-scouts")
NONSENSE: list[tuple[Event, str]] = [
    (Captured(ARLEN, (REBELS,), NORTH), "Arlen was their own: the rebels held it then."),
    (Captured(ARLEN, (NORTH,), SOUTH), "the South was not in Arlen to lose it: the rebels held it then."),
    (Captured(ARLEN, (NORTH,), NORTH), "the North takes a place from itself."),
    (Entered(ARLEN, (REBELS,)), "Arlen was their own: the rebels held it then."),
    (Besieged(ARLEN, (REBELS,)), "Arlen was their own: the rebels held it then."),
    (Besieged(ARLEN, (REBELS,), REBELS), "the rebels besiege themselves."),
    (SiegeBroken(CORVE, (REBELS,)), "the rebels break their own ring around Corve."),
    (SiegeBroken(ARLEN, (REBELS,)), "Nobody had drawn a ring around Arlen."),
    (SiegeBroken(CORVE, (SOUTH,), NORTH), "the North had drawn no ring around Corve: the rebels ringed it then."),
    (Repelled(ARLEN, (SOUTH,)), "Arlen was not theirs to defend: the rebels held it then."),
    (Withdrew(ARLEN, (SOUTH,)), "They had nobody in Arlen: the rebels held it then."),
    (Withdrew(ARLEN, (REBELS,), (ARLEN,)), "They withdraw from Arlen to where they are."),
    (BlockadeLifted(ARLEN), "no blockade of Arlen was in force."),
    (AgreementEnded((NORTH,), REBELS), "no agreement was in force between the North and the rebels."),
    (HandedOver(ARLEN, (SOUTH,), NORTH), "Arlen was not theirs to give: the rebels held it then."),
    (HandedOver(ARLEN, (REBELS,), REBELS), "the rebels hand Arlen over to themselves."),
    (Attacked(ARLEN, (NORTH,), NORTH), "the North stands on both ends of it."),
    (Attacked(ARLEN, (SCOUTS,), NORTH), "the North attacks itself."),
    (RelationReported(NORTH, ActorId("north-guard"), "hostile"), "the North and the North Guard are of one side."),
    (ActorSplit(REBELS, (REBELS,)), "it breaks up into what it was: the rebels."),
    (ActorsMerged((REBELS,), REBELS), "it joins what it is: the rebels."),
    (Fled(ARLEN, REBELS, (ARLEN,)), "They flee from Arlen to where they are."),
    (PlaceDescribed(ARLEN, "location", "near it", ARLEN), "Arlen is described by where it lies from itself."),
    (
        OperationLaunched(OperationId("spring-push"), (NORTH,), ActorId("north-guard")),
        "the North launches an operation against itself.",
    ),
    *(
        (kind(SCOUTS, (REBELS,)), "the North Scouts had been sunk before.")
        for kind in (ShipSunk, ShipDamaged, ShipCaptured)
    ),
]


@pytest.mark.parametrize(("event", "fact"), NONSENSE, ids=lambda it: type(it).__name__ if isinstance(it, Event) else "")
def test_what_cannot_be_is_objected_to(event: Event, fact: str) -> None:
    start = record(claim("sunk", ShipSunk(SCOUTS), "2020-03-01")).state("2020-03-01")
    assert objection(event, start, GROUND) == fact


@pytest.mark.parametrize("rows", [False, True])
def test_who_had_broken_up_is_asked_about_also_where_they_fought_among_themselves(rows: bool) -> None:
    fought = claim("fought", Attacked(ARLEN, (REBELS,), REBELS), day(12), episode="fray")
    merged = claim("merged", ActorsMerged((REBELS,), SOUTH), day(8), episode="merger")

    def facts(*claims: Claim) -> list[str]:
        whole = record(*claims)
        sources = {name: evolve(source, rows=rows) for name, source in whole.testimony.sources.items()}
        return [it.fact for it in doubts_of(evolve(whole, testimony=evolve(whole.testimony, sources=sources)))]

    assert "The rebels had become the South by then." in facts(merged, fought)
    assert not any("both ends" in it for it in facts(merged, fought))
    assert any("both ends" in it for it in facts(fought)) != rows


@pytest.mark.parametrize(("giver", "taker"), [("north-guard", "north-scouts"), ("north-guard", "north")])
def test_a_unit_may_hand_a_place_over_to_another_of_its_side(giver: str, taker: str) -> None:
    taken = claim("taken", Captured(ARLEN, (NORTH,), REBELS), day(3))
    given = claim("given", HandedOver(ARLEN, (ActorId(giver),), ActorId(taker)), day(6), episode="relief")
    whole = record(taken, given)
    assert doubts_of(whole) == []
    assert whole.state(day(7)).places["arlen"].holder == "north"


@pytest.mark.parametrize(
    ("made", "ended", "fact"),
    [
        (CeasefireAgreed(NORTH, REBELS), AgreementEnded((NORTH,), REBELS), ""),
        (CeasefireAgreed(NORTH, REBELS, since=Day(day(20))), AgreementEnded((REBELS,), NORTH), ""),
        (
            CeasefireAgreed(NORTH, REBELS, until=Day(day(4))),
            AgreementEnded((NORTH,), REBELS),
            "no agreement was in force",
        ),
        (CeasefireAgreed(SOUTH, REBELS), AgreementEnded((NORTH,), REBELS), "no agreement was in force"),
        (Blockaded(AreaId("lowlands"), (NORTH,)), BlockadeLifted(DELL), ""),
        (Blockaded(DELL, (NORTH,)), BlockadeLifted(AreaId("lowlands")), ""),
        (Blockaded(CORVE, (NORTH,)), BlockadeLifted(DELL), "no blockade of Dell was in force."),
    ],
)
def test_what_is_over_or_was_made_by_others_cannot_be_ended(made: Event, ended: Event, fact: str) -> None:
    before = record(claim("a", made, day(3), said=day(13))).state(day(6))
    assert objection(ended, before, GROUND).startswith(fact)
    assert bool(objection(ended, before, GROUND)) == bool(fact)


def test_every_kind_with_an_objection_has_a_case() -> None:
    ships = {ShipCaptured, ShipDamaged, ShipSunk}  # of one sunk before: test_contradicting_reports
    assert {type(event) for event, _ in NONSENSE} | ships == set(OBJECTIONS)


def test_check_warns_at_the_line_of_what_cannot_be_and_of_orders_not_known(tmp_path: Path) -> None:
    lines = """\
  - {id: T3-01, source: courier, says: own, happened: 2020-03-03, asserts: {event: Captured, place: dell, by: [rebels], against: north}}
  - {id: T3-02, source: courier, says: one, happened: 2020-03-07, asserts: {event: Captured, place: dunes, by: [north]}}
  - {id: T3-03, source: courier, says: two, happened: 2020-03-07, asserts: {event: Captured, place: dunes, by: [south]}}
"""  # noqa: E501
    small = Small(tmp_path).add("record.yaml", lines)
    told = [f"{it.at.line}: {it.fact}" for it in doubts_of(small.load())]
    first = int(small.at("record.yaml", "{id: T3-01").split(":")[1])
    unknown = "In what order this happened in the Dunes is not known: held after it by the North or the South."
    assert told == [
        f"{first}: Dell was their own: the rebels held it then.",
        f"{first + 1}: {unknown}",
        f"{first + 2}: {unknown}",
    ]
    done = CliRunner().invoke(main, ["check", str(tmp_path)])
    assert done.exit_code == 0
    assert "warning: Dell was their own" in done.output
