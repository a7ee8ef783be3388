"""A guided tour: captioned stops that a map or a scenario may bring, shown on its page one after the other."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence

from attrs import frozen

from situation.dates import Interval, Minute
from situation.errors import Fault, near_miss
from situation.events import PlaceId
from situation.testimony.dating.clock import Clock

__all__ = ["TourStop", "claim_faults", "stop_minute", "time_faults"]

_Tell = Callable[[tuple[str | int, ...], str, str], None]
"""Takes a path, a fact and what to do."""


@frozen
class TourStop:
    """A stop of a guided tour.

    `at`: the date or minute that the page then shows, a date with its last minute. `place`: where one looks. `claims`: those
    that the text paraphrases; where one of them may not be shown, the stop is left out.
    """

    at: str
    text: str
    place: PlaceId | None = None
    claims: tuple[str, ...] = ()


def stop_minute(stop: TourStop, clock: Clock) -> Minute:
    """The minute that a stop shows."""
    return clock.interval(stop.at).latest


def time_faults(tour: Sequence[TourStop], clock: Clock, span: Interval, tell: _Tell) -> None:
    """Report stops without a text, without a date that can be read, outside of a span, or before the stop ahead of them."""
    last = None
    for number, stop in enumerate(tour):
        if not stop.text.strip():
            tell(("tour", number, "text"), "The text is empty.", "Write what one sees at this stop.")
        try:
            minute = stop_minute(stop, clock)
        except Fault as fault:
            tell(("tour", number, "at"), fault.fact, fault.advice)
            continue
        if not span.earliest <= minute <= span.latest:
            days = f"{clock.day(span.earliest)} to {clock.day(span.latest)}"
            tell(("tour", number, "at"), f"The stop lies outside the window, {days}.", "Name a day within it.")
        elif last is not None and minute < last:
            tell(("tour", number, "at"), "The stop lies before the one ahead of it.", "Put the stops in order of time.")
        last = minute


def claim_faults(tour: Sequence[TourStop], known: Collection[str], tell: _Tell) -> None:
    """Report claims that a tour names and that are not there."""
    for number, stop in enumerate(tour):
        for place, name in enumerate(stop.claims):
            if name not in known:
                hint = near_miss(name, known, 0.85) or "Name claims of the record, by their ids."
                tell(("tour", number, "claims", place), f"There is no claim '{name}'.", hint)
