"""The rules one by one: what they give, what they refuse, and that no number stands without unit and source."""

from __future__ import annotations

import doctest
import inspect
import math
import re
from collections.abc import Callable
from itertools import pairwise
from typing import Any

import attrs
import pytest

from situation import rules
from situation.chance.luck import Luck
from situation.rules import DEFAULTS, Family, Posture, Prior, RuleError, Rung
from situation.rules.bounds import finite


def test_the_example_in_the_package_holds() -> None:
    assert doctest.testmod(rules).failed == 0


def test_what_is_listed_can_be_imported_and_is_listed_once() -> None:
    assert len(rules.__all__) == len(set(rules.__all__))
    assert all(hasattr(rules, name) for name in rules.__all__)


RULES = [name for name in rules.__all__ if inspect.isfunction(getattr(rules, name))]


@pytest.mark.parametrize("name", RULES)
def test_every_rule_tells_what_it_takes_returns_and_raises_its_source_and_what_it_leaves_out(name: str) -> None:
    rule = getattr(rules, name)
    text = inspect.getdoc(rule) or ""
    for section in ("Args:", "Returns:", "Raises:", "Source:", "Leaves out:"):
        assert section in text, section
    for parameter in inspect.signature(rule).parameters:
        assert re.search(rf"\b{parameter}\b", text), parameter


