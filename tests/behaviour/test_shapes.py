"""The shapes that every war has, in the Tarn valley: numbers that buy time, hopeless odds that buy nothing.

Small ensembles on one town, on common random numbers, with the gate on hopeless attacks open unless a test says otherwise,
so that no single switch makes them hold. Nothing here is chosen to fit a war. Each was absurd in a trial of an earlier model.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from statistics import mean
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from attrs import evolve, frozen

from situation.dates import DAY
from situation.ensemble.design import index_of
from situation.events import (
    ActorId,
    BattleBegan,
    BattleDay,
    BattleEnded,
    Captured,
    ClashStepped,
    FireExchanged,
    PlaceId,
    Raided,
    Withdrew,
)
from situation.record.record import Record
from situation.scenario import Plan, Scenario
from situation.story.stage import stage_of
from situation.story.story import Story, tell
from situation.testimony.kinds import Terrain
from tests.unit.constructed import SEED, alone, fixed, men
from tests.unit.valley_stories import scenario_of, valley

DELL = PlaceId("dell")
PUSH = Plan(ActorId("north"), "advance", ("column",), (DELL,))
DAYS = 60


@frozen
class Fate:
    """What became of Dell in one story: the day of its capture (None: it held), men lost on each side, days fought."""

    taken: float | None
    lost: int
    theirs: int
    battles: tuple[int, ...]
    emptied: bool
    left: int


def town() -> tuple[Scenario, Record]:
    """The valley with four km² of houses in Dell."""
    with TemporaryDirectory() as folder:
        scenario, record = scenario_of(valley(Path(folder)))
    ground = record.ground
    dell = evolve(ground.places[DELL], kind="town", ground=Terrain("urban", built_up_km2=4.0, source="invented"))
    return scenario, evolve(
        record, ground=evolve(ground, places={**ground.places, DELL: dell}), digest="a built-up Dell"
    )


TOWN = town()


def fought(attackers: int, defenders: int, runs: int, posture: Any = "hold", **numbers: float) -> Iterator[Fate]:
    """So many told to take Dell from so many; the gate on hopeless attacks is open unless said otherwise."""
    forces = {"column": men("north", "arlen", attackers, "field"), "town": men("rebels", "dell", defenders)}
    scenario = alone(TOWN[0], forces, {"push": PUSH})
    rebels = evolve(scenario.actors[ActorId("rebels")], posture=posture)
    scenario = evolve(scenario, actors={**scenario.actors, ActorId("rebels"): rebels})
    scenario = fixed(scenario, **{"hopeless_below": 0.0, "clash_rate": 0.0, **numbers})
    stage = stage_of(scenario, TOWN[1])
    for run in range(runs):
        it = index_of(run)
        yield fate(tell(stage, SEED, it.record, it.parameter, it.chance, until=scenario.at + DAYS * DAY))


def fate(story: Story) -> Fate:
    start = story.stage.scenario.at
    taken, lost, theirs, battles, began, emptied = None, 0, 0, [], 0, False
    for entry in story.entries:
        event = entry.event
        if isinstance(event, Captured) and event.place == DELL and taken is None and event.by[0] == "north":
            taken = (entry.time - start) / DAY
        elif isinstance(event, BattleDay) and event.place == DELL:
            lost += sum(loss.killed + loss.wounded for loss in event.attackers)
            theirs += sum(loss.killed + loss.wounded for loss in event.defenders)
        elif isinstance(event, BattleBegan) and event.place == DELL:
            began = entry.time
        elif isinstance(event, BattleEnded) and event.place == DELL:
            battles.append((entry.time - began) // DAY)
        elif isinstance(event, Withdrew) and event.place == DELL:
            emptied = True
    state = story.state()
    left = sum(int(state.get("column", name) or 0) for name in ("number", "wounded"))
    return Fate(taken, lost, theirs, tuple(battles), emptied, left)


def share_taken(fates: list[Fate]) -> float:
    return mean(one.taken is not None for one in fates)


def until(fates: list[Fate]) -> float:
    return mean(DAYS if one.taken is None else one.taken for one in fates)


def test_more_defenders_cost_more_time_and_more_men() -> None:
    """A handful, 500, 2,500 and 10,000 against 8,000: each step is later, and the range is more than a day."""
    runs = [list(fought(8000, defenders, 30)) for defenders in (20, 500, 2500, 10000)]
    days = [until(fates) for fates in runs]
    costs = [mean(one.lost for one in fates) for fates in runs]
    assert days == sorted(days)
    assert days[-1] > days[0] + 1.0
    assert costs == sorted(costs)


def test_nineteen_men_empty_no_town_of_thousands() -> None:
    for posture in ("delay", "insurgency"):
        fates = list(fought(19, 2500, 30, posture))
        assert not any(one.emptied for one in fates)
        assert share_taken(fates) == 0.0


@pytest.mark.long
def test_a_hundred_take_no_town_from_a_thousand_told_to_hold_and_three_hundred_seldom() -> None:
    """With the gate as it is for the hundred; three hundred whatever the gate."""
    assert share_taken(list(fought(100, 1000, 400, hopeless_below=1 / 3))) < 0.01
    assert share_taken(list(fought(300, 1000, 200))) < 0.15


def test_a_hundred_hardly_ever_take_a_town_from_a_thousand_told_to_hold() -> None:
    assert share_taken(list(fought(100, 1000, 60, hopeless_below=1 / 3))) == 0.0


def test_twenty_do_not_fight_a_thousand_to_the_death() -> None:
    fates = list(fought(20, 1000, 40))
    assert share_taken(fates) == 0.0
    assert mean(one.left >= 4 for one in fates) >= 0.6


def test_an_attacker_ten_times_as_strong_takes_more_and_loses_fewer() -> None:
    few, many = list(fought(1000, 1000, 40)), list(fought(10000, 1000, 40))
    assert share_taken(many) > share_taken(few) + 0.2
    assert mean(one.lost / 10000 for one in many) < mean(one.lost / 1000 for one in few)


@pytest.mark.long
def test_battles_have_no_tail_of_another_order() -> None:
    """At fixed inputs the 99.9th percentile of a battle's days is under ten times the 90th."""
    days = sorted(day for one in fought(3000, 1000, 1200) for day in one.battles)
    assert days[int(0.999 * len(days))] < 10 * max(1, days[int(0.9 * len(days))])


