"""Stories simulated by kernels: each entry, with its cause and in its place, is the one of the engine on the fold."""

from __future__ import annotations

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from situation.dates import DAY
from situation.ensemble.design import index_of
from situation.ensemble.record_draws import RecordDraws
from tests.golden.test_stories import NAMES, scenario_named
from tests.oracles.fold.story import tell
from tests.oracles.whole_stories import hold_story
from tests.oracles.world_cells import story_of, with_other_plans


def test_a_story_of_kernels_is_that_of_the_fold() -> None:
    story = story_of("tarn-valley/guns", None)
    assert hold_story(story, 3, 0) == len(story.entries) > 200


@pytest.mark.long
@pytest.mark.parametrize("name", NAMES)
def test_stories_of_kernels_of_every_scenario_are_those_of_the_fold(name: str) -> None:
    for index in range(3):
        story = story_of(name, None, index)
        assert hold_story(story, 3, index) == len(story.entries)


@pytest.mark.long
def test_plans_that_share_a_force_do_not_see_what_the_others_decide_in_one_council() -> None:
    """In this story one plan of a force rests, by which the force counts as rested from then on, and so does the other."""
    scenario, record = scenario_named("al-qaim-2017/stand-and-fight")
    index = index_of(8)
    stage, _ = RecordDraws(scenario, record, 3).draw(index.record)
    story = tell(stage, 3, index.record, index.parameter, index.chance)
    assert hold_story(story, 3, index.chance, index.record, index.parameter) == len(story.entries)


@pytest.mark.long
@given(seed=st.integers(0, 2**64 - 1), postures=st.lists(st.sampled_from(("hold", "delay", "insurgency")), min_size=8))
@settings(max_examples=20, deadline=None)
def test_stories_of_kernels_of_random_scenarios_are_those_of_the_fold(seed: int, postures: list[str]) -> None:
    """The valley's scenario with other postures, plans and length, on other luck."""
    stage, chance = story_of("tarn-valley/guns", 30).stage, random.Random(seed)
    other = with_other_plans(stage, chance, postures)
    story = tell(other, seed, until=stage.scenario.at + chance.randrange(20, 80) * DAY)
    assert hold_story(story, seed, 0) == len(story.entries)
