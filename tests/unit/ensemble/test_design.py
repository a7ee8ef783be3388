"""Which draws a run takes: the table of a block, and what follows from it."""

from __future__ import annotations

import numpy as np

from situation.ensemble.design import BLOCK, block_of, draws_of, index_of, parameter_of, record_of, sample_evenly


def test_a_block_crosses_two_draws_of_the_record_with_two_of_the_numbers_each_pair_twice() -> None:
    first = [(record_of(run), parameter_of(run)) for run in range(BLOCK)]
    assert first == [(0, 0), (0, 0), (0, 1), (0, 1), (1, 0), (1, 0), (1, 1), (1, 1)]
    later = [(record_of(run), parameter_of(run)) for run in range(3 * BLOCK, 4 * BLOCK)]
    assert later == [(6 + record, 6 + parameter) for record, parameter in first]


def test_arrays_of_runs_take_the_draws_that_single_runs_take() -> None:
    runs = np.arange(5 * BLOCK)
    for of in (record_of, parameter_of, block_of):
        assert of(runs).tolist() == [of(run) for run in range(5 * BLOCK)]
    assert [index_of(run).chance for run in range(20)] == list(range(20)), "luck is each run's own"


def test_the_draws_of_the_numbers_are_counted_for_any_number_of_runs() -> None:
    for runs in range(1, 4 * BLOCK):
        assert draws_of(runs) == len({parameter_of(run) for run in range(runs)})


def test_a_sample_is_spread_from_the_first_to_the_last() -> None:
    assert sample_evenly(np.arange(7), 9).tolist() == list(range(7))
    sample = sample_evenly(np.arange(100), 4)
    assert sample.tolist() == [0, 33, 66, 99]
