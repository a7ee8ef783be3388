"""Plainly wrong values: none is taken in without a word, and none of the examples is warned of."""

from __future__ import annotations

import csv
import re
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from situation.dates import DAY, Minute
from situation.errors import Problem
from situation.record.loading import Survey, load, scenario_files, survey
from situation.record.warnings.doubts import doubts_of
from situation.scenario.doubts import scenario_doubts
from situation.scenario.file import read_scenario
from situation.testimony.countries import COUNTRY_CODES
from tests.unit.testimony.wrong_values import WRONG_VALUES
from tests.unit.valley_stories import valley

TODAY: Minute = 57 * 366 * DAY
"""Some day of 2027."""
SITUATIONS = Path(__file__).parents[3]


@cache
def _sound() -> Survey:
    with TemporaryDirectory() as folder:
        return Survey.of(valley(Path(folder)).load())


def _told(folder: Path, file: str) -> list[str]:
    """Every problem and warning of a folder, or of its scenario where that is the file that was changed."""
    problems: list[Problem] = []
    doubts: list[Problem] = []
    if file == "plan.yaml":
        scenario, problems = read_scenario(folder / file, _sound())
        doubts = scenario_doubts(folder / file, scenario, TODAY) if scenario is not None else []
    else:
        seen = survey(folder)
        problems, doubts = seen.problems, doubts_of(seen.record, TODAY) if seen.record is not None else []
    return [*map(str, problems), *(f"warning: {doubt}" for doubt in doubts)]


@pytest.mark.parametrize(
    ("file", "old", "new", "told"),
    WRONG_VALUES,
    ids=[f"{row[0]} {re.sub(r'[^ -~]', '?', row[2])[:50]}" for row in WRONG_VALUES],
)
def test_a_plainly_wrong_value_is_told_at_its_line(tmp_path: Path, file: str, old: str, new: str, told: str) -> None:
    valley(tmp_path).plant(file, old, new).write()
    found = [text.replace(f"{tmp_path}/", "") for text in _told(tmp_path, file)]
    assert any(text.startswith(told) for text in found), found


def test_all_kinds_of_files_are_in_the_table() -> None:
    assert len(WRONG_VALUES) > 80
    assert {row[0] for row in WRONG_VALUES} == {"map.yaml", "sources.yaml", "record.yaml", "plan.yaml"}


def test_every_country_that_event_files_name_is_one() -> None:
    rows = csv.DictReader((SITUATIONS / "src" / "situation" / "edges" / "countries.csv").read_text().splitlines())
    assert {row["alpha2"] for row in rows} | {"SU", "XX"} <= COUNTRY_CODES
    assert {"ZQ", "XXX", "iq", "EN"}.isdisjoint(COUNTRY_CODES)


@pytest.mark.parametrize("folder", ["scenarios/al-qaim-2017", "scenarios/falklands-1982", "tests/strait_war"])
def test_nothing_in_the_examples_is_warned_of(folder: str) -> None:
    home = SITUATIONS / folder
    record = load(home)
    assert doubts_of(record, TODAY) == []
    for file in scenario_files(home):
        scenario, problems = read_scenario(file, Survey.of(record))
        assert scenario is not None, problems
        assert scenario_doubts(file, scenario, TODAY, record) == []


@cache
def _usual(file: str) -> frozenset[str]:
    """What is told of the valley as it stands, without the lines."""
    with TemporaryDirectory() as folder:
        valley(Path(folder)).write()
        return frozenset(_fact(line) for line in _told(Path(folder), file))


def _fact(line: str) -> str:
    return re.sub(r"^.*?\.yaml:\d+:\d+: ", "", line)


SENSIBLE = [
    ("sources.yaml", "title: Arlen is taken", "title: '...'"),
    ("record.yaml", "says: Dell was not taken.", "says: '?!'"),
    *(
        ("plan.yaml", "parameters:\n", f"parameters:\n  {name}: {{value: {value}, unit: {unit}, source: {source}}}\n")
        for name, value, unit, source in (
            ("boats", 20000, "persons per day", "ASSUMED, reason: a harbour"),
            ("stock", 365, "days of supply", "ASSUMED, reason: a siege"),
            ("halt_days", 90, "days", "ASSUMED, reason: a truce"),
            ("garrison_small", 4000, "persons", "ASSUMED, reason: large armies"),
            ("regroup", 3000, "days", "Clausewitz 1832"),
        )
    ),
]


