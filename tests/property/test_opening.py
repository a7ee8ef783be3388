"""The opening of a story as kernels: its entries, its cells and what set them are those of the fold."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from situation.chance.luck import Luck, Stream
from situation.kernel import VARIABLE
from situation.log.fold import Folding
from situation.story.decide.ground import make_ground, order_ground
from situation.story.decide.opening import open_story
from situation.story.rows.entries import EntryWriter
from situation.story.rows.replay import Replay
from situation.story.world.staging import set_draws, set_luck
from tests.oracles.fold.story import tell
from tests.oracles.world_cells import story_of
from tests.property.test_given import ChanceGiven

ROOT = Path(__file__).parents[2]


def hold_opening(stage: object, seed: int, record: int, parameters: int, chance: int) -> int:
    """Open a story by kernels alone, and compare it with that of the fold.

    Returns: how many entries the opening has.
    """
    story = tell(stage, seed, record, parameters, chance, stage.scenario.at)  # type: ignore[arg-type, attr-defined]
    replay, folding = Replay.of(story.stage), Folding(story.stage.ground, story.stage.state)
    w, numbering = replay.writer.tables, replay.writer.numbering
    ground = make_ground(story.stage, numbering)
    set_luck(w, numbering, Luck(seed, chance, Stream.CHANCE))
    set_draws(w, numbering, Luck(seed, record, Stream.RECORD), Luck(seed, parameters, Stream.PARAMETERS))
    order_ground(ground, w)
    open_story(w, ground, story.stage.scenario.at - numbering.origin)
    replay.writer.take_names()
    replay.entries.extend(EntryWriter(story.stage, w, numbering).entries())
    assert tuple(replay.entries) == story.entries[: story.steps[0]]
    for entry in replay.entries:
        folding.apply(entry)
    state = replay.state()
    assert state.cells == folding.live.cells
    assert state.because == folding.live.because
    return len(replay.entries)


@pytest.mark.parametrize("name", ["al-qaim-2017/baseline-11-october", "tarn-valley/guns"])
def test_a_story_opens_by_kernels_as_on_the_fold(name: str) -> None:
    stage = story_of(name, 0).stage
    counts = [hold_opening(stage, 3, record, parameters, 2) for record, parameters in ((0, 1), (5, 2))]
    assert counts[0] == counts[1] > 10


@pytest.mark.long
@pytest.mark.parametrize("seed", range(20))
def test_the_stories_of_chance_scenarios_open_by_kernels_as_on_the_fold(seed: int) -> None:
    assert hold_opening(ChanceGiven(seed).scenario(), seed, 1, 2, 3)


@pytest.mark.long
def test_kernels_that_are_compiled_for_one_scenario_serve_all() -> None:
    names = ("tarn-valley/guns", "al-qaim-2017/baseline-11-october", "falklands-1982/baseline-20-may")
    env = {**os.environ, VARIABLE: "each", "PYTHONPATH": os.pathsep.join(sys.path)}
    command = [sys.executable, "-m", "tests.oracles.world_types", *names]
    made = subprocess.run(command, cwd=ROOT, env=env, text=True, stdout=subprocess.PIPE, check=True).stdout
    assert len(made.split()) == 3
    assert len({*made.split()}) == 1
