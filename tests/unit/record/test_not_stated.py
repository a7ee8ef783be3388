"""What a source leaves out is not stated, and never a default: sides, places, means, directions, whose dead they are."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from attrs import evolve

from situation.events import ActorId, AreaId, Attacked, CeasefireAgreed, CiviliansKilled, PlaceId, Quantity, Side
from situation.log.entry import Reported
from situation.log.record_words import sentence
from situation.record.answers.claims import claims_answer
from situation.record.answers.state import Lens, disputes_answer, entry_answer, state_answer
from situation.record.record import Record
from situation.record.warnings.doubts import doubts_of
from tests.unit.small import Small, small_ground
from tests.unit.spoken import claim, record

GROUND = small_ground()
NORTH, SOUTH, REBELS = ActorId("north"), ActorId("south"), ActorId("rebels")
GUARD, ARLEN, VALLEY = ActorId("north-guard"), PlaceId("arlen"), AreaId("valley")


def read(folder: Path, *asserted: str) -> Record:
    """The valley with claims of events more, written as a person writes them."""
    lines = [
        f"  - {{id: N-{number}, source: courier, says: told, happened: 2020-03-12, asserts: {{{text}}}}}\n"
        for number, text in enumerate(asserted)
    ]
    return Small(folder).add("record.yaml", "".join(lines)).load()


def row(whole: Record, name: str = "N-0") -> dict[str, Any]:
    return next(row for row in claims_answer(whole, Lens()) if row["id"] == name)


@pytest.mark.parametrize("by", ["by: [unknown], ", ""])
def test_an_attacker_whom_nobody_names_is_nobody(by: str, tmp_path: Path) -> None:
    whole = read(tmp_path, f"event: Attacked, place: arlen, {by}against: rebels")
    (entry,) = [entry for entry in whole.log() if isinstance(entry.event, Attacked)]
    fields = entry_answer(entry, GROUND)["fields"]
    assert row(whole)["fields"]["by"] is None and fields["by"] is None and fields["means"] is None
    assert entry.event.actors == ()
    state = whole.state()
    assert state.get("arlen", "attacked_by") is None
    assert state.get("arlen", "parties") == {"rebels"}
    assert sentence(entry.event, GROUND) == "attackers who are not named hit the rebels at Arlen"


def test_an_attack_at_a_place_that_nobody_names_changes_no_place(tmp_path: Path) -> None:
    whole = read(tmp_path, "event: Attacked, by: [north], against: rebels, killed: {low: 3, unit: persons}")
    before = read(tmp_path)
    assert row(whole)["place"] is None
    assert state_answer(whole, None, Lens())["places"] == state_answer(before, None, Lens())["places"]
    assert whole.state().get("north+rebels@somewhere", "killed") == Quantity("persons", low=3)
    assert whole.why("north+rebels@somewhere.killed").supporting[0].claim.id == "N-0"


def test_an_event_in_an_area_writes_the_cells_of_the_area_alone(tmp_path: Path) -> None:
    whole = read(
        tmp_path,
        "event: Attacked, place: valley, by: [north], against: rebels",
        "event: Captured, place: lowlands, by: [north], against: rebels",
    )
    before = read(tmp_path)
    assert row(whole)["place"] == "valley"
    assert state_answer(whole, None, Lens())["places"] == state_answer(before, None, Lens())["places"]
    assert whole.state().get("valley", "attacked_by") == {"north"}
    assert whole.state().get("lowlands", "holder") == "north"


def test_an_area_that_is_taken_wholly_is_taken_with_every_place_in_it(tmp_path: Path) -> None:
    whole = read(tmp_path, "event: Captured, place: lowlands, by: [north], against: rebels, wholly: true")
    places = whole.state().places
    assert {places[name].holder for name in ("dell", "dunes", "lowlands")} == {"north"}
    assert places["arlen"].holder != "rebels"  # taken on the 10th, by others


def test_a_fight_without_direction_is_the_same_as_one_with_it_and_leaves_the_direction_to_it() -> None:
    told = record(
        claim("clash", Attacked(ARLEN, between=(NORTH, REBELS)), episode=""),
        claim("raid", Attacked(ARLEN, (GUARD,), REBELS, "ground"), source="courier", episode=""),
    )
    (entry,) = [entry for entry in told.log() if isinstance(entry.event, Attacked)]
    assert entry.cause.claims == ("clash", "raid")
    assert entry.event == Attacked(ARLEN, (GUARD,), REBELS, "ground")
    assert told.state().get("arlen", "direction") == (("north",), "rebels")
    assert told.disputes().disputes == ()


def test_who_attacked_whom_can_be_what_sources_disagree_on() -> None:
    told = record(
        claim("one", Attacked(ARLEN, (NORTH,), REBELS), episode="fray"),
        claim("other", Attacked(ARLEN, (REBELS,), NORTH), source="courier", episode="fray"),
    )
    found = {row["question"]: row["relation"] for row in disputes_answer(told, Lens())["disputes"]}
    assert found["arlen.direction (fray)"] == "contradicts"
    assert "arlen.parties (fray)" not in found


def test_a_fight_has_direction_or_sides_and_not_both(tmp_path: Path) -> None:
    small = Small(tmp_path).add(
        "record.yaml",
        "  - {id: N-0, source: courier, says: told, happened: 2020-03-12, asserts: "
        "{event: Attacked, by: [north], between: [north, rebels]}}\n",
    )
    assert small.problems() == [
        f"{small.at('record.yaml', 'between')}: 'between' stands beside 'by' or 'against'. Write by and against where it is "
        "said who attacked, else between."
    ]


@pytest.mark.parametrize(
    ("written", "what"),
    [
        ("event: Attacked, by: [north, unknown]", "'unknown' stands beside names."),
        ("event: Attacked, between: [north]", "'between' names one side."),
        ("event: Attacked, by: [nort]", "There is no actor 'nort'. Did you mean 'north'?"),
        ("event: Attacked, place: arlenn", "There is no place or region 'arlenn'. Did you mean 'arlen'?"),
        ("event: Attacked, killed_of: {nort: {best: 1, unit: men}}", "There is no side 'nort'. Did you mean 'north'?"),
        ("event: Attacked, killed_of: {civilian: {best: 1, unit: men}}", "Did you mean 'civilians'?"),
        ("event: Attacked, mean: air", "Attacked has no key 'mean'. Did you mean 'means'?"),
        ("event: Withdrew, place: arlen, by: [unknown]", "The list 'by' is empty."),
        ("event: StrengthAssessed, actor: unknown, place: arlen, number: {best: 1, unit: men}", "It must be said who"),
    ],
)
def test_what_is_written_wrongly_of_sides_is_told_with_the_near_miss(written: str, what: str, tmp_path: Path) -> None:
    small = Small(tmp_path).add(
        "record.yaml",
        f"  - {{id: N-0, source: courier, says: told, happened: 2020-03-12, asserts: {{{written}}}}}\n",
    )
    (problem,) = small.problems()
    assert what in problem and problem.startswith("record.yaml:")


def test_no_map_may_name_a_thing_for_what_nobody_names(tmp_path: Path) -> None:
    small = Small(tmp_path).plant("map.yaml", "{id: dell, name: Dell", "{id: unknown, name: Dell")
    assert any("'unknown' cannot be an id: it stands for what no source names." in it for it in small.problems())


def test_the_dead_of_each_side_are_cells_of_their_own_and_units_count_for_their_root() -> None:
    men = Quantity("men", best=4)
    event = Attacked(
        ARLEN,
        (NORTH,),
        REBELS,
        killed=Quantity("persons", low=20, high=30),
        killed_of={
            Side("north"): men,
            Side("north-guard"): Quantity("men", low=1, high=2),
            Side("civilians"): Quantity("persons", low=3),
            Side("unknown"): Quantity("persons", best=0),
        },
        wounded_of={Side("rebels"): Quantity("men", high=9)},
    )
    state = record(claim("told", event)).state()
    assert state.get("arlen", "killed") == Quantity("persons", low=20, high=30)
    assert state.get("arlen", "killed_of.north") == Quantity("men", low=5, high=6)
    assert state.get("arlen", "killed_of.civilians") == Quantity("persons", low=3)
    assert state.get("arlen", "wounded_of.rebels") == Quantity("men", high=9)
    assert state.get("arlen", "killed_of.rebels") is None
    assert sentence(event, GROUND) == (
        "the North attacked the rebels at Arlen, 20 to 30 persons killed, 4 men of the North killed, 1 to 2 men of the "
        "North Guard killed, at least 3 civilians among them, 0 persons of a side that is not named killed, "
        "at most 9 men of the rebels wounded"
    )


def test_the_dead_of_the_one_side_that_is_counted_are_told_once() -> None:
    persons, men = Quantity("persons", best=16), Quantity("men", best=16)
    alone = Attacked(AreaId("arlen"), (NORTH,), REBELS, killed=persons, killed_of={Side("rebels"): men})
    assert sentence(alone, GROUND) == "the North attacked the rebels at Arlen, 16 men of the rebels killed"
    civilians = Attacked(AreaId("arlen"), (NORTH,), killed=persons, killed_of={Side("civilians"): persons})
    assert sentence(civilians, GROUND) == "the North attacked at Arlen, 16 civilians killed; against whom is not said"
    rebels = evolve(GROUND.actors[REBELS], name="Yakub's men")
    ground = evolve(GROUND, actors={**GROUND.actors, REBELS: rebels})
    assert (
        sentence(evolve(alone, killed=None), ground)
        == "the North attacked Yakub's men at Arlen, 16 of Yakub's men killed"
    )


@pytest.mark.parametrize(
    ("sides", "doubted"),
    [
        ("north: 8, rebels: 20", True),  # more than in all
        ("north: 2, rebels: 3", False),  # the others may have been civilians
        ("north: 2, rebels: 3, civilians: 1", True),
        ("north: 2, rebels: 3, civilians: 15", False),
        ("north: 30", True),  # one side alone has more than all
        ("north: 5", False),  # not every side is given
    ],
)
def test_a_total_is_held_against_the_least_of_the_sides_given_and_the_most_of_them_all(
    sides: str, doubted: bool, tmp_path: Path
) -> None:
    counts = ", ".join(
        f"{side}: {{best: {n}, unit: men}}" for side, n in (pair.split(": ") for pair in sides.split(", "))
    )
    toll = f"killed: {{best: 20, unit: persons}}, killed_of: {{{counts}}}"
    whole = read(tmp_path, f"event: Attacked, place: arlen, by: [north], against: rebels, {toll}")
    facts = [doubt.fact for doubt in doubts_of(whole)]
    assert any("In all 20 persons were killed, and by side" in fact for fact in facts) == doubted


def test_a_sum_gives_no_bound_that_one_of_its_parts_does_not_give() -> None:
    assert Quantity("men", best=4).plus(Quantity("men", best=3)) == Quantity("men", best=7)
    assert Quantity("men", low=5).plus(Quantity("men", best=3)) == Quantity("men", low=8)
    assert Quantity("men", high=5).plus(Quantity("men", 1, 2, 3)) == Quantity("men", low=1, high=8)


def test_civilians_killed_by_nobody_known_in_no_number_known_are_said_to_be_so() -> None:
    assert sentence(CiviliansKilled(ARLEN), GROUND) == "civilians were killed in Arlen; by whom is not said"
    some = CiviliansKilled(None, (SOUTH,), Quantity("civilians", low=24), "shelling")
    assert sentence(some, GROUND) == "the South killed at least 24 civilians, at a place that is not named (shelling)"
    told = record(claim("one", some), claim("two", CiviliansKilled(ARLEN, (SOUTH,))))
    assert told.state().get("south@somewhere", "civilians_killed") == Quantity("civilians", low=24)
    assert told.state().get("arlen", "civilians_killed_by") == {"south"}


def test_who_killed_civilians_is_told_by_whoever_names_them_though_another_number_is_accepted() -> None:
    ten, nine = Quantity("civilians", best=10), Quantity("civilians", best=9)
    whole = record(
        claim("count", CiviliansKilled(ARLEN, number=nine), source="gazette", episode=""),
        claim("names", CiviliansKilled(ARLEN, (NORTH,), ten), source="courier", episode=""),
    )
    (entry,) = [entry for entry in whole.log() if isinstance(entry.event, CiviliansKilled)]
    assert sentence(entry.event, GROUND) == "the North killed 9 civilians in Arlen"
    assert isinstance(entry.cause, Reported)
    assert {name: entry.cause.credit[name] for name in ("by", "number")} == {"by": ("names",), "number": ("count",)}
    assert whole.state().get("arlen", "civilians_killed_by") == {"north"}
    named = record(
        claim("fight", Attacked(ARLEN, against=REBELS), episode="one"),
        claim("k", CiviliansKilled(ARLEN, (NORTH,), ten), episode="one"),
    )
    (fight,) = [entry for entry in named.log() if isinstance(entry.event, Attacked)]
    assert NORTH not in fight.event.actors


def test_what_two_share_may_be_asked_in_either_order() -> None:
    agreed = CeasefireAgreed(between=(NORTH, REBELS))
    whole = record(claim("truce", agreed, episode=""))
    assert (
        whole.why("rebels:north.agreement").cell == whole.why("north:rebels.agreement").cell == "north:rebels.agreement"
    )
    assert whole.why("rebels:north.stance").cell == "rebels:north.stance"
