"""What the opening says of agreements, as entries of the log: they were in force when the window begins."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from situation.dates import Interval
from situation.events import OpeningAssumed
from situation.events.agreements import STANCE_UNDER, pairs_of
from situation.log.entry import Assumed, Entry
from situation.testimony.claims import Claim
from situation.testimony.ground import Ground

__all__ = ["opening_agreements"]


def opening_agreements(ground: Ground, known: Mapping[str, Claim]) -> Iterator[Entry]:
    """An entry for each agreement in force at the window's start.

    Between two of its sides of whose stance the opening says nothing, it is that which such an agreement brings.
    """
    start = ground.window.earliest
    root = ground.at(start).root
    related = {frozenset((it.actor, it.toward)) for it in ground.opening.relations}
    for agreement in ground.opening.agreements:
        cells: dict[str, Any] = {}
        for one, other in pairs_of(root, agreement.between):
            cells[f"{one}:{other}.agreement"] = agreement.agreed
            if frozenset((one, other)) not in related:
                stance = STANCE_UNDER[agreement.kind]
                cells |= {f"{one}:{other}.stance": stance, f"{other}:{one}.stance": stance}
        claims = tuple(sorted(claim for claim in agreement.because if claim in known))
        event = OpeningAssumed(agreement.subject, cells)
        yield Entry(
            f"opening:{agreement.subject}.agreement",
            start,
            Interval(start, start),
            event,
            Assumed(claims, agreement.assumed),
        )
