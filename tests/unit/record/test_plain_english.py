"""Sentences as a newspaper would print them: one man, civilians among the dead, who attacked whom, and who denied it."""

from __future__ import annotations

from pathlib import Path

import pytest

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


def test_who_denies_it_did_not_originate_it(tmp_path: Path) -> None:
    small = Small(tmp_path)
    small.add("record.yaml", f"  - {{id: E-1, source: gazette, paragraph: 1, happened: 2020-03-05, asserts: {FELL}}}\n")
    small.add("record.yaml", f"  - {{id: E-2, source: courier, happened: 2020-03-05, denies: {FELL}}}\n")
    record = small.load()
    answer = course_answer(find_course(record, "E-1", Lens()), record, Lens())
    roles = {row["claim"]: row["role"] for voice in answer["origins"] for row in voice["reports"]}
    assert roles == {"E-1": "originated", "E-2": "denied"}


@pytest.mark.parametrize(("key", "warned"), [("origin", True), ("said_by", False)])
def test_a_speaker_under_origin_is_told_to_be_one_who_says_it(key: str, warned: bool, tmp_path: Path) -> None:
    told = f"{key}: mayor, source: courier, happened: 2020-03-05, asserts: {FELL}"
    record = Small(tmp_path).add("record.yaml", f"  - {{id: E-1, {told}}}\n").load()
    advice = "'mayor' is a speaker, and stands under 'origin'. Write 'said_by: mayor'; 'origin' is the body"
    assert (advice in " ".join(map(str, doubts_of(record)))) == warned
