"""The portable functions against high-precision arithmetic and SciPy."""

from __future__ import annotations

import math
from collections.abc import Callable
from decimal import Decimal, localcontext

import pytest
from scipy import special, stats

from situation.chance import portable, quantiles
from situation.chance.philox import unit

POINTS = [
    1e-300,
    1e-17,
    3e-5,
    0.1,
    0.49999,
    0.5,
    0.70710678,
    0.7072,
    0.999999,
    1.0,
    1.0000001,
    1.4142,
    2.0,
    3.3,
    1e5,
    7.7e40,
    1e308,
]


def _ulps(value: float, exact: Decimal) -> float:
    return float(abs(Decimal(value) - exact) / Decimal(math.ulp(float(exact)) if exact else 5e-324))


def test_log_is_within_one_and_a_half_units_in_the_last_place() -> None:
    with localcontext() as context:
        context.prec = 60
        for x in [*POINTS, *(1.0 + i / 997 for i in range(-500, 500))]:
            assert _ulps(portable.log(x), Decimal(x).ln()) <= 1.5, x


def test_exp_is_within_one_and_a_half_units_in_the_last_place() -> None:
    with localcontext() as context:
        context.prec = 60
        for x in [
            -700.0,
            -20.3,
            -0.3466,
            -1e-9,
            0.0,
            1e-12,
            0.3465,
            0.35,
            1.0,
            88.8,
            709.7,
            *(i / 37 for i in range(-300, 300)),
        ]:
            assert _ulps(portable.exp(x), Decimal(x).exp()) <= 1.5, x


@pytest.mark.parametrize(
    ("ours", "theirs", "points"),
    [
        (portable.log1p, math.log1p, [-0.999, -0.3, -1e-8, -1e-18, 0.0, 1e-18, 1e-9, 0.2, 5.0]),
        (portable.expm1, math.expm1, [-30.0, -0.36, -0.34, -1e-10, 0.0, 1e-12, 0.3, 0.36, 4.0]),
        (portable.arctangent, math.atan, [-1e6, -1.0, -0.2, 0.0, 1e-9, 0.3, 0.99, 1.0, 1.01, 20.0]),
        (portable.hyperbolic_arctangent, math.atanh, [-0.99, -0.1, 0.0, 1e-12, 1e-4, 0.3, 0.999999]),
        (portable.log_gamma, math.lgamma, [1e-5, 0.1, 0.5, 1.0, 1.5, 2.0, 3.3, 9.99, 10.0, 170.5, 1e6]),
        (lambda x: portable.power(x, 0.35), lambda x: x**0.35, [0.0, 1e-9, 0.2, 1.0, 3.0, 1e6]),
    ],
)
def test_functions_agree_with_the_c_library(
    ours: Callable[[float], float], theirs: Callable[[float], float], points: list[float]
) -> None:
    for x in points:
        assert ours(x) == pytest.approx(theirs(x), rel=2e-14, abs=2e-15), x


def test_normal_quantile_agrees_with_scipy_over_the_whole_range_of_draws() -> None:
    points = [unit(0), 1e-12, 0.0249, 0.074999, 0.075, 0.3, 0.5, 0.7, 0.925, 0.9251, 1 - 1e-9, unit((1 << 64) - 1)]
    for u in points:
        assert portable.normal_quantile(u) == pytest.approx(float(special.ndtri(u)), rel=1e-14, abs=1e-15)


@pytest.mark.parametrize("x", [0.0, -1.0, math.inf, math.nan])
def test_log_refuses_what_has_no_logarithm(x: float) -> None:
    with pytest.raises(ValueError, match="positive finite"):
        portable.log(x)


@pytest.mark.parametrize("u", [0.0, 1.0, -0.1, math.nan])
def test_normal_quantile_refuses_what_is_no_open_probability(u: float) -> None:
    with pytest.raises(ValueError, match="strictly between"):
        portable.normal_quantile(u)


def test_exp_overflows_loudly_and_underflows_to_zero() -> None:
    with pytest.raises(OverflowError):
        portable.exp(710.0)
    assert portable.exp(-746.0) == 0.0


@pytest.mark.parametrize(("a", "b"), [(0.3, 0.7), (1.0, 1.0), (2.5, 7.5), (60.0, 3.0), (800.0, 900.0), (0.05, 2.0)])
def test_beta_agrees_with_scipy_and_its_quantile_inverts_it(a: float, b: float) -> None:
    for x in (0.01, 0.2, 0.47, 0.5, 0.93):
        assert quantiles.beta_probability(x, a, b) == pytest.approx(
            float(stats.beta.cdf(x, a, b)), rel=1e-11, abs=1e-14
        )
    for u in (0.001, 0.05, 0.4, 0.5, 0.95, 0.9999):
        assert quantiles.beta_quantile(u, a, b) == pytest.approx(float(stats.beta.ppf(u, a, b)), rel=1e-9)


