"""A time as a claim gives it: a date by EDTF, a mapping of bounds, or a word of the lexicon with its anchor."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any, Final, Literal, TypeVar

from attrs import evolve, frozen

from situation.dates import HOUR, Calendar, Interval
from situation.errors import Fault, near_miss
from situation.testimony.claims import Dated
from situation.testimony.codec import Codec
from situation.testimony.dating.clock import Clock
from situation.testimony.dating.edtf import Date, End, read_date
from situation.testimony.ground import Ground

__all__ = ["read_time"]

_T = TypeVar("_T")


@frozen
class _TimeRow:
    """The keys of a time as written."""

    earliest: str | None = None
    latest: str | None = None
    precision: Literal["exact", "day", "week", "month", "year", "vague"] | None = None
    words: str = ""
    before: str | None = None
    after: str | None = None
    day: str | None = None
    date: str | None = None
    calendar: Calendar | None = None
    how: str = ""


_LONGEST_DAY: Final = 25 * HOUR
"""Of a day on which clocks are put back; minutes."""
_BOUNDS = ("date", "earliest", "latest", "before", "after", "day")


def read_time(value: Any, ground: Ground, codec: Codec) -> Dated:
    """A time as written.

    Raises:
        Fault: it is none, or not said in full.
    """
    if isinstance(value, str):
        return _from_date(value, ground.clock, ground)
    if isinstance(value, list) and value and all(isinstance(one, str | int) for one in value):
        written = ",".join(str(one) for one in value)
        raise Fault(f"{value} stands where a time belongs.", f'Put one of several dates in quotes: "[{written}]".')
    if isinstance(value, int):
        raise Fault(f"{value} stands where a time belongs.", f'Put a year in quotes: "{value}".')
    row = codec.plainly(value, _TimeRow)
    bounds = [bound for bound in _BOUNDS if getattr(row, bound) is not None]
    clock = ground.clock if row.calendar is None else evolve(ground.clock, calendar=row.calendar)
    anchor = row.before or row.after or row.day
    if (anchor is not None or row.date is not None) and len(bounds) > 1:
        fact = f"'{bounds[0]}' and '{bounds[1]}' do not go together."
        advice = "Give earliest and latest, or words with before, after or day."
        raise Fault(fact, advice, (bounds[1],))
    if anchor is not None:
        word = ground.lexicon.get(row.words)
        if word is None:
            hint = near_miss(row.words, ground.lexicon) or "Add it to the lexicon of map.yaml."
            raise Fault(f"The lexicon has no words '{row.words}'.", hint, ("words",))
        at = _under(bounds[0], lambda: clock.interval(anchor))
        if row.day is not None:
            if at.latest - at.earliest >= _LONGEST_DAY:
                raise Fault(
                    f"'{anchor}' is longer than a day.", "Give the day of which the words tell a part.", ("day",)
                )
            if word.most > _LONGEST_DAY:
                fact = f"The words '{row.words}' reach beyond their day."
                raise Fault(fact, "Write 'after' in place of 'day', or correct the lexicon of map.yaml.", ("words",))
            return Dated(Interval(at.earliest + word.least, at.earliest + word.most), "vague", row.words, row.how)
        if row.before is not None:
            return Dated(Interval(at.earliest - word.most, at.latest - word.least), "vague", row.words, row.how)
        return Dated(Interval(at.earliest + word.least, at.latest + word.most), "vague", row.words, row.how)
    if not bounds:
        raise Fault("The time has no bound.", "Give earliest, latest, or words with before, after or day.")
    if row.date is not None:
        date = row.date
        read = _under("date", lambda: _from_date(date, clock, ground))
        words = row.words or read.words
        return evolve(read, precision=row.precision or read.precision, words=words, how=row.how)
    first = None if row.earliest is None else _from_end("earliest", row.earliest, clock, ground)
    last = None if row.latest is None else _from_end("latest", row.latest, clock, ground)
    span = _clipped(first.span.earliest if first else None, last.span.latest if last else None, ground)
    doubtful = any(end.doubtful for end in (first, last) if end is not None)
    return Dated(span, row.precision or "vague", row.words, row.how, doubtful)


def _from_end(key: str, text: str, clock: Clock, ground: Ground) -> Dated:
    if "/" in text:
        raise Fault(f"'{text}' is an interval.", "Give one date here, or the interval in place of the mapping.", (key,))
    return _under(key, lambda: _from_date(text, clock, ground))


def _from_date(text: str, clock: Clock, ground: Ground) -> Dated:
    """A date by EDTF: `~` widens it by the lexicon, `?` puts it in doubt, an open end is the window's.

    One of a set is from the first of them to the last; a season is that of the places of the map.
    """
    if text[:1] not in _SETS:
        return _from_ends(read_date(text), clock, ground)
    dates = _set(text)
    each = [_from_ends(one, clock, ground) for one in dates]
    span = Interval(min(one.span.earliest for one in each), max(one.span.latest for one in each))
    words = f"one of {', '.join(one.text.replace('/', ' to ') for one in dates)}"
    return Dated(span, "vague", words, each[0].how, any(one.doubtful for one in each))


_SETS: Final = {"[": "]", "{": "}"}


def _set(text: str) -> tuple[Date, ...]:
    """The dates of which one is meant, `[1667,1670..1672]`: a first one may have an open beginning, a last one an open end."""
    close = _SETS[text[0]]
    if not text.endswith(close):
        raise Fault(f"'{text}' is no date: '{text[0]}' is not closed.", f"End it with '{close}'.")
    dates = []
    for part in re.split(r"\s*,\s*", text[1:-1].strip()):
        first, dots, last = part.partition("..")
        dates.append(read_date(f"{first or '..'}/{last or '..'}" if dots else part))
    if close == "}":
        each = ", ".join(f'"{date.text}"' for date in dates)
        raise Fault(f"'{text}' names several dates.", f"Write one claim for each: {each}.")
    return tuple(dates)


def _from_ends(date: Date, clock: Clock, ground: Ground) -> Dated:
    words = [f"~ {end.about}" for end in (date.first, date.last) if end is not None and end.about is not None]
    seasons = any(end is not None and end.season for end in (date.first, date.last))
    souths = _hemispheres(ground) if seasons else (False,)
    bounds = [_bounds(_in_hemisphere(date, south), clock, ground) for south in souths]
    firsts, lasts = (
        [first for first, _ in bounds if first is not None],
        [last for _, last in bounds if last is not None],
    )
    span = _clipped(min(firsts, default=None), max(lasts, default=None), ground)
    how = _SEASON_OF[souths] if seasons else ""
    sure = not date.doubtful and all(end is None or end.about is None for end in (date.first, date.last))
    ranged = sure and date.first is not None and date.first is not date.last
    return Dated(span, _precision(date), words[0] if words else "", how, date.doubtful, ranged)


def _bounds(date: Date, clock: Clock, ground: Ground) -> tuple[int | None, int | None]:
    """The first and the last minute of a date; None for an open end."""
    first, last = date.first, date.last
    known = clock.between(first, last, date.text) if first is not None and last is not None else None
    earliest: int | None = None
    latest: int | None = None
    if first is not None:
        earliest = (known or clock.between(first, first, date.text)).earliest - _reach(first, ground)
    if last is not None:
        latest = (known or clock.between(last, last, date.text)).latest + _reach(last, ground)
    return earliest, latest


_SEASON_OF: Final = {
    (False,): "the season of the north, where all places of the map lie",
    (True,): "the season of the south, where all places of the map lie",
    (False, True): "of the season in the north or in the south: the map has places in both",
}


def _hemispheres(ground: Ground) -> tuple[bool, ...]:
    """In which hemispheres the places of a map lie: False for the north, True for the south; both where it has no place."""
    souths = {place.at.lat < 0 for place in ground.places.values()}
    return tuple(sorted(souths)) or (False, True)


def _in_hemisphere(date: Date, south: bool) -> Date:
    """A date with the season that one hemisphere has at its ends."""

    def placed(end: End | None) -> End | None:
        if end is None or end.month is None or not end.season:
            return end
        return evolve(end, month=(end.month + 5) % 12 + 1 if south else end.month, season=False)

    first = placed(date.first)
    return evolve(date, first=first, last=first if date.last is date.first else placed(date.last))


def _reach(end: End, ground: Ground) -> int:
    """By how many minutes an end is widened, where it is marked as approximate."""
    return 0 if end.about is None else ground.lexicon[f"~ {end.about}"].most


def _precision(date: Date) -> Any:
    end = date.first
    if end is None or date.last is not end or end.about is not None or end.months != 1:
        return "vague"
    return {"minute": "exact", "day": "exact", "month": "month", "year": "year"}.get(end.precision, "vague")


def _clipped(earliest: int | None, latest: int | None, ground: Ground) -> Interval:
    """From one minute to another; an open end is the window's."""
    window = ground.window
    if earliest is None and latest is not None:
        earliest = min(window.earliest, latest)
    if latest is None and earliest is not None:
        latest = max(window.latest, earliest)
    return Interval(earliest or 0, latest or 0)


def _under(key: str, read: Callable[[], _T]) -> _T:
    """What a function reads, its fault at a key."""
    try:
        return read()
    except Fault as fault:
        raise Fault(fault.fact, fault.advice, (key, *fault.under)) from None
