"""The stories of an ensemble day by day: places taken, clashes, what the scenario supposes, and the fate of men.

The size of the result does not grow with the number of stories.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np
import numpy.typing as npt

from situation.dates import DAY
from situation.ensemble.ensemble import Ensemble
from situation.ensemble.run_table import grouped_by_block, in_word_order
from situation.ensemble.statistics.shares import paired_difference, share_of
from situation.ensemble.summary import TALLY_FIELDS
from situation.events import EVENTS
from situation.log.given_names import name_in_words
from situation.log.story_words import event_in_words
from situation.testimony.ground import Ground

__all__ = ["clash_courses", "clash_differences", "fate_courses", "given_courses", "takings_by_day"]

_Counts = npt.NDArray[np.int64]
_NEVER = (1 << 31) - 1
"""The day of what never happens: later than any."""
_LOST_FATES = ("killed", "surrendered", "left")
"""The fates from which nobody returns to the ranks."""
_BYTES_AT_ONCE = 1 << 25
"""About the most bytes of men by fate in all stories, for some actors and days."""


def takings_by_day(ensemble: Ensemble) -> dict[str, list[float]]:
    """From an actor to how many places it takes on each day, on average over the stories; day 1 first."""
    count, last = max(1, int(ensemble.ok.sum())), len(ensemble.about.days) - 1
    takings: dict[tuple[str], _Counts] = {}
    for block in ensemble.holders.blocks():
        for (holder,), rows in block.only(block.numbers("minute") > ensemble.about.at).grouped("holder"):
            if holder is not None:
                days = np.minimum(last, -(-(rows.numbers("minute") - ensemble.about.at) // DAY))
                counts = takings.setdefault((holder,), np.zeros(last, dtype=np.int64))
                counts += np.bincount(days - 1, minlength=last)
    return {
        holder: [round(int(number) / count, 4) for number in counts] for (holder,), counts in in_word_order(takings)
    }


def clash_courses(ensemble: Ensemble) -> list[dict[str, Any]]:
    """For each pair of actors who are not enemies, the share of stories that have reached each rung by each day.

    `rungs`: from a rung to rows of day and share, only where it changes; a row holds until the next. `errors`: to the
    lower and the upper end of the counting error (95 %) of each of those shares.
    """
    shared = ensemble.shared_draws(ensemble.ok)
    pairs: dict[str, dict[str, Any]] = {}
    for (pair, rung), days in _reached(ensemble).items():
        rows = _steps_of(days[ensemble.ok], len(ensemble.about.days) - 1)
        shares = [share_of((days[ensemble.ok] <= day).astype(np.float64), shared, 0.0) for day, _ in rows]
        course = pairs.setdefault(pair, {"between": pair.split(":"), "rungs": {}, "errors": {}})
        course["rungs"][rung] = rows
        course["errors"][rung] = [[round(it.low, 4), round(it.high, 4)] for it in shares]
    return sorted(pairs.values(), key=lambda it: (-max(rows[-1][1] for rows in it["rungs"].values()), it["between"]))


def clash_differences(scenario: Ensemble, baseline: Ensemble) -> dict[str, dict[str, list[list[float]]]]:
    """For each pair and rung, scenario less baseline, run by run on the same luck, in parts of the stories.

    Rows of day, difference, and the ends of its interval (95 %), only where it changes; a row holds until the next.
    """
    both, last = scenario.ok & baseline.ok, len(scenario.about.days) - 1
    mine, other = _reached(scenario), _reached(baseline)
    never, shared = np.full(len(both), _NEVER, dtype=np.int32), scenario.shared_draws(both)
    differences: dict[str, dict[str, list[list[float]]]] = {}
    for pair, rung in sorted({*mine, *other}):
        first, second = (days.get((pair, rung), never)[both] for days in (other, mine))
        changed = sorted({0, *(int(day) for day in (*first, *second) if day <= last)})
        rows = []
        for day in changed if both.any() else []:
            difference = paired_difference(
                (first <= day).astype(np.float64), (second <= day).astype(np.float64), shared
            )
            ends = [max(-1.0, difference.low), min(1.0, difference.high)]
            rows.append([day, *(round(value, 4) for value in (difference.mean, *ends))])
        differences.setdefault(pair, {})[rung] = rows
    return differences


def _reached(ensemble: Ensemble) -> dict[tuple[str, str], _Counts]:
    """For each pair and rung the day by which each run has reached it, shape (runs,); `_NEVER` where it does not."""
    last = len(ensemble.about.days) - 1
    reached: dict[tuple[Any, ...], _Counts] = {}
    for key, rows in grouped_by_block(ensemble.clashes, "pair", "rung"):
        days = reached.setdefault(key, np.full(ensemble.about.runs, _NEVER, dtype=np.int32))
        at = np.clip(-(-(rows.numbers("minute") - ensemble.about.at) // DAY), 0, last)
        np.minimum.at(days, rows.numbers("run"), at.astype(np.int32))
    return {(str(pair), str(rung)): days for (pair, rung), days in in_word_order(reached)}


def given_courses(ensemble: Ensemble, as_run: Mapping[str, Any], ground: Ground) -> list[dict[str, Any]]:
    """What the scenario supposes: each event's name, its words, and the share of stories that have seen it by each day."""
    fired: dict[str, _Counts] = {}
    for (given,), rows in grouped_by_block(ensemble.fired, "given"):
        fired[given] = fired.get(given, 0) + _by_day(ensemble, rows.numbers("minute"))
    named = [*as_run["given"], *sorted(name for name in fired if name not in as_run["given"])]
    courses = []
    for name in named:
        given = as_run["given"].get(name)
        words = (
            f'the plan "{name_in_words(name, ground)}" goes ahead'
            if given is None
            else _given_in_words(given["event"], ground)
        )
        courses.append(
            {"given": name, "text": words, "rows": _steps(ensemble, fired.get(name, np.zeros(1, dtype=np.int64)))}
        )
    return courses


