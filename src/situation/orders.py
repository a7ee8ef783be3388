"""Orders: what an actor may tell a force to do, and the names of the doctrines that give them."""

from __future__ import annotations

from typing import Literal

from attrs import frozen

__all__ = ["DOCTRINE_NAMES", "Order", "Verb"]

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
