"""Forces and those who are asked of: how many men there may be, where they may stand, and who has any."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.unit.small import Small
from tests.unit.valley_stories import problems, valley

ENVOYS = "  - {id: envoys, name: the envoys, kind: group}\n"
SOUTH = "{actor: south, at: corve, low: 400, best: 500, high: 600, unit: troops,"


def told(small: Small, at: str, said: str) -> None:
    """One problem, at a line, that says something."""
    found = problems(small)
    line = small.at("plan.yaml", at).split(":")[1]
    assert [problem.startswith(f"plan.yaml:{line}:") and said in problem for problem in found] == [True], found


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        (SOUTH, "{actor: south, at: corve, value: 3000000000, unit: troops,",
         "'south-garrison' is 3,000,000,000, and must be at most 100,000,000."),
        (SOUTH, "{actor: south, at: corve, low: 400, best: 500, high: 200000000, unit: troops,",
         "'south-garrison' is 200,000,000, and must be at most 100,000,000."),
        (f"south-garrison:\n    {SOUTH}",
         "south-garrison:\n    {actor: south, at: corve, low: 1, best: 10, high: 90000000, unit: troops,",
         "'south-garrison' may be drawn as"),
        ("rebels: {low: 900, best: 1000, high: 1200,", "rebels: {value: 100000001,", "must be at most 100,000,000."),
        ("  guns:", "  men: {event: {event: ForceRaised, force: men, actor: north, place: arlen, number: 3000000000},"
         " at: 2020-03-20}\n  guns:", "3000000000 are too many men: a force is at most 100,000,000. Raise fewer."),
        ("  guns:", "  men: {event: {event: ForceRaised, force: men, actor: north, place: arlen, number: 1,"
         " hidden: 3000000000}, at: 2020-03-20}\n  guns:", "3000000000 are too many men"),
    ],
)  # fmt: skip
def test_more_men_than_can_be_counted_are_refused(tmp_path: Path, old: str, new: str, said: str) -> None:
    told(valley(tmp_path).plant("plan.yaml", old, new), new.partition("\n")[0].strip(), said)


@pytest.mark.parametrize("at", ["corve", "[corve]", "{corve: 1}"])
def test_a_field_force_on_a_strangers_ground_is_told_however_it_is_written(tmp_path: Path, at: str) -> None:
    small = valley(tmp_path).plant("plan.yaml", "at: arlen, kind: field,", f"at: {at}, kind: field,")
    told(small, f"at: {at}, kind", "'column' stands in corve, which south holds, and north may not fight for it.")


def test_a_place_is_named_once(tmp_path: Path) -> None:
    small = valley(tmp_path).plant("plan.yaml", "[corve-mill, corve-dock]", "[corve-mill, corve-dock, corve-mill]")
    told(small, "corve-mill]", "'corve-mill' is named twice. Name each place once.")


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("forces: {south-garison: null}", "There is no 'south-garison' under 'forces' to take out. Did you mean"),
        ("questions: {fleet: null}", "There is no 'fleet' under 'questions' to take out. Leave the line out."),
    ],
)
def test_only_what_is_there_can_be_taken_out(tmp_path: Path, line: str, said: str) -> None:
    small = valley(tmp_path)
    small.add("late.yaml", f"scenario: late\ntitle: Late\nabout: Later.\nextends: plan\n{line}\n")
    found = problems(small, "late.yaml")
    assert [problem.startswith("late.yaml:5:") and said in problem for problem in found] == [True], found


def test_nothing_is_taken_out_of_a_scenario_that_could_not_be_read(tmp_path: Path) -> None:
    small = valley(tmp_path)
    small.add("late.yaml", "scenario: late\ntitle: Late\nabout: L.\nextends: pla\nforces: {column: null}\n")
    assert ["There is no scenario 'pla'." in problem for problem in problems(small, "late.yaml")] == [True]


def test_a_plan_takes_nothing_for_an_enemy(tmp_path: Path) -> None:
    small = valley(tmp_path).plant("plan.yaml", "start: rest,", "start: rest, holds_for: rebels,")
    told(small, "holds_for", "north and rebels are enemies at the branch: the one takes no place for the other.")
    (tmp_path / "b").mkdir()
    friend = valley(tmp_path / "b").plant("plan.yaml", "start: rest,", "start: rest, holds_for: south,")
    assert problems(friend) == []


@pytest.mark.parametrize("ask", ["clash", "days until"])
def test_who_has_no_men_never_clashes(tmp_path: Path, ask: str) -> None:
    small = valley(tmp_path).plant("map.yaml", "  - {id: rebels,", f"{ENVOYS}  - {{id: rebels,")
    small.plant("map.yaml", "    rebels: {post", "    envoys: {posture: holds, assumed: so be it}\n    rebels: {post")
    small.plant("plan.yaml", "questions:\n", f"questions:\n  war: {{ask: {ask}, between: [north, envoys]}}\n")
    told(
        small,
        "between: [north, envoys]",
        "'envoys' has no men in these stories. Give it a force, or ask of another. These have: north, rebels, south.",
    )


@pytest.mark.parametrize("between", ["[north, north]", "[north, north-guard]"])
def test_one_side_never_clashes(tmp_path: Path, between: str) -> None:
    question = f"questions:\n  war: {{ask: clash, between: {between}}}\n"
    assert problems(valley(tmp_path).plant("plan.yaml", "questions:\n", question))
