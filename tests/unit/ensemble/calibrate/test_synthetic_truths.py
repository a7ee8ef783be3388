"""The coverage of a posterior where the truth is known: stories of the Tarn valley, told at numbers drawn from the priors.

One pool of stories serves for all truths. A truth is a story of the pool; its posterior comes of the others, without any story
at its own point, and without any on its own draw of the record.
"""

from __future__ import annotations

import numpy as np
import pytest

from situation.chance.vectors import Floats
from situation.dates import DAY, Minute
from situation.ensemble.calibrate.matching import CUT, implausibility
from situation.ensemble.calibrate.rejection import distances, interval_of, nearest, spreads, widths_against_prior
from situation.ensemble.calibrate.targets import Target, holders_at_branch, simulated_values
from situation.ensemble.calibrate.waves import LEAST_ACCEPTED
from situation.ensemble.calibrate.window import scenario_up_to
from situation.ensemble.chunks import Chunks
from situation.ensemble.score.courses import Courses
from situation.ensemble.sweep.designs import Design, design_of
from situation.ensemble.sweep.points import tell_points
from situation.ensemble.sweep.ranged_numbers import swept_numbers
from tests.unit.valley_stories import scenario_of, valley

DAYS, STORIES, TRUTHS = 20, 4, 20
WIDE_REST = "rest: {low: 1, best: 4, high: 14"
"""A number on which the dates hang plainly: after how many days the North sets out."""
NUMBERS = ("rest", "column", "quality")


def _first(place: str) -> Target:
    def days(courses: Courses) -> Floats:
        return np.minimum(courses.first(place, courses.start[place], taken=False), float(DAYS))

    return Target("captures", place, 0.0, 0.0, days)


def _order(one: str, other: str) -> Target:
    def so(courses: Courses) -> Floats:
        days = [courses.first(place, courses.start[place], taken=False) for place in (one, other)]
        return (days[0] < days[1]).astype(np.float64)

    return Target("order", f"{one} before {other}", 0.0, 0.0, so)


def _changes(place: str) -> Target:
    def count(courses: Courses) -> Floats:
        return courses.changes(place, Minute(courses.at + DAYS * DAY))

    return Target("changes_of_hands", place, 0.0, 0.0, count)


def _ratio(one: str, other: str) -> Target:
    def ratio(courses: Courses) -> Floats:
        end = Minute(courses.at + DAYS * DAY)
        killed = [courses.killed(actor, courses.at, end) for actor in (one, other)]
        return np.log((killed[0] + 0.5) / (killed[1] + 0.5))

    return Target("loss_ratios", f"{one} for each of {other}", 0.0, 0.0, ratio)


TARGETS = (
    *(_first("arlen-bridge"), _first("dell"), _order("arlen-bridge", "dell")),
    *(_changes("arlen-bridge"), _changes("dell"), _ratio("north", "rebels")),
)


@pytest.fixture(scope="module")
def pool(tmp_path_factory: pytest.TempPathFactory) -> tuple[Design, Floats]:
    """The design, and what its stories say of the targets, shape (points, stories, targets)."""
    folder = tmp_path_factory.mktemp("pool")
    scenario, record = scenario_of(
        valley(tmp_path_factory.mktemp("valley")).plant("plan.yaml", "rest: {low: 1, best: 2, high: 4", WIDE_REST)
    )
    short = scenario_up_to(scenario, Minute(scenario.at + DAYS * DAY))
    design = design_of("hypercube", swept_numbers(scenario, NUMBERS), 90, seed=3)
    chunks = Chunks(folder / "stories", len(design.points) * STORIES)
    tell_points(short, record, design.points, 3, chunks, 1, kept=("holders", "fates"), own_luck=True)
    start = holders_at_branch(short, record)
    return design, simulated_values(TARGETS, chunks.read(), len(design.points), short.at, start)


@pytest.mark.long
def test_the_90_percent_posteriors_of_20_synthetic_truths_cover_at_least_16(pool: tuple[Design, Floats]) -> None:
    design, values = pool
    shares, discrepancy = design.shares, np.array([target.discrepancy for target in TARGETS])
    covered, widths = np.zeros(len(NUMBERS)), []
    for truth in range(TRUTHS):
        point, story = 9 * truth, truth % STORIES  # of the design, which draws from the priors by address
        observed = values[point, story]
        others = np.delete(np.delete(values, story, axis=1), point, axis=0)
        luck = np.maximum(others.var(axis=1, ddof=1), others.var(axis=1, ddof=1).mean(axis=0)) * (1 + 1 / (STORIES - 1))
        implausible = implausibility(others.mean(axis=1), luck, observed, observed, discrepancy).max(axis=1)
        left = np.flatnonzero(implausible <= CUT)
        told = others[left].reshape(-1, len(TARGETS))
        where = np.repeat(np.delete(shares, point, axis=0)[left], STORIES - 1, axis=0)
        at = np.repeat(left, STORIES - 1)
        accepted = where[nearest(distances(told, observed, observed, spreads(told)), 0.05, LEAST_ACCEPTED, at)]
        low, _, high = interval_of(accepted)
        covered += (low <= shares[point]) & (shares[point] <= high)
        widths.append(widths_against_prior(accepted))
    assert (covered >= 16).all(), dict(zip(design.priors, covered.tolist(), strict=True))
    told_of_rest = np.mean(widths, axis=0)[list(design.priors).index("rest")]
    assert told_of_rest < 0.9  # and not by telling nothing
