"""A reading: what a belief makes of the claims known at a moment. It holds the log, and every question with its rivals.

Clusters of claims are read one by one, and the events of a strand put in order: one forward pass in the order of stated
sequence moves each to no earlier than its predecessor plus the stated gap; of what overlaps at one place, `settled_order` finds
the order, or says that it is not known. What did not change from one knowledge time to another is not read twice.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cached_property
from typing import Any, Final

from attrs import define, field, frozen

from situation.dates import Interval, Minute
from situation.events import StrengthAssessed, in_measure
from situation.log.entry import Entry, Log
from situation.log.fold import Change, fold, history
from situation.log.state import State
from situation.record.beliefs.belief import Belief, Evidence, WeighedQuestion
from situation.record.joining.across import doubts_across
from situation.record.joining.joins import Joins
from situation.record.joining.questions import Happening
from situation.record.joining.revisions import Revised
from situation.record.order.rival_dates import DatesSought
from situation.record.order.sequence import OrderKey
from situation.record.order.settled_order import settled
from situation.record.readings.believed_events import Instant
from situation.record.readings.cluster_reading import ClusterReading, read_cluster
from situation.record.readings.joined_clusters import JoinedCluster, JoinedClusters
from situation.record.readings.opening import opening_entries
from situation.record.readings.recent import Recent
from situation.record.readings.samples import Sample, evidence_of, start_of
from situation.testimony.claims import Claim
from situation.testimony.ground import Ground
from situation.testimony.testimony import Testimony

__all__ = ["Placed", "Reader", "Reading", "StrandReading"]

Placed = tuple[tuple[Any, ...], Entry]
"""An entry after that by which logs are sorted."""


@define(frozen=True, slots=False)
class Reading:
    """The log that a belief makes of some claims, and what it decided on the way.

    Args:
        belief: the policy's name.
        known_at: the knowledge time.
        claims: what was known and not taken back, by id.
        evidence: the claims' weights, voices and times.
        log: what is held to have happened.
        decided: every question, with weights and the accepted answer.
        passed_over: happenings that did not enter the log, by id.
        parts: what was joined of each cluster.
        testimony: who speaks, and what was joined by hand.
        taken_back: from the id of a claim that no longer counts to the claim that took it back.
        revised: the figures that their own voice has replaced, by claim and cell.
    """

    belief: str
    known_at: Minute
    claims: Mapping[str, Claim]
    evidence: Evidence
    log: Log
    decided: tuple[WeighedQuestion, ...]
    passed_over: tuple[str, ...]
    parts: tuple[Joins, ...]
    testimony: Testimony
    taken_back: Mapping[str, Claim]
    revised: Revised
    _states: dict[Minute, State] = field(factory=dict, init=False, repr=False, eq=False)

    @cached_property
    def joins(self) -> Joins:
        """Which claims were held to be of one happening, and which happenings may be one."""
        return Joins.of(self.parts, doubts_across(self.parts, self.evidence.ground, self.testimony))

    @cached_property
    def history(self) -> tuple[Change, ...]:
        """Every value that every cell had, by cell and time."""
        return history(self.log, self.evidence.ground)

    def state_at(self, at: Minute) -> State:
        """The state by the end of a minute. It is computed once: scenarios leave the record at a few branches."""
        if at not in self._states:
            self._states[at] = fold(self.log.until(at), self.evidence.ground)
        return self._states[at]

    def on_cell(self, cell: str) -> tuple[WeighedQuestion, ...]:
        """The questions on a cell, in the order of their names."""
        return self._by_cell.get(cell, ())

    def beside(self, force: str, entry: Entry | None, unit: str = "persons") -> tuple[str, ...]:
        """The claims that give other numbers for a force than the one in force, by id.

        Args:
            force: `<actor>@<place>`.
            entry: what set the number in force; None: there is none.
            unit: in what it is counted.
        """
        if entry is None or not isinstance(entry.event, StrengthAssessed):
            return ()
        taken = set(entry.cause.claims)
        others: list[str] = []
        for weighed in self.on_cell(in_measure(f"{force}.strength", unit)):
            ids = [claim.id for answer in weighed.question.answers for claim in answer.claims]
            if taken & set(ids):
                others += [name for name in ids if name not in taken]
        return tuple(sorted(others))

    @cached_property
    def _by_cell(self) -> Mapping[str, tuple[WeighedQuestion, ...]]:
        grouped: dict[str, list[WeighedQuestion]] = {}
        for weighed in self.decided:
            grouped.setdefault(weighed.question.cell, []).append(weighed)
        return {cell: tuple(questions) for cell, questions in grouped.items()}


@frozen(eq=False)
class StrandReading:
    """What a belief makes of a strand.

    Args:
        clusters: its clusters, those of which something is known.
        placed: what is held to have happened, in order.
        decided: the questions that arose over the order.
        passed_over: the ids of the happenings that no order has room for.
    """

    clusters: tuple[ClusterReading, ...]
    placed: tuple[Placed, ...]
    decided: tuple[WeighedQuestion, ...]
    passed_over: tuple[str, ...]


_SOUGHT: Final = 16
"""Searches for rival dates that are held, each with a state of its own. ASSUMED: strands of which news comes in turn."""


def _middle(_: Happening, span: Interval) -> Minute:
    """The middle of the interval. It has a name, so that a record can be handed to other processes."""
    return span.middle


@define
class Reader:
    """Reads the claims of a record by one belief, at any knowledge time.

    Args:
        joined: the clusters of the record.
        strands: the numbers of clusters whose events are put in order together.
        belief: the policy.
        name: its name.
        instant: how an accepted interval becomes a minute; by default, its middle.
        sample: the sample of the record by which it is read, where it is drawn.
    """

    joined: JoinedClusters
    strands: tuple[tuple[int, ...], ...]
    belief: Belief
    name: str
    instant: Instant = _middle
    sample: Sample | None = None
    _clusters: Recent[tuple[JoinedCluster, tuple[float, ...]], ClusterReading] = field(factory=Recent, init=False)
    _last: dict[int, ClusterReading] = field(factory=dict, init=False)
    _sought: dict[int, DatesSought] = field(factory=dict, init=False)
    _strands: Recent[tuple[ClusterReading, ...], StrandReading] = field(factory=Recent, init=False)
    _start: State = field(init=False)

    def __attrs_post_init__(self) -> None:
        sample = self.sample
        self._start = start_of(self.joined.ground) if sample is None else sample.common.start

    def strand(self, number: int, known_at: Minute) -> StrandReading:
        """A strand by its number, read as known at a minute."""
        every = (self._cluster(cluster, known_at) for cluster in self.strands[number])
        clusters = tuple(cluster for cluster in every if cluster is not None)
        return self._strands.of(number, clusters, lambda: self._settled(number, clusters))

    def _cluster(self, number: int, known_at: Minute) -> ClusterReading | None:
        if self.sample is not None:
            believed = self.sample.common.believed(number, known_at, self.sample.draw)
            return None if believed is None else believed.timed(self.name, self.instant)
        joined = self.joined.at(number, known_at)
        if joined is None:
            return None
        known = evidence_of(joined, self.joined, known_at)
        return self._clusters.of(
            number, (joined, tuple(known.weight.values())), lambda: self._read_cluster(number, joined, known)
        )

    def _read_cluster(self, number: int, joined: JoinedCluster, known: Evidence) -> ClusterReading:
        before = self._last.get(number)
        self._last[number] = made = read_cluster(joined, known, self.belief, self.name, self.instant, before)
        return made

    def _settled(self, number: int, clusters: tuple[ClusterReading, ...]) -> StrandReading:
        entries = sorted((entry for cluster in clusters for entry in cluster.entries), key=lambda entry: entry.id)
        if not entries:
            return StrandReading(clusters, (), (), ())
        known, claims = _together(clusters, self.joined.ground)
        sample = self.sample
        choose, chains = (None, None) if sample is None else (sample.choose, sample.common.chains)
        sought = self._sought.pop(number, None) or DatesSought()  # several threads may be here at once
        order = settled(entries, self._start, known, claims, self.belief, self.name, choose, chains, sought)
        self._sought[number] = sought
        if len(self._sought) > _SOUGHT:
            self._sought.pop(next(iter(self._sought)), None)
        placed: list[Placed] = []
        latest: tuple[Any, ...] = ()
        for place, entry in enumerate(order.entries):
            latest = max(latest, (entry.time, True, OrderKey(entry)))
            placed.append(((*latest, place), entry))
        return StrandReading(clusters, tuple(placed), tuple(order.decided), tuple(order.passed_over))

    def read(self, known_at: Minute, only: Iterable[int] | None = None) -> Reading:
        """What the belief makes of all claims known at a minute; `only`: of those of some strands, by number."""
        ground = self.joined.ground
        strands = [self.strand(number, known_at) for number in (range(len(self.strands)) if only is None else only)]
        clusters = [cluster for strand in strands for cluster in strand.clusters]
        known, claims = _together(clusters, ground)
        order = {name: number for number, name in enumerate(self.joined.testimony.claims)}
        claims = {name: claims[name] for name in sorted(claims, key=order.__getitem__)}
        placed = sorted((one for strand in strands for one in strand.placed), key=lambda one: one[0])
        opening = (
            opening_entries(ground, claims) if self.sample is None else self.sample.common.opening(known_at, claims)
        )
        log = Log.of((*opening, *(entry for _, entry in placed)))
        decided = [*(weighed for cluster in clusters for weighed in cluster.decided)]
        decided += [weighed for strand in strands for weighed in strand.decided]
        passed_over = [*(name for cluster in clusters for name in cluster.passed_over)]
        passed_over += [name for strand in strands for name in strand.passed_over]
        joined = [cluster.joined for cluster in clusters]
        return Reading(
            self.name,
            known_at,
            claims,
            known,
            log,
            tuple(sorted(decided, key=lambda weighed: weighed.question.id)),
            tuple(sorted(passed_over)),
            tuple(it.joins for it in joined),
            self.joined.testimony,
            {name: back for it in joined for name, back in it.standing.taken_back.items()},
            {figure: name for it in joined for figure, name in it.revised.items()},
        )


def _together(clusters: Iterable[ClusterReading], ground: Ground) -> tuple[Evidence, dict[str, Claim]]:
    """The evidence of some clusters as one, and their claims by id."""
    weight: dict[str, float] = {}
    voice: dict[str, str] = {}
    known: dict[str, Minute] = {}
    claims: dict[str, Claim] = {}
    on_cell: dict[str, Mapping[str, float]] = {}
    for cluster in clusters:
        weight |= cluster.evidence.weight
        voice |= cluster.evidence.voice
        known |= cluster.evidence.known
        claims |= cluster.joined.standing.claims
        on_cell |= cluster.evidence.on_cell
    return Evidence(weight, voice, known, ground, on_cell), claims
