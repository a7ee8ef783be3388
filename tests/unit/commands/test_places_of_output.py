"""Where output cannot be put: in the place of a pipe or a device, which would be lost, and in a folder that is gone."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from situation.commands.cli import main
from tests.unit.valley_stories import valley_home


def told(*words: str) -> Result:
    result = CliRunner().invoke(main, list(words))
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result


@pytest.mark.parametrize("words", [("brief", "tarn-valley"), ("replay", "tarn-valley")])
def test_a_pipe_is_not_replaced(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...]) -> None:
    valley_home(tmp_path)
    monkeypatch.chdir(tmp_path)
    os.mkfifo("pipe")
    result = told(*words, "--out", "pipe")
    assert result.exit_code == 1
    assert "a pipe" in result.stderr.lower().replace("\n", " ")
    assert stat.S_ISFIFO(os.stat("pipe").st_mode)


def test_a_link_is_not_replaced(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    valley_home(tmp_path)
    monkeypatch.chdir(tmp_path)
    Path("file").write_text("mine")
    Path("link").symlink_to("file")
    result = told("brief", "tarn-valley", "--out", "link")
    assert result.exit_code == 1
    assert "a link is there. Name the file that it leads to" in result.stderr.replace("\n", " ")
    assert Path("link").is_symlink()
    assert Path("file").read_text() == "mine"


def test_a_folder_that_is_gone_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    gone = tmp_path / "gone"
    gone.mkdir()
    monkeypatch.chdir(gone)
    gone.rmdir()
    result = told("new", "war")
    assert result.exit_code == 1
    assert result.stderr == "The folder that this was called in is gone. Change to one that is there.\n"
