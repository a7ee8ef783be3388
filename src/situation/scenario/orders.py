"""Orders: what an actor may tell a force to do, and the names of the doctrines that give them."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final, Literal

from attrs import frozen

__all__ = ["DOCTRINE_NAMES", "DOCTRINE_NEEDS", "Order", "Verb"]

Verb = Literal["march", "withdraw", "hide", "seal", "open", "posture"]

DOCTRINE_NAMES = (
    "advance",
    "hold",
    "delay and withdraw",
    "raid and hide",
    "race",
    "avoid contact",
    "seal route",
    "open route",
    "coordinate",
)
"""The doctrines that a scenario may name; `doctrines` has a function for each."""

_GOING = ("forces", "objectives")
DOCTRINE_NEEDS: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        "advance": _GOING,
        "race": _GOING,
        "avoid contact": _GOING,
        "coordinate": _GOING,
        "seal route": ("links",),
        "open route": ("links",),
    }
)
"""What a plan must name for its doctrine to give any order at all."""


@frozen
class Order:
    """One order: to which force, what, and toward or about what.

    Args:
        force: a force of the plan; for an order about an actor as a whole, its id.
        verb: `march` and `withdraw` go to a neighbouring place, `hide` sends a garrison into hiding, `seal` and `open`
            are about a link, `posture` about the actor.
        object: a place, a link or a posture.
    """

    force: str
    verb: Verb
    object: str
