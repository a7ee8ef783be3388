"""Who reads a record: a reader for each belief, all over the same clusters of claims."""

from __future__ import annotations

from functools import cached_property

from attrs import define, field

from situation.chance.luck import Luck, Stream
from situation.dates import Interval, Minute
from situation.record.beliefs.policies import BELIEFS, sampled
from situation.record.joining.clusters import Cluster, clusters
from situation.record.joining.questions import Happening
from situation.record.order.strands import strands
from situation.record.readings.joined_clusters import JoinedClusters
from situation.record.readings.reading import Reader, Reading
from situation.record.readings.samples import Sample, Samples
from situation.record.readings.strands_of_state import strands_of_state
from situation.testimony.ground import Ground
from situation.testimony.testimony import Testimony

__all__ = ["Readers"]

_KEPT_SAMPLES = 2
"""Samples that are held: two scenarios that are told side by side are of one sample."""


@define(slots=False)
class Readers:
    """The readers of a record, made when they are first asked for.

    Args:
        testimony: everything ever said.
        ground: the map.
    """

    testimony: Testimony
    ground: Ground
    _joined: dict[bool, JoinedClusters] = field(factory=dict, init=False)
    _readers: dict[tuple[str, bool], Reader] = field(factory=dict, init=False)
    _samples: dict[tuple[int, int, Minute], Reading] = field(factory=dict, init=False, repr=False)

    @cached_property
    def _clusters(self) -> tuple[Cluster, ...]:
        return clusters(self.testimony, self.ground)

    @cached_property
    def _strands(self) -> tuple[tuple[int, ...], ...]:
        return strands(self._clusters, self.ground)

    @cached_property
    def of_state(self) -> tuple[int, ...]:
        """The numbers of the strands that can bear on what a state shows."""
        return strands_of_state(self._clusters, self._strands, self.ground)

    def of(self, belief: str, carried: bool = False) -> Reader:
        """The reader of one of `policies.BELIEFS`.

        Args:
            belief: its name.
            carried: know claims from their publication alone, as the outlets carried them.
        """
        if (belief, carried) not in self._readers:
            reader = Reader(self._clusters_as(carried), self._strands, BELIEFS[belief], belief)
            self._readers[belief, carried] = reader
        return self._readers[belief, carried]

    def sample(self, seed: int, index: int, known_at: Minute) -> Reading:
        """A sample of the record: answers, times and orders are drawn. The last few are held."""
        key = seed, index, known_at
        sample = self._samples.get(key)
        if sample is None:  # several threads may be here at once
            if len(self._samples) >= _KEPT_SAMPLES:
                self._samples.clear()
            sample = self._samples[key] = self._sample(*key)
        return sample

    def _sample(self, seed: int, index: int, known_at: Minute) -> Reading:
        luck = Luck(seed, index, Stream.RECORD)

        def instant(happening: Happening, span: Interval) -> Minute:
            if span.earliest == span.latest:
                return span.earliest
            width = span.latest - span.earliest + 1
            return span.earliest + int(luck.uniform("happened-at", happening.id, 0) * width)

        def choose(events: str, orders: int) -> int:
            return min(orders - 1, int(luck.uniform("order", events, 0) * orders))

        def draw(question: str) -> float:
            return luck.uniform("believed", question, 0)

        sample = Sample(self._common, draw, choose)
        clusters, name = self._clusters_as(carried=False), f"sampled {seed}/{index}"
        return Reader(clusters, self._strands, sampled(draw), name, instant, sample).read(known_at)

    @cached_property
    def _common(self) -> Samples:
        return Samples(self._clusters_as(carried=False))

    def _clusters_as(self, carried: bool) -> JoinedClusters:
        if carried not in self._joined:
            self._joined[carried] = JoinedClusters(self._clusters, self.testimony, self.ground, carried)
        return self._joined[carried]
