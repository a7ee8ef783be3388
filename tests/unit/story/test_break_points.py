"""Break points drawn once a force, what rest mends, attacks without hope, and attackers with nothing left to attack with."""

from __future__ import annotations

from itertools import pairwise

import pytest
from attrs import evolve

from situation.chance.luck import Luck, Stream
from situation.dates import DAY
from situation.events import (
    ActorId,
    Arrived,
    BattleBegan,
    BattleDay,
    BattleEnded,
    Captured,
    FellBack,
    MarchBegan,
    PlaceId,
    Repelled,
)
from situation.log.entry import Ruled
from situation.rules import attack_has_hope, goes_over_to_defence, loss_after_rest, shared_break_point
from situation.scenario import Force, Plan, Scenario
from situation.story.stage import stage_of
from situation.story.story import Story, tell
from tests.oracles.fold.battle.break_points import endurance
from tests.oracles.fold.estimate import of_an_attack
from tests.oracles.fold.view import View
from tests.oracles.fold.world import World
from tests.unit.constructed import SEED, Valley, alone, before, fixed, men, the

PUSH = Plan(ActorId("north"), "advance", ("column",), (PlaceId("dell"),))
STILL = {
    "clash_rate": 0.0, "recapture_rate": 0.0, "raid_rate": 0.0, "evacuation_rate": 0.0, "leave_before_contact": 0.0,
    "leaving_rate__hold": 0.0, "leaving_rate__delay": 0.0, "speed__opposed": 25.0, "speed__light": 25.0,
    "clear__contested": 0.0,
}  # fmt: skip


WIDE = {"estimate_sigma": 2.0, "fortune_sigma": 0.01, "hopeless_below": 1 / 3}
"""An attacker who errs widely, and a battle without luck."""


def before_dell(plan: Valley, attackers: int, defenders: int, **numbers: float) -> Scenario:
    """A column in Arlen with orders to take Dell, and its garrison of rebels, who mean to hold it."""
    forces: dict[str, Force] = {"town": men("rebels", "dell", defenders)}
    forces["column"] = men("north", "arlen", attackers, "field")
    return fixed(alone(plan[0], forces, {"push": PUSH}), **{**STILL, **numbers})


def told(plan: Valley, scenario: Scenario, index: int = 0, days: int = 60) -> Story:
    return tell(stage_of(scenario, plan[1]), SEED, 0, 0, index, until=scenario.at + days * DAY)


def test_two_forces_side_by_side_break_when_they_would_have_broken_one_by_one() -> None:
    assert shared_break_point([0.1, 0.4], [1000, 500]) == pytest.approx((100 + 200) / 1500)
    assert shared_break_point([0.3], [7]) == pytest.approx(0.3)


def test_rest_makes_a_part_of_the_loss_good_every_day_and_never_all_of_it() -> None:
    left = [loss_after_rest(200.0, float(day), restored=0.05) for day in range(60)]
    assert left[0] == 200.0
    assert all(0.0 < later < earlier for earlier, later in pairwise(left))
    assert left[14] == pytest.approx(200.0 * 0.95**14)


def test_a_force_that_has_rested_begins_anew_and_its_losses_count_on(plan: Valley) -> None:
    """1,000 attack 1,000, again and again: a point for each assault after a rest, and what was lost before counts."""
    scenario = before_dell(plan, 1000, 1000, hopeless_below=0.0, attacker_pause=5.0, attrition_rate=0.05)
    renewed = 0
    for index in range(12):
        story = told(plan, scenario, index, 90)
        thrown = [entry.cause.odds for entry in the(story, FellBack, force="column") if isinstance(entry.cause, Ruled)]
        points = [
            entry.cause.odds
            for entry in the(story, BattleEnded, place="dell")
            if isinstance(entry.cause, Ruled) and isinstance(entry.event, BattleEnded)
        ]
        assert len(points) >= len(thrown)
        starts = the(story, BattleBegan, place="dell")
        renewed += len(starts) > 1
        for entry in starts[1:]:
            state = before(story, entry)
            assert state.get("column", "lost") > 0
            world = World(story.stage, state, Luck(SEED, index, Stream.CHANCE), entry.time)
            now = endurance(world, "dell", ("column",), defends=False)
            at_first = World(story.stage, before(story, starts[0]), Luck(SEED, index, Stream.CHANCE), starts[0].time)
            then = endurance(at_first, "dell", ("column",), defends=False)
            assert now is not None
            assert then is not None
            assert now.point != then.point
            assert 0 < now.lost < state.get("column", "lost")
    assert renewed >= 3


