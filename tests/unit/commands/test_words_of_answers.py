"""What the commands print is in words: no key of the record, of a rule or of a number."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from click.testing import CliRunner

from situation.commands.cli import main
from tests.raw_keys import keys_in
from tests.unit.valley_stories import GUNS, valley_home

SIZE = ("--runs", "12", "--seed", "3", "--workers", "1")


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return valley_home(tmp_path_factory.mktemp("home"), guns=GUNS)


def said(*words: str) -> str:
    """What a command prints, without what is meant for copying: paths, and the addresses of draws."""
    result = CliRunner().invoke(main, list(words))
    assert result.exit_code == 0, result.output
    return re.sub(r"\bat (?:chance|record)/\S+|\S*runs/\S+|\S+\.(?:yaml|html)(?::\d+)*", "", result.output)


def test_no_command_that_people_read_prints_a_key(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(home)
    outputs = {
        "run": said("run", "push-on", *SIZE),
        "compare": said("compare", "push-on", "guns", *SIZE, "--all"),
        "replay": said("replay"),
        "disputes": said("disputes"),
    }
    folder = next(it for it in (home / "runs").glob("push-on-*") if "-vs-" not in it.name)
    outputs["why"] = said("why", "arlen.holder", str(folder), "--story", "3")
    outputs["why --story"] = said("why", str(folder), "--story", "3")
    outputs["brief"] = said("brief", str(folder))
    assert "rule: " in outputs["compare"] or "least likely" in outputs["why --story"]
    assert {name: keys for name, text in outputs.items() if (keys := keys_in(text))} == {}
