"""How a command begins: its help stands in a table, and what it does not need is not loaded."""

from __future__ import annotations

import subprocess
import sys

import click
import pytest
from click.testing import CliRunner

import situation
from situation.commands.cli import COMMANDS, main
from tests.arch.commands import COMMAND

HEAVY = {"numpy", "pandas", "pyarrow", "rich", "simpy", "yaml", "cattrs", "situation.record", "situation.story"}


MOST_MODULES = 200
"""Modules that a help loads at most, the interpreter's own among them. A command loads some 900."""


@pytest.mark.parametrize("words", ["--help", "--version", "run --help", "compare -h", "state --help", "import --help"])
def test_the_help_loads_nothing_heavy(words: str) -> None:
    code = (
        "import sys\nfrom situation.commands.cli import main\n"
        f"try:\n    main({words.split()!r}, prog_name='situation')\nexcept SystemExit:\n    pass\n"
        "print('\\n'.join(sys.modules), file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert "situation" in done.stdout
    loaded = done.stderr.split()
    assert set(loaded) & HEAVY == set()
    assert len(loaded) < MOST_MODULES


@pytest.mark.parametrize("width", [50, 79, 120])
def test_a_commands_help_is_that_of_the_command(width: int) -> None:
    for name, command in COMMAND.items():
        asked = CliRunner().invoke(main, [name, "--help"], prog_name="situation", terminal_width=width)
        parent = click.Context(main, info_name="situation", terminal_width=width, max_content_width=100)
        context = click.Context(command, info_name=name, parent=parent, help_option_names=["-h", "--help"])
        assert asked.output == command.get_help(context) + "\n"


def test_every_command_of_the_table_is_one_and_has_its_line() -> None:
    assert {name: command.short_help for name, command in COMMAND.items()} == dict(COMMANDS)


def test_every_public_name_is_there_and_no_other() -> None:
    assert all(getattr(situation, name) is not None for name in situation.__all__)
    assert set(situation.__all__) <= set(dir(situation))
    with pytest.raises(AttributeError, match="has no attribute 'retell'"):
        situation.retell  # noqa: B018
