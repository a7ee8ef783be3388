"""What the cells of stories are about is told in plain words; those of a record keep theirs."""

from __future__ import annotations

from pathlib import Path

import pytest

from situation.dates import Interval
from situation.events import ActorId, DefenderBroke, KilledOff, PlaceId, SearchDay, Withdrew
from situation.log.entry import Entry, Ruled
from situation.log.state import split_cell
from situation.log.story_subjects import subject_in_words
from situation.log.story_words import entry_in_words, event_in_words
from situation.log.value_words import cell_in_words
from situation.story.stage import stage_of
from situation.story.story import tell
from situation.story.world.reasons import Rule
from tests.unit.small import small_ground
from tests.unit.valley_stories import scenario_of, valley

GROUND = small_ground()
DELL, REBELS = PlaceId("dell"), ActorId("rebels")


@pytest.mark.parametrize(
    ("cell", "words"),
    [
        ("given:closed.fired", 'the scenario\'s condition "closed", whether it was met'),
        ("given:plan/far-march.fired", 'the plan "far march", whether it goes ahead'),
        ("order:column.verb", 'the order to the force "column", verb'),
        ("order:rebels@dell.due", "the order to the rebels' men at Dell, due"),
        ("battle:arlen-bridge.fight", "the battle for Arlen Bridge, fight"),
        ("search:dell.force", "the search of Dell, force"),
        ("return:dell:rebels:26460240.due", "the wounded of Dell, due"),
        ("north|arlen--dell.sealed", "the way from Arlen to Dell, to the North, closed"),
        ("column.number", 'the force "column", number'),
        ("column~dell.number", 'the column of the force "column" for Dell, number'),
        ("column/rebels/dell/dunes/1/rebels@dell.to", "the rebels' men who fled Dell, to"),
        ("push.paused_until", 'the plan "push", paused until'),
        ("push.turned.hold", 'the plan "push", turned to hold'),
        ("rebels.left", "the rebels, men who left the war"),
        ("rebels@dell.number", "the rebels at Dell, number"),
        ("dell.wounded", "Dell, wounded"),
        ("story.day", "story, day"),
        ("spring-push.hub", "the Spring Push, hub"),
    ],
)
def test_a_cell_of_a_story_has_words(cell: str, words: str) -> None:
    assert cell_in_words(cell, GROUND) == words


def test_no_cell_of_a_story_reads_as_its_id(tmp_path: Path) -> None:
    """Of all that four stories come to: a name with a sign in it has words, and no sign is left in them."""
    plan = scenario_of(valley(tmp_path))
    stories = [tell(stage_of(*plan), 3, run, run, run) for run in range(4)]
    cells = {cell for story in stories for cell in story.state(story.until).cells}
    apart = {cell for cell in cells if set(split_cell(cell)[0]) & set("/~|") or split_cell(cell)[0].count(":") > 1}
    assert len(apart) > 10
    for cell in apart:
        subject, attribute = split_cell(cell)
        assert not set(subject_in_words(subject, attribute, plan[1].ground) or "~") & set("/~|:@")


def test_a_place_that_nobody_was_left_to_hold_was_not_left_by_anybody() -> None:
    event = Withdrew(DELL, (REBELS,))

    def words(rule: str) -> str:
        return entry_in_words(Entry("it", 0, Interval(0, 0), event, Ruled(rule)), GROUND)

    assert words(Rule.NOBODY_LEFT.text) == "The rebels had no men left in Dell"
    assert words(Rule.ORDER.text) == "The rebels withdrew from Dell"


def test_sentences_hold_for_one_and_for_many() -> None:
    broke = [
        DefenderBroke(DELL, REBELS, "losses"),
        DefenderBroke(DELL, REBELS, "driven out"),
        DefenderBroke(DELL, REBELS, "yielded"),
    ]
    assert not any({"its", "itself", "was"} & {*event_in_words(it, GROUND).split()} for it in broke)
    killed = [event_in_words(KilledOff("rebels@dell", REBELS, DELL, many, True), GROUND) for many in (1, 2)]
    assert killed == ["1 man of the rebels was hunted down at Dell", "2 men of the rebels were hunted down at Dell"]
    assert event_in_words(SearchDay(DELL, (REBELS,), 0.66), GROUND) == "66 % of Dell is searched"
