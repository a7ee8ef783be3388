"""What must not matter does not: a fighter in a far corner, a change of no account, hashes and workers; and nobody is lost."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from attrs import evolve

from situation.ensemble.design import index_of
from situation.ensemble.divergence import divergence_days
from situation.ensemble.ensemble import About, Ensemble, ensemble_of
from situation.ensemble.record_draws import RecordDraws
from situation.ensemble.twins import comparison_of
from situation.ensemble.workers import tell_chunk
from situation.events import ActorId, ForceRaised, NumbersDrawn, PlaceId, Triggered
from situation.log.fold import Folding
from situation.scenario import Given, Scenario
from situation.story.stage import stage_of
from situation.story.story import Story, tell
from situation.story.tally import tallies
from tests.behaviour.tales import SEED
from tests.behaviour.twins import FOLDER, the_record, the_scenario

ROOT = FOLDER.parents[1]
OTHERS = ("background", "map", "record", "sources")
"""Files of the folder that are no scenarios."""
NAMES = tuple(sorted(path.stem for path in FOLDER.glob("*.yaml") if path.stem not in OTHERS))
CORNERS = (("krg", "erbil"), ("syria", "damascus"), ("iraq", "baghdad"), ("sdf", "raqqa"))


def run_of(scenario: Scenario, run: int) -> Story:
    index = index_of(run)
    return tell(stage_of(scenario, the_record()), SEED, index.record, index.parameter, index.chance)


@pytest.mark.parametrize(("actor", "corner"), CORNERS)
def test_one_more_fighter_in_a_far_corner_changes_only_what_he_touches(actor: str, corner: str) -> None:
    """The twin has two entries more, the fighter's coming and its trigger; and cells of his own, and his actor's count."""
    baseline = the_scenario("baseline")
    comes = ForceRaised("one-more", ActorId(actor), PlaceId(corner), 1, "garrison", arrival=True)
    with_him = evolve(baseline, given={"one-more": Given(comes, at="2017-11-06")})
    for run in range(3):
        one, other = run_of(baseline, run), run_of(with_him, run)
        extra = [entry for entry in other.entries if getattr(entry.event, "force", "") == "one-more"]
        extra += [entry for entry in other.entries if isinstance(entry.event, Triggered) and "one-more" in str(entry)]
        assert {type(entry.event) for entry in extra} == {Triggered, ForceRaised}
        assert tuple(entry for entry in other.entries if entry not in extra) == one.entries
        before, after = one.state().cells, other.state().cells
        touched = {cell for cell in after if cell not in before or after[cell] != before[cell]}
        his_own = {cell for cell in touched if cell.startswith(("one-more.", "given:one-more."))}
        assert touched - his_own == {f"{actor}.arrived", f"{corner}.bodies", "story.forces"}


def small_ensemble(scenario: Scenario, runs: int) -> Ensemble:
    told = tell_chunk(RecordDraws(scenario, the_record(), SEED), 0, runs)
    return ensemble_of(About.of(scenario, the_record(), SEED, runs), iter(told))


def test_a_change_of_no_account_gives_exactly_zero_everywhere() -> None:
    """A number that no rule asks for, another title, and an event that is given only after the end."""
    baseline = the_scenario("baseline")
    idle = evolve(baseline.numbers["boats"], name="idle")
    late = Given(ForceRaised("late", ActorId("krg"), PlaceId("erbil"), 1, "garrison", arrival=True), at="2019-01-01")
    inert = evolve(
        baseline,
        id="inert",
        title="Inert",
        numbers={**baseline.numbers, "idle": idle},
        given={"late": late},
    )
    one, other = small_ensemble(baseline, 8), small_ensemble(inert, 8)
    answer = comparison_of(one, other, [], the_record().ground)
    assert (divergence_days(one, other) == -1).all()
    assert answer["parted"]["share"] == 0.0
    assert len(answer["questions"]) == len(baseline.questions)
    for row in answer["questions"]:
        assert (row["difference"], row["equal"], row["less"], row["more"]) == (0.0, 1.0, 0.0, 0.0)
        assert row["interval"] in ([0.0, 0.0], None)
    assert one.holders == other.holders
    assert all(np.array_equal(one.strengths[actor], other.strengths[actor]) for actor in one.strengths)


@pytest.mark.parametrize("name", NAMES)
def test_nobody_is_created_or_lost_at_any_entry_of_any_scenario(name: str) -> None:
    story = run_of(the_scenario(name), 5)
    folding = Folding(the_record().ground, story.stage.state)
    came: dict[str, tuple[int, int]] = {}
    for entry in story.entries:
        folding.apply(entry)
        if isinstance(entry.event, NumbersDrawn):
            continue
        for actor, tally in tallies(folding.live, the_record().ground).items():
            assert tally.conserved, f"{actor} after {entry.id}: {tally}"
            if not isinstance(entry.event, ForceRaised):
                assert came.get(actor, (0, 0)) == (tally.started, tally.arrived), entry.id
            came[actor] = tally.started, tally.arrived


@pytest.mark.long
def test_hash_seeds_and_the_number_of_workers_change_no_byte(tmp_path: Path) -> None:
    """Of all that a run folder holds, over the first days of the baseline (run_digest.py)."""
    digests = set()
    for seed, workers in (("0", 1), ("1", 2), ("4711", 3)):
        env = {**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": os.pathsep.join((str(ROOT / "src"), str(ROOT)))}
        command = [sys.executable, "-m", "tests.behaviour.run_digest", str(FOLDER), str(tmp_path / seed), str(workers)]
        done = subprocess.run(command, cwd=ROOT, env=env, capture_output=True, text=True, check=True)
        digests.add(done.stdout)
    assert len(digests) == 1
