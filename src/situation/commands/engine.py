"""`situation engine`: compiled kernels, and which commands take them."""

from __future__ import annotations

import shutil
import time
from functools import partial
from pickle import PickleError
from typing import Any, Final

import click
from attrs import frozen

from situation.commands.cli import main
from situation.commands.options import cores, report_errors
from situation.commands.output import console, print_json
from situation.errors import Fault, how_to_install
from situation.kernel import STORY_KERNEL, compiler_version, is_kept, kept_in, mark_stories, stories_are_kept
from situation.rules.engagement.days import FIGHT_KERNEL, fight_compiled
from situation.rules.engagement.terms import Endings, Engagement

__all__ = ["ENGINES", "MISSING", "Threshold", "compile_stories", "fight_in_pool", "uses_compiled"]

ENGINES: Final = ("auto", "simpy", "compiled")
"""Which engine simulates: the sooner one, the one that is driven as Python, or compiled kernels."""
MISSING: Final = "Compiled kernels need numba, which is not installed."
_INSTALL: Final = how_to_install("fast")
_CALLS_A_WORKER: Final = 8


@frozen
class Threshold:
    """From how many on compiled kernels are sooner: where they are kept from before, and where they must be made first."""

    kept: int
    not_kept: int


def uses_compiled(engine: str, kernel_name: str, count: int, threshold: Threshold) -> bool:
    """Whether compiled kernels are used.

    Args:
        engine: one of `ENGINES`; with `auto`, where they are at hand and sooner.
        kernel_name: the kernel that does the work.
        count: how much there is to do.

    Raises:
        Fault: they are asked for, and numba is not installed.
    """
    if engine == "simpy":
        return False
    if compiler_version() is None:
        if engine == "compiled":
            raise Fault(MISSING, _INSTALL, argument="engine")
        return False
    ready = is_kept(kernel_name)
    if engine == "auto" and count < (threshold.kept if ready else threshold.not_kept):
        return False
    waits = "" if ready else " Compiling them takes half a minute, once."
    click.echo(f"Using compiled kernels for {count:,} runs.{waits}", err=True)
    return True


def fight_in_pool(engagement: Engagement, seed: int, runs: int) -> Endings:
    """An engagement fought many times under `general`, by compiled kernels, in a process a core.

    Where what is kept of them is damaged, it is dropped and made anew.
    """
    try:
        return _fight_in_pool(engagement, seed, runs)
    except (PickleError, EOFError):
        click.echo(f"{kept_in()}: What is kept of compiled kernels is damaged. It is made anew.", err=True)
        shutil.rmtree(kept_in(), ignore_errors=True)
        return _fight_in_pool(engagement, seed, runs)


def _fight_in_pool(engagement: Engagement, seed: int, runs: int) -> Endings:
    from situation.ensemble.pool import call_in_pool

    workers = cores()
    size = -(-runs // (workers * _CALLS_A_WORKER))
    spans = [(first, min(size, runs - first)) for first in range(0, runs, size)]
    parts: dict[int, Endings] = {}

    def keep(span: tuple[int, int], endings: Endings) -> None:
        parts[span[0]] = endings

    call_in_pool(partial(fight_compiled, engagement, seed), spans, workers, keep, "Give the same command again.", True)
    fought = Endings()
    for first in sorted(parts):
        fought.extend(parts[first])
    return fought


def compile_stories() -> None:
    """Compile the kernels of stories, in a process of their own, which keeps them for others. Ctrl-C ends that at once.

    Where what is kept of them is damaged, it is dropped and made anew.
    """
    from situation.ensemble.pool import call_alone
    from situation.ensemble.record_draws import NotByKernels

    calls = partial(call_alone, _tell_one, (0,), "Give the same command again.", True)
    try:
        calls()
    except NotByKernels:
        for path in kept_in().rglob(f"*.{STORY_KERNEL}-*"):
            path.unlink(missing_ok=True)
        calls()
    mark_stories()


def _tell_one(run: int) -> None:
    """Simulate a story of an example: any would do."""
    from situation.ensemble.design import index_of
    from situation.ensemble.record_draws import RecordDraws
    from situation.record.loading import load, scenario_files
    from situation.runs.finding import packaged_situations
    from situation.scenario import load_scenario

    folders = packaged_situations().values()
    folder, file = next((folder, file) for folder in folders for file in scenario_files(folder))
    record = load(folder)
    draws = RecordDraws(load_scenario(file, record), record, 0)
    draws.by_kernels(draws.draw(0)[0], index_of(run))


def _state() -> dict[str, Any]:
    folder = kept_in()
    files = [path for path in folder.rglob("*.nb*") if path.is_file()]
    return {
        "numba": compiler_version(),
        "kept": is_kept(FIGHT_KERNEL),
        "stories_kept": stories_are_kept(),
        "folder": str(folder),
        "bytes": sum(path.stat().st_size for path in files),
    }


@main.command("engine")
@click.option("--compile", "ahead", is_flag=True, help="Compile what is not kept yet, so that no other command waits.")
@click.option("--json", "as_json", is_flag=True, help="Answer as JSON.")
@report_errors
def _engine(ahead: bool, as_json: bool) -> None:
    """Say whether compiled kernels are available, and which have been compiled already.

    Rules and mechanisms run as Python (--engine simpy), or compiled by numba (the extra 'fast'), to the same results.
    With --engine auto 'battle' takes the compiled form of the law general for many runs; 'run', 'compare', 'sweep' and
    'calibrate' take it for many stories once it has been compiled. That takes minutes, and is done with --compile, or
    where --engine compiled asks for it. Of other versions, the two compiled last are kept.

    \b
    Example:
      situation engine --compile
    """
    seconds = 0.0
    if ahead:
        if compiler_version() is None:
            raise Fault(MISSING, _INSTALL, argument="compile")
        begun = time.monotonic()
        fight_in_pool(Engagement(attackers=2, defenders=1), 0, 1)
        compile_stories()
        seconds = time.monotonic() - begun
    state = _state()
    if as_json:
        print_json({**state, "seconds": round(seconds, 1)})
        return
    screen = console()
    if state["numba"] is None:
        screen.print(f"{MISSING} {_INSTALL}", markup=False)
        return
    kept = f"{state['bytes'] / 1e6:.1f} MB are kept in {state['folder']}." if state["bytes"] else "None is kept yet."
    screen.print(f"Kernels can be compiled, by numba {state['numba']}. {kept}", markup=False)
    if state["bytes"]:
        battles, stories = ("ready" if state[name] else "not compiled yet" for name in ("kept", "stories_kept"))
        screen.print(f"Of battles: {battles}. Of stories: {stories}.")
    if ahead:
        screen.print(f"Compiling and loading them took {seconds:.0f} s.")
    elif not (state["kept"] and state["stories_kept"]):
        screen.print("To compile them ahead: situation engine --compile")