def _given_in_words(row: Mapping[str, Any], ground: Ground) -> str:
    """An event of a scenario's `given`, as its file holds it, in words."""
    fields = {name: tuple(value) if isinstance(value, list) else value for name, value in row.items()}
    kind = EVENTS[str(fields.pop("event"))]
    return event_in_words(kind(**fields), ground)


def _by_day(ensemble: Ensemble, minutes: _Counts) -> _Counts:
    """How many of some minutes lie on each day, from day 0 on: up to its end."""
    last = len(ensemble.about.days) - 1
    return np.bincount(np.clip(-(-(minutes - ensemble.about.at) // DAY), 0, last), minlength=last + 1)


def _steps(ensemble: Ensemble, by_day: _Counts) -> list[list[float]]:
    """Rows of day and share of the stories that have seen an event by the day's end, from day 0 on."""
    return _cumulative_shares(by_day, max(1, int(ensemble.ok.sum())))


def _steps_of(days: _Counts, last: int) -> list[list[float]]:
    """The same, from the day by which each story has seen it."""
    return _cumulative_shares(np.bincount(days[days <= last], minlength=last + 1), max(1, len(days)))


def _cumulative_shares(by_day: _Counts, count: int) -> list[list[float]]:
    so_far = np.cumsum(by_day)
    changed = [0, *(day for day in range(1, len(by_day)) if so_far[day] != so_far[day - 1])]
    return [[day, round(int(so_far[day]) / count, 4)] for day in changed]


def fate_courses(ensemble: Ensemble) -> dict[str, Any]:
    """What has become of each side's men: `days`, and in `sides` by actor and fate the mean over the stories on each day.

    Means, because they add up: on every day the fates of a side sum to all who were there at the branch or came since.
    `ranges` holds the middle nine in ten of the stories (`p05` to `p95`), of each fate and of all who are `lost`.
    """
    count = max(1, int(ensemble.ok.sum()))
    totals: dict[str, dict[int, _Counts]] = {}
    for (actor, minute), rows in grouped_by_block(ensemble.fates, "actor", "minute"):
        sums = totals.setdefault(actor, {}).setdefault(minute, np.zeros(len(TALLY_FIELDS), dtype=np.int64))
        sums += [int(rows.numbers(fate).sum(dtype=np.int64)) for fate in TALLY_FIELDS]
    minutes = sorted({minute for by_minute in totals.values() for minute in by_minute})
    none = np.zeros(len(TALLY_FIELDS), dtype=np.int64)
    names = (*TALLY_FIELDS, "lost")
    sides = {}
    ranges: dict[str, dict[str, list[list[int]]]] = {actor: {name: [] for name in names} for actor in sorted(totals)}
    for actor in sorted(totals):
        sums = np.array([totals[actor].get(minute, none) for minute in minutes])
        sides[actor] = {
            fate: [round(float(total) / count, 1) for total in sums[:, at]] for at, fate in enumerate(TALLY_FIELDS)
        }
    for actor, fates in _fates_by_run(ensemble, sorted(totals), minutes):
        lost = sum(fates[TALLY_FIELDS.index(fate)] for fate in _LOST_FATES)
        for name, men in zip(names, (*fates, lost), strict=True):
            ranges[actor][name].append(_nine_in_ten(men[ensemble.ok]))
    return {"days": minutes, "sides": sides, "ranges": ranges}


def _fates_by_run(ensemble: Ensemble, actors: list[str], minutes: list[int]) -> Iterator[tuple[str, _Counts]]:
    """For each actor, and each minute in their order: its men by fate and run, shape (fates, runs)."""
    each = [(actor, minute) for actor in actors for minute in minutes]
    runs = ensemble.about.runs
    at_once = max(1, _BYTES_AT_ONCE // (runs * len(TALLY_FIELDS) * 8))
    for start in range(0, len(each), at_once):
        some = {key: np.zeros((len(TALLY_FIELDS), runs), dtype=np.int64) for key in each[start : start + at_once]}
        for key, rows in grouped_by_block(ensemble.fates, "actor", "minute"):
            if key in some:
                for fate, men in zip(TALLY_FIELDS, some[key], strict=True):
                    men[rows.numbers("run")] = rows.numbers(fate)
        for key in list(some):
            yield key[0], some.pop(key)


def _nine_in_ten(men: _Counts) -> list[int]:
    """The lower and upper end of the middle nine in ten of the stories."""
    if not len(men):
        return [0, 0]
    low, high = np.percentile(men, [5.0, 95.0], method="nearest")
    return [int(low), int(high)]
