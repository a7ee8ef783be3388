"""Who reads a record: a reader for each belief, all over the same clusters of claims."""

from __future__ import annotations

from functools import cached_property

from attrs import define, field

from situation.record.beliefs.belief import Belief
from situation.record.beliefs.policies import BELIEFS
from situation.record.joining.clusters import Cluster, clusters
from situation.record.order.orders import ChooseOrder
from situation.record.order.strands import strands
from situation.record.readings.cluster_reading import Instant, JoinedClusters
from situation.record.readings.reading import Reader
from situation.testimony.ground import Ground
from situation.testimony.sources import Testimony

__all__ = ["Readers"]


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

    @cached_property
    def _clusters(self) -> tuple[Cluster, ...]:
        return clusters(self.testimony, self.ground)

    @cached_property
    def _strands(self) -> tuple[tuple[int, ...], ...]:
        return strands(self._clusters, self.ground)

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

    def random_reader(self, policy: Belief, name: str, instant: Instant, choose: ChooseOrder) -> Reader:
        """A reader that draws answers, times and orders."""
        return Reader(self._clusters_as(carried=False), self._strands, policy, name, instant, choose)

    def _clusters_as(self, carried: bool) -> JoinedClusters:
        if carried not in self._joined:
            self._joined[carried] = JoinedClusters(self._clusters, self.testimony, self.ground, carried)
        return self._joined[carried]
