"""`situation calibrate`, as a user meets it, on the Tarn valley: its answer, its files, its posterior, and what it refuses."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from situation.commands.cli import main
from situation.ensemble.calibrate.calibration_words import compared_row, number_row
from situation.ensemble.calibrate.posterior import posterior_text
from situation.ensemble.calibrate.targets import TARGET_KINDS, targets_of, without_places
from situation.ensemble.calibrate.window import record_up_to
from situation.ensemble.sweep.ranged_numbers import ranged_numbers
from situation.record.loading import load
from situation.runs.finding import open_scenario
from situation.runs.replacing import holds_nothing_else
from situation.scenario import load_scenario
from situation.testimony.disk.steps import Disk, using
from tests.unit.run_files import described
from tests.unit.valley_stories import valley_home

SMALL = (
    "--numbers",
    "rest,column",
    "--points",
    "24",
    "--runs",
    "4",
    "--waves",
    "1",
    "--workers",
    "1",
    "--share",
    "0.6",
)
WINDOW = ("--until", "2020-03-24")
LEDGER = """\
  - id: ledger
    outlet: The Ledger
    published: 2020-03-30
    reliability: {grade: B, as_of: 2020-02-01, reason: "careful"}
"""
WITHIN = """\
  - {id: L-01, source: ledger, says: The bridge fell., happened: {earliest: 2020-03-15, latest: 2020-03-19}, asserts: {event: Captured, place: arlen-bridge, by: [north], against: rebels}}
  - {id: L-02, source: ledger, says: Dell fell., happened: 2020-03-22, asserts: {event: Captured, place: dell, by: [north], against: rebels}}
  - {id: L-03, source: ledger, says: Both lost men., happened: 2020-03-22, asserts: {event: Attacked, place: dell, by: [north], against: rebels, killed_of: {rebels: {unit: people, low: 20, high: 90}, north: {unit: people, low: 2, high: 40}}}}
