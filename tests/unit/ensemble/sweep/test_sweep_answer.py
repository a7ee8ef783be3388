"""What a sweep answers, and how it is said, of experiments whose outcome is set by hand."""

from __future__ import annotations

import numpy as np
import pytest

from situation.chance.vectors import Floats
from situation.ensemble.sweep.answer import Interest, boxes_answer, sweep_answer
from situation.ensemble.sweep.designs import Design, Method, check_design, design_of
from situation.ensemble.sweep.luck_test import picks
from situation.ensemble.sweep.points import Experiments
from situation.ensemble.sweep.ranged_numbers import swept_numbers
from situation.ensemble.sweep.sweep_words import answer_line, box_lines, effect_lines, interest_line
from situation.errors import Fault, SituationError
from situation.record.record import Record
from situation.scenario import Scenario
from tests.unit.valley_stories import scenario_of, valley

NAMES = ("boats", "rest", "force column")
STORIES = 8


@pytest.fixture(scope="module")
def opened(tmp_path_factory: pytest.TempPathFactory) -> tuple[Scenario, Record]:
    return scenario_of(valley(tmp_path_factory.mktemp("valley")))


def laid_out(scenario: Scenario, method: Method, size: int) -> Design:
    return design_of(method, swept_numbers(scenario, NAMES), size, seed=3)


def experiments(design: Design, failed: int = 0) -> Experiments:
    """Dell falls where the column is large; the camp's men fall with it, hurt by luck; nothing asks for boats."""
    shape = (len(design.points), STORIES)
    column = design.shares[:, NAMES.index("force column")]
    luck = picks(1, "luck", shape[0], STORIES) / STORIES - 0.5
    men = 400.0 - 200.0 * column[:, None] + 20.0 * luck
    dell: Floats = np.broadcast_to((column > 0.6).astype(float)[:, None], shape).copy()
    reasons = [["" for _ in range(STORIES)] for _ in range(shape[0])]
    for story in range(failed):
        reasons[3][story], men[3, story], dell[3, story] = "KeyError: 'x'", np.nan, np.nan
    courses = tuple(tuple(f"{place:.6f}" for _ in range(STORIES)) for place in column.tolist())
    return Experiments(design.points, tuple(map(tuple, reasons)), {"dell": dell, "camp": men}, courses)


def test_what_moves_an_answer_is_said_in_its_unit_and_what_may_be_luck_is_said_to_be_so(
    opened: tuple[Scenario, Record],
) -> None:
    design = laid_out(opened[0], "morris", 8)
    answer = sweep_answer(*opened, design, experiments(design), 4)
    changes = {row["number"]: row["changes"] for row in answer["numbers"]}
    assert changes == {"boats": 0.0, "rest": 0.0, "force column": 1.0}
    camp = answer["questions"][1]
    moving, unclear, none = effect_lines(camp, "morris")
    (number, line) = moving[0]
    assert (len(moving), number, none) == (1, "force column", [])
    assert line.startswith("down, by 17") and "men from its low to its high end (" in line
    assert sorted(unclear) == ["boats", "rest"]
    assert answer_line(camp).endswith(" men (standard error of a point: 2.0 men)")
    dell = answer["questions"][0]
    assert effect_lines(dell, "morris")[2] == ["boats", "rest"]
    assert answer_line(dell).startswith("mean 50 %; points from 0 to 100 %")


def test_shares_of_the_variance_are_said_with_their_intervals(opened: tuple[Scenario, Record]) -> None:
    design = laid_out(opened[0], "sobol", 128)
    answer = sweep_answer(*opened, design, experiments(design), 4)
    effect = answer["questions"][1]["effects"][0]
    assert list(effect) == ["number", "says", "total", "total_interval", "luck", "first", "first_interval"]
    (moving,) = effect_lines(answer["questions"][1], "sobol")[0]
    assert moving[0] == "force column" and " of the variance (" in moving[1] and " by itself (" in moving[1]
    wide = {**effect, "total_interval": [0.1, 1.9]}
    line = effect_lines({"unit": "men", "effects": [wide]}, "sobol")[0][0][1]
    assert line == "how much of the variance cannot be said (0.10 to 1.90): give more points"


def test_a_story_that_failed_somewhere_counts_nowhere(opened: tuple[Scenario, Record]) -> None:
    design = laid_out(opened[0], "morris", 4)
    answer = sweep_answer(*opened, design, experiments(design, failed=2), 4)
    assert (answer["stories"], answer["left_out"]) == (STORIES, 2)
    assert all(question["mean"] is not None for question in answer["questions"])
    with pytest.raises(SituationError, match=r"No story came to its end at every point.*KeyError: 'x'"):
        sweep_answer(*opened, design, experiments(design, failed=STORIES), 4)


def test_a_box_is_told_with_its_ranges_its_fit_and_the_other_half(opened: tuple[Scenario, Record]) -> None:
    scenario, _ = opened
    design = laid_out(scenario, "hypercube", 60)
    answer = boxes_answer(scenario, design, experiments(design), Interest("dell"))
    assert interest_line(answer) == f"of interest: yes, in {answer['of_interest']:.0%} of all stories".replace(
        "%", " %"
    )
    (box,) = answer["boxes"]
    assert [it["number"] for it in box["restrictions"]] == ["force column"] and box["holds"]
    lines = box_lines(box)
    assert (
        lines[0].startswith("force column above 2")
        and "troops  (by luck: <0.001; on the other half <0.001)" in lines[0]
    )
    assert lines[1].startswith("where it was found: density 100 % (everywhere 40 %), coverage 100 %, ")
    assert len(lines) == 3 and lines[2].startswith("on the other half: density ")
    assert list(box["path"][0]) == ["points", "coverage", "density", "restricted", "limits"]
    assert "take it for luck" in box_lines({**box, "holds": False})[-1]
    few = boxes_answer(scenario, design, experiments(design), Interest("camp", below=250.0))
    assert interest_line(few).startswith("of interest: below 250 men, in ")
    assert [it["number"] for it in few["boxes"][0]["restrictions"]] == ["force column"]


def test_what_is_of_interest_is_asked_for_before_stories_are_told(opened: tuple[Scenario, Record]) -> None:
    for interest, says in (
        (Interest("camp"), "not with yes or no"),
        (Interest("dell", 0.0, 1.0), "Leave one away"),
        (Interest("del"), "Did you mean 'dell'"),
    ):
        with pytest.raises(Fault, match=says):
            interest.check(opened[0])


def test_the_cost_of_a_sweep_is_bounded() -> None:
    check_design("sobol", 8, 128, 16)
    for method, size, stories in (("morris", 10**6, 16), ("sobol", 1 << 20, 16), ("hypercube", 10**6, 16)):
        with pytest.raises(Fault, match="more than 2,000,000 stories"):
            check_design(method, 80, size, stories)  # type: ignore[arg-type]
