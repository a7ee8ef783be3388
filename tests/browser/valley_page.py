"""Small real ensembles for the tests of their pages: stories of the Tarn valley, told once a session."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from situation.ensemble.ensemble import About, ensemble_of
from situation.ensemble.record_draws import RecordDraws, disputed
from situation.ensemble.results import results
from situation.ensemble.twins import compare_twins
from situation.ensemble.workers import tell_chunk
from situation.page.comparison_payload import ComparedRun, comparison_payload
from situation.page.ensemble_payload import ensemble_payload
from situation.page.story_reading import example_readings, twin_readings
from situation.record.record import Record
from situation.runs.identity import ensemble_identity, scenario_as_run
from tests.unit.small import Small
from tests.unit.valley_stories import scenario_of, valley

__all__ = ["RUNS", "comparison", "ensemble", "side", "with_story"]

RUNS = 96
QUESTIONS = """\
  dell-when: {ask: days until, place: dell, by: north, text: "When does Dell fall to the North?"}
  dell-kept: {ask: held on, place: dell, by: north, at: 2020-04-20, text: "Does the North hold Dell on 20 April?"}
  mill: {ask: captured, place: corve-mill, by: south, text: "Does the South take the mill?"}
"""
HARDER = ("low: 300, best: 500, high: 800", "low: 900, best: 1500, high: 2400")


def _planted(folder: Path) -> Small:
    small = valley(folder)
    small.plant("plan.yaml", "  camp: {ask: fighters", f"{QUESTIONS}  camp: {{ask: fighters")
    return small


@cache
def side(harder: bool = False) -> tuple[ComparedRun, Record]:
    """Some stories of the valley, with what they answer; in the harder ones the rebels have three times the men."""
    with TemporaryDirectory() as folder:
        small = _planted(Path(folder))
        if harder:
            small.plant("plan.yaml", *HARDER)
        scenario, record = scenario_of(small)
        record_draws = RecordDraws(scenario, record, 7, disputed(scenario, record))
        found = ensemble_of(About.of(scenario, record, 7, RUNS), tell_chunk(record_draws, 0, RUNS))
        told = (found, results(found), scenario_as_run(scenario), ensemble_identity(scenario, record, 7, RUNS))
        record.disputes(scenario.known_at)
        return told, record


@cache
def _ensemble() -> dict[str, Any]:
    told, record = side()
    return ensemble_payload(told[0], told[1], told[2], record, told[3])


@cache
def with_story(number: int = 3) -> dict[str, Any]:
    """The same, with one story as a reading of its own."""
    told, record = side()
    stories = example_readings(told[0], _record_draws(False), number)
    return ensemble_payload(told[0], told[1], told[2], record, told[3], stories)


def ensemble() -> dict[str, Any]:
    """The payload of an ensemble. It is made once: change none of it."""
    return _ensemble()


@cache
def comparison(inert: bool = False) -> dict[str, Any]:
    """The payload of a comparison: the harder stories against the others, or the others against themselves."""
    baseline, record = side()
    scenario = baseline if inert else side(harder=True)[0]
    record_draws = _record_draws(False), _record_draws(not inert)
    change = compare_twins(baseline[0], scenario[0], record_draws, record.ground)
    twins = twin_readings(baseline[0], scenario[0], record_draws)
    return comparison_payload(baseline, scenario, change, record, "c0" * 32, twins)


def _record_draws(harder: bool) -> RecordDraws:
    """What tells the stories of one side again."""
    with TemporaryDirectory() as folder:
        small = _planted(Path(folder))
        if harder:
            small.plant("plan.yaml", *HARDER)
        scenario, _ = scenario_of(small)
        return RecordDraws(scenario, side()[1], 7)
