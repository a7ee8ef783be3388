"""What befalls the stories of an ensemble day by day: takings, clashes, and what a scenario gives.

What comes out is as large for ten runs as for ten thousand.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import numpy.typing as npt

from situation.clock import DAY
from situation.ensemble.columns import Ensemble
from situation.ensemble.folded import FATES
from situation.events import EVENTS
from situation.ground import Ground
from situation.story_words import event_in_words, spelled

__all__ = ["clash_courses", "fate_courses", "given_courses", "takings_by_day"]

Counts = npt.NDArray[np.int64]


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

    `rungs`: from a rung to rows of day and share, only where it changes; a row holds until the next.
    """
    pairs: dict[str, dict[str, list[list[float]]]] = {}
    for (pair, rung), rows in found.clashes.grouped("pair", "rung"):
        pairs.setdefault(pair, {})[str(rung)] = _steps(found, rows.numbers("minute"))
    told = [{"between": pair.split(":"), "rungs": rungs} for pair, rungs in pairs.items()]
    return sorted(told, key=lambda it: (-max(rows[-1][1] for rows in it["rungs"].values()), it["between"]))


def given_courses(found: Ensemble, as_run: Mapping[str, Any], ground: Ground) -> list[dict[str, Any]]:
    """What a scenario gives: its name, what it brings about in words, and the share of stories that see it by each day."""
    fired = {given: rows.numbers("minute") for (given,), rows in found.fired.grouped("given")}
    named = [*as_run.get("given", {}), *sorted(name for name in fired if name not in as_run.get("given", {}))]
    told = []
    for name in named:
        given = as_run.get("given", {}).get(name)
        words = f'the plan "{spelled(name)}" goes ahead' if given is None else _in_words(given["event"], ground)
        told.append({"given": name, "text": words, "rows": _steps(found, fired.get(name, np.zeros(0, dtype=np.int64)))})
    return told


def _in_words(told: Mapping[str, Any], ground: Ground) -> str:
    """The event of a scenario's `given`, as its file holds it, in words."""
    fields = {name: tuple(value) if isinstance(value, list) else value for name, value in told.items()}
    kind = EVENTS[str(fields.pop("event"))]
    return event_in_words(kind(**fields), ground)


def _steps(found: Ensemble, minutes: Counts) -> list[list[float]]:
    """Rows of day and share of the stories that have seen something by its end, from day 0 on."""
    count, last = max(1, int(found.ok.sum())), len(found.about.days) - 1
    day = np.clip(-(-(minutes - found.about.at) // DAY), 0, last)
    days = np.bincount(day, minlength=last + 1)
    so_far = np.cumsum(days)
    changed = [0, *(day for day in range(1, len(days)) if so_far[day] != so_far[day - 1])]
    return [[day, round(int(so_far[day]) / count, 4)] for day in changed]


def fate_courses(found: Ensemble) -> dict[str, Any]:
    """What has become of all men of each side: `days`, and by actor for each fate the mean over the stories on each.

    Means, since they add up: on every day those of a side come to all who were there at the branch or came since.
    """
    rows, count = found.fates, max(1, int(found.ok.sum()))
    minutes = np.unique(rows.numbers("minute"))
    told: dict[str, dict[str, list[float]]] = {}
    for (actor,), mine in rows.grouped("actor"):
        places = np.searchsorted(minutes, mine.numbers("minute"))
        told[str(actor)] = {
            fate: [
                round(float(total) / count, 1)
                for total in np.bincount(places, weights=mine.numbers(fate), minlength=len(minutes))
            ]
            for fate in FATES
        }
    return {"days": minutes.tolist(), "sides": {actor: told[actor] for actor in sorted(told)}}