# One good call of each rule that takes numbers; each number in turn is then made wrong.
CALLS: dict[str, dict[str, float]] = {
    "attack_has_hope": {"ratio": 0.5, "least": 0.3},
    "goes_over_to_defence": {"men": 300, "at_start": 1000, "below": 0.3},
    "median_at_odds": {"ratio": 2.0, "median": 0.14, "per_odds": 0.35},
    "other_sides_odds": {"ratio": 0.5},
    "loss_after_rest": {"lost": 120.0, "days": 6.0, "restored": 0.05},
    "effective_ratio": {
        "attackers": 3000,
        "defenders": 1000,
        "air": 1.5,
        "position": 1.5,
        "terrain": 1.4,
        "fortune": 0.1,
    },
    "engaged": {"attackers": 3000, "frontage_km": 1.0, "per_km": 2000.0},
    "attrition": {
        "attackers_engaged": 3000,
        "defenders": 900,
        "ratio": 2.0,
        "rate": 0.02,
        "defender_rate": 0.03,
        "exponent": 0.3,
        "aimed": 0.5,
    },
    "battle_rate": {"u_shared": 0.3, "u_own": 0.6, "median": 0.025, "shared_sigma": 0.5, "own_sigma": 0.7},
    "day_residual": {"u": 0.3, "before": 0.5, "carried": 0.65},
    "day_scatter": {"residual": 0.3, "variation": 0.35},
    "fire_losses": {"u": 0.3, "rung": 3, "men": 1000, "reprisals": 0.002, "exchange": 0.02},
    "fought_over": {"attackers": 500, "area_left_km2": 3.0, "per_km2": 1000.0},
    "yields_as_a_whole": {"ratio": 4.0, "least": 3.0, "chance": 0.5},
    "wounded_return": {"u": 0.3, "median": 30.0, "sigma": 0.5},
    "break_point": {"u": 0.3, "last_stand": 0.1, "median": 0.14, "sigma": 0.8, "cap": 0.98, "last_stand_at": 0.95},
    "has_broken": {"lost": 10, "at_start": 100, "point": 0.2},
    "leaving_rate": {"ratio": 2.0, "per_log_ratio": 0.4},
    "advance_time": {"km": 30, "speed": 3.0, "mobility": 1.0},
    "opposed_time": {"km": 30, "contact": 15.0, "approach_speed": 10.0, "contact_speed": 3.0},
    "cleared": {"area_left_km2": 3.0, "assault_troops": 1000, "days": 2.0, "rate": 0.03},
    "must_pause": {"km_from_hub": 10, "strength_share": 0.9, "reach": 250.0, "spent_below": 0.6},
    "counterattack_chance": {"from_day": 1, "to_day": 3, "hidden": 100, "garrison": 300, "rate": 0.1, "decay": 10},
    "share_sent": {"nearby": 900, "garrison": 100, "hidden": 60, "share_at_most": 0.4, "most": 3.0, "least": 50.0},
    "raid_losses": {"u": 0.3, "hidden": 300, "days": 7, "rate": 0.0004},
    "supply_effect": {"days_without": 5, "floor": 0.35, "decay": 20},
    "clash_intensity": {"exposure": 0.5, "rate": 0.02, "lapsed": 5, "echo": 0.3, "fade": 0.2},
    "tempo": {"u": 0.4, "low": 2, "middle": 7, "high": 20},
    "chance_over": {"rate": 0.1, "days": 3},
    "happens": {"u": 0.1, "rate": 0.1, "days": 3},
    "settle": {"attackers": 20, "defenders": 15, "a": 0.1, "b": 0.1, "attacker_breaks": 0.4, "defender_breaks": 0.3},
    "loss_rates": {"attackers": 20, "defenders": 15, "a": 0.1, "b": 0.1},
    "conserved": {"attackers": 20, "defenders": 15, "a": 0.1, "b": 0.1},
    "killed_and_wounded": {"u": 0.3, "casualties": 40, "killed": 0.25},
    "last_stand_share": {"share_in_general": 0.07, "factor": 2.0},
    "leaves_before_contact": {"ratio": 2.0, "chance": 0.5},
    "passage_time": {"area_km2": 4.0, "speed": 25.0, "least": 0.25},
    "route_safety": {"own": 300, "enemy": 500},
    "retreat_split": {"survivors": 100, "flee": 0.5, "melt": 0.2, "surrender": 0.1, "closed_stand": 0.4},
    "lost_on_the_way": {"u": 0.3, "fled": 100, "chance": 0.1},
    "ladder_step": {"u": 0.3, "rung": 2, "up": 0.1, "down": 0.2},
    "concedes": {"u": 0.3, "rung": 3, "chance": 0.5},
    "posture_policy": {"share_lost": 0.3, "threshold": 0.6},
    "ferry_time": {"persons": 100, "boats": 30},
    "river_passage": {"bridgehead": 3.0},
    "garrison": {"force": 1000, "holding": 300, "most": 0.5},
    "men_to_hold": {"holding": 300, "post": 0.3},
    "second_column": {"men": 5000, "needs": 900, "second_needs": 700},
    "evacuation_deal": {"u": 0.3, "days": 2, "rate": 0.03},
    "spread": {"median": 30.0, "sigma": 0.5},
}
BESIDE: dict[str, dict[str, object]] = {
    **{law: {"law": "square"} for law in ("settle", "loss_rates", "conserved")},
    "last_stand_share": {"encircled": True},
    "retreat_split": {"routes": {"east": 1.0}},
    "posture_policy": {"current": "hold"},
    "river_passage": {"bridge": False},
    "evacuation_deal": {"encircled": True},
    "men_to_hold": {"town": False},
    "yields_as_a_whole": {"supplied": True, "relief": False},
}
"""What the calls take that is no number."""
PLACES = [(name, key) for name, call in CALLS.items() for key in call]


def test_every_rule_that_takes_numbers_is_called_below() -> None:
    assert set(CALLS) == set(RULES) - {"best", "shared_break_point", "whole_parts"}


NO_NUMBERS: tuple[Any, ...] = (math.nan, math.inf, -math.inf, True, None, "3", 10**400, 1e308, -1e200)
EXTREME = (5e-324, 1e-300, 1e-30, 1e-9, 0.0, 1.0 - 2.0**-53, 1.0, 50.0, 1e9, 1e30, 10**9)


@pytest.mark.parametrize(("name", "parameter"), PLACES)
def test_a_number_that_is_none_is_refused_by_its_name(name: str, parameter: str) -> None:
    call = {**BESIDE.get(name, {}), **CALLS[name]}
    rule = getattr(rules, name)
    rule(**call)
    for wrong in NO_NUMBERS:
        if wrong is None and parameter in ("frontage_km", "defender_rate", "before"):
            continue
        with pytest.raises(RuleError) as caught:
            rule(**{**call, parameter: wrong})
        assert caught.value.parameter == parameter
        assert str(caught.value).startswith(f"{parameter}: ")


