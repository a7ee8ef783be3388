"""Drawings of a record: what they have in common is made once, and each combination of answers of a cluster is read once."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cached_property
from typing import Final

from attrs import define, field, frozen

from situation.dates import Minute
from situation.log.entry import Entry
from situation.log.fold import fold
from situation.log.state import State
from situation.record.beliefs.belief import Belief, Evidence, WeighedQuestion
from situation.record.beliefs.policies import Odds
from situation.record.beliefs.weights import interests_in, weigh, weights_by_cell
from situation.record.joining.questions import CellQuestion
from situation.record.order.chains import KnownChains
from situation.record.order.settled_order import ChooseOrder
from situation.record.readings.believed_events import BelievedEvent, Instant, believed_happening
from situation.record.readings.cluster_reading import ClusterReading
from situation.record.readings.joined_clusters import JoinedCluster, JoinedClusters
from situation.record.readings.opening import opening_entries
from situation.record.readings.successors import stated_holdings
from situation.testimony.claims import Claim
from situation.testimony.ground import Ground

__all__ = ["BelievedCluster", "Sample", "Samples", "evidence_of", "start_of"]

_MOST_COMBINATIONS: Final = 256
"""Combinations of answers of a cluster that are held. ASSUMED: of the largest of 81 clusters 400 drawings had 29."""
_MOST_OPENINGS: Final = 16
"""Times known of which the opening is held."""
_MOST_CLUSTERS: Final = 20_000
"""Clusters that are held, at all times known. ASSUMED: those of a record of 100,000 claims at two branches."""


@frozen(eq=False)
class BelievedCluster:
    """What is accepted of a cluster, before its events have their minutes.

    Args:
        joined: its claims.
        evidence: their weights, voices and times.
        answered: its questions by cell and episode.
        others: the questions whether and when something happened.
        passed_over: the ids of the happenings that are not believed.
    """

    joined: JoinedCluster
    evidence: Evidence
    answered: Mapping[tuple[str, str], WeighedQuestion]
    others: tuple[WeighedQuestion, ...]
    passed_over: tuple[str, ...]
    _events: tuple[BelievedEvent, ...]

    def timed(self, name: str, instant: Instant) -> ClusterReading:
        """The cluster as it is read, with its events in the log.

        Args:
            name: that of the belief.
            instant: how an accepted interval becomes a minute.
        """
        joined, known = self.joined, self.evidence
        entries = [it for event in self._events for it in event.entries(name, instant, self.answered, known.ground)]
        if joined.heirs:
            claims, episodes = joined.standing.claims.values(), joined.joins.episode
            entries += stated_holdings(claims, episodes, self.answered, known, name, joined.heirs)
        decided = (*self.answered.values(), *self.others)
        return ClusterReading(joined, known, decided, tuple(entries), self.passed_over, self.answered, {})


def _believed_cluster(joined: JoinedCluster, known: Evidence, belief: Belief) -> BelievedCluster:
    """What a belief accepts of a cluster."""
    answered = {(question.cell, question.episode): belief(question, known) for question in joined.questions}
    others: list[WeighedQuestion] = []
    events: list[BelievedEvent] = []
    passed_over: list[str] = []
    for happening in joined.candidates:
        decided, event = believed_happening(happening, belief, answered, known)
        others += decided
        if event is None:
            passed_over.append(happening.id)
        else:
            events.append(event)
    return BelievedCluster(joined, known, answered, tuple(others), tuple(passed_over), tuple(events))


@frozen(eq=False)
class _OpenCluster:
    """A cluster with the odds of its questions.

    Args:
        joined, evidence: its claims, and what may be known of them.
        settled: the questions of which but one answer can be drawn.
        open: the others.
        believed: what was made of it, by the answers that were drawn of the open ones.
    """

    joined: JoinedCluster
    evidence: Evidence
    settled: tuple[WeighedQuestion, ...]
    open: tuple[Odds, ...]
    believed: dict[tuple[int, ...], BelievedCluster] = field(factory=dict)

    @classmethod
    def of(cls, joined: JoinedCluster, evidence: Evidence) -> _OpenCluster:
        questions = [*joined.questions, *(happening.when for happening in joined.candidates)]
        questions += [happening.occurred for happening in joined.candidates if happening.occurred is not None]
        every = [Odds.of(question, evidence) for question in questions]
        settled = tuple(odds.weighed(0, evidence) for odds in every if len(odds.candidates) < 2)
        return cls(joined, evidence, settled, tuple(odds for odds in every if len(odds.candidates) > 1))

    def read(self, draw: Callable[[str], float]) -> BelievedCluster:
        """What is made of it by the answers that are drawn."""
        places = tuple(odds.place_of(draw(odds.question.id)) for odds in self.open)
        cluster = self.believed.get(places)
        if cluster is None:
            pairs = zip(self.open, places, strict=True)
            taken = (*self.settled, *(odds.weighed(place, self.evidence) for odds, place in pairs))
            weighed = {id(it.question): it for it in taken}

            def belief(question: CellQuestion, _: Evidence) -> WeighedQuestion:
                return weighed[id(question)]

            if len(self.believed) >= _MOST_COMBINATIONS:
                self.believed.clear()
            cluster = self.believed[places] = _believed_cluster(self.joined, self.evidence, belief)
        return cluster


@frozen(eq=False)
class Sample:
    """One drawing of a record.

    Args:
        common: what it has in common with others.
        draw: from a question's id to a uniform number in (0, 1).
        choose: draws an order of events where several are possible.
    """

    common: Samples
    draw: Callable[[str], float]
    choose: ChooseOrder


@define(slots=False)
class Samples:
    """What the drawings of a record have in common.

    Args:
        joined: its clusters.
        chains: the orders of events that were found for one of them.
    """

    joined: JoinedClusters
    chains: KnownChains = field(factory=KnownChains)
    _openings: dict[Minute, tuple[Entry, ...]] = field(factory=dict, init=False, repr=False)
    _clusters: dict[tuple[int, Minute], _OpenCluster] = field(factory=dict, init=False, repr=False)

    def believed(self, number: int, known_at: Minute, draw: Callable[[str], float]) -> BelievedCluster | None:
        """What a drawing accepts of a cluster by its number, as known at a minute; None: nothing of it was known."""
        cluster = self._clusters.get((number, known_at))
        if cluster is None:
            joined = self.joined.at(number, known_at)
            if joined is None:
                return None
            if len(self._clusters) >= _MOST_CLUSTERS:
                self._clusters.clear()
            cluster = _OpenCluster.of(joined, evidence_of(joined, self.joined, known_at))
            self._clusters[number, known_at] = cluster
        return cluster.read(draw)

    @cached_property
    def start(self) -> State:
        """The state at the window's start."""
        return start_of(self.joined.ground)

    def opening(self, known_at: Minute, claims: Mapping[str, Claim]) -> tuple[Entry, ...]:
        """What held at the window's start, as known at a minute; `claims`: those known by then."""
        if known_at not in self._openings:
            if len(self._openings) >= _MOST_OPENINGS:
                self._openings.clear()
            self._openings[known_at] = opening_entries(self.joined.ground, claims)
        return self._openings[known_at]


def start_of(ground: Ground) -> State:
    """The state at the window's start."""
    return fold((it for it in opening_entries(ground, {}) if it.time == ground.window.earliest), ground)


def evidence_of(joined: JoinedCluster, clusters: JoinedClusters, known_at: Minute) -> Evidence:
    """What may be known of the claims of a cluster at a minute."""
    testimony, ground = clusters.testimony, clusters.ground
    claims = joined.standing.claims.items()
    weights = {name: weigh(claim, testimony, ground, known_at).value for name, claim in claims}
    apart = {name: on for name, claim in claims if (on := weights_by_cell(claim, testimony, ground, known_at))}
    for question in (*joined.questions, *filter(None, (happening.occurred for happening in joined.candidates))):
        for name, suits in interests_in(question).items():
            claim = joined.standing.claims[name]
            weight = weigh(claim, testimony, ground, known_at, question.cell, suits).value
            if weight != weights[name]:
                apart[name] = {**apart.get(name, {}), question.cell: weight}
    return Evidence(weights, joined.voice, joined.known, ground, apart)
