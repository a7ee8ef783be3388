"""Signposts: early events that most change the odds of an answer.

A signpost is something that can be seen by a day soon after the branch: a place taken, a clash that has climbed, a
trigger that has fired. It is weighed by what it says of the answer: for a yes-or-no answer the mutual information in
bits, for a number the part of its variance that it explains. Events that are the answer itself are left out.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence

import numpy as np
import numpy.typing as npt
from attrs import frozen

from situation.chance.vectors import Flags, Floats, Ints
from situation.dates import DAY, Minute

__all__ = ["EarlyEvents", "Signpost", "early_events", "mutual_information", "signposts"]


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
) -> EarlyEvents:
    """Which runs have seen which events by some days after the branch.

    Args:
        at: the branch.
        days: the days after it.
        candidates: events in words, the place or pair of each, and the run and minute of each time that it happened.
        runs: how many runs there are.

    Returns: by event, its place or pair, and day.
    """
    seen = EarlyEvents(runs)
    for event, about, run, minute in candidates:
        for day in days:
            early = run[minute <= at + day * DAY]
            if len(early):
                seen.add((event, about, day), early)
    return seen


class EarlyEvents(Mapping[tuple[str, str, int], Flags]):
    """Which runs have seen which event, its place or pair beside it, by which day: a bit for each run, flags when asked for."""

    def __init__(self, runs: int) -> None:
        self._runs = runs
        self._bits: dict[tuple[str, str, int], npt.NDArray[np.uint8]] = {}
        self._chosen: Flags | Ints | None = None

    def __getitem__(self, key: tuple[str, str, int]) -> Flags:
        flags = np.unpackbits(self._bits[key], count=self._runs).view(bool)
        return flags if self._chosen is None else flags[self._chosen]

    def __iter__(self) -> Iterator[tuple[str, str, int]]:
        return iter(self._bits)

    def __len__(self) -> int:
        return len(self._bits)

    def add(self, key: tuple[str, str, int], runs: Ints) -> None:
        """Some runs have seen an event."""
        bits = self._bits.setdefault(key, np.zeros(-(-self._runs // 8), dtype=np.uint8))
        np.bitwise_or.at(bits, runs // 8, (128 >> (runs % 8)).astype(np.uint8))

    def among(self, chosen: Flags | Ints) -> EarlyEvents:
        """The same of some runs, by a flag for each or by their numbers."""
        some = EarlyEvents(self._runs)
        some._bits, some._chosen = self._bits, chosen
        return some


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
    for event, subject, day in sorted(events):
        if subject in about:
            continue
        seen = events[event, subject, day]
        part = float(seen.mean()) if len(seen) else 0.0
        if not _LEAST_SHARE_SEEN <= part <= 1.0 - _LEAST_SHARE_SEEN:
            continue
        tells = mutual_information(seen, values) if share else _explained(seen, values)
        if tells * len(values) < (_BEYOND_LUCK_SQUARED / (2.0 * math.log(2.0)) if share else _BEYOND_LUCK_SQUARED):
            continue
        post = Signpost(event, day, part, float(values[seen].mean()), float(values[~seen].mean()), tells)
        if event not in best or tells > best[event].tells:
            best[event] = post
    return sorted(best.values(), key=lambda post: (-post.tells, post.event))[:most]