"""  # noqa: E501
AFTER = """\
  - {id: L-05, source: ledger, says: Dell is lost again., happened: 2020-03-29, asserts: {event: Captured, place: dell, by: [rebels], against: north}}
  - {id: L-06, source: ledger, says: The mill fell., happened: {earliest: 2020-03-23, latest: 2020-03-28}, asserts: {event: Captured, place: corve-mill, by: [south], against: rebels}}
  - {id: L-07, source: ledger, says: The bridge is the rebels' still., happened: 2020-03-27, asserts: {statement: Holds, actor: rebels, area: arlen-bridge}}
"""  # noqa: E501


def _home(folder: Path, claims: str) -> Path:
    there = valley_home(folder)
    record = there / "scenarios" / "tarn-valley" / "record.yaml"
    record.write_text(record.read_text() + claims)
    sources = record.with_name("sources.yaml")
    sources.write_text(sources.read_text().replace("speakers:\n", f"{LEDGER}speakers:\n"))
    return there


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return _home(tmp_path_factory.mktemp("home"), WITHIN + AFTER)


@pytest.fixture(autouse=True)
def _here(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(home)


def calibrate(*arguments: str) -> Result:
    return CliRunner().invoke(main, ["calibrate", "push-on", *arguments])


@pytest.fixture(scope="module")
def answer(home: Path) -> dict[str, Any]:
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(home)
        result = calibrate(*WINDOW, *SMALL, "--json")
    assert result.exit_code == 0, result.output
    assert "Wave 1: 24 points of 4 stories: 96 stories." in result.stderr
    found: dict[str, Any] = json.loads(result.stdout)
    return found


def test_of_a_place_that_is_left_out_nothing_is_compared() -> None:
    plan, record = open_scenario("push-on", ())
    until = record.minute(WINDOW[1])
    all_of_them = targets_of(plan, record_up_to(plan, record, until), until)
    left = without_places(all_of_them, ("dell",))
    assert {"arlen-bridge before dell", "dell"} <= {target.what for target in all_of_them}
    assert left and not any("dell" in target.what for target in left)
    assert without_places(all_of_them, ()) == all_of_them
    refused = calibrate(*WINDOW, *SMALL, "--leave-out", "dull")
    assert refused.exit_code == 2
    assert "In the window nothing that is compared is of 'dull'. Did you mean 'dell'?" in refused.output


class _Cut(Disk):
    """A disk at whose first chunk to be removed the process ends."""

    def unlink(self, path: Path) -> None:
        if path.suffix == ".chunk":
            raise KeyboardInterrupt
        super().unlink(path)


def test_waves_that_a_call_left_which_ended_after_it_wrote_its_result_are_removed_by_the_next(home: Path) -> None:
    few = (*WINDOW, "--numbers", "rest", "--points", "6", "--runs", "4", "--waves", "1", "--workers", "1")
    with using(_Cut()):
        assert calibrate(*few).exit_code == 130
    left = home / "runs" / "calibrations" / ".partial"
    assert list(left.glob("*/*.chunk"))
    again = calibrate(*few)
    assert again.exit_code == 0, again.output
    assert "points of 4 stories" not in again.output
    assert not left.exists()


def test_an_answer_has_its_documented_keys(answer: dict[str, Any]) -> None:
    keys = "run scenario title from until seed points stories share left_out failed targets waves found furthest"
    assert sorted(answer) == sorted(
        [*keys.split(), "stories_left", "accepted", "points_accepted", "numbers", "not_told", "together"]
    )
    target = "kind what unit low high discrepancy before after nearest reached compared"
    assert list(answer["targets"][0]) == target.split()
    assert list(answer["waves"][0]) == ["points", "plausible", "left"]
    number = "number unit prior_low prior_best prior_high low best high width kept"
    assert list(answer["numbers"][0]) == number.split()


def test_dates_order_changes_of_hands_and_loss_ratios_are_compared_together(answer: dict[str, Any]) -> None:
    assert {row["kind"] for row in answer["targets"]} == set(TARGET_KINDS)
    bounds = {(row["kind"], row["what"]): (row["low"], row["high"]) for row in answer["targets"]}
    low, high = bounds["captures", "arlen-bridge"]
    assert (low, high) == pytest.approx((2.0, 7.0), abs=0.01)  # the interval of the record, from its first minute on
    assert ("order", "arlen-bridge before dell") in bounds
    assert bounds["changes_of_hands", "dell"] == (1.0, None)


def test_what_is_compared_is_said_by_name(answer: dict[str, Any], home: Path) -> None:
    ground = load(home / "scenarios" / "tarn-valley").ground
    rows = [compared_row(row, ground) for row in answer["targets"]]
    firsts = {kind: next(row for row in answer["targets"] if row["kind"] == kind) for kind in TARGET_KINDS}
    assert len(firsts) == len(TARGET_KINDS) and all(compared_row(row, ground)[1] for row in firsts.values())
    assert ("Arlen Bridge taken before Dell", "100 %") in [row[:2] for row in rows]


def test_nothing_that_the_record_says_of_later_times_enters(home: Path, tmp_path: Path) -> None:
    def told() -> list[tuple[Any, ...]]:
        scenario, record = open_scenario("push-on", ())
        end = record.minute("2020-03-24")
        rows = targets_of(scenario, record_up_to(scenario, record, end), end)
        return [(it.kind, it.what, it.low, it.high) for it in rows]

    with_later = told()
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(_home(tmp_path, WITHIN))
        assert told() == with_later


def test_the_posterior_is_a_scenario_that_another_extends(home: Path, answer: dict[str, Any], tmp_path: Path) -> None:
    assert answer["found"] and answer["points_accepted"] >= 20
    assert holds_nothing_else(home / answer["run"])
    text = (home / answer["run"] / "posterior.yaml").read_text()
    (tmp_path / "posterior.yaml").write_text(text)
    (tmp_path / "next.yaml").write_text("scenario: next\nextends: posterior\ntitle: Onward\nhorizon: 50 d\n")
    _, record = open_scenario("push-on", ())
    opened = load_scenario(tmp_path / "next.yaml", record)
    before, _ = open_scenario("push-on", ())
    numbers = ranged_numbers(opened)
    for row in answer["numbers"]:
        prior = numbers[row["number"]]
        assert (prior.low, prior.best, prior.high) == (row["low"], row["best"], row["high"])
        assert prior.unit == row["unit"] and "as wide" in prior.reason
        if row["kept"]:
            assert row["width"] >= 0.85 and prior.source == ranged_numbers(before)[row["number"]].source
            assert (row["low"], row["best"], row["high"]) == (row["prior_low"], row["prior_best"], row["prior_high"])
            assert "until 2020-03-24" in prior.reason and ": kept as it was" in prior.reason
        else:
            assert row["width"] < 0.85 and "until 2020-03-24" in prior.source
    assert answer["not_told"] == [row["number"] for row in answer["numbers"] if row["kept"]]
    named = {row["number"] for row in answer["numbers"]}
    others = {name: prior for name, prior in ranged_numbers(before).items() if name not in named}
    assert others == {name: prior for name, prior in numbers.items() if name not in named}
    assert opened.doctrines == before.doctrines and opened.given == before.given


def test_a_number_of_which_the_data_say_next_to_nothing_keeps_its_range_and_it_is_said(home: Path) -> None:
    opened, record = open_scenario("push-on", ())
    prior = ranged_numbers(opened)["rest"]
    ends = {"low": prior.low, "best": prior.best, "high": prior.high}
    row = {"number": "rest", "unit": prior.unit, **{f"prior_{end}": it for end, it in ends.items()}, **ends}
    rows = [{**row, "width": 1.1, "kept": True}]
    written = posterior_text(opened, record, rows, "calibrated to a week")
    assert "# Kept as they were, since the data say next to nothing of them: rest.\n" in written
    (home / "kept.yaml").write_text(written)
    after = ranged_numbers(load_scenario(home / "kept.yaml", record))["rest"]
    assert (after.low, after.best, after.high, after.source) == (prior.low, prior.best, prior.high, prior.source)
    assert after.reason.endswith("calibrated to a week: kept as it was, since the data say next to nothing of it "
                                 "(its interval is 110 % as wide as the prior's)")  # fmt: skip
    assert number_row(rows[0])[3:] == ("kept", "110 %")
    men = {**rows[0], "prior_low": 800.0, "prior_best": 1000.0, "prior_high": 1120.0, "kept": False, "low": 12_345.6}
    assert number_row(men)[2] == "800 / 1,000 / 1,120" and number_row(men)[3].startswith("12,346 / ")


def test_a_posterior_has_no_number_that_lost_its_use_in_a_scenario_that_takes_a_plan_out(home: Path) -> None:
    text = "scenario: no-push\nextends: push-on\ntitle: Nobody pushes\ndoctrines: {push: null}\ngiven: {guns: null}\n"
    (home / "no-push.yaml").write_text(text + "questions: {}\n")
    opened, record = open_scenario("no-push.yaml", ())
    written = posterior_text(opened, record, [], "calibrated to nothing")
    assert "push" not in opened.doctrines and '"luck"' not in written and '"rest"' not in written
    (home / "whole.yaml").write_text(written)
    assert load_scenario(home / "whole.yaml", record).doctrines == opened.doctrines


def test_the_table_has_the_accepted_stories_with_all_their_numbers_at_once(home: Path, answer: dict[str, Any]) -> None:
    folder = home / answer["run"]
    accepted, every = (
        list(csv.DictReader((folder / f"{name}.csv").read_text().splitlines())) for name in ("accepted", "experiments")
    )
    assert len(accepted) == answer["accepted"] and len(every) == 96
    assert "days" in described({path.name: path.read_bytes() for path in folder.iterdir()})
    assert [row for row in every if row["accepted"] == "1"] == accepted
    far = [float(row["distance"]) for row in accepted]
    assert max(far) == pytest.approx(answer["furthest"], abs=1e-4)
    rests = sorted(float(row["number:rest"]) for row in accepted)
    assert rests[0] <= answer["numbers"][0]["best"] <= rests[-1]


def test_the_same_call_reads_the_folder(answer: dict[str, Any]) -> None:
    again = calibrate(*WINDOW, *SMALL, "--json")
    assert json.loads(again.stdout) == answer and "Wave" not in again.stderr
    shown = calibrate(*WINDOW, *SMALL)
    assert "of the ranges left" in shown.output and "posterior.yaml" in shown.output


@pytest.mark.long
def test_other_workers_give_the_same_bytes(home: Path, answer: dict[str, Any], tmp_path: Path) -> None:
    other = calibrate(*WINDOW, *SMALL[:-3], "2", *SMALL[-2:], "--out", str(tmp_path / "out"))
    assert other.exit_code == 0, other.output
    for name in ("posterior.yaml", "accepted.csv", "experiments.parquet", "manifest.json"):
        assert (tmp_path / "out" / name).read_bytes() == (home / answer["run"] / name).read_bytes()


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--until", "2020-03-12"), "the stories begin only on 2020-03-12"),
        (("--until", "2020-12-01"), "the record ends on"),
        (("--until", "soon"), "soon"),
        (("--until", "2020-03-13"), "tells of no change"),
        ((*WINDOW, "--numbers", "rset"), "rest"),
        ((*WINDOW, "--points", "4"), "10 or more"),
    ],
)
def test_what_cannot_be_calibrated_is_refused(arguments: tuple[str, ...], said: str) -> None:
    result = calibrate(*SMALL, *arguments)
    assert result.exit_code == 2 and said in result.stderr, result.output
    assert "Traceback" not in result.output


def test_more_than_a_handful_of_numbers_are_to_be_named() -> None:
    result = calibrate(*WINDOW)
    assert result.exit_code == 2 and "--numbers" in result.stderr and "situation sweep" in result.stderr
