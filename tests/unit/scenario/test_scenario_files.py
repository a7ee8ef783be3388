"""A scenario is refused whole, with every problem at its line; a right one is read as it is written."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from situation.record.loading import load
from situation.rules import Family
from situation.scenario import load_scenario
from situation.scenario.orders import DOCTRINE_NAMES
from situation.scenario.schema import scenario_schema
from situation.testimony.documents import read
from tests.unit.valley_stories import problems, scenario_of, valley

FOLDER = Path(__file__).parents[3] / "scenarios" / "al-qaim-2017"


def test_a_right_scenario_is_read_as_it_is_written(tmp_path: Path) -> None:
    scenario, record = scenario_of(valley(tmp_path))
    assert scenario.id == "push-on"
    assert scenario.at == record.ground.clock.moment("2020-03-12")
    assert scenario.end - scenario.at == 60 * 1440
    assert scenario.numbers["rest"].family is Family.LOGNORMAL
    assert scenario.numbers["luck"].family is Family.BETA
    assert scenario.numbers["flee"].best == 0.6
    assert scenario.doctrines["push"].objectives == ("arlen-bridge", "dell")
    assert scenario.given["guns"].when[0].after == 10 * 1440


def test_the_baseline_is_right_and_every_number_of_it_has_a_source_or_a_reason() -> None:
    scenario = load_scenario(FOLDER / "baseline.yaml", load(FOLDER))
    for number in (*scenario.forces.values(), *scenario.totals.values()):
        assert number.unit
        assert number.source
        assert number.source != "ASSUMED" or number.reason
    for prior in scenario.numbers.values():
        assert prior.unit
        assert prior.source
        assert not prior.assumed or prior.reason


@pytest.mark.parametrize(
    ("old", "new", "at", "fact"),
    [
        ("assumes:", "asumes:", "asumes", "A scenario has no key 'asumes'. Did you mean 'assumes'?"),
        ("horizon: 60 d", "horizon: 0 d", "horizon", "The horizon is nothing."),
        ("horizon: 60 d\n", "", "", "The key 'horizon' is missing."),
        ("situation: tarn-valley", "situation: al-qaim-2017", "situation", "The situation is 'al-qaim-2017'."),
        ("at: 2020-03-12,", "at: 2021-03-12,", "at: 2021", "The branch lies outside the record"),
        ("at: 2020-03-12,", "at: 2020-03-32,", "at: 2020-03-32", "'2020-03-32' is no date"),
        ("known_at: 2020-03-31}", "known_at: 2020-03-31, belief: hope}", "belief", "There is no belief 'hope'."),
        ("suggested_by: [T1-01]", "suggested_by: [T9-01]", "T9-01", "There is no claim 'T9-01'."),
        ("doctrine: advance", "doctrine: advence", "doctrine: advence", "There is no doctrine 'advence'. Did you mean"),
        ("forces: [column], objectives", "objectives", "doctrine: advance", "The doctrine 'advance' does nothing without"),
        ("to: hold}]", "to: open route}]", "to: open", "The doctrine 'open route' does nothing without 'links'."),
        ("to: hold}]", "to: hide}]", "to: hide", "There is no doctrine 'hide'."),
        ("at: arlen, kind: field", "at: arlan, kind: field", "at: arlan", "There is no place 'arlan'."),
        ("objectives: [arlen-bridge,", "objectives: [arlen-brigde,", "arlen-brigde", "There is no place 'arlen-brigde'."),
        ("forces: [column]", "forces: [colum]", "colum]", "There is no force 'colum'. Did you mean 'column'?"),
        ("forces: [column]", "forces: [north-posts]", "north-posts], obj", "'north-posts' is no field force."),
        ("rest: {low: 1, best: 2, high: 4", "rest: {low: 5, best: 2, high: 4", "rest: {low: 5", "out of order: low 5"),
        ("rest: {low: 1,", "rest: {", "rest: { best", "The number is not whole."),
        ("high: 4, unit: days, source: ASSUMED, reason: so be it", "high: 4, unit: days, source: ASSUMED",
         "rest: {low", "is ASSUMED without a reason."),
        ("high: 4, unit: days, source", "high: 4, source", "{low: 1", "The key 'unit' is missing."),
        ("high: 4, unit: days, source: ASSUMED,", "high: 4, unit: days,", "{low: 1", "The key 'source' is missing."),
        ("luck: {low: 0.2, best: 0.5, high: 0.8,", "luck: {low: 0.2, best: 0.5, high: 1.8,", "luck: {low", "out of order for a"),
        ("luck: {low: 0.2, best: 0.5, high: 0.8, family: beta,", "luck: {value: 1.5,", "chance: luck",
         "The chance 'luck' is 1.5, and must be from 0 to 1."),
        ("{dell: 0.6, arlen-bridge: 0.4}", "{dell: 0.6, arlen-bridge: 0.6}", "at: {dell", "The shares come to 1.2."),
        ("{dell: 0.6, arlen-bridge: 0.4}", "dell", "forces:\n", "rebels holds arlen-bridge at the branch, by what was known on"),
        ("{position: prepared}", "{quality: speed.light}", "speed.light", "'speed.light' differs from case to case."),
        ("start: rest", "start: rets", "start: rets", "There is no number 'rets'. Did you mean 'rest'?"),
        ("after: 10 d", "after: 90 d", "{after: 90 d}", "The trigger can never fire: the story ends before."),
        ("cell: dell.holder, is: north", "cell: dell.holder, is: north-guard", "{cell: dell", "never 'north-guard'"),
        ("cell: dell.holder, is: north", "cell: del.holder, is: north", "{cell: del.", "there is no 'del'."),
        ("cell: dell.holder, is: north", "cell: dell.holder", "{cell: dell", "does not say what"),
        ("cell: dell.holder, is: north", "cell: dell.weather, is: fair", "{cell: dell", "gives 'dell' no 'weather'"),
        ("[{after: 10 d}]", "[{cell: rebels.killed, above: 10, below: 11}]", "{cell: rebels.killed",
         "The trigger can never fire: no whole number lies above 10 and below 11."),
        ("[{after: 10 d}]", "[{cell: rebels.killed, is: many}]", "{cell: rebels.killed", "rebels.killed is never 'many'."),
        ("[{after: 10 d}]", "[{cell: dell.holder, above: 3}]", "{cell: dell.holder, above", "dell.holder is no number."),
        ("[{after: 10 d}]", "[{cell: dell.holder, is: north, is_not: north}]", "{cell: dell.holder, is: north, is_not",
         "cannot be and not be 'north'."),
        ("[{after: 10 d}]", "[{cell: 'north:south.rung', above: 4}]", "{cell: 'north:", "rung is never above 4."),
        ("[{after: 10 d}]", "[{cell: 'north:south.rung', is: 5}]", "{cell: 'north:", "rung is never '5'."),
        ("[{after: 10 d}]", "[{cell: 'given:guns.fired', is: true}]", "{cell: 'given:", "it waits for itself."),
        ("value: 300, unit: troops", "value: -3, unit: troops", "value: -3", "A force has fewer than no men."),
        ("forces: [column]", "forces: [column, column]", "column], objectives", "'column' is named twice."),
        ("scenario: push-on", "scenario: ../push-on", "scenario: ..", "'../push-on' cannot be an id."),
        ("event: AirSupportGiven, actor: south, toward: north, level: some", "event: Captured, place: dell, by: [north]",
         "{event: Captured", "Captured cannot be given."),
        ("  north: {position: hasty}", "  north-guard: {position: hasty}", "north-guard: {", "'north-guard' is a unit."),
        ("at: 2020-04-01}", "at: 2021-04-01}", "at: 2021", "can never come in this story"),
        ("{ask: captured, place: dell, by: north}", "{ask: captured, place: dell}", "{ask: captured", "has no 'by'"),
        ("title: The North pushes on\n", "title: The North pushes on\nextends: nothing\n", "extends",
         "There is no scenario 'nothing'."),
        ("title: The North pushes on\n", "title: The North pushes on\nextends: plan\n", "extends", "a cycle"),
    ],
)  # fmt: skip
def test_a_fault_is_told_at_its_line(tmp_path: Path, old: str, new: str, at: str, fact: str) -> None:
    small = valley(tmp_path).plant("plan.yaml", old, new)
    told = problems(small)
    assert told, "no problem was found"
    matching = [problem for problem in told if fact in problem]
    assert matching, "\n".join(told)
    if at:
        line = small.at("plan.yaml", at).split(":")[1]
        assert any(problem.startswith(f"plan.yaml:{line}:") for problem in matching), matching


def test_all_problems_are_told_at_once(tmp_path: Path) -> None:
    small = valley(tmp_path)
    small.plant("plan.yaml", "doctrine: advance", "doctrine: advence")
    small.plant("plan.yaml", "start: rest", "start: rets")
    small.plant("plan.yaml", "horizon: 60 d", "horizon: 0 d")
    assert len(problems(small)) == 3


def test_a_scenario_extends_another_by_one_level(tmp_path: Path) -> None:
    small = valley(tmp_path)
    small.add(
        "late.yaml",
        "scenario: late\ntitle: Late\nabout: Later.\nextends: plan\nhorizon: 30 d\n"
        "forces:\n  column: {actor: north, at: arlen, kind: field, value: 900, unit: troops, source: ASSUMED, reason: fewer}\n"
        "given: {guns: null}\n",
    )
    record = small.load()
    scenario = load_scenario(small.folder / "late.yaml", record)
    assert scenario.horizon == 30 * 1440
    assert scenario.forces["column"].value == 900
    assert "south-garrison" in scenario.forces
    assert not scenario.given
    small.add("later.yaml", "scenario: later\ntitle: L\nabout: L.\nextends: late\n")
    assert problems(small, "later.yaml") == [
        "later.yaml:4:1: 'late' itself extends 'plan', and one level is the most. "
        "Extend 'plan', and write out the difference."
    ]


def test_a_cycle_of_extending_is_told(tmp_path: Path) -> None:
    small = valley(tmp_path).plant("plan.yaml", "title: The North", "extends: other\ntitle: The North")
    small.add("other.yaml", "scenario: other\ntitle: O\nabout: O.\nextends: plan\n")
    assert any("'other' extends 'plan' in turn: a cycle." in problem for problem in problems(small))


def test_a_fault_in_what_is_extended_is_told_there(tmp_path: Path) -> None:
    small = valley(tmp_path).plant("plan.yaml", "doctrine: advance", "doctrine: advence")
    small.add("late.yaml", "scenario: late\ntitle: Late\nabout: Later.\nextends: plan\n")
    told = problems(small, "late.yaml")
    assert len(told) == 1
    assert told[0].startswith(f"plan.yaml:{small.at('plan.yaml', 'doctrine: advence').split(':')[1]}:")


def test_a_missing_file_is_told(tmp_path: Path) -> None:
    assert problems(valley(tmp_path), "none.yaml") == [
        "none.yaml: There is no such file. Check the name, or make the file."
    ]


def test_the_names_of_doctrines_are_those_that_have_a_function() -> None:
    from tests.oracles.fold.doctrines import DOCTRINES

    assert sorted(DOCTRINES) == sorted(DOCTRINE_NAMES)


def test_the_table_of_doctrines_has_every_doctrine() -> None:
    table = (
        Path("docs/writing-a-scenario.md").read_text("utf-8").partition("| doctrine | orders |")[2].partition("\n\n")[0]
    )
    cells = [line.split("|")[1] for line in table.splitlines() if line.startswith("| `")]
    assert sorted(name for cell in cells for name in re.findall("`([^`]+)`", cell)) == sorted(DOCTRINE_NAMES)


def misfits(value: Any, schema: dict[str, Any], root: dict[str, Any], at: str = "") -> Iterator[str]:
    """Where a value does not fit a schema, as far as the schemas written here go."""
    if "$ref" in schema:
        yield from misfits(value, root["$defs"][schema["$ref"].rpartition("/")[2]], root, at)
    for key, fitting in (("anyOf", None), ("oneOf", 1)):
        if key in schema and "properties" not in schema:
            fits = sum(not list(misfits(value, part, root, at)) for part in schema[key])
            if fits == 0 or (fitting is not None and fits != fitting):
                yield f"{at}: {fits} of {key} fit"
    kinds = {"object": dict, "array": list, "string": str, "integer": int, "number": (int, float), "null": type(None)}
    if "type" in schema and not isinstance(value, kinds.get(schema["type"], object)):  # type: ignore[arg-type]
        yield f"{at}: no {schema['type']}"
        return
    if ("enum" in schema and value not in schema["enum"]) or ("const" in schema and value != schema["const"]):
        yield f"{at}: {value!r}"
    for number, item in enumerate(value if schema.get("type") == "array" else ()):
        yield from misfits(item, schema["items"], root, f"{at}/{number}")
    if schema.get("type") == "object":
        yield from (f"{at}/{key}: missing" for key in schema.get("required", ()) if key not in value)
        for key, item in value.items():
            inner = schema.get("properties", {}).get(key, schema.get("additionalProperties", False))
            if inner is False:
                yield f"{at}/{key}: unknown"
            else:
                yield from misfits(item, inner, root, f"{at}/{key}")


@pytest.mark.parametrize("name", sorted(path.name for path in FOLDER.glob("*.yaml") if "scenario:" in path.read_text()))
def test_every_scenario_fits_the_schema(name: str) -> None:
    document, _ = read(FOLDER / name)
    assert document is not None
    assert list(misfits(document.value, scenario_schema(), scenario_schema())) == []


def test_what_the_loader_refuses_the_schema_refuses(tmp_path: Path) -> None:
    small = valley(tmp_path).plant("plan.yaml", "doctrine: advance, forces", "doctrin: advance, forces").write()
    document, _ = read(small.folder / "plan.yaml")
    assert document is not None
    assert list(misfits(document.value, scenario_schema(), scenario_schema()))


def test_a_map_with_an_odd_word_beside_a_scenario_is_told_and_ends_in_no_traceback(tmp_path: Path) -> None:
    small = valley(tmp_path).plant("map.yaml", "lon: 2.1, precision_km: 1,", "lon: 2.1, precision_km: no,")
    [told] = problems(small)
    assert told.startswith("map.yaml:23:95: YAML readers do not agree on what 'no' means.")
