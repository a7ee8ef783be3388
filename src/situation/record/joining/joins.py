"""Which claims tell of one happening: by a stated `episode`, by hand, or by day, place, sides and numbers.

Without an episode, reports of one kind at one place join where every two of them lie within a day of each other, and sides and
numbers are compatible. Ids, names and the order of lines decide nothing: those that name who did it come first, of these the
most closely dated, then the earlier; of those that come at once and of happenings one that fits several equally well joins none.
What lies up to three days apart is listed as possibly one. Reports on what lasts, and statements, join the nearest question on a
cell that they answer.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import groupby
from typing import Any, Final

from attrs import define, field, frozen

from situation.dates import DAY
from situation.events import StrengthAssessed
from situation.record.joining.fits import Fits
from situation.record.joining.likeness import JoinRule, can_be_one
from situation.record.joining.likenesses import Likenesses
from situation.record.joining.nearby import Buckets, ClaimGroup, happening_name
from situation.record.joining.possibly import Doubt, PossiblyOne, doubtful_pairs, turn
from situation.record.joining.topic import content_key, span_of, speaks
from situation.record.joining.turns import Turns, successive
from situation.testimony.claims import Claim
from situation.testimony.ground import Ground
from situation.testimony.testimony import Testimony

__all__ = ["NEAR", "Joins", "join", "joins_by_day"]

NEAR: Final = 7 * DAY
"""How far apart, in minutes, reports on what lasts may lie and still be of one question where none names an episode.
ASSUMED: a week, the longest delay with which a daily paper still reports an event as news."""


@frozen
class Joins:
    """What was joined.

    Args:
        ordered: every claim; those of one cluster in an order that no name decides.
        episode: from a claim's id to its episode: the stated one, or one of its own making.
        happening: from the id of a claim of an event to the name of the happening.
        why: from a claim's id to why it was joined to others, in words; claims that stand alone are not in it.
        possibly_one: pairs of happenings that may be one.
        group: from a claim's id to the claims that it was joined to.
        first: the ids of the claims that were joined by a stated episode or by hand, before all others.
    """

    ordered: tuple[Claim, ...]
    episode: Mapping[str, str]
    happening: Mapping[str, str]
    why: Mapping[str, str]
    possibly_one: tuple[PossiblyOne, ...]
    group: Mapping[str, ClaimGroup] = field(eq=False, repr=False)
    first: frozenset[str] = field(eq=False, repr=False)

    @classmethod
    def of(cls, parts: Iterable[Joins], across: Iterable[PossiblyOne]) -> Joins:
        """The joins of some clusters as one; `across`: the pairs of happenings of two of them that may be one."""
        ordered: list[Claim] = []
        episode: dict[str, str] = {}
        happening: dict[str, str] = {}
        why: dict[str, str] = {}
        doubts = [*across]
        group: dict[str, ClaimGroup] = {}
        first: set[str] = set()
        for part in parts:
            ordered += part.ordered
            group |= part.group
            first |= part.first
            episode |= part.episode
            happening |= part.happening
            why |= part.why
            doubts += part.possibly_one
        listed_all = tuple(sorted(doubts, key=lambda doubt: doubt.claims))
        return cls(tuple(ordered), episode, happening, why, listed_all, group, frozenset(first))


def join(claims: Iterable[Claim], ground: Ground, testimony: Testimony, rule: JoinRule | None = None) -> Joins:
    """Join claims to happenings.

    Args:
        claims: those known, in any order.
        ground: the map.
        testimony: which sources are rows, and what was joined and parted by hand.
        rule: how near and how alike; the default where left out.
    """
    ordered = tuple(sorted(claims, key=lambda claim: content_key(claim, ground)))
    work = _Joining(ground, testimony, rule or JoinRule())
    work.take(ordered)
    return work.made(ordered)


def joins_by_day(claim: Claim) -> bool:
    """Whether a claim is of something that happened at a time, or a number put on a force as of one."""
    event = claim.event
    return claim.kind == "event" and event is not None and (not event.lasting or isinstance(event, StrengthAssessed))


@define
class _Joining:
    """The work of joining: groups as they grow, and why each claim is where it is."""

    ground: Ground
    testimony: Testimony
    rule: JoinRule
    of: dict[str, ClaimGroup] = field(factory=dict)
    why: dict[str, str] = field(factory=dict)
    buckets: Buckets = field(init=False)
    likenesses: Likenesses = field(init=False)
    doubts: list[Doubt] = field(factory=list)
    first: frozenset[str] = frozenset()

    def __attrs_post_init__(self) -> None:
        self.buckets = Buckets(self.ground)
        self.likenesses = Likenesses(self.ground, self.testimony, self.rule)

    def take(self, ordered: tuple[Claim, ...]) -> None:
        """Groups that are stated, then those made by hand, then the rest by nearness."""
        stated: dict[tuple[str, ...], ClaimGroup] = {}
        for claim in ordered:
            if claim.episode:
                group = stated.setdefault((claim.episode, *_stated(claim, self.ground)), ClaimGroup(claim.episode))
                self._add(claim, group, f"episode {claim.episode}")
        self._by_hand(ordered)
        self.first = frozenset(self.of)
        for claim in ordered:
            if claim.id in self.of and joins_by_day(claim):
                self.buckets.enter(claim, self.of[claim.id])
        loose = [claim for claim in ordered if claim.id not in self.of and joins_by_day(claim)]
        for _, at_once in groupby(sorted(loose, key=self._turn), key=self._turn):
            self._by_day(list(at_once))
        self._by_cell([claim for claim in ordered if claim.id not in self.of], ordered)

    def _add(self, claim: Claim, group: ClaimGroup, why: str) -> None:
        group.claims.append(claim)
        self.of[claim.id] = group
        self.why[claim.id] = why

    def _by_hand(self, ordered: tuple[Claim, ...]) -> None:
        known = {claim.id: claim for claim in ordered}
        same_as = self.testimony.same_as if self.testimony.same else {}
        for names in dict.fromkeys(same_as[claim.id] for claim in ordered if claim.id in same_as):
            here = [claim for claim in ordered if claim.id in names]
            group = next((self.of[claim.id] for claim in here if claim.id in self.of), ClaimGroup())
            for claim in here:
                if claim.id not in self.of:
                    self._add(claim, group, "by hand, under 'same'")
        for claim in ordered:
            target = known.get(claim.takes_back)
            if (
                target is None
                or claim.id in self.of
                or not joins_by_day(target)
                or not self._in_place_of(claim, target)
            ):
                continue
            if target.id not in self.of:
                self._add(target, ClaimGroup(), "")
            words = "corrects" if claim.corrects else "takes back"
            self._add(claim, self.of[target.id], f"{words} {target.id}, which another voice said")

    def _in_place_of(self, claim: Claim, target: Claim) -> bool:
        """Whether what takes a claim back tells of the same happening, otherwise; else it denies it, and tells of another."""
        return can_be_one(claim, target, self.ground) and not self.testimony.parted(claim.id, target.id)

    def _by_day(self, alike_in_time: list[Claim]) -> None:
        """Join claims that come at once, each to what it fits best, if that is one; else it is of a happening of its own."""
        fits: Fits[ClaimGroup] = Fits()
        doubts: list[Doubt] = []
        same_of: dict[ClaimGroup, list[Claim]] = {}
        for claims in self._of_one_profile(alike_in_time):
            own, claim = ClaimGroup(), claims[0]
            for group in (it for it in self.buckets.near(claim, self.rule.doubtful) if it.claims):
                alike = self.likenesses.to_all(claim, group)
                if alike is not None and alike.joins:
                    fits.enter(own, group, (alike.gap, -alike.agreements))
                elif alike is not None and alike.why and not isinstance(claim.event, StrengthAssessed):
                    doubts.append((own, group, alike.why))
            same_of[own] = claims
            self._add(claim, own, "")
            self.buckets.enter(claim, own)
        together = fits.settle()
        for own, others in fits.torn.items():
            many = sum(len(same_of.get(other, (own,))) for other in others)
            doubts += [(own, other, f"it fits {many} happenings equally well") for other in others]
        firsts = {group: group.claims[0] for pair in doubts for group in pair[:2]}
        place = {claims[0].id: number for number, claims in enumerate(same_of.values())}
        for own, claims in same_of.items():
            one = (own, *(group for group in together.get(own, ()) if group.claims))
            oldest = min(one, key=lambda group: place.get(group.claims[0].id, -1))
            if oldest is not own and self.likenesses.to_all(claims[0], oldest) is None:
                oldest = own
            if oldest is not own:
                own.claims.clear()
                self.buckets.enter(claims[0], oldest)
            for claim in claims if oldest is not own else claims[1:]:
                alike = self.likenesses.to_all(claim, oldest)
                self._add(claim, oldest, alike.why if alike else "")
        self.doubts += [(self.of[firsts[one].id], self.of[firsts[other].id], why) for one, other, why in doubts]

    def _of_one_profile(self, alike_in_time: Iterable[Claim]) -> Iterable[list[Claim]]:
        """Claims in lists of neighbours that stand alike to every other claim, and join each other; all others alone."""
        for _, run in groupby(alike_in_time, key=self.likenesses.profile):
            claims = list(run)
            alike = self.likenesses.of(claims[1], claims[0]) if len(claims) > 1 else None
            if alike is not None and alike.joins:
                yield claims
            else:
                yield from ([claim] for claim in claims)

    def _turn(self, claim: Claim) -> tuple[bool, bool, int, int]:
        return turn(claim, self.ground)

    def _by_cell(self, loose: list[Claim], ordered: tuple[Claim, ...]) -> None:
        """Reports on what lasts, and statements: to the nearest question on a shared cell, in which nothing is far apart."""
        on_cell: dict[str, dict[ClaimGroup, list[Claim]]] = {}

        def enter(claim: Claim, group: ClaimGroup) -> None:
            for cell in speaks(claim, self.ground):
                on_cell.setdefault(cell, {}).setdefault(group, []).append(claim)

        episodes: dict[str, ClaimGroup] = {}
        for claim in ordered:
            if claim.id in self.of:
                group = self.of[claim.id]
                enter(claim, episodes.setdefault(group.episode, group) if group.episode else group)
        turns = Turns(ordered, self.ground) if loose else None
        for claim in loose:
            best: tuple[tuple[Any, ...], ClaimGroup, str] | None = None
            for cell, answer in speaks(claim, self.ground).items():
                until = turns.around(claim, cell) if turns else None
                for group, others in on_cell.get(cell, {}).items():
                    rank = self._rank(claim, cell, answer, group, others)
                    if until is not None and any(until.meet(span_of(it, self.ground)) is None for it in others):
                        continue  # it was otherwise in between
                    if rank is not None and (best is None or rank < best[0]):
                        best = (rank, group, f"near {min(other.id for other in others)}, on {cell}")
            group = best[1] if best else ClaimGroup()
            self._add(claim, group, best[2] if best else "")
            enter(claim, group)

    def _rank(
        self, claim: Claim, cell: str, answer: Any, group: ClaimGroup, others: list[Claim]
    ) -> tuple[Any, ...] | None:
        if any(self.testimony.parted(claim.id, other.id) or successive(claim, other, self.ground) for other in others):
            return None
        span = span_of(claim, self.ground)
        gaps = [span.gap(span_of(other, self.ground)) for other in others]
        gap = min(gaps) if group.episode else max(gaps)
        if gap > NEAR:
            return None
        agree = any(speaks(other, self.ground)[cell] == answer for other in others)
        first = min(content_key(other, self.ground)[1:-1] for other in others)
        return gap, not agree, first

    def made(self, ordered: tuple[Claim, ...]) -> Joins:
        """What has come of it, under names."""
        episode = {claim.id: self.of[claim.id].name for claim in ordered}
        happening = {}
        for claim in ordered:
            group = self.of[claim.id]
            if claim.kind == "event" and claim.event is not None:
                head = claim if not joins_by_day(claim) else group.claims[0]
                happening[claim.id] = happening_name(head, group.name, self.ground)
        shared: dict[str, int] = {}
        for name in happening.values():
            shared[name] = shared.get(name, 0) + 1
        why = {
            claim.id: self.why[claim.id]
            for claim in ordered
            if self.why[claim.id] and (claim.id not in happening or shared[happening[claim.id]] > 1)
        }
        return Joins(ordered, episode, happening, why, doubtful_pairs(self.doubts, self.testimony), self.of, self.first)


def _stated(claim: Claim, ground: Ground) -> tuple[str, ...]:
    """What parts the happenings of one stated episode: kind, subject and part; statements are together."""
    if claim.kind == "event" and claim.event is not None:
        return (happening_name(claim, claim.episode, ground),)
    return ()