@pytest.mark.parametrize("name", CALLS)
def test_an_extreme_number_is_reckoned_with_or_refused(name: str) -> None:
    """Each number alone, and together with those before it that were taken."""
    rule, taken = getattr(rules, name), dict(CALLS[name])
    for extreme in EXTREME:
        for parameter in CALLS[name]:
            for call in ({**CALLS[name], parameter: extreme}, {**taken, parameter: extreme}):
                try:
                    found = rule(**BESIDE.get(name, {}), **call)
                except RuleError:
                    continue
                taken = call
                parts = attrs.astuple(found) if attrs.has(type(found)) else found
                for value in parts if isinstance(parts, tuple) else (parts,):
                    endless = name == "settle" and value == math.inf
                    assert endless or not isinstance(value, float) or math.isfinite(value)


@pytest.mark.parametrize(
    ("call", "parameter"),
    [
        (lambda: rules.effective_ratio(10, 10, fortune=1000.0), "fortune"),
        (lambda: rules.attrition(100, 100, 1e-300, exponent=2.0), "ratio"),
        (lambda: rules.attrition(100, 100, 2.0, exponent=1e4), "exponent"),
        (lambda: rules.day_scatter(0.5, variation=1e200), "variation"),
        (lambda: rules.wounded_return(0.9, sigma=400.0), "sigma"),
        (lambda: rules.loss_rates("linear", 1e200, 1e200, 1.0, 1.0), "attackers"),
        (lambda: rules.settle("square", 20, 15, 1e25, 0.1), "a"),
        (lambda: rules.settle("square", 20, 15, 0.1, 1e-20), "b"),
        (lambda: rules.killed_and_wounded(0.5, 10**30), "casualties"),
        (lambda: rules.concedes(0.1, "3"), "rung"),  # type: ignore[arg-type]
        (lambda: rules.concedes(0.1, 9), "rung"),
        (lambda: rules.tempo(0.9, low=0.0, middle=5e-324, high=7.0), "middle"),
        (lambda: rules.best("flea"), "name"),
    ],
)
def test_a_number_out_of_range_is_refused_and_never_overflows(call: Callable[[], object], parameter: str) -> None:
    with pytest.raises(RuleError) as caught:
        call()
    assert caught.value.parameter == parameter


def test_a_ratio_of_nothing_costs_nobody_and_drives_nobody_away() -> None:
    nothing = rules.effective_ratio(0, 10)
    assert nothing == rules.effective_ratio(500, 10, frontage_km=0.0) == 0.0
    assert rules.attrition(0, 10, nothing) == rules.DayLosses(0.0, 0.0)
    assert rules.leaving_rate(nothing, per_log_ratio=0.4) == 0.0


@pytest.mark.parametrize(("name", "parameter"), PLACES)
def test_a_negative_number_is_refused_where_it_has_no_meaning(name: str, parameter: str) -> None:
    if parameter in ("fortune", "before", "residual"):
        return
    call = {**BESIDE.get(name, {}), **CALLS[name], parameter: -0.5}
    with pytest.raises(RuleError):
        getattr(rules, name)(**call)


@pytest.mark.parametrize(
    ("name", "parameter"),
    [
        ("attrition", "rate"),
        ("attrition", "aimed"),
        ("break_point", "last_stand"),
        ("break_point", "median"),
        ("supply_effect", "floor"),
        ("clash_intensity", "exposure"),
        ("clash_intensity", "echo"),
        ("settle", "attacker_breaks"),
        ("happens", "u"),
    ],
)
def test_a_share_above_one_is_refused(name: str, parameter: str) -> None:
    call = {**BESIDE.get(name, {}), **CALLS[name], parameter: 1.5}
    with pytest.raises(RuleError, match=parameter):
        getattr(rules, name)(**call)


def test_a_wrong_number_is_a_value_error_for_those_who_know_nothing_of_rules() -> None:
    with pytest.raises(ValueError, match="defenders: 0 is not above 0"):
        rules.effective_ratio(10, 0)


# R1, R2, R3 --------------------------------------------------------------------------------------------------------


