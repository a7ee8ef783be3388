"""A run held against a later record: every score as worked out by hand, on the Tarn valley and what came after."""

from __future__ import annotations

import math
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from situation.dates import DAY
from situation.ensemble.chunks import Chunks
from situation.ensemble.design import index_of, sample_evenly
from situation.ensemble.ensemble import About, Ensemble, ensemble_of
from situation.ensemble.record_draws import RecordDraws
from situation.ensemble.score import crps, score_ensemble, trend_of
from situation.ensemble.score.against import MOST_RETOLD_FOR_STRENGTHS
from situation.ensemble.workers import tell_missing
from situation.errors import Fault
from situation.record.record import Record
from situation.scenario import Scenario
from situation.story.story import Story
from tests.unit.small import Small
from tests.unit.valley_stories import scenario_of, valley

RUNS, SEED = 24, 5
LATER_SOURCE = """\
  - id: chronicle
    outlet: The Chronicle
    published: 2020-03-31
    reliability: {grade: A, as_of: 2020-02-01, reason: "written with care"}
"""
LATER = """\
  - {id: T9-01, source: chronicle, says: The North took Dell., happened: 2020-03-20, episode: dell-falls,
     asserts: {event: Captured, place: dell, by: [north], against: rebels}}
  - {id: T9-02, source: chronicle, says: Sixty rebels held out in the Dunes., happened: 2020-03-25,
     asserts: {event: StrengthAssessed, actor: rebels, place: dunes, number: {unit: fighters, best: 60}}}
  - {id: T9-03, source: chronicle, says: The North had 1500 to 2500 men in Dell., happened: 2020-03-28,
     asserts: {event: StrengthAssessed, actor: north, place: dell, number: {unit: troops, low: 1500, high: 2500}}}
  - {id: T9-04, source: chronicle, says: At least ten rebels hid in Arlen., happened: 2020-03-28,
     asserts: {event: StrengthAssessed, actor: rebels, place: arlen, number: {unit: fighters, low: 10}}}
  - {id: T9-05, source: chronicle, says: There were 900 rebels around Corve., happened: 2020-03-28,
     asserts: {event: StrengthAssessed, actor: rebels, place: corve, scope: vicinity, number: {unit: fighters, best: 900}}}
  - {id: T9-06, source: chronicle, says: The rebels had 200 men in Dell., happened: 2020-03-18,
     asserts: {event: StrengthAssessed, actor: rebels, place: dell, number: {unit: fighters, best: 200}}}
"""
FORECASTS = ["model", "nothing changes", "the trend goes on"]


@pytest.fixture(scope="module")
def plan(tmp_path_factory: pytest.TempPathFactory) -> tuple[Scenario, Record]:
    return scenario_of(valley(tmp_path_factory.mktemp("valley")))


@pytest.fixture(scope="module")
def later(tmp_path_factory: pytest.TempPathFactory) -> Record:
    return later_record(tmp_path_factory.mktemp("later"), LATER)


def later_record(folder: Path, claims: str) -> Record:
    small = valley(folder)
    small.plant("sources.yaml", "speakers:\n", f"{LATER_SOURCE}speakers:\n")
    return small.add("record.yaml", claims).load()


@pytest.fixture(scope="module")
def ensemble(plan: tuple[Scenario, Record], tmp_path_factory: pytest.TempPathFactory) -> Ensemble:
    chunks = Chunks(tmp_path_factory.mktemp("chunks"), RUNS)
    tell_missing(*plan, SEED, chunks, 1)
    return ensemble_of(About.of(*plan, SEED, RUNS), chunks.read())


@pytest.fixture(scope="module")
def answer(plan: tuple[Scenario, Record], ensemble: Ensemble, later: Record) -> dict[str, object]:
    return score_ensemble(ensemble, RecordDraws(*plan, SEED), later)


def fair_crps(values: list[float], came: float) -> float:
    """By the definition of Gneiting & Raftery, with every pair of different members written out."""
    count = len(values)
    apart = sum(abs(one - other) for i, one in enumerate(values) for j, other in enumerate(values) if i != j)
    return sum(abs(value - came) for value in values) / count - apart / (2 * count * (count - 1))


def test_the_crps_is_the_mean_distance_less_half_the_spread_of_all_pairs() -> None:
    rng = np.random.default_rng(3)
    for count in (2, 3, 17):
        values = np.round(rng.gamma(2.0, 5.0, count), 1)
        for came in (0.0, float(values[0]), 30.0):
            assert crps(values, came) == pytest.approx(fair_crps(values.tolist(), came), abs=1e-12)
    assert crps(np.array([4.0]), 7.0) == 3.0


