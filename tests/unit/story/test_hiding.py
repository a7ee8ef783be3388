"""Men in hiding on ground that an enemy holds: what their raids cost in a week, and how many of them are found (R6)."""

from __future__ import annotations

import math
from itertools import pairwise

import pytest
from attrs import evolve

from situation.dates import DAY
from situation.events import ActorId, KilledOff, Loss, Raided, StanceChanged, Surrendered, WoundedReturned
from situation.log.entry import Ruled
from situation.log.fold import Folding
from situation.log.story_words import event_in_words
from situation.scenario import Force, Given, Scenario
from situation.story.stage import stage_of
from situation.story.story import Story, tell
from situation.story.tally import tallies
from tests.unit.constructed import SEED, Valley, alone, fixed, men, near, the

HIDDEN, POSTS = 300, 200


def under(plan: Valley, hidden: float = HIDDEN, posts: float = POSTS, **numbers: float) -> Scenario:
    """Rebels in hiding in Arlen under a garrison of the North, and nobody else; no counter-attacks."""
    forces = {"hidden": men("rebels", "arlen", hidden, "hidden"), "posts": men("north", "arlen", posts)}
    still = {"recapture_rate": 0.0, "clash_rate": 0.0, "hunted": 0.0, "raid_rate": 0.0}
    return fixed(alone(plan[0], forces), **{**still, **numbers})


def told(scenario: Scenario, plan: Valley, days: int, runs: int = 1) -> list[Story]:
    return [
        tell(stage_of(scenario, plan[1]), SEED, 0, 0, index, until=scenario.at + days * DAY) for index in range(runs)
    ]


def lost(losses: tuple[Loss, ...]) -> tuple[int, int]:
    return sum(loss.killed for loss in losses), sum(loss.wounded for loss in losses)


def raids(story: Story) -> list[Raided]:
    return [entry.event for entry in the(story, Raided) if isinstance(entry.event, Raided)]


def test_a_garrison_loses_a_man_to_each_who_hides_at_a_steady_rate_a_week(plan: Valley) -> None:
    """Three weeks of Binomial(300, 1 - exp(-7 x rate)) each; of the casualties the killed are their usual share."""
    rate, killed, weeks, runs = 0.004, 0.3, 3, 120
    stories = told(under(plan, raid_rate=rate, killed_share=killed), plan, 7 * weeks + 1, runs)
    found = [lost(raid.losses) for story in stories for raid in raids(story)]
    dead, hurt = (sum(column) for column in zip(*found, strict=True))
    near(dead + hurt, runs * weeks * HIDDEN, 1.0 - math.exp(-7.0 * rate))
    near(dead, dead + hurt, killed)
    days = {entry.time for story in stories for entry in the(story, Raided)}
    assert [later - sooner for sooner, later in pairwise(sorted(days))] == [7 * DAY] * (weeks - 1)


def _counted(stories: list[Story], kind: type[KilledOff | Surrendered]) -> int:
    return sum(getattr(entry.event, "number", 0) for story in stories for entry in the(story, kind, hidden=True))


def test_searches_find_those_who_hide_at_a_steady_rate_and_take_a_share_alive(plan: Valley) -> None:
    """After three weeks 1 - exp(-21 x rate) of them are found: 0.3 of these are prisoners, the others dead."""
    rate, alive, weeks, runs = 0.004, 0.3, 3, 120
    stories = told(under(plan, hunted=rate, taken_alive=alive), plan, 7 * weeks + 1, runs)
    dead, taken = _counted(stories, KilledOff), _counted(stories, Surrendered)
    near(dead + taken, runs * HIDDEN, 1.0 - math.exp(-21.0 * rate))
    near(taken, dead + taken, alive)
    for story in stories:
        tally = tallies(story.state(), plan[1].ground)
        assert tally["rebels"].killed + tally["rebels"].surrendered + tally["rebels"].hidden == HIDDEN
        assert tally["north"].present == POSTS


def test_the_cause_of_a_raid_names_the_rule_its_chance_and_its_draw(plan: Valley) -> None:
    (story,) = told(under(plan, raid_rate=0.004), plan, 8)
    (raid,) = the(story, Raided)
    assert isinstance(raid.cause, Ruled)
    assert raid.cause.rule == "R6 raid_losses"
    assert raid.cause.odds == pytest.approx(-math.expm1(-0.028))
    assert raid.cause.draw is not None
    assert raid.cause.parents == (story.state(raid.time - 1).because["rebels@arlen.hidden"].id,)
    assert isinstance(raid.event, Raided)
    dead, hurt = lost(raid.event.losses)
    assert event_in_words(raid.event, plan[1].ground) == f"Bombs and ambushes at Arlen: {dead} killed, {hurt} wounded"


