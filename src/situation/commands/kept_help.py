"""The help of a command, as `help.json` keeps it: printed without what the command itself needs being loaded."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Final

import click

__all__ = ["KEPT", "HelpOnly"]

KEPT: Final = Path(__file__).with_name("help.json")
"""Of each command the words behind its name, its text, and its options; written of the commands, to which a test holds it."""


class HelpOnly(click.Command):
    """A command that prints its help, and does nothing else.

    Args:
        name: its name.
    """

    def __init__(self, name: str) -> None:
        row = json.loads(KEPT.read_bytes())[name]
        super().__init__(name, help=row["text"])
        self._usage: list[str] = row["usage"]
        self._options: list[tuple[str, str]] = [(option, does) for option, does in row["options"]]

    def collect_usage_pieces(self, ctx: click.Context) -> list[str]:
        """The words behind its name."""
        return self._usage

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write what each option does."""
        with formatter.section("Options"):
            formatter.write_dl(self._options)
