"""How often 90 % intervals of a posterior cover the truth: `python -m tests.bench.posteriors [--points N]`.

Stories of the tests' small war at so many points of three numbers. Each story in turn is the truth.
"""

from __future__ import annotations

import argparse
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np

from situation.chance.vectors import Floats
from situation.ensemble.calibrate.rejection import interval_of, widths_against_prior
from tests.unit.ensemble.calibrate.truths import STORIES, Pool, accepted_for, pool_of


def coverage_and_width(pool: Pool) -> tuple[Floats, Floats]:
    """By number, the share of truths that its 90 % interval covers, and the interval's mean width as a share of its prior's."""
    design = pool[0]
    covered, widths = [], []
    for point, truth in enumerate(design.shares):
        for story in range(STORIES):
            accepted = accepted_for(pool, point, story)
            low, _, high = interval_of(accepted)
            covered.append((low <= truth) & (truth <= high))
            widths.append(widths_against_prior(accepted))
    return np.mean(covered, axis=0), np.mean(widths, axis=0)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description="How often 90 % intervals of a posterior cover the truth.")
    parser.add_argument("--points", type=int, default=180)
    chosen = parser.parse_args()
    with TemporaryDirectory() as folder:
        simulated = pool_of(Path(folder), chosen.points)
        shares, relative = coverage_and_width(simulated)
    for name, share, width in zip(simulated[0].priors, shares, relative, strict=True):
        print(f"{name}: {share:.1%} of {chosen.points * STORIES} truths covered, {width:.0%} as wide as its prior.")
