"""How alike claims are, each two that say the same worked out once: many reports of one place say one of a few things.

What two claims come to hangs on what each tells of which time, and on whether they stand in one piece or are one body's words.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from heapq import nsmallest
from typing import Final

from attrs import define, field

from situation.record.joining.likeness import JoinRule, Likeness, likeness
from situation.record.joining.nearby import ClaimGroup
from situation.record.joining.topic import facts_of, span_of
from situation.testimony.authority import own_body
from situation.testimony.claims import Claim
from situation.testimony.ground import Ground
from situation.testimony.testimony import Testimony

__all__ = ["Likenesses", "Profile"]

Profile = tuple[int, int, int, str | None, str]
"""What of a claim bears on its likeness to others: what it tells or denies of which time, its piece, whose words it is, the table
of which it is a row, and its id where it was parted by hand from others."""
_NAMED: Final = 3
"""How many of the claims to which one is joined are named in why it is."""


@define(eq=False)
class _Members:
    """The claims of a group so far: by profile the first of them and how many, and the ids that come first."""

    seen: int = 0
    by_profile: dict[Profile, tuple[Claim, int]] = field(factory=dict)
    first: list[str] = field(factory=list)


@define(eq=False, slots=False)
class Likenesses:
    """How alike claims of one reading are.

    Args:
        ground: the map.
        testimony: which sources are rows, and what was parted by hand.
        rule: how near and how alike.
    """

    ground: Ground
    testimony: Testimony
    rule: JoinRule
    _profiles: dict[str, Profile] = field(factory=dict, init=False)
    _numbers: dict[object, int] = field(factory=dict, init=False)
    _bodies: dict[tuple[str, str], int] = field(factory=dict, init=False)
    _pairs: dict[tuple[int, int, bool, bool], Likeness | None] = field(factory=dict, init=False)
    _members: dict[ClaimGroup, _Members] = field(factory=dict, init=False)

    def profile(self, claim: Claim) -> Profile:
        """What bears on its likeness to others: those of one profile stand alike to every other claim."""
        kept = self._profiles.get(claim.id)
        if kept is None:
            event, time = claim.event, claim.happened
            text = "" if event is None else facts_of(event, self.ground.root).text
            dated = (time.ranged, time.precision, time.doubtful) if time else ()
            what = self._number((claim.mode, type(event), text, span_of(claim, self.ground), dated))
            piece = self._number(("piece", claim.source, self.testimony.known_from(claim)))
            voice = (claim.said_by, claim.origin)
            body = self._bodies.get(voice)
            if body is None:
                body = self._bodies[voice] = self._number(("body", own_body(claim, self.testimony)))
            apart = claim.id if claim.id in self._parted else ""
            kept = self._profiles[claim.id] = (what, piece, body, self.testimony.table_of(claim), apart)
        return kept

    @cached_property
    def _parted(self) -> frozenset[str]:
        return frozenset(name for names in self.testimony.separate for name in names)

    def _number(self, thing: object) -> int:
        return self._numbers.setdefault(thing, len(self._numbers))

    def of(self, one: Claim, other: Claim) -> Likeness | None:
        """How alike two claims are; None: they are of two happenings, and nothing suggests otherwise."""
        mine, its = self.profile(one), self.profile(other)
        apart = mine[4] and its[4] and self.testimony.parted(mine[4], its[4])
        if apart or (mine[3] is not None and mine[3] == its[3]):
            return None
        key = (mine[0], its[0], mine[1] == its[1], mine[2] == its[2])
        if key not in self._pairs:
            self._pairs[key] = likeness(one, other, self.ground, self.testimony, self.rule)
        return self._pairs[key]

    def to_all(self, claim: Claim, group: ClaimGroup) -> Likeness | None:
        """How alike a claim and all of a group are, by the least alike; None: they are not one for sure.

        What a denial says is held against each report by itself, by the most alike, and parts no reports from each other.
        """
        members = self._up_to_date(group)
        reports = [pair for pair in members.by_profile.values() if pair[0].mode != "denies"] or [
            *members.by_profile.values()
        ]
        if claim.mode == "denies" and reports and reports[0][0].mode != "denies":
            return self._most_alike(claim, [other for other, _ in reports])
        gap = agreements = 0
        worst: Likeness | None = None
        for other, many in reports:
            alike = self.of(claim, other)
            if alike is None:
                return None
            gap, agreements = max(gap, alike.gap), agreements + many * alike.agreements
            if worst is None or _rank(alike) < _rank(worst):
                worst = alike
        if worst is None:
            return None
        why = f"{worst.why} as {' and '.join(members.first)}" if worst.joins else worst.why
        return Likeness(worst.joins, gap, agreements, why)

    def _most_alike(self, denial: Claim, reports: Sequence[Claim]) -> Likeness | None:
        """How alike a denial is to that report of an event which it fits best; None: it is of none of them."""
        alike = [(it, other.id) for other in reports if (it := self.of(denial, other)) is not None]
        if not alike:
            return None
        best = max((it for it, _ in alike), key=_rank)
        names = nsmallest(_NAMED, (name for it, name in alike if _rank(it) == _rank(best)))
        why = f"{best.why} as {' and '.join(names)}" if best.joins else best.why
        return Likeness(best.joins, best.gap, best.agreements, why)

    def _up_to_date(self, group: ClaimGroup) -> _Members:
        members = self._members.get(group)
        if members is None or members.seen > len(group.claims):
            members = self._members[group] = _Members()
        fresh: Sequence[Claim] = group.claims[members.seen :]
        for claim in fresh:
            profile = self.profile(claim)
            first, many = members.by_profile.get(profile, (claim, 0))
            members.by_profile[profile] = (first, many + 1)
        if fresh:
            members.seen = len(group.claims)
            members.first = nsmallest(_NAMED, [*members.first, *(claim.id for claim in fresh)])
        return members


def _rank(alike: Likeness) -> tuple[bool, int, int]:
    return alike.joins, -alike.gap, alike.agreements
