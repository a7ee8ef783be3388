"""Laws of chance and of the rules that hold for all numbers, not for some."""

from __future__ import annotations

import math

from hypothesis import assume, given
from hypothesis import strategies as st

from situation import rules
from situation.chance.luck import Luck
from situation.chance.philox import MASK, unit
from situation.chance.portable import exp, log, normal_quantile
from situation.chance.quantiles import binomial_quantile, lognormal_between

WORDS = st.integers(0, MASK)
UNITS = WORDS.map(unit)
PERSONS = st.floats(1.0, 1e5)
SHARES = st.floats(0.01, 0.99)
NAMES = st.text(max_size=6)


@given(st.floats(1e-300, 1e300))
def test_exp_undoes_log(x: float) -> None:
    assert math.isclose(exp(log(x)), x, rel_tol=2e-13)


@given(UNITS, UNITS)
def test_normal_quantile_rises(u: float, v: float) -> None:
    assume(u < v)
    assert normal_quantile(u) <= normal_quantile(v)


@given(UNITS)
def test_normal_quantile_is_odd_about_one_half(u: float) -> None:
    assert math.isclose(normal_quantile(u), -normal_quantile(1.0 - u), rel_tol=1e-9, abs_tol=1e-12) or u < 1e-6


@given(UNITS, UNITS, st.integers(0, 3000), st.floats(0.0, 1.0))
def test_binomial_counts_rise_with_the_draw_and_stay_within_bounds(u: float, v: float, n: int, p: float) -> None:
    low, high = sorted((u, v))
    assert 0 <= binomial_quantile(low, n, p) <= binomial_quantile(high, n, p) <= n


@given(UNITS, UNITS)
def test_a_prior_rises_with_its_draw(u: float, v: float) -> None:
    low, high = sorted((u, v))
    assert lognormal_between(low, 0.0, 150.0, 400.0) <= lognormal_between(high, 0.0, 150.0, 400.0)
    for name in ("attrition_rate", "flee", "surrender.trusted"):
        assert rules.DEFAULTS[name].draw(low) <= rules.DEFAULTS[name].draw(high)


@given(WORDS, WORDS, NAMES, NAMES, st.integers(-(10**12), 10**12))
def test_a_draw_is_a_function_of_its_address_alone(
    seed: int, index: int, question: str, subject: str, when: int
) -> None:
    first = Luck(seed, index).uniform(question, subject, when)
    Luck(seed, index).uniform("another", subject, when)
    assert Luck(seed, index).uniform(question, subject, when) == first
    assert 0.0 < first < 1.0


@given(PERSONS, PERSONS, PERSONS)
def test_more_attackers_never_lower_the_ratio_and_more_defenders_never_raise_it(
    x: float, y: float, more: float
) -> None:
    assert rules.effective_ratio(x + more, y) >= rules.effective_ratio(x, y)
    assert rules.effective_ratio(x, y + more) <= rules.effective_ratio(x, y)


@given(PERSONS, PERSONS, st.floats(0.05, 20.0), st.floats(1.0, 5.0))
def test_better_odds_cost_the_attacker_less_and_the_defender_more(x: float, y: float, rho: float, times: float) -> None:
    now, better = rules.attrition(x, y, rho), rules.attrition(x, y, rho * times)
    assert better.attacker <= now.attacker
    assert better.defender >= now.defender


@given(UNITS, UNITS, SHARES)
def test_break_points_lie_within_a_side_and_a_stouter_side_stands_at_least_as_often(
    u: float, v: float, pi: float
) -> None:
    assert 0.0 < rules.break_point(u, last_stand=pi) <= 0.98
    last = rules.break_point(u, last_stand=pi) == 0.95
    assert not last or rules.break_point(u, last_stand=min(1.0, 2 * pi)) == 0.95


