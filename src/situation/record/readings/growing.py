"""A reading that grows: read on from one knowledge moment to the next, with what became another on the way.

It is, at each moment, what `Reader.read` makes of it; but only the strands are read of which something was learnt, and only
the end of the log is folded again in which something changed.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from typing import Any

from attrs import define, field, frozen

from situation.dates import Minute
from situation.log.entry import Entry
from situation.log.fold import Change
from situation.log.live_history import LiveHistory
from situation.record.beliefs.belief import Evidence, WeighedQuestion
from situation.record.readings.cluster_reading import ClusterReading
from situation.record.readings.opening import opening_entries
from situation.record.readings.reading import Placed, Reader, StrandReading
from situation.testimony.claims import Claim
from situation.testimony.ground import Ground

__all__ = ["GrowingReading", "Growth"]


@frozen
class Growth:
    """What became another from one knowledge moment to the next.

    Args:
        entered, left: the entries that entered the log, in its order, and those that left it.
        came, went: the claims that count now and did not before, and the reverse; one that is read otherwise is in both.
        cells: the cells whose course is another.
        decided, dropped: the questions decided anew, by name, and those that stood in their place.
    """

    entered: tuple[Entry, ...]
    left: tuple[Entry, ...]
    came: tuple[Claim, ...]
    went: tuple[Claim, ...]
    cells: frozenset[str]
    decided: tuple[WeighedQuestion, ...]
    dropped: tuple[WeighedQuestion, ...]


@define
class _Gathering:
    """A growth while it is gathered."""

    placed: list[Placed] = field(factory=list)
    displaced: list[Placed] = field(factory=list)
    came: list[Claim] = field(factory=list)
    went: list[Claim] = field(factory=list)
    decided: list[WeighedQuestion] = field(factory=list)
    dropped: list[WeighedQuestion] = field(factory=list)


@define(slots=False)
class GrowingReading:
    """What a belief makes of the claims known at a moment that moves on.

    Args:
        reader: who reads.
    """

    reader: Reader
    claims: dict[str, Claim] = field(factory=dict, init=False)
    revised: dict[tuple[str, str], str] = field(factory=dict, init=False)
    evidence: Evidence = field(init=False)
    history: LiveHistory = field(init=False)
    _weight: dict[str, float] = field(factory=dict, init=False)
    _voice: dict[str, str] = field(factory=dict, init=False)
    _known: dict[str, Minute] = field(factory=dict, init=False)
    _on_cell: dict[str, Mapping[str, float]] = field(factory=dict, init=False)
    _placed: list[Placed] = field(factory=list, init=False)
    _by_cell: dict[str, dict[int, WeighedQuestion]] = field(factory=dict, init=False)
    _strands: dict[int, StrandReading] = field(factory=dict, init=False)
    _opening: tuple[Placed, ...] = field(default=(), init=False)
    _waiting: list[tuple[Minute, int]] = field(init=False)
    """The minutes at which a strand may become another, with its number; the last first."""

    def __attrs_post_init__(self) -> None:
        joined = self.reader.joined
        self.evidence = Evidence(self._weight, self._voice, self._known, joined.ground, self._on_cell)
        self.history = LiveHistory(joined.ground)
        turns = (
            (minute, number)
            for number, clusters in enumerate(self.reader.strands)
            for minute in sorted({minute for cluster in clusters for minute in joined.turns(cluster)})
        )
        self._waiting = sorted(turns, reverse=True)

    @property
    def ground(self) -> Ground:
        """The map."""
        return self.reader.joined.ground

    @property
    def changes(self) -> Mapping[str, list[Change]]:
        """By cell, every value that it had, in order of time."""
        return self.history.changes

    def on_cell(self, cell: str) -> tuple[WeighedQuestion, ...]:
        """The questions on a cell, in the order of their names."""
        return tuple(sorted(self._by_cell.get(cell, {}).values(), key=lambda weighed: weighed.question.id))

    @cached_property
    def _behind_opening(self) -> frozenset[str]:
        return frozenset(name for _, _, because in self.ground.opening.entries() for name in because)

    def entries(self, since: Minute, until: Minute) -> Iterator[tuple[Entry, Iterable[str]]]:
        """The entries of a minute and those after it, up to, without, another; each with the cells that it set."""
        for number in range(bisect_left(self._placed, since, key=_minute), len(self._placed)):
            entry = self._placed[number][1]
            if entry.time >= until:
                return
            yield entry, self.history.set_by(number)

    def grow(self, known_at: Minute) -> Growth:
        """Read on up to a minute, which lies after those before."""
        gathering = _Gathering()
        numbers = set()
        while self._waiting and self._waiting[-1][0] <= known_at:
            numbers.add(self._waiting.pop()[1])
        for number in sorted(numbers):
            self._renew(number, self.reader.strand(number, known_at), gathering)
        self._open(gathering)
        cells = self._refold(gathering)
        old = {entry.id: entry for _, entry in gathering.displaced}
        new = {entry.id: entry for _, entry in gathering.placed}
        return Growth(
            tuple(entry for _, entry in sorted(gathering.placed, key=_order) if old.get(entry.id) != entry),
            tuple(entry for _, entry in sorted(gathering.displaced, key=_order) if new.get(entry.id) != entry),
            tuple(gathering.came),
            tuple(gathering.went),
            cells,
            tuple(sorted(gathering.decided, key=lambda weighed: weighed.question.id)),
            tuple(gathering.dropped),
        )

    def _renew(self, number: int, strand: StrandReading, gathering: _Gathering) -> None:
        before = self._strands.get(number)
        if strand is before:
            return
        self._strands[number] = strand
        old, new = before.clusters if before else (), strand.clusters
        alike = {*old} & {*new}
        self._exchange([it for it in old if it not in alike], [it for it in new if it not in alike], gathering)
        self._decide(before.decided if before else (), strand.decided, gathering)
        self._place(before.placed if before else (), strand.placed, gathering)

    def _place(self, old: Iterable[Placed], new: Iterable[Placed], gathering: _Gathering) -> None:
        was, now = ({one[1].id: one for one in placed} for placed in (old, new))
        gathering.displaced += [one for name, one in was.items() if now.get(name) != one]
        gathering.placed += [one for name, one in now.items() if was.get(name) != one]

    def _exchange(self, old: list[ClusterReading], new: list[ClusterReading], gathering: _Gathering) -> None:
        """Learn what clusters have come to in the place of what they were; what is read as before stays."""
        kept = self._kept(old, new)
        for cluster in old:
            for name, claim in cluster.joined.standing.claims.items():
                if name not in kept:
                    del self.claims[name], self._weight[name], self._voice[name], self._known[name]
                    self._on_cell.pop(name, None)
                    gathering.went.append(claim)
            for figure in cluster.joined.revised:
                del self.revised[figure]
        for cluster in new:
            joined = cluster.joined
            for name, claim in joined.standing.claims.items():
                if name not in kept:
                    self.claims[name] = claim
                    self._weight[name] = cluster.evidence.weight[name]
                    if name in cluster.evidence.on_cell:
                        self._on_cell[name] = cluster.evidence.on_cell[name]
                    self._voice[name], self._known[name] = joined.voice[name], joined.known[name]
                    gathering.came.append(claim)
            self.revised |= joined.revised
        decided, dropped = ([weighed for it in those for weighed in it.decided] for those in (new, old))
        as_before = {*map(id, decided)} & {*map(id, dropped)}
        self._decide(
            (weighed for weighed in dropped if id(weighed) not in as_before),
            (weighed for weighed in decided if id(weighed) not in as_before),
            gathering,
        )

    def _kept(self, old: list[ClusterReading], new: list[ClusterReading]) -> frozenset[str]:
        """The claims that clusters read as they did: of the same weight, voice and time, with no other figure replaced."""
        revised = [{pair for it in those for pair in it.joined.revised.items()} for those in (old, new)]
        other = {claim for (claim, _), _ in revised[0] ^ revised[1]}
        return frozenset(
            name
            for cluster in new
            for name, claim in cluster.joined.standing.claims.items()
            if name not in other
            and self.claims.get(name) is claim
            and self._weight[name] == cluster.evidence.weight[name]
            and self._voice[name] == cluster.joined.voice[name]
            and self._known[name] == cluster.joined.known[name]
        )

    def _decide(self, old: Iterable[WeighedQuestion], new: Iterable[WeighedQuestion], gathering: _Gathering) -> None:
        for weighed in old:
            del self._by_cell[weighed.question.cell][id(weighed)]
            gathering.dropped.append(weighed)
        for weighed in new:
            self._by_cell.setdefault(weighed.question.cell, {})[id(weighed)] = weighed
            gathering.decided.append(weighed)

    def _open(self, gathering: _Gathering) -> None:
        """The opening, whose entries name the claims behind it as far as they are known."""
        if self._opening and not any(claim.id in self._behind_opening for claim in (*gathering.came, *gathering.went)):
            return
        entries = opening_entries(self.ground, self.claims)
        opening: tuple[Placed, ...] = tuple(
            ((entry.time, False, number), entry) for number, entry in enumerate(entries)
        )
        self._place(self._opening, opening, gathering)
        self._opening = opening

    def _refold(self, gathering: _Gathering) -> frozenset[str]:
        """Put the log in its new order, and fold it again from its first place that is another."""
        keys = [key for key, _ in (*gathering.displaced, *gathering.placed)]
        if not keys:
            return frozenset()
        start = bisect_left(self._placed, min(keys), key=_order)
        gone = {key for key, _ in gathering.displaced}
        tail = [one for one in self._placed[start:] if one[0] not in gone]
        self._placed[start:] = sorted([*tail, *gathering.placed], key=_order)
        return self.history.replace(start, (entry for _, entry in self._placed[start:]))


def _order(placed: Placed) -> tuple[Any, ...]:
    return placed[0]


def _minute(placed: Placed) -> Minute:
    return placed[1].time
