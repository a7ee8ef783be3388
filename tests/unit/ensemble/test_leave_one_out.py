"""The questions with each source left out: what it takes with it, what stays exactly the same, and what rests on it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from click.testing import CliRunner

from situation.commands.cli import main
from situation.ensemble.answer_words import source_rows
from situation.ensemble.ensemble import Ensemble
from situation.ensemble.leave_one_out import LeftOut, known_at_branch, leave_each_out, sources_answer, sources_named
from situation.ensemble.run import run
from situation.ensemble.statistics.medians import median
from situation.errors import Fault
from situation.record.record import Record
from situation.scenario import Scenario
from situation.scenario.branch import without_claims
from tests.unit.small import Small
from tests.unit.valley_stories import scenario_of, valley

RUNS, SEED = 16, 5
SOURCES = """\
  - id: chronicle
    outlet: The Chronicle
    published: 2020-03-09
    reliability: {grade: A, as_of: 2020-02-01, reason: "written with care"}
  - id: echo
    outlet: The Echo
    published: 2020-03-15
    reliability: {grade: C, as_of: 2020-02-01, reason: "repeats others"}
  - id: annals
    outlet: The Annals
    published: 2020-06-01
    reliability: {grade: A, as_of: 2020-02-01, reason: "written with care, and late"}
"""
CLAIMS = """\
  - {id: T9-01, source: chronicle, says: The North took Dell., happened: 2020-03-08,
     asserts: {event: Captured, place: dell, by: [north], against: rebels}}
  - {id: T9-02, source: echo, says: The South held Corve., happened: 2020-03-05,
     asserts: {statement: Holds, actor: south, area: corve}}
  - {id: T9-03, source: annals, says: The South took the mill., happened: 2020-03-04,
     asserts: {event: Captured, place: corve-mill, by: [south], against: rebels}}