def test_after_day_120_an_insurgency_goes_on() -> None:
    """2,000 hide in a town that an army holds: their raids of the fifth month are those of the first."""
    forces = {"camp": men("rebels", "arlen", 2000, "hidden"), "posts": men("north", "arlen", 3000)}
    scenario = fixed(alone(TOWN[0], forces), raid_rate=0.0015, hunted=0.001, recapture_rate=0.0, clash_rate=0.0)
    story = tell(stage_of(scenario, TOWN[1]), SEED, until=scenario.at + 150 * DAY)
    raids = [(entry.time - scenario.at) / DAY for entry in story.entries if isinstance(entry.event, Raided)]
    assert sum(day > 120 for day in raids) >= 2
    assert sum(day < 30 for day in raids) >= 2


def test_exchanges_of_fire_cost_lives_from_reprisals_on() -> None:
    forces = {"posts": men("rebels", "dell", 800), "guards": men("south", "corve", 800)}
    tense = fixed(
        alone(TOWN[0], forces), clash_rate=50.0, contact__full=1.0, ladder_up=0.3, ladder_down=0.1, concession=0.0,
        raid_rate=0.0, recapture_rate=0.0,
    )  # fmt: skip
    killed, rungs = 0, set()
    for index in range(6):
        story = tell(stage_of(tense, TOWN[1]), SEED, 0, 0, index, until=tense.at + 30 * DAY)
        for entry in story.entries:
            if isinstance(entry.event, FireExchanged):
                killed += sum(loss.killed for loss in entry.event.losses)
                rungs.add(int(story.state(entry.time - 1).get(f"{entry.event.by[0]}:{entry.event.by[1]}", "rung")))
        assert any(isinstance(entry.event, ClashStepped) for entry in story.entries)
    assert killed > 0
    assert {2, 3} <= rungs <= {2, 3, 4}
