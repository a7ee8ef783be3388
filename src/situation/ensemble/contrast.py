"""What most distinguishes the stories of an ensemble in which a cell has some value from those in which it has not."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from situation.chance.vectors import Floats, Ints
from situation.dates import DAY, Minute
from situation.ensemble.design import index_of, sample_evenly
from situation.ensemble.ensemble import Ensemble
from situation.ensemble.record_draws import RecordDraws
from situation.ensemble.run_table import signpost_candidates
from situation.ensemble.sensitivity import round_finite
from situation.ensemble.statistics.signposts import early_events, signposts
from situation.ensemble.statistics.spread import influences
from situation.scenario.conditions import cell_value

__all__ = ["MOST_RETOLD_STORIES", "contrast"]

MOST_RETOLD_STORIES = 96
"""Stories simulated again at most, for a cell that an ensemble does not keep."""
_SIGNPOST_DAYS = (7, 14, 30, 60)
"""Days after the branch by which an early event is looked for."""


def contrast(
    ensemble: Ensemble,
    record_draws: RecordDraws,
    cell: str,
    value: Any,
    at: Minute,
    most: int = 5,
    finished: Callable[[int], None] = lambda stories: None,
) -> dict[str, Any] | None:
    """What distinguishes the stories in which a cell is as in one story; None where the value cannot be compared.

    Who holds a place is kept for every story. For other cells some stories are simulated again, evenly spread. A word
    is as here where it is the same; a number, where it lies on the same side of the median of those that have one.

    Args:
        record_draws: simulates the stories of the ensemble.
        cell, value, at: the cell as one story has it at a minute.
        most: how many numbers, and how many events, at most.
        finished: called with 1 for each story simulated again.
    """
    if not ensemble.ok.any() or not isinstance(value, str | int | float | bool | None):
        return None
    subject, _, attribute = cell.rpartition(".")
    kept = attribute == "holder" and subject in record_draws.record.ground.places
    runs = np.flatnonzero(ensemble.ok)
    values: list[Any] = []
    if kept:
        holders = ensemble.held(subject, at)
        values = [holders[run] for run in runs]
    else:
        runs = sample_evenly(runs, MOST_RETOLD_STORIES)
        for run in runs:
            values.append(cell_value(record_draws.tell(index_of(int(run)), at).state(at), cell))
            finished(1)
    median: float | None = None
    if isinstance(value, int | float) and not isinstance(value, bool):
        median = float(np.median([float(it) for it in values if it is not None]))
        same = np.array([it is not None and (it > median) == (value > median) for it in values], dtype=np.float64)
    else:
        same = np.array([it == value for it in values], dtype=np.float64)
    about = frozenset({subject, ":".join(sorted(subject.split(":")))})
    return {
        "share": round_finite(same.mean()),
        "runs": len(runs),
        "retold": 0 if kept else len(runs),
        "median": median,
        "numbers": _numbers(ensemble, runs, same, most),
        "events": _events(ensemble, runs, same, about, at, most),
    }


def _numbers(ensemble: Ensemble, runs: Ints, same: Floats, most: int) -> list[dict[str, Any]]:
    """The drawn numbers and forces that explain most of whether the cell is as here, in some runs."""
    influential = [
        *influences(same, ensemble.parameter[runs], ensemble.numbers.column, tuple(sorted(ensemble.numbers.names))),
        *influences(same, ensemble.record[runs], ensemble.forces.column, tuple(sorted(ensemble.forces.names))),
    ]
    return [
        {"number": it.name} | {key: round_finite(getattr(it, key)) for key in ("low", "high", "explains")}
        for it in sorted(influential, key=lambda it: (-it.explains, it.name))
        if it.beyond_luck
    ][:most]


def _events(
    ensemble: Ensemble, runs: Ints, same: Floats, about: frozenset[str], at: Minute, most: int
) -> list[dict[str, Any]]:
    """The early events that say most of whether the cell is as here, in some runs."""
    branch = ensemble.about.at
    days = [day for day in _SIGNPOST_DAYS if branch + day * DAY <= at] or [1]
    candidates = signpost_candidates(ensemble.holders, ensemble.clashes, ensemble.fired, branch)
    events = early_events(branch, days, candidates, ensemble.about.runs)
    posts = signposts(same, True, events.among(runs), about, most)
    return [
        {
            "event": post.event,
            "by_day": post.by_day,
            "where_seen": round_finite(post.where_seen),
            "where_not": round_finite(post.where_not),
        }
        for post in posts
    ]
