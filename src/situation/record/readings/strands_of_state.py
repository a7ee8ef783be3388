"""Which strands can bear on what a state shows: who holds what, with what forces, and how all stand to each other.

Most claims of a long record tell of fights and their dead, of captives and of words, from which nothing of that follows: of a
state they need not be read.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Final

from situation.events import (
    ActorDescribed,
    Attacked,
    CeasefireAgreed,
    CiviliansKilled,
    Event,
    Fled,
    PeaceSigned,
    PlaceDescribed,
    PositionTaken,
    PrisonersExchanged,
    PrisonersTaken,
    Proclaimed,
    RouteUsed,
    VoteHeld,
)
from situation.log.effects import EFFECTS
from situation.record.joining.clusters import Cluster
from situation.testimony.claims import Claim
from situation.testimony.ground import Ground

__all__ = ["BESIDE_THE_STATE", "strands_of_state"]

BESIDE_THE_STATE: Final[tuple[type[Event], ...]] = (
    *(Attacked, CiviliansKilled, PrisonersTaken, PrisonersExchanged, Fled, RouteUsed),
    *(PositionTaken, Proclaimed, VoteHeld, PlaceDescribed, ActorDescribed),
)
"""Events that write only cells that no state shows, and that no other event looks at."""
_HOUSE: Final = __name__.partition(".")[0]


def strands_of_state(clusters: Sequence[Cluster], strands: Sequence[Sequence[int]], ground: Ground) -> tuple[int, ...]:
    """The numbers of the strands with a claim that can bear on what a state shows.

    Acts of war do, where they can break an agreement; and so does whatever the opening names as its reason. Where events of a
    third party are known, whose effects may look at any cell, all strands do.
    """
    if any(not effect.__module__.startswith(f"{_HOUSE}.") for effect in EFFECTS.values()):
        return tuple(range(len(strands)))
    claims = (claim for cluster in clusters for claim in cluster)
    agreed = bool(ground.opening.agreements) or any(
        isinstance(it.content, CeasefireAgreed | PeaceSigned) for it in claims
    )
    beside = tuple(kind for kind in BESIDE_THE_STATE if not (agreed and kind.strikes))
    reasons = {name for _, _, because in ground.opening.entries() for name in because}
    bearing = [any(_bears(claim, beside, reasons) for claim in cluster) for cluster in clusters]
    return tuple(number for number, strand in enumerate(strands) if any(bearing[cluster] for cluster in strand))


def _bears(claim: Claim, beside: tuple[type[Event], ...], reasons: Collection[str]) -> bool:
    """Whether a claim tells of something else than what stands beside a state, or is the reason for some of its opening."""
    return not (claim.content is None or isinstance(claim.content, beside)) or claim.id in reasons
