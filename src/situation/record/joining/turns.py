"""What lasts, and turns: two reports of two days that differ on it tell of a change, and are no rivals.

How two stand to each other, in which phase an operation is, who holds a place: each holds from its day on, until another does.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final

from attrs import define, field

from situation.dates import Interval
from situation.log.state import split_cell
from situation.record.joining.comparisons import relate
from situation.record.joining.topic import span_of, speaks
from situation.testimony.claims import Claim
from situation.testimony.ground import Ground

__all__ = ["Turns", "successive"]

_LASTING: Final = frozenset({"holder", "stance", "phase", "commander", "against", "by", "route"})
"""Attributes of which a later report replaces an earlier one. Descriptions are of no time, and lists add up."""
_Said = tuple[Any, Any]
"""The value that a claim gives a cell, and the event or predicate that gives it."""


def successive(one: Claim, other: Claim, ground: Ground) -> bool:
    """Whether two claims say of what lasts that it was otherwise, at times that cannot be one: it changed in between."""
    if span_of(one, ground).meet(span_of(other, ground)) is not None:
        return False
    answers = speaks(other, ground)
    return any(
        cell in answers and _differ(cell, (value, one.content), (answers[cell], other.content), ground)
        for cell, value in speaks(one, ground).items()
    )


def _differ(cell: str, one: _Said, other: _Said, ground: Ground) -> bool:
    attribute = split_cell(cell)[1]
    if attribute not in _LASTING or one[0] == other[0]:
        return False
    return attribute in ("holder", "phase") or relate(cell, one, other, ground) not in ("agrees", "refines")


@define
class Turns:
    """Who says what of what lasts, and so within which time a report can be of one question with others that agree.

    Args:
        claims: all of a cluster.
        ground: the map.
    """

    claims: Iterable[Claim]
    ground: Ground
    _said: dict[str, list[tuple[Interval, _Said]]] = field(factory=dict, init=False)

    def __attrs_post_init__(self) -> None:
        for claim in self.claims:
            if claim.mode == "asserts" and claim.kind != "forecast":
                span = span_of(claim, self.ground)
                for cell, value in speaks(claim, self.ground).items():
                    if split_cell(cell)[1] in _LASTING:
                        self._said.setdefault(cell, []).append((span, (value, claim.content)))

    def around(self, claim: Claim, cell: str) -> Interval | None:
        """The time about a claim in which nobody says otherwise of a cell; None where it is of nothing that lasts."""
        said = self._said.get(cell)
        if said is None:
            return None
        span, mine = span_of(claim, self.ground), (speaks(claim, self.ground)[cell], claim.content)
        window = self.ground.window
        first, last = min(window.earliest, span.earliest), max(window.latest, span.latest)
        for other, its in said:
            before, after = other.latest < span.earliest, other.earliest > span.latest
            nearer = (before and other.latest >= first) or (after and other.earliest <= last)
            if nearer and _differ(cell, mine, its, self.ground):
                first, last = (other.latest + 1, last) if before else (first, other.earliest - 1)
        return Interval(first, last)
