"""An ensemble from Python in one call: simulated in a temporary folder, and returned as columns."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Executor
from pathlib import Path

import attrs

from situation.ensemble.chunks import Chunks
from situation.ensemble.ensemble import About, ensemble_of
from situation.ensemble.notebook import AnsweredEnsemble, answered
from situation.ensemble.workers import tell_missing
from situation.errors import Fault, of_kind, whole_given
from situation.record.loading import load
from situation.record.record import Record
from situation.scenario import Scenario
from situation.testimony.disk.scratch import laid_out

__all__ = ["MOST_STORIES", "MOST_WORKERS", "check_seed", "run"]

MOST_STORIES = 10_000_000
"""ASSUMED: weeks of a machine's work, and more than any answer needs; far beyond it the list of chunks fills the memory."""
MOST_WORKERS = 1024
"""ASSUMED: more than a machine has processors."""


def check_seed(seed: int) -> None:
    """Refuse what is no seed, before any story is simulated.

    Raises:
        Fault: it does not lie between 0 and 2**64 - 1.
    """
    if not 0 <= seed < 2**64:
        raise Fault(f"{seed} is no seed.", "Give a whole number from 0 to 2**64 - 1.", argument="seed")


def run(
    scenario: Scenario,
    runs: int = 1000,
    seed: int = 7,
    workers: int = 1,
    record: Record | None = None,
    finished: Callable[[int], None] = lambda runs: None,
    executor: Executor | None = None,
) -> AnsweredEnsemble:
    """Simulate many stories of a scenario.

    Args:
        scenario: as `load_scenario` reads it.
        runs: how many stories, 1 or more.
        seed: the seed of all chance; the same seed gives the same stories.
        workers: how many processes; no result depends on it. More than 1 starts processes of their own, so a script
            must call this under `if __name__ == "__main__":`.
        record: the record that the scenario branches from; None: the one in the folder of its file.
        finished: called with a number of stories when they are done.
        executor: where they are simulated, in place of `workers`: any `concurrent.futures.Executor`, such as
            `dask.distributed.Client(address).get_executor()`. It is left open. Results do not depend on it.

    Raises:
        Fault: `runs`, `workers` or `seed` is no number of stories, of processes, or no seed.
    """
    of_kind(scenario, Scenario, "scenario", "Give what load_scenario reads: run(load_scenario(PATH)).")
    runs, workers = whole_given(runs, "runs"), whole_given(workers, "workers")
    if record is not None:
        of_kind(record, Record, "record", "Give a record from load.")
    if executor is not None:
        of_kind(
            getattr(executor, "submit", None), Callable, "executor.submit", "Give an Executor of concurrent.futures."
        )
    of_kind(finished, Callable, "finished", "Give a function of a number of stories.")
    if runs < 1 or workers < 1:
        raise Fault("An ensemble has at least one story and one worker.", "Give 1 or more of each.")
    if runs > MOST_STORIES or workers > MOST_WORKERS:
        fact = f"An ensemble has at most {MOST_STORIES:,} stories, and {MOST_WORKERS:,} workers."
        raise Fault(fact, "Ask for fewer.")
    seed = whole_given(seed, "seed")
    check_seed(seed)
    known = load(Path(scenario.file).parent) if record is None else record
    with laid_out({}) as folder:
        chunks = Chunks(folder, runs, lasting=False)
        tell_missing(scenario, known, seed, chunks, workers, finished, executor)
        ensemble = ensemble_of(About.of(scenario, known, seed, runs), chunks.read())
        return answered(attrs.evolve(ensemble, origin=(scenario, known)))
