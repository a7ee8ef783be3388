"""What a plan takes for a friend: handed over at once, held by those who took it, and counted for the friend."""

from __future__ import annotations

import pytest
from attrs import evolve

from situation.dates import DAY
from situation.ensemble.design import index_of
from situation.ensemble.summary import summary_of
from situation.ensemble.trace import trace
from situation.events import (
    ActorId,
    Attacked,
    BattleBegan,
    Captured,
    GarrisonPosted,
    HandedOver,
    PlaceId,
    StanceChanged,
)
from situation.log.entry import Ruled
from situation.log.story_words import event_in_words
from situation.scenario import Given, Plan, Question, Scenario
from situation.story.stage import stage_of
from situation.story.story import Story, tell
from situation.story.tally import tallies
from tests.unit.constructed import SEED, Valley, alone, fixed, men, the

FRIENDS = Given(StanceChanged(ActorId("north"), ActorId("south"), "coordinated"), at="2020-03-13")
WAR = Given(StanceChanged(ActorId("south"), ActorId("rebels"), "hostile"), at="2020-03-13")
QUESTIONS = {
    f"{ask}/{actor}": Question(ask, place=PlaceId("dell"), by=ActorId(actor))
    for ask in ("captured", "days until")
    for actor in ("north", "south")
}


def guests(plan: Valley, holds_for: str | None, friends: bool = True, **numbers: float) -> Scenario:
    """2,000 of the North go from Arlen on Dell, where 40 rebels stand and 300 hide, and hold it for somebody."""
    forces = {
        "column": men("north", "arlen", 2000, "field"),
        "town": men("rebels", "dell", 40),
        "hidden": men("rebels", "dell", 300, "hidden"),
    }
    host = None if holds_for is None else ActorId(holds_for)
    push = Plan(ActorId("north"), "advance", ("column",), (PlaceId("dell"),), holds_for=host)
    scenario = evolve(alone(plan[0], forces, {"push": push}), questions=QUESTIONS)
    if friends:
        scenario = evolve(scenario, given={"friends": FRIENDS})
    quiet = {"clash_rate": 0.0, "raid_rate": 0.0, "hunted": 0.0, "recapture_rate": 0.0, "holding_force": 300.0}
    quiet["holding_post"] = 0.3
    return fixed(scenario, **{**quiet, "speed__opposed": 5.0, "speed__light": 10.0, **numbers})


def told(scenario: Scenario, plan: Valley, index: int = 0) -> Story:
    return tell(stage_of(scenario, plan[1]), SEED, 0, 0, index)


def test_what_is_taken_for_a_friend_is_the_friends_at_once_and_its_takers_stay_to_hold_it(plan: Valley) -> None:
    story = told(guests(plan, "south"), plan)
    (taken,), (given,) = the(story, Captured, place="dell"), the(story, HandedOver)
    assert isinstance(given.event, HandedOver)
    assert (given.event.place, given.event.by, given.event.to, given.event.against) == (
        "dell", ("north",), "south", "rebels",
    )  # fmt: skip
    assert given.time == taken.time
    assert story.entries.index(given) > story.entries.index(taken)
    state = story.state(given.time)
    assert (state.get("dell", "holder"), state.get("dell", "status")) == ("south", "held")
    assert state.get("dell", "taken_by") == frozenset({"north"})
    (posted,) = the(story, GarrisonPosted)
    assert isinstance(posted.event, GarrisonPosted)
    assert (posted.event.actor, posted.event.number) == ("north", 90 + posted.event.searching)
    assert state.get("north@dell", "number") == posted.event.number
    assert not state.get("south@dell", "number")
    assert all(tally.conserved for tally in tallies(story.state(), plan[1].ground).values())


def test_the_questions_count_the_friend_from_that_minute_and_the_takers_too(plan: Valley) -> None:
    story = told(guests(plan, "south"), plan)
    answers = summary_of(story, index_of(0)).answers
    (given,) = the(story, HandedOver)
    days = (given.time - story.stage.scenario.at) / DAY
    assert answers == {
        "captured/north": 1.0, "captured/south": 1.0, "days until/north": days, "days until/south": days,
    }  # fmt: skip


