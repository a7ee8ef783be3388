"""`situation join`: the parts of a run that several machines have simulated, made one."""

from __future__ import annotations

from pathlib import Path

import click

from situation.commands.cli import main
from situation.commands.options import report_errors
from situation.commands.output import note_handling, print_problem
from situation.commands.run import show_run
from situation.runs.finding import scenario_of
from situation.runs.parts import joined_run

__all__: list[str] = []


@main.command("join")
@click.argument("parts", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="PART...")
@click.option(
    "--out", type=click.Path(path_type=Path), metavar="DIR", help="The run folder; runs/NAME-DIGEST if left out."
)
@click.option("--json", "as_json", is_flag=True, help="Answer as JSON.")
@report_errors
def _join(parts: tuple[Path, ...], out: Path | None, as_json: bool) -> None:
    """Join the PARTs (folders that `situation run --stories` wrote) to the run that they make together.

    It is the run that one machine would have made, to the byte. Parts of another record, scenario, seed or version are
    refused, and so are parts that overlap or leave a gap. The situation must be here, as for any run.

    \b
    Example:
      situation run baseline --stories 0:500      on one machine
      situation run baseline --stories 500:1000   on another
      situation join runs/parts/baseline-*
    """
    stored = joined_run(parts, out, note=print_problem)
    note_handling(stored.manifest["handling"])
    show_run(stored, *scenario_of(stored.folder, stored.manifest), as_json)
