"""Happenings that may be one and are not joined: which pairs are listed."""

from __future__ import annotations

from collections.abc import Iterable

from attrs import frozen

from situation.record.joining.nearby import ClaimGroup
from situation.record.joining.topic import span_of
from situation.testimony.claims import Claim
from situation.testimony.ground import Ground
from situation.testimony.testimony import Testimony

__all__ = ["Doubt", "PossiblyOne", "doubtful_pairs", "turn"]

Doubt = tuple[ClaimGroup, ClaimGroup, str]
"""Two happenings that may be one, and why they are not joined, in words."""


@frozen
class PossiblyOne:
    """Two happenings that may be one: their claims, and why they are not joined."""

    claims: tuple[tuple[str, ...], tuple[str, ...]]
    why: str


def turn(claim: Claim, ground: Ground) -> tuple[bool, bool, int, int]:
    """What puts first those that say who did it, then the more closely dated, then the earlier; and denials after all reports."""
    span = span_of(claim, ground)
    unnamed = getattr(claim.event, "by", None) == ()
    return claim.mode == "denies", unnamed, span.latest - span.earliest, span.earliest


def doubtful_pairs(doubts: Iterable[Doubt], testimony: Testimony) -> tuple[PossiblyOne, ...]:
    """The pairs of happenings that may be one, each once, but for those that were parted by hand or by their episodes."""
    pairs: dict[tuple[tuple[str, ...], ...], str] = {}
    names: dict[ClaimGroup, tuple[str, ...]] = {}
    for one, other, why in doubts:
        if one.episode and other.episode and one.episode != other.episode:
            continue
        for group in (one, other):
            if group not in names:
                names[group] = tuple(sorted(it.id for it in group.claims if it.kind == "event"))
        sides = sorted((names[one], names[other]))
        apart = testimony.separate and any(testimony.parted(mine, its) for mine in sides[0] for its in sides[1])
        if sides[0] != sides[1] and not apart:
            pairs.setdefault((sides[0], sides[1]), why)
    return tuple(PossiblyOne((sides[0], sides[1]), why) for sides, why in sorted(pairs.items()))
