"""Allies who meet at the border: each ends up with its own country, whoever took what."""

from __future__ import annotations

import pytest

from situation.ensemble.design import index_of
from situation.events import Captured, HandedOver
from situation.story.stage import stage_of
from situation.story.story import tell
from tests.behaviour.tales import SEED
from tests.behaviour.twins import the_record, the_scenario

RUNS = 24
COUNTRY = {"IQ": "syria", "SY": "iraq"}
"""For each country, the ally who has no business to hold it."""


@pytest.mark.long
@pytest.mark.parametrize("name", ["border-link-up", "baseline-2-november", "baseline-26-october"])
def test_no_place_of_iraq_is_syrias_in_the_end_and_none_of_syria_is_iraqs(name: str) -> None:
    scenario, record = the_scenario(name), the_record()
    root, places = record.ground.root, record.ground.places
    stage = stage_of(scenario, record)
    iraq_first = 0
    for run in range(RUNS):
        index = index_of(run)
        story = tell(stage, SEED, index.record, index.parameter, index.chance)
        state = story.state()
        strange = {
            place: holder
            for place in places
            if (holder := state.get(place, "holder")) == COUNTRY[places[place].country]
        }
        assert not strange, (run, strange)
        given = [entry.event for entry in story.entries if isinstance(entry.event, HandedOver)]
        assert {event.place for event in given} <= {"albu-kamal"}, run
        taken = [
            entry.event
            for entry in story.entries
            if isinstance(entry.event, Captured) and entry.event.place == "albu-kamal"
        ]
        iraq_first += bool(taken) and root(taken[0].by[0]) == "iraq"
    assert iraq_first or name != "border-link-up"
