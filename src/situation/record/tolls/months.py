"""The months of an event, and how much of a number falls on each: it is spread over its days evenly, in whole persons."""

from __future__ import annotations

from situation.dates import DAY, Minute
from situation.log.entry import Entry
from situation.testimony.ground import Ground

__all__ = ["month_at", "months_of", "order_of_month", "part_over_months"]


def month_at(minute: Minute, ground: Ground) -> str:
    """The local month of a minute, `2017-11`; `-0043-03` is March 44 BCE."""
    return ground.clock.day(minute).rpartition("-")[0]


def order_of_month(month: str) -> tuple[int, int]:
    """A key by which months stand in order of time, also those before the common era."""
    year, _, number = month.rpartition("-")
    return int(year), int(number)


def months_of(entry: Entry, ground: Ground) -> dict[str | None, tuple[int, int, int]]:
    """The months that an event lies in: from which of its days to before which, of how many."""
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
