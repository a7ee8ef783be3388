"""Warnings on ways: a closure that nobody keeps does nothing, and a siege that the map leaves open is lifted."""

from __future__ import annotations

from pathlib import Path

import pytest

from situation.events import RouteOpened
from situation.log.entry import Ruled
from situation.log.story_words import entry_in_words
from situation.scenario.doubts import scenario_doubts
from situation.story.stage import stage_of
from situation.story.story import tell
from situation.story.world.reasons import Rule
from tests.unit.small import Small
from tests.unit.valley_stories import PLAN, scenario_of, valley


def warnings(small: Small) -> list[str]:
    scenario, record = scenario_of(small)
    return [str(it).rpartition("/")[2] for it in scenario_doubts(small.folder / "plan.yaml", scenario, None, record)]


def closing(folder: Path, link: str, by: str, when: str = "when: [{after: 1 d}]") -> Small:
    line = f"  shut: {{event: {{event: RouteSealed, link: {link}, by: [{by}]}}, {when}}}\n"
    return valley(folder).plant("plan.yaml", "given:\n", f"given:\n{line}")


@pytest.mark.parametrize(
    ("link", "by", "when", "warned"),
    [
        ("arlen--dell, against: rebels", "south", "when: [{after: 1 d}]", True),
        ("arlen--dell, against: rebels", "south-foot", "when: [{after: 1 d}]", True),
        ("arlen--dell, against: rebels", "north", "when: [{after: 1 d}]", False),
        ("arlen--dell, against: rebels", "north-guard", "when: [{after: 1 d}]", False),
        ("arlen--dell, against: rebels", "", "when: [{after: 1 d}]", False),
        ("arlen--dell, against: rebels", "south", "when: [{cell: dell.holder, is: south}]", False),
    ],
)
def test_a_closure_that_nobody_keeps_is_warned_of(tmp_path: Path, link: str, by: str, when: str, warned: bool) -> None:
    line = 2 + PLAN[: PLAN.index("given:\n")].count("\n")
    texts = [text for text in warnings(closing(tmp_path, link, by, when)) if "is to be closed by" in text]
    assert [text.startswith(f"plan.yaml:{line}:") for text in texts] == [True] * warned
    for text in texts:
        assert "neither Arlen nor Dell is in the hands of the South or a friend" in text
        assert "Name under 'by' who holds an end" in text


def test_a_story_says_that_nobody_keeps_the_way_closed(tmp_path: Path) -> None:
    scenario, record = scenario_of(closing(tmp_path, "arlen--dell, against: rebels", "south"))
    story = tell(stage_of(scenario, record), 3, 0, 0, 0)
    opened = [entry for entry in story.entries if isinstance(entry.event, RouteOpened)]
    assert [entry_in_words(entry, record.ground) for entry in opened] == [
        "The way from Arlen to Dell is open to the rebels again: nobody keeps it closed"
    ]
    assert isinstance(opened[0].cause, Ruled)
    assert opened[0].cause.rule == Rule.NOBODY_TO_CLOSE.text


def test_a_siege_with_a_way_out_by_the_map_is_warned_of(tmp_path: Path) -> None:
    assert not [text for text in warnings(valley(tmp_path)) if "besieged" in text]
    small = valley(tmp_path).plant("map.yaml", "dell: {holder: rebels", "dell: {holder: south")
    small.plant("plan.yaml", "actor: south, at: corve,", "actor: south, at: [corve, dell],")
    texts = [text for text in warnings(small) if "besieged" in text]
    assert len(texts) == 1
    assert texts[0].startswith("plan.yaml:7:")
    assert "the way to Dell ('dell--corve') is open to the men of the South there" in texts[0]
    shut = "  shut: {event: {event: RouteSealed, link: dell--corve, against: south}, when: [{after: 1 d}]}\n"
    small.plant("plan.yaml", "given:\n", f"given:\n{shut}")
    assert not [text for text in warnings(small) if "besieged" in text]
