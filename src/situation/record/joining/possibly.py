"""Happenings that may be one and are not joined: how alike a report and a happening are, and which pairs are listed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from attrs import frozen

from situation.record.joining.likeness import JoinRule, Likeness, likeness
from situation.record.joining.nearby import ClaimGroup
from situation.record.joining.topic import span_of
from situation.testimony.claims import Claim
from situation.testimony.ground import Ground
from situation.testimony.testimony import Testimony

__all__ = ["Doubt", "PossiblyOne", "doubtful_pairs", "likeness_to_all", "turn"]

Doubt = tuple[ClaimGroup, ClaimGroup, str]
"""Two happenings that may be one, and why they are not joined, in words."""


@frozen
class PossiblyOne:
    """Two happenings that may be one: their claims, and why they are not joined."""

    claims: tuple[tuple[str, ...], tuple[str, ...]]
    why: str


def turn(claim: Claim, ground: Ground) -> tuple[bool, int, int]:
    """What puts first those that say who did it, then the more closely dated, then the earlier."""
    span = span_of(claim, ground)
    return getattr(claim.event, "by", None) == (), span.latest - span.earliest, span.earliest


def likeness_to_all(
    claim: Claim, others: Sequence[Claim], ground: Ground, testimony: Testimony, rule: JoinRule
) -> Likeness | None:
    """How alike a claim and all of some claims are, by the least alike; None: they are not one for sure."""
    each: list[Likeness] = []
    for other in others:
        if testimony.parted(claim.id, other.id) or testimony.rows_of_one_file(claim, other):
            return None
        alike = likeness(claim, other, ground, testimony, rule)
        if alike is None:
            return None
        each.append(alike)
    worst = min(each, key=lambda alike: (alike.joins, -alike.gap, alike.agreements))
    names = " and ".join(sorted(other.id for other in others)[:3]) if worst.joins else ""
    return Likeness(
        worst.joins,
        max(alike.gap for alike in each),
        sum(alike.agreements for alike in each),
        f"{worst.why} as {names}" if worst.joins else worst.why,
    )


def doubtful_pairs(doubts: Iterable[Doubt], testimony: Testimony) -> tuple[PossiblyOne, ...]:
    """The pairs of happenings that may be one, each once, but for those that were parted by hand or by their episodes."""
    pairs: dict[tuple[tuple[str, ...], ...], str] = {}
    for one, other, why in doubts:
        if one.episode and other.episode and one.episode != other.episode:
            continue
        sides = sorted(tuple(sorted(claim.id for claim in group.claims)) for group in (one, other))
        apart = any(testimony.parted(mine, its) for mine in sides[0] for its in sides[1])
        if sides[0] != sides[1] and not apart:
            pairs.setdefault((sides[0], sides[1]), why)
    return tuple(PossiblyOne((sides[0], sides[1]), why) for sides, why in sorted(pairs.items()))
