"""The stops of a guided tour as the page has them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from situation.dates import Minute
from situation.record.record import Record
from situation.testimony.tour import TourStop, stop_minute

__all__ = ["tour_rows", "written_tour"]


def tour_rows(tour: Iterable[TourStop], record: Record, window: Sequence[Minute]) -> dict[str, list[dict[str, Any]]]:
    """The stops within a window whose claims may all be shown, under `tour`; nothing where there are none."""
    claims, (first, last) = record.testimony.claims, window
    rows = [
        {"at": minute, "text": " ".join(stop.text.split()), "place": stop.place, "claims": list(stop.claims)}
        for stop in tour
        if first <= (minute := stop_minute(stop, record.ground.clock)) <= last
        if all(claim in claims for claim in stop.claims)
    ]
    return {"tour": rows} if rows else {}


def written_tour(as_run: Mapping[str, Any]) -> list[TourStop]:
    """The tour of a scenario as it was run."""
    return [TourStop(**{**row, "claims": tuple(row.get("claims", ()))}) for row in as_run.get("tour", ())]
