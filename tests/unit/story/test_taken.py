"""A place is taken when its defender is gone and the attacker has gone through it; it is searched afterwards."""

from __future__ import annotations

import pytest
from attrs import evolve

from situation.dates import DAY
from situation.events import (
    ActorId,
    Attacked,
    BattleDay,
    BattleEnded,
    Captured,
    DefenderBroke,
    FellBack,
    GarrisonPosted,
    MarchBegan,
    PlaceId,
    SearchDay,
)
from situation.scenario import Plan, Scenario
from situation.story.stage import stage_of
from situation.story.story import Story, resume, tell
from situation.story.tally import tallies
from situation.testimony.kinds import Terrain
from tests.unit.constructed import SEED, Valley, alone, fixed, men, the

PUSH = Plan(ActorId("north"), "advance", ("column",), (PlaceId("dell"),))
QUIET = {
    "clash_rate": 0.0, "recapture_rate": 0.0, "raid_rate": 0.0, "hunted": 0.0, "leave_before_contact": 0.0,
    "speed__opposed": 25.0, "speed__light": 25.0, "speed__unopposed": 25.0, "clear__contested": 0.0,
    "clear__abandoned": 1.0, "hopeless_below": 0.0,
}  # fmt: skip


def built_up(plan: Valley, km2: float) -> Valley:
    """The valley with so much built-up ground in Dell."""
    ground = plan[1].ground
    dell = evolve(ground.places[PlaceId("dell")], ground=Terrain("urban", built_up_km2=km2, source="invented"))
    return plan[0], evolve(
        plan[1], ground=evolve(ground, places={**ground.places, PlaceId("dell"): dell}), digest=f"{km2}"
    )


def assault(plan: Valley, attackers: int, defenders: int, **numbers: float) -> Scenario:
    forces = {"column": men("north", "arlen", attackers, "field"), "town": men("rebels", "dell", defenders)}
    return fixed(alone(plan[0], forces, {"push": PUSH}), **{**QUIET, **numbers})


def told(plan: Valley, scenario: Scenario, index: int = 0, days: int = 60) -> Story:
    return tell(stage_of(scenario, plan[1]), SEED, 0, 0, index, until=scenario.at + days * DAY)


@pytest.mark.parametrize(("km2", "days"), [(1.0, 0.25), (400.0, 20 / 25)])
def test_a_town_is_taken_as_soon_as_it_has_been_gone_through(plan: Valley, km2: float, days: float) -> None:
    """The search of 400 km² takes its takers months; the holder changes within a day of the defender's going."""
    town = built_up(plan, km2)
    seen = 0
    for index in range(18):
        story = told(town, assault(town, 6000, 300, leaving_rate__hold=1e6), index)
        (broke,) = the(story, DefenderBroke, place="dell")[:1]
        (taken,) = the(story, Captured, place="dell")[:1]
        stood = [day for day in the(story, BattleDay, place="dell") if day.time > broke.time]
        if not stood:
            assert taken.time - broke.time == round(days * DAY)
            assert story.state(taken.time).get("dell", "searched") == 0.0
            seen += 1
    assert seen >= 4


def test_the_search_goes_on_after_the_capture_binds_men_and_gives_them_back(plan: Valley) -> None:
    town = built_up(plan, 3.0)
    story = told(town, assault(town, 6000, 300, leaving_rate__hold=1e6, holding_force=300.0), 0)
    (posted,) = the(story, GarrisonPosted, place="dell")
    assert isinstance(posted.event, GarrisonPosted)
    assert posted.event.searching > 1000
    days = the(story, SearchDay, place="dell")
    shares = [entry.event.searched for entry in days if isinstance(entry.event, SearchDay)]
    assert shares == sorted(shares)
    assert shares[-1] == 1.0
    ended = days[-1]
    assert isinstance(ended.event, SearchDay)
    assert ended.time >= posted.time
    assert ended.event.back == posted.event.searching
    assert story.state(ended.time).get("north@dell", "number") == posted.event.number - posted.event.searching
    assert all(tally.conserved for tally in tallies(story.state(), plan[1].ground).values())
    posted_at = story.entries.index(posted)
    step = next(place for place, end in enumerate(story.steps) if end > posted_at)
    assert resume(story.prefix(step), story.stage, SEED, until=story.until).entries == story.entries


def test_a_town_all_of_which_is_won_is_taken_though_its_defenders_have_not_broken(plan: Valley) -> None:
    scenario = assault(
        plan, 6000, 900, clear__contested=1.0, last_stand=1.0, attrition_rate=0.01, leaving_rate__hold=0.0
    )
    story = told(plan, scenario)
    (broke,) = the(story, DefenderBroke, place="dell")[:1]
    assert isinstance(broke.event, DefenderBroke)
    assert broke.event.how == "driven out"
    assert the(story, Captured, place="dell")


def test_raiders_who_drive_a_garrison_out_hold_the_place(plan: Valley) -> None:
    """900 come out of hiding in Arlen against 60: the town is theirs within a day of the garrison's going."""
    forces = {"camp": men("rebels", "arlen", 900, "hidden"), "posts": men("north", "arlen", 60)}
    scenario = fixed(
        alone(plan[0], forces), **{**QUIET, "recapture_rate": 5.0, "recapture_decay": 1e6, "leaving_rate__delay": 0.0}
    )
    won = 0
    for index in range(8):
        story = told(plan, scenario, index, 40)
        assert the(story, Attacked, place="arlen")
        for entry in the(story, BattleEnded, place="arlen"):
            assert isinstance(entry.event, BattleEnded)
            if entry.event.outcome == "taken":
                won += 1
                broke = [one.time for one in the(story, DefenderBroke, place="arlen") if one.time <= entry.time]
                stood = [one for one in the(story, BattleDay, place="arlen") if broke[-1] < one.time < entry.time]
                assert stood or entry.time - broke[-1] <= DAY
                assert story.state(entry.time).get("arlen", "holder") == "rebels"
                break
    assert won >= 4


def test_a_repulsed_force_needs_the_march_home(plan: Valley) -> None:
    """12.5 km at 5 km a day: two days and a half, and then its rest."""
    scenario = assault(plan, 400, 2000, break_median=0.02, break_sigma=0.01, last_stand=0.0, speed__unopposed=5.0)
    story = told(plan, fixed(scenario, attacker_pause=4.0))
    (back,) = the(story, FellBack, force="column")[:1]
    assert isinstance(back.event, FellBack)
    assert back.event.due is not None
    assert back.event.due.minute - back.time == round(2.5 * DAY)
    assert back.event.until - back.time == round(6.5 * DAY)
    assert story.state(back.time).get("column", "place") is None
    again = [entry for entry in the(story, MarchBegan, force="column") if entry.time > back.time]
    assert all(entry.time >= back.event.until for entry in again)
