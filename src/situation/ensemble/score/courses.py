"""Courses: who holds what when, who clashes and who dies, in each member of a forecast. Model and naive forecasts alike."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from itertools import pairwise

import numpy as np
from attrs import field, frozen

from situation.chance.vectors import Flags, Floats
from situation.dates import DAY, Minute
from situation.ensemble.ensemble import Ensemble
from situation.events import TOGETHER

__all__ = ["Courses", "ScoredTime", "Tenure", "courses_of", "is_holder"]

Tenure = Sequence[tuple[Minute, str | None]]
"""Who holds a place from when on, in order of time; the first from the branch."""


def is_holder(holder: str | None, actor: str | None) -> bool:
    """Whether an actor is the holder, alone or with others; None: nobody holds it."""
    return holder == actor or (holder is not None and actor is not None and actor in holder.split(TOGETHER))


@frozen
class ScoredTime:
    """The time that is scored.

    Args:
        branch: from which all forecasts go on.
        since: the branch, or a later minute. Who holds a place is scored where it is said of a minute after it; all else
            where its interval begins after it.
        end: up to where it is observed.
    """

    branch: Minute
    since: Minute
    end: Minute


@frozen(eq=False)
class Courses:
    """The members of a forecast.

    Args:
        name: of the forecast.
        at: the branch.
        members: how many there are.
        tenures: by place, one for each member; a place that is not named is as `start` has it throughout.
        start: who held each place at the branch, as known then.
        clashes: by pair `one:other`, the minute of the first clash, infinite for never; shape (members,).
        dead: by actor, men killed since the branch by each of `dead_at`; shape (members, times).
        dead_at: minutes, from the branch on.
    """

    name: str
    at: Minute
    members: int
    tenures: Mapping[str, Sequence[Tenure]]
    start: Mapping[str, str | None]
    clashes: Mapping[str, Floats] = field(factory=dict)
    dead: Mapping[str, Floats] = field(factory=dict)
    dead_at: Floats = field(factory=lambda: np.zeros(0))

    def tenures_of(self, place: str) -> Sequence[Tenure]:
        """Who holds a place when, in each member."""
        known = self.tenures.get(place)
        return known if known is not None else [((self.at, self.start.get(place)),)] * self.members

    def holders(self, place: str, minute: Minute) -> list[str | None]:
        """Who holds a place at a minute, in each member."""
        holders = []
        for tenure in self.tenures_of(place):
            holder: str | None = None
            for since, who in tenure:
                if since > minute:
                    break
                holder = who
            holders.append(holder)
        return holders

    def ever_holds(self, place: str, earliest: Minute, latest: Minute, actor: str | None) -> Flags:
        """Whether an actor holds a place at some moment of an interval; shape (members,)."""
        flags = np.zeros(self.members, dtype=bool)
        for member, tenure in enumerate(self.tenures_of(place)):
            for number, (since, who) in enumerate(tenure):
                until = tenure[number + 1][0] if number + 1 < len(tenure) else math.inf
                if since <= latest and until > earliest and is_holder(who, actor):
                    flags[member] = True
                    break
        return flags

    def first(self, place: str, actor: str | None, taken: bool) -> Floats:
        """Days after the branch when an actor first takes a place (or, not `taken`, loses it); shape (members,).

        A member on an account of the record by which it had done so already has it on day 0. Never is infinite.
        """
        days = np.full(self.members, math.inf)
        for member, tenure in enumerate(self.tenures_of(place)):
            for (_, before), (since, who) in pairwise(self._from_start(place, tenure)):
                if is_holder(who, actor) == taken and is_holder(before, actor) != taken:
                    days[member] = (since - self.at) / DAY
                    break
        return days

    def _from_start(self, place: str, tenure: Tenure) -> list[tuple[Minute, str | None]]:
        return [(self.at, self.start.get(place)), *tenure]

    def changes(self, place: str, until: Minute) -> Floats:
        """How often a place has passed from one holder to another by a minute; shape (members,)."""
        counts = np.zeros(self.members)
        for member, tenure in enumerate(self.tenures_of(place)):
            held = [who for since, who in self._from_start(place, tenure) if who is not None and since <= until]
            counts[member] = sum(one != other for one, other in pairwise(held))
        return counts

    def changes_within(self, place: str, time: ScoredTime) -> Floats:
        """How often a place passes from one holder to another in the time scored; shape (members,)."""
        counts = self.changes(place, time.end)
        return counts if time.since == time.branch else counts - self.changes(place, time.since)

    def clash(self, pair: str) -> Floats:
        """Days after the branch when two first clash; shape (members,)."""
        minutes = self.clashes.get(pair)
        return np.full(self.members, math.inf) if minutes is None else (minutes - self.at) / DAY

    def killed(self, actor: str, since: Minute, until: Minute) -> Floats:
        """Men of an actor killed in a period, between two counts in proportion to the time; shape (members,)."""
        counts = self.dead.get(actor)
        if counts is None or not len(self.dead_at):
            return np.zeros(self.members)
        ends = [np.array([np.interp(minute, self.dead_at, row) for row in counts]) for minute in (since, until)]
        men: Floats = np.round(ends[1] - ends[0])
        return men


def courses_of(ensemble: Ensemble, start: Mapping[str, str | None]) -> Courses:
    """The stories of an ensemble that came to their end, as courses.

    Args:
        start: who held each place at the branch, as known then.
    """
    runs = np.flatnonzero(ensemble.ok)
    member = {int(run): number for number, run in enumerate(runs)}
    tenures: dict[str, list[list[tuple[Minute, str | None]]]] = {}
    for run, place, minute, holder in ensemble.holders:
        if run in member:
            tenures.setdefault(place, [[] for _ in runs])[member[run]].append((minute, holder))
    clashes: dict[str, Floats] = {}
    for (pair,), rows in ensemble.clashes.grouped("pair"):
        first = np.full(ensemble.about.runs, math.inf)
        np.minimum.at(first, rows.numbers("run"), rows.numbers("minute").astype(np.float64))
        clashes[str(pair)] = first[runs]
    counted = ensemble.fates.numbers("minute") if len(ensemble.fates) else np.zeros(0, dtype=np.int64)
    minutes = np.unique(np.append(counted, ensemble.about.at))
    dead: dict[str, Floats] = {}
    for (actor,), rows in ensemble.fates.grouped("actor"):
        counts = np.zeros((ensemble.about.runs, len(minutes)))
        counts[rows.numbers("run"), np.searchsorted(minutes, rows.numbers("minute"))] = rows.numbers("killed")
        dead[str(actor)] = np.maximum.accumulate(counts[runs], axis=1)
    times = minutes.astype(np.float64)
    return Courses("model", ensemble.about.at, len(runs), tenures, start, clashes, dead, times)
