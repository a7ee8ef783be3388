"""Signposts: early events that most change the odds of an answer.

A signpost is something that can be seen by a day soon after the branch: a place taken, a clash that has climbed, a
trigger that has fired. It is weighed by what it says of the answer: for a yes-or-no answer the mutual information in
bits, for a number the part of its variance that it explains. Events that are the answer itself are left out.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence

import numpy as np
from attrs import frozen

from situation.chance.vectors import Flags, Floats, Ints
from situation.dates import DAY, Minute

__all__ = ["Signpost", "early_events", "mutual_information", "signposts"]


_LEAST_SHARE_SEEN = 0.05
"""The least share of runs in which a signpost is seen, and not seen; ASSUMED: rarer ones cannot be told from luck."""

_BEYOND_LUCK_SQUARED = 3.3**2
"""The square of the standard errors beyond which an event is listed: with so many candidates, two would not do."""


@frozen
class Signpost:
    """An early event: the share of runs that see it, and the mean answer where it is seen and where it is not.

    Args:
        tells: what it says of the answer, in bits or as a part of its variance.
    """

    event: str
    by_day: int
    seen: float
    where_seen: float
    where_not: float
    tells: float


def early_events(
    at: Minute, days: Sequence[int], candidates: Iterable[tuple[str, str, Ints, Ints]], runs: int
) -> dict[tuple[str, str, int], Flags]:
    """Which runs have seen which events by some days after the branch.

    Args:
        at: the branch.
        days: the days after it.
        candidates: events in words, the place or pair of each, and the run and minute of each time that it happened.
        runs: how many runs there are.

    Returns: from (event, its place or pair, day) to flags of shape (runs,).
    """
    flags: dict[tuple[str, str, int], Flags] = {}
    for event, about, run, minute in candidates:
        for day in days:
            early = run[minute <= at + day * DAY]
            if len(early):
                flags.setdefault((event, about, day), np.zeros(runs, dtype=bool))[early] = True
    return flags


def mutual_information(seen: Flags, answer: Floats) -> float:
    """Mutual information of two yes-or-no variables, in bits, 0 to 1. Source: Shannon 1948."""
    total = 0.0
    for one in (False, True):
        for other in (False, True):
            both = float(((seen == one) & ((answer > 0.5) == other)).mean())
            alone = float((seen == one).mean()) * float(((answer > 0.5) == other).mean())
            if both > 0.0:
                total += both * math.log2(both / alone)
    return max(0.0, total)


def _explained(seen: Flags, values: Floats) -> float:
    variance = float(values.var())
    if variance == 0.0:
        return 0.0
    part = float(seen.mean())
    return part * (1.0 - part) * float(values[seen].mean() - values[~seen].mean()) ** 2 / variance


def signposts(
    values: Floats, share: bool, events: Mapping[tuple[str, str, int], Flags], about: frozenset[str], most: int = 5
) -> list[Signpost]:
    """The early events that say most of an answer, the best first; each event once, at its best day.

    Args:
        values: shape (runs,), finite.
        share: whether the answer is yes or no.
        events: from (event, its place or pair, day) to flags of shape (runs,).
        about: the places and pairs that the answer is itself about: events there are left out.
        most: how many at most.
    """
    best: dict[str, Signpost] = {}
    for (event, subject, day), seen in sorted(events.items(), key=lambda item: item[0]):
        part = float(seen.mean()) if len(seen) else 0.0
        if subject in about or not _LEAST_SHARE_SEEN <= part <= 1.0 - _LEAST_SHARE_SEEN:
            continue
        tells = mutual_information(seen, values) if share else _explained(seen, values)
        if tells * len(values) < (_BEYOND_LUCK_SQUARED / (2.0 * math.log(2.0)) if share else _BEYOND_LUCK_SQUARED):
            continue
        post = Signpost(event, day, part, float(values[seen].mean()), float(values[~seen].mean()), tells)
        if event not in best or tells > best[event].tells:
            best[event] = post
    return sorted(best.values(), key=lambda post: (-post.tells, post.event))[:most]
