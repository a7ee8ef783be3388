"""Everything that is wrong with a situation and its scenarios is told in one round, and nothing because of something else."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from situation.commands.cli import main
from tests.unit.small import Small
from tests.unit.valley_stories import problems, valley, valley_home


def told(small: Small) -> list[str]:
    """What `situation check` tells of the valley's folder."""
    answer = CliRunner().invoke(main, ["check", str(small.write().folder), "--json"])
    found: dict[str, Any] = json.loads(answer.stdout)
    return [
        f"{Path(one['file']).name}:{one['line']}: {one['fact']} {one['advice']}".rstrip()
        for one in found["situations"][0]["problems"]
    ]


def facts(small: Small) -> list[str]:
    return [problem.split(": ", 1)[1] for problem in problems(small)]


def test_a_fault_of_form_hides_no_other_fault(tmp_path: Path) -> None:
    """An entry that cannot be read, a branch nowhere, a horizon without a unit, and every kind of fault beside them."""
    small = valley(tmp_path)
    for old, new in (
        ("at: 2020-03-12, known_at: 2020-03-31}", "at: 2031-03-12, belief: hope}"),
        ("horizon: 60 d", "horizon: 60"),
        ("{actor: north, at: arlen, kind: field,", "{actor: north, at: arlen, kind: field, spped: 3,"),
        ("rest: {low: 1,", "rest: {low: 5,"),
        ("doctrine: hold}\n", "doctrine: hide}\n"),
        ("{event: AirSupportGiven, actor: south, toward: north, level: some}", "{event: Captured, place: dell, by: [north]}"),
        ("questions:\n", "questions:\n  when: {ask: captured, place: dell, by: south-foot, at: 2020-04-01}\n"),
    ):  # fmt: skip
        small.plant("plan.yaml", old, new)
    found = facts(small)
    assert [fact.partition(".")[0].partition(". ")[0] for fact in found] == [
        "The branch lies outside the record, 2020-03-01 to 2020-03-31",
        "There is no belief 'hope'",
        "'60' is no duration",
        "A force has no key 'spped'",
        "There is no doctrine 'hide'",
        "Captured cannot be given",
        "The number 'rest' is out of order: low 5, best 2, high 4",
        "'south-foot' is a unit",
    ]
    assert "Write a whole number and a unit: '90 min', '2 h' or '60 d'." in found[2]


def test_held_places_without_a_force_are_told_beside_other_faults(tmp_path: Path) -> None:
    small = valley(tmp_path)
    small.plant("plan.yaml", "{dell: 0.6, arlen-bridge: 0.4}", "dell")
    small.plant("plan.yaml", "doctrine: advance", "doctrine: advence")
    assert len(facts(small)) == 2


@pytest.mark.parametrize(("old", "new"), [("at: 2020-03-12,", "at: 2021-03-12,"), ("horizon: 60 d", "horizon: 0 d")])
def test_a_branch_or_horizon_that_is_none_calls_no_other_problem_forth(tmp_path: Path, old: str, new: str) -> None:
    assert len(facts(valley(tmp_path).plant("plan.yaml", old, new))) == 1


def test_what_a_faulty_entry_is_called_is_known_all_the_same(tmp_path: Path) -> None:
    """The child's column has a key too many: the plan of the parent that orders it is right."""
    small = valley(tmp_path).add(
        "late.yaml",
        "scenario: late\ntitle: Late\nabout: Later.\nextends: plan\nforces:\n"
        "  column: {actor: north, at: arlen, kind: field, value: 9, speed: 3, unit: troops, source: x}\n",
    )
    assert problems(small, "late.yaml") == [
        "late.yaml:6:60: A force has no key 'speed'. "
        "Its keys are: unit, source, reason, value, low, best, high, family, actor, at, kind."
    ]


@pytest.mark.parametrize("word", [".nan", "010"])
def test_a_word_that_yaml_reads_oddly_is_told_once(tmp_path: Path, word: str) -> None:
    found = facts(valley(tmp_path).plant("plan.yaml", "value: 300", f"value: {word}"))
    assert [f"readers do not agree on what '{word}' means" in fact for fact in found] == [True]


def test_faults_of_map_record_and_scenario_are_told_in_one_round(tmp_path: Path) -> None:
    small = valley(tmp_path)
    small.plant("map.yaml", "arlen, dell], kind: road", "arlen, dell], kind: raod")
    small.plant("record.yaml", "source: courier\n    origin: wire", "source: currier\n    origin: wire")
    small.plant("plan.yaml", "doctrine: advance,", "doctrin: advance,")
    small.plant("plan.yaml", "[arlen-bridge, dell]", "[arlen-brigde, dell]")
    line = small.at("plan.yaml", "doctrin:").split(":")[1]
    found = told(small)
    assert "There is no kind of link 'raod'. Did you mean 'road'?" in found[0]
    assert "There is no source 'currier'. Did you mean 'courier'?" in found[1]
    assert f"plan.yaml:{line}: A plan has no key 'doctrin'. Did you mean 'doctrine'?" in found
    assert f"plan.yaml:{line}: There is no place 'arlen-brigde'. Did you mean 'arlen-bridge'?" in found
    assert len(found) == 5


def test_a_scenario_is_held_against_the_map_where_only_the_record_is_wrong(tmp_path: Path) -> None:
    small = valley(tmp_path)
    small.plant("record.yaml", "source: courier\n    origin: wire", "source: currier\n    origin: wire")
    small.plant("plan.yaml", "doctrine: advance", "doctrine: advence")
    small.plant("plan.yaml", "horizon: 60 d", "horizon: 0 d")
    assert [problem.partition(":")[0] for problem in told(small)] == ["record.yaml", "plan.yaml", "plan.yaml"]


def test_a_record_without_background_does_not_say_that_it_was_left_out(tmp_path: Path) -> None:
    folder = valley_home(tmp_path) / "scenarios" / "tarn-valley"
    answer = " ".join(CliRunner().invoke(main, ["check", str(folder)]).stdout.split())
    assert answer.endswith("7 claims of record, 1 scenario. No problems.")
