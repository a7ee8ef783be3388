"""What happens in a story is told in sentences, and the numbers that it draws have names that people understand."""

from __future__ import annotations

import re

import pytest

from situation.events import EVENTS, ActorId, ClashStepped, PlaceId, Triggered
from situation.log.number_words import LABELS, number_in_words
from situation.log.story_words import MECHANICAL, event_in_words, force_in_words, name_in_words
from situation.scenario.numbers import NUMBERS
from tests.browser.valley_page import side


def test_a_ladder_and_a_trigger_are_told_in_names() -> None:
    (_, _, _, _), record = side()
    ground = record.ground
    step = ClashStepped(actor=ActorId("north"), toward=ActorId("south"), place=PlaceId("dell"), rung=4)
    assert event_in_words(step, ground) == "An open confrontation between the North and the South at Dell"
    assert event_in_words(Triggered("plan/far-march"), ground) == 'The plan "far march" goes ahead'
    assert "does not come about" in event_in_words(Triggered("plan/far-march", happens=False), ground)


def test_bodies_of_men_are_told_by_side_and_place() -> None:
    ground = side()[1].ground
    assert force_in_words("rebels@dell", ground).endswith("men at Dell")
    assert force_in_words("column/rebels/dell/corve/1/rebels@dell", ground).endswith("men who fled Dell")
    assert force_in_words("far-column", ground) == 'the force "far column"'
    assert name_in_words("plan/far-march") == "far march"


def test_mechanical_events_are_kinds_that_there_are() -> None:
    assert set(EVENTS) >= MECHANICAL
    assert not any(getattr(EVENTS[name], "reported", True) for name in MECHANICAL)


UNITS = {
    "battles": "battles",
    "casualties per hidden fighter and day": "losses a day .* each man in hiding",
    "coefficient of variation": "spread",
    "days": "^days",
    "days of supply": "^days of supply",
    "incidents per incident": "^incidents that one incident",
    "km": "^km",
    "km per day": "^km a day",
    "km2 per 1,000 troops and day": "^km² a day .* 1,000 men",
    "links": "^links",
    "log days": "^spread of the time",
    "log ratio": "^spread",
    "log share": "^spread",
    "per day": "a day",
    "persons": "^men",
    "persons per attacker": "^men .* each attacker",
    "persons per day": "a day",
    "persons per km": "^men .* on a km",
    "persons per town": "^men .* a town",
    "power": "^power",
    "ratio": "^how many times",
    "share": "share|^chance that",
    "share lost": "^share lost",
    "share of starting strength": "^share",
    "share of the force": "share of a force",
}
"""By the unit of a number, what its words must say."""


def test_every_number_has_words_and_they_say_its_unit() -> None:
    assert set(LABELS) == set(NUMBERS)
    assert {prior.unit for prior in NUMBERS.values()} == set(UNITS)
    wrong = [
        f"{name}: '{words}' does not say {NUMBERS[name].unit}"
        for name, words in LABELS.items()
        if not re.search(UNITS[NUMBERS[name].unit], words)
    ]
    assert wrong == []


def test_no_number_takes_the_words_of_another_unit() -> None:
    for name, words in LABELS.items():
        unit = NUMBERS[name].unit
        assert words.startswith("days") == unit.startswith("days"), name
        assert ("a day" in words) == ("per day" in unit or "and day" in unit), name
        assert bool(re.search("share|^chance that", words)) == unit.startswith("share"), name


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("clash_rate", LABELS["clash_rate"]),
        ("clash_rate.north:south", f"{LABELS['clash_rate']}, the North and the South"),
        ("column", "the North's column at Arlen"),
        ("rebel-camp", "the rebels' men in hiding at the Dunes"),
        ("rest", "rest"),
        ("far-march", "far march"),
    ],
)
def test_a_number_is_named_by_what_it_is_about(name: str, words: str) -> None:
    (_, _, as_run, _), record = side()
    told = number_in_words(name, as_run["forces"], record.ground)
    assert told.lower() == words.lower()


def test_words_of_a_number_are_short() -> None:
    assert all(len(words) <= 70 for words in LABELS.values())