def test_the_wounded_of_a_raid_come_back(plan: Valley) -> None:
    """All of them after two days, where all are fit again: what stays lost are the dead."""
    quick = under(
        plan, raid_rate=0.01, killed_share=0.25, wounded_return=2.0, wounded_return_sigma=1e-6, wounded_returning=1.0
    )
    (story,) = told(quick, plan, 13)
    (raid,), (back,) = the(story, Raided), the(story, WoundedReturned)
    assert isinstance(raid.event, Raided)
    dead, hurt = lost(raid.event.losses)
    assert dead
    assert hurt
    assert raid.event.due is not None
    assert raid.event.due.minute == back.time == raid.time + 2 * DAY
    hit = story.state(raid.time)
    assert (hit.get("north@arlen", "number"), hit.get("north@arlen", "wounded")) == (POSTS - dead - hurt, hurt)
    healed = story.state(back.time)
    assert (healed.get("north@arlen", "number"), healed.get("north@arlen", "wounded")) == (POSTS - dead, 0)


def test_the_wounded_of_two_who_raid_one_place_in_one_week_all_come_back(plan: Valley) -> None:
    """Rebels and the South hide in Arlen, both enemies of the North: each leaves wounded to wait for."""
    both = under(
        plan, raid_rate=0.01, killed_share=0.25, wounded_return=2.0, wounded_return_sigma=1e-6, wounded_returning=1.0
    )
    war = Given(StanceChanged(ActorId("north"), ActorId("south"), "hostile"), at="2020-03-13")
    forces = {**both.forces, "others": men("south", "arlen", HIDDEN, "hidden")}
    (story,) = told(evolve(both, forces=forces, given={"war": war}), plan, 13)
    assert sorted(raid.by[0] for raid in raids(story)) == ["rebels", "south"]
    assert all(lost(raid.losses)[1] for raid in raids(story))
    dead = sum(lost(raid.losses)[0] for raid in raids(story))
    state = story.state()
    assert (state.get("north@arlen", "number"), state.get("north@arlen", "wounded")) == (POSTS - dead, 0)


def test_where_all_who_are_hit_die_nobody_is_waited_for(plan: Valley) -> None:
    (story,) = told(under(plan, raid_rate=0.01, killed_share=1.0), plan, 30)
    assert raids(story)
    assert all(raid.due is None for raid in raids(story))
    assert not the(story, WoundedReturned)


def test_raids_never_cost_more_men_than_there_are(plan: Valley) -> None:
    (story,) = told(under(plan, posts=3, raid_rate=1.0), plan, 8)
    assert [sum(lost(raid.losses)) for raid in raids(story)] == [3]
    assert story.state().get("north@arlen", "number") == 0


def test_raids_and_searches_create_and_lose_nobody(plan: Valley) -> None:
    for story in told(under(plan, raid_rate=0.02, hunted=0.02), plan, 40, 6):
        folding = Folding(story.stage.ground, story.stage.state)
        for entry in story.entries:
            folding.apply(entry)
            assert all(tally.conserved for tally in tallies(folding.live, plan[1].ground).values()), entry.id
        assert len(raids(story)) == 5


@pytest.mark.parametrize(
    ("what", "forces"),
    [
        ("nobody hides", {"posts": men("north", "arlen", POSTS)}),
        (
            "open desert is nobody's",
            {"hidden": men("rebels", "dunes", HIDDEN, "hidden"), "riders": men("north", "dunes", POSTS, "field")},
        ),
        ("nobody stands over them", {"hidden": men("rebels", "arlen", HIDDEN, "hidden")}),
        (
            "they hide among their own",
            {"hidden": men("rebels", "dell", HIDDEN, "hidden"), "town": men("rebels", "dell", POSTS)},
        ),
        (
            "the holder is no enemy",
            {"hidden": men("south", "arlen", HIDDEN, "hidden"), "posts": men("north", "arlen", POSTS)},
        ),
    ],
)
def test_there_are_no_raids_and_no_searches_where(plan: Valley, what: str, forces: dict[str, Force]) -> None:
    calm = evolve(under(plan, raid_rate=1.0, hunted=1.0), forces=forces)
    for story in told(calm, plan, 15, 3):
        assert not raids(story), what
        assert not the(story, KilledOff, hidden=True), what


def test_the_first_week_is_over_after_seven_days_and_not_on_the_first_morning(plan: Valley) -> None:
    """A story that begins at two in the night has its first morning four hours later."""
    at_night = evolve(under(plan, raid_rate=1.0), at=plan[1].ground.clock.moment("2020-03-12T02:00"))
    (story,) = told(at_night, plan, 8)
    assert [entry.time - at_night.at for entry in the(story, Raided)] == [7 * DAY + 4 * 60]
