"""Who stands beside whom (R4), attacks that are put off, and surprise (R3)."""

from __future__ import annotations

from typing import Any

import pytest
from attrs import evolve

from situation.chance.luck import Luck, Stream
from situation.dates import DAY, Duration, Interval
from situation.events import (
    ActorId,
    AreaSearched,
    Attacked,
    AttackPutOff,
    BattleBegan,
    Besieged,
    Captured,
    ColumnSighted,
    Event,
    GroundShared,
    LeftTheatre,
    MarchBegan,
    Melted,
    PlaceId,
    StanceChanged,
)
from situation.log.effects import changes
from situation.log.entry import Entry, Reported, Ruled
from situation.log.fold import Folding, fold
from situation.log.record_words import sentence
from situation.log.story_words import event_in_words
from situation.scenario import Plan, Scenario
from situation.scenario.parts import Condition, Given
from situation.story.stage import stage_of
from situation.story.story import Story, tell
from tests.oracles.fold.march.neighbours import ground_shared
from tests.oracles.fold.world import World
from tests.unit.constructed import SEED, Valley, alone, fixed, men, the

NORTH, SOUTH, REBELS = (ActorId(name) for name in ("north", "south", "rebels"))
DELL = PlaceId("dell")
PUSH = Plan(NORTH, "advance", ("column",), (DELL,))


def when(scenario: Scenario, *events: tuple[int, Event]) -> Scenario:
    """The scenario in which events are given after so many days."""
    given = {
        f"{number}": Given(it, (Condition(after=Duration(days * DAY)),)) for number, (days, it) in enumerate(events)
    }
    return evolve(scenario, given=given)


def told(scenario: Scenario, plan: Valley, days: int = 20, **numbers: float) -> Story:
    return tell(stage_of(fixed(scenario, clash_rate=0.0, **numbers), plan[1]), SEED, until=scenario.at + days * DAY)


def both_ways(stance: str) -> tuple[Event, Event]:
    return StanceChanged(NORTH, SOUTH, stance), StanceChanged(SOUTH, NORTH, stance)  # type: ignore[arg-type]


def test_friends_who_fall_out_share_the_place_and_enemies_fight_for_it(plan: Valley) -> None:
    """A southern column stands in the North's Arlen as a friend; then as a stranger; then as an enemy."""
    forces = {"guests": men("south", "arlen", 900, "field"), "posts": men("north", "arlen", 300)}
    friends, strangers, enemies = (both_ways(stance) for stance in ("allied", "neutral", "hostile"))
    scenario = when(
        alone(plan[0], forces),
        *((0, it) for it in friends),
        *((3, it) for it in strangers),
        *((8, it) for it in enemies),
    )
    story = told(scenario, plan)
    shared = the(story, GroundShared, place="arlen")[0]
    assert isinstance(shared.event, GroundShared)
    assert set(shared.event.by) == {"north", "south"}
    assert story.state(shared.time).places["arlen"].status == "mixed"
    assert set(story.state(shared.time).places["arlen"].holders) == {"north", "south"}
    assert "side by side" in event_in_words(shared.event, plan[1].ground)
    fought = the(story, BattleBegan, place="arlen")
    assert fought
    assert fought[0].time > shared.time + 4 * DAY


@pytest.mark.parametrize("goes", [LeftTheatre, Melted])
@pytest.mark.parametrize("ring", [0, 200])
def test_a_ringed_place_whose_men_are_gone_is_theirs_who_are_left(plan: Valley, goes: Any, ring: int) -> None:
    """Dell, ringed by the North: the North's if it stands in it, else nobody's; men in hiding hold nothing."""
    forces = {"town": men("rebels", "dell", 300), "ring": men("north", "dell", ring, "field")}
    start = told(alone(plan[0], forces), plan, 0)
    folding, luck = Folding(start.stage.ground, start.state()), Luck(SEED, 0, Stream.CHANCE)
    now = Interval(start.until, start.until)
    folding.apply(Entry("ring", start.until, now, Besieged(DELL, (NORTH,), REBELS), Ruled("a test")))
    assert not list(ground_shared(World(start.stage, folding.live, luck, start.until)))
    folding.apply(Entry("gone", start.until, now, goes("rebels@dell", REBELS, DELL, 300), Ruled("a test")))
    (left,) = ground_shared(World(start.stage, folding.live, luck, start.until))
    folding.apply(Entry("left", start.until, now, left.event, left.cause))
    dell = folding.taken().places["dell"]
    assert (dell.holders, dell.status, dell.besiegers) == (
        (("north",), "held", ()) if ring else ((), "ungarrisoned", ())
    )
    assert not list(ground_shared(World(start.stage, folding.live, luck, start.until)))


