"""What held at the window's start, for every place, actor and relation: nothing is left to a default."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Any, Final, Literal

from attrs import frozen

from situation.errors import Fault
from situation.events import ActorId, Agreement, AgreementKind, AreaId, Day, PlaceId
from situation.events.kinds import Stance

__all__ = [
    "OPENING_POSTURES",
    "ActorOpening",
    "AgreementOpening",
    "Opening",
    "Part",
    "PlaceOpening",
    "Relation",
    "Status",
    "Window",
]

Status = Literal["held", "contested", "besieged", "mixed", "ungarrisoned", "unknown"]
"""Control of a place. When each begins and ends: the table in `log/effects/control.py`."""
_Posture = Literal["attacks", "holds", "delays", "hides", "supports", "none"]
OPENING_POSTURES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "attacks": "attack",
        "holds": "hold",
        "delays": "delay",
        "hides": "hide",
        "supports": "support",
        "none": "none",
    }
)
"""From what the opening says of an actor to its posture, as the state has it."""


@frozen
class Part:
    """One actor's part of a place that several hold."""

    actor: ActorId
    part: str


def _has_reason(instance: Any) -> None:
    if not instance.because and not instance.assumed:
        raise Fault("An opening value has no reason.", "Name claims under 'because', or say why under 'assumed'.")


@frozen
class PlaceOpening:
    """How a place stood at the window's start, by claims or by assumption.

    `holders`: several that held it together; `besiegers`: several that ringed it together.
    """

    status: Status
    holder: ActorId | None = None
    holders: tuple[ActorId, ...] = ()
    besieger: ActorId | None = None
    besiegers: tuple[ActorId, ...] = ()
    parts: tuple[Part, ...] = ()
    because: tuple[str, ...] = ()
    assumed: str = ""

    def __attrs_post_init__(self) -> None:
        _has_reason(self)
        if self.holders and (self.holder is not None or len(set(self.holders)) < 2):
            raise Fault(
                "'holders' names several that hold a place together.", "For one alone, write 'holder'.", ("holders",)
            )
        if self.besiegers and (self.besieger is not None or len(set(self.besiegers)) < 2):
            raise Fault(
                "'besiegers' names several that ring a place.", "For one alone, write 'besieger'.", ("besiegers",)
            )
        nobody = self.holder is None and not self.holders
        if self.status in ("ungarrisoned", "unknown") and not nobody:
            fact = f"A place that is {self.status} names a holder."
            raise Fault(fact, "Leave the holder out, or write 'status: held'.", ("status",))
        if self.ring and self.status != "besieged":
            raise Fault(f"A place that is {self.status} names a besieger.", "Write 'status: besieged'.", ("status",))
        of = [part.actor for part in self.parts]
        if self.status == "held" and set(of) - {self.holder, *self.holders}:
            fact = "A place that is held has a part of somebody else."
            raise Fault(fact, "Write 'status: mixed' or 'contested', or take the part out.", ("parts",))
        twice = next((number for number, actor in enumerate(of) if actor in of[:number]), None)
        if twice is not None:
            fact = f"'{of[twice]}' has two parts of one place."
            raise Fault(fact, "Give each its one part.", ("parts", twice, "actor"))
        if self.status == "besieged" and (not self.ring or nobody):
            raise Fault("A besieged place names no besieger or no holder.", "Name who rings it and who is ringed.")
        for name in self.ring:
            if name in (self.holder, *self.holders):
                key = "besiegers" if self.besiegers else "besieger"
                advice = f"Name who rings the place under '{key}', who is ringed under 'holder'."
                raise Fault(f"'{name}' besieges itself.", advice, (key,))
        if self.status == "mixed" and len(self.parts) < 2:
            raise Fault("A mixed place names fewer than two parts.", "Name the part of each, the majority first.")
        if self.status in ("held", "contested", "mixed") and nobody:
            raise Fault(f"A place that is {self.status} names no holder.", "Name the holder.")

    @property
    def ring(self) -> tuple[ActorId, ...]:
        """Those who ring it, alone or together."""
        return self.besiegers or (() if self.besieger is None else (self.besieger,))


@frozen
class ActorOpening:
    """An actor's posture at the window's start."""

    posture: _Posture
    because: tuple[str, ...] = ()
    assumed: str = ""
    __attrs_post_init__ = _has_reason


@frozen
class Relation:
    """How one actor stood to another at the window's start: directed."""

    actor: ActorId
    toward: ActorId
    stance: Stance
    because: tuple[str, ...] = ()
    assumed: str = ""
    __attrs_post_init__ = _has_reason


@frozen
class AgreementOpening:
    """A ceasefire or a peace that was in force at the window's start: between whom, where (everywhere, where no area is
    named), and from when until when, as far as that is known."""

    kind: AgreementKind
    between: tuple[ActorId, ...]
    scope: tuple[AreaId, ...] = ()
    since: Day | None = None
    until: Day | None = None
    because: tuple[str, ...] = ()
    assumed: str = ""

    def __attrs_post_init__(self) -> None:
        _has_reason(self)
        if len(set(self.between)) < 2:
            raise Fault("An agreement is between two or more.", "Name all who made it.", ("between",))

    @property
    def subject(self) -> str:
        """Its parties as one word, `north:south`."""
        return ":".join(sorted(self.between))

    @property
    def agreed(self) -> Agreement:
        """What was agreed."""
        return Agreement(self.kind, frozenset(self.between), frozenset(self.scope), self.since, self.until)


@frozen
class Opening:
    """What held at the window's start for every place, actor and relation; and the agreements in force."""

    at: str
    places: Mapping[PlaceId, PlaceOpening]
    actors: Mapping[ActorId, ActorOpening]
    relations: tuple[Relation, ...]
    agreements: tuple[AgreementOpening, ...] = ()

    def entries(self) -> Iterator[tuple[str, tuple[str | int, ...], tuple[str, ...]]]:
        """The id of each entry that it makes in the log, where that stands under `opening`, and the claims that suggest it."""
        for place, opening in self.places.items():
            yield f"opening:{place}", ("places", place), opening.because
        for actor, intent in self.actors.items():
            yield f"opening:{actor}", ("actors", actor), intent.because
        for number, it in enumerate(self.relations):
            yield f"opening:{it.actor}:{it.toward}", ("relations", number), it.because
        for number, agreement in enumerate(self.agreements):
            yield self.agreement_id(agreement), ("agreements", number), agreement.because

    def agreement_id(self, agreement: AgreementOpening) -> str:
        """The id of the entry that an agreement makes in the log; with its areas where the same parties have others."""
        several = sum(it.subject == agreement.subject for it in self.agreements) > 1
        return f"opening:{agreement.subject}.agreement" + (f"@{'+'.join(sorted(agreement.scope))}" if several else "")


@frozen
class Window:
    """The span that a situation is about, as dates in local time."""

    earliest: str
    latest: str
