"""The sides on which a claim can stand toward a value at a minute, and how long that value has been in force."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Literal

from attrs import evolve, frozen

from situation.dates import Interval, Minute
from situation.log.fold import Change
from situation.testimony.claims import Claim

__all__ = ["Group", "Spell", "Stands", "Witness", "denials_placed"]

Group = Literal["for", "other_times", "against"]


Stands = Literal["so", "stage", "otherwise"]


@frozen
class Witness:
    """A claim's part in the evidence for a cell at a minute.

    Args:
        claim: the claim.
        answer: the value that it gives the cell; a statement's predicate by name; None where it denies what would give
            one, or speaks to the cell only through its happening.
        group: on which side it stands at that minute.
        span: the time that it speaks of.
    """

    claim: Claim
    answer: Any
    group: Group
    span: Interval


@frozen
class Spell:
    """How long a value has been in force: its changes, the last first, when it began, and the claims of its entries."""

    changes: tuple[Change, ...]
    begun: Minute
    named: frozenset[str]
    backing: frozenset[str]


def denials_placed(witnesses: Iterable[Witness], begun: Minute) -> tuple[Witness, ...]:
    """Witnesses, with the denial of what a rival says now beside the rival: it speaks of now as much as the rival does.

    Who denies what nobody says speaks of that day alone.

    Args:
        witnesses: all who speak to a cell, with the side on which each stands at a minute.
        begun: from when the value of that minute has been in force.
    """
    placed = tuple(witnesses)
    rivals = [it.claim for it in placed if it.group == "against" and it.claim.mode == "asserts"]
    contents, ids = [claim.content for claim in rivals], {claim.id for claim in rivals}

    def denies_now(it: Witness) -> bool:
        denied = it.claim.mode == "denies" and it.claim.content in contents
        return it.group == "other_times" and it.span.latest >= begun and (denied or it.claim.corrects in ids)

    return tuple(evolve(it, group="for") if denies_now(it) else it for it in placed)
