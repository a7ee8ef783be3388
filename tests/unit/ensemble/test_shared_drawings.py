"""Scenarios that leave a record alike share its drawings: each is made once, and is what either would have made alone."""

from __future__ import annotations

from pathlib import Path

import attrs

from situation.ensemble.record_draws import Drawings, RecordDraws
from tests.unit.valley_stories import scenario_of, valley


def test_two_scenarios_with_forces_at_the_same_places_share_the_state_at_their_branch(tmp_path: Path) -> None:
    scenario, record = scenario_of(valley(tmp_path))
    other = attrs.evolve(scenario, id="other", given={})
    drawings = Drawings()
    first, second = (RecordDraws(it, record, 7, (), drawings) for it in (scenario, other))
    for index in range(3):
        one, two = first.draw(index)[0], second.draw(index)[0]
        assert one.state is two.state
        alone = RecordDraws(other, record, 7).draw(index)[0]
        assert alone.state.cells == two.state.cells
        assert alone.log == two.log


def test_scenarios_whose_forces_stand_elsewhere_share_no_state(tmp_path: Path) -> None:
    scenario, record = scenario_of(valley(tmp_path))
    fewer = attrs.evolve(scenario, forces={})
    drawings = Drawings()
    first, second = (RecordDraws(it, record, 7, (), drawings) for it in (scenario, fewer))
    alone = RecordDraws(fewer, record, 7)
    assert second.draw(0)[0].log == alone.draw(0)[0].log
    assert first.draw(0)[0].state is not second.draw(0)[0].state
