"""`situation run --from`: one story of a run goes on from a day, as a user meets it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from situation.commands.cli import main
from situation.ensemble.continuations import continued
from situation.ensemble.record_draws import RecordDraws
from situation.errors import Fault
from situation.runs.finding import open_scenario
from tests.unit.valley_stories import GUNS, PLAN, valley_home


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = valley_home(tmp_path_factory.mktemp("home"), guns=GUNS)
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        done = CliRunner().invoke(main, ["run", "push-on", "--runs", "8", "--workers", "1"])
        assert done.exit_code == 0, done.output
    return folder


def asked(*words: str) -> tuple[int, str]:
    done = CliRunner().invoke(main, ["run", *words])
    return done.exit_code, done.stdout if "--json" in words else done.output


def test_a_story_goes_on_from_a_day(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(home)
    point = ("--from", "push-on", "--story", "3", "--at", "2020-03-20")
    shortened = next((home / "runs").glob("push-on-*")).name[:-4]
    assert asked("--from", f"runs/{shortened}", *point[2:]) == asked(*point)
    code, text = asked(*point)
    assert (code, "Nothing differs from the story as it was." in text) == (0, True)
    answer = json.loads(asked("guns", *point, "--runs", "3", "--json")[1])
    assert [*answer] == [
        *("run", "story", "at", "scenario", "continuations", "questions", "parts", "entries"),
    ]
    assert (answer["scenario"], answer["continuations"]) == ("guns", 3)
    assert {row["question"]: len(row["answers"]) for row in answer["questions"]} == {"dell": 3, "camp": 3}
    assert all(row["time"] > answer["at"] for row in answer["entries"])
    assert json.loads(asked("guns", *point, "--runs", "3", "--json")[1]) == answer
    code, text = asked("guns", *point, "--runs", "3")
    assert (code, "of 3 continuations" in text) == (0, True)


@pytest.mark.parametrize(
    ("words", "fact"),
    [
        (("--from", "push-on", "--story", "3"), "--from: Which story is taken up, and when, is not said."),
        (("--from", "push-on", "--story", "8", "--at", "2020-03-20"), "--story: There is no story 8."),
        (
            ("--from", "push-on", "--story", "1", "--at", "2020-08-20"),
            "lies outside the story. Name a time from 2020-03-",
        ),
        (("--from", "push-on", "--story", "1", "--at", "soon"), "--at: 'soon' is no date."),
        (("--from", "push-on", "--story", "1", "--at", "2020-03-20", "--beliefs", "all"), "Leave --beliefs away."),
        (
            ("--from", "push-on", "--story", "1", "--at", "2020-03-20", "--release", "2021-01-01"),
            "Leave --release away.",
        ),
        (("push-on", "--story", "1"), "--story: No run is named. Name it with --from RUN."),
        ((), "Missing argument 'SCENARIO'"),
    ],
)
def test_what_cannot_be_is_refused(
    home: Path, monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...], fact: str
) -> None:
    monkeypatch.chdir(home)
    code, text = asked(*words)
    assert code != 0
    assert fact in " ".join(text.split())


def test_a_story_goes_on_under_a_scenario_with_a_force_fewer(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(home)
    text = "scenario: fewer\nextends: push-on\ntitle: No camp\nforces: {rebel-camp: null}\n"
    (home / "fewer.yaml").write_text(text)
    code, text = asked("fewer.yaml", "--from", "push-on", "--story", "3", "--at", "2020-03-20")
    assert code == 0, text


@pytest.mark.parametrize("horizon", [20, 90])
def test_a_story_goes_on_under_a_scenario_that_ends_on_another_day(
    home: Path, monkeypatch: pytest.MonkeyPatch, horizon: int
) -> None:
    monkeypatch.chdir(home)
    (home / "other-end.yaml").write_text(
        f"scenario: other-end\nextends: push-on\ntitle: Another end\nhorizon: {horizon} d\n"
    )
    code, text = asked("other-end.yaml", "--from", "push-on", "--story", "3", "--at", "2020-03-20")
    assert code == 0, text


def test_a_scenario_of_another_situation_is_refused_in_one_sentence(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(home)
    text = PLAN.replace("situation: tarn-valley", "situation: mountain").replace("dell", "peak")
    (home / "elsewhere.yaml").write_text(text)
    code, text = asked("elsewhere.yaml", "--from", "push-on", "--story", "3", "--at", "2020-03-20")
    assert code == 1
    assert "The situation is 'mountain'. This folder holds 'tarn-valley'." in text
    assert text.count("elsewhere.yaml:") == 1, text


def test_a_story_that_the_run_does_not_know_is_not_taken_up(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(home)
    scenario, record = open_scenario("push-on", ())
    draws = RecordDraws(scenario, record, 7)
    with pytest.raises(Fault, match="the program has changed since the run was made"):
        continued(draws, 3, record.minute("2020-03-20"), scenario, 1, digests=(1, 2))


def test_numbers_that_no_comparison_can_have_are_refused(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(home)
    for option in ("--seed=99999999999999999999", "--workers=0", "--runs=0"):
        done = CliRunner().invoke(main, ["compare", "push-on", "guns", option])
        assert done.exit_code == 2, done.output
        assert done.output.startswith(option.partition("=")[0])
