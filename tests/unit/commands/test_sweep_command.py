"""`situation sweep`, as a user meets it, on the Tarn valley: its answer, its table, what it refuses, and that it goes on."""

from __future__ import annotations

import csv
import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from situation.commands.cli import main
from situation.ensemble.sweep.ranged_numbers import fixed_numbers, swept_numbers
from situation.runs.ensembles import Interrupted
from situation.runs.finding import open_scenario
from situation.runs.replacing import holds_nothing_else
from situation.runs.sweeps import stored_sweep
from tests.unit.run_files import described
from tests.unit.valley_stories import valley_home

SMALL = ("--numbers", "boats,column", "--size", "2", "--runs", "6", "--workers", "1")


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    there = valley_home(tmp_path_factory.mktemp("home"))
    plan = there / "scenarios" / "tarn-valley" / "push-on.yaml"
    plan.write_text(plan.read_text().replace("horizon: 60 d", "horizon: 15 d").replace("2020-04-01", "2020-03-20"))
    return there


@pytest.fixture(autouse=True)
def _here(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(home)


def sweep(*arguments: str) -> Result:
    return CliRunner().invoke(main, ["sweep", "push-on", *arguments])


@pytest.fixture(scope="module")
def answer(home: Path) -> dict[str, Any]:
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(home)
        result = sweep(*SMALL, "--json")
    assert result.exit_code == 0, result.output
    assert "2 numbers, 6 points of 6 stories: 36 stories in all." in result.stderr
    found: dict[str, Any] = json.loads(result.stdout)
    return found


def test_an_answer_has_its_documented_keys(answer: dict[str, Any]) -> None:
    keys = "run scenario title method size seed points stories left_out numbers questions columns"
    assert sorted(answer) == sorted(keys.split())
    numbers, question = answer["numbers"], answer["questions"][0]
    assert list(numbers[0]) == ["number", "words", "unit", "low", "best", "high", "source", "reason", "changes"]
    assert list(question) == ["question", "ask", "text", "unit", "mean", "lowest", "highest", "error", "effects"]
    effect = "number says mu_star mu_star_interval luck mu mu_interval sigma sigma_interval"
    assert list(question["effects"][0]) == effect.split()
    page = " ".join(Path(__file__).parents[3].joinpath("docs/json.md").read_text("utf-8").split())
    part = page.partition("**`situation sweep`**")[2].partition("**`situation")[0]
    missing = {key for key in (*answer, *numbers[0], *question, *question["effects"][0]) if f"`{key}`" not in part}
    assert not missing


def test_what_no_story_asks_for_is_inert_to_the_last_digit(answer: dict[str, Any]) -> None:
    changes = {row["number"]: row["changes"] for row in answer["numbers"]}
    assert changes == {"boats": 0.0, "force column": 1.0}
    for question in answer["questions"]:
        (boats,) = [effect for effect in question["effects"] if effect["number"] == "boats"]
        values = [boats[key] for key in ("mu", "mu_star", "sigma", "luck")]
        ends = [end for key in ("mu", "mu_star", "sigma") for end in boats[f"{key}_interval"]]
        assert boats["says"] == "none" and {*values, *ends} == {0.0}


def test_the_table_has_a_row_a_story_with_every_number_and_answer(answer: dict[str, Any]) -> None:
    rows = list(csv.DictReader(Path(answer["run"], "experiments.csv").read_text().splitlines()))
    assert len(rows) == answer["points"] * answer["stories"] == 36
    assert [*rows[0]] == [column["column"] for column in answer["columns"]]
    assert {"number:boats", "number:force column", "answer:dell", "answer:camp"} <= {*rows[0]}
    units = {column["column"]: column["unit"] for column in answer["columns"]}
    assert (units["number:boats"], units["answer:camp"]) == ("persons per day", "men")
    assert set(units.values()) == described({path.name: path.read_bytes() for path in Path(answer["run"]).iterdir()})
    moved = [row for row in rows if row["moved"] == "boats"]
    for row in moved:
        other = rows[int(row["against"]) * 6 + int(row["replicate"])]
        assert row["number:boats"] != other["number:boats"]
        assert (row["course"], row["answer:camp"]) == (other["course"], other["answer:camp"])
    mean = sum(float(row["answer:camp"]) for row in rows) / len(rows)
    (camp,) = [question for question in answer["questions"] if question["question"] == "camp"]
    assert camp["mean"] == pytest.approx(mean, abs=1e-6)


def test_the_same_sweep_is_read_and_not_told_again(answer: dict[str, Any]) -> None:
    result = sweep(*SMALL, "--question", "camp")
    assert result.exit_code == 0, result.output
    assert "stories in all" not in result.stderr
    assert "These change no story: boats." in result.stdout
    assert "dell" not in result.stdout


def test_a_stopped_sweep_goes_on_to_the_same_bytes(answer: dict[str, Any], tmp_path: Path) -> None:
    scenario, record = open_scenario("push-on", ())

    @contextmanager
    def stopping(title: str, total: int) -> Iterator[Any]:
        def finished(stories: int) -> None:
            if stories:
                raise KeyboardInterrupt

        yield finished

    size: Any = {"names": ("boats", "column"), "size": 2, "stories": 6}
    with pytest.raises(Interrupted, match="8 of 36 stories are kept"):
        stored_sweep(scenario, record, "morris", **size, out=tmp_path / "sweep", bar=stopping)
    stored = stored_sweep(scenario, record, "morris", **size, out=tmp_path / "sweep")
    files = {file.name: file.read_bytes() for file in stored.folder.iterdir()}
    assert files == {file.name: file.read_bytes() for file in Path(answer["run"]).iterdir()}
    assert holds_nothing_else(Path(answer["run"]))


@pytest.mark.long
def test_boxes_are_found_and_tested_on_halves_of_the_points() -> None:
    result = sweep("--numbers", "column", "--boxes", "dell", "--size", "20", "--runs", "6", "--workers", "1", "--json")
    assert result.exit_code == 0, result.output
    boxes = json.loads(result.stdout)["boxes"]
    assert list(boxes) == ["question", "ask", "text", "unit", "above", "below", "of_interest", "boxes"]
    for box in boxes["boxes"]:
        assert list(box) == ["holds", "restricted", "found", "tested", "restrictions", "path"]
        assert box["path"][0]["points"] <= 20
    shown = sweep("--numbers", "column", "--boxes", "dell", "--size", "20", "--runs", "6", "--workers", "1")
    assert "Boxes of dell" in shown.stdout and "stories in all" not in shown.stderr


def test_numbers_are_listed_with_range_unit_and_source() -> None:
    result = sweep("--list", "--numbers", "rest,column")
    assert result.stdout == ("rest  1 / 2 / 4 days; ASSUMED\nforce column  1,500 / 2,000 / 3,000 troops; ASSUMED\n")


def test_fixed_numbers_are_listed_after_those_with_a_range_and_one_that_is_given_a_range_is_swept(home: Path) -> None:
    listed = json.loads(sweep("--list", "--json").stdout)
    fixed = {row["number"]: row["value"] for row in listed["fixed"]}
    assert fixed["rest_restores"] == 0.05 and not set(fixed) & {row["number"] for row in listed["numbers"]}
    words = " ".join(sweep("--list").stdout.split())
    assert "These have one value, are the same in every story" in words
    assert words.index("rest 1 / 2 / 4 days") < words.index("rest_restores 0.05 per day; ASSUMED")
    number = "{low: 0.02, best: 0.05, high: 0.1, unit: per day, source: ASSUMED, reason: nobody counted}"
    text = f"scenario: given-up\nextends: push-on\ntitle: Given up\nparameters:\n  rest_restores: {number}\n"
    (home / "given-up.yaml").write_text(text)
    opened, _ = open_scenario("given-up.yaml", ())
    assert swept_numbers(opened, ("rest_restores",))["rest_restores"].high == 0.1
    assert "rest_restores" not in fixed_numbers(opened)
    assert swept_numbers(opened, ("closed.surrender",))["closed.surrender"].low < 0.25


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("--numbers", "bots"), "--numbers: There is no number 'bots'. Did you mean 'boats'?"),
        (("--numbers", "nosuch"), "--numbers: There is no number 'nosuch'. Those with a range are: "),
        (("--numbers", "north-posts"), "--numbers: 'north-posts' has one value and no range."),
        (("--question", "del"), "--question: There is no question 'del'. Did you mean 'dell'?"),
        (("--size", "1"), "--size: 1 are too few trajectories. Give 2 or more."),
        (("--runs", "5"), "--runs: 5 stories at a point cannot tell an effect from luck. Give 6 or more."),
        (("--method", "sobol", "--size", "48"), "--size: 48 rows are no power of two. Give 32 or 64."),
        (("--size", "999999"), "--size: 70,999,929 points of 16 stories each are more than 2,000,000 stories in all."),
        (("--boxes", "camp"), "--boxes: 'camp' is answered in men, not with yes or no."),
        (
            ("--boxes", "dell", "--above", "0", "--below", "1"),
            "--below: The cases of interest lie above a number or below",
        ),
        (("--boxes", "dell", "--method", "sobol"), "--method: Boxes have a design of their own."),
        (("--above", "3"), "--above and --below say what is of interest in boxes."),
        (("--workers", "0"), "--workers: 0 is no number of processes. Give 1 or more."),
        (("--seed", "-1"), "--seed: -1 is no seed."),
    ],
)
def test_what_makes_no_sense_is_refused_before_any_story(arguments: tuple[str, ...], says: str) -> None:
    result = sweep(*arguments)
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.startswith(says)


@pytest.mark.parametrize("method", ["morris", "sobol"])
def test_where_salib_is_missing_the_extra_is_named(method: str, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [name for name in sys.modules if name.partition(".")[0] == "SALib"]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "SALib", None)
    result = sweep("--method", method, "--size", "32", "--runs", "6")
    assert result.exit_code == 2
    assert result.stderr.startswith(
        "This sweep needs SALib, which is not installed. In the project's folder: .venv/bin/pip"
    )
    assert result.stderr.endswith(" -e '.[sweep]'\n")


@pytest.mark.long
def test_the_number_of_workers_changes_no_byte(answer: dict[str, Any], tmp_path: Path) -> None:
    scenario, record = open_scenario("push-on", ())
    stored = stored_sweep(
        scenario, record, "morris", ("boats", "column"), size=2, stories=6, workers=2, out=tmp_path / "sweep"
    )
    files = {file.name: file.read_bytes() for file in stored.folder.iterdir()}
    assert files == {file.name: file.read_bytes() for file in Path(answer["run"]).iterdir()}
