"""What separates the stories in which a cell is so from the others: for places, words, counts and pairs alike."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import attrs
import numpy as np
import pytest
from click.testing import CliRunner

from situation.commands.cli import main
from situation.ensemble.chunks import Chunks
from situation.ensemble.contrast import MOST_RETOLD_STORIES, contrast
from situation.ensemble.design import index_of
from situation.ensemble.ensemble import About, Ensemble, ensemble_of
from situation.ensemble.record_draws import RecordDraws
from situation.ensemble.workers import tell_missing
from situation.record.record import Record
from situation.scenario import Scenario
from tests.unit.valley_stories import scenario_of, valley

RUNS, SEED = 112, 5


@pytest.fixture(scope="module")
def plan(tmp_path_factory: pytest.TempPathFactory) -> tuple[Scenario, Record]:
    """The valley, with a number that all but decides whether the guns come."""
    small = valley(tmp_path_factory.mktemp("valley"))
    return scenario_of(
        small.plant("plan.yaml", "luck: {low: 0.2, best: 0.5, high: 0.8", "luck: {low: 0.001, best: 0.5, high: 0.999")
    )


@pytest.fixture(scope="module")
def ensemble(plan: tuple[Scenario, Record], tmp_path_factory: pytest.TempPathFactory) -> Ensemble:
    chunks = Chunks(tmp_path_factory.mktemp("chunks"), RUNS)
    tell_missing(*plan, SEED, chunks, 1)
    return ensemble_of(About.of(*plan, SEED, RUNS), chunks.read())


@pytest.fixture(scope="module")
def values(plan: tuple[Scenario, Record]) -> list[dict[str, Any]]:
    """The cells of every story ten days after the branch, and those at its end."""
    record_draws = RecordDraws(*plan, SEED)
    stories = [record_draws.tell(index_of(run)) for run in range(RUNS)]
    return [{"end": story.state().cells, "soon": story.state(_soon(plan)).cells} for story in stories]


def _soon(plan: tuple[Scenario, Record]) -> int:
    return plan[0].at + 15 * 1440


def test_who_holds_a_place_is_known_of_every_story(
    plan: tuple[Scenario, Record], ensemble: Ensemble, values: list[dict[str, Any]]
) -> None:
    found = contrast(ensemble, RecordDraws(*plan, SEED), "dell.holder", "north", _soon(plan))
    assert found is not None
    assert (found["runs"], found["retold"], found["median"]) == (RUNS, 0, None)
    assert found["share"] == round(float(np.mean([it["soon"]["dell.holder"] == "north" for it in values])), 6)


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ("given:guns.fired", True),
        pytest.param("dell.status", "held", marks=pytest.mark.long),
        pytest.param("dell.status", "contested", marks=pytest.mark.long),
        pytest.param("rebels.posture", "hold", marks=pytest.mark.long),
    ],
)
def test_a_word_is_so_where_it_is_the_same(
    plan: tuple[Scenario, Record], ensemble: Ensemble, values: list[dict[str, Any]], cell: str, value: Any
) -> None:
    found = contrast(ensemble, RecordDraws(*plan, SEED), cell, value, _soon(plan))
    assert found is not None
    chosen = np.linspace(0, RUNS - 1, MOST_RETOLD_STORIES).astype(int)
    wanted = np.mean([values[run]["soon"].get(cell) == value for run in chosen])
    assert (found["runs"], found["retold"], found["median"]) == (MOST_RETOLD_STORIES, MOST_RETOLD_STORIES, None)
    assert found["share"] == pytest.approx(wanted, abs=1e-6)


@pytest.mark.long
@pytest.mark.parametrize("cell", ["rebels@dell.number", "rebels.killed", "column.number", "north:south.rung"])
def test_a_count_is_so_on_its_side_of_the_median(
    plan: tuple[Scenario, Record], ensemble: Ensemble, values: list[dict[str, Any]], cell: str
) -> None:
    chosen = np.linspace(0, RUNS - 1, MOST_RETOLD_STORIES).astype(int)
    counts = [float(values[run]["end"].get(cell) or 0) for run in chosen]
    middle = float(np.median(counts))
    shares = []
    for value in (middle + 1, middle):
        found = contrast(ensemble, RecordDraws(*plan, SEED), cell, int(value), plan[0].end)
        assert found is not None
        assert found["median"] == middle
        shares.append(found["share"])
    assert shares[0] == pytest.approx(np.mean([count > middle for count in counts]), abs=1e-6)
    assert sum(shares) == pytest.approx(1.0, abs=2e-6)


def test_a_number_that_decides_is_named(plan: tuple[Scenario, Record], ensemble: Ensemble) -> None:
    """Over six seeds its swing is 4.4 standard errors or more, and 3.6 are needed."""
    rest = contrast(ensemble, RecordDraws(*plan, SEED), "given:guns.fired", True, plan[0].end)
    assert rest is not None
    named = {row["number"]: row for row in rest["numbers"]}
    assert named["luck"]["low"] < named["luck"]["high"]
    assert all(row[key] == round(row[key], 6) for row in rest["numbers"] for key in ("low", "high", "explains"))


def test_an_early_event_stands_with_its_day_and_the_shares_to_six_digits(
    plan: tuple[Scenario, Record], ensemble: Ensemble
) -> None:
    """Whether the bridge fell within the first week, the earliest of the days that are looked at."""
    week = plan[0].at + 7 * 1440
    chosen = np.linspace(0, RUNS - 1, MOST_RETOLD_STORIES).astype(int)
    stories = [RecordDraws(*plan, SEED).tell(index_of(int(run)), week).state(week) for run in chosen]
    yielded = np.array([int(story.cells.get("rebels.surrendered") or 0) for story in stories])
    seen = np.array([story.cells["arlen-bridge.holder"] == "north" for story in stories])
    rest = contrast(ensemble, RecordDraws(*plan, SEED), "rebels.surrendered", int(yielded.max()), week)
    assert rest is not None
    more = yielded > np.median(yielded)
    shares = {"where_seen": round(float(more[seen].mean()), 6), "where_not": round(float(more[~seen].mean()), 6)}
    assert rest["events"] == [{"event": "arlen-bridge taken by north", "by_day": 7, **shares}]


@pytest.mark.long
def test_each_story_simulated_again_is_reported_and_the_answer_is_the_same(
    plan: tuple[Scenario, Record], ensemble: Ensemble
) -> None:
    found = contrast(ensemble, RecordDraws(*plan, SEED), "rebels.killed", 10_000, plan[0].end)
    assert found is not None
    seen: list[int] = []
    again = contrast(ensemble, RecordDraws(*plan, SEED), "rebels.killed", 10_000, plan[0].end, finished=seen.append)
    assert again == found
    assert seen == [1] * MOST_RETOLD_STORIES


def test_a_list_is_not_held_against_other_stories(plan: tuple[Scenario, Record], ensemble: Ensemble) -> None:
    assert contrast(ensemble, RecordDraws(*plan, SEED), "dell.bodies", ("rebels@dell",), plan[0].end) is None


def test_where_every_story_failed_nothing_is_said(plan: tuple[Scenario, Record], ensemble: Ensemble) -> None:
    none = attrs.evolve(ensemble, reasons=("lost",) * RUNS)
    assert contrast(none, RecordDraws(*plan, SEED), "dell.holder", "north", plan[0].end) is None


def test_a_person_is_told_what_it_is_held_against(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    home = tmp_path / "scenarios" / "tarn-valley"
    home.mkdir(parents=True)
    likely = ("luck: {low: 0.2, best: 0.5, high: 0.8", "luck: {low: 0.001, best: 0.5, high: 0.999")
    valley(home).plant("plan.yaml", *likely).write()
    (home / "plan.yaml").rename(home / "push-on.yaml")
    monkeypatch.chdir(tmp_path)

    def shown(*words: str) -> str:
        result = CliRunner().invoke(main, list(words))
        assert result.exit_code == 0, result.output
        return result.output

    told = json.loads(shown("run", "push-on", "--runs", "16", "--seed", "7", "--workers", "1", "--json"))
    why = ("why", "--story", "3")
    assert " % of 16 stories. Nothing separates these from the others" in shown(*why, "dell.holder", told["run"])
    assert "of 16 stories that were simulated again. What separates" in shown(*why, "given:guns.fired", told["run"])
    count = shown(*why, "rebels.killed", told["run"])
    assert "The median of 16 stories that were simulated again is " in count
    assert "neither a word nor a number" in shown(*why, "dell.bodies", told["run"])
    answer = json.loads(shown(*why, "rebels.killed", told["run"], "--json"))
    assert list(answer["across"]) == ["share", "runs", "retold", "median", "numbers", "events"]