def test_control_is_scored_by_place_and_day_where_it_could_change(
    answer: dict[str, object], plan: tuple[Scenario, Record], ensemble: Ensemble
) -> None:
    """Branch on the evening of 12 March, end of the window on that of 31 March: 19 days; Dell falls at noon of the 20th."""
    scenario, record = plan
    assert (answer["from"], answer["to"]) == ("2020-03-12T23:59+02:00", "2020-03-31T23:59+02:00")
    assert answer["days"] == 19
    assert answer["contestable"] == ["arlen", "arlen-bridge", "corve", "dell"]
    rows = []
    trend = trend_of(record, scenario.at, scenario.known_at, "graded")
    holders = {"arlen": "north", "arlen-bridge": "rebels", "corve": "south", "dell": "rebels"}
    for place, holder in holders.items():
        for day in range(1, 20):
            truth = "north" if place == "dell" and day >= 8 else holder
            told = ensemble.held(place, scenario.at + day * DAY)
            shares: dict[str | None, float] = {who: told.count(who) / RUNS for who in set(told)}
            rate = trend.rates.get(holder, 0.0)
            stays = math.exp(-rate * day)
            goes: dict[str | None, float] = {holder: stays, **({trend.takers[holder]: 1 - stays} if rate else {})}
            row: dict[str, Any] = {"place": place}
            forecasts: list[dict[str | None, float]] = [shares, {holder: 1.0}, goes]
            for name, share in zip(FORECASTS, forecasts, strict=True):
                score = sum((share.get(who, 0.0) - (who == truth)) ** 2 for who in {*share, truth})
                if name == "model":
                    score -= sum(part * (1 - part) for part in share.values()) / (RUNS - 1)
                row |= {name: score, f"log {name}": math.log((share.get(truth, 0.0) * RUNS + 0.5) / (RUNS + 1))}
            rows.append(row)
    control = answer["control"]
    assert isinstance(control, dict)
    for name in FORECASTS:
        assert control[name]["brier"] == pytest.approx(np.mean([row[name] for row in rows]), abs=2e-6)
        assert control[name]["log"] == pytest.approx(np.mean([row[f"log {name}"] for row in rows]), abs=2e-6)
    assert control["nothing changes"]["brier"] == pytest.approx(12 * 2 / (4 * 19), abs=1e-6)
    by_place = answer["control_by_place"]
    assert isinstance(by_place, list)
    assert [row["place"] for row in by_place] == list(holders)
    for row in by_place:
        assert row["model"] == pytest.approx(
            np.mean([it["model"] for it in rows if it["place"] == row["place"]]), abs=2e-6
        )


def test_what_never_falls_is_lost_at_the_end_of_what_was_observed(
    answer: dict[str, object], plan: tuple[Scenario, Record], ensemble: Ensemble
) -> None:
    scenario = plan[0]
    captures = answer["captures_by_place"]
    assert isinstance(captures, list)
    found = {row["place"]: row for row in captures}
    assert {name: row["came"] for name, row in found.items()} == {
        "arlen": None,
        "arlen-bridge": None,
        "corve": None,
        "dell": 7.5,
    }
    for place, holder in (("dell", "rebels"), ("arlen-bridge", "rebels"), ("arlen", "north")):
        came = 7.5 if place == "dell" else 19.0
        times = []
        for run in range(RUNS):
            mine = [(minute, who) for number, name, minute, who in ensemble.holders if (number, name) == (run, place)]
            lost = [(minute - scenario.at) / DAY for minute, who in mine if minute > scenario.at and who != holder]
            drawn = [who for minute, who in mine if minute <= scenario.at][-1] == holder
            times.append(min([*lost[:1], 19.0]) if drawn else 0.0)
        assert found[place]["model"] == pytest.approx(fair_crps(times, came), abs=1e-6)
        assert found[place]["nothing changes"] == pytest.approx(19.0 - came, abs=1e-6)
    trend = trend_of(plan[1], scenario.at, scenario.known_at, "graded")
    rate = trend.rates["rebels"]
    assert rate > 0
    came, last = 7.5, 19.0
    grid = np.linspace(0, last, 400_001)
    below = np.where(grid < last, 1 - np.exp(-rate * grid), 1.0)
    area = float(np.trapezoid((below - (grid >= came)) ** 2, grid))
    assert found["dell"]["the trend goes on"] == pytest.approx(area, abs=0.02)


