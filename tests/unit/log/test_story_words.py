"""What happens in a story is told in sentences."""

from __future__ import annotations

from situation.events import EVENTS, ActorId, ClashStepped, PlaceId, Triggered
from situation.log.given_names import name_in_words
from situation.log.story_subjects import force_in_words
from situation.log.story_words import MECHANICAL, event_in_words
from situation.log.value_words import count_in_words
from tests.browser.valley_page import side


def test_a_ladder_and_a_trigger_are_told_in_names() -> None:
    (_, _, _, _), record = side()
    ground = record.ground
    step = ClashStepped(actor=ActorId("north"), toward=ActorId("south"), place=PlaceId("dell"), rung=4)
    assert event_in_words(step, ground) == "An open confrontation between the North and the South at Dell"
    assert event_in_words(Triggered("plan/far-march"), ground) == 'The plan "far march" goes ahead'
    assert "does not go ahead" in event_in_words(Triggered("plan/far-march", happens=False), ground)
    assert event_in_words(Triggered("guns", happens=False), ground) == 'The scenario\'s "guns" did not come about'


def test_bodies_of_men_are_told_by_side_and_place() -> None:
    ground = side()[1].ground
    assert force_in_words("rebels@dell", ground).endswith("men at Dell")
    assert force_in_words("column/rebels/dell/corve/1/rebels@dell", ground).endswith("men who fled Dell")
    assert force_in_words("far-column", ground) == 'the force "far column"'
    assert name_in_words("plan/far-march") == "far march"
    assert name_in_words("dell-column", ground) == "Dell column"
    assert name_in_words("rebels-leave-dell", ground) == f"{ground.name('rebels')} leave Dell"


def test_mechanical_events_are_kinds_that_there_are() -> None:
    assert set(EVENTS) >= MECHANICAL
    assert not any(getattr(EVENTS[name], "reported", True) for name in MECHANICAL)


def test_what_is_counted_takes_its_plural() -> None:
    things = ("mismatch", "more day", "story", "pair of stories", "loss")
    assert [count_in_words(1, thing) for thing in things] == [f"1 {thing}" for thing in things]
    many = ["2 mismatches", "2 more days", "2 stories", "2 pairs of stories", "2 losses"]
    assert [count_in_words(2, thing) for thing in things] == many