def test_where_rest_mends_nothing_all_that_was_lost_counts_in_every_further_assault(plan: Valley) -> None:
    """A force whose new point lies below what it has lost already breaks again on the first day."""
    scenario = before_dell(
        plan, 1000, 1000, hopeless_below=0.0, attacker_pause=3.0, rest_restores=0.0, culminates_below=0.0
    )
    spent = 0
    for index in range(12):
        story = told(plan, scenario, index, 60)
        lost = 0.0
        for entry in the(story, BattleBegan, place="dell")[1:]:
            state = before(story, entry)
            assert float(state.get("column", "lost")) >= lost > -1.0
            lost = float(state.get("column", "lost"))
            world = World(story.stage, state, Luck(SEED, index, Stream.CHANCE), entry.time)
            now = endurance(world, "dell", ("column",), defends=False)
            assert now is not None
            assert now.lost == pytest.approx(lost)
            if now.broken and entry.time < story.until - 3 * DAY:
                days = [
                    day for day in the(story, BattleDay, place="dell") if entry.time < day.time <= entry.time + 3 * DAY
                ]
                assert len(days) == 1
                spent += 1
    assert spent


def test_a_defender_keeps_its_break_point(plan: Valley) -> None:
    scenario = before_dell(plan, 1000, 1000, hopeless_below=0.0, attacker_pause=5.0, attrition_rate=0.05)
    for index in range(4):
        story = told(plan, scenario, index, 60)
        points = set()
        for entry in the(story, BattleBegan, place="dell"):
            world = World(story.stage, before(story, entry), Luck(SEED, index, Stream.CHANCE), entry.time)
            defends = endurance(world, "dell", ("rebels@dell",), defends=True)
            points |= {defends.draw.value} if defends is not None else set()
        assert len(points) <= 1


@pytest.mark.parametrize(("ratio", "begun"), [(0.2, False), (0.34, True), (50.0, True)])
def test_an_attack_is_begun_where_there_is_hope(ratio: float, begun: bool) -> None:
    assert attack_has_hope(ratio, least=1 / 3) == begun


def test_twenty_do_not_march_on_a_thousand_and_with_the_gate_off_they_do(plan: Valley) -> None:
    for least, marches in ((1 / 3, False), (0.0, True)):
        story = told(plan, before_dell(plan, 20, 1000, hopeless_below=least), days=20)
        assert bool(the(story, MarchBegan, force="column")) == marches


def test_without_the_gate_twenty_who_attack_a_thousand_break_off_and_do_not_fight_to_the_death(plan: Valley) -> None:
    scenario = before_dell(plan, 20, 1000, hopeless_below=0.0)
    left = []
    for index in range(20):
        story = told(plan, scenario, index, 120)
        assert not the(story, Captured, place="dell")
        left.append(int(story.state().get("column", "number") or 0) + int(story.state().get("column", "wounded") or 0))
    assert sum(one >= 4 for one in left) >= 15


def test_an_attack_that_proves_hopeless_is_broken_off_and_one_with_hope_is_not(plan: Valley) -> None:
    """Begun in error, for the estimate errs widely: the first evening shows the odds."""
    broken_off = 0
    for index in range(20):
        story = told(plan, before_dell(plan, 700, 2000, **WIDE), index, 30)
        fell_back = {
            entry.time: entry.cause.odds
            for entry in story.entries
            if isinstance(entry.cause, Ruled) and entry.cause.rule == "R3 attack_has_hope"
            and isinstance(entry.event, Repelled)
        }  # fmt: skip
        for entry in the(story, BattleDay, place="dell"):
            ratio = entry.event.ratio  # type: ignore[attr-defined]
            hopeless = ratio is not None and ratio < 1 / 3
            if hopeless:
                assert the(story, BattleEnded, place="dell", outcome="thrown back")
            assert hopeless or entry.time not in fell_back
            broken_off += entry.time in fell_back
    assert broken_off > 3
    on = told(plan, before_dell(plan, 700, 2000, **{**WIDE, "hopeless_below": 0.0}), 0, 30)
    assert len(the(on, BattleDay, place="dell")) > 1


def test_a_column_whose_friends_are_on_the_road_is_not_called_off(plan: Valley) -> None:
    """1,200 reach 4,000 in Dell a day or two before 6,000 more: beside these they have hope."""
    scenario = before_dell(plan, 1200, 4000, estimate_sigma=0.0, fortune_sigma=0.01)
    second = men("north", "dunes", 6000, "field")
    both = evolve(scenario, forces={**scenario.forces, "second": second})
    both = fixed(evolve(both, doctrines={"push": evolve(PUSH, forces=("column", "second"))}), speed__light=12.0)
    met = 0
    for index in range(12):
        story = told(plan, both, index, 20)
        coming = [entry.time for entry in the(story, MarchBegan, force="second", to="dell")]
        for entry in story.entries:
            if isinstance(entry.cause, Ruled) and entry.cause.rule == "R3 attack_has_hope" and coming:
                arrived = [one.time for one in the(story, Arrived, force="second", place="dell")]
                assert not (coming[0] <= entry.time < (arrived or [entry.time + 1])[0]) or not isinstance(
                    entry.event, Repelled
                )
        met += len(the(story, BattleBegan, place="dell")) > 0
    assert met > 6


