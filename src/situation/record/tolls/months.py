"""The months of an event, and how much of a number falls on each: it is spread over its days evenly, in whole persons."""

from __future__ import annotations

from situation.dates import DAY
from situation.log.entry import Entry
from situation.testimony.ground import Ground

__all__ = ["months_of", "part_over_months"]


def months_of(entry: Entry, ground: Ground) -> dict[str | None, tuple[int, int, int]]:
    """The months that an event lies in: from which of its days to before which, of how many."""
    span = entry.span.clipped_to(ground.window)
    minutes = (*range(span.earliest, span.latest, DAY), span.latest)
    days = list(dict.fromkeys(ground.clock.day(minute) for minute in minutes))
    months: dict[str | None, tuple[int, int, int]] = {}
    for number, day in enumerate(days):
        first = months.get(day[:7], (number, number, 0))[0]
        months[day[:7]] = (first, number + 1, len(days))
    return months


def part_over_months(whole: int, part: tuple[int, int, int]) -> int:
    """The part of a whole number that falls on some of so many days: the parts of all days add up to it."""
    first, after, days = part
    return whole * after // days - whole * first // days
