"""The numbers that a story draws have words that people understand, and that say their unit."""

from __future__ import annotations

import re

import pytest

from situation.scenario.story_numbers import NUMBER_WORDS, NUMBERS, number_in_words
from tests.browser.valley_page import side

UNITS = {
    "battles": "battles",
    "casualties per hidden fighter and day": "losses a day .* each man in hiding",
    "coefficient of variation": "spread",
    "correlation": "^correlation",
    "days": "^days",
    "days of supply": "^days of supply",
    "incidents per incident": "^incidents that one incident",
    "km": "^km",
    "km per day": "^km a day",
    "km2 per 1,000 troops and day": "^km² a day .* 1,000 men",
    "links": "^links",
    "log days": "^spread of the time",
    "log rate": "^spread",
    "log ratio": "^spread",
    "log share": "^spread",
    "per day": "a day",
    "persons": "^men",
    "persons per enemy": "^men .* each of its enemies",
    "persons per day": "a day",
    "persons per km": "^men .* on a km",
    "persons per km2": "^men .* km²",
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
    assert set(NUMBER_WORDS) == set(NUMBERS)
    assert {prior.unit for prior in NUMBERS.values()} == set(UNITS)
    wrong = [
        f"{name}: '{words}' does not say {NUMBERS[name].unit}"
        for name, words in NUMBER_WORDS.items()
        if not re.search(UNITS[NUMBERS[name].unit], words)
    ]
    assert wrong == []


def test_no_number_takes_the_words_of_another_unit() -> None:
    for name, words in NUMBER_WORDS.items():
        unit = NUMBERS[name].unit
        assert words.startswith("days") == unit.startswith("days"), name
        assert ("a day" in words) == ("per day" in unit or "and day" in unit), name
        assert bool(re.search("share|^chance that", words)) == unit.startswith("share"), name


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("clash_rate", NUMBER_WORDS["clash_rate"]),
        ("clash_rate.north:south", f"{NUMBER_WORDS['clash_rate']}, the North and the South"),
        ("column", "the North's column at Arlen"),
        ("rebel-camp", "the rebels' men in hiding at the Dunes"),
        ("rest", "rest"),
        ("far-march", "far march"),
        ("quality.north", "how many times as well the North's men fight as others do"),
        ("regroup.running", f"{NUMBER_WORDS['regroup']}: running"),
    ],
)
def test_a_number_is_named_by_what_it_is_about(name: str, words: str) -> None:
    (_, _, as_run, _), record = side()
    told = number_in_words(name, as_run["forces"], record.ground)
    assert told.lower() == words.lower()


def test_a_number_that_only_its_scenario_names_says_its_unit() -> None:
    (_, _, as_run, _), record = side()
    assert number_in_words("far-march", as_run["forces"], record.ground, "km") == "far march (km)"


def test_words_of_a_number_are_short() -> None:
    assert all(len(words) <= 70 for words in NUMBER_WORDS.values())
