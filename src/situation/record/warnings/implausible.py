"""Values that are hardly meant: warnings on claims, sources and the map, each at its line.

Bounds are ASSUMED, and wide: what lies beyond them is a slip of the hand far more often than a fact.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

import attrs

from situation.dates import DAY, Interval, Minute
from situation.errors import Problem, Where, near_miss
from situation.events import MEASURES, CeasefireAgreed, Quantity, measure_of, most_meant
from situation.events.predicates import LastPlaceOf
from situation.record.record import Record
from situation.record.warnings.before_the_window import at_odds_with_the_opening
from situation.record.warnings.on_the_map import odd_map
from situation.record.warnings.parties import odd_parties
from situation.testimony.claims import Claim, Dated, Source, Speaker
from situation.testimony.ground import FARTHEST_KM, Ground
from situation.testimony.spelling import spelling_key
from situation.testimony.testimony import Testimony

__all__ = ["MOST_PEOPLE", "implausible_values"]

_CENTURY: Final = 100 * 366 * DAY
"""An event this long before or after the window is no part of the war; what came long before may be its ground. Minutes."""
_WIDEST: Final[Mapping[str, Minute]] = {
    "exact": 3 * DAY,
    "day": 7 * DAY,
    "week": 31 * DAY,
    "month": 93 * DAY,
    "year": 1098 * DAY,
    "vague": 10**13,
}
"""The widest that a time of each precision may be, in minutes: some twice what the word says, and a time zone."""
MOST_PEOPLE: Final = 20_000_000
"""More than any army ever had, and than any one event has killed."""
_MOST_PARAGRAPHS: Final = 10_000_000
"""More than any book or file of events has. ASSUMED."""
_MEASURED_IN: Final[Mapping[str, tuple[str, str]]] = {
    **dict.fromkeys(("killed", "wounded", "killed_of", "wounded_of", "released"), ("people", "persons")),
    "km": ("length", "km"),
}
"""From a key of an event or a statement to what its amounts measure, and the unit that is usual there."""
_MOST_YEARS: Final = 100
"""Of a time that is not known."""


def implausible_values(record: Record, today: Minute | None = None) -> Iterator[Problem]:
    """Every value of a record that is hardly meant.

    Args:
        record: the record.
        today: now, so that what is dated later is told; None: nothing is asked of it.
    """
    yield from odd_map(record.ground, {source.outlet for source in record.testimony.sources.values()})
    for claim in record.testimony.claims.values():
        yield from _embargo(claim, record.testimony)
    yield from at_odds_with_the_opening(record.claims_in_force(), record.ground)
    for claim in record.claims_in_force():
        yield from _times(claim, record.ground)
        for key, amount in _amounts(claim.content):
            yield from _amount(claim.at, key, amount)
        yield from odd_parties(claim, record.ground)
        yield from _past_forecast(claim, record)
        yield from _beyond_area(claim, record.ground)
    for source in record.testimony.sources.values():
        if source.reliability.as_of < source.published.span.earliest - _CENTURY:
            fact = "Its reliability is judged as of more than a century before it was published."
            yield Problem(source.at, fact, "Correct one of the dates.")
        yield from _wide(source.at, source.published, "It was published")
        if source.paragraphs is not None and source.paragraphs > _MOST_PARAGRAPHS:
            yield Problem(source.at, f"It has {source.paragraphs:,} paragraphs.", "Count the digits again.")
    yield from _of_one_name(record.testimony)
    for speaker in record.testimony.speakers.values():
        if speaker.reliability.as_of < record.ground.window.earliest - _CENTURY:
            fact = "The reliability of this speaker is judged as of more than a century before the window begins."
            yield Problem(speaker.at, fact, "Check the year.")
    if today is not None:
        yield from _yet_to_come(record, today)


def _past_forecast(claim: Claim, record: Record) -> Iterator[Problem]:
    """Forecasts of a time that was over when they were made."""
    if claim.kind != "forecast" or claim.happened is None:
        return
    made = claim.said or record.testimony.sources[claim.source].published
    if claim.happened.span.latest < made.span.earliest:
        clock = record.ground.clock
        fact = f"It forecasts what was over by {clock.spoken(made.span)}: {clock.spoken(claim.happened.span)}."
        yield Problem(claim.at, fact, "Correct one of the dates, or write 'event' for 'forecast'.")


def _beyond_area(claim: Claim, ground: Ground) -> Iterator[Problem]:
    """Last places of somebody within an area that they do not lie in: a place, or a region that the map says is whole."""
    said = claim.predicate
    area = said.area if isinstance(said, LastPlaceOf) else None
    if not isinstance(said, LastPlaceOf) or area is None or (area in ground.regions and not ground.regions[area].whole):
        return
    covered = {area, *ground.inside(area)}
    for place in said.places:
        if place not in covered and not (place in ground.regions and covered & {*ground.inside(place)}):
            fact = f"'{place}' does not lie in '{area}', by the map."
            yield Problem(claim.at, fact, "Name another area, or correct the map.")


def _of_one_name(testimony: Testimony) -> Iterator[Problem]:
    """Speakers, and bodies whose words are relayed, of one name: as two they would confirm each other."""
    for table in (testimony.speakers, testimony.origins):
        first: dict[str, str] = {}
        for one in table.values():
            other = first.setdefault(spelling_key(one.name), one.id)
            if other != one.id:
                fact = f"'{one.id}' has the name of '{other}': {one.name}."
                yield Problem(one.at, fact, "Keep one, for as two they confirm each other; or tell them apart.")


def _wide(at: Where, time: Dated, what: str) -> Iterator[Problem]:
    """A time of which not even the century is known."""
    years = (time.span.latest - time.span.earliest) // (365 * DAY)
    if years > _MOST_YEARS:
        yield Problem(at, f"{what} at some time within {years:,} years.", "Check the years.")


def _amounts(content: Any) -> Iterator[tuple[str, Quantity]]:
    """The amounts that an event or a statement gives, by their keys."""
    for attribute in attrs.fields(type(content)) if content is not None else ():
        value = getattr(content, attribute.name)
        if isinstance(value, Quantity):
            yield attribute.name, value
        elif isinstance(value, Mapping):
            yield from ((attribute.name, one) for one in value.values() if isinstance(one, Quantity))


def _amount(at: Where, key: str, amount: Quantity) -> Iterator[Problem]:
    measure = measure_of(amount.unit)
    needed, usual = _MEASURED_IN.get(key, (None, ""))
    if key == "number" and measure in ("length", "share"):
        needed, usual = "people", "what is counted, such as persons, fighters or tanks"
    if needed is not None and measure != needed and not (needed == "people" and measure is None):
        fact = f"'{key}' is given in '{amount.unit}'."
        yield Problem(at, fact, f"Give it in {usual}.")
        return
    if measure is None:
        hint = near_miss(amount.unit, MEASURES, 0.8) or "Name what is counted, such as persons, fighters or tanks."
        yield Problem(at, f"'{amount.unit}' is no unit that is known here.", hint)
    numbers = [number for number in (amount.low, amount.best, amount.high) if number is not None]
    most = FARTHEST_KM if measure == "length" else most_meant(amount.unit, everybody=key not in _MEASURED_IN)
    if max(numbers) > most:
        yield Problem(at, f"{max(numbers):,.0f} {amount.unit} are more than can be meant.", "Count the digits again.")
    elif measure == "people" and amount.words is None and any(number != int(number) for number in numbers):
        yield Problem(at, f"'{key}' counts persons, and is not whole.", "Write whole numbers.")
    if measure == "length" and max(numbers) == 0:
        yield Problem(at, "The distance is nothing.", "Give it, or leave the key out.")


def _embargo(claim: Claim, testimony: Testimony) -> Iterator[Problem]:
    """An embargo that nobody who reads it will see the end of."""
    source = testimony.sources.get(claim.source)
    if claim.embargo_until is not None and source is not None:
        if claim.embargo_until > source.published.span.latest + _CENTURY:
            yield Problem(claim.at, "Its embargo ends more than a century after it was published.", "Check the year.")
        if claim.embargo_until < source.published.span.earliest:
            yield Problem(claim.at, "Its embargo ended before it was published.", "Correct one of the dates.")


def _times(claim: Claim, ground: Ground) -> Iterator[Problem]:
    """Times of events that lie a century off or are wider than they are said to be; agreements that end before they begin."""
    if claim.happened is None or claim.event is None:
        return
    span, window = claim.happened.span, ground.window
    yield from _wide(claim.at, claim.happened, "It happened")
    if not claim.event.lasting and span.latest - span.earliest > _WIDEST[claim.happened.precision]:
        days = (span.latest - span.earliest) // DAY + 1
        fact = f"Its precision is '{claim.happened.precision}', and it spans {days} days."
        yield Problem(claim.at, fact, "Write the precision that it has, such as week, month or vague.")
    if span.latest < window.earliest - _CENTURY or span.earliest > window.latest + _CENTURY:
        when = "before the window begins" if span.latest < window.earliest else "after the window ends"
        fact = f"{ground.clock.spoken(span)} lies more than a century {when}."
        yield Problem(claim.at, fact, "Check the year.")
    if isinstance(claim.event, CeasefireAgreed):
        yield from _agreed(claim.at, claim.event, span, ground)


def _agreed(at: Where, event: CeasefireAgreed, span: Interval, ground: Ground) -> Iterator[Problem]:
    """Agreements that end before they begin, or begin or end at no time that can be meant."""
    since, until = (None if day is None else ground.clock.interval(day) for day in (event.since, event.until))
    if until is not None and until.latest < span.earliest:
        yield Problem(at, f"It ends on {event.until}, before it was agreed on.", "Correct one of the dates.")
    if until is not None and since is not None and until.latest < since.earliest:
        yield Problem(at, f"It ends on {event.until}, before it begins on {event.since}.", "Correct one of the dates.")
    if until is not None and until.earliest > span.latest + _CENTURY:
        fact = f"It ends on {event.until}, more than a century after it was agreed on."
        yield Problem(at, fact, "Check the year, or leave 'until' out where no end was set.")
    if since is not None and since.earliest > span.latest + _CENTURY:
        yield Problem(at, f"It begins on {event.since}, more than a century after it was agreed on.", "Check the year.")
    if since is not None and since.latest < span.earliest - _CENTURY:
        yield Problem(
            at, f"It begins on {event.since}, more than a century before it was agreed on.", "Check the year."
        )


def _yet_to_come(record: Record, today: Minute) -> Iterable[Problem]:
    """Publications and judgements of days that are still to come."""
    clock, testimony = record.ground.clock, record.testimony
    for source in testimony.sources.values():
        if source.published.span.earliest > today:
            fact = f"It was published on {clock.spoken(source.published.span)}, which is still to come."
            yield Problem(source.at, fact, "Correct the date.")
    judges: tuple[Source | Speaker, ...] = (*testimony.sources.values(), *testimony.speakers.values())
    for judged in judges:
        if judged.reliability.as_of > today + DAY:
            fact = f"Its reliability is judged as of {clock.day(judged.reliability.as_of)}, which is still to come."
            yield Problem(judged.at, fact, "Correct the date.")
    for claim in testimony.claims.values():
        for assessment in claim.credibility:
            if assessment.as_of > today + DAY:
                fact = f"It is judged as of {clock.day(assessment.as_of)}, which is still to come."
                yield Problem(claim.at, fact, "Correct the date.")
