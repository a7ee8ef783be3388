"""The coverage of a posterior where the truth is known: stories of the Tarn valley, told at numbers drawn from the priors.

One pool of stories serves for all truths. A truth is a story of the pool; its posterior comes of the others, without any story
at its own point, and without any on its own draw of the record.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np

from situation.chance.vectors import Floats
from situation.dates import DAY, Minute
from situation.ensemble.calibrate.matching import CUT, implausibility
from situation.ensemble.calibrate.rejection import distances, nearest, spreads
from situation.ensemble.calibrate.targets import Target, holders_at_branch, simulated_values
from situation.ensemble.calibrate.waves import LEAST_ACCEPTED
from situation.ensemble.calibrate.window import scenario_up_to
from situation.ensemble.chunks import Chunks
from situation.ensemble.score.courses import Courses
from situation.ensemble.sweep.designs import Design, design_of
from situation.ensemble.sweep.points import tell_points
from situation.ensemble.sweep.ranged_numbers import swept_numbers
from tests.unit.valley_stories import scenario_of, valley

__all__ = ["NUMBERS", "STORIES", "Pool", "accepted_for", "pool_of"]

Pool = tuple[Design, Floats]
"""The design, and what its stories say of the targets, shape (points, stories, targets)."""

DAYS, STORIES = 20, 4
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


def pool_of(folder: Path, points: int) -> Pool:
    """Stories of the valley at so many points of a Latin hypercube.

    Args:
        folder: of files that nobody needs afterwards.
    """
    (folder / "valley").mkdir()
    small = valley(folder / "valley").plant("plan.yaml", "rest: {low: 1, best: 2, high: 4", WIDE_REST)
    scenario, record = scenario_of(small)
    short = scenario_up_to(scenario, Minute(scenario.at + DAYS * DAY))
    design = design_of("hypercube", swept_numbers(scenario, NUMBERS), points, seed=3)
    chunks = Chunks(folder / "stories", len(design.points) * STORIES)
    tell_points(short, record, design.points, 3, chunks, 1, kept=("holders", "fates"), own_luck=True)
    start = holders_at_branch(short, record)
    return design, simulated_values(TARGETS, chunks.read(), len(design.points), short.at, start)


def accepted_for(pool: Pool, point: int, story: int) -> Floats:
    """The draws of the posterior, as shares of their ranges, where a story of the pool is the truth, shape (draws, numbers)."""
    design, values = pool
    discrepancy = np.array([target.discrepancy for target in TARGETS])
    observed = values[point, story]
    others = np.delete(np.delete(values, story, axis=1), point, axis=0)
    luck = np.maximum(others.var(axis=1, ddof=1), others.var(axis=1, ddof=1).mean(axis=0)) * (1 + 1 / (STORIES - 1))
    implausible = implausibility(others.mean(axis=1), luck, observed, observed, discrepancy).max(axis=1)
    left = np.flatnonzero(implausible <= CUT)
    told = others[left].reshape(-1, len(TARGETS))
    where = np.repeat(np.delete(design.shares, point, axis=0)[left], STORIES - 1, axis=0)
    at = np.repeat(left, STORIES - 1)
    accepted: Floats = where[nearest(distances(told, observed, observed, spreads(told)), 0.05, LEAST_ACCEPTED, at)]
    return accepted
