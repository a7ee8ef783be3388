"""How often counting errors of 95 % cover: `python -m tests.bench.coverage [--ensembles N]`, on stories of the tests' small war.

Many ensembles of 60 stories are held against one of 1,200, whose own error is counted (Newcombe 1998), on questions whose
shares lie from 0.1 to 0.9: whether a time or a number of men stays below ten of its quantiles.
"""

from __future__ import annotations

import argparse
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np

import situation as sit
from situation.ensemble.design import BLOCK, parameter_of, record_of
from situation.ensemble.statistics.shared_draws import SharedDraws
from situation.ensemble.statistics.shares import share_of
from tests.unit.valley_stories import scenario_of, valley

SIZE, REFERENCE = 60, 1200
ROOM = -(-SIZE // BLOCK) * BLOCK
"""Stories from the start of one ensemble to that of the next: whole blocks, so that no two share a draw."""


def coverage(ensembles: int, seed: int) -> tuple[float, int]:
    """The share of intervals that cover, and over how many questions."""
    with TemporaryDirectory() as folder:
        small = valley(Path(folder)).plant("plan.yaml", "horizon: 60 d", "horizon: 24 d")
        small.plant("plan.yaml", "questions:\n", "questions:\n  until: {ask: days until, place: dell, by: north}\n")
        scenario, record = scenario_of(small)
        told = sit.run(scenario, runs=ROOM * ensembles + REFERENCE, seed=seed, record=record)
    series = [
        told.answers["until"],
        told.answers["camp"],
        *(np.asarray(men)[:, -1].astype(float) for men in told.strengths.values()),
    ]
    groups = [np.arange(ROOM * number, ROOM * number + SIZE) for number in range(ensembles)]
    rest = np.arange(ROOM * ensembles, told.about.runs)
    covered, questions = 0, 0
    for values in series:
        finite = np.where(np.isfinite(values), values, 1e9)
        for threshold in np.unique(np.quantile(finite[rest], np.linspace(0.1, 0.9, 10))):
            answers = (finite <= threshold).astype(float)
            large = share_of(answers[rest], SharedDraws.of(record_of(rest), parameter_of(rest)), 0.0)
            if not 0.08 <= large.share <= 0.92:
                continue
            questions += 1
            for runs in groups:
                found = share_of(answers[runs], SharedDraws.of(record_of(runs), parameter_of(runs)), 0.0)
                below = np.hypot(found.share - found.low, large.high - large.share)
                above = np.hypot(found.high - found.share, large.share - large.low)
                covered += int(-above <= found.share - large.share <= below)
    return covered / (questions * ensembles), questions


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description="How often 95 % intervals cover.")
    parser.add_argument("--ensembles", type=int, default=100)
    parser.add_argument("--seed", type=int, default=11)
    chosen = parser.parse_args()
    share, questions = coverage(chosen.ensembles, chosen.seed)
    print(f"{share:.1%} of the intervals of {chosen.ensembles} ensembles cover, pooled over {questions} questions.")
