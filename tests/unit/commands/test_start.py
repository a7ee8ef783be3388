"""How a command begins: its help stands in a table, and what it does not need is not loaded."""

from __future__ import annotations

import subprocess
import sys

import pytest

import situation
from situation.commands.cli import COMMANDS
from tests.arch.commands import COMMAND

HEAVY = {"numpy", "pandas", "pyarrow", "rich", "simpy", "yaml", "cattrs", "situation.record", "situation.story"}


@pytest.mark.parametrize("option", ["--help", "--version"])
def test_the_help_loads_nothing_heavy(option: str) -> None:
    code = (
        "import sys\nfrom situation.commands.cli import main\n"
        f"try:\n    main([{option!r}], prog_name='situation')\nexcept SystemExit:\n    pass\n"
        "print('\\n'.join(sys.modules), file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert "situation" in done.stdout
    assert set(done.stderr.split()) & HEAVY == set()


def test_every_command_of_the_table_is_one_and_has_its_line() -> None:
    assert {name: command.short_help for name, command in COMMAND.items()} == dict(COMMANDS)


def test_every_public_name_is_there_and_no_other() -> None:
    assert all(getattr(situation, name) is not None for name in situation.__all__)
    assert set(situation.__all__) <= set(dir(situation))
    with pytest.raises(AttributeError, match="has no attribute 'retell'"):
        situation.retell  # noqa: B018