def test_the_ratio_multiplies_what_favours_each_side() -> None:
    assert rules.effective_ratio(3000, 1000) == 3.0
    assert rules.effective_ratio(3000, 1000, air=2.5, position=1.5, terrain=1.4) == pytest.approx(3 * 2.5 / 2.1)
    assert rules.effective_ratio(3000, 1000, frontage_km=0.5) == 1.0
    assert rules.effective_ratio(3000, 1000, fortune=math.log(2)) == pytest.approx(6.0)


def test_losses_follow_the_formula_and_never_exceed_those_present() -> None:
    losses = rules.attrition(2000, 500, 2.0, defenders_at_start=1000, rate=0.02, exponent=0.5, aimed=0.6)
    assert losses.attacker == pytest.approx(0.02 * 2000 / math.sqrt(2))
    assert losses.defender == pytest.approx(0.02 * 500 * math.sqrt(2) * (0.6 + 0.4 * 0.5))
    assert rules.attrition(2000, 500, 1e6, rate=0.5, exponent=1.0).defender == 500


def test_past_the_bound_each_step_of_the_odds_counts_in_full_and_nothing_jumps_there() -> None:
    def tilt(ratio: float, exponent: float = 0.35) -> float:
        return rules.attrition(1000, 1000, ratio, rate=0.001, exponent=exponent, overwhelming=10.0).defender

    assert tilt(10.0) == pytest.approx(10.0**0.35)
    assert tilt(10.001) == pytest.approx(tilt(10.0), rel=1e-3)
    assert tilt(40.0) == pytest.approx(4.0 * tilt(10.0))
    assert tilt(1 / 40) == pytest.approx(0.25 * tilt(0.1))
    assert tilt(40.0, exponent=1.5) == pytest.approx(40.0**1.5), "steeper already"
    with pytest.raises(rules.RuleError, match="overwhelming"):
        rules.attrition(10, 10, 2.0, overwhelming=0.5)


def test_the_scatter_of_a_day_has_mean_one_and_its_variation() -> None:
    values = [rules.day_scatter(rules.day_residual((i + 0.5) / 20000, None)) for i in range(20000)]
    mean = math.fsum(values) / len(values)
    assert mean == pytest.approx(1.0, abs=1e-4)
    assert math.sqrt(math.fsum((v - mean) ** 2 for v in values) / len(values)) == pytest.approx(0.35, abs=2e-3)


def test_days_go_together_as_their_correlation_says() -> None:
    luck, days, x = Luck(3, 0), [], None
    for day in range(6000):
        x = rules.day_residual(luck.uniform("day", "battle", day), x, carried=0.65)
        days.append(x)
    mean = math.fsum(days) / len(days)
    variance = math.fsum((v - mean) ** 2 for v in days) / len(days)
    together = math.fsum((a - mean) * (b - mean) for a, b in pairwise(days)) / (len(days) - 1) / variance
    assert variance == pytest.approx(1.0, abs=0.12)
    assert together == pytest.approx(0.65, abs=0.04)


def test_what_two_sides_lose_in_a_battle_goes_together_by_what_they_share_alone() -> None:
    luck = Luck(5, 0)
    logs = []
    for index in range(4000):
        shared, one, other, _ = luck.uniforms("rates", "battle", index)
        logs.append(tuple(math.log(rules.battle_rate(shared, own, median=0.001)) for own in (one, other)))
    means = [math.fsum(side) / len(logs) for side in zip(*logs, strict=True)]
    spread = [
        math.fsum((v - m) ** 2 for v in side) / len(logs)
        for side, m in zip(zip(*logs, strict=True), means, strict=True)
    ]
    shared_part = math.fsum((a - means[0]) * (b - means[1]) for a, b in logs) / len(logs)
    assert means[0] == pytest.approx(math.log(0.001), abs=0.06)
    assert spread[0] == pytest.approx(0.5**2 + 0.7**2, abs=0.06)
    assert shared_part == pytest.approx(0.5**2, abs=0.05)


