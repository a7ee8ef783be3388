"""What `--out` replaces is what the command writes, whole or broken: nothing else goes, and nothing else is moved away."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from situation.commands.cli import main
from situation.runs.folder import set_aside
from situation.runs.manifest import MANIFEST
from situation.runs.replacing import holds_nothing_else
from tests.unit.valley_stories import valley_home

WRITERS = {
    "ensemble": ("run", "push-on", "--runs", "2", "--workers", "1"),
    "part": ("run", "push-on", "--stories", "0:2", "--workers", "1"),
    "replay": ("replay", "tarn-valley"),
    "comparison": ("compare", "push-on", "push-on", "--runs", "2", "--workers", "1"),
    "sweep": ("sweep", "push-on", "--size", "2", "--runs", "6", "--workers", "1"),
}
BREAKS: dict[str, Callable[[bytes], bytes]] = {
    "torn": lambda manifest: manifest[: len(manifest) // 2],
    "empty": lambda _: b"",
    "of another shape": lambda _: b'{"name": "an app", "icons": []}',
    "edited": lambda manifest: manifest.replace(b'"seed": 7', b'"seed": 8').replace(b'"until": "', b'"until": "1'),
}


def situation(*words: str) -> Result:
    return CliRunner().invoke(main, words)


def content(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(valley_home(tmp_path))
    return tmp_path


def written(kind: str, out: str) -> Path:
    told = situation(*WRITERS[kind], "--out", out)
    assert told.exit_code == 0, told.output
    return Path(out)


def refused(kind: str, out: Path) -> str:
    """What a command says that does not write there; nothing is changed by it, and nothing is set aside."""
    before, told = content(out), situation(*WRITERS[kind], "--out", str(out))
    assert told.exit_code == 1, told.output
    assert content(out) == before
    assert not (out.parent / ".broken").exists()
    return " ".join(told.output.split())


@pytest.mark.parametrize("kind", ["ensemble", "replay", "comparison"])
def test_a_run_of_another_kind_stays(home: Path, kind: str) -> None:
    there = written(kind, "there")
    for other in {"ensemble", "replay", "comparison"} - {kind}:
        assert "Name another folder." in refused(other, there)
    assert holds_nothing_else(there)


@pytest.mark.parametrize("broken", BREAKS)
def test_a_part_whose_manifest_is_broken_stays(home: Path, broken: str) -> None:
    there = written("part", "there")
    assert holds_nothing_else(there)
    manifest = (there / MANIFEST).read_bytes()
    (there / MANIFEST).write_bytes(BREAKS[broken](manifest))
    for other in ("ensemble", "replay", "comparison"):
        assert "The folder holds stories of a run, which may be nowhere else. Name another folder." in refused(
            other, there
        )
    if broken != "edited":
        refused("part", there)


@pytest.mark.parametrize("broken", BREAKS)
@pytest.mark.parametrize("kind", ["ensemble", "replay"])
def test_a_broken_run_of_the_kind_makes_way_and_another_does_not(home: Path, kind: str, broken: str) -> None:
    there = written(kind, "there")
    whole = content(there)
    (there / MANIFEST).write_bytes(BREAKS[broken](whole[MANIFEST]))
    refused("comparison", there)
    (there / "notes.txt").write_text("mine")
    if broken != "edited":
        assert "there/notes.txt: This is no part of the run" in refused(kind, there)
    (there / "notes.txt").unlink()
    again = situation(*WRITERS[kind], "--out", str(there))
    assert (again.exit_code, "set aside" in again.output) == (0, True), again.output
    assert content(there) == whole


def test_a_folder_of_another_program_that_has_a_manifest_stays(home: Path) -> None:
    there = Path("app")
    there.mkdir()
    (there / MANIFEST).write_text(json.dumps({"name": "an app", "kind": "replay"}))
    (there / "index.html").write_text("<p>mine</p>")
    for kind in WRITERS:
        assert "Name another folder." in refused(kind, there)


def test_a_broken_folder_in_which_somebody_put_something_is_kept(tmp_path: Path) -> None:
    for number in range(24):
        target = tmp_path / f"run-{number}"
        target.mkdir()
        (target / ("notes.txt" if number == 1 else "runs.parquet")).write_text(str(number))
        set_aside(target, "Broken.", lambda _: None)
    kept = {path.name for path in (tmp_path / ".broken").iterdir()}
    assert kept == {"run-1", *(f"run-{number}" for number in range(4, 24))}
