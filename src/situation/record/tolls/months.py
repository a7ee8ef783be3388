"""The months of an event, and how much of a number falls on each: it is spread over its days evenly, in whole persons."""

from __future__ import annotations

from collections.abc import Mapping

from situation.dates import DAY, Minute
from situation.log.entry import Entry
from situation.testimony.ground import Ground

__all__ = ["UNSPREAD", "Months", "add_over_months", "month_at", "months_of", "order_of_month", "part_over_months"]

Months = Mapping[str | None, tuple[int, int, int]]
"""From a month to that part of an event's days which lies in it: from which day to before which, of how many."""
UNSPREAD: Months = {None: (0, 1, 1)}
"""Where sums are not by month."""


def month_at(minute: Minute, ground: Ground) -> str:
    """The local month of a minute, `2017-11`; `-0043-03` is March 44 BCE."""
    return ground.clock.day(minute).rpartition("-")[0]


def order_of_month(month: str) -> tuple[int, int]:
    """A key by which months stand in order of time, also those before the common era."""
    year, _, number = month.rpartition("-")
    return int(year), int(number)


def months_of(entry: Entry, ground: Ground) -> Months:
    """The months that an event lies in, each with its part of the event's days."""
    span = entry.span.clipped_to(ground.window)
    minutes = (*range(span.earliest, span.latest, DAY), span.latest)
    days = {ground.clock.day(minute): month_at(minute, ground) for minute in minutes}
    months: dict[str | None, tuple[int, int, int]] = {}
    for number, month in enumerate(days.values()):
        first = months.get(month, (number, number, 0))[0]
        months[month] = (first, number + 1, len(days))
    return months


def part_over_months(whole: int, part: tuple[int, int, int]) -> int:
    """The part of a whole number that falls on some of so many days: the parts of all days add up to it."""
    first, after, days = part
    return whole * after // days - whole * first // days


def add_over_months(sums: dict[str | None, int], number: int, months: Months) -> None:
    """Add a number to sums by month, spread over its months."""
    for month, part in months.items():
        sums[month] = sums.get(month, 0) + part_over_months(number, part)
