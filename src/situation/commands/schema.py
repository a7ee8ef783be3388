"""`situation schema`: the form of a scenario's file, for editors."""

from __future__ import annotations

import click

from situation.commands.cli import main
from situation.commands.options import open_record, report_errors
from situation.commands.output import print_json
from situation.scenario.schema import scenario_schema

__all__: list[str] = []


@main.command("schema")
@click.argument("situation", required=False)
@report_errors
def _schema(situation: str | None) -> None:
    """Print the form of a scenario's file as JSON Schema. With SITUATION it offers the names of its places and actors.

    \b
    Example:
      situation schema > scenario.schema.json
    """
    ground = open_record(situation).ground if situation is not None else None
    print_json(scenario_schema(ground))
