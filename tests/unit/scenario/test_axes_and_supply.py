"""What a plan's axes and an actor's supply must say, each fault at its line."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.unit.valley_stories import problems, valley

PUSH = "objectives: [arlen-bridge, dell], start"
NORTH = "north: {position: hasty}"


@pytest.mark.parametrize(
    ("axes", "said"),
    [
        ("[{objectives: [dell], source: ASSUMED}]", "The axis is ASSUMED without a reason."),
        ("[{objectives: [dell], source: ' '}]", "source"),
        ("[{objectives: [], source: T1-01}]", "This axis leads nowhere."),
        ("[{objectives: [dell], source: T1-01}, {objectives: [dell], source: T1-01}]", "'dell' is named twice."),
        ("[{objectives: [dell], forces: [collumn], source: T1-01}]", "'collumn' is not one of the plan's forces."),
        ("[{objectives: [del], source: T1-01}]", "'del'"),
        (
            "[{objectives: [dell], forces: [column], source: T1-01}, {objectives: [arlen], forces: [column], source: T1-01}]",
            "'column' is named twice.",
        ),
    ],
)
def test_an_axis_that_cannot_be_is_told_at_its_line(tmp_path: Path, axes: str, said: str) -> None:
    found = problems(valley(tmp_path).plant("plan.yaml", PUSH, f"axes: {axes}, start"))
    assert any(said in problem for problem in found), found


def test_a_plan_has_objectives_or_axes(tmp_path: Path) -> None:
    both = "axes: [{objectives: [dell], source: T1-01}], " + PUSH
    assert any("and not both" in it for it in problems(valley(tmp_path).plant("plan.yaml", PUSH, both)))


def test_axes_alone_are_enough(tmp_path: Path) -> None:
    axes = "axes: [{objectives: [arlen-bridge], source: T1-01}, {objectives: [dell], source: ASSUMED, reason: two roads}], start"
    assert problems(valley(tmp_path).plant("plan.yaml", PUSH, axes)) == []


@pytest.mark.parametrize(
    ("supply", "said"),
    [
        ("[arlen]", "arlen"),
        ("[{places: [arlen], source: ASSUMED}]", "The supply is ASSUMED without a reason."),
        ("[{places: [arlenn], source: T1-01}]", "arlenn"),
        ("[{places: [arlen], source: T1-01, over: [raod]}]", "There is no kind of link 'raod'."),
        ("[{places: [], source: T1-01}]", "Supply comes from no place."),
        ("[{places: [arlen], source: T1-01, mutual: true}]", "One place has nobody to live on."),
        ("[{places: [arlen, arlen], source: T1-01}]", "'arlen' is named twice."),
    ],
)
def test_a_source_of_supply_that_cannot_be_is_told_at_its_line(tmp_path: Path, supply: str, said: str) -> None:
    found = problems(valley(tmp_path).plant("plan.yaml", NORTH, f"north: {{position: hasty, supply_from: {supply}}}"))
    assert any(said in problem for problem in found), found
