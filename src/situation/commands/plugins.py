"""`situation plugins`: what installed packages add."""

from __future__ import annotations

import click
from rich.table import Table
from rich.text import Text

from situation.commands.options import main, report_errors
from situation.commands.output import console, print_json
from situation.scenario.orders import DOCTRINE_NAMES
from situation.scenario.plugins import installed_doctrines, outside_doctrines

__all__: list[str] = []


@main.command(
    "plugins", short_help="The doctrines that scenarios may name: the project's own, and those of installed packages."
)
@click.option("--json", "as_json", is_flag=True, help="Answer as JSON.")
@report_errors
def _plugins(as_json: bool) -> None:
    """List the doctrines that a scenario may name, and load those that come from outside to see that they can be.

    A package offers one as an entry point in its pyproject.toml; it is a plain function from a view to orders.

    \b
    Example:
      situation plugins --json

    \b
      [project.entry-points."situation.doctrines"]
      "strike at night" = "night_raids.doctrines:strike_at_night"
    """
    outside_doctrines()
    rows = [(name, "situation.story.doctrines", "") for name in DOCTRINE_NAMES] + list(installed_doctrines())
    if as_json:
        print_json({"doctrines": [dict(zip(("name", "where", "package"), row, strict=True)) for row in rows]})
        return
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="bold")
    for column in ("doctrine", "where", "package"):
        table.add_column(column)
    for row in rows:
        table.add_row(*map(Text, row))
    console().print(table)
