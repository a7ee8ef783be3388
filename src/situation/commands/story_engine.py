"""Which engine simulates stories: SimPy, or compiled kernels. No result depends on it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

import click

from situation.commands.engine import ENGINES, MISSING, compile_stories
from situation.ensemble.workers import compiled_stories
from situation.errors import Fault, how_to_install
from situation.kernel import compiler_version, kept_in, stories_are_kept

__all__ = ["engine_option", "story_engine"]

_COMPILED_FROM: Final = 50
"""From so many stories on compiled kernels are sooner, where they are kept: each of two processes takes 2.5 seconds to load
them, and a story a fifth of a second less (`docs/scale.md`)."""

engine_option: Final = click.option(
    "--engine",
    type=click.Choice(ENGINES),
    default="auto",
    show_default=True,
    help="What simulates the stories; no result depends on it. See 'situation engine'.",
)


@contextmanager
def story_engine(engine: str, count: int, elsewhere: bool = False) -> Iterator[None]:
    """Let an engine simulate stories; how many compiled kernels have simulated is said at the end.

    Args:
        engine: as the option `--engine` names it. With `auto`, compiled kernels where they are kept, and sooner.
        count: how many there are.
        elsewhere: whether they are simulated on other machines.

    Raises:
        Fault: compiled kernels are asked for, and numba is not installed, or others simulate.
    """
    if engine == "compiled" and elsewhere:
        raise Fault("Workers of a cluster take the engine that they have.", "Leave --engine away.", argument="engine")
    if engine == "compiled" and compiler_version() is None:
        raise Fault(MISSING, how_to_install("fast"), argument="engine")
    takes = engine == "compiled" or (engine == "auto" and count >= _COMPILED_FROM and stories_are_kept())
    if not takes or elsewhere or not (stories_are_kept() or _are_made()):
        yield
        return
    with compiled_stories() as use:
        yield
    if use.simulated:
        click.echo(f"Compiled kernels simulated {use.simulated:,} runs.", err=True)
    if use.left:
        click.echo(
            f"SimPy simulated {use.left:,} runs: some of them fail, or are more than kernels have room for.", err=True
        )


def _are_made() -> bool:
    """Compile the kernels of stories; False where they could not be kept, which is said."""
    click.echo("Compiling the kernels of stories takes some minutes, once.", err=True)
    compile_stories()
    if not stories_are_kept():
        click.echo(f"{kept_in()}: Compiled kernels could not be kept there. SimPy simulates these runs.", err=True)
    return stories_are_kept()
