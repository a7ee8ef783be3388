"""Writes the help of every command: as one page of Markdown, and as `--help` prints it without loading the command.

`make docs` keeps the page as docs/commands.md; the other is written into the package by the same call.
"""

from __future__ import annotations

from collections.abc import Iterator

import click
import orjson

from situation.commands.cli import COMMANDS, main
from situation.commands.kept_help import KEPT

__all__ = ["COMMAND", "kept_help", "page"]

WIDTH = 100  # characters a line, whatever the terminal
_LOADED = {name: main.get_command(click.Context(main), name) for name in COMMANDS}
COMMAND = {name: command for name, command in _LOADED.items() if command is not None}
"""Every command by its name."""


def page(root: click.Command, name: str = "situation") -> str:
    """The help of `root` and of all commands below it, each under its own heading."""
    head = "# Commands\n\nThe help of each command as it prints it; written by `make docs`.\n"
    return head + "".join(f"\n## {title}\n\n```text\n{text}\n```\n" for title, text in _helps(root, name, None))


def _helps(command: click.Command, name: str, parent: click.Context | None) -> Iterator[tuple[str, str]]:
    context = click.Context(
        command,
        info_name=name,
        parent=parent,
        terminal_width=WIDTH,
        max_content_width=WIDTH,
        help_option_names=command.context_settings.get("help_option_names"),
    )
    text = "\n".join(line.rstrip() for line in command.get_help(context).splitlines())
    yield context.command_path, text
    if isinstance(command, click.Group):
        for child in command.list_commands(context):
            found = command.get_command(context, child)
            if found is not None and not found.hidden:
                yield from _helps(found, child, context)


def kept_help() -> bytes:
    """Of each command the words behind its name, its text, and each option with what it does."""
    rows = {}
    for name, command in sorted(COMMAND.items()):
        names = main.context_settings["help_option_names"]
        context = click.Context(command, info_name=name, parent=click.Context(main), help_option_names=names)
        options = (it for it in command.get_params(context) if isinstance(it, click.Option))
        records = [it.get_help_record(context) for it in options]
        rows[name] = {
            "usage": command.collect_usage_pieces(context),
            "text": command.help,
            "options": [it for it in records if it is not None],
        }
    return orjson.dumps(rows, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE)


if __name__ == "__main__":
    KEPT.write_bytes(kept_help())
    print(page(main), end="")
