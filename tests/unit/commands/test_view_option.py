"""Every command that has `--view` reads the record by it, and says by whose claims it answers."""

from __future__ import annotations

from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from situation.commands import cli
from tests.unit.small import Small

CELL = {"why": ("arlen.holder",)}
WITH_VIEW = [
    name
    for name in cli.main.list_commands(click.Context(cli.main))
    if (command := cli.main.get_command(click.Context(cli.main), name)) is not None
    and any(it.name == "view" and not getattr(it, "hidden", False) for it in command.params)
]


def test_the_commands_with_a_view_are_these() -> None:
    assert WITH_VIEW == ["beliefs", "claims", "disputes", "replay", "state", "totals", "why"]


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
