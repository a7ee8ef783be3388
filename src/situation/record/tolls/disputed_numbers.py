"""Which numbers of dead, wounded and prisoners are disputed: of an event, of one side or of all together."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from types import MappingProxyType
from typing import Final

from attrs import define, field

from situation.events import CIVILIANS
from situation.log.entry import Entry
from situation.log.state import split_cell
from situation.record.tolls.event_figures import TOLL_MEASURES, Measure

__all__ = ["DisputedNumbers"]

_CELLS: Final[Mapping[str, Measure]] = MappingProxyType(
    {
        "killed": "killed",
        "killed_of": "killed",
        "civilians_killed": "killed",
        "crew_killed": "killed",
        "wounded": "wounded",
        "wounded_of": "wounded",
        "prisoners": "prisoners",
        "crew_taken": "prisoners",
    }
)
"""From a cell that counts people to what it counts."""
_BY_SIDE: Final = frozenset({"killed_of", "wounded_of"})
_OF_ALL: Final = ""
"""Stands for all sides together."""


@define
class DisputedNumbers:
    """The claims whose numbers are disputed, by what they count and whose it is; None: of the one side that has any.

    Args:
        disputes: each by its cell and its claims.
    """

    disputes: Iterable[tuple[str, Collection[str]]]
    _claims: dict[tuple[Measure, str | None], set[str]] = field(factory=dict, init=False)

    def __attrs_post_init__(self) -> None:
        for cell, claims in self.disputes:
            attribute, _, side = split_cell(cell)[1].partition(".")
            if attribute not in _CELLS:
                continue
            whose = (
                _OF_ALL if attribute in TOLL_MEASURES[:2] else CIVILIANS if attribute == "civilians_killed" else None
            )
            whose = side.partition(".")[0] if attribute in _BY_SIDE else whose
            self._claims.setdefault((_CELLS[attribute], whose), set()).update(claims)

    def concern(self, entry: Entry, of: Measure, actor: str | None, by_side: bool) -> bool:
        """Whether an event's number is disputed: that of a side, or any of it where sums are not by side."""
        own = {*entry.cause.claims, *entry.cause.against}
        return any(
            not own.isdisjoint(claims)
            for (measure, whose), claims in self._claims.items()
            if measure == of and (not by_side or whose in (actor or _OF_ALL, None))
        )
