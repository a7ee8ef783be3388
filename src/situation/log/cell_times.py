"""Minutes and days that cells hold, as local times and dates."""

from __future__ import annotations

from typing import Any

from situation.dates import DAY, Minute
from situation.events import Due, Fight
from situation.log.cells import DAYS, MINUTES
from situation.log.state import split_cell
from situation.testimony.codec import plain
from situation.testimony.ground import Ground

__all__ = ["local_date", "timed_value"]


def timed_value(cell: str, value: Any, ground: Ground) -> Any:
    """A cell's value as plain values: minutes as local times with their offset, days as local dates.

    A launch is told by its day, as in the record; of what falls due and of a battle the time within is told so.
    """
    attribute, clock = split_cell(cell)[1], ground.clock
    if isinstance(value, Due):
        return {**plain(value), "minute": clock.text(value.minute)}
    if isinstance(value, Fight):
        return {**plain(value), "began": local_date(value.began, ground)}
    if attribute in DAYS and isinstance(value, tuple):
        return [local_date(day, ground) for day in value]
    if attribute in DAYS and isinstance(value, int | float):
        return local_date(int(value), ground)
    if attribute in MINUTES and isinstance(value, int | float):
        minute = Minute(value)
        return clock.day(minute) if attribute == "launched" else clock.text(minute)
    return plain(value)


def local_date(day: int, ground: Ground) -> str:
    """A day of a story, counted from 1970 in local time, as a date."""
    return ground.clock.day(ground.clock.instant(day * DAY))