def test_a_place_that_two_share_is_theirs_who_remain(plan: Valley) -> None:
    forces = {"guests": men("south", "arlen", 900, "field"), "posts": men("north", "arlen", 300)}
    story = told(alone(plan[0], forces), plan, 2)
    assert story.state().places["arlen"].holders == ("north", "south")
    for gone, left in ((("guests", SOUTH, 900), "north"), (("north@arlen", NORTH, 300), "south")):
        folding, now = Folding(story.stage.ground, story.state()), Interval(story.until, story.until)
        event = LeftTheatre(gone[0], gone[1], PlaceId("arlen"), gone[2])
        folding.apply(Entry("gone", story.until, now, event, Ruled("a test")))
        world = World(story.stage, folding.live, Luck(SEED, 0, Stream.CHANCE), story.until)
        assert [one.event for one in ground_shared(world)] == [GroundShared(PlaceId("arlen"), (ActorId(left),))]


def test_friends_share_no_place(plan: Valley) -> None:
    forces = {"guests": men("south", "arlen", 900, "field"), "posts": men("north", "arlen", 300)}
    story = told(when(alone(plan[0], forces), *((0, it) for it in both_ways("allied"))), plan, 5)
    assert not the(story, GroundShared)


def test_an_attack_without_hope_is_put_off_and_told_once(plan: Valley) -> None:
    forces = {"column": men("north", "arlen", 100, "field"), "town": men("rebels", "dell", 2000)}
    story = told(alone(plan[0], forces, {"push": PUSH}), plan)
    (put_off,) = the(story, AttackPutOff)
    assert isinstance(put_off.event, AttackPutOff)
    assert put_off.event.ratio < 1 / 3
    words = 'The force "column" put off its attack on Dell, which it has no hope of taking'
    assert event_in_words(put_off.event, plan[1].ground) == words
    assert not the(story, MarchBegan, force="column")


def test_an_attack_with_hope_is_not_put_off(plan: Valley) -> None:
    forces = {"column": men("north", "arlen", 2000, "field"), "town": men("rebels", "dell", 200)}
    assert not the(told(alone(plan[0], forces, {"push": PUSH}), plan), AttackPutOff)


@pytest.mark.parametrize(("surprise", "struck"), [(1.0, False), (200.0, True)])
def test_who_would_retake_a_place_counts_on_surprise(plan: Valley, surprise: float, struck: bool) -> None:
    """Sixty in hiding do not come out against three thousand, unless surprise were worth very much."""
    forces = {
        "column": men("north", "arlen", 6000, "field"),
        "town": men("rebels", "dell", 1),
        "camp": men("rebels", "dell", 60, "hidden"),
    }
    push = alone(plan[0], forces, {"push": PUSH})
    story = told(push, plan, holding_force=3000.0, recapture_rate=300.0, estimate_sigma=0.0, surprise=surprise)
    assert the(story, Captured, place="dell")
    assert bool(the(story, Attacked, place="dell")) == struck


def test_a_column_over_a_desert_track_is_seen_later_than_one_on_a_road(plan: Valley) -> None:
    """The Dunes lie 30 km from Dell by a track: told from there, the column is seen when it is 25 km off."""
    forces = {"column": men("north", "dunes", 2000, "field"), "town": men("rebels", "dell", 200)}
    story = told(alone(plan[0], forces, {"push": PUSH}), plan)
    (seen,) = the(story, ColumnSighted, actor="rebels", place="dell")[:1]
    assert isinstance(seen.event, ColumnSighted)
    assert seen.event.km <= 25.0
    watched = told(alone(plan[0], forces, {"push": PUSH}), plan, sighted__unwatched=50.0)
    (early,) = the(watched, ColumnSighted, actor="rebels", place="dell")[:1]
    assert isinstance(early.event, ColumnSighted)
    assert early.event.km > 25.0
    assert early.time < seen.time


def test_a_reported_search_of_all_of_a_place_stands_until_it_is_taken_again(plan: Valley) -> None:
    ground, state = plan[1].ground, stage_of(*plan).state

    def entry(number: int, event: Event) -> Entry:
        return Entry(f"e{number}", number, Interval(number, number), event, Reported("latest", ("T1-01",)))

    partly = AreaSearched(DELL, (NORTH,), "arms")
    wholly = evolve(partly, wholly=True)
    assert "searched" not in {cell.rpartition(".")[2] for cell in partly.speaks(ground.root)}
    searched = fold((entry(1, Captured(DELL, (NORTH,), REBELS)), entry(2, wholly)), ground, state)
    assert searched.get("dell", "searched") == 1.0
    assert searched.places["dell"].status == "held"
    assert changes(entry(3, Captured(DELL, (REBELS,), NORTH)), searched, ground)["dell.searched"] is None
    assert sentence(wholly, ground) == "the North searched all of Dell for arms"
    assert sentence(partly, ground) == "the North searched Dell for arms"