"""
"""A capture that nobody else reports; a statement, which writes no state; and a capture that nobody knew of by the branch."""


def told_by_more(folder: Path) -> Small:
    small = valley(folder)
    small.plant("sources.yaml", "speakers:\n", f"{SOURCES}speakers:\n").add("record.yaml", CLAIMS)
    small.plant("plan.yaml", "low: 1500, best: 2000, high: 3000, unit: troops,\n     source: ASSUMED",
                "low: 1500, best: 2000, high: 3000, unit: troops,\n     source: T9-02 and T1-02")  # fmt: skip
    return small.plant(
        "plan.yaml", "north-posts:\n",
        "north-at-dell:\n    {actor: north, at: dell, value: 300, unit: troops, source: ASSUMED, reason: so}\n  north-posts:\n",
    )  # fmt: skip


@pytest.fixture(scope="module")
def plan(tmp_path_factory: pytest.TempPathFactory) -> tuple[Scenario, Record]:
    return scenario_of(told_by_more(tmp_path_factory.mktemp("valley")))


@pytest.fixture(scope="module")
def ensemble(plan: tuple[Scenario, Record]) -> Ensemble:
    return run(plan[0], RUNS, SEED, record=plan[1])


@pytest.fixture(scope="module")
def left(plan: tuple[Scenario, Record]) -> dict[str, LeftOut]:
    sources, steps = sources_named(plan[1]), list[int]()
    left = {one.source: one for one in leave_each_out(*plan, SEED, RUNS, sources, finished=steps.append)}
    assert steps == [1] * len(sources), "each source is one step of the bar"
    return left


@pytest.fixture(scope="module")
def answer(plan: tuple[Scenario, Record], ensemble: Ensemble, left: dict[str, LeftOut]) -> dict[str, Any]:
    return sources_answer(ensemble, tuple(left.values()), *plan)


def rows(answer: dict[str, Any], source: str) -> list[dict[str, Any]]:
    return [row for question in answer["questions"] for row in question["without"] if row["source"] == source]


def test_each_source_that_has_a_claim_is_left_out_once(plan: tuple[Scenario, Record], left: dict[str, LeftOut]) -> None:
    assert list(left) == sorted({claim.source for claim in plan[1].testimony.claims.values()})
    assert {"annals", "chronicle", "echo", "gazette"} <= {*left}
    known = known_at_branch(*plan, tuple(left))
    assert known == tuple(source for source, one in left.items() if one.known)


def test_what_leaves_the_branch_as_it_is_changes_nothing_to_the_last_digit(
    left: dict[str, LeftOut], answer: dict[str, Any]
) -> None:
    assert (left["echo"].known, left["echo"].differ, dict(left["echo"].answers)) == (1, 0, {})
    for row in rows(answer, "echo"):
        assert (row["difference"], row["interval"], row["equal"]) == (0.0, [0.0, 0.0], 1.0)


def test_what_was_not_known_at_the_branch_changes_nothing(left: dict[str, LeftOut], answer: dict[str, Any]) -> None:
    assert (left["annals"].claims, left["annals"].known, left["annals"].differ) == (1, 0, 0)
    assert {row["difference"] for row in rows(answer, "annals")} == {0.0}


def test_a_capture_that_one_source_alone_reports_hangs_on_it(left: dict[str, LeftOut], answer: dict[str, Any]) -> None:
    assert left["chronicle"].differ == left["chronicle"].draws == RUNS // 4
    assert any(row["difference"] for row in rows(answer, "chronicle"))


def test_the_answers_are_those_of_an_ensemble_of_the_record_without_the_source(
    plan: tuple[Scenario, Record], ensemble: Ensemble, left: dict[str, LeftOut], answer: dict[str, Any]
) -> None:
    """Told from the start, with nothing taken over from the ensemble with all sources."""
    scenario, record = plan
    for source in ("chronicle", "echo"):
        claims = tuple(name for name, claim in record.testimony.claims.items() if claim.source == source)
        anew = run(scenario, RUNS, SEED, record=without_claims(record, claims))
        for name in scenario.questions:
            values = ensemble.answers[name].copy()
            for index, row in left[source].answers.items():
                values[index] = np.inf if row[name] is None else row[name]
            assert np.array_equal(values, anew.answers[name])
            (row_of,) = [row for row in rows(answer, source) if row in _without(answer, name)]
            middle = np.mean if ensemble.is_share(name) else median
            change = float(middle(anew.answers[name]) - middle(ensemble.answers[name]))
            assert row_of["difference"] == pytest.approx(change, abs=1e-6)


def _without(answer: dict[str, Any], name: str) -> list[dict[str, Any]]:
    return next(question["without"] for question in answer["questions"] if question["question"] == name)


def test_what_of_the_scenario_rests_on_a_source_is_named_and_stays(answer: dict[str, Any]) -> None:
    resting = {row["source"]: row["rests"] for row in answer["sources"]}
    assert resting["echo"] == ["force column"]
    assert resting["gazette"] == ["force column"]
    assert resting["annals"] == []


def test_a_source_that_is_not_there_is_refused_with_the_near_miss(plan: tuple[Scenario, Record]) -> None:
    with pytest.raises(Fault, match=r"There is no source 'cronicle' with a claim\. Did you mean 'chronicle'"):
        sources_named(plan[1], ("cronicle",))
    assert sources_named(plan[1], ("echo", "annals", "echo")) == ("echo", "annals")


@pytest.mark.long
def test_no_answer_depends_on_the_number_of_workers(plan: tuple[Scenario, Record], left: dict[str, LeftOut]) -> None:
    assert leave_each_out(*plan, SEED, RUNS, tuple(left), workers=2) == tuple(left.values())


def home_of_more(folder: Path) -> None:
    home = folder / "scenarios" / "tarn-valley"
    home.mkdir(parents=True)
    told_by_more(home).write()
    (home / "plan.yaml").rename(home / "push-on.yaml")


SIZE = ["sources", "push-on", "--seed", str(SEED), "--workers", "1"]


def test_the_command_tells_what_cannot_move_an_answer(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    home_of_more(tmp_path)
    monkeypatch.chdir(tmp_path)
    shown = CliRunner().invoke(main, [*SIZE, "--runs", "8", "--source", "echo", "--source", "annals"])
    assert shown.exit_code == 0, shown.output
    words = " ".join(shown.stdout.split())
    assert words.count("No source moves it by more than the counting error.") == 2
    assert (
        "The state at the branch is the same without any one of these, and so is every story: The Echo (echo)." in words
    )
    assert "None of these was known at the branch: The Annals (annals)." in words
    assert "On The Echo (echo) rest these of the scenario, which stay: force column." in words


@pytest.mark.long
def test_the_command_answers_as_the_library_does(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, answer: dict[str, Any]
) -> None:
    home_of_more(tmp_path)
    monkeypatch.chdir(tmp_path)
    printed = json.loads(CliRunner().invoke(main, [*SIZE, "--runs", str(RUNS), "--json"]).stdout)
    assert list(printed) == ["run", *answer]
    assert printed["questions"] == answer["questions"]


def test_a_source_stands_under_a_question_where_it_moves_it_beyond_counting_error() -> None:
    rows_of = [
        {"source": "far", "answer": 0.8, "difference": 0.3, "interval": [0.1, 0.5], "equal": 0.7},
        {"source": "near", "answer": 0.55, "difference": 0.05, "interval": [-0.1, 0.2], "equal": 0.9},
        {"source": "same", "answer": 0.5, "difference": 0.0, "interval": [0.0, 0.0], "equal": 1.0},
    ]
    question = {"ask": "captured", "unit": None, "answer": 0.5, "without": rows_of}
    assert source_rows(question) == ("50 %", [("far", "80 %, +30 points (+10 to +50)")])
    waits: dict[str, object] = {"source": "far", "answer": None, "difference": 4.0, "interval": None, "equal": 0.0}
    question = {"ask": "days until", "unit": "days", "answer": 1.0, "without": [waits]}
    assert source_rows(question) == ("1 day", [("far", "never, +4 days")])
