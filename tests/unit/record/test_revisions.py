"""Figures that their own voice replaces, figures that others still stand by, and to whom each number is credited."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from attrs import evolve

from situation.events import ActorId, AreaId, Attacked, Fled, PlaceDescribed, PlaceId, Quantity
from situation.log.entry import Reported
from situation.record.answers.claims import claims_answer
from situation.record.answers.state import Lens, entry_answer
from situation.record.answers.timeline import who_says
from situation.record.record import Record
from situation.testimony.claims import AsOf, Claim, Dated, Origin, Reliability, Source
from tests.unit.spoken import GROUND, claim, day, heard, record, span

ARLEN, NORTH, REBELS = PlaceId("arlen"), ActorId("north"), ActorId("rebels")


def persons(low: float | None = None, best: float | None = None, high: float | None = None) -> Quantity:
    return Quantity("persons", low, best, high)


def raid(name: str, killed: Quantity | None, said: int | None = None, **keys: Any) -> Claim:
    content = keys.pop("content", Attacked(ARLEN, (NORTH,), REBELS, killed=killed))
    return claim(name, content, "2020-03-09", episode="raid", said=day(said) if said else "", **keys)


def figure(whole: Record, known_at: str | None = None) -> tuple[Quantity | None, tuple[str, ...]]:
    (entry,) = [it for it in whole.log(known_at) if isinstance(it.event, Attacked)]
    assert isinstance(entry.event, Attacked) and isinstance(entry.cause, Reported)
    return entry.event.killed, entry.cause.credit.get("killed", ())


def test_a_later_figure_of_one_voice_replaces_its_earlier_one() -> None:
    whole = record(raid("a", persons(best=50), 9), raid("b", persons(best=15), 11))
    assert figure(whole) == (persons(best=15), ("b",))
    assert figure(whole, day(10)) == (persons(best=50), ("a",))
    assert whole.disputes().disputes == ()
    rows = {row["id"]: row["revised"] for row in claims_answer(whole, Lens())}
    assert rows == {"a": [{"cell": "arlen.killed", "by": "b"}], "b": []}
    earlier = {row["id"]: row["revised"] for row in claims_answer(whole, Lens(day(10)))}
    assert earlier == {"a": []}


def test_a_figure_that_its_voice_replaced_is_no_evidence_against_the_later_one() -> None:
    why = record(raid("a", persons(best=50), 9), raid("b", persons(best=15), 11)).why("arlen.killed", day(12))
    assert [[voice.claim.id for voice in voices] for voices in (why.supporting, why.other_times, why.opposing)] == [
        ["b"],
        ["a"],
        [],
    ]


def test_a_running_toll_that_rises_is_no_dispute() -> None:
    tolls = [raid(name, persons(low=low), date) for name, low, date in (("a", 5, 9), ("b", 12, 10), ("c", 30, 11))]
    whole = record(*tolls)
    assert figure(whole) == (persons(low=30), ("c",))
    assert whole.disputes().disputes == ()


def test_relays_fall_with_the_figure_and_who_came_to_it_alone_stands() -> None:
    told = [
        raid("a", persons(best=50), 9, origin="wire"),
        raid("relay", persons(best=50), source="courier", origin="wire"),
        raid("own", persons(best=50), source="herald"),
        raid("b", persons(best=15), 11, origin="wire"),
    ]
    whole = record(*told)
    (dispute,) = whole.disputes().disputes
    assert (dispute.cell, dispute.relation) == ("arlen.killed", "contradicts")
    assert {answer.value.best: [it.id for it in answer.claims] for answer in dispute.weighed.question.answers} == {
        15: ["b"],
        50: ["own"],
    }


def test_a_relay_printed_after_the_revision_is_a_relay_of_the_old_figure() -> None:
    told = [
        raid("a", persons(best=50), 9, origin="wire"),
        raid("b", persons(best=15), 11, origin="wire"),
        raid("late", persons(best=50), source="herald", origin="wire"),
    ]
    assert figure(record(*told)) == (persons(best=15), ("b",))
    again = evolve(told[2], said=raid("x", None, 12).said)
    assert figure(record(*told[:2], again)) == (persons(best=50), ("a", "late"))


def test_colleagues_of_one_party_do_not_replace_each_other() -> None:
    told = [
        raid("a", persons(best=50), 9, said_by="marshal"),
        raid("b", persons(best=15), 11, said_by="colonel"),
    ]
    (dispute,) = record(*told).disputes().disputes
    assert len(dispute.weighed.question.answers) == 2


def test_a_voice_that_counts_anew_without_an_episode_speaks_of_the_same_event() -> None:
    told = [
        evolve(raid(name, persons(best=best), date), episode="") for name, best, date in (("a", 50, 9), ("b", 5, 11))
    ]
    assert figure(record(*told)) == (persons(best=5), ("b",))


@pytest.mark.parametrize(
    ("one", "other", "relation"),
    [
        (persons(45, None, 55), persons(best=250), "contradicts"),
        (persons(best=1500), persons(1500, None, 2500), None),
        (persons(1000, None, 2000), persons(1500, None, 2500), "tension"),
    ],
)
def test_bounds_are_compared_and_each_figure_is_credited_to_who_gave_it(
    one: Quantity, other: Quantity, relation: str | None
) -> None:
    whole = record(raid("a", one), raid("b", other, source="courier"))
    assert [dispute.relation for dispute in whole.disputes().disputes if dispute.cell == "arlen.killed"] == (
        [relation] if relation else []
    )
    assert figure(whole) == (one, ("a",))
    (entry,) = [it for it in whole.log() if isinstance(it.event, Attacked)]
    line = entry_answer(entry, GROUND)
    assert line["because"] == ["a", "b"]
    assert (line["credit"]["killed"], line["credit"]["by"]) == (["a"], ["a", "b"])
    words = who_says(entry, whole, Lens())
    assert words.startswith("gazette A1 (killed: ") and "; courier C1 (killed: " in words


def test_what_one_alone_says_is_credited_to_it() -> None:
    with_means = Attacked(ARLEN, (NORTH,), REBELS, means="air", wounded=persons(best=3))
    whole = record(raid("a", persons(best=5)), raid("b", None, source="courier", content=with_means))
    (entry,) = [it for it in whole.log() if isinstance(it.event, Attacked)]
    credit = entry_answer(entry, GROUND)["credit"]
    assert (credit["killed"], credit["means"], credit["wounded"]) == (["a"], ["b"], ["b"])
    assert who_says(entry, whole, Lens()) == "gazette A1 (killed: 5 persons); courier C1 (wounded: 3 persons)"


def test_no_number_stands_beside_the_names_of_those_alone_who_gave_none() -> None:
    """The two heaviest voices give no number, and a third the dead of one side: it is named, with its number."""
    of_rebels = Attacked(ARLEN, (NORTH,), REBELS, killed_of={"rebels": persons(best=57)})  # type: ignore[dict-item]
    whole = record(
        raid("a", None),
        raid("b", None, source="courier"),
        raid("c", None, source="herald", content=of_rebels),
    )
    (entry,) = [it for it in whole.log() if isinstance(it.event, Attacked)]
    assert who_says(entry, whole, Lens()) == "herald E1 (killed of the rebels: 57 persons); gazette A1; 1 more"


def test_the_dead_of_each_side_are_credited_apart() -> None:
    by_side = [
        Attacked(ARLEN, (NORTH,), REBELS, killed_of={"rebels": persons(best=9), "north": persons(best=1)}),  # type: ignore[dict-item]
        Attacked(ARLEN, (NORTH,), REBELS, killed_of={"rebels": persons(best=20)}),  # type: ignore[dict-item]
    ]
    told = [raid("a", None, content=by_side[0], source="courier"), raid("b", None, content=by_side[1])]
    whole = record(*told)
    (entry,) = [it for it in whole.log() if isinstance(it.event, Attacked)]
    assert isinstance(entry.event, Attacked)
    assert {side: number.best for side, number in entry.event.killed_of.items()} == {"north": 1, "rebels": 20}
    credit = entry_answer(entry, GROUND)["credit"]
    assert (credit["killed_of.north"], credit["killed_of.rebels"]) == (["a"], ["b"])


def test_how_many_fled_and_how_many_kilometres_are_questions_of_their_own() -> None:
    def fled(name: str, number: Quantity) -> Claim:
        event = Fled(PlaceId("dell"), ActorId("rebels"), number=number)
        return claim(name, event, day(10), episode="flight", source=name)

    def lies(name: str, km: float, of: str = "arlen") -> Claim:
        event = PlaceDescribed(PlaceId("dell"), "location", "down the road", AreaId(of), Quantity("km", best=km))
        return claim(name, event, None, episode="map", source=name)

    few, many = Quantity("men", low=40, high=60), Quantity("men", low=200)
    rivals = record(fled("gazette", few), fled("courier", many), lies("herald", 15), lies("partisan", 30))
    disputed = {dispute.cell: dispute.relation for dispute in rivals.disputes().disputes}
    assert disputed["rebels@dell.fled"] == "contradicts"
    assert disputed["dell.km.location.arlen"] == "contradicts"
    assert rivals.state().get("rebels@dell", "fled") == few
    fitting = record(
        fled("gazette", few),
        fled("courier", Quantity("men", best=50)),
        lies("herald", 15),
        lies("partisan", 30, "corve"),
    )
    assert not fitting.disputes().disputes


PIECES = {
    name: Source(name, outlet, Dated(span(day(number))), Reliability("B", AsOf(0), ""))
    for name, outlet, number in (("first", "The Wire", 10), ("paper", "The Paper", 14), ("last", "the wire", 20))
}


def in_pieces(*tolls: tuple[str, int, str]) -> Record:
    """A record of one raid: by piece the men killed, and the body that it relays, of whichever piece."""
    claims = [raid(source, persons(best=best), source=source, origin=origin) for source, best, origin in tolls]
    return Record(GROUND, evolve(heard(*claims), sources=PIECES, origins=WIRE), ("record",), "", Path())


WIRE = {"wire": Origin("wire", "The Wire")}


@pytest.mark.parametrize("origins", [("first", "last"), ("wire", "last"), ("first", "wire"), ("wire", "wire")])
def test_a_later_piece_of_an_outlet_replaces_the_figure_of_its_earlier_one_and_its_relays(
    origins: tuple[str, str],
) -> None:
    for relayed in (50, 55):
        whole = in_pieces(("first", 50, origins[0]), ("paper", relayed, origins[0]), ("last", 90, origins[1]))
        assert figure(whole) == (persons(best=90), ("last",))
        assert whole.disputes().disputes == ()
        assert figure(whole, day(10)) == (persons(best=50), ("first",))


def test_a_relay_of_a_piece_replaces_no_figure_of_that_piece() -> None:
    whole = in_pieces(("first", 50, "first"), ("paper", 90, "first"))
    (dispute,) = whole.disputes().disputes
    assert [answer.value.best for answer in dispute.weighed.question.answers] == [50, 90]
    assert figure(whole) == (persons(best=50), ("first",))


def test_another_outlet_replaces_no_figure() -> None:
    assert len(in_pieces(("first", 50, "first"), ("paper", 90, "paper")).disputes().disputes) == 1
