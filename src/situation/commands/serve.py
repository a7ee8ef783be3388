"""`situation serve`: the runs in a browser, and a form that starts more."""

from __future__ import annotations

import os
import stat
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from importlib.util import find_spec
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Any

import click
from click.core import ParameterSource

from situation.commands.cli import main
from situation.commands.options import cores, release_named, release_option, report_errors, situation_argument
from situation.errors import Fault, SituationError, how_to_install
from situation.runs.finding import RUNS_FOLDER, find_situation

__all__: list[str] = []

_PACKAGES = ("starlette", "uvicorn")


@main.command("serve")
@situation_argument
@click.option(
    "--runs-dir",
    type=click.Path(path_type=Path),
    metavar="DIR",
    default=RUNS_FOLDER,
    show_default=True,
    help="Where run folders are kept.",
)
@click.option(
    "--host",
    metavar="ADDRESS",
    default="127.0.0.1",
    show_default=True,
    help="The address to listen on; any but this machine's own needs a token.",
)
@click.option(
    "--port",
    type=int,
    metavar="N",
    default=8000,
    show_default=True,
    help="The port to listen on; 0 takes any that is free.",
)
@click.option(
    "--token",
    metavar="TEXT",
    envvar="SITUATION_TOKEN",
    help="What every reader must give, of 16 letters or more; better set SITUATION_TOKEN, which other accounts cannot "
    "read. Made at random if left out.",
)
@click.option("--no-token", is_flag=True, help="Let everybody in who has an account on this machine.")
@click.option("--name", "names", multiple=True, metavar="NAME", help="Another name under which browsers may reach it.")
@click.option("--workers", type=int, metavar="W", help="How many processes simulate stories; one per core if left out.")
@click.option(
    "--max-queue",
    type=int,
    metavar="N",
    default=8,
    show_default=True,
    help="How many jobs may wait; one runs at a time.",
)
@click.option(
    "--max-runs", type=int, metavar="N", default=2000, show_default=True, help="How many stories one job may have."
)
@click.option("--max-minutes", type=float, metavar="N", default=60, show_default=True, help="How long a job may take.")
@release_option
@report_errors
def _serve(
    situation: str | None,
    runs_dir: Path,
    host: str,
    port: int,
    token: str | None,
    no_token: bool,
    names: tuple[str, ...],
    workers: int | None,
    max_queue: int,
    max_runs: int,
    max_minutes: float,
) -> None:
    """Show the run folders in a browser, and start scenarios of SITUATION from a form in which any number can be
    changed; it shows the progress of each, and the page of its result. A changed scenario is kept as a file under
    --runs-dir, so that it can be run from the command line too.

    It listens on this machine only, and prints an address that holds a token made at random: whoever opens that is
    let in, and no other account of the machine. Where the output is a file that others can read, the token is kept out
    of it, in a file of its own that they cannot. Where others reach the server, it should stand behind a proxy that encrypts.
    Ctrl-C ends it, and the jobs that it has started.

    \b
    Examples:
      situation serve al-qaim-2017
      SITUATION_TOKEN=... situation serve al-qaim-2017 --host 0.0.0.0 --name maps.example.org
    """
    if no_token and token is not None:
        raise Fault("--no-token: A token is given, too.", "Leave out --no-token, or --token and SITUATION_TOKEN.")
    if workers is not None and workers < 1:
        raise Fault(f"--workers: {workers} is no number of processes.", "Give 1 or more.")
    missing = [name for name in _PACKAGES if find_spec(name) is None]
    if missing:
        words = (
            f"The served edition needs {' and '.join(missing)}, which {'is' if len(missing) == 1 else 'are'} not here."
        )
        raise SituationError(f"{words} {how_to_install('serve')}")
    from situation.serving.server import run_server
    from situation.serving.settings import Limits, Settings
    from situation.serving.tokens import random_token

    folder = find_situation(situation)
    limits = Limits(waiting=max_queue, stories=max_runs, minutes=max_minutes)
    made = random_token() if token is None and not no_token else None
    processes = cores() if workers is None else workers
    settings = Settings(folder, runs_dir, host, port, made or token, names, processes, limits, release_named())
    context = click.get_current_context()
    shown_to_all = context.get_parameter_source("token") is ParameterSource.COMMANDLINE

    def announce(address: str) -> None:
        if made and _read_by_others(sys.stdout):
            place = ending.enter_context(_kept(made))
            click.echo(f"Open {address} It asks for the token, which is in {place}: others can read this output.")
        elif made:
            click.echo(f"Open {address}?token={made}\nWho has this address is let in.")
        elif token:
            click.echo(f"Open {address} It asks for the token.")
        else:
            click.echo(f"Open {address}\nThere is no token: every account of this machine is let in.")
        if shown_to_all:
            words = "Note: other accounts can read --token in the list of processes; set SITUATION_TOKEN instead."
            click.echo(words, err=True)
        click.echo("Ctrl-C ends it.")

    with ExitStack() as ending:
        run_server(settings, announce)
    click.echo("Stopped.")


@contextmanager
def _kept(token: str) -> Iterator[str]:
    """A token in a file that no other account can read, until the end."""
    with NamedTemporaryFile("w", prefix="situation-token-") as file:
        print(token, file=file, flush=True)
        yield file.name


def _read_by_others(stream: Any) -> bool:
    """Whether an output is kept in a file that other accounts may read."""
    try:
        mode = os.fstat(stream.fileno()).st_mode
    except (AttributeError, OSError, ValueError):
        return False
    return sys.platform != "win32" and stat.S_ISREG(mode) and bool(mode & (stat.S_IRGRP | stat.S_IROTH))
