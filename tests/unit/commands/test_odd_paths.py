"""Pipes, devices, sockets, folders, files and links in place of what a command asks for: each is told for what it is, at once."""

from __future__ import annotations

import os
import signal
import socket
from collections.abc import Iterator
from pathlib import Path
from types import FrameType

import pytest
from click.testing import CliRunner, Result

from situation.commands.cli import main
from tests.unit.valley_stories import valley_home

KINDS = {
    "pipe.yaml": "a pipe",
    "to-pipe.yaml": "a pipe",
    "socket.yaml": "a socket",
    "/dev/zero": "a device",
    "nowhere.yaml": "a link that leads nowhere",
    "circle.yaml": "a link that leads back to itself",
}
READERS = {
    "situation": [
        ("check", "@"),
        ("state", "@"),
        ("why", "dell.holder", "@"),
        ("brief", "@"),
        ("import", "ucdp", "pipe.yaml", "--into", "@"),
        ("new", "fresh", "--from", "@"),
    ],
    "scenario": [("run", "@"), ("compare", "push-on", "@"), ("sweep", "@", "--list"), ("sources", "@")],
    "run": [
        ("dashboard", "@"),
        ("score", "@"),
        ("join", "@"),
        ("seal", "@"),
        ("run", "--from", "@", "--at", "2020-03-20", "--story", "0"),
    ],
    "folder": [("check", "tarn-valley", "--sources", "@"), ("serve", "tarn-valley", "--runs-dir", "@", "--port", "0")],
}


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A folder with the valley and all these things; whoever waits for the other end of a pipe is told to stop."""

    def waited(number: int, frame: FrameType | None) -> None:
        raise AssertionError("it waits")

    valley_home(tmp_path)
    monkeypatch.chdir(tmp_path)
    os.mkfifo("pipe.yaml")
    os.symlink("pipe.yaml", "to-pipe.yaml")
    with socket.socket(socket.AF_UNIX) as opened:
        opened.bind("socket.yaml")
    os.symlink("not-there", "nowhere.yaml")
    os.symlink("circle.yaml", "circle.yaml")
    before = signal.signal(signal.SIGALRM, waited)
    signal.alarm(30)
    yield
    signal.alarm(0)
    signal.signal(signal.SIGALRM, before)


def told(*words: str) -> Result:
    result = CliRunner().invoke(main, list(words))
    assert isinstance(result.exception, SystemExit), result.exception
    assert result.exit_code in (1, 2)
    return result


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("wanted", READERS)
def test_what_lies_at_a_path_is_said(wanted: str, kind: str) -> None:
    for words in READERS[wanted]:
        said = told(*[kind if word == "@" else word for word in words]).stderr
        assert f"{kind}: This is {KINDS[kind]}, not a" in said, (words, said)


def test_a_folder_is_no_scenario_and_a_file_no_run() -> None:
    assert "scenarios: This is a folder, not a scenario's file." in told("run", "scenarios").stderr
    Path("words.txt").write_text("words")
    assert "words.txt: This is a file, not a run folder." in told("score", "words.txt").stderr
    assert "runs/none: There is no such folder." in told("score", "runs/none").stderr
    below = told("serve", "tarn-valley", "--runs-dir", "words.txt/runs", "--port", "0").stderr
    assert "words.txt: This is a file, not a folder. Name a folder for the runs." in below


@pytest.mark.parametrize("kind", ["pipe.yaml", "socket.yaml", "/dev/zero"])
def test_no_output_goes_in_place_of_one(kind: str) -> None:
    run = told("run", "push-on", "--runs", "2", "--out", kind).stderr
    assert f"--out: {kind}: This is {KINDS[kind]}, not a run folder." in run
    brief = told("brief", "tarn-valley", "--out", kind).stderr
    assert f"{KINDS[kind].capitalize()} is there. Name a file" in brief


def test_a_pipe_among_what_the_program_keeps_for_itself_is_cleared_and_keeps_nobody_waiting() -> None:
    Path("runs/.partial").mkdir(parents=True)
    os.mkfifo("runs/.partial/.situation-0")
    result = CliRunner().invoke(main, ["replay", "tarn-valley"])
    assert result.exit_code == 0, result.output
    assert not os.path.lexists("runs/.partial/.situation-0")


@pytest.mark.parametrize("name", ["\udcff", "s3:stories", "file:stories"])
def test_a_run_folder_may_have_a_name_of_any_bytes(name: str) -> None:
    result = CliRunner().invoke(main, ["run", "push-on", "--runs", "2", "--workers", "1", "--out", name])
    assert result.exit_code == 0, result.output
    assert (Path(name) / "runs.parquet").is_file()