@pytest.mark.parametrize(("file", "old", "new"), SENSIBLE, ids=[f"{row[0]} {row[2].strip()[-50:]}" for row in SENSIBLE])
def test_a_sensible_value_is_not_warned_of(tmp_path: Path, file: str, old: str, new: str) -> None:
    valley(tmp_path).plant(file, old, new).write()
    assert {_fact(line) for line in _told(tmp_path, file)} <= _usual(file)


def test_a_treaty_may_be_older_than_the_war_by_centuries(tmp_path: Path) -> None:
    graded = "{grade: B, as_of: 1810-05-01, reason: signed by both}"
    treaty = f"  - {{id: treaty, outlet: The Court, published: 1810-05-01, reliability: {graded}}}\n"
    event = "{event: PeaceSigned, by: [north, rebels]}"
    times = "said: 1810-05-01, happened: 1810-05-01"
    claim = f"  - {{id: TR-1, source: treaty, paragraph: 1, says: Peace, asserts: {event}, {times}}}\n"
    small = valley(tmp_path).plant("sources.yaml", "sources:\n", f"sources:\n{treaty}")
    small.plant("record.yaml", "claims:\n", f"claims:\n{claim}").write()
    assert not any("sources.yaml" in line for line in _told(tmp_path, "sources.yaml"))


@pytest.mark.parametrize("known", ["precision_km: 5, source: invented", "precision_km: 1, source: The Gazette"])
def test_several_places_may_have_one_point_that_is_rough_or_imported(tmp_path: Path, known: str) -> None:
    old = "lat: 1.1, lon: 2.1, precision_km: 1, source: invented"
    valley(tmp_path).plant("map.yaml", old, f"lat: 1.0, lon: 2.0, {known}").write()
    assert not any("the very point" in line for line in _told(tmp_path, "map.yaml"))


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        (
            "name: the Ard Fleet, parent: ard,",
            "name: the Ard Fleet, parent: vigil,",
            "'ard-fleet' stands under itself.",
        ),
        ("id: ard-fleet, name", "id: ard, name", "The id 'ard' is taken"),
        ("name: Aven,", "name: Aven, within: aven,", "'aven' stands under itself."),
    ],
)
def test_what_stands_in_a_circle_is_told_beside_the_faults_of_claims_at_sea(
    tmp_path: Path, old: str, new: str, told: str
) -> None:
    for file in (SITUATIONS / "tests" / "strait_war").glob("*.yaml"):
        text = file.read_text()
        (tmp_path / file.name).write_text(text.replace(old, new) if file.name == "map.yaml" else text)
    assert any(told in problem.fact for problem in survey(tmp_path).problems)


@pytest.mark.parametrize(
    "amount",
    [
        "best: 1500000000, unit: shells",
        "best: 2700000, unit: tons",
        "best: 60000000, unit: refugees",
        "best: 44000000, unit: inhabitants",
        "best: 8000000, unit: horses",
        "best: 3000000, unit: drones",
        "best: 110000000, unit: mines",
        "best: 500000000000, unit: euros",
        "best: 9000000000000, unit: rials",
    ],
)
def test_what_wars_have_had_is_not_warned_of(tmp_path: Path, amount: str) -> None:
    valley(tmp_path).plant("record.yaml", "unit: fighters, low: 100, high: 200", amount).write()
    told = _told(tmp_path, "record.yaml")
    assert not [text for text in told if "more than can be meant" in text or "no unit that is known" in text], told


@pytest.mark.parametrize("unit", ["fighters", "tanks", "refugees", "shells", "euros", "bananas"])
def test_digits_beyond_all_wars_are_warned_of(tmp_path: Path, unit: str) -> None:
    valley(tmp_path).plant(
        "record.yaml", "unit: fighters, low: 100, high: 200", f"best: 9{'0' * 17}, unit: {unit}"
    ).write()
    assert any(f"{unit} are more than can be meant" in text for text in _told(tmp_path, "record.yaml"))


@pytest.mark.parametrize(
    ("kind", "ground", "km", "warned"),
    [
        ("city", "", 6.0, False),
        ("city", "", 1.0, True),
        ("town", ", ground: {terrain: urban, built_up_km2: 150, source: a map}", 6.0, False),
        ("town", "", 6.0, True),
    ],
)
def test_a_link_may_begin_at_the_edge_of_a_city(
    tmp_path: Path, kind: str, ground: str, km: float, warned: bool
) -> None:
    town = "kind: town, country: TV, size: major, at: {lat: 1.0"
    valley(tmp_path).plant("map.yaml", "kind: road, km: 12.5", f"kind: road, km: {km:g}").plant(
        "map.yaml", town, town.replace("town", kind).replace("size: major", f"size: major{ground}")
    ).write()
    assert any("km apart or more" in text for text in _told(tmp_path, "map.yaml")) == warned
