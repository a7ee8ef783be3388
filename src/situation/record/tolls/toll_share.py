"""One event's part in a sum: its numbers, over which months they are spread, and what is uncertain about them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from attrs import evolve, frozen

from situation.events import Quantity
from situation.log.entry import Entry
from situation.record.tolls.months import Months, order_of_month, part_over_months
from situation.record.tolls.sides_of_toll import ends_of

__all__ = ["TollShare", "months_in_order", "toll_share"]


@frozen
class TollShare:
    """One event's part in a sum; the fields are as those of `Toll`, and `months` those over which it is spread."""

    entry: Entry
    months: Months
    low: int = 0
    best: int = 0
    high: int = 0
    civilian: int = 0
    numbered: bool = False
    open: bool = False
    bounds_only: bool = False
    units: frozenset[str] = frozenset()
    apart: bool = False
    others_alone: bool = False
    disputed: bool = False
    all_ranged: bool = False
    sides_above: bool = False
    low_of: Mapping[str, int] | None = None

    def within_month(self, month: str | None) -> TollShare:
        """What of it falls on one of its months."""
        part = self.months[month]
        low, best, high = (part_over_months(whole, part) for whole in (self.low, self.best, self.high))
        return evolve(self, low=low, best=best, high=high, civilian=part_over_months(self.civilian, part))


def toll_share(entry: Entry, number: Quantity | None, civilian: Quantity | None, months: Months) -> TollShare:
    """The part of an event by its number, and by that of the civilians in it."""
    if number is None:
        return TollShare(entry, months)
    low, best, high = ends_of(number)
    civilians = ends_of(civilian)[1] if civilian is not None else 0
    bare = number.best is None and number.low != number.high
    return TollShare(entry, months, low, best, high, civilians, True, number.high is None and number.best is None, bare)


def months_in_order(shares: Iterable[TollShare]) -> list[str | None]:
    """The months over which some events are spread, by time; what has none comes last."""
    months = {month for share in shares for month in share.months}
    return sorted(months, key=lambda month: (month is None, (0, 0) if month is None else order_of_month(month)))
