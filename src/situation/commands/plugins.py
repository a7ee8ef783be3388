"""`situation plugins`: what installed packages add."""

from __future__ import annotations

from collections.abc import Iterable

import click
from rich.table import Table
from rich.text import Text

from situation.commands.cli import main
from situation.commands.options import report_errors
from situation.commands.output import console, print_json
from situation.edges.formats import IMPORT_FORMATS
from situation.edges.plugins import installed_formats, outside_formats
from situation.scenario.orders import DOCTRINE_NAMES
from situation.scenario.plugins import installed_doctrines, outside_doctrines

__all__: list[str] = []


@main.command("plugins")
@click.option("--json", "as_json", is_flag=True, help="Answer as JSON.")
@report_errors
def _plugins(as_json: bool) -> None:
    """List the doctrines that a scenario may name and the formats that can be imported, and load those that come from
    outside, to check that they work.

    A package offers them as entry points in its pyproject.toml: a doctrine is a plain function from a view to orders, a
    format an EventFormat (docs/importing.md).

    \b
    Example:
      situation plugins --json

    \b
      [project.entry-points."situation.doctrines"]
      "strike at night" = "night_raids.doctrines:strike_at_night"

    \b
      [project.entry-points."situation.formats"]
      "river-desk" = "river_desk.events:FORMAT"
    """
    outside_doctrines()
    rows = [(name, "situation.story.decide.doctrines", "") for name in DOCTRINE_NAMES] + list(installed_doctrines())
    outside_formats(IMPORT_FORMATS)
    formats = [(name, "situation.edges.formats", "") for name in IMPORT_FORMATS] + list(installed_formats())
    if as_json:
        print_json({"doctrines": _as_mappings(rows), "formats": _as_mappings(formats)})
        return
    for what, listed in (("doctrine", rows), ("format", formats)):
        table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="bold")
        heads = (what, "where", "package") if any(package for _, _, package in listed) else (what, "where")
        for column in heads:
            table.add_column(column)
        for row in listed:
            table.add_row(*map(Text, row[: len(heads)]))
        console().print(table)


def _as_mappings(rows: Iterable[tuple[str, str, str]]) -> list[dict[str, str]]:
    return [dict(zip(("name", "where", "package"), row, strict=True)) for row in rows]