@pytest.mark.parametrize(("n", "p"), [(1, 0.3), (10, 0.5), (1000, 0.55), (1000, 0.45), (100000, 0.001), (7, 0.999)])
def test_binomial_agrees_with_scipy(n: int, p: float) -> None:
    for u in (1e-9, 0.013, 0.25, 0.5, 0.777, 0.95, 0.999999):
        assert quantiles.binomial_quantile(u, n, p) == int(stats.binom.ppf(u, n, p)), u


def test_binomial_survives_where_the_end_of_the_line_underflows() -> None:
    assert 0.45**1000 == 0.0
    assert quantiles.binomial_quantile(0.5, 1000, 0.55) == 550


def test_binomial_reaches_its_ends_and_no_further() -> None:
    assert quantiles.binomial_quantile(unit((1 << 64) - 1), 5, 0.5) == 5
    assert quantiles.binomial_quantile(unit(0), 5, 0.5) == 0
    assert quantiles.binomial_quantile(0.2, 0, 0.5) == 0
    assert quantiles.binomial_quantile(0.2, 9, 1.0) == 9


def test_a_lognormal_between_three_points_meets_all_three() -> None:
    for u, value in ((0.05, 1500.0), (0.5, 2500.0), (0.95, 4000.0)):
        assert quantiles.lognormal_between(u, 1500.0, 2500.0, 4000.0) == pytest.approx(value, rel=1e-13)


def test_a_lognormal_whose_low_point_is_zero_starts_at_zero() -> None:
    assert quantiles.lognormal_between(0.05, 0.0, 150.0, 400.0) == 0.0
    assert quantiles.lognormal_between(0.01, 0.0, 150.0, 400.0) == 0.0
    assert quantiles.lognormal_between(0.5, 0.0, 150.0, 400.0) == pytest.approx(150.0)
    assert quantiles.lognormal_between(0.95, 0.0, 150.0, 400.0) == pytest.approx(400.0)


@pytest.mark.parametrize(
    ("low", "best", "high"),
    [
        (0.2, 0.5, 0.8),
        (0.01, 0.05, 0.15),
        (0.3, 0.5, 0.9),
        (0.9, 0.999, 0.9999),
        (1e-4, 0.5, 0.9999),
        (1e-6, 2e-6, 3e-6),
        (0.01, 0.02, 0.9),
        (0.4, 0.5, 0.99),
        (0.499, 0.5, 0.501),
        (0.3, 0.300001, 0.9),
    ],
)
def test_a_share_between_three_points_meets_all_three_and_rises(low: float, best: float, high: float) -> None:
    for u, value in ((0.05, low), (0.5, best), (0.95, high)):
        assert quantiles.beta_between(u, low, best, high) == pytest.approx(value, rel=1e-7)
    drawn = [quantiles.beta_between((i + 0.5) / 200, low, best, high) for i in range(200)]
    assert drawn == sorted(drawn)
    assert min(drawn) > 0.0
    assert max(drawn) < 1.0


def test_each_side_of_a_share_is_a_beta_about_its_median() -> None:
    for point, side in ((0.05, 0.05), (0.5, 0.95)):
        a, b = quantiles._beta_through(0.2, point) or (0.0, 0.0)
        assert float(stats.beta.cdf(0.2, a, b)) == pytest.approx(0.5, abs=1e-10)
        assert float(stats.beta.cdf(point, a, b)) == pytest.approx(side, abs=1e-10)
        for u in (0.2, 0.4) if side < 0.5 else (0.6, 0.8):
            assert quantiles.beta_between(u, 0.05, 0.2, 0.5) == pytest.approx(float(stats.beta.ppf(u, a, b)), rel=1e-9)


def test_a_share_that_may_be_nothing_or_all_runs_straight_to_its_end() -> None:
    share = quantiles.beta_between
    assert [share(u, 0.0, 0.01, 0.05) for u in (0.01, 0.05, 0.275)] == pytest.approx([0.0, 0.0, 0.005])
    assert share(0.95, 0.0, 0.01, 0.05) == pytest.approx(0.05)
    assert [share(u, 0.5, 0.9, 1.0) for u in (0.725, 0.95, 0.99)] == pytest.approx([0.95, 1.0, 1.0])
