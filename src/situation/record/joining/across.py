"""Happenings of two clusters that may be one: too far apart to be joined, and near enough to be listed."""

from __future__ import annotations

from collections.abc import Sequence

from attrs import define, field

from situation.events import StrengthAssessed
from situation.record.joining.disjoint import runs_in_time
from situation.record.joining.joins import Joins, joins_by_day
from situation.record.joining.likeness import JoinRule
from situation.record.joining.likenesses import Likenesses
from situation.record.joining.nearby import Buckets, ClaimGroup, kind_and_place
from situation.record.joining.possibly import Doubt, PossiblyOne, doubtful_pairs, turn
from situation.record.joining.topic import span_of
from situation.testimony.claims import Claim
from situation.testimony.ground import Ground
from situation.testimony.testimony import Testimony

__all__ = ["doubts_across"]


def doubts_across(
    parts: Sequence[Joins], ground: Ground, testimony: Testimony, rule: JoinRule | None = None
) -> tuple[PossiblyOne, ...]:
    """The pairs of happenings of two clusters that would be listed if both were one cluster.

    Args:
        parts: what was joined of each cluster.
        ground: the map.
        testimony: which sources are rows, and what was parted by hand.
        rule: that by which they were joined; the default where left out.
    """
    rule = rule or JoinRule()
    work = _Across(ground, testimony, rule)
    near = _near_others(parts, ground, rule)
    for number in near:
        work.take_first(number, parts[number])
    loose = [
        (claim, number)
        for number in near
        for claim in parts[number].ordered
        if joins_by_day(claim) and claim.id not in parts[number].first
    ]
    for claim, number in sorted(loose, key=lambda pair: turn(pair[0], ground)):
        work.take(claim, number, parts[number].group[claim.id])
    return doubtful_pairs(work.doubts, testimony)


def _near_others(parts: Sequence[Joins], ground: Ground, rule: JoinRule) -> list[int]:
    """The numbers of the clusters of which something lies near what another has of its kind and place."""
    together: dict[tuple[object, ...], list[tuple[Claim, int]]] = {}
    for number, part in enumerate(parts):
        for claim in part.ordered:
            if claim.event is not None and joins_by_day(claim):
                for key in kind_and_place(claim.event, ground):
                    together.setdefault(key, []).append((claim, number))
    near: set[int] = set()
    for group in together.values():
        if len(group) > 1:
            for run in runs_in_time(group, lambda pair: span_of(pair[0], ground), rule.doubtful):
                numbers = {number for _, number in run}
                near |= numbers if len(numbers) > 1 else set()
    return sorted(near)


@define
class _Across:
    """The happenings of several clusters as they grew, claim by claim, and what was in doubt on the way."""

    ground: Ground
    testimony: Testimony
    rule: JoinRule
    doubts: list[Doubt] = field(factory=list)
    _buckets: Buckets = field(init=False)
    _likenesses: Likenesses = field(init=False)
    _so_far: dict[ClaimGroup, ClaimGroup] = field(factory=dict)
    """From a happening to its claims so far."""
    _whole: dict[ClaimGroup, tuple[ClaimGroup, int]] = field(factory=dict)
    """From the claims so far to the happening, and the number of its cluster."""

    def __attrs_post_init__(self) -> None:
        self._buckets = Buckets(self.ground)
        self._likenesses = Likenesses(self.ground, self.testimony, self.rule)

    def take_first(self, number: int, part: Joins) -> None:
        """What was joined by a stated episode or by hand, before anything by nearness."""
        named = [claim for claim in part.ordered if claim.id in part.first]
        for claim in named:
            self._group(part.group[claim.id], number).claims.append(claim)
        for claim in named:
            if joins_by_day(claim):
                self._buckets.enter(claim, self._group(part.group[claim.id], number))

    def take(self, claim: Claim, number: int, whole: ClaimGroup) -> None:
        """A claim that was joined by nearness: hold it against the happenings of other clusters that it is near."""
        for group in self._buckets.near(claim, self.rule.doubtful):
            other, of = self._whole[group]
            if of == number or isinstance(claim.event, StrengthAssessed):
                continue
            alike = self._likenesses.to_all(claim, group)
            if alike is not None and alike.why and not alike.joins:
                self.doubts.append((whole, other, alike.why))
        group = self._group(whole, number)
        group.claims.append(claim)
        self._buckets.enter(claim, group)

    def _group(self, whole: ClaimGroup, number: int) -> ClaimGroup:
        if whole not in self._so_far:
            group = self._so_far[whole] = ClaimGroup(whole.episode)
            self._whole[group] = (whole, number)
        return self._so_far[whole]
