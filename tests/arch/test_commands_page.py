"""The page of commands in docs/ says what the commands say."""

from __future__ import annotations

from pathlib import Path

import click

from situation.commands.kept_help import KEPT
from tests.arch.commands import kept_help, page

WRITTEN = Path(__file__).parents[2] / "docs" / "commands.md"


def test_the_page_has_the_help_of_every_command() -> None:
    @click.group()
    def house() -> None:
        """A house."""

    @house.command()
    @click.option("--at", help="When.")
    def state(at: str) -> None:
        """Who is in."""

    text = page(house, "house")
    assert "## house\n" in text
    assert "## house state\n\n```text\nUsage: house state [OPTIONS]\n" in text
    assert "--at TEXT  When." in text


def test_the_page_of_commands_is_up_to_date() -> None:
    from situation.commands.cli import main

    assert WRITTEN.is_file(), "docs/commands.md is not there. Run: make docs"
    assert page(main) == WRITTEN.read_text(encoding="utf-8"), "docs/commands.md is out of date. Run: make docs"


def test_the_help_that_is_kept_is_that_of_every_command() -> None:
    assert kept_help() == KEPT.read_bytes(), f"{KEPT} is out of date. Run: make docs"
