"""What held at the window's start, for every place, actor and relation: nothing is left to a default."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal

from attrs import frozen

from situation.errors import Fault
from situation.events import ActorId, PlaceId
from situation.events.kinds import Stance

__all__ = ["ActorOpening", "Opening", "Part", "PlaceOpening", "Relation", "Status", "Window"]

Status = Literal["held", "contested", "besieged", "mixed", "ungarrisoned", "unknown"]
"""Control of a place. When each begins and ends: the table in `log/effects/reported.py`."""
_Posture = Literal["attacks", "holds", "delays", "hides", "supports", "none"]


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
    """How a place stood at the window's start, by claims or by assumption. `holders`: several that held it together."""

    status: Status
    holder: ActorId | None = None
    holders: tuple[ActorId, ...] = ()
    besieger: ActorId | None = None
    parts: tuple[Part, ...] = ()
    because: tuple[str, ...] = ()
    assumed: str = ""

    def __attrs_post_init__(self) -> None:
        _has_reason(self)
        if self.holders and (self.holder is not None or len(set(self.holders)) < 2):
            raise Fault(
                "'holders' names several that hold a place together.", "For one alone, write 'holder'.", ("holders",)
            )
        nobody = self.holder is None and not self.holders
        if self.status in ("ungarrisoned", "unknown") and not nobody:
            fact = f"A place that is {self.status} names a holder."
            raise Fault(fact, "Leave the holder out, or write 'status: held'.", ("status",))
        if self.besieger is not None and self.status != "besieged":
            raise Fault(f"A place that is {self.status} names a besieger.", "Write 'status: besieged'.", ("status",))
        of = [part.actor for part in self.parts]
        if self.status == "held" and set(of) - {self.holder, *self.holders}:
            fact = "A place that is held has a part of somebody else."
            raise Fault(fact, "Write 'status: mixed' or 'contested', or take the part out.", ("parts",))
        twice = next((number for number, actor in enumerate(of) if actor in of[:number]), None)
        if twice is not None:
            fact = f"'{of[twice]}' has two parts of one place."
            raise Fault(fact, "Give each its one part.", ("parts", twice, "actor"))
        if self.status == "besieged" and (self.besieger is None or nobody):
            raise Fault("A besieged place names no besieger or no holder.", "Name who rings it and who is ringed.")
        if self.besieger is not None and self.besieger in (self.holder, *self.holders):
            fact = f"'{self.besieger}' besieges itself."
            raise Fault(fact, "Name who rings the place under 'besieger', who is ringed under 'holder'.", ("besieger",))
        if self.status == "mixed" and len(self.parts) < 2:
            raise Fault("A mixed place names fewer than two parts.", "Name the part of each, the majority first.")
        if self.status in ("held", "contested", "mixed") and nobody:
            raise Fault(f"A place that is {self.status} names no holder.", "Name the holder.")


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
class Opening:
    """What held at the window's start for every place, actor and relation."""

    at: str
    places: Mapping[PlaceId, PlaceOpening]
    actors: Mapping[ActorId, ActorOpening]
    relations: tuple[Relation, ...]


@frozen
class Window:
    """The span that a situation is about, as dates in local time."""

    earliest: str
    latest: str