def men_at(story: Story, row: Mapping[str, Any], minute: int) -> float:
    """Men of a row's actor at its place, which has no other place in it, read off the state force by force."""
    cells = story.state(minute).cells
    units = {"rebels": {"rebels"}, "north": {"north", "north-guard", "north-scouts"}}[row["actor"]]
    there = [
        force
        for force in cells["story.forces"]
        if cells[f"{force}.actor"] in units and cells.get(f"{force}.place") == row["place"]
    ]
    return float(sum(cells.get(f"{force}.number", 0) + cells.get(f"{force}.hidden", 0) for force in there))


def test_strengths_are_scored_on_estimates_that_say_how_many_and_where(
    answer: dict[str, object], plan: tuple[Scenario, Record], later: Record
) -> None:
    """Of five estimates three count: a lower bound is none, and the surroundings of a place are not the place."""
    scenario, record = plan
    rows = answer["strengths_by_report"]
    assert isinstance(rows, list)
    assert [(row["actor"], row["place"], row["came"]) for row in rows] == [
        ("rebels", "dell", 200.0),
        ("rebels", "dunes", 60.0),
        ("north", "dell", 2000.0),
    ]
    assert answer["retold"] == RUNS
    record_draws = RecordDraws(scenario, record, SEED)
    trend = trend_of(record, scenario.at, scenario.known_at, "graded")
    for row in rows:
        minute = later.ground.clock.moment(row["at"])
        stories = [record_draws.tell(index_of(run)) for run in range(RUNS)]
        before, then = ([men_at(story, row, at) for story in stories] for at in (scenario.at, minute))
        stays = math.exp(-trend.rates.get(row["actor"], 0.0) * (minute - scenario.at) / DAY)
        assert row["model"] == pytest.approx(fair_crps(then, row["came"]), abs=1e-5)
        assert row["nothing changes"] == pytest.approx(fair_crps(before, row["came"]), abs=1e-5)
        assert row["the trend goes on"] == pytest.approx(
            fair_crps([men * stays for men in before], row["came"]), abs=1e-5
        )
    assert len({rows[0][name] for name in FORECASTS}) == 3, "no two forecasts are told apart"
    strengths = answer["strengths"]
    assert isinstance(strengths, dict)
    for name in FORECASTS:
        assert strengths[name] == {"crps": pytest.approx(np.mean([row[name] for row in rows]), abs=1e-5), "unit": "men"}


def test_where_the_branch_was_wrong_the_place_was_lost_on_the_first_day(
    plan: tuple[Scenario, Record], ensemble: Ensemble, tmp_path: Path
) -> None:
    early = LATER.replace("happened: 2020-03-20", "happened: 2020-03-12")
    known = later_record(tmp_path, early)
    answer = score_ensemble(ensemble, RecordDraws(*plan, SEED), known)
    assert answer["wrong_at_branch"] == ["dell"]
    dell = next(row for row in answer["captures_by_place"] if row["place"] == "dell")
    assert (dell["came"], dell["nothing changes"]) == (0.0, 19.0)


def test_of_many_stories_some_are_told_again_evenly_spread() -> None:
    stories = np.arange(400)
    some = sample_evenly(stories, MOST_RETOLD_FOR_STRENGTHS)
    assert (len(some), some[0], some[-1]) == (MOST_RETOLD_FOR_STRENGTHS, 0, 399)
    assert np.ptp(np.diff(some)) <= 1
    assert sample_evenly(stories[:7], MOST_RETOLD_FOR_STRENGTHS).tolist() == list(range(7))
    assert sample_evenly(stories[:0], MOST_RETOLD_FOR_STRENGTHS).tolist() == []
    assert sample_evenly(stories[5:6], 1).tolist() == [5]


def test_a_record_of_another_situation_is_refused(
    plan: tuple[Scenario, Record], ensemble: Ensemble, tmp_path: Path
) -> None:
    small = Small(tmp_path)
    small.plant("map.yaml", "situation: tarn-valley", "situation: other-valley")
    with pytest.raises(Fault, match="The record is of 'other-valley', the stories are of 'tarn-valley'"):
        score_ensemble(ensemble, RecordDraws(*plan, SEED), small.load())


def test_the_places_of_which_the_later_record_tells_are_named(
    ensemble: Ensemble, plan: tuple[Scenario, Record], later: Record
) -> None:
    record_draws = RecordDraws(*plan, SEED)
    told, silent = score_ensemble(ensemble, record_draws, later), score_ensemble(ensemble, record_draws, plan[1])
    assert "dell" in told["reported"]
    assert set(told["reported"]) <= set(told["contestable"])
    assert silent["reported"] == []
