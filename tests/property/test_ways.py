"""What kernels read of the ground and of control is what the fold's world says: ways, the shortest of them, fronts, supply."""

from __future__ import annotations

import random
from typing import Any

import pytest
from attrs import evolve
from hypothesis import given, settings
from hypothesis import strategies as st

from situation.events import NumbersDrawn
from situation.story.decide.ground import make_ground
from situation.story.decide.ways import first_leg, shortest
from situation.story.stage import Stage, _nearest
from situation.story.world.beginning import begin_world
from situation.testimony.ground import Link
from tests.oracles.fold.ground import on_the_fold
from tests.oracles.ways import Ways, hold_ways
from tests.oracles.world_cells import SOME, story_of
from tests.property.test_world_cells import Chances, valley_story


def some_ground(seed: int) -> Stage:
    """The valley's places under other links, many of one length, and some between the same places."""
    chance, stage = random.Random(seed), valley_story().stage
    kinds = list(stage.ground.link_kinds)
    out: dict[Any, Any] = {}
    links = {}
    for _ in range(chance.randrange(1, 16)):
        one, other = chance.sample(stage.places, 2)
        link = Link(f"l{chance.random()}", (one, other), chance.choice(kinds), chance.choice((0.1, 0.2, 0.3)), "")
        links[link.id] = link
    for link in links.values():
        for here, there in (link.ends, link.ends[::-1]):
            out.setdefault(here, []).append((link, there))
    ground = evolve(stage.ground, links=links)
    return evolve(stage, ground=ground, ways={place: tuple(sorted(it, key=_nearest)) for place, it in out.items()})


@given(seed=st.integers(0, 2**32))
@settings(max_examples=12, deadline=None)
def test_the_shortest_way_and_of_equal_ones_the_same_is_found_on_any_ground(seed: int) -> None:
    stage, chance = some_ground(seed), random.Random(seed)
    _, numbering = begin_world(stage)
    ground = make_ground(stage, numbering)
    closed = frozenset(place for place in stage.places if chance.random() < 0.2)
    shut = frozenset(link for link in stage.ground.links if chance.random() < 0.2)
    for place in stage.places:
        ground.marks[numbering.places.of(place)].closed = place in closed
    for link in stage.ground.links:
        ground.links[numbering.links.of(link)].shut = link in shut
    for one in stage.places:
        for other in stage.places:
            km, way = on_the_fold(stage).path(one, other, closed, shut)
            start, goal = numbering.places.of(one), numbering.places.of(other)
            assert shortest(ground, start, goal) == km
            made = []
            while first_leg(ground, start, goal):
                made.append(numbering.places.names[goal])
                goal = ground.marks[goal].before
            assert (*made[::-1],) == way


def chance_world(seed: int, events: int) -> Ways:
    """A chance record on which chance events come about, on the numbers of a story."""
    stage, entries = Chances(seed).told(events)
    numbers = next(entry for entry in valley_story().entries if isinstance(entry.event, NumbersDrawn))
    both = Ways(stage, seed, 0)
    for entry in (numbers, *entries):
        both.take(entry)
    return both


@given(seed=st.integers(0, 2**32))
@settings(max_examples=6, deadline=None)
def test_whoever_holds_what_kernels_and_the_folds_world_give_the_same_answers(seed: int) -> None:
    for asked, expected, made in (both := chance_world(seed, 12)).answers():
        assert expected == made, asked
    for asked, expected, made in both.paths(11):
        assert expected == made, asked


@pytest.mark.long
@given(seed=st.integers(0, 2**32))
@settings(max_examples=100, deadline=None)
def test_whoever_holds_what_in_many_records_kernels_give_the_same_answers(seed: int) -> None:
    for asked, expected, made in (both := chance_world(seed, 30)).answers():
        assert expected == made, asked
    for asked, expected, made in both.paths(5):
        assert expected == made, asked


def test_kernels_give_the_answers_of_the_folds_world_as_a_story_goes_on() -> None:
    assert hold_ways(story_of("tarn-valley/guns", 30), 3, 0, 60, 11) > 1000


@pytest.mark.long
@pytest.mark.parametrize("name", SOME)
def test_kernels_give_the_answers_of_the_folds_world_in_some_scenarios(name: str) -> None:
    assert hold_ways(story_of(name, None, 1), 3, 1, 300, 37) > 300
