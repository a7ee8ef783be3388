"""What a calibration compares: capture dates, their order, changes of hands and loss ratios; by stories and by the record.

What the record gives as an interval is compared as one. A date that the window's end cuts off counts as the end of the
window, in the stories and in the record alike.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping
from itertools import combinations
from typing import Final, NamedTuple

import numpy as np
from attrs import frozen

from situation.chance.vectors import Floats
from situation.dates import DAY, Minute
from situation.ensemble.score.courses import Courses, ScoredTime
from situation.ensemble.score.items import Item, items_of
from situation.ensemble.score.observed import Dead, observe
from situation.ensemble.summary import TALLY_FIELDS, StorySummary
from situation.errors import Fault, near_miss
from situation.log.state import occupant
from situation.record.record import Record
from situation.scenario import Scenario
from situation.scenario.branch import branch_state

__all__ = [
    "TARGET_KINDS",
    "Target",
    "TargetKind",
    "holders_at_branch",
    "simulated_values",
    "targets_of",
    "without_places",
]

_KILLED = 2 + TALLY_FIELDS.index("killed")


class TargetKind(NamedTuple):
    """A kind of what is compared.

    Args:
        unit: of its values.
        discrepancy: how far the model may be off even with the right numbers, as a standard deviation in that unit.
        reason: why so far. All are ASSUMED.
    """

    unit: str
    discrepancy: float
    reason: str


TARGET_KINDS: Final[Mapping[str, TargetKind]] = {
    "captures": TargetKind("days", 1.0, "the stories move and fight day by day, so a date may be off by one"),
    "order": TargetKind("share", 0.1, "one order in ten may hang on what no story has"),
    "changes_of_hands": TargetKind("changes", 0.5, "what counts as a change of hands is recorded coarsely"),
    "loss_ratios": TargetKind(
        "log ratio", 0.4, "published battles of like odds differ by half in what they cost a side"
    ),
}
"""Every kind of what is compared."""


@frozen(eq=False)
class Target:
    """One thing that is compared.

    Args:
        kind: one of `TARGET_KINDS`.
        what: the place, the two places in their order, or the two sides.
        low, high: between what the record has it; `high` is infinite where it leaves it open.
        values: what each story says of it, shape (stories,).
        places: those that it is of.
    """

    kind: str
    what: str
    low: float
    high: float
    values: Callable[[Courses], Floats]
    places: tuple[str, ...] = ()

    @property
    def discrepancy(self) -> float:
        """How far the model may be off even with the right numbers, in the unit of its kind."""
        return TARGET_KINDS[self.kind].discrepancy


def holders_at_branch(scenario: Scenario, record: Record) -> dict[str, str | None]:
    """Who held each place at the branch, as known then."""
    cells = branch_state(scenario, record).cells
    return {str(place): occupant(cells, place) for place in record.ground.places}


def targets_of(scenario: Scenario, record: Record, until: Minute) -> tuple[Target, ...]:
    """What the record says of the window.

    Args:
        scenario: from whose branch on.
        record: without what it says of later times, as `record_up_to` gives it.
        until: the end of the window.
    """
    start = holders_at_branch(scenario, record)
    time = ScoredTime(scenario.at, scenario.at, until)
    observed = observe(record, start, branch_state(scenario, record), time)
    items = items_of(observed, start, frozenset(start), record.ground, time)
    horizon = (until - scenario.at) / DAY
    targets = [target for item in items if (target := _target(item, horizon)) is not None]
    return (*targets, *_loss_ratios(observed.dead))


def without_places(targets: tuple[Target, ...], places: tuple[str, ...]) -> tuple[Target, ...]:
    """What is compared but for some places: neither what came of them nor their order among others.

    Raises:
        Fault: nothing would be compared of such a place; with the near miss.
    """
    known = sorted({place for target in targets for place in target.places})
    for place in places:
        if place not in known:
            fact = f"In the window nothing that is compared is of '{place}'."
            which = f"Leave out one of: {', '.join(known)}." if known else "What is compared in it is of no place."
            raise Fault(fact, near_miss(place, known) or which, argument="leave-out")
    return tuple(target for target in targets if not set(target.places) & set(places))


def _target(item: Item, horizon: float) -> Target | None:
    row = item.row
    if item.kind == "captures":
        latest = math.inf if row["latest"] is None else float(row["latest"])

        def days(courses: Courses) -> Floats:
            return np.minimum(item.values(courses), horizon)

        return Target("captures", item.unit, float(row["earliest"]), min(latest, horizon), days, (row["place"],))
    if item.kind == "order":

        def so(courses: Courses) -> Floats:
            first: Floats = (item.values(courses) == 0.0).astype(np.float64)
            return first

        return Target("order", item.unit, 1.0, 1.0, so, (row["first"], row["then"]))
    if item.kind == "changes_of_hands":
        return Target("changes_of_hands", item.unit, float(row["at_least"]), math.inf, item.values, (row["place"],))
    return None


def _loss_ratios(rows: Iterable[Dead]) -> list[Target]:
    """How many of one side are killed for each of the other, as a logarithm, where the record bounds both sides' dead.

    Half a man is added to each, so that none is a number, too.
    """
    by_actor: dict[str, list[Dead]] = {}
    for row in rows:
        by_actor.setdefault(row.actor, []).append(row)
    bounded = sorted(actor for actor, mine in by_actor.items() if all(math.isfinite(row.high) for row in mine))
    targets = []
    for one, other in combinations(bounded, 2):
        low, high = (
            _log_ratio(
                sum(getattr(row, end) for row in by_actor[one]), sum(getattr(row, far) for row in by_actor[other])
            )
            for end, far in (("low", "high"), ("high", "low"))
        )

        def ratio(courses: Courses, one: str = one, other: str = other) -> Floats:
            killed = [
                sum((courses.killed(actor, row.since, row.until) for row in by_actor[actor]), np.zeros(courses.members))
                for actor in (one, other)
            ]
            ratios: Floats = np.log((killed[0] + 0.5) / (killed[1] + 0.5))
            return ratios

        targets.append(Target("loss_ratios", f"{one} for each of {other}", low, high, ratio))
    return targets


def _log_ratio(one: float, other: float) -> float:
    return math.log((one + 0.5) / (other + 0.5))


def _simulated_courses(summaries: Iterable[StorySummary], at: Minute, start: Mapping[str, str | None]) -> Courses:
    """Stories as courses, in the order in which they are simulated; one that failed has nothing happen.

    Args:
        summaries: with their `holders` and `fates`.
        at, start: the branch, and who held each place then.
    """
    stories = list(summaries)
    tenures: dict[str, list[list[tuple[Minute, str | None]]]] = {}
    for member, summary in enumerate(stories):
        for place, minute, holder in summary.holders:
            tenures.setdefault(place, [[] for _ in stories])[member].append((minute, holder))
    moments = sorted({at} | {row[1] for summary in stories for row in summary.fates})
    column = {minute: number for number, minute in enumerate(moments)}
    dead: dict[str, Floats] = {}
    for member, summary in enumerate(stories):
        for row in summary.fates:
            counts = dead.setdefault(row[0], np.zeros((len(stories), len(moments))))
            counts[member, column[row[1]]] = row[_KILLED]
    killed = {actor: np.maximum.accumulate(counts, axis=1) for actor, counts in dead.items()}
    return Courses("model", at, len(stories), tenures, start, {}, killed, np.array(moments, dtype=np.float64))


def simulated_values(
    targets: Iterable[Target],
    summaries: Iterable[StorySummary],
    points: int,
    at: Minute,
    start: Mapping[str, str | None],
) -> Floats:
    """What stories at points say of the targets, shape (points, stories, targets); NaN where a story failed.

    Args:
        summaries: in the order of their numbers: story by story, each at one point after another.
    """
    stories = list(summaries)
    courses = _simulated_courses(stories, at, start)
    values = np.array([target.values(courses) for target in targets]).reshape(-1, len(stories)).T.copy()
    values[[bool(summary.reason) for summary in stories]] = np.nan
    return np.ascontiguousarray(values.reshape(len(stories) // points, points, -1).swapaxes(0, 1))
