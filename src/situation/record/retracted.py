"""What was taken back: which claims no longer count, since when, and by which other claim."""

from __future__ import annotations

from collections.abc import Iterable

from attrs import frozen

from situation.clock import Minute
from situation.record.reading import Reading
from situation.testimony.claims import Claim
from situation.testimony.sources import Testimony

__all__ = ["TakenBack", "taken_back"]


@frozen
class TakenBack:
    """A claim that was taken back: `at` the minute from which that was known, `by` the claim that took it back."""

    claim: Claim
    at: Minute
    by: Claim


def taken_back(reading: Reading, testimony: Testimony, carried: bool = False) -> Iterable[TakenBack]:
    """Every claim known by the reading's time and taken back by then, in the order of the files."""
    known = {
        name: claim
        for name, claim in testimony.claims.items()
        if testimony.known_from(claim, carried) <= reading.known_at
    }
    retractions: dict[str, list[Claim]] = {}
    for claim in known.values():
        if claim.mode == "retracts":
            retractions.setdefault(claim.retracts, []).append(claim)
    standing = {name for name in known if _stands(name, retractions)}
    for name, claim in known.items():
        if claim.mode == "retracts" or name in reading.claims:
            continue
        by = [retraction for retraction in retractions.get(name, ()) if retraction.id in standing]
        if by:
            first = min(by, key=lambda retraction: (testimony.known_from(retraction, carried), retraction.id))
            yield TakenBack(claim, testimony.known_from(first, carried), first)


def _stands(name: str, retractions: dict[str, list[Claim]]) -> bool:
    """Whether nothing takes a claim back that is not itself taken back."""
    return not any(_stands(retraction.id, retractions) for retraction in retractions.get(name, ()))