def test_a_few_fight_over_a_few_streets_and_strike_those_in_them() -> None:
    assert rules.fought_over(500, 2.0, per_km2=1000.0) == 0.25
    assert rules.fought_over(5000, 2.0, per_km2=1000.0) == rules.fought_over(0, 0.0) == 1.0


def test_a_garrison_yields_as_a_whole_only_where_its_case_is_hopeless() -> None:
    assert rules.yields_as_a_whole(2.9, supplied=True, relief=False, chance=0.5) == 0.0
    assert rules.yields_as_a_whole(3.1, supplied=True, relief=False, chance=0.5) == 0.5
    assert rules.yields_as_a_whole(3.1, supplied=True, relief=True, chance=0.5) == 0.0
    assert rules.yields_as_a_whole(0.5, supplied=False, relief=True, chance=0.5) == 0.5


def test_break_points_have_their_median_their_last_stands_and_their_cap() -> None:
    assert rules.break_point(0.5, last_stand=0.0) == pytest.approx(0.14)
    assert rules.break_point(0.93 / 2) == pytest.approx(0.14)
    assert rules.break_point(0.9300001) == 0.95
    assert rules.break_point(0.929999) == pytest.approx(0.98)
    assert rules.break_point(0.1, last_stand=1.0) == 0.95


def test_encirclement_doubles_last_stands_up_to_certainty() -> None:
    assert rules.last_stand_share(0.07, encircled=True) == pytest.approx(0.14)
    assert rules.last_stand_share(0.07, encircled=False) == 0.07
    assert rules.last_stand_share(0.9, encircled=True) == 1.0
    assert rules.last_stand_share(0.3, encircled=True, factor=1.0) == 0.3
    with pytest.raises(RuleError, match=r"factor: 0\.999 is below 1"):
        rules.last_stand_share(0.3, encircled=True, factor=0.999)


def test_half_of_the_wounded_who_return_are_back_by_the_median() -> None:
    assert rules.wounded_return(0.5) == pytest.approx(DEFAULTS["wounded_return"].best) == 30.0
    assert rules.wounded_return(0.95) / rules.wounded_return(0.5) == pytest.approx(math.exp(0.5 * 1.6448536269514722))


def test_leaving_before_contact_goes_by_the_odds() -> None:
    assert rules.leaves_before_contact(0.9, chance=0.5) == rules.leaves_before_contact(1.0, chance=0.5) == 0.0
    assert rules.leaves_before_contact(3.0, chance=0.5) == pytest.approx(0.5)
    assert rules.leaves_before_contact(9.0, chance=0.5) == pytest.approx(0.75)
    assert rules.leaves_before_contact(1.1, chance=1.0) == 1.0


def test_a_way_toward_the_enemy_is_worth_less_the_stronger_he_is_there() -> None:
    assert rules.route_safety(500, 0) == 1.0
    assert rules.route_safety(500, 4500) == pytest.approx(0.1)
    assert rules.route_safety(0, 10) == 0.0


def test_going_through_a_place_takes_some_hours_or_as_long_as_its_breadth() -> None:
    assert rules.passage_time(4.0, 25.0, least=0.25) == 0.25
    assert rules.passage_time(2500.0, 25.0, least=0.25) == pytest.approx(2.0)


def test_nobody_leaves_at_even_odds() -> None:
    assert rules.leaving_rate(1.0, per_log_ratio=0.4) == 0.0
    assert rules.leaving_rate(math.e, per_log_ratio=0.4) == pytest.approx(0.4)


# R4 to R8 ----------------------------------------------------------------------------------------------------------


def test_a_race_of_legs_is_won_by_distance_over_speed() -> None:
    assert rules.advance_time(45, 3.0) == 15.0
    assert rules.advance_time(45, 10.0, mobility=0.5) == 9.0


