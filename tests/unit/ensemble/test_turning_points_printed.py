"""`situation why RUN --story N`: the turning points of a story, as its page has them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from situation.commands.cli import main
from tests.unit.valley_stories import valley


def test_a_run_and_a_story_without_a_cell_are_told_by_their_turning_points(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("tarn-valley", "other-valley"):
        home = tmp_path / "scenarios" / name
        home.mkdir(parents=True)
        valley(home).write()
    (tmp_path / "scenarios" / "tarn-valley" / "plan.yaml").rename(
        tmp_path / "scenarios" / "tarn-valley" / "push-on.yaml"
    )
    monkeypatch.chdir(tmp_path)

    def shown(*words: str) -> str:
        result = CliRunner().invoke(main, list(words))
        assert result.exit_code == 0, result.output
        return result.output

    run = json.loads(shown("run", "tarn-valley/push-on", "--runs", "8", "--seed", "6", "--workers", "1", "--json"))[
        "run"
    ]
    traced = json.loads(shown("why", "dell.holder", run, "--story", "3", "--json"))
    alone = json.loads(shown("why", run, "--story", "3", "--json"))
    assert alone == {key: traced[key] for key in ("run", "story", "turning_points")}
    assert alone["turning_points"]
    text = shown("why", "push-on", "--story", "3")
    assert text.startswith("Turning points of story 3\n")
    assert all(row["text"] in text for row in alone["turning_points"])
    for answer in (one for row in alone["turning_points"] for one in row["answers"]):
        assert f"{answer['text']} {answer['answer'].capitalize()}." in text
    assert any(row["answers"] for row in alone["turning_points"])
    for lost in ("runs/push-off", "push-off"):
        assert "cell" not in CliRunner().invoke(main, ["why", lost, "--story", "3"]).output
    missing = CliRunner().invoke(main, ["why", "runs/push-off"])
    assert missing.exit_code != 0 and missing.output.startswith("runs/push-off: There is no such folder.")
    refused = CliRunner().invoke(main, ["why", "push-off", "--story", "3"])
    assert refused.exit_code != 0 and "push-off: There is no such run." in refused.output
