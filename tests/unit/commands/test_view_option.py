"""Every command that has `--view` reads the record by it, and says by whose claims it answers."""

from __future__ import annotations

from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from situation.commands import cli
from tests.unit.small import Small

CELL = {"why": ("arlen.holder",), "changes": ("--known-from", "2020-03-05")}
WITH_VIEW = [
    name
    for name in cli.main.list_commands(click.Context(cli.main))
    if (command := cli.main.get_command(click.Context(cli.main), name)) is not None
    and any(it.name == "view" and not getattr(it, "hidden", False) for it in command.params)
]


def test_the_commands_with_a_view_are_these() -> None:
    assert WITH_VIEW == ["beliefs", "changes", "claims", "disputes", "replay", "state", "totals", "why"]


def test_the_page_of_a_replay_by_a_view_is_made_anew_by_that_view(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "tarn-valley"
    folder.mkdir()
    Small(folder).write()
    monkeypatch.chdir(tmp_path)
    run = tmp_path / "run"
    told = CliRunner().invoke(cli.main, ["replay", str(folder), "--view", "claimant:north", "--out", str(run)])
    assert told.exit_code == 0, told.output
    page = (run / "index.html").read_bytes()
    again = CliRunner().invoke(cli.main, ["dashboard", str(run)])
    assert again.exit_code == 0, again.output
    assert (run / "index.html").read_bytes() == page


@pytest.mark.parametrize("name", WITH_VIEW)
def test_a_command_with_a_view_says_whose_claims_it_reads_and_reads_no_others(name: str, tmp_path: Path) -> None:
    folder = tmp_path / "valley"
    folder.mkdir()
    Small(folder).write()
    out = ("--out", str(tmp_path / "run")) if name == "replay" else ()
    result = CliRunner().invoke(cli.main, [name, *CELL.get(name, ()), str(folder), "--view", "claimant:north", *out])
    assert result.exit_code == 0, result.output
    assert "s the North says" in result.output
    assert "T2-02" not in result.output
    wrong = CliRunner().invoke(cli.main, [name, *CELL.get(name, ()), str(folder), "--view", "claimant:nort", *out])
    assert (wrong.exit_code, "Did you mean 'north'?" in wrong.output) == (2, True)
