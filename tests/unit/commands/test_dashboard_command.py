"""`situation dashboard`: the page of a run made anew from its tables, and of two held against each other."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from situation.commands.cli import main
from situation.page.build import payload_of
from situation.runs.stored_run import open_run
from tests.unit.valley_stories import GUNS, valley_home


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return valley_home(tmp_path_factory.mktemp("home"), guns=GUNS)


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
    assert payload_of(page)["kind"] == "comparison"


def test_what_is_no_run_is_refused(runs: list[Path], tmp_path: Path) -> None:
    result = told("dashboard", str(tmp_path))
    assert result.exit_code != 0
    assert "no run folder" in result.output
    assert told("dashboard", str(runs[0]), "--out", str(tmp_path / "nowhere" / "page.html")).exit_code != 0


def test_one_story_stands_beside_them_all(runs: list[Path]) -> None:
    result = told("dashboard", str(runs[0]), "--story", "3")
    assert result.exit_code == 0, result.output
    readings = payload_of(Path(f"{runs[0]}-story-3.html").read_text("utf-8"))["readings"]
    assert readings[0]["label"] == "Stories"
    (story,) = (reading for reading in readings if reading["label"] == "Story 3")
    assert any("rule" in entry for entry in story["entries"])
    wrong = told("dashboard", str(runs[0]), "--story", "8")
    assert wrong.output == "--story: There is no story 8. Give one of 0 to 7.\n"
    both = told("dashboard", str(runs[0]), "--story", "1", "--against", str(runs[1]))
    assert both.output == "--story: One story stands beside one ensemble. Leave the baseline out.\n"


def comparison(runs: list[Path]) -> Path:
    result = told("compare", str(runs[0]), str(runs[1]), "--json")
    assert result.exit_code == 0, result.output
    return Path(json.loads(result.stdout)["comparison"])


def replay(*arguments: str) -> Path:
    result = told("replay", "tarn-valley", "--json", *arguments)
    assert result.exit_code == 0, result.output
    return Path(json.loads(result.stdout)["run"])


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (
            "  dell: {ask: captured",
            "  soon: {ask: fighters, actor: rebels, area: lowlands, at: 2020-03-20}\n  dell: {ask: captured",
        ),
        ("branch: {at: 2020-03-12", "branch: {at: 2020-03-15"),
    ],
)
def test_a_baseline_that_was_lent_questions_or_a_day_tells_its_stories_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, old: str, new: str
) -> None:
    assert old in GUNS
    home = valley_home(tmp_path, guns=GUNS.replace(old, new))
    monkeypatch.chdir(home)
    answer = told("compare", "push-on", "guns", "--runs", "8", "--workers", "1", "--pages", "--json")
    assert answer.exit_code == 0, answer.output
    baseline = Path(json.loads(answer.stdout)["runs"][0])
    made_anew(baseline)
    why = told("why", "dell.holder", str(baseline), "--story", "2")
    assert why.exit_code == 0, why.output
    again = told("compare", str(baseline), "guns", "--json")
    assert json.loads(again.stdout) == json.loads(answer.stdout)


def made_anew(folder: Path) -> None:
    """The page is gone; the command brings back the same bytes, and leaves the other files as they were."""
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    (folder / "index.html").unlink()
    result = told("dashboard", str(folder))
    assert result.exit_code == 0, result.output
    assert result.stderr == ""
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before


def test_a_lost_page_of_an_ensemble_comes_back(runs: list[Path]) -> None:
    made_anew(runs[0])


def test_a_lost_page_of_a_comparison_comes_back(runs: list[Path]) -> None:
    made_anew(comparison(runs))


def test_a_lost_page_of_a_replay_comes_back_as_it_was_asked_for(runs: list[Path]) -> None:
    made_anew(replay())
    made_anew(replay("--until", "2020-03-12", "--known-at", "2020-03-11", "--belief", "latest", "--as-carried"))


def test_a_page_that_was_changed_is_made_anew_and_not_read(runs: list[Path]) -> None:
    page = runs[0] / "index.html"
    before = page.read_bytes()
    page.write_text("spoilt", "utf-8")
    assert len(open_run(runs[0]).ensemble.reasons) == 8
    result = told("run", "push-on", "--runs", "8", "--seed", "3", "--workers", "1")
    assert f"{page}: The file was changed. It is made anew." in result.stderr.replace("\n", "")
    assert page.read_bytes() == before
    page.write_text("spoilt", "utf-8")
    assert told("dashboard", str(runs[0])).exit_code == 0
    assert page.read_bytes() == before


def test_a_run_without_its_page_is_told_no_second_time(runs: list[Path]) -> None:
    page = runs[0] / "index.html"
    before = page.read_bytes()
    page.unlink()
    assert len(open_run(runs[0]).ensemble.reasons) == 8
    result = told("run", "push-on", "--runs", "8", "--seed", "3", "--workers", "1", "--json")
    assert json.loads(result.stdout)["page"] == str(page)
    assert page.read_bytes() == before


def test_a_comparison_without_its_runs_is_refused(
    runs: list[Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    alone = tmp_path / "alone" / "comparison"
    shutil.copytree(comparison(runs), alone)
    assert told("dashboard", str(alone)).exit_code == 0  # where its runs are under runs/, as --out leaves them
    digest = open_run(runs[0]).manifest["digest"][:12]
    monkeypatch.chdir(tmp_path)
    result = told("dashboard", str(alone))
    assert result.exit_code == 1
    assert result.stderr == (
        f"{alone}: The run {digest} that it compares is not beside it. Put it back, or compare the two again.\n"
    )


def test_only_an_ensemble_has_stories_and_baselines(runs: list[Path]) -> None:
    folder = replay()
    for option, value in (("--story", "1"), ("--against", str(runs[0]))):
        result = told("dashboard", str(folder), option, value)
        assert result.exit_code == 2
        assert result.stderr == (
            f"{option}: {folder} is the folder of a replay, not of a run of stories. "
            "Name a run of 'situation run', or leave it out.\n"
        )


def test_the_page_is_told_as_json(runs: list[Path]) -> None:
    result = told("dashboard", str(runs[0]), "--json")
    assert json.loads(result.stdout) == {"page": str(runs[0] / "index.html"), "pictures": []}
