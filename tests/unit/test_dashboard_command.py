"""`situation dashboard`: the page of a run made anew from its tables, and of two held against each other."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from situation.archive import open_run
from situation.cli import main
from tests.unit.valley_stories import PLAN, valley


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("home")
    plans = folder / "scenarios" / "tarn-valley"
    plans.mkdir(parents=True)
    small = valley(plans)
    small.add("guns.yaml", PLAN.replace("scenario: push-on", "scenario: guns").replace(", chance: luck", ""))
    small.write()
    (plans / "plan.yaml").rename(plans / "push-on.yaml")
    return folder


def told(*arguments: str) -> Result:
    return CliRunner().invoke(main, list(arguments))


@pytest.fixture
def runs(home: Path, monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    monkeypatch.chdir(home)
    found = []
    for name in ("push-on", "guns"):
        result = told("run", name, "--runs", "8", "--seed", "3", "--workers", "1", "--json")
        assert result.exit_code == 0, result.output
        found.append(Path(json.loads(result.stdout)["run"]))
    return found


def test_the_page_made_anew_is_the_page_of_the_run(runs: list[Path]) -> None:
    page = runs[0] / "index.html"
    before, manifest = page.read_bytes(), (runs[0] / "manifest.json").read_bytes()
    result = told("dashboard", str(runs[0]))
    assert result.exit_code == 0, result.output
    assert str(page) in result.output
    assert page.read_bytes() == before
    assert (runs[0] / "manifest.json").read_bytes() == manifest
    open_run(runs[0])


def test_the_page_goes_where_it_is_asked_for(runs: list[Path]) -> None:
    assert told("dashboard", str(runs[0]), "--out", "page.html").exit_code == 0
    assert Path("page.html").read_bytes() == (runs[0] / "index.html").read_bytes()


def test_two_runs_stand_beside_each_other(runs: list[Path]) -> None:
    result = told("dashboard", str(runs[1]), "--against", str(runs[0]))
    assert result.exit_code == 0, result.output
    page = Path("runs/guns-against-push-on.html").read_text("utf-8")
    assert '"kind":"comparison"' in page


def test_what_is_no_run_is_refused(runs: list[Path], tmp_path: Path) -> None:
    result = told("dashboard", str(tmp_path))
    assert result.exit_code != 0
    assert "no run folder" in result.output
    assert told("dashboard", str(runs[0]), "--out", str(tmp_path / "nowhere" / "page.html")).exit_code != 0


def test_one_story_stands_beside_them_all(runs: list[Path]) -> None:
    result = told("dashboard", str(runs[0]), "--story", "3")
    assert result.exit_code == 0, result.output
    page = Path(f"{runs[0]}-story-3.html").read_text("utf-8")
    assert '"label":"Story 3"' in page
    assert '"rule":' in page
    assert "There is no story 8" in told("dashboard", str(runs[0]), "--story", "8").output
    assert "Leave --against out" in told("dashboard", str(runs[0]), "--story", "1", "--against", str(runs[1])).output
