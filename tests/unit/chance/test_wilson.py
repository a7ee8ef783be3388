"""Wilson's interval for a share, against SciPy's."""

from __future__ import annotations

import pytest
from scipy.stats import binomtest

from situation.chance.quantiles import wilson_at


@pytest.mark.parametrize("runs", [1, 8, 160, 1000])
@pytest.mark.parametrize("share", [0.0, 0.25, 0.5, 1.0])
def test_the_interval_of_a_share_is_that_of_scipy(share: float, runs: int) -> None:
    hits = round(share * runs)
    expected = binomtest(hits, runs).proportion_ci(confidence_level=0.95, method="wilson")
    assert wilson_at(hits / runs, float(runs)) == pytest.approx((expected.low, expected.high), abs=1e-12)


def test_the_interval_of_all_or_nothing_touches_its_end() -> None:
    assert wilson_at(0.0, 20.0)[0] == 0.0
    assert wilson_at(1.0, 20.0)[1] == 1.0