def test_an_opposed_leg_is_an_approach_and_a_last_stretch_under_fire() -> None:
    """12.5 days: 25 km at 10 a day, and 30 at 3. Without a last stretch, or with nothing else, one speed holds."""

    def days(km: float, contact: float) -> float:
        return rules.opposed_time(km, contact=contact, approach_speed=10.0, contact_speed=3.0)

    assert days(55.0, 30.0) == pytest.approx(2.5 + 10.0)
    assert days(55.0, 0.0) == pytest.approx(rules.advance_time(55.0, 10.0))
    assert days(55.0, 55.0) == days(55.0, 1e9) == pytest.approx(rules.advance_time(55.0, 3.0))
    assert days(0.0, 30.0) == 0.0
    steps = [days(km, 30.0) for km in range(60)]
    assert [later - sooner for sooner, later in pairwise(steps)] == pytest.approx([1 / 3] * 30 + [1 / 10] * 29)


def test_a_town_is_cleared_at_its_rate_and_never_beyond_what_is_left() -> None:
    assert rules.cleared(2.0, 1000, 10.0, 0.03) == pytest.approx(0.3)
    assert rules.cleared(2.0, 500, 3.0, 1.0) == pytest.approx(1.5)
    assert rules.cleared(0.1, 1000, 10.0, 0.03) == 0.1


def test_survivors_are_conserved_and_follow_the_shares() -> None:
    split = rules.retreat_split(1000, {"south": 1.0, "east": 3.0}, melt=0.25)
    assert split.total == 1000
    assert split.routes == {"east": 450, "south": 150}
    assert (split.melted, split.surrendered, split.standing, split.evacuated) == (250, 50, 100, 0)
    closed = rules.retreat_split(1000, {})
    assert (closed.surrendered, closed.standing, closed.melted, closed.evacuated) == (250, 450, 150, 150)


def test_where_shares_exceed_the_whole_the_hidden_come_first_then_the_captives_and_fewer_flee() -> None:
    split = rules.retreat_split(1000, {"east": 1.0}, melt=0.25, surrender=rules.best("surrender.trusted"))
    assert (split.melted, split.surrendered, split.fled, split.standing) == (250, 200, 550, 0)
    split = rules.retreat_split(1000, {"east": 1.0}, flee=0.8, melt=0.7, surrender=0.5)
    assert (split.melted, split.surrendered, split.fled, split.standing) == (700, 300, 0, 0)


def test_a_closed_route_is_not_a_route() -> None:
    with pytest.raises(RuleError, match="Leave a closed route out"):
        rules.retreat_split(10, {"east": 0.0})


def test_another_road_changes_who_takes_which_road_and_nothing_else() -> None:
    for index in range(50):
        u = [Luck(3, index).uniform("split", part, 0) for part in ("melt", "surrender", "stand", "east", "north")]
        one = rules.retreat_split(1000, {"west": 1.0}, uniforms=u[:3])
        more = rules.retreat_split(1000, {"east": 1.0, "north": 5.0, "west": 1.0}, uniforms=u)
        assert (one.melted, one.surrendered, one.standing) == (more.melted, more.surrendered, more.standing)
        assert one.fled == more.fled


def test_who_is_winning_bears_more_and_a_last_stand_is_not_tied_to_the_odds() -> None:
    medians = [
        rules.median_at_odds(ratio, median=0.14, per_odds=0.35) for ratio in (0.0, 0.1, 0.5, 1.0, 3.0, 50.0, 1e9)
    ]
    assert medians[3] == 0.14
    assert medians == sorted(medians) and medians[0] > 0.0 and medians[-1] <= 1.0
    assert medians[4] == pytest.approx(0.14 * 3.0**0.35)
    assert rules.median_at_odds(7.0, median=0.14, per_odds=0.0) == 0.14
    at = [rules.break_point(0.99, last_stand=0.1, last_stand_at=0.95, median=median) for median in medians]
    assert set(at) == {0.95}


@pytest.mark.parametrize(
    ("nearby", "garrison", "hidden", "share"),
    [
        (1000, 100, 0, 0.3),
        (1000, 1000, 0, 0.4),
        (1000, 0, 0, 0.05),
        (1000, 100, 200, 0.1),
        (1000, 100, 900, 0.0),
        (0, 9, 0, 0.0),
    ],
)
def test_garrisons_near_by_send_no_more_than_it_takes(nearby: int, garrison: int, hidden: int, share: float) -> None:
    """Three for each defender, less those in hiding, and 50 at least; and never more than they can spare."""
    sent = rules.share_sent(nearby, garrison, hidden, share_at_most=0.4, most=3.0, least=50.0)
    assert sent == pytest.approx(share)


