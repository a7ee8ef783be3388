"""The clock of a story: the day that it is, this evening, and in some days. Minutes and days count from the branch."""

from __future__ import annotations

from typing import Any, Final

from situation.dates import DAY, HOUR
from situation.kernel import world_kernel

__all__ = ["EVENING", "MORNING", "after", "at_hour", "day_of", "evening", "today"]

MORNING: Final = 6
EVENING: Final = 18
"""Hours, local time: when a day's councils are held; when a day's fighting is counted."""


@world_kernel
def day_of(w: Any, minute: int) -> int:
    """The local day of a minute."""
    ahead = w.shifts[0].ahead
    for shift in range(1, len(w.shifts)):
        if w.shifts[shift].since <= w.shifts[shift - 1].since or w.shifts[shift].since > minute:
            break
        ahead = w.shifts[shift].ahead
    day: int = (minute + w.stage[0].origin + ahead) // DAY - w.stage[0].first_day
    return day


@world_kernel
def today(w: Any) -> int:
    """The local day that it is."""
    return day_of(w, w.story[0].now)


@world_kernel
def at_hour(w: Any, day: int, hour: int) -> int:
    """The first minute at which clocks show an hour of a day; where they skip it, the first after it."""
    local: int = (day + w.stage[0].first_day) * DAY + hour * HOUR - w.stage[0].origin
    for shift in range(len(w.shifts) - 1):  # from the last change on they do not rise
        minute = local - w.shifts[shift].ahead
        until = w.shifts[shift + 1].since
        if until <= w.shifts[shift].since or minute < until:
            return int(max(minute, w.shifts[shift].since))
    return local


@world_kernel
def evening(w: Any) -> int:
    """The next evening: today's, if it is still to come."""
    tonight = at_hour(w, today(w), EVENING)
    return tonight if tonight > w.story[0].now else tonight + DAY


@world_kernel
def after(w: Any, days: float) -> int:
    """The minute that lies some days ahead, at least one minute."""
    minute: int = w.story[0].now + max(1, round(days * DAY))
    return minute
