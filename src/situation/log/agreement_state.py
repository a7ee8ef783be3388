"""What two sides have agreed on, as their cells have it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from attrs import frozen

from situation.events import Agreement, StandingAgreement
from situation.log.terms import agreement_key

__all__ = ["AgreementState", "agreement_state"]


@frozen
class AgreementState:
    """The last ceasefire or peace of two sides: terms, breaches, whether it ended, and which others stand beside it."""

    between: tuple[str, str]
    agreed: Agreement
    violated: bool = False
    violated_by: frozenset[str] = frozenset()
    ended: bool = False
    beside: frozenset[StandingAgreement] = frozenset()


def agreement_state(between: tuple[str, str], cells: Mapping[str, Any]) -> AgreementState | None:
    """The agreements of a pair; None where it has none.

    Where the last one is disputed, the others stand all the same, and the last of these by its terms takes its place.
    """
    standing = sorted(cells.get("agreements_beside") or (), key=lambda it: agreement_key(it.agreed))
    last, by = cells.get("agreement"), cells.get("violated_by") or frozenset()
    if last is not None:
        standing.append(StandingAgreement(last, bool(cells.get("violated")), by))
    if not standing:
        return None
    end, ended = standing.pop(), bool(cells.get("ended"))
    return AgreementState(between, end.agreed, end.violated, end.violated_by, ended, frozenset(standing))