def test_counter_attacks_need_someone_to_make_them() -> None:
    assert rules.counterattack_chance(0, 1, hidden=49, garrison=300) == 0.0
    assert rules.counterattack_chance(0, 1, hidden=50, garrison=0) > 0.09
    few, many = (rules.counterattack_chance(0, 1, hidden=0, garrison=300, nearby=men) for men in (1, 100))
    assert 0.0 < few < many


def test_the_chance_of_a_counter_attack_is_the_integral_of_its_hazard() -> None:
    steps = 20000
    days = (2 + 28 * (i + 0.5) / steps for i in range(steps))
    summed = math.fsum(0.1 * math.exp(-day / 10.0) * 200 / 500 * 28 / steps for day in days)
    assert rules.counterattack_chance(2, 30, 150, 300, nearby=50) == pytest.approx(1 - math.exp(-summed), rel=1e-8)


def test_raids_cost_a_man_for_each_who_hides_at_a_steady_rate() -> None:
    """The quantiles of a binomial: its mean over all draws is hidden x (1 - exp(-rate x days)), and never more than all."""
    draws = [(i + 0.5) / 20000 for i in range(20000)]
    lost = [rules.raid_losses(u, 300, 7.0, rate=0.004) for u in draws]
    chance = -math.expm1(-0.004 * 7.0)
    mean = math.fsum(lost) / len(lost)
    assert mean == pytest.approx(300 * chance, rel=1e-3)
    assert math.fsum((one - mean) ** 2 for one in lost) / len(lost) == pytest.approx(
        300 * chance * (1 - chance), rel=0.01
    )
    assert lost == sorted(lost)
    assert rules.raid_losses(0.999999, 5, 1e6, rate=1.0) == 5
    assert [rules.raid_losses(0.999, *none, rate=0.0015) for none in ((0, 7.0), (300, 0.0))] == [0, 0]
    assert rules.raid_losses(0.999, 300, 7.0, rate=0.0) == 0
    with pytest.raises(RuleError, match=r"hidden: 1.5 is not a count"):
        rules.raid_losses(0.5, 1.5, 7.0, rate=0.001)  # type: ignore[arg-type]


def test_supply_decays_to_its_floor() -> None:
    assert rules.supply_effect(0) == 1.0
    assert rules.supply_effect(20) == pytest.approx(0.35 + 0.65 * math.exp(-1))
    assert rules.supply_effect(1e6) == pytest.approx(0.35)


def test_each_incident_brings_its_echo_in_the_long_run() -> None:
    assert rules.clash_intensity(1.0) == 0.02
    assert rules.clash_intensity(0.5, line_in_force=False) == pytest.approx(0.05)
    brought = math.fsum(rules.clash_intensity(0.0, [(i + 0.5) / 100]) / 100 for i in range(10000))
    assert brought == pytest.approx(0.3, abs=1e-4)


def test_the_ladder_goes_up_and_down_and_ends_at_both_ends() -> None:
    assert [rules.ladder_step(u, 2) for u in (0.04, 0.06, 0.74, 0.76)] == [3, 2, 2, 1]
    assert rules.ladder_step(0.01, Rung.CALM) is Rung.CALM
    assert rules.ladder_step(0.99, Rung.CONFRONTATION) is Rung.CONFRONTATION
    with pytest.raises(RuleError, match="rung"):
        rules.ladder_step(0.5, 5)


def test_the_ladder_ends_in_confrontation_as_often_as_a_gambler_ruins_the_bank() -> None:
    """Chance of the top before calm from rung 1: (1 - r) / (1 - r^4), r = down / up, against the rule's own steps."""
    up, down = 0.05, 0.25
    steps = 4000
    reach = [0.0, 0.0, 0.0, 0.0, 1.0]
    grid = [(i + 0.5) / steps for i in range(steps)]
    moves = {rung: [rules.ladder_step(u, rung, up=up, down=down) for u in grid] for rung in (1, 2, 3)}
    for _ in range(400):
        reach = [0.0, *(sum(reach[to] for to in moves[rung]) / steps for rung in (1, 2, 3)), 1.0]
    ratio = down / up
    assert reach[1] == pytest.approx((1 - ratio) / (1 - ratio**4), rel=1e-9)