@given(
    st.integers(0, 20000),
    st.dictionaries(st.sampled_from("abcdef"), st.floats(0.01, 50.0), max_size=5),
    st.tuples(SHARES, SHARES, SHARES, SHARES),
    st.one_of(st.none(), WORDS),
)
def test_retreat_conserves_every_fighter(
    survivors: int, routes: dict[str, float], weights: tuple[float, float, float, float], word: int | None
) -> None:
    total = sum(weights)
    flee, melt, surrender, _ = (weight / total for weight in weights)
    ways = len(routes) + 3 if routes else 4
    draws = None
    if word is not None:
        draws = [Luck(1, word).uniform("way", str(way), 0) for way in range(ways - 1)]
    split = rules.retreat_split(survivors, routes, flee=flee, melt=melt, surrender=surrender, uniforms=draws)
    assert split.total == survivors
    assert min((*split.routes.values(), split.melted, split.surrendered, split.standing, split.evacuated)) >= 0
    assert set(split.routes) == set(routes)


@given(st.floats(0.0, 200.0), st.floats(0.0, 50.0), st.floats(50.0, 5e3), st.floats(0.0, 5e3), st.floats(0.0, 500.0))
def test_counter_attacks_fade_and_a_garrison_deters_them(
    day: float, later: float, hidden: float, garrison: float, more: float
) -> None:
    def chance(since: float, hide: float, hold: float) -> float:
        return rules.counterattack_chance(since, since + 1.0, hide, hold)

    now = chance(day, hidden, garrison)
    assert chance(day + later, hidden, garrison) <= now * (1 + 1e-12)
    assert chance(day, hidden, garrison + more) <= now * (1 + 1e-12)
    assert chance(day, hidden + more, garrison) >= now * (1 - 1e-12)


@given(st.floats(0.0, 500.0), st.floats(0.0, 100.0))
def test_supply_never_recovers_by_itself(days: float, more: float) -> None:
    assert rules.supply_effect(days + more) <= rules.supply_effect(days)


@given(
    st.sampled_from(["square", "linear", "mixed", "logarithmic"]),
    st.floats(1.0, 1e4),
    st.floats(1.0, 1e4),
    st.floats(1e-4, 1.0),
    st.floats(1e-4, 1.0),
    SHARES,
    SHARES,
)
def test_an_engagement_ends_with_one_side_at_its_break_point_and_its_law_kept(
    law: str, x: float, y: float, a: float, b: float, f_x: float, f_y: float
) -> None:
    end = rules.settle(law, x, y, a, b, attacker_breaks=f_x, defender_breaks=f_y)
    assert math.isfinite(end.days)
    assert end.days > 0.0
    x_end, y_end = x * (1.0 - f_x), y * (1.0 - f_y)
    assert end.attackers_left >= x_end * (1 - 1e-9)
    assert end.defenders_left >= y_end * (1 - 1e-9)
    assert math.isclose(end.attackers_left, x_end) or math.isclose(end.defenders_left, y_end)
    before = rules.conserved(law, x, y, a, b)
    scale = abs(rules.conserved(law, x, 1.0, a, b)) + abs(rules.conserved(law, 1.0, y, a, b)) + abs(before)
    after = rules.conserved(law, end.attackers_left, end.defenders_left, a, b)
    assert math.isclose(before, after, abs_tol=1e-9 * (1.0 + scale))


@given(
    st.sampled_from(["square", "linear", "mixed", "logarithmic"]),
    PERSONS,
    PERSONS,
    PERSONS,
    st.floats(1e-3, 1.0),
    SHARES,
)
def test_more_attackers_never_turn_a_win_into_a_defeat(
    law: str, x: float, y: float, more: float, a: float, f: float
) -> None:
    first = rules.settle(law, x, y, a, 0.05, attacker_breaks=f, defender_breaks=0.5)
    assume(first.broke is rules.Broke.DEFENDER)
    assert rules.settle(law, x + more, y, a, 0.05, attacker_breaks=f, defender_breaks=0.5).broke is rules.Broke.DEFENDER
