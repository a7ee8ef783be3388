"""The library of scenarios: each says what it explores and why, is right as it stands, and differs from its measure."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from situation.dates import DAY
from situation.ensemble.design import index_of
from situation.ensemble.summary import summary_of
from situation.record.loading import load
from situation.record.record import Record
from situation.rules import Family
from situation.scenario import Scenario, load_scenario
from situation.story.stage import stage_of
from situation.story.story import tell

FOLDER = Path(__file__).parents[3] / "scenarios" / "al-qaim-2017"
OTHERS = ("background", "map", "record", "sources")
"""Files of the folder that are no scenarios."""
NAMES = tuple(sorted(path.stem for path in FOLDER.glob("*.yaml") if path.stem not in OTHERS))
OPENINGS = ("baseline", "baseline-11-october", "baseline-2-november", "baseline-26-october")
"""The operations as they went on, from four evenings: what the others are measured against."""
LIBRARY = (
    "border-link-up",
    "crossing-held",
    "hidden-camps",
    "kurdish-front-reopens",
    "no-air-support",
    "oil-field-race",
    "refuge-denied",
    "sdf-government-confrontation",
    "stand-and-fight",
)


@cache
def the_record() -> Record:
    return load(FOLDER)


@cache
def the_scenario(name: str) -> Scenario:
    return load_scenario(FOLDER / f"{name}.yaml", the_record())


def test_the_library_is_whole_and_every_file_of_it_is_known() -> None:
    assert tuple(sorted((*OPENINGS, *LIBRARY))) == NAMES


@pytest.mark.parametrize("name", NAMES)
def test_a_scenario_loads_clean_and_bears_the_name_of_its_file(name: str) -> None:
    scenario = the_scenario(name)
    assert scenario.id == name
    assert scenario.title
    assert scenario.horizon == 120 * DAY


@pytest.mark.parametrize("name", NAMES)
def test_every_number_of_a_scenario_meets_the_three_points_that_it_states(name: str) -> None:
    for number in the_scenario(name).numbers.values():
        if number.family is not Family.FIXED:
            drawn = [number.draw(u) for u in (0.05, 0.5, 0.95)]
            assert drawn == pytest.approx([number.low, number.best, number.high], rel=1e-9), number.name


@pytest.mark.parametrize("name", NAMES)
def test_a_scenario_opens_with_what_it_explores_what_suggests_it_and_what_it_assumes(name: str) -> None:
    scenario = the_scenario(name)
    text = (FOLDER / f"{name}.yaml").read_text()
    assert len(scenario.about.split()) >= 40
    assert len(scenario.assumes.split()) >= 25
    assert len(scenario.suggested_by) >= 3
    assert set(scenario.suggested_by) <= set(the_record().testimony.claims)
    own = [text.index(f"\n{key}:") for key in ("about", "assumes", "suggested_by")]
    tables = [text.index(f"\n{key}:") for key in ("given", "forces", "doctrines") if f"\n{key}:" in text]
    assert max(own) < min(tables)


@pytest.mark.parametrize("name", NAMES)
def test_every_number_of_a_scenario_has_a_unit_and_a_source_or_a_reason(name: str) -> None:
    scenario = the_scenario(name)
    stated = [*scenario.forces.values(), *scenario.totals.values()]
    assert all(number.unit and number.source for number in stated)
    assert all(number.reason for number in stated if number.source == "ASSUMED")
    numbers = [scenario.numbers[own] for own in scenario.own_numbers]
    assert all(prior.unit and prior.source for prior in numbers)
    assert all(prior.reason for prior in numbers if prior.assumed)


@pytest.mark.parametrize("name", LIBRARY)
def test_a_scenario_leaves_its_measure_at_the_same_evening_and_differs_from_it_in_a_cause(name: str) -> None:
    scenario = the_scenario(name)
    assert scenario.extends in OPENINGS
    measure = the_scenario(scenario.extends)
    assert (scenario.branch, scenario.at, scenario.end) == (measure.branch, measure.at, measure.end)
    assert (scenario.given, scenario.actors, scenario.doctrines, scenario.forces, scenario.numbers) != (
        measure.given,
        measure.actors,
        measure.doctrines,
        measure.forces,
        measure.numbers,
    )


@pytest.mark.parametrize("name", LIBRARY)
def test_a_scenario_asks_what_its_measure_asks_in_the_same_words_and_something_of_its_own(name: str) -> None:
    scenario = the_scenario(name)
    measure = the_scenario(str(scenario.extends))
    assert {key: scenario.questions[key] for key in measure.questions} == dict(measure.questions)
    assert len(scenario.questions) > len(measure.questions)
    assert all(question.text.endswith("?") for question in scenario.questions.values())


@pytest.mark.parametrize("name", ("baseline-2-november", "baseline-26-october"))
def test_an_earlier_opening_has_the_numbers_of_the_baseline_wherever_the_evening_does_not_matter(name: str) -> None:
    opening, baseline = the_scenario(name), the_scenario("baseline")
    assert opening.totals == baseline.totals
    assert opening.actors == baseline.actors
    moved = {"is-albu-kamal", "pmu-border", "iraq-posts", "syria-posts", "deir-ez-zor-column", "qaim-assault"}
    same = (set(opening.forces) & set(baseline.forces)) - moved
    assert len(same) >= 12
    assert all(opening.forces[force] == baseline.forces[force] for force in same)
    assert set(baseline.questions.items()) <= set(opening.questions.items())


def test_a_scenario_gives_causes_and_never_who_holds_what() -> None:
    allowed = {"StanceChanged", "RouteSealed", "RouteOpened", "AirSupportWithdrawn", "AirSupportGiven", "PositionTaken"}
    for name in NAMES:
        for given in the_scenario(name).given.values():
            assert type(given.event).__name__ in allowed


@pytest.mark.parametrize("name", NAMES)
def test_a_story_of_a_scenario_answers_every_question_and_loses_no_man(name: str) -> None:
    scenario = the_scenario(name)
    index = index_of(3)
    story = tell(stage_of(scenario, the_record()), 7, index.record, index.parameter, index.chance)
    told = summary_of(story, index)
    assert told.gap == 0
    assert set(told.answers) == set(scenario.questions)
    days = {key for key, question in scenario.questions.items() if question.ask == "days until"}
    assert all(answer is not None for key, answer in told.answers.items() if key not in days)


@pytest.mark.long
@pytest.mark.parametrize("name", LIBRARY)
def test_a_scenario_changes_the_course_of_a_story_that_shares_its_luck(name: str) -> None:
    scenario = the_scenario(name)
    index = index_of(3)
    changed, baseline = (
        summary_of(tell(stage_of(it, the_record()), 7, index.record, index.parameter, index.chance), index)
        for it in (scenario, the_scenario(str(scenario.extends)))
    )
    assert changed.day_digests != baseline.day_digests
