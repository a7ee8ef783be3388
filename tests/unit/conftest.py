"""What the tests of stories share: the Tarn valley with its plan, written and read once for each file of tests."""

from __future__ import annotations

import pytest

from tests.unit.constructed import Valley
from tests.unit.valley_stories import scenario_of, valley


@pytest.fixture(scope="module")
def plan(tmp_path_factory: pytest.TempPathFactory) -> Valley:
    return scenario_of(valley(tmp_path_factory.mktemp("valley")))
