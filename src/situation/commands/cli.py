"""The command line: `situation`."""

from __future__ import annotations

import click

from situation.commands.battle import battle_command
from situation.commands.check import check
from situation.commands.claims import claims
from situation.commands.compare import compare
from situation.commands.dashboard import dashboard
from situation.commands.disputes import disputes
from situation.commands.plugins import plugins
from situation.commands.replay import replay
from situation.commands.run import run
from situation.commands.schema import schema
from situation.commands.score import score
from situation.commands.serve import serve
from situation.commands.state import state
from situation.commands.why import why

__all__ = ["main"]


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(package_name="situation", message="situation %(version)s")
def main() -> None:
    """Who held what, when? Who says so, and who disagrees? What was known on the day?

    Times are dates (2017-11-03: that day's end, local time) or minutes (2017-11-03T14:00, with Z for UTC). SITUATION is
    a folder, or a name under scenarios/; it may be left out where only one exists.
    """


for command in (
    replay,
    state,
    why,
    claims,
    disputes,
    check,
    run,
    compare,
    score,
    dashboard,
    serve,
    schema,
    plugins,
    battle_command,
):
    main.add_command(command)
