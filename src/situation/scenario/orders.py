"""Orders: what an actor may tell a force to do, and the names of the doctrines that give them."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final, Literal

from attrs import frozen

__all__ = ["DOCTRINE_NAMES", "DOCTRINE_NEEDS", "Order", "Verb"]

Verb = Literal["march", "withdraw", "hide", "seal", "open", "posture"]

_GOING = ("forces", "objectives")
DOCTRINE_NEEDS: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        "advance": _GOING,
        "hold": (),
        "delay and withdraw": (),
        "raid and hide": (),
        "race": _GOING,
        "avoid contact": _GOING,
        "seal route": ("links",),
        "open route": ("links",),
        "coordinate": _GOING,
    }
)
"""The doctrines that a scenario may name, each with what a plan must give it so that it can give any order at all."""

DOCTRINE_NAMES = tuple(DOCTRINE_NEEDS)


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
