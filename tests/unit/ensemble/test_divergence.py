"""Which pairs of twins are simulated again to name what parts them: all where that is cheap, else some, evenly spread."""

from __future__ import annotations

import json
from pathlib import Path

import attrs
import numpy as np
import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from situation.commands.cli import main
from situation.ensemble.chunks import Chunks
from situation.ensemble.design import index_of
from situation.ensemble.divergence import (
    LEAST_RETOLD_PAIRS,
    MOST_RETOLD_DAYS,
    divergence_days,
    divergences,
    pairs_to_retell,
)
from situation.ensemble.ensemble import About, Ensemble, ensemble_of
from situation.ensemble.record_draws import RecordDraws
from situation.ensemble.summary import failed_summary
from situation.ensemble.twins import compare_twins, differences
from situation.ensemble.workers import tell_chunk, tell_missing
from situation.record.record import Record
from situation.scenario import Scenario
from tests.unit.valley_stories import PLAN, scenario_of, valley

RUNS, SEED = 64, 5


@pytest.fixture(scope="module")
def plans(tmp_path_factory: pytest.TempPathFactory) -> tuple[Scenario, Scenario, Record]:
    scenario, record = scenario_of(valley(tmp_path_factory.mktemp("valley")))
    guns = attrs.evolve(scenario.given["guns"], chance=None)
    return scenario, attrs.evolve(scenario, id="guns", given={"guns": guns}), record


def told(scenario: Scenario, record: Record, folder: Path) -> Ensemble:
    chunks = Chunks(folder, RUNS)
    tell_missing(scenario, record, SEED, chunks, 1)
    return ensemble_of(About.of(scenario, record, SEED, RUNS), chunks.read())


@pytest.fixture(scope="module")
def twins(
    plans: tuple[Scenario, Scenario, Record], tmp_path_factory: pytest.TempPathFactory
) -> tuple[Ensemble, Ensemble]:
    one, other, record = plans
    return told(one, record, tmp_path_factory.mktemp("one")), told(other, record, tmp_path_factory.mktemp("other"))


@given(days=st.lists(st.integers(-1, 120), max_size=400), most=st.integers(0, MOST_RETOLD_DAYS))
def test_no_more_is_told_again_than_was_meant_and_the_first_to_part_is_among_it(days: list[int], most: int) -> None:
    when = np.array(days, dtype=np.int64)
    apart = np.flatnonzero(when >= 0)
    chosen = pairs_to_retell(when, most)
    assert set(chosen.tolist()) <= set(apart.tolist())
    assert chosen.tolist() == sorted(set(chosen.tolist()))
    if 2 * np.maximum(1, when[apart]).sum() <= most:
        assert chosen.tolist() == apart.tolist()
    elif len(apart):
        assert len(chosen) >= min(LEAST_RETOLD_PAIRS, len(apart))
        assert when[chosen].min() == when[apart].min()


def test_those_told_again_are_spread_over_all_runs() -> None:
    chosen = pairs_to_retell(np.full(1000, 100, dtype=np.int64), 20_000)
    assert len(chosen) == 100
    assert np.ptp(np.diff(chosen)) <= 1
    assert (chosen[0], chosen[-1]) == (0, 999)


def test_every_pair_that_parts_is_told_where_that_is_cheap(
    plans: tuple[Scenario, Scenario, Record], twins: tuple[Ensemble, Ensemble]
) -> None:
    one, other, record = plans
    answer = compare_twins(*twins, (RecordDraws(one, record, SEED), RecordDraws(other, record, SEED)), record.ground)
    apart = int((divergence_days(*twins) >= 0).sum())
    assert apart > 24
    told = answer["parted"]
    assert (told["pairs"], told["retold"], told["others"]) == (apart, apart, 0)
    assert sum(event["runs"] for event in told["events"]) == apart


def test_a_pair_of_which_one_failed_is_not_told_again(
    plans: tuple[Scenario, Scenario, Record], twins: tuple[Ensemble, Ensemble]
) -> None:
    one, other, record = plans
    rows = tell_chunk(RecordDraws(other, record, SEED), 0, RUNS)
    first = int(np.flatnonzero(divergence_days(*twins) >= 0)[0])
    rows[first] = failed_summary(index_of(first), "no luck")
    hurt = ensemble_of(About.of(other, record, SEED, RUNS), iter(rows))
    answer = compare_twins(
        twins[0], hurt, (RecordDraws(one, record, SEED), RecordDraws(other, record, SEED)), record.ground
    )
    whole = int((divergence_days(*twins) >= 0).sum())
    assert answer["pairs"] == RUNS - 1
    assert (answer["parted"]["pairs"], answer["parted"]["retold"]) == (whole - 1, whole - 1)
    assert answer["parted"]["earliest"]["run"] != first


def test_some_are_told_where_all_would_take_long(
    plans: tuple[Scenario, Scenario, Record], twins: tuple[Ensemble, Ensemble]
) -> None:
    one, other, record = plans
    days = divergence_days(*twins)
    found = divergences(days, RecordDraws(one, record, SEED), RecordDraws(other, record, SEED), most=1)
    assert len(found) == LEAST_RETOLD_PAIRS
    assert max(it.run for it in found) == np.flatnonzero(days >= 0)[-1]


def test_a_person_reads_what_parts_all_pairs_that_part(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    home = tmp_path / "scenarios" / "tarn-valley"
    home.mkdir(parents=True)
    small = valley(home)
    small.files["push-on.yaml"] = small.files.pop("plan.yaml")
    guns = PLAN.replace("scenario: push-on", "scenario: guns").replace(", chance: luck", "")
    kept = [line for line in guns.splitlines(keepends=True) if not line.startswith("  luck:")]
    small.add("guns.yaml", "".join(kept)).write()
    monkeypatch.chdir(tmp_path)
    words = ["compare", "push-on", "guns", "--runs", "16", "--seed", "5", "--workers", "1"]
    shown = CliRunner().invoke(main, words)
    assert shown.exit_code == 0, shown.output
    answer = json.loads(CliRunner().invoke(main, [*words, "--json"]).stdout)
    assert answer["parted"]["retold"] == answer["parted"]["pairs"] > 0
    assert f"What parts these {answer['parted']['pairs']}:" in " ".join(shown.output.split())


def test_shares_differ_by_one_at_most_however_few_the_pairs(twins: tuple[Ensemble, Ensemble]) -> None:
    """Two blocks of pairs are left: in the one the second always has it, in the other never."""
    first, second = (
        attrs.evolve(
            it,
            reasons=("",) * 16 + ("lost",) * (RUNS - 16),
            answers={**it.answers, "dell": np.where(np.arange(RUNS) < 8, share, 0.0)},
        )
        for it, share in zip(twins, (0.0, 1.0), strict=True)
    )
    row = next(it for it in differences(first, second) if it["question"] == "dell")
    assert (row["difference"], row["interval"][1], row["unit"]) == (0.5, 1.0, None)
    assert -1.0 <= row["interval"][0] < 0.0
    men = next(it for it in differences(first, second) if it["question"] == "camp")
    assert men["unit"] == "men"
