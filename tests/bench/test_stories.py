"""Telling stories: how many a second, by one process and by two, and against SimPy without a model."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter

import pytest

import situation as sit
from situation.ensemble.chunks import Chunks
from situation.ensemble.design import index_of
from situation.ensemble.record_draws import RecordDraws
from situation.ensemble.workers import tell_chunk, tell_missing
from tests.bench.measure import against, quantiles
from tests.bench.simpy_rival import replayed

pytestmark = pytest.mark.bench
HOME = Path("scenarios/al-qaim-2017")
STORIES = 64
BLOCK = 8
"""Stories that one process tells, where the processes are not what is measured."""


def test_stories_a_second_by_one_process_and_by_two() -> None:
    record, scenario = sit.load(HOME), sit.load_scenario(HOME / "baseline.yaml")
    rates: dict[int, list[float]] = {1: [], 2: []}

    def telling(workers: int) -> None:
        with TemporaryDirectory() as folder:
            began = perf_counter()
            tell_missing(scenario, record, 7, Chunks(Path(folder) / "chunks", STORIES), workers)
            rates[workers].append(STORIES / (perf_counter() - began))

    against(f"{STORIES} stories told by 2 processes, against 1", lambda: telling(2), lambda: telling(1), rounds=5)
    for workers, told in rates.items():
        low, middle, high = quantiles(told)
        print(f"{workers} processes: {middle:.1f} stories a second (10 % {low:.1f}, 90 % {high:.1f})")


def test_telling_stories_against_simpy_without_a_model() -> None:
    record, scenario = sit.load(HOME), sit.load_scenario(HOME / "baseline.yaml")
    record_draws = RecordDraws(scenario, record, 7)
    stories = [record_draws.tell(index_of(run)) for run in range(BLOCK)]
    assert replayed(stories) == sum(len(story.entries) for story in stories)
    against("SimPy's clock alone over the entries of the same stories, against telling and folding them",
            lambda: replayed(stories), lambda: tell_chunk(record_draws, 0, BLOCK), rounds=5)  # fmt: skip
