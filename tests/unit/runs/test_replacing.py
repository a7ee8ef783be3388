"""What `--out` replaces is what the command writes, whole or broken: nothing else goes, and nothing else is moved away."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from situation.commands.cli import main
from situation.runs.folder import set_aside, sound_manifest
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


def test_a_file_of_somebodys_own_stays_where_a_brief_or_a_page_is_to_be_written(home: Path) -> None:
    run = written("ensemble", "there")
    mine = {
        "mine.md": b"# Notes\n",
        "mine.html": b"<!doctype html><p>mine</p>",
        "mine.json": b"{}",
        "scenarios/tarn-valley/map.yaml": Path("scenarios/tarn-valley/map.yaml").read_bytes(),
    }
    for name, text in mine.items():
        Path(name).write_bytes(text)
        for words, what in ((("brief", "there"), "brief"), (("dashboard", "there"), "page")):
            told = situation(*words, "--out", name)
            assert told.exit_code == 1, told.output
            assert f"{name}: The file is no {what} that was made here. Name another, or remove it." in told.output
            assert Path(name).read_bytes() == text
    before = content(run)
    for name in ("manifest.json", "questions.json", "index.html"):
        told = situation("brief", "there", "--format", "html", "--out", str(run / name))
        assert (told.exit_code, "This is a file of a run." in told.output) == (1, True), told.output
    assert content(run) == before


def test_what_was_made_here_is_written_over_and_so_is_an_empty_file(home: Path) -> None:
    written("replay", "there")
    for words, name in (
        (("brief", "there"), "b.md"),
        (("brief", "there"), "b.json"),
        (("dashboard", "there"), "p.html"),
    ):
        Path(name).touch()
        for _ in range(2):
            told = situation(*words, "--out", name)
            assert told.exit_code == 0, told.output
    again = situation("dashboard", "there", "--out", str(home / "there" / ".." / "there" / "index.html"))
    assert again.exit_code == 0, again.output
    assert sound_manifest(home / "there")["kind"] == "replay"


@pytest.mark.long
@pytest.mark.browser
def test_pictures_and_pdfs_that_were_made_here_are_written_over_and_others_stay(home: Path) -> None:
    written("replay", "there")
    made = [("dashboard", "there", f"--{form}", "map", "--out", f"map.{form}") for form in ("png", "svg", "pdf")]
    for words in (*made, ("brief", "there", "--out", "brief.pdf")):
        file = Path(words[-1])
        for _ in range(2):
            told = situation(*words)
            assert told.exit_code == 0, told.output
        other = file.read_bytes().replace(b"situation", b"something")
        file.write_bytes(other)
        told = situation(*words)
        assert (told.exit_code, "that was made here" in told.output) == (1, True), told.output
        assert file.read_bytes() == other
