"""What a file of a run is said to hold where it is not of its shape."""

from __future__ import annotations

from typing import Any

import pytest

from situation.runs.shapes import NUMBER, TEXT, Each, pair_of


@pytest.mark.parametrize(
    ("shape", "value", "fault"),
    [
        (TEXT, 1, "x is 1, where text belongs."),
        (TEXT, True, "x is true, where text belongs."),
        (TEXT, None, "x is null, where text belongs."),
        (TEXT, 0.0, "x is 0.0, where text belongs."),
        (Each(NUMBER, 2), [1], "x is a list of 1, where a list of at least 2 belongs."),
        (pair_of(NUMBER), [1], "x is a list of 1, where a list of 2 belongs."),
        (Each(TEXT), "y", "x is 'y', where a list belongs."),
    ],
)
def test_a_value_of_another_shape_is_named_as_it_is(shape: Any, value: object, fault: str) -> None:
    assert shape.fault(value, "x") == fault
