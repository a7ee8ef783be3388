"""Ceasefires and peace: between whom, where and until when; and how they end."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import combinations
from typing import Any, ClassVar, Final, Literal

from attrs import field, frozen

from situation.errors import Fault
from situation.events.kinds import ActorId, AreaId, Day, Event, Lane, Root, Stance, Values, event, not_empty, roots

__all__ = [
    "STANCE_UNDER",
    "Agreement",
    "AgreementEnded",
    "AgreementKind",
    "AgreementLapsed",
    "CeasefireAgreed",
    "CeasefireBegan",
    "PeaceSigned",
    "StandingAgreement",
    "pairs_of",
]

AgreementKind = Literal["ceasefire", "peace"]


@frozen
class Agreement:
    """What two sides agreed on: with which parties, where (everywhere, where none is named), from when and until when."""

    kind: AgreementKind
    parties: frozenset[ActorId]
    scope: frozenset[AreaId] = frozenset()
    since: Day | None = None
    until: Day | None = None


@frozen
class StandingAgreement:
    """An agreement of a pair that stands beside a later one, whether it was broken, and which units broke it."""

    agreed: Agreement
    violated: bool = False
    violated_by: frozenset[ActorId] = frozenset()


def pairs_of(root: Root, parties: tuple[ActorId, ...]) -> Iterator[tuple[ActorId, ActorId]]:
    """Each pair of sides among some parties, in the order of their ids."""
    return combinations(sorted(set(roots(root, parties))), 2)


STANCE_UNDER: Final[Mapping[AgreementKind, Stance]] = {"ceasefire": "deconflicted", "peace": "neutral"}
"""How two sides stand to each other once they have agreed."""


def _agreed(root: Root, parties: tuple[ActorId, ...], agreement: Agreement) -> Values:
    """The cells of what parties agreed on: for each pair of sides the stance that follows, calm, and the agreement."""
    cells: dict[str, Any] = {}
    stance = STANCE_UNDER[agreement.kind]
    for one, other in pairs_of(root, parties):
        cells |= {f"{one}:{other}.stance": stance, f"{other}:{one}.stance": stance}
        cells |= {f"{one}:{other}.rung": 0, f"{one}:{other}.agreement": agreement}
    return cells


@event
@frozen
class CeasefireAgreed(Event):
    """Actors at war agreed to stop fighting: `actor` and `toward`, or all of `between`.

    `scope` names where it holds; `since` and `until` the first and the last day on which it does, where these are said.
    """

    lane: ClassVar[Lane] = "statements"
    noun: ClassVar[str] = "Ceasefire"
    together: ClassVar[tuple[str, ...]] = ("actor", "toward", "between")
    actor: ActorId | None = None
    toward: ActorId | None = None
    between: tuple[ActorId, ...] = ()
    scope: tuple[AreaId, ...] = ()
    since: Day | None = None
    until: Day | None = None

    def __attrs_post_init__(self) -> None:
        if len(self.parties) > 1 and len(set(self.parties)) == 1:
            one, key = self.parties[0], "between" if self.between else "toward"
            raise Fault(f"'{one}' and '{one}' are one side.", "Name two that are none.", (key,))
        if len(self.parties) < 2 or (self.between and (self.actor, self.toward) != (None, None)):
            raise Fault("It is not said who agreed.", "Write actor and toward, or between with two or more.")

    @property
    def parties(self) -> tuple[ActorId, ...]:
        """Those who agreed."""
        return self.between or tuple(actor for actor in (self.actor, self.toward) if actor is not None)

    @property
    def subject(self) -> str:
        return ":".join(sorted(self.parties))

    @property
    def actors(self) -> tuple[ActorId, ...]:
        return self.parties

    @property
    def agreed(self) -> Agreement:
        """What they agreed on."""
        return Agreement("ceasefire", frozenset(self.parties), frozenset(self.scope), self.since, self.until)

    def speaks(self, root: Root) -> Values:
        return _agreed(root, self.parties, self.agreed)


@frozen
class _EndOfTerm(Event):
    """The first day, or the day after the last, of what had been agreed on."""

    lane: ClassVar[Lane] = "statements"
    reported: ClassVar[bool] = False
    agreed: Agreement

    @property
    def subject(self) -> str:
        return ":".join(sorted(self.agreed.parties))

    @property
    def actors(self) -> tuple[ActorId, ...]:
        return tuple(sorted(self.agreed.parties))


@event
@frozen
class CeasefireBegan(_EndOfTerm):
    """The first day of a ceasefire that had been agreed on before it: from now on the parties keep clear of each other."""

    def speaks(self, root: Root) -> Values:
        cells = _agreed(root, self.actors, self.agreed)
        return {cell: value for cell, value in cells.items() if not cell.endswith(".agreement")}


@event
@frozen
class AgreementLapsed(_EndOfTerm):
    """The term of an agreement is over: from now on its parties stand to each other as they did before it."""

    def speaks(self, root: Root) -> Values:
        return {}


@event
@frozen
class PeaceSigned(Event):
    """Sides at war made peace. `about` names the treaty, or what was agreed."""

    lane: ClassVar[Lane] = "statements"
    noun: ClassVar[str] = "Peace"
    by: tuple[ActorId, ...] = field(validator=not_empty)
    about: str | None = None

    def __attrs_post_init__(self) -> None:
        if len(set(self.by)) < 2:
            raise Fault("A peace is made by two or more.", "Name all who signed.", ("by",))

    @property
    def subject(self) -> str:
        return ":".join(sorted(self.by))

    def speaks(self, root: Root) -> Values:
        return _agreed(root, self.by, Agreement("peace", frozenset(self.by)))


@event
@frozen
class AgreementEnded(Event):
    """A party ended its ceasefire or its peace with another: from then on they are enemies again."""

    lane: ClassVar[Lane] = "statements"
    noun: ClassVar[str] = "End of the agreement"
    by: tuple[ActorId, ...] = field(validator=not_empty)
    toward: ActorId

    @property
    def subject(self) -> str:
        return ":".join(sorted((*self.by, self.toward)))

    @property
    def harms(self) -> tuple[ActorId, ...]:
        return (self.toward,)

    def speaks(self, root: Root) -> Values:
        cells: dict[str, Any] = {}
        for actor in roots(root, self.by):
            one, other = sorted((actor, root(self.toward)))
            cells |= {f"{one}:{other}.stance": "hostile", f"{other}:{one}.stance": "hostile"}
            cells |= {f"{one}:{other}.ended": True}
        return cells
