"""What befalls the stories of an ensemble day by day: takings, clashes, and what a scenario gives.

What comes out is as large for ten runs as for ten thousand.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import numpy.typing as npt

from situation.clock import DAY
from situation.ensemble.ensemble import Ensemble
from situation.ensemble.statistics.shares import paired_difference, share_of
from situation.ensemble.summary import TALLY_FIELDS
from situation.events import EVENTS
from situation.log.story_words import event_in_words, name_in_words
from situation.testimony.ground import Ground

__all__ = ["clash_courses", "clash_differences", "fate_courses", "given_courses", "takings_by_day"]

Counts = npt.NDArray[np.int64]
NEVER = 1 << 40
"""The day of what never comes: later than any."""
LOST = ("killed", "surrendered", "left")
"""The fates from which nobody comes back into the ranks."""


def takings_by_day(found: Ensemble) -> dict[str, list[float]]:
    """From an actor to how many places it takes on each day, on average over the stories; day 1 first."""
    count, last = max(1, int(found.ok.sum())), len(found.about.days) - 1
    told: dict[str, list[float]] = {}
    for (holder,), rows in found.holders.only(found.holders.numbers("minute") > found.about.at).grouped("holder"):
        if holder is not None:
            days = np.minimum(last, -(-(rows.numbers("minute") - found.about.at) // DAY))
            told[holder] = [round(int(number) / count, 4) for number in np.bincount(days - 1, minlength=last)]
    return told


def clash_courses(found: Ensemble) -> list[dict[str, Any]]:
    """For each two who are no enemies, the share of stories in which they have come to each rung by each day.

    `rungs`: from a rung to rows of day and share, only where it changes; a row holds until the next. `errors`: to the
    lower and the upper end of the counting error (95 %) of each of those shares.
    """
    block, draws = found.block[found.ok], len(np.unique(found.parameter[found.ok]))
    pairs: dict[str, dict[str, Any]] = {}
    for (pair, rung), days in _reached(found).items():
        rows = _steps_of(days[found.ok], len(found.about.days) - 1)
        shares = [share_of((days[found.ok] <= day).astype(np.float64), block, draws, 0.0) for day, _ in rows]
        told = pairs.setdefault(pair, {"between": pair.split(":"), "rungs": {}, "errors": {}})
        told["rungs"][rung] = rows
        told["errors"][rung] = [[round(it.low, 4), round(it.high, 4)] for it in shares]
    return sorted(pairs.values(), key=lambda it: (-max(rows[-1][1] for rows in it["rungs"].values()), it["between"]))


def clash_differences(scenario: Ensemble, baseline: Ensemble) -> dict[str, dict[str, list[list[float]]]]:
    """For each pair and rung, scenario less baseline, run by run on the same luck, in parts of the stories.

    Rows of day, difference, and the ends of its interval (95 %), only where it changes; a row holds until the next.
    """
    both, last = scenario.ok & baseline.ok, len(scenario.about.days) - 1
    mine, other = _reached(scenario), _reached(baseline)
    never = np.full(len(both), NEVER)
    told: dict[str, dict[str, list[list[float]]]] = {}
    for pair, rung in sorted({*mine, *other}):
        first, second = (days.get((pair, rung), never)[both] for days in (other, mine))
        changed = sorted({0, *(int(day) for day in (*first, *second) if day <= last)})
        rows = []
        for day in changed if both.any() else []:
            found = paired_difference(
                (first <= day).astype(np.float64), (second <= day).astype(np.float64), scenario.block[both]
            )
            ends = [max(-1.0, found.low), min(1.0, found.high)]
            rows.append([day, *(round(value, 4) for value in (found.mean, *ends))])
        told.setdefault(pair, {})[rung] = rows
    return told


def _reached(found: Ensemble) -> dict[tuple[str, str], Counts]:
    """For each pair and rung the day by which each run has come to it, shape (runs,); `NEVER` where it does not."""
    last, told = len(found.about.days) - 1, {}
    for (pair, rung), rows in found.clashes.grouped("pair", "rung"):
        days = np.full(found.about.runs, NEVER)
        at = np.clip(-(-(rows.numbers("minute") - found.about.at) // DAY), 0, last)
        np.minimum.at(days, rows.numbers("run"), at)
        told[str(pair), str(rung)] = days
    return told


def given_courses(found: Ensemble, as_run: Mapping[str, Any], ground: Ground) -> list[dict[str, Any]]:
    """What a scenario gives: its name, what it brings about in words, and the share of stories that see it by each day."""
    fired = {given: rows.numbers("minute") for (given,), rows in found.fired.grouped("given")}
    named = [*as_run.get("given", {}), *sorted(name for name in fired if name not in as_run.get("given", {}))]
    told = []
    for name in named:
        given = as_run.get("given", {}).get(name)
        words = f'the plan "{name_in_words(name)}" goes ahead' if given is None else _in_words(given["event"], ground)
        told.append({"given": name, "text": words, "rows": _steps(found, fired.get(name, np.zeros(0, dtype=np.int64)))})
    return told


def _in_words(told: Mapping[str, Any], ground: Ground) -> str:
    """The event of a scenario's `given`, as its file holds it, in words."""
    fields = {name: tuple(value) if isinstance(value, list) else value for name, value in told.items()}
    kind = EVENTS[str(fields.pop("event"))]
    return event_in_words(kind(**fields), ground)


