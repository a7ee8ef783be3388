"""Which engine simulates stories: SimPy, or compiled kernels. No result depends on it."""

from __future__ import annotations

from contextlib import AbstractContextManager
from typing import Any, Final

import click

from situation.commands.engine import MISSING, compile_stories
from situation.ensemble.workers import compiled_stories
from situation.errors import Fault, how_to_install
from situation.kernel import STORY_KERNEL, compiler_version, is_kept
from situation.scenario import Scenario

__all__ = ["engine_option", "story_engine"]

_ENGINES: Final = ("auto", "simpy", "compiled")
_COMPILED_FROM: Final = 200
"""From so many stories on compiled kernels are sooner, where they are kept: each process takes seconds to load them."""

engine_option: Final = click.option(
    "--engine",
    type=click.Choice(_ENGINES),
    default="auto",
    show_default=True,
    help="What simulates the stories; no result depends on it. See 'situation engine'.",
)


def story_engine(engine: str, scenarios: tuple[Scenario, ...], count: int) -> AbstractContextManager[Any]:
    """Let an engine simulate stories; what is chosen, and why, is said where it is not the usual one.

    Args:
        engine: as the option `--engine` names it. With `auto`, compiled kernels where they are kept, and sooner.
        scenarios: what the stories are of.
        count: how many there are.

    Raises:
        Fault: compiled kernels are asked for, and numba is not installed.
    """
    if engine == "compiled" and compiler_version() is None:
        raise Fault(MISSING, how_to_install("fast"), argument="engine")
    guests = sorted({name for scenario in scenarios for name in scenario.outside})
    ready = compiler_version() is not None and is_kept(STORY_KERNEL)
    if engine == "simpy" or (engine == "auto" and not (ready and count >= _COMPILED_FROM)):
        return compiled_stories(False)
    if guests:
        click.echo(f"The doctrine '{guests[0]}' is not compiled: SimPy simulates these stories.", err=True)
        return compiled_stories(False)
    if not ready:
        click.echo("Compiling the kernels of stories takes some minutes, once.", err=True)
        compile_stories()
    click.echo(f"Compiled kernels simulate these {count:,} stories.", err=True)
    return compiled_stories(True)
