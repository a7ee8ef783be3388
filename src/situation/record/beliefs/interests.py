"""Whom a claim serves and whom it harms if it is believed: by what it tells, and number by number by whose it is.

Who tells of an enemy's dead and of his own tells what suits him, and what does not, in one claim. Whether a number is high or
low for what it counts is not asked: by itself no claim says so, and its rivals stand beside it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

from attrs import frozen

from situation.events import CIVILIANS, UNKNOWN, ActorId, Attacked, Event, Quantity
from situation.events.predicates import (
    BesiegedBy,
    DividedBetween,
    Holds,
    HoldsMostOf,
    HoldsNothingIn,
    LargestPlaceOf,
    LastPlaceOf,
    Said,
    ShareHeld,
    ShareRegained,
)
from situation.record.joining.topic import bounds, facts_of
from situation.testimony.claims import Claim
from situation.testimony.ground import Ground

__all__ = ["Interests", "interests_by_cell", "interests_of", "interests_whether"]


@frozen
class Interests:
    """Whom something serves if it is believed, and whom it harms."""

    served: tuple[ActorId, ...] = ()
    harmed: tuple[ActorId, ...] = ()

    @property
    def turned(self) -> Interests:
        """Those of the contrary."""
        return Interests(self.harmed, self.served)


_COUNTED_BY_SIDE: Final[Mapping[str, bool]] = {"killed_of": True, "wounded_of": True, "released": False}
"""The fields that count by side, and whether it is a harm to the side that is counted; if not, it is a gain."""
_HARM: Final = ("prisoners", "fled", "civilians_killed", "crew_killed", "crew_taken")
"""The attributes that count what befell those whom the whole event harms."""


def interests_of(claim: Claim) -> Interests:
    """Whom a claim serves and whom it harms as a whole; a denial the other way round."""
    made = _of_content(claim)
    return made.turned if claim.mode == "denies" else made


def _of_content(claim: Claim) -> Interests:
    content = claim.content
    if isinstance(content, Event):
        return Interests(content.serves, content.harms)
    if isinstance(content, Holds | HoldsMostOf | ShareHeld | LargestPlaceOf | BesiegedBy):
        return Interests((content.actor,))
    if isinstance(content, HoldsNothingIn | LastPlaceOf):
        return Interests((), (content.actor,))
    if isinstance(content, ShareRegained):
        return Interests((content.actor,), (content.against,))
    if content is None or isinstance(content, DividedBetween | Said):
        return Interests()
    raise LookupError(
        f"It is not said whom {type(content).__name__} serves. Enter it in situation.record.beliefs.interests."
    )


def interests_whether(claims: Iterable[Claim], civilians: bool = False) -> Interests | None:
    """Whom it serves and harms that an attack happened of which somebody counts dead civilians; None: it is no such.

    It harms whoever did it, as the killing of civilians does, and serves those whom it befell; also where who owns or denies
    the attack is silent about them.

    Args:
        claims: all that is said of it.
        civilians: whether it is known that civilians were killed, also where none of these claims counts them.
    """
    attacks = [claim.event for claim in claims if claim.mode == "asserts" and isinstance(claim.event, Attacked)]
    if not attacks or not (civilians or any(map(_counts_civilians, attacks))):
        return None
    doers = dict.fromkeys(actor for attack in attacks for actor in attack.by)
    befell = dict.fromkeys(attack.against for attack in attacks if attack.against not in (None, *doers))
    return Interests(tuple(actor for actor in befell if actor is not None), tuple(doers))


def _counts_civilians(attack: Attacked) -> bool:
    """Whether civilians are among the dead that it counts."""
    counted = [number for side, number in attack.killed_of.items() if side == CIVILIANS]
    counted += [number for number in (attack.killed,) if number is not None and number.unit == CIVILIANS]
    return any(bounds(number)[1] > 0 for number in counted)


def interests_by_cell(claim: Claim, ground: Ground) -> dict[str, Interests]:
    """The cells of a claim that serve and harm others than the whole of it, and whom: numbers of one side.

    The dead and wounded of a side harm it, those of civilians whoever did it; a number of none is to the good of those whom one
    of some would harm.

    Args:
        claim: the claim.
        ground: the map as it was then.
    """
    event = claim.event
    if event is None or claim.mode != "asserts":
        return {}
    made: dict[str, Interests] = {}
    for cell, number in facts_of(event, ground.root).cells.items():
        if not isinstance(number, Quantity):
            continue
        _, attribute, *rest = cell.split(".")
        whose: Interests | None = None
        if attribute in _COUNTED_BY_SIDE and rest:
            whose = _of_side(event, attribute, rest[0], ground)
        elif attribute in _HARM and bounds(number)[1] == 0:
            whose = Interests(event.serves, event.harms)
        if whose is not None:
            made[cell] = whose.turned if bounds(number)[1] == 0 else whose
    return made


def _of_side(event: Event, field: str, side: str, ground: Ground) -> Interests:
    """Whom it serves and harms that some of a side are counted."""
    if side == UNKNOWN:
        return Interests()
    if side == CIVILIANS:
        return Interests((), event.actors) if _COUNTED_BY_SIDE[field] else Interests()
    units = tuple(
        ActorId(it) for it in getattr(event, field) if it not in (CIVILIANS, UNKNOWN) and ground.root(it) == side
    )
    return Interests((), units) if _COUNTED_BY_SIDE[field] else Interests(units)
