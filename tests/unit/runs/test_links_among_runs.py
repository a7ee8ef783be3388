"""Links among the folders of runs: the folder itself may be one, and none in it leads anywhere else."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from situation.commands.cli import main
from tests.unit.valley_stories import valley_home


def told(*words: str) -> Result:
    result = CliRunner().invoke(main, list(words))
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result


@pytest.fixture
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of somebody else's, with a file in a room as the program makes them."""
    home, folder = tmp_path / "home", tmp_path / "elsewhere"
    valley_home(home)
    (folder / ".situation-0").mkdir(parents=True)
    (folder / ".situation-0" / "kept").write_text("not ours")
    monkeypatch.chdir(home)
    return folder


def untouched(folder: Path) -> bool:
    return [path.relative_to(folder).as_posix() for path in sorted(folder.rglob("*"))] == [
        ".situation-0",
        ".situation-0/kept",
    ]


def test_the_folder_of_runs_may_be_a_link(elsewhere: Path) -> None:
    runs = elsewhere.parent / "big-disk"
    runs.mkdir()
    Path("runs").symlink_to(runs)
    assert told("replay", "tarn-valley").exit_code == 0
    assert told("brief", next(runs.glob("tarn-valley-replay-*")).name).exit_code == 0


def test_a_folder_of_runs_that_is_a_link_to_nothing_is_told_as_that(elsewhere: Path) -> None:
    Path("runs").symlink_to("nowhere")
    result = told("replay", "tarn-valley")
    assert result.exit_code == 1
    assert "The link runs leads to nothing. Make its folder first" in " ".join(result.stderr.split())


def test_what_is_prepared_is_not_prepared_behind_a_link(elsewhere: Path) -> None:
    Path("runs").mkdir()
    Path("runs/.partial").symlink_to(elsewhere)
    result = told("replay", "tarn-valley")
    assert result.exit_code == 1
    assert "A link stands in its place. " in result.stderr.replace("\n", " ")
    assert untouched(elsewhere)


@pytest.mark.parametrize("broken", [False, True])
def test_no_run_is_written_or_set_aside_behind_a_link(elsewhere: Path, broken: bool) -> None:
    assert told("replay", "tarn-valley").exit_code == 0
    (run,) = Path("runs").glob("tarn-valley-replay-*")
    if broken:
        (run / "state.json").write_text("{}")
        Path("runs/.broken").symlink_to(elsewhere)
    else:
        shutil.rmtree(run)
        run.symlink_to(elsewhere)
    result = told("replay", "tarn-valley")
    assert result.exit_code == 1
    assert "link" in result.stderr
    assert untouched(elsewhere)


def test_a_name_finds_no_run_behind_a_link(elsewhere: Path) -> None:
    assert told("replay", "tarn-valley").exit_code == 0
    (run,) = Path("runs").glob("tarn-valley-replay-*")
    outside = elsewhere.parent / run.name
    run.rename(outside)
    run.symlink_to(outside)
    assert "There is no such run" in told("score", run.name[:-1]).stderr
    assert told("brief", str(outside)).exit_code == 0


@pytest.mark.parametrize("words", ["replay tarn-valley", "run push-on --runs 4", "dashboard RUN", "new l"])
def test_a_link_that_leads_back_to_itself_is_no_traceback(elsewhere: Path, words: str) -> None:
    assert told("replay", "tarn-valley").exit_code == 0
    (run,) = Path("runs").glob("tarn-valley-replay-*")
    for link in (Path("l"), Path("scenarios/l")):
        link.symlink_to("l")
    out = [] if words.startswith("new") else ["--out", "l"]
    result = told(*words.replace("RUN", str(run)).split(), *out)
    assert result.exit_code in (1, 2)
    assert len(result.stderr.strip().splitlines()) <= 2
    assert result.stderr.strip().endswith(".")


def test_a_link_to_nothing_is_followed_where_a_person_named_it(elsewhere: Path) -> None:
    Path("l").symlink_to(elsewhere / "new" / "run")
    assert told("replay", "tarn-valley", "--out", "l").exit_code == 0
    assert (elsewhere / "new" / "run" / "manifest.json").is_file()
