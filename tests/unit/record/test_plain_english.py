"""Sentences as a newspaper would print them: one man, civilians among the dead, who attacked whom, and who denied it."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from situation.commands.cli import main
from situation.events import ActorId, Attacked, PlaceId, PrisonersTaken, Quantity, Side
from situation.log.record_words import sentence
from situation.log.value_words import amount, value_in_words
from situation.record.answers.origins import course_answer, find_course
from situation.record.answers.state import Lens
from situation.record.warnings.doubts import doubts_of
from tests.unit.small import Small, small_ground

GROUND = small_ground()
DELL, NORTH, REBELS = PlaceId("dell"), ActorId("north"), ActorId("rebels")
FORTY = Quantity("civilians", best=40)


@pytest.mark.parametrize(
    ("quantity", "words"),
    [
        (Quantity("men", best=1), "1 man"),
        (Quantity("civilians", low=1), "at least 1 civilian"),
        (Quantity("persons", high=1), "at most 1 person"),
        (Quantity("families", best=1), "1 family"),
        (Quantity("troops", best=1), "1 soldier"),
        (Quantity("men", low=0, high=1), "0 to 1 men"),
        (Quantity("men", best=21), "21 men"),
        (Quantity("percent", best=1), "1 percent"),
    ],
)
def test_one_is_told_as_one(quantity: Quantity, words: str) -> None:
    assert amount(quantity) == words


@pytest.mark.parametrize(
    ("killed", "unit", "words"),
    [
        (Quantity("persons", best=100), "civilians", "100 persons killed, 40 civilians among them"),
        (Quantity("persons", best=100), "persons", "100 persons killed, 40 civilians among them"),
        (None, "civilians", "40 civilians killed"),
        (None, "persons", "40 civilians killed"),
    ],
)
def test_civilians_are_among_the_dead_or_are_the_dead(killed: Quantity | None, unit: str, words: str) -> None:
    event = Attacked(DELL, (NORTH,), REBELS, killed=killed, killed_of={Side("civilians"): Quantity(unit, best=40)})
    assert sentence(event, GROUND) == f"the North attacked the rebels at Dell, {words}"


def test_one_man_is_taken_prisoner() -> None:
    taken = PrisonersTaken(DELL, (NORTH,), REBELS, Quantity("men", best=1))
    assert sentence(taken, GROUND) == "the North took 1 man of the rebels prisoner at Dell"


def test_a_direction_says_who_attacked_whom() -> None:
    assert value_in_words((("north", "south"), "rebels"), GROUND) == "the North and the South against the rebels"


FELL = "{event: Captured, place: dell, by: [south], against: rebels}"


def denied(folder: Path, day: str) -> Small:
    """A fall that one outlet tells of and another denies, of a day or days."""
    small = Small(folder)
    small.add("record.yaml", f"  - {{id: E-1, source: gazette, paragraph: 1, happened: 2020-03-05, asserts: {FELL}}}\n")
    small.add("record.yaml", f"  - {{id: E-2, source: courier, happened: {day}, denies: {FELL}}}\n")
    return small


def test_who_denies_it_did_not_originate_it(tmp_path: Path) -> None:
    record = denied(tmp_path, "2020-03-05").load()
    answer = course_answer(find_course(record, "E-1", Lens()), record, Lens())
    roles = {row["claim"]: row["role"] for voice in answer["origins"] for row in voice["reports"]}
    assert roles == {"E-1": "originated", "E-2": "denied"}


def test_the_course_of_an_event_tells_of_what_time_each_report_speaks_and_when_it_was_out(tmp_path: Path) -> None:
    small = denied(tmp_path, "2020-03-04/2020-03-05")
    record = small.load()
    answer = course_answer(find_course(record, "E-1", Lens()), record, Lens())
    times = [(it["claim"], it["earliest"], it["latest"]) for voice in answer["origins"] for it in voice["reports"]]
    day = "2020-03-0{}T{}+02:00".format
    assert times == [("E-1", day(5, "00:00"), day(5, "23:59")), ("E-2", day(4, "00:00"), day(5, "23:59"))]
    words = CliRunner().invoke(main, ["claims", str(small.folder), "--event", "E-1"]).output
    for claim, time in (("E-1", "5 Mar 2020"), ("E-2", "4 to 5 Mar 2020")):
        out = record.ground.clock.spoken(record.testimony.sources[record.testimony.claims[claim].source].published.span)
        assert f"out {out}" in words
        assert f"(of {time})" in words


@pytest.mark.parametrize(("key", "warned"), [("origin", True), ("said_by", False)])
def test_a_speaker_under_origin_is_told_to_be_one_who_says_it(key: str, warned: bool, tmp_path: Path) -> None:
    told = f"{key}: mayor, source: courier, happened: 2020-03-05, asserts: {FELL}"
    record = Small(tmp_path).add("record.yaml", f"  - {{id: E-1, {told}}}\n").load()
    advice = "'mayor' is a speaker, and stands under 'origin'. Write 'said_by: mayor'; 'origin' is the body"
    assert (advice in " ".join(map(str, doubts_of(record)))) == warned


def test_the_state_shows_what_lies_within_a_place_under_it_wherever_the_map_lists_it(tmp_path: Path) -> None:
    small = Small(tmp_path)
    line = next(it for it in small.text("map.yaml").splitlines(keepends=True) if "{id: corve-mill," in it)
    small.plant("map.yaml", line, "").plant("map.yaml", "places:\n  - {id: arlen,", f"places:\n{line}  - {{id: arlen,")
    words = CliRunner().invoke(main, ["state", str(small.write().folder), "--at", "2020-03-02"]).output
    rows = [row for row in words.splitlines() if row.startswith(("Corve ", "  the Mill quarter "))]
    assert [row.split()[0] for row in rows] == ["Corve", "the"]


def test_what_one_number_for_all_leaves_of_another_for_a_side_is_not_known_and_not_nought(tmp_path: Path) -> None:
    small, raid = Small(tmp_path), "{event: Attacked, place: dell, by: [rebels], against: north"
    for name, source, toll in (
        ("R-1", "courier", "killed: {low: 24, high: 99, unit: men}"),
        ("R-2", "gazette", "killed_of: {north: {best: 6, unit: men}}"),
    ):
        line = f"  - {{id: {name}, source: {source}, paragraph: 1, happened: 2020-03-05, asserts: {raid}, {toll}}}}}\n"
        small.add("record.yaml", line)
    words = CliRunner().invoke(main, ["totals", str(small.write().folder), "--by", "actor"]).output
    (row,) = [row for row in words.splitlines() if row.startswith("side not stated")]
    assert row.split()[3:8] == ["-"] * 5
