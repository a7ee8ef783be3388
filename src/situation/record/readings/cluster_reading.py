"""What a belief makes of one cluster of claims: its questions decided, and an entry for each event that is believed.

From interval to instant: an entry sits at the middle of its accepted interval, clipped to the window; what lasted
throughout the interval sits at its start.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property

from attrs import define, evolve, frozen

from situation.log.entry import Entry
from situation.record.beliefs.belief import Belief, Evidence, WeighedQuestion
from situation.record.joining.questions import CellQuestion, Happening
from situation.record.readings.believed_events import Instant, believed_happening
from situation.record.readings.joined_clusters import JoinedCluster
from situation.record.readings.successors import stated_holdings

__all__ = ["ClusterReading", "read_cluster"]


@frozen(eq=False)
class _Made:
    """What a belief makes of a happening: the questions over it, and its entries; none: it is passed over."""

    decided: tuple[WeighedQuestion, ...]
    entries: tuple[Entry, ...]


@frozen(eq=False)
class ClusterReading:
    """What a belief makes of a cluster.

    Args:
        joined: its claims.
        evidence: their weights, voices and times.
        decided: its questions, with weights and the accepted answer.
        entries: what is held to have happened, by id, not yet in order.
        passed_over: the ids of the happenings that are not believed.
        answered: its questions by cell and episode.
        made: what was made of each happening.
    """

    joined: JoinedCluster
    evidence: Evidence
    decided: tuple[WeighedQuestion, ...]
    entries: tuple[Entry, ...]
    passed_over: tuple[str, ...]
    answered: Mapping[tuple[str, str], WeighedQuestion]
    made: Mapping[str, _Made]


def read_cluster(
    joined: JoinedCluster,
    known: Evidence,
    belief: Belief,
    name: str,
    instant: Instant,
    before: ClusterReading | None = None,
) -> ClusterReading:
    """What a belief makes of a cluster.

    Args:
        joined: the cluster, as known at a time.
        known: the weights, voices and times of its claims, and the map.
        belief, name: the policy and its name.
        instant: how an accepted interval becomes a minute.
        before: what the same belief made of the cluster as known at another time: what is as it was then stays.
    """
    work = _Deciding(joined, known, belief, name, instant, before)
    answered = work.answered
    made = {happening.id: work.made(happening) for happening in joined.candidates}
    decided = (*answered.values(), *(weighed for it in made.values() for weighed in it.decided))
    entries = [entry for it in made.values() for entry in it.entries]
    if joined.heirs:
        claims, episodes = joined.standing.claims.values(), joined.joins.episode
        entries += stated_holdings(claims, episodes, answered, known, name, joined.heirs)
    passed_over = tuple(happening for happening, it in made.items() if not it.entries)
    return ClusterReading(joined, known, decided, tuple(entries), passed_over, answered, made)


@define(slots=False)
class _Deciding:
    """The work of deciding the questions of a cluster, beside what was decided of it before."""

    joined: JoinedCluster
    known: Evidence
    belief: Belief
    name: str
    instant: Instant
    before: ClusterReading | None

    @cached_property
    def _moved(self) -> frozenset[str]:
        """The claims of which weight, voice or time is another than before."""
        assert self.before is not None
        now, then = self.known, self.before.evidence
        pairs = ((now.weight, then.weight), (now.voice, then.voice), (now.known, then.known))
        return frozenset(name for name in now.weight if any(one[name] != other.get(name) for one, other in pairs))

    @cached_property
    def _happened(self) -> Mapping[str, Happening]:
        assert self.before is not None
        return {it.id: it for it in self.before.joined.candidates}

    @cached_property
    def answered(self) -> Mapping[tuple[str, str], WeighedQuestion]:
        """The questions decided, by cell and episode."""
        return {(question.cell, question.episode): self._weighed(question) for question in self.joined.questions}

    def _weighed(self, question: CellQuestion) -> WeighedQuestion:
        """A question decided, or as it was decided before."""
        before = None if self.before is None else self.before.answered.get((question.cell, question.episode))
        if before is not None and before.question is question and self._unmoved(question):
            return before
        return self.belief(question, self.known)

    def made(self, happening: Happening) -> _Made:
        """What is made of a happening, or what was made of it before."""
        if self.before is not None and self._happened.get(happening.id) is happening:
            claims = (*happening.claims, *happening.denials)
            questions = (happening.when, happening.occurred)
            unmoved = all(claim.id not in self._moved for claim in claims) and all(map(self._unmoved, questions))
            if unmoved and happening.episode not in self._decided_anew:
                return self.before.made[happening.id]
        return self._make(happening, self.answered)

    def _make(self, happening: Happening, answered: Mapping[tuple[str, str], WeighedQuestion]) -> _Made:
        decided, event = believed_happening(happening, self.belief, answered, self.known)
        if event is None:
            return _Made(tuple(decided), ())
        entries = tuple(event.entries(self.name, self.instant, answered, self.known.ground))
        if decided and entries and entries[0].event.lane == "fighting":  # a fight is asked for by all of its days
            decided[0] = evolve(decided[0], span=entries[0].span)
        return _Made(tuple(decided), entries)

    def _unmoved(self, question: CellQuestion | None) -> bool:
        answers = () if question is None else question.answers
        return all(claim.id not in self._moved for answer in answers for claim in answer.claims)

    @cached_property
    def _decided_anew(self) -> frozenset[str]:
        """The episodes of which some question is decided otherwise than before, or asked no more."""
        assert self.before is not None
        then, now = self.before.answered, self.answered
        return frozenset(
            key[1]
            for pair in ((then, now), (now, then))
            for key, weighed in pair[0].items()
            if pair[1].get(key) is not weighed
        )
