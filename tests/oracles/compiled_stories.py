"""Simulates stories by compiled kernels, whole, and holds entries and summaries to those of the fold.

`SITUATION_KERNELS=compiled python -m tests.oracles.compiled_stories COUNT STORY...` prints how many entries each has, and how
many seconds of CPU either took; it fails at the first story that differs.
"""

from __future__ import annotations

import sys
import time

from situation.ensemble.design import index_of
from situation.ensemble.record_draws import RecordDraws
from situation.ensemble.summary import summary_of
from situation.kernel import COMPILED
from tests.golden.test_stories import scenario_named
from tests.oracles.fold.story import tell


def hold_compiled(name: str, count: int) -> tuple[int, float, float]:
    """Simulate the first stories of a scenario both ways.

    Returns: how many entries they have, and the seconds of CPU that kernels and the fold took.

    Raises:
        AssertionError: a story differs, or kernels did not simulate it.
    """
    scenario, record = scenario_named(name)
    draws, entries, ours, folds = RecordDraws(scenario, record, 3), 0, 0.0, 0.0
    for run in range(count):
        index = index_of(run)
        stage, _ = draws.draw(index.record)
        begun = time.process_time()
        made = draws.by_kernels(stage, index)
        between = time.process_time()
        story = tell(stage, 3, index.record, index.parameter, index.chance)
        told = story, summary_of(story, index)
        folds += time.process_time() - between
        ours += between - begun
        assert made is not None, f"{name}, run {run}: kernels did not simulate it"
        assert tuple(made[0].entries) == told[0].entries, f"{name}, run {run}"
        assert made[1] == told[1], f"{name}, run {run}"
        entries += len(told[0].entries)
    return entries, ours, folds


if __name__ == "__main__":
    assert COMPILED
    for name in sys.argv[2:]:
        hold_compiled(name, 1)  # compiles what is not kept
        print(name, *(round(it, 2) for it in hold_compiled(name, int(sys.argv[1]))), flush=True)