def _steps(found: Ensemble, minutes: Counts) -> list[list[float]]:
    """Rows of day and share of the stories that have seen something by its end, from day 0 on."""
    last = len(found.about.days) - 1
    days = np.clip(-(-(minutes - found.about.at) // DAY), 0, last)
    return _rows(np.bincount(days, minlength=last + 1), max(1, int(found.ok.sum())))


def _steps_of(days: Counts, last: int) -> list[list[float]]:
    """The same from the day by which each story has seen it."""
    return _rows(np.bincount(days[days <= last], minlength=last + 1), max(1, len(days)))


def _rows(by_day: Counts, count: int) -> list[list[float]]:
    so_far = np.cumsum(by_day)
    changed = [0, *(day for day in range(1, len(by_day)) if so_far[day] != so_far[day - 1])]
    return [[day, round(int(so_far[day]) / count, 4)] for day in changed]


def fate_courses(found: Ensemble) -> dict[str, Any]:
    """What has become of all men of each side: `days`, and by actor for each fate the mean over the stories on each.

    Means, since they add up: on every day those of a side come to all who were there at the branch or came since. What
    nine in ten of the stories hold, from `p05` to `p95`, stands beside them in `ranges`: of each fate, and of all who are
    `lost`.
    """
    rows, count = found.fates, max(1, int(found.ok.sum()))
    minutes = np.unique(rows.numbers("minute"))
    told: dict[str, dict[str, list[float]]] = {}
    ranges: dict[str, dict[str, list[list[int]]]] = {}
    for (actor,), mine in rows.grouped("actor"):
        places = np.searchsorted(minutes, mine.numbers("minute"))
        by_run = np.zeros((len(TALLY_FIELDS), found.about.runs, len(minutes)), dtype=np.int64)
        for fate, into in zip(TALLY_FIELDS, by_run, strict=True):
            into[mine.numbers("run"), places] = mine.numbers(fate)
        lost = sum(by_run[TALLY_FIELDS.index(fate)] for fate in LOST)
        ranges[str(actor)] = {
            name: _nine_in_ten(men[found.ok])
            for name, men in zip((*TALLY_FIELDS, "lost"), (*by_run, lost), strict=True)
        }
        told[str(actor)] = {
            fate: [
                round(float(total) / count, 1)
                for total in np.bincount(places, weights=mine.numbers(fate), minlength=len(minutes))
            ]
            for fate in TALLY_FIELDS
        }
    return {
        "days": minutes.tolist(),
        "sides": {actor: told[actor] for actor in sorted(told)},
        "ranges": {actor: ranges[actor] for actor in sorted(ranges)},
    }


def _nine_in_ten(men: Counts) -> list[list[int]]:
    """By day the lower and the upper end of what nine in ten of the stories hold, shape (stories, days)."""
    ends = np.percentile(men, [5.0, 95.0], axis=0, method="nearest") if len(men) else np.zeros((2, men.shape[1]))
    return [[int(low), int(high)] for low, high in ends.T]
