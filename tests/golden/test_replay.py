"""The replay of the documented sequence, to the letter."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from situation.commands.cli import main

HERE = Path(__file__).parent
SITUATION = "scenarios/al-qaim-2017"


def replayed(folder: Path) -> dict[str, str]:
    result = CliRunner().invoke(main, ["replay", SITUATION, "--out", str(folder / "run")], catch_exceptions=False)
    assert result.exit_code == 0, result.output
    timeline = result.output.rsplit("\nPage: ", 1)[0] + "\n"
    return {"timeline.txt": timeline, "events.jsonl": (folder / "run" / "events.jsonl").read_text("utf-8")}


@pytest.mark.parametrize("name", ["timeline.txt", "events.jsonl"])
def test_the_replay_tells_the_same_story(name: str, tmp_path: Path) -> None:
    assert replayed(tmp_path)[name] == (HERE / name).read_text("utf-8")


@pytest.mark.long
def test_the_same_inputs_give_the_same_bytes_whatever_the_hash_seed(tmp_path: Path) -> None:
    folders = []
    for seed in ("0", "1", "4711"):
        folder = tmp_path / seed
        command = [sys.executable, "-m", "situation", "replay", SITUATION, "--out", str(folder)]
        subprocess.run(command, check=True, env={**os.environ, "PYTHONHASHSEED": seed}, stdout=subprocess.DEVNULL)
        folders.append({path.name: path.read_bytes() for path in folder.iterdir()})
    assert set(folders[0]) == {
        "datapackage.json",
        "events.jsonl",
        "history.csv",
        "history.parquet",
        "index.html",
        "judgements.json",
        "manifest.json",
        "state.json",
    }
    assert folders[0] == folders[1] == folders[2]


if __name__ == "__main__":
    import tempfile

    with tempfile.TemporaryDirectory() as scratch:
        for told, text in replayed(Path(scratch)).items():
            (HERE / told).write_text(text, "utf-8")
