"""The coverage of a posterior where the truth is known."""

from __future__ import annotations

import numpy as np
import pytest

from situation.ensemble.calibrate.rejection import interval_of, widths_against_prior
from tests.unit.ensemble.calibrate.truths import NUMBERS, STORIES, accepted_for, pool_of

TRUTHS = 20


@pytest.mark.long
def test_the_90_percent_posteriors_of_20_synthetic_truths_cover_at_least_16(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    pool = pool_of(tmp_path_factory.mktemp("pool"), 90)
    covered, widths = np.zeros(len(NUMBERS)), []
    for truth in range(TRUTHS):
        point = 9 * truth  # of the design, which draws from the priors by address
        accepted = accepted_for(pool, point, truth % STORIES)
        low, _, high = interval_of(accepted)
        covered += (low <= pool[0].shares[point]) & (pool[0].shares[point] <= high)
        widths.append(widths_against_prior(accepted))
    assert (covered >= 16).all(), dict(zip(pool[0].priors, covered.tolist(), strict=True))
    width_of_rest = np.mean(widths, axis=0)[list(pool[0].priors).index("rest")]
    assert width_of_rest < 0.9  # and not by telling nothing
