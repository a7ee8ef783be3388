"""The most memory, in KiB, that a process takes over a constructed ensemble: `python -m tests.bench.large_ensemble RUNS FOLDER`.

Eight stories are simulated, and every other is one of them under another number. Its folder is made with its page, and read.
"""

from __future__ import annotations

import resource
import sys
from functools import partial
from pathlib import Path

import attrs

import situation as sit
from situation.ensemble.chunks import Chunks, summary_bytes
from situation.ensemble.design import index_of
from situation.ensemble.record_draws import RecordDraws
from situation.ensemble.summary import StorySummary
from situation.ensemble.workers import tell_chunk
from situation.runs.ensembles import run_of_stories
from situation.runs.folder import no_note

SIMULATED, SEED = 8, 7


def _like(story: StorySummary, run: int) -> StorySummary:
    index = index_of(run)
    numbers = {name: value * (1.0 + 1e-9 * index.parameter) for name, value in story.numbers.items()}
    return attrs.evolve(story, run=run, record=index.record, parameter=index.parameter, chance=run, numbers=numbers)


def _write(stories: list[StorySummary], chunks: Chunks, _: int) -> None:
    for start, stop in chunks.ranges():
        chunks.write(start, stop, summary_bytes([_like(stories[run % SIMULATED], run) for run in range(start, stop)]))


def _main(runs: int, folder: Path) -> None:
    scenario, record = sit.load_scenario("scenarios/al-qaim-2017/baseline.yaml"), sit.load("scenarios/al-qaim-2017")
    stories = tell_chunk(RecordDraws(scenario, record, SEED), 0, SIMULATED)
    stored = run_of_stories(scenario, record, SEED, runs, partial(_write, stories), folder / "run", folder, no_note)
    assert stored.ensemble.about.runs == runs
    print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)


if __name__ == "__main__":
    _main(int(sys.argv[1]), Path(sys.argv[2]))
