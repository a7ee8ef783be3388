"""The split of spread, against models whose parts are known; and what moves an answer."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from situation.ensemble.design import BLOCK, block_of, draws_of, index_of, parameter_of, record_of
from situation.ensemble.draw_table import DrawKind, DrawTable, DrawTableBuilder
from situation.ensemble.statistics.signposts import early_events, mutual_information, signposts
from situation.ensemble.statistics.spread import influences, means_by_draw, resolutions_on_each, split_variance


def _indices(runs: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    index = [index_of(run) for run in range(runs)]
    record, parameter = (np.array([getattr(it, name) for it in index]) for name in ("record", "parameter"))
    return record, parameter, block_of(np.arange(runs))


@given(runs=st.integers(1, 200))
def test_a_longer_ensemble_begins_with_the_shorter_one_and_counts_its_draws(runs: int) -> None:
    record, parameter, block = _indices(runs)
    assert draws_of(runs) == len(set(parameter.tolist()))
    assert all(index_of(run).chance == run for run in range(runs))
    assert (record == record_of(np.arange(runs))).all()
    assert (parameter == parameter_of(np.arange(runs))).all()
    for one in range(runs):
        for other in range(max(0, one - BLOCK), one):
            if record[one] == record[other] or parameter[one] == parameter[other]:
                assert block[one] == block[other]


def test_a_whole_block_crosses_two_drawings_with_two_draws_each_twice() -> None:
    cells = [(index_of(run).record, index_of(run).parameter) for run in range(BLOCK)]
    assert {cell: cells.count(cell) for cell in cells} == {(0, 0): 2, (0, 1): 2, (1, 0): 2, (1, 1): 2}


def test_the_parts_of_a_known_model_are_found() -> None:
    rng = np.random.default_rng(3)
    runs = 80_000
    record, parameter, block = _indices(runs)
    of_record, of_parameter = rng.normal(0, 1, runs), rng.normal(0, 2, runs)
    both: dict[tuple[int, int], float] = {}
    together = np.array(
        [both.setdefault((int(r), int(p)), float(rng.normal(0, 0.5))) for r, p in zip(record, parameter, strict=True)]
    )
    values = of_record[record] + of_parameter[parameter] + together + rng.normal(0, 1.5, runs)
    found = split_variance(values, record, parameter, block)
    assert found.record == pytest.approx(1.0, abs=0.1)
    assert found.parameters == pytest.approx(4.0, abs=0.2)
    assert found.both == pytest.approx(0.25, abs=0.12)
    assert found.chance == pytest.approx(2.25, abs=0.06)
    assert found.total == pytest.approx(values.var(), rel=0.01)


@given(seed=st.integers(0, 1000), runs=st.integers(8, 64))
def test_the_parts_come_to_the_whole_and_match_all_pairs_counted_one_by_one(seed: int, runs: int) -> None:
    values = np.random.default_rng(seed).normal(0, 1, runs)
    record, parameter, block = _indices(runs)
    found = split_variance(values, record, parameter, block)
    assert found.record + found.parameters + found.both + found.chance == pytest.approx(found.total, abs=1e-9)
    apart = [
        (values[i] - values[j]) ** 2 / 2
        for i in range(runs)
        for j in range(i)
        if record[i] != record[j] and parameter[i] != parameter[j]
    ]
    assert found.total == pytest.approx(np.mean(apart), rel=1e-9)


def test_what_the_numbers_alone_decide_is_theirs_alone() -> None:
    record, parameter, block = _indices(800)
    values = (np.random.default_rng(8).random(800) < 0.3).astype(float)[parameter]
    shares = split_variance(values, record, parameter, block).shares
    assert shares["parameters"] == pytest.approx(1.0, abs=0.15)
    assert shares["chance"] == 0.0


def _table(kind: DrawKind, rows: Mapping[int, Mapping[str, Any]]) -> DrawTable:
    table = DrawTableBuilder(kind)
    for draw, row in rows.items():
        table.add(draw, row)
    return table.table()


def test_the_number_that_moves_an_answer_comes_first_and_one_that_did_not_vary_is_left_out() -> None:
    rng = np.random.default_rng(4)
    _, parameter, _ = _indices(1600)
    drawn = {
        int(draw): {"strong": float(rng.random()), "idle": float(rng.random()), "fixed": 3.0}
        for draw in np.unique(parameter)
    }
    values = np.array([drawn[int(draw)]["strong"] for draw in parameter]) + rng.normal(0, 0.1, 1600)
    found = influences(values, parameter, _table("numbers", drawn).column, ("fixed", "idle", "strong"))
    assert [weight.name for weight in found] == ["strong", "idle"]
    assert found[0].swing == pytest.approx(2 / 3, abs=0.1)
    assert found[0].explains > 0.9
    assert found[0].beyond_luck
    assert not found[1].beyond_luck


@pytest.mark.parametrize(("draws", "named"), [(23, []), (24, ["idle"])])
def test_an_influence_needs_eight_draws_in_each_third(draws: int, named: list[str]) -> None:
    values = np.random.default_rng(6).random(draws)
    weights = influences(values, np.arange(draws), lambda name, rows: rows.astype(float), ("idle",))
    assert [weight.name for weight in weights] == named


def test_a_number_explains_nothing_of_an_answer_that_is_always_the_same() -> None:
    (weight,) = influences(np.ones(24), np.arange(24), lambda name, draws: draws.astype(float), ("idle",))
    assert (weight.low, weight.high, weight.explains, weight.error) == (1.0, 1.0, 0.0, 0.0)
    assert not weight.beyond_luck


def test_the_error_of_a_swing_is_what_luck_alone_makes_of_it() -> None:
    rng = np.random.default_rng(11)
    draw = np.arange(60)
    swings = []
    for _ in range(400):
        (weight,) = influences(
            rng.normal(0, 1, 60), draw, lambda name, draws: rng.permutation(len(draws)) / 1.0, ("idle",)
        )
        swings.append(weight.swing / weight.error)
    assert np.mean(np.square(swings)) == pytest.approx(1.0, abs=0.25)


def test_the_error_of_a_dispute_is_that_of_what_luck_alone_seems_to_move() -> None:
    """What luck moves is the mean of a half normal: the root of 2 / pi standard errors."""
    rng = np.random.default_rng(12)
    ways = np.array(["yes"] * 6 + ["no"] * 54)
    found = [
        resolutions_on_each(
            [means_by_draw(rng.normal(0, 1, 60), np.arange(60))], lambda question, draws: ways[draws], ("q",)
        )[0][0]
        for _ in range(400)
    ]
    expected = np.sqrt(2.0 / np.pi) * sum(it.error for it in found)
    assert sum(it.moves for it in found) / expected == pytest.approx(1.0, abs=0.15)


def test_settling_a_dispute_moves_an_answer_as_far_as_its_ways_differ() -> None:
    record, _, _ = _indices(400)
    believed = {int(draw): {"q": "yes" if draw % 4 else "no", "settled": "same"} for draw in np.unique(record)}
    values = np.array([1.0 if believed[int(draw)]["q"] == "yes" else 0.0 for draw in record])
    found = resolutions_on_each([means_by_draw(values, record)], _table("words", believed).column, ("settled", "q"))[0]
    assert [it.question for it in found] == ["q"]
    assert found[0].answers == (("no", 0.25, 0.0), ("yes", 0.75, 1.0))
    assert found[0].moves == pytest.approx(0.25 * 0.75 + 0.75 * 0.25)
    assert found[0].error < found[0].moves / 3.6


def test_a_signpost_tells_all_where_it_is_the_answer_and_nothing_where_it_is_luck() -> None:
    answer = np.array([1.0, 0.0] * 50)
    assert mutual_information(answer > 0.5, answer) == pytest.approx(1.0)
    assert mutual_information(np.array([True, True, False, False] * 25), answer) == pytest.approx(0.0, abs=1e-12)


def test_signposts_are_early_beyond_luck_and_not_the_answer_itself() -> None:
    rng = np.random.default_rng(5)
    runs, at = 400, 0
    early = rng.random(runs) < 0.5
    answer = np.where(early, rng.random(runs) < 0.9, rng.random(runs) < 0.2).astype(float)
    seen = {"gate": (early, 3), "town": (answer > 0.5, 9), "mill": (rng.random(runs) < 0.5, 2)}
    happened = [
        (f"{place} taken by north", place, np.flatnonzero(chosen), np.full(int(chosen.sum()), 1440 * day))
        for place, (chosen, day) in seen.items()
    ]
    events = early_events(at, (7, 14), happened, runs)
    found = signposts(answer, True, events, frozenset({"town"}))
    assert [(post.event, post.by_day) for post in found][:1] == [("gate taken by north", 7)]
    assert not any("town" in post.event for post in found)
    assert found[0].where_seen == pytest.approx(0.9, abs=0.08)


def test_a_band_from_few_draws_is_no_narrower_than_that_from_many() -> None:
    widths: dict[int, list[float]] = {104: [], 2000: []}
    for seed in range(100):
        rng = np.random.default_rng(seed)
        for runs, told in widths.items():
            record, parameter, block = _indices(runs)
            chance = rng.beta(3.0, 2.0, runs)[parameter]
            values = (rng.random(runs) < chance).astype(float)
            told.append(split_variance(values, record, parameter, block).outer)
    truth = 3.0 * 2.0 / (5.0**2 * 6.0)
    assert np.mean(widths[104]) > np.mean(widths[2000]) > truth
    assert np.mean(np.array(widths[104]) > 0.6 * truth) > 0.8
    assert np.mean(widths[2000]) < 1.5 * truth


def test_the_error_of_the_outer_variance_is_that_of_many_tries() -> None:
    found = []
    record, parameter, block = _indices(400)
    for seed in range(200):
        rng = np.random.default_rng(1000 + seed)
        values = rng.normal(0.0, 1.0, 400)[parameter] + rng.normal(0.0, 1.5, 400)
        found.append(split_variance(values, record, parameter, block))
    spread = np.std([it.record + it.parameters + it.both for it in found])
    assert np.mean([it.error for it in found]) == pytest.approx(spread, rel=0.2)


def test_one_block_tells_nothing_of_what_the_numbers_do() -> None:
    record, parameter, block = _indices(8)
    found = split_variance(np.arange(8.0) % 2, record, parameter, block)
    assert found.outer == found.total > 0.2
