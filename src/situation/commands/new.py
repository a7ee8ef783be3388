"""`situation new`: a folder to write one's own war into, or a copy of an example."""

from __future__ import annotations

import click

from situation.commands.cli import main
from situation.commands.options import report_errors
from situation.errors import harmless
from situation.record.loading import scenario_files
from situation.runs.beginning import begin

__all__: list[str] = []


@main.command("new")
@click.argument("name")
@click.option("--from", "example", metavar="SITUATION", help="Copy this one: an example's name, or a folder.")
@report_errors
def _new(name: str, example: str | None) -> None:
    """Make scenarios/NAME: map, sources, record and a scenario, small, invented and commented, which run at once.

    NAME is the situation's id: letters, digits, hyphens and underscores. Nothing that exists is written over.

    \b
    Examples:
      situation new my-war
      situation new falklands-1982 --from falklands-1982
    """
    folder = begin(name, example)
    scenarios = [file.stem for file in scenario_files(folder)]
    click.echo(harmless(f"{folder}: {', '.join(sorted(path.name for path in folder.iterdir()))}"))
    click.echo("Next:")
    click.echo(f"  situation check {name}")
    click.echo(f"  situation replay {name}")
    if scenarios:
        first = "baseline" if "baseline" in scenarios else scenarios[0]
        click.echo(f"  situation run {name}/{first} --runs 100")
