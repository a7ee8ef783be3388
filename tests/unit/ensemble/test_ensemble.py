"""Ensembles of the Tarn valley: the same bytes however they are told, stopped runs that go on, failed runs as rows."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import attrs
import numpy as np
import pytest

import situation as sit
from situation.dates import DAY, Duration
from situation.ensemble.chunks import Chunks, chunk_size
from situation.ensemble.design import index_of
from situation.ensemble.divergence import divergence_days, divergences, first_divergence, parting_of
from situation.ensemble.ensemble import About, Ensemble, ensemble_of
from situation.ensemble.record_draws import RecordDraws, disputed
from situation.ensemble.results import results
from situation.ensemble.summary import TALLY_FIELDS, StorySummary, summary_of
from situation.ensemble.trace import trace, trace_answer
from situation.ensemble.twins import comparison_of, twin_of
from situation.ensemble.workers import tell_chunk, tell_missing
from situation.errors import SituationError
from situation.events import ActorId, AirSupportGiven, ForceRaised, NumbersDrawn, PlaceId
from situation.record.record import Record
from situation.runs.identity import ensemble_identity
from situation.runs.stored_run import open_run
from situation.runs.writing import write_run
from situation.scenario import Question, Scenario
from situation.story.tally import tallies
from situation.story.world.kept_story import story_days
from tests.unit.run_files import ensemble_files
from tests.unit.valley_stories import scenario_of, valley

RUNS = 24
SEED = 5
DELL, NORTH = PlaceId("dell"), ActorId("north")


@pytest.fixture(scope="module")
def plan(tmp_path_factory: pytest.TempPathFactory) -> tuple[Scenario, Record]:
    scenario, record = scenario_of(valley(tmp_path_factory.mktemp("valley")))
    asked = {
        "when": Question("days until", place=DELL, by=NORTH),
        "kept": Question("held for", place=DELL, by=NORTH, days=14),
        "then": Question("held on", place=DELL, by=ActorId("rebels"), at="2020-03-13"),
        "clash": Question("clash", between=(NORTH, ActorId("south")), rung=1),
    }
    return attrs.evolve(scenario, questions={**scenario.questions, **asked}), record


def told_by(scenario: Scenario, record: Record, folder: Path, workers: int = 1, runs: int = RUNS) -> Ensemble:
    chunks = Chunks(folder, runs)
    tell_missing(scenario, record, SEED, chunks, workers)
    return ensemble_of(About.of(scenario, record, SEED, runs), chunks.read())


@pytest.fixture(scope="module")
def ensemble(plan: tuple[Scenario, Record], tmp_path_factory: pytest.TempPathFactory) -> Ensemble:
    return told_by(*plan, tmp_path_factory.mktemp("chunks"))


def files_of(found: Ensemble, scenario: Scenario, record: Record) -> dict[str, bytes]:
    identity = ensemble_identity(scenario, record, SEED, found.about.runs)
    return ensemble_files(found, scenario, results(found), identity)


@pytest.mark.parametrize("workers", [2, pytest.param(3, marks=pytest.mark.long)])
def test_more_workers_write_the_bytes_of_one(
    plan: tuple[Scenario, Record], ensemble: Ensemble, tmp_path: Path, workers: int
) -> None:
    one = files_of(ensemble, *plan)
    assert files_of(told_by(*plan, tmp_path / "chunks", workers), *plan) == one


def test_a_stopped_ensemble_goes_on_and_ends_in_the_same_bytes(plan: tuple[Scenario, Record], tmp_path: Path) -> None:
    whole = files_of(told_by(*plan, tmp_path / "whole"), *plan)
    chunks = Chunks(tmp_path / "stopped", RUNS)
    first, *_ = chunks.ranges()

    def stop(runs: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        tell_missing(*plan, SEED, chunks, 1, stop)
    assert chunks.missing() == [it for it in chunks.ranges() if it != first]
    again: list[int] = []
    tell_missing(*plan, SEED, chunks, 1, again.append)
    assert sum(again) == RUNS - first[1]
    assert files_of(ensemble_of(About.of(*plan, SEED, RUNS), chunks.read()), *plan) == whole


def test_a_chunk_that_was_half_written_is_told_again(plan: tuple[Scenario, Record], tmp_path: Path) -> None:
    chunks = Chunks(tmp_path, 16)
    tell_missing(*plan, SEED, chunks, 1)
    path = sorted(tmp_path.glob("*.chunk"))[0]
    whole = path.read_bytes()
    path.write_bytes(whole[: len(whole) // 2])
    (tmp_path / "000000008-000000016.77.tmp").write_bytes(b"half")
    assert chunks.missing() == [(0, 8)]
    tell_missing(*plan, SEED, chunks, 1)
    assert path.read_bytes() == whole


def test_stories_that_cannot_be_kept_say_where_and_how_to_go_on(tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("a file where a folder is wanted", "utf-8")
    with pytest.raises(SituationError, match=r"taken: Stories cannot be kept: Not a directory\. A file is in"):
        Chunks(tmp_path / "taken", 8).write(0, 8, b"")
    assert [path.name for path in tmp_path.iterdir()] == ["taken"]


def test_a_pipe_in_the_place_of_a_chunk_is_told_anew_and_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "000000000-000000008.chunk")
    chunks = Chunks(tmp_path, 8)
    assert chunks.missing() == [(0, 8)]
    chunks.write(0, 8, b"runs")
    assert chunks.missing() == []


def test_what_was_kept_before_is_told_where_more_cannot_be(tmp_path: Path) -> None:
    chunks = Chunks(tmp_path, 16)
    chunks.write(0, 8, b"")
    (tmp_path / "000000008-000000016.chunk").mkdir()
    with pytest.raises(SituationError, match=r"Stories cannot be kept: .*\. 8 simulated before are kept\. "):
        chunks.write(8, 16, b"")


def test_chunks_are_whole_blocks_and_cover_every_run_once() -> None:
    for runs in (1, 8, 100, 1000, 10_000, 1_000_000):
        ranges = list(Chunks(Path("nowhere"), runs).ranges())
        assert [start for start, _ in ranges][1:] == [stop for _, stop in ranges][:-1]
        assert ranges[-1][1] == runs
        assert chunk_size(runs) % 8 == 0


def test_a_longer_ensemble_begins_with_the_shorter_one(
    plan: tuple[Scenario, Record], ensemble: Ensemble, tmp_path: Path
) -> None:
    short = told_by(*plan, tmp_path, runs=8)
    assert np.array_equal(short.day_digests, np.asarray(ensemble.day_digests)[:8])


def test_a_run_that_fails_is_a_row_with_its_reason_and_the_others_go_on(plan: tuple[Scenario, Record]) -> None:
    scenario, record = plan
    nobody: Any = None
    broken = attrs.evolve(scenario, actors={**scenario.actors, NORTH: nobody})
    told = tell_chunk(RecordDraws(broken, record, SEED), 0, 2)
    assert [(row.run, row.chance, bool(row.reason)) for row in told] == [(0, 0, True), (1, 1, True)]
    assert "AttributeError" in told[0].reason
    good = tell_chunk(RecordDraws(scenario, record, SEED), 2, 8)
    found = ensemble_of(About.of(scenario, record, SEED, 8), iter([*told, *good]))
    answers = results(found)
    assert [(row["run"], row["seed"]) for row in answers["failed"]] == [(0, SEED), (1, SEED)]
    assert answers["questions"][0]["runs"] == 6


def test_an_ensemble_in_which_every_run_failed_still_says_so(plan: tuple[Scenario, Record]) -> None:
    rows = iter([StorySummary(run, 0, 0, run, reason="no luck") for run in range(4)])
    answers = results(ensemble_of(About.of(*plan, SEED, 4), rows))
    assert len(answers["failed"]) == 4
    assert all(answer["runs"] == 0 for answer in answers["questions"])


def test_the_answers_are_those_of_the_stories(plan: tuple[Scenario, Record], ensemble: Ensemble) -> None:
    scenario, record = plan
    record_draws = RecordDraws(scenario, record, SEED)
    for run in range(RUNS):
        story = record_draws.tell(index_of(run))
        first = next(
            (
                entry.time
                for entry in story.entries
                if story.state(entry.time).get("dell", "holder") == "north"
                and story.state(entry.time - 1).get("dell", "holder") != "north"
            ),
            None,
        )
        took = ensemble.answers["when"][run]
        assert ensemble.answers["dell"][run] == float(first is not None)
        assert took == (np.inf if first is None else (first - scenario.at) / DAY)
        if ensemble.answers["kept"][run]:
            assert took <= 46
        end = story.state()
        for place in ("dell", "arlen-bridge"):
            assert ensemble.held(place, scenario.end)[run] == end.get(place, "holder")


def test_nobody_is_lost_and_bands_are_of_whole_stories(ensemble: Ensemble) -> None:
    assert (ensemble.gaps == 0).all()
    assert set(ensemble.strengths) == {"north", "south", "rebels"}
    assert ensemble.strengths["north"].shape == (RUNS, 61)
    assert (np.diff(np.asarray(ensemble.strengths["rebels"]), axis=1) <= 0).all()


def test_what_is_gathered_while_a_story_is_told_is_what_its_log_says(plan: tuple[Scenario, Record]) -> None:
    record_draws = RecordDraws(*plan, SEED, ("dell.holder",))
    for run in (0, 3, 5):
        index = index_of(run)
        gathered = record_draws.summary(index)
        again = summary_of(record_draws.tell(index), index)
        assert gathered == attrs.evolve(again, believed=dict(record_draws.draw(index.record)[1])), run


def test_a_draw_of_the_record_says_what_it_made_of_the_disputes_and_of_nothing_else(
    plan: tuple[Scenario, Record],
) -> None:
    open_questions = disputed(*plan)
    answers = RecordDraws(*plan, SEED, open_questions).draw(0)[1]
    assert open_questions and tuple(answers) == open_questions


def test_what_became_of_everybody_is_told_every_ten_days_and_at_the_end(plan: tuple[Scenario, Record]) -> None:
    scenario = attrs.evolve(plan[0], horizon=Duration(25 * DAY))
    index = index_of(0)
    story = RecordDraws(scenario, plan[1], SEED).tell(index)
    told = summary_of(story, index)
    days = sorted({(minute - scenario.at) / DAY for _, minute, *_ in told.fates})
    assert days == [0.0, 10.0, 20.0, 25.0]
    last = {
        actor: dict(zip(TALLY_FIELDS, counts, strict=True))
        for actor, minute, *counts in told.fates
        if minute == story.until
    }
    for actor, tally in tallies(story.state(), plan[1].ground).items():
        assert last[actor] == {fate: getattr(tally, fate) for fate in TALLY_FIELDS}


def test_the_men_of_every_day_are_those_that_the_state_has_then(plan: tuple[Scenario, Record]) -> None:
    for run in (0, 3, 5):
        index = index_of(run)
        story = RecordDraws(*plan, SEED).tell(index)
        told = summary_of(story, index)
        for place, day in enumerate(story_days(plan[0])):
            found = tallies(story.state(day), plan[1].ground)
            there = {who: it.present + it.in_transit + it.wounded + it.hidden for who, it in found.items()}
            assert {who: men[place] for who, men in told.strengths.items()} == there, (run, place)


def test_a_run_folder_reads_back_as_it_was_written(
    plan: tuple[Scenario, Record], ensemble: Ensemble, tmp_path: Path
) -> None:
    folder = write_run(tmp_path / "run", files_of(ensemble, *plan))
    kept = open_run(folder)
    assert kept.answers == results(ensemble)
    assert results(kept.ensemble) == results(ensemble)
    assert list(kept.ensemble.holders) == list(ensemble.holders)
    assert (np.asarray(kept.ensemble.day_digests) == ensemble.day_digests).all()
    (folder / "runs.parquet").write_bytes(b"other")
    with pytest.raises(SituationError, match="was changed"):
        open_run(folder)


def test_the_digest_knows_every_input_and_nothing_else(plan: tuple[Scenario, Record]) -> None:
    scenario, record = plan
    base = ensemble_identity(scenario, record, SEED, RUNS)
    moved = attrs.evolve(scenario, file="elsewhere/plan.yaml")
    assert ensemble_identity(moved, record, SEED, RUNS) == base
    others = [
        ensemble_identity(scenario, record, SEED + 1, RUNS),
        ensemble_identity(scenario, record, SEED, RUNS + 1),
        ensemble_identity(attrs.evolve(scenario, horizon=Duration(scenario.horizon + DAY)), record, SEED, RUNS),
        ensemble_identity(attrs.evolve(scenario, given={}), record, SEED, RUNS),
    ]
    assert len({base["digest"], *(it["digest"] for it in others)}) == 5


@pytest.fixture(scope="module")
def other(plan: tuple[Scenario, Record]) -> Scenario:
    scenario = plan[0]
    guns = attrs.evolve(scenario.given["guns"], chance=None)
    return attrs.evolve(scenario, id="guns", given={"guns": guns})


def test_an_inert_change_gives_exactly_zero_everywhere(
    plan: tuple[Scenario, Record], ensemble: Ensemble, tmp_path: Path
) -> None:
    scenario, record = plan
    idle = attrs.evolve(scenario.numbers["luck"], name="idle")
    inert = attrs.evolve(scenario, id="inert", numbers={**scenario.numbers, "idle": idle})
    again = told_by(inert, record, tmp_path)
    answer = comparison_of(ensemble, again, [], record.ground)
    assert (divergence_days(ensemble, again) == -1).all()
    assert answer["parted"]["share"] == 0.0
    for row in answer["questions"]:
        assert (row["difference"], row["interval"], row["equal"]) == (0.0, [0.0, 0.0], 1.0)


@pytest.fixture(scope="module")
def twins(plan: tuple[Scenario, Record], other: Scenario, tmp_path_factory: pytest.TempPathFactory) -> Ensemble:
    return told_by(other, plan[1], tmp_path_factory.mktemp("other"))


def test_twins_part_where_the_scenarios_do_and_not_before(
    plan: tuple[Scenario, Record], ensemble: Ensemble, other: Scenario, twins: Ensemble
) -> None:
    scenario, record = plan
    days = divergence_days(ensemble, twins)
    fired = {run for run, _, _ in ensemble.fired}
    assert set(np.flatnonzero(days < 0).tolist()) == fired
    assert set(days[days >= 0].tolist()) == {11}
    found = divergences(days, RecordDraws(scenario, record, SEED), RecordDraws(other, record, SEED))
    assert {type(it.entry.event).__name__ for it in found} == {"Triggered"}
    answer = comparison_of(ensemble, twins, [parting_of(it, record.ground) for it in found], record.ground)
    assert answer["parted"]["first_day"] == 11
    assert answer["parted"]["events"][0]["event"] == 'The scenario\'s condition "guns" was met'
    run = found[0].run
    one, two = (RecordDraws(it, record, SEED).tell(index_of(run)) for it in (scenario, other))
    whole = first_divergence(run, one, two)
    assert whole is not None
    assert whole.entry == found[0].entry
    flown = next(entry for entry in two.entries if isinstance(entry.event, AirSupportGiven))
    assert flown.time == whole.entry.time


def test_ensembles_that_share_no_luck_are_not_compared(
    plan: tuple[Scenario, Record], ensemble: Ensemble, tmp_path: Path
) -> None:
    shorter = told_by(*plan, tmp_path, runs=8)
    with pytest.raises(SituationError, match="number of stories"):
        comparison_of(ensemble, shorter, [], plan[1].ground)


def test_a_baseline_is_told_again_from_anothers_branch_to_the_same_end(plan: tuple[Scenario, Record]) -> None:
    scenario, _ = plan
    later = attrs.evolve(scenario, id="later", at=scenario.at + DAY, horizon=Duration(scenario.horizon - DAY), given={})
    base = twin_of(scenario, later)
    assert (base.at, base.end, base.given) == (later.at, scenario.end, scenario.given)
    assert twin_of(scenario, attrs.evolve(scenario, given={})) is scenario


def test_a_drawing_of_the_record_is_the_same_whoever_asks_and_takes_a_side(plan: tuple[Scenario, Record]) -> None:
    scenario, record = plan
    questions = disputed(scenario, record)
    one, two = (RecordDraws(scenario, record, SEED, questions) for _ in range(2))
    assert [one.draw(index)[1] for index in range(6)] == [two.draw(index)[1] for index in (*range(6),)]
    assert one.tell(index_of(9)).entries == two.tell(index_of(9)).entries


def test_runs_of_one_draw_share_its_numbers_and_runs_of_one_drawing_its_forces(
    plan: tuple[Scenario, Record], ensemble: Ensemble
) -> None:
    scenario, record = plan
    record_draws = RecordDraws(scenario, record, SEED)

    def numbers(run: int) -> object:
        entries = record_draws.tell(index_of(run)).entries
        return next(entry.event for entry in entries if isinstance(entry.event, NumbersDrawn)).values

    assert numbers(0) == numbers(5) == ensemble.numbers[0]
    assert numbers(0) != numbers(2)
    rows = [summary_of(record_draws.tell(index_of(run)), index_of(run)).forces for run in (0, 3, 4)]
    assert rows[0] == rows[1] == ensemble.forces[0]
    assert rows[0] != rows[2]


def _steps(step: dict[str, object]) -> Iterator[dict[str, object]]:
    yield step
    for parent in step["parents"]:  # type: ignore[attr-defined]
        yield from _steps(parent)


def test_a_capture_is_traced_through_rules_and_draws_to_priors(
    plan: tuple[Scenario, Record], ensemble: Ensemble
) -> None:
    scenario, record = plan
    run = int(np.flatnonzero(ensemble.answers["dell"] == 1.0)[0])
    story = RecordDraws(scenario, record, SEED).tell(index_of(run))
    found = trace(story, "Dell.holder", story.until)
    answer = trace_answer(found, record, scenario)
    steps = list(_steps(answer["entry"]))
    assert (answer["cell"], answer["value"]) == ("dell.holder", "north")
    assert all("rule" in step or "claims" in step for step in steps)
    assert any(step.get("draw") is not None and str(step["address"]).startswith("chance/5/") for step in steps)
    days = [step for step in steps if step["event"] == "BattleDay" and step.get("drawn_for")]
    assert days
    assert all(step["drawn_for"] == str(step["time"])[:10] for step in days)
    drawn = {str(step["id"]): step["prior"]["drawn"] for step in steps if "prior" in step}  # type: ignore[index]
    raised = {entry.id: entry.event for entry in story.entries if isinstance(entry.event, ForceRaised)}
    assert drawn
    assert drawn == {name: raised[name].number + raised[name].hidden for name in drawn}


def test_from_python_an_ensemble_is_one_call_and_a_comparison_a_table(
    plan: tuple[Scenario, Record], ensemble: Ensemble, twins: Ensemble
) -> None:
    scenario, record = plan
    found = sit.run(scenario, runs=8, seed=SEED, record=record)
    assert np.array_equal(found.day_digests, np.asarray(ensemble.day_digests)[:8])
    table = sit.compare(ensemble, twins).frame()
    assert sorted(table.index) == sorted(scenario.questions)
    assert (table.low <= table.difference).all()
    assert (sit.run(scenario, runs=1, seed=SEED, record=record).day_digests[0] == ensemble.day_digests[0]).all()
    with pytest.raises(SituationError, match="at least one story and one worker"):
        sit.run(scenario, runs=0, record=record)
