"""Counter-attacks as kernels: the rows of the fold's, where places of the valley are taken and men hide by chance."""

from __future__ import annotations

import random

from attrs import evolve

from situation.dates import DAY
from situation.events import Captured, Melted, NumbersDrawn, StanceChanged
from situation.story.decide.counterattack import places_retaken
from tests.oracles.fold.battle.counterattack import counterattacks
from tests.oracles.mornings import Steps
from tests.property.test_world_cells import happened, valley_story


def chance_retaking(seed: int) -> Steps:
    """Three mornings on which places of the valley that were taken by chance are attacked again, by men in hiding and others."""
    chance, story = random.Random(seed), valley_story()
    both = Steps(story.stage, 3, 0)
    for entry in story.entries[: chance.randrange(story.steps[0], len(story.entries))]:
        both.take(entry)
    start = (both.world.now - story.stage.scenario.at) // DAY + 1
    eager = {"recapture_rate": 99.0, "recapture_near": 999.0, "hopeless_below": chance.choice((0.001, 0.2))}
    drawn = NumbersDrawn({**both.world.get("numbers.drawn"), **eager})
    hide = [
        Melted(it, both.world.root(it), place, chance.randrange(both.world.men(it)))
        for place in story.stage.places
        for it in both.world.bodies(place)
        if both.world.get(f"{it}.kind") == "garrison" and chance.random() < 0.5
    ]
    taken = [
        Captured(place, (chance.choice(both.actors),), chance.choice((None, *both.actors)))
        for place in story.stage.places
        if chance.random() < 0.7
    ]
    one, other = chance.sample(both.actors, 2)
    for number, event in enumerate((drawn, *hide, *taken, StanceChanged(one, other, "hostile"))):
        for entry in happened(story.stage, event, first=start + number // 10):
            both.take(evolve(entry, id=f"{entry.id}/{number}"))
    for day in range(1, 4):
        both.world.now = story.stage.scenario.at + (start + 3 + day) * DAY
        both.compare(counterattacks(both.world), None, places_retaken)
    return both


def test_counter_attacks_of_kernels_are_those_of_the_fold() -> None:
    made = [chance_retaking(seed).rows for seed in range(12)]
    assert all(sum(rows[event] for rows in made) > 5 for event in ("Attacked", "Emerged", "Entered", "BattleBegan"))