# R9 to R13 ---------------------------------------------------------------------------------------------------------


def test_posture_turns_to_insurgency_past_the_threshold_and_stays() -> None:
    assert rules.posture_policy("hold", 0.59) is Posture.HOLD
    assert rules.posture_policy("delay", 0.6) is Posture.INSURGENCY
    assert rules.posture_policy("insurgency", 0.0) is Posture.INSURGENCY
    with pytest.raises(RuleError, match="current"):
        rules.posture_policy("bold", 0.1)


def test_the_small_rules_of_a_campaign() -> None:
    assert rules.tempo(0.5) == pytest.approx(7.0)
    assert (rules.ferry_time(250), rules.ferry_time(250, boats=50.0)) == (2.5, 5.0)
    assert (rules.river_passage(bridge=True), rules.river_passage(bridge=False)) == (0.0, 3.0)
    assert rules.garrison(1000) == (700, 300)
    assert rules.garrison(201) == (101, 100)
    assert rules.garrison(201, most=1.0) == (0, 201)
    assert rules.garrison(200, most=0.25) == (150, 50)
    assert rules.evacuation_deal(0.029, encircled=True)
    assert not rules.evacuation_deal(0.03, encircled=True)
    assert not rules.evacuation_deal(0.029, encircled=False)


# Numbers -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("prior", DEFAULTS.values(), ids=lambda prior: prior.name)
def test_every_default_has_unit_and_source_and_draws_within_reason(prior: Prior) -> None:
    assert prior.unit
    assert prior.source
    assert prior.reason
    for u in (0.001, 0.5, 0.999):
        value = prior.draw(u)
        assert math.isfinite(value)
        assert value >= 0.0
        assert prior.family is not Family.BETA or value <= 1.0
        assert value == float(f"{value:.12g}") or prior.family is Family.FIXED
    if prior.family is not Family.FIXED:
        for u, point in ((0.05, prior.low), (0.5, prior.best), (0.95, prior.high)):
            assert prior.draw(u) == pytest.approx(point, rel=1e-9)


def test_a_number_without_unit_or_source_cannot_be_made() -> None:
    good = Prior(
        name="n", family=Family.LOGNORMAL, low=1.0, best=2.0, high=3.0, unit="days", source="ASSUMED", reason="because"
    )
    assert good.assumed
    for unit, source, reason in (("", "x", ""), (" ", "x", ""), ("days", "", ""), ("days", "ASSUMED", "")):
        with pytest.raises(RuleError, match="n: "):
            Prior(
                name="n", family=Family.LOGNORMAL, low=1.0, best=2.0, high=3.0, unit=unit, source=source, reason=reason
            )


@pytest.mark.parametrize(
    ("family", "points"),
    [
        (Family.LOGNORMAL, (3.0, 2.0, 1.0)),
        (Family.LOGNORMAL, (-1.0, 2.0, 3.0)),
        (Family.LOGNORMAL, (0.0, 0.0, 3.0)),
        (Family.BETA, (0.2, 0.5, 1.2)),
        (Family.BETA, (0.5, 0.5, 0.9)),
        (Family.FIXED, (1.0, 2.0, 3.0)),
        (Family.LOGNORMAL, (1.0, math.nan, 3.0)),
        (Family.LOGNORMAL, (1e-320, 2.0, 3.0)),
    ],
)
def test_points_that_do_not_rise_are_refused(family: Family, points: tuple[float, float, float]) -> None:
    low, best, high = points
    with pytest.raises(RuleError):
        Prior(name="n", family=family, low=low, best=best, high=high, unit="days", source="x")


def test_the_largest_number_in_size_is_a_number_on_both_sides() -> None:
    assert (finite("x", -1e30), finite("x", 1e30)) == (-1e30, 1e30)
    for beyond in (-1.1e30, 1.1e30):
        with pytest.raises(rules.RuleError, match="at most 1e\\+30"):
            finite("x", beyond)
