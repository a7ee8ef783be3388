"""When it is not known whether a change of control has come: for the reading of the day, by what was known at each moment."""

from __future__ import annotations

from typing import Any

from attrs import define, field

from situation.dates import Minute
from situation.log.state import CONTROL_ENDINGS
from situation.record.evidence.witnesses import Witnesses
from situation.testimony.ground import Ground

__all__ = ["Blurred"]


@define
class Blurred:
    """The minutes at which changes of control may have come or not: rows of that name in `contract.ReadingShape`."""

    ground: Ground
    rows: dict[tuple[str, Minute, Minute], list[list[Any]]] = field(factory=dict)
    """By cell and the interval of its change."""

    def hold(self, witnesses: Witnesses, since: Minute, until: Minute) -> None:
        """Add the minutes from one up to another, as the log has it that was known between them."""
        for place in self.ground.places:
            for cell in (f"{place}{ending}" for ending in CONTROL_ENDINGS):
                for change in witnesses.changes.get(cell, ()):
                    self._hold(cell, change.entry.span.earliest, change.entry.span.latest, since, until)

    def _hold(self, cell: str, earliest: Minute, latest: Minute, since: Minute, until: Minute) -> None:
        if earliest >= latest:
            return
        first, end = max(since, earliest), min(until, latest + 1)
        rows = self.rows.setdefault((cell, earliest, latest), [])
        same = next((row for row in rows if row[1] <= first <= row[2]), None)
        if same is not None:
            same[2] = max(same[2], end)
        elif first < end:
            rows.append([cell, first, end, earliest, latest])
