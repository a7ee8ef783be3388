"""Run folders appear whole or not at all."""

from __future__ import annotations

import errno
import hashlib
import json
import os
from pathlib import Path

import pandas as pd
import pyarrow.parquet as pq
import pytest
from click.testing import CliRunner, Result

import situation as sit
from situation.commands.cli import main
from situation.log import tables
from situation.runs import writing as runs
from situation.runs.folder import set_aside
from situation.runs.identity import comparison_identity
from situation.runs.manifest import with_manifest
from situation.testimony.disk.steps import Disk, using
from tests.unit.run_files import described

SITUATION = "scenarios/al-qaim-2017"


def replay(*arguments: str) -> Result:
    return CliRunner().invoke(main, ["replay", SITUATION, *arguments])


def test_the_manifest_names_every_other_file_with_its_size_and_digest(tmp_path: Path) -> None:
    assert replay("--out", str(tmp_path / "run")).exit_code == 0
    manifest = json.loads((tmp_path / "run" / "manifest.json").read_text())
    files = {path.name: path.read_bytes() for path in (tmp_path / "run").iterdir() if path.name != "manifest.json"}
    told = {name: (row["bytes"], row["sha256"]) for name, row in manifest["files"].items()}
    assert told == {name: (len(content), hashlib.sha256(content).hexdigest()) for name, content in files.items()}


def test_a_run_says_nothing_of_when_or_where_it_was_made(tmp_path: Path) -> None:
    assert replay("--out", str(tmp_path / "run")).exit_code == 0
    for path in (tmp_path / "run").iterdir():
        assert str(tmp_path).encode() not in path.read_bytes()
        assert str(Path.cwd()).encode() not in path.read_bytes()


def test_the_history_is_the_same_as_csv_as_parquet_and_from_the_record(tmp_path: Path) -> None:
    assert replay("--out", str(tmp_path / "run")).exit_code == 0
    frame = pd.read_csv(tmp_path / "run" / "history.csv", dtype=str, keep_default_na=False)
    described({path.name: path.read_bytes() for path in (tmp_path / "run").iterdir()})
    table = pq.read_table(tmp_path / "run" / "history.parquet")
    assert list(frame.columns) == list(table.column_names) == list(tables.HISTORY_COLUMNS)
    assert table.schema.metadata is None
    rows = [{name: value or "" for name, value in row.items()} for row in table.to_pylist()]
    assert frame.to_dict("records") == rows
    held = frame[(frame.cell == "al-qaim.holder")].value.tolist()
    assert held == ["islamic-state", "iraq"]
    assert len(frame) == len(sit.load(SITUATION).history())


def test_nothing_is_written_where_the_input_is_wrong(tmp_path: Path) -> None:
    result = replay("--until", "2017-11-31", "--out", str(tmp_path / "run"))
    assert result.exit_code == 2
    assert "'2017-11-31' is no date" in result.output
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_is_no_run_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "letters").mkdir()
    (tmp_path / "letters" / "dear.txt").write_text("dear")
    result = replay("--out", str(tmp_path / "letters"))
    assert result.exit_code == 1
    assert "The folder holds something that is no run. Name another." in result.output
    assert (tmp_path / "letters" / "dear.txt").read_text() == "dear"


class Full(Disk):
    """A disk on which nothing of a name can be written."""

    def __init__(self, name: str) -> None:
        self.name = name

    def write(self, path: Path, content: bytes, lasting: bool) -> None:
        if path.name == self.name:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        super().write(path, content, lasting)


def files_of(**content: bytes) -> dict[str, bytes]:
    """The files of a comparison's folder."""
    identity = comparison_identity("a" * 64, "b" * 64, None)
    return with_manifest(content, identity)


def test_a_run_that_cannot_be_finished_leaves_the_old_one_whole(tmp_path: Path) -> None:
    target, old = tmp_path / "run", files_of(a=b"old")
    runs.write_run(target, old)
    told = "No space left on device. Make room, and give the same command again."
    with using(Full("b")), pytest.raises(sit.SituationError, match=told):
        runs.write_run(target, files_of(a=b"new", b=b"new"))
    assert {path.name: path.read_bytes() for path in target.iterdir()} == old
    assert [path.name for path in tmp_path.iterdir()] == ["run"]


def test_what_a_killed_run_left_behind_does_not_stand_in_the_way(tmp_path: Path) -> None:
    left = tmp_path / ".partial" / ".situation-0" / "run"
    left.mkdir(parents=True)
    (left / "a").write_bytes(b"half")
    notes: list[str] = []
    runs.write_run(tmp_path / "run", files_of(a=b"whole"), notes.append)
    assert (tmp_path / "run" / "a").read_bytes() == b"whole"
    assert not (tmp_path / ".partial").exists()
    assert notes == [
        f"{tmp_path / 'run'}: An earlier call was cut off while it wrote this. "
        "What it had finished is kept; the rest is cleared, and made again."
    ]


def test_what_somebody_put_into_a_run_folder_is_not_lost_to_another_run(tmp_path: Path) -> None:
    target = tmp_path / "run"
    runs.write_run(target, files_of(a=b"old"))
    (target / "sub").mkdir()
    (target / "sub" / "notes.txt").write_bytes(b"mine")
    runs.write_run(target, files_of(a=b"old"))
    with pytest.raises(sit.SituationError, match=r"run/sub: This is no part of the run"):
        runs.write_run(target, files_of(a=b"new"))
    assert (target / "sub" / "notes.txt").read_bytes() == b"mine"
    assert (target / "a").read_bytes() == b"old"


@pytest.mark.long
def test_another_belief_or_a_later_end_is_another_run(tmp_path: Path) -> None:
    digests = set()
    for number, arguments in enumerate(
        ([], ["--belief", "latest"], ["--until", "2017-10-30"], ["--known-at", "2017-11-02"])
    ):
        assert replay(*arguments, "--out", str(tmp_path / str(number))).exit_code == 0
        digests.add(json.loads((tmp_path / str(number) / "manifest.json").read_text())["digest"])
    assert len(digests) == 4


def test_the_page_of_a_record_is_written_from_python(tmp_path: Path) -> None:
    page = sit.dashboard(sit.load(SITUATION), to=tmp_path / "new" / "page.html")
    assert page.read_text("utf-8").startswith("<!doctype html>")


def test_broken_folders_are_kept_up_to_a_number_and_the_one_set_aside_first_goes(tmp_path: Path) -> None:
    target = tmp_path / "run"
    notes: list[str] = []
    for number in range(23):
        target.mkdir()
        (target / "state.json").write_text(str(number))
        set_aside(target, "Broken.", notes.append)
    aside = tmp_path / ".broken"
    assert {int((folder / "state.json").read_text()) for folder in aside.iterdir()} == set(range(3, 23))
    assert notes[-1] == f"{aside}: The last 20 that were set aside are kept; removed: run-3."
