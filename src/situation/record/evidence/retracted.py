"""What was taken back: which claims no longer count, since when, and by which other claim."""

from __future__ import annotations

from collections.abc import Iterable

from attrs import frozen

from situation.dates import Minute
from situation.record.readings.reading import Reading
from situation.testimony.claims import Claim
from situation.testimony.testimony import Testimony

__all__ = ["TakenBack", "taken_back"]


@frozen
class TakenBack:
    """A claim that was taken back: `at` the minute from which that was known, `by` the claim that took it back."""

    claim: Claim
    at: Minute
    by: Claim


def taken_back(reading: Reading, testimony: Testimony, carried: bool = False) -> Iterable[TakenBack]:
    """Every claim known by the reading's time and taken back by then, in the order of the files."""
    for name, claim in testimony.claims.items():
        by = reading.taken_back.get(name)
        if by is not None and claim.mode != "retracts":
            yield TakenBack(claim, testimony.known_from(by, carried), by)
