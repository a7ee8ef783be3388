"""The clusters of a record, each joined as known at a time: that from which every belief starts."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping
from typing import TypeVar

from attrs import define, evolve, field, frozen

from situation.dates import Minute
from situation.events import (
    ActorId,
)
from situation.record.joining.clusters import Cluster
from situation.record.joining.estimates import with_rival_estimates
from situation.record.joining.joins import Joins, join
from situation.record.joining.origins import independent_voices
from situation.record.joining.questions import CellQuestion, Happening, happenings, questions
from situation.record.joining.revisions import Revised, revisions
from situation.record.joining.standing import Standing, standing
from situation.record.readings.recent import Recent
from situation.record.readings.successors import successors_named
from situation.testimony.ground import Ground
from situation.testimony.testimony import Testimony

__all__ = ["JoinedCluster", "JoinedClusters"]


@frozen(eq=False)
class JoinedCluster:
    """The claims of a cluster that stand at a time, joined: that from which every belief starts.

    Args:
        standing: the claims that count, and those taken back.
        joins: which of them are of one happening.
        voice, known: by id, whose voice each is, and from which minute it is known.
        candidates: what is said to have happened.
        revised: the figures that their own voice has replaced.
        questions: what they answer, by cell and episode.
        heirs: all into whom some actor of the record is said to have broken up.
    """

    standing: Standing
    joins: Joins
    voice: Mapping[str, str]
    known: Mapping[str, Minute]
    candidates: tuple[Happening, ...]
    revised: Revised
    questions: tuple[CellQuestion, ...]
    heirs: frozenset[ActorId] = frozenset()


@define
class JoinedClusters:
    """The clusters of a record, each joined as known at a time; what was joined last of the same claims is not joined again.

    Args:
        clusters: all claims by cluster.
        testimony: who speaks, and what was joined by hand.
        ground: the map.
        carried: know claims from their publication alone, as the outlets carried them.
    """

    clusters: tuple[Cluster, ...]
    testimony: Testimony
    ground: Ground
    carried: bool = False
    _times: list[list[Minute]] = field(init=False)
    _joined: Recent[int, JoinedCluster] = field(factory=Recent, init=False)
    _last: dict[int, JoinedCluster] = field(factory=dict, init=False)
    """By cluster what was joined last: what is asked and told as before stays the same object."""
    _heirs: frozenset[ActorId] = field(init=False)

    def __attrs_post_init__(self) -> None:
        known_from = self.testimony.known_from
        self._heirs = successors_named(self.testimony.claims.values())
        self._times = [sorted(known_from(claim, self.carried) for claim in cluster) for cluster in self.clusters]

    def at(self, number: int, known_at: Minute) -> JoinedCluster | None:
        """A cluster by its number, as known at a minute; None: nothing of it was known."""
        known = bisect_right(self._times[number], known_at)
        if not known:
            return None
        return self._joined.of(number, known, lambda: self._joined_on(number, known_at))

    def turns(self, number: int) -> frozenset[Minute]:
        """The minutes at which a cluster may be read otherwise: a claim becomes known, or who speaks is assessed."""
        testimony = self.testimony
        turns = set(self._times[number])
        for claim in self.clusters[number]:
            turns |= {testimony.sources[claim.source].reliability.as_of, *(it.as_of for it in claim.credibility)}
            if claim.said_by in testimony.speakers:
                turns.add(testimony.speakers[claim.said_by].reliability.as_of)
        return frozenset(turns)

    def _joined_on(self, number: int, known_at: Minute) -> JoinedCluster:
        """A cluster joined anew, with the very questions and happenings that it had before, as far as they are as they were."""
        made, before = self._join(self.clusters[number], known_at), self._last.get(number)
        if before is not None:
            questions = {(it.cell, it.episode): it for it in before.questions}
            happened = {it.id: it for it in before.candidates}
            made = evolve(
                made,
                questions=tuple(_as_before(it, questions.get((it.cell, it.episode))) for it in made.questions),
                candidates=tuple(_as_before(it, happened.get(it.id)) for it in made.candidates),
            )
        self._last[number] = made
        return made

    def _join(self, cluster: Cluster, known_at: Minute) -> JoinedCluster:
        testimony, ground = self.testimony, self.ground
        stand = standing(testimony, known_at, self.carried, cluster)
        joins = join(stand.claims.values(), ground, testimony)
        known = {key: testimony.known_from(claim, self.carried) for key, claim in stand.claims.items()}
        revised = revisions(joins, ground, testimony, known)
        answered = with_rival_estimates(questions(joins, ground, revised), joins, ground, testimony)
        voice = independent_voices(stand.claims, joins.happening, testimony, ground)
        return JoinedCluster(stand, joins, voice, known, happenings(joins, ground), revised, answered, self._heirs)


_Same = TypeVar("_Same")


def _as_before(now: _Same, before: _Same | None) -> _Same:
    return before if before is not None and before == now else now
