"""The sides on which a claim can stand toward a value at a minute, and how long that value has been in force."""

from __future__ import annotations

from typing import Any, Literal

from attrs import frozen

from situation.dates import Interval, Minute
from situation.log.fold import Change
from situation.testimony.claims import Claim

__all__ = ["Group", "Spell", "Stands", "Witness"]

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
