"""Orders of doctrines from outside, odd names and old times: stories of kernels are those of the engine on the fold."""

from __future__ import annotations

import pickle
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from situation.ensemble.design import index_of
from situation.ensemble.record_draws import RecordDraws
from situation.scenario import Scenario, load_scenario
from situation.scenario.orders import Order
from situation.story.stage import Stage, stage_of
from situation.story.story import resume
from situation.story.story import tell as tell_by_kernels
from tests.oracles.fold.story import tell
from tests.property.test_kept import same_summary_of
from tests.unit.valley_stories import GUNS, valley

SEED = 3
RAISED = "event: ForceRaised, force: help, actor: north, place: arlen, number: 700, kind: field, arrival: true"
COMES = f"one: {{event: {{{RAISED}}}, at: 2020-03-20}}"
OWN = (
    GUNS.replace("doctrine: advance, forces: [column]", "doctrine: mine, forces: [column, help]")
    .replace("switch: [{when: [{cell: dell.holder, is: north}], to: hold}]", "")
    .replace("start: rest,\n     }", "start: rest}")
    .replace("given:\n", f"given:\n  {COMES}\n")
)


def staged(folder: Path, text: str, decide: Callable[[Any], Any] | None = None, **words: str) -> Stage:
    """The valley under a scenario, with some words in all its files put otherwise."""
    small = valley(folder)
    small.files["plan.yaml"] = text
    for old, new in words.items():
        for name in small.files:
            small.files[name] = small.text(name).replace(old.removeprefix("y"), new)
    record = small.load()
    outside = {"mine": decide} if decide is not None else None
    scenario: Scenario = load_scenario(small.folder / "plan.yaml", record, outside)
    return stage_of(scenario, record)


def before_it_comes(view: Any) -> Any:
    """A force is ordered every day, also while it is not there."""
    yield Order("help", "march", "dell")


def a_garrison_goes(view: Any) -> tuple[Order, ...]:
    """The garrison of one place goes to another, and the column after it."""
    return (Order("north@arlen", "march", "dell"), Order("column", "march", "dell"))


def two_kinds(view: Any) -> tuple[Order, ...]:
    """A force that has come is told to close a link, and to march."""
    return (Order("column", "seal", "arlen--dell"), Order("column", "march", "dell"))


def no_order(view: Any) -> tuple[Order, ...]:
    return ()


@pytest.mark.parametrize("decide", [before_it_comes, a_garrison_goes, two_kinds])
def test_what_a_doctrine_from_outside_orders_comes_about_as_on_the_fold(
    tmp_path: Path, decide: Callable[[Any], Any]
) -> None:
    stage = staged(tmp_path, OWN, no_order)
    story = tell_by_kernels(stage, SEED, doctrines={"mine": decide})
    assert story.entries == tell(stage, SEED, doctrines={"mine": decide}).entries
    for step in range(4, len(story.steps), 9):
        assert resume(story.prefix(step), stage, SEED, doctrines={"mine": decide}).entries == story.entries


@pytest.mark.parametrize("words", [{"dunes": "passing"}, {"y2020": "1950", "y2019": "1949", "y2021": "1951"}])
def test_odd_names_and_old_times_make_no_difference(tmp_path: Path, words: dict[str, str]) -> None:
    stage = staged(tmp_path, GUNS, None, **words)
    story = tell_by_kernels(stage, SEED)
    assert story.entries == tell(stage, SEED).entries
    same_summary_of(story, index_of(0))


def test_what_goes_to_a_worker_can_be_pickled_once_a_story_was_told(tmp_path: Path) -> None:
    stage = staged(tmp_path, GUNS)
    story = tell_by_kernels(stage, SEED)
    again = pickle.loads(pickle.dumps(story))  # what was pickled here
    assert tell_by_kernels(again.stage, SEED).entries == story.entries
    draws = RecordDraws(stage.scenario, valley(tmp_path).load(), SEED)
    draws.tell(index_of(0))
    pickle.dumps(draws)