def test_many_before_a_narrow_front_do_not_take_it_for_bad_odds(plan: Valley) -> None:
    """Of 60,000 before Dell few find room to fight; that is no reason to break off."""
    for index in range(6):
        story = told(plan, before_dell(plan, 60000, 9000, estimate_sigma=2.0, fortune_sigma=0.01), index, 30)
        assert not [
            entry
            for entry in story.entries
            if isinstance(entry.cause, Ruled) and entry.cause.rule == "R3 attack_has_hope"
            and isinstance(entry.event, Repelled)
        ]  # fmt: skip


def test_who_outweighs_his_enemy_breaks_later(plan: Valley) -> None:
    """2,000 in Dell before 700: with the tie to the odds the town is lost no more often, and the attacker is spent sooner."""
    lost = {}
    for tie in (0.0, 0.6):
        scenario = before_dell(plan, 1200, 2000, hopeless_below=0.0, break_odds=tie, attacker_pause=5.0)
        stories = [told(plan, scenario, index, 40) for index in range(30)]
        lost[tie] = sum(bool(the(story, Captured, place="dell")) for story in stories)
    assert lost[0.6] < lost[0.0]


def test_two_columns_that_have_no_hope_alone_go_together(plan: Valley) -> None:
    """400 find 1,000 too strong; beside 4,000 of their own they march."""
    scenario = before_dell(plan, 200, 1000, hopeless_below=1.0, estimate_sigma=0.0)
    assert not the(told(plan, scenario, days=20), MarchBegan, force="column")
    both = evolve(scenario, forces={**scenario.forces, "second": men("north", "arlen", 4000, "field")})
    plans = {"push": evolve(PUSH, forces=("column", "second"))}
    assert the(told(plan, evolve(both, doctrines=plans), days=20), MarchBegan, force="column")


def test_an_estimate_errs_and_errs_alike_until_something_has_happened_there(plan: Valley) -> None:
    scenario = before_dell(plan, 1000, 1000, estimate_sigma=0.4)
    story = tell(stage_of(scenario, plan[1]), SEED, until=scenario.at)
    seen = []
    for index in range(40):
        worlds = [
            World(story.stage, story.state(), Luck(SEED, index, Stream.CHANCE), story.until + day * DAY)
            for day in (0, 9)
        ]
        first, later = (of_an_attack(world, "column", PlaceId("dell")).ratio for world in worlds)
        assert first == later
        assert first is not None
        seen.append(first)
    true = fixed(scenario, estimate_sigma=0.0)
    exact = tell(stage_of(true, plan[1]), SEED, until=true.at)
    view = View(World(exact.stage, exact.state(), Luck(SEED, 0, Stream.CHANCE), exact.until), ActorId("north"), "push")
    middle = view.estimate("column", PlaceId("dell")).ratio
    assert middle is not None
    assert 8 <= sum(one > middle for one in seen) <= 32
    assert min(seen) < 0.8 * middle
    assert max(seen) > 1.25 * middle


def test_with_two_thirds_gone_a_force_attacks_no_more(plan: Valley) -> None:
    assert goes_over_to_defence(333, 1000, below=1 / 3)
    assert not goes_over_to_defence(334, 1000, below=1 / 3)
    assert not goes_over_to_defence(0, 0, below=1 / 3)
    scenario = before_dell(
        plan, 1000, 3000, hopeless_below=0.0, attacker_pause=1.0, attrition_rate=0.3, rest_restores=0.9,
        wounded_returning=0.0, spent_below=0.0,
    )  # fmt: skip
    for index in range(6):
        story = told(plan, scenario, index, 120)
        for entry in the(story, BattleBegan, place="dell"):
            state = before(story, entry)
            assert 3 * state.get("column", "number") >= state.get("column", "at_start")


def test_a_battle_of_sixty_bands_is_fought(plan: Valley) -> None:
    """However many forces stand in a place: the lists of a story as Python grow."""
    scenario = before_dell(plan, 6000, 100)
    bands = {f"band-{number}": men("rebels", "dell", 40 + number, "field") for number in range(60)}
    many = evolve(scenario, forces={**scenario.forces, **bands})
    story = told(plan, many, days=30)
    assert sum(len(entry.event.defenders) > 50 for entry in the(story, BattleDay, place="dell")) > 0  # type: ignore[attr-defined]
