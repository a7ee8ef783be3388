"""A scenario whose file lies outside its situation: checked, run, traced and compared like any other."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from situation.commands.cli import main
from tests.unit.valley_stories import valley

MINE = 'scenario: mine\ntitle: Mine\nabout: "Mine."\nextends: plan\nhorizon: 30 d\n'


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    home = tmp_path / "scenarios" / "tarn-valley"
    home.mkdir(parents=True)
    valley(home).write()
    (tmp_path / "mine.yaml").write_text(MINE)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def told(*arguments: str) -> dict[str, Any]:
    result = CliRunner().invoke(main, [*arguments, "--json"])
    assert result.exit_code == 0, result.output
    found: dict[str, Any] = json.loads(result.stdout)
    return found


def test_it_is_found_by_what_it_extends_and_its_run_is_traced_without_it(here: Path) -> None:
    assert told("check", "mine.yaml")["situations"][0]["scenarios"] == ["mine"]
    run = told("run", "mine.yaml", "--runs", "8", "--workers", "1")["run"]
    (here / "mine.yaml").unlink()
    why = told("why", "dell.holder", run, "--at", "2020-04-01", "--story", "3")
    assert why["cell"] == "dell.holder"


def test_the_folder_keeps_what_was_run_when_the_file_changes(here: Path) -> None:
    first = told("run", "mine.yaml", "--runs", "8", "--workers", "1")
    assert (here / first["run"] / "scenario.yaml").read_text() == MINE
    (here / "mine.yaml").write_text(MINE.replace("30 d", "20 d"))
    assert told("why", "dell.holder", first["run"], "--at", "2020-04-08", "--story", "3")["run"] == first["run"]
    assert told("run", "mine.yaml", "--runs", "8", "--workers", "1")["digest"] != first["digest"]


def test_a_run_whose_parent_scenario_has_changed_says_so(here: Path) -> None:
    run = told("run", "mine.yaml", "--runs", "8", "--workers", "1")["run"]
    parent = here / "scenarios" / "tarn-valley" / "plan.yaml"
    parent.write_text(parent.read_text().replace("title: The North pushes on", "title: Another"))
    assert told("why", "dell.holder", run, "--at", "2020-04-01", "--story", "3")["run"] == run
    parent.write_text(parent.read_text().replace("low: 1500, best: 2000", "low: 1600, best: 2000"))
    result = CliRunner().invoke(main, ["why", "dell.holder", run, "--at", "2020-04-01", "--story", "3"])
    assert result.exit_code == 1
    assert "or what its scenario extends, is not what it was. Run it again." in result.output


def test_a_name_that_two_situations_use_is_told_apart_by_the_situation(here: Path) -> None:
    other = here / "scenarios" / "other-valley"
    shutil.copytree(here / "scenarios" / "tarn-valley", other)
    (other / "map.yaml").write_text((other / "map.yaml").read_text().replace("tarn-valley", "other-valley"))
    (other / "plan.yaml").write_text((other / "plan.yaml").read_text().replace("tarn-valley", "other-valley"))
    lone = CliRunner().invoke(main, ["run", "plan", "--runs", "8"])
    assert (lone.exit_code, lone.output) == (
        2,
        "plan: Several situations have such a scenario. Name one of: other-valley/plan, tarn-valley/plan.\n",
    )
    assert told("run", "other-valley/plan", "--runs", "8", "--workers", "1")["run"]