@pytest.mark.parametrize(("holds_for", "friends"), [(None, True), ("south", False), ("rebels", True)])
def test_without_a_friend_to_hold_for_nothing_is_handed_over(
    plan: Valley, holds_for: str | None, friends: bool
) -> None:
    """No one is named; or the two only tolerate each other; or the one named is the enemy."""
    story = told(guests(plan, holds_for, friends), plan)
    assert the(story, Captured, place="dell")
    assert not the(story, HandedOver)
    answers = summary_of(story, index_of(0)).answers
    assert (answers["captured/north"], answers["captured/south"]) == (1.0, 0.0)
    assert story.state().get("dell", "holder") == "north"


def test_where_the_friend_itself_brought_the_most_men_it_takes_the_place(plan: Valley) -> None:
    """The South's 3,000 fight beside the North's 2,000: the place is theirs, and there is nothing to hand over."""
    joint = guests(plan, "south", leave_before_contact=0.0, speed__opposed=20.0, speed__unopposed=20.0)
    forces = {**joint.forces, "host": men("south", "corve", 3000, "field"), "town": men("rebels", "dell", 1500)}
    own = Plan(ActorId("south"), "advance", ("host",), (PlaceId("dell"),))
    joint = evolve(joint, forces=forces, given={**joint.given, "war": WAR}, doctrines={**joint.doctrines, "own": own})
    seen = set()
    for index in range(12):
        story = told(joint, plan, index)
        for taken in the(story, Captured, place="dell")[:1]:
            assert isinstance(taken.event, Captured)
            handed = bool(the(story, HandedOver))
            assert handed == (taken.event.by[0] == "north")
            assert story.state(taken.time).get("dell", "holder") == "south"
            seen.add((taken.event.by, handed))
    assert (("south", "north"), False) in seen


def test_a_place_handed_over_is_attacked_again_as_one_that_was_kept(plan: Valley) -> None:
    """At war with both, on the same luck, the rebels strike on the same day, and it is the takers' men that they meet."""
    struck = 0
    for index in range(20):
        pair = (
            guests(plan, host, recapture_rate=0.3, recapture_decay=20.0, hopeless_below=0.0) for host in ("south", None)
        )
        handed, kept = (told(evolve(one, given={**one.given, "war": WAR}), plan, index) for one in pair)
        first, other = (the(story, Attacked, place="dell")[:1] for story in (handed, kept))
        assert [entry.time for entry in first] == [entry.time for entry in other]
        for entry in first:
            assert isinstance(entry.event, Attacked)
            assert (entry.event.by, entry.event.against) == (("rebels",), "south")
            (parent,) = the(handed, HandedOver)[:1]
            assert isinstance(entry.cause, Ruled)
            assert entry.cause.parents == (parent.id,)
            begun = next(later for later in the(handed, BattleBegan, place="dell") if later.time == entry.time)
            assert isinstance(begun.event, BattleBegan)
            assert begun.event.fight.defender == "south"
            state = handed.state(entry.time - 1)
            column = state.get("column", "number") if state.get("column", "place") == "dell" else 0
            assert begun.event.fight.defenders_start == state.get("north@dell", "number") + column
            struck += 1
    assert struck >= 6


def test_the_handing_over_is_told_and_traced_back_to_the_capture(plan: Valley) -> None:
    story = told(guests(plan, "south"), plan)
    (taken,), (given,) = the(story, Captured, place="dell"), the(story, HandedOver)
    assert event_in_words(given.event, plan[1].ground) == "The North handed Dell over to the South"
    step = trace(story, "dell.holder", story.until).step
    assert step is not None
    assert step.entry == given
    assert [parent.entry.event for parent in step.parents] == [taken.event, FRIENDS.event]
    assert isinstance(given.cause, Ruled)
    assert given.cause.rule == "holds for a friend"


def test_only_the_objectives_of_the_plan_that_holds_for_a_friend_are_handed_over(plan: Valley) -> None:
    """The same column has a plan of its own on Dell; what it means to hold for the South is Corve's mill alone."""
    scenario = guests(plan, None)
    later = Plan(ActorId("north"), "hold", ("column",), (PlaceId("corve-mill"),), holds_for=ActorId("south"))
    story = told(evolve(scenario, doctrines={**scenario.doctrines, "later": later}), plan)
    assert the(story, Captured, place="dell")
    assert not the(story, HandedOver)
    assert story.state().get("dell", "holder") == "north"
