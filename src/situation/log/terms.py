"""From when what was agreed holds: at once, or from a later first day on."""

from __future__ import annotations

from situation.dates import Interval, Minute
from situation.events import CeasefireAgreed, Day, Event
from situation.testimony.ground import Ground

__all__ = ["begins_later", "first_day"]


def begins_later(since: Day | None, at: Minute, ground: Ground) -> bool:
    """Whether what was agreed at a minute holds only from a later day on."""
    return since is not None and at < ground.clock.interval(since).earliest


def first_day(event: Event, at: Minute, ground: Ground) -> Interval | None:
    """The first day of a ceasefire that was agreed on before it, at a minute; None of all else."""
    if not isinstance(event, CeasefireAgreed) or event.since is None or not begins_later(event.since, at, ground):
        return None
    return ground.clock.interval(event.since)
