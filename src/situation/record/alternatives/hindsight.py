"""What would now be said differently: the record as known at one time held against the record as known at a later one.

Events of the two are the same where they share a claim, or one corrects a claim of the other, whatever they are called; and
where they say the same, though on the word of other claims: a row of a file that was changed and changed back is none. A
value of a cell is compared minute by minute, so that a place that fell two days earlier than was thought differs for these
two days alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Final

import attrs
from attrs import frozen

from situation.dates import Interval, Minute
from situation.log.entry import Entry, Reported
from situation.log.fold import Change, courses_by_cell, in_force
from situation.record.alternatives.news import News
from situation.record.readings.reading import Reading
from situation.record.tolls.double_counts import possibly_one_of
from situation.record.tolls.event_figures import TOLL_MEASURES
from situation.record.tolls.toll import Toll
from situation.record.tolls.totals import totals
from situation.record.tolls.within import tolls_within
from situation.testimony.ground import Ground

__all__ = ["CellChange", "EventChange", "Hindsight", "NumberChange", "hindsight"]

_WHEN: Final = "when"
"""Stands among the fields of an event for the time at which it happened."""
_KIND: Final = "event"
"""Stands among the fields of an event for its kind."""


@frozen
class EventChange:
    """An event that is new, is gone, or is told otherwise: which fields differ, with their values before and now."""

    before: Entry | None
    now: Entry | None
    fields: Mapping[str, tuple[Any, Any]]
    because: tuple[str, ...]


@frozen
class CellChange:
    """A cell whose value differs from `since` up to, not including, `until` (None: to the end)."""

    cell: str
    since: Minute
    until: Minute | None
    before: Any
    now: Any
    because: tuple[str, ...]


@frozen
class NumberChange:
    """A sum over all events that differs."""

    of: str
    before: Toll
    now: Toll
    because: tuple[str, ...]


@frozen
class Hindsight:
    """All that differs, and the claims that became known or were taken back between the two times.

    Args:
        learned: claims that count now and did not then, retractions among them.
        taken_back: claims that counted then and count no more, likewise.
        by: from each of these to the claim that took it back.
        events, cells, numbers: what differs.
    """

    learned: tuple[str, ...]
    taken_back: tuple[str, ...]
    by: Mapping[str, str]
    events: tuple[EventChange, ...]
    cells: tuple[CellChange, ...]
    numbers: tuple[NumberChange, ...]


def hindsight(before: Reading, now: Reading, ground: Ground) -> Hindsight:
    """Hold an earlier reading against a later one.

    Args:
        before, now: the same record by the same belief, as known at two times.
        ground: the map.
    """
    news = News.between(before, now)
    events = _events(before, now, news)
    numbers = []
    for of in TOLL_MEASURES:
        pair = [
            totals(
                reading.log,
                ground,
                of,
                possibly_one=[doubt.claims for doubt in possibly_one_of(reading, ground)],
                within=tolls_within(reading, ground),
            )[0]
            for reading in (before, now)
        ]
        if _sums(pair[0]) != _sums(pair[1]):
            claims = frozenset(pair[0].claims) ^ frozenset(pair[1].claims)
            numbers.append(NumberChange(of, pair[0], pair[1], news.behind(claims)))
    cells = tuple(_cells(before, now, news))
    return Hindsight(
        tuple(sorted(news.learned)), tuple(sorted(news.taken_back)), news.by, events, cells, tuple(numbers)
    )


def _sums(toll: Toll) -> tuple[int | None, ...]:
    return toll.low, toll.best, toll.high, toll.open


def _events(before: Reading, now: Reading, news: News) -> tuple[EventChange, ...]:
    """Events that differ, in the order of time."""
    old = [entry for entry in before.log if isinstance(entry.cause, Reported)]
    new = [entry for entry in now.log if isinstance(entry.cause, Reported)]
    by_claim = {(claim, _outcome(entry)): entry for entry in old for claim in entry.cause.claims}
    in_place_of = _in_place_of(now)
    matched: set[str] = set()
    made, fresh = [], []
    for entry in new:
        earlier = next(
            (
                it
                for claim in _same_claims(entry, in_place_of)
                if (it := by_claim.get((claim, _outcome(entry)))) and it.id not in matched
            ),
            None,
        )
        if earlier is None:
            fresh.append(entry)
            continue
        matched.add(earlier.id)
        fields = _differing(earlier, entry)
        if fields:
            claims = set(entry.cause.claims) ^ set(earlier.cause.claims)
            made.append(EventChange(earlier, entry, fields, news.behind(claims or entry.cause.claims, claims)))
    gone: dict[tuple[str, Interval], list[Entry]] = {}
    for entry in old:
        if entry.id not in matched:
            gone.setdefault((type(entry.event).__name__, entry.span), []).append(entry)
    for entry in fresh:
        alike = gone.get((type(entry.event).__name__, entry.span), [])
        again = next((it for it in alike if it.event == entry.event), None)
        if again is None:
            made.append(EventChange(None, entry, {}, news.behind(entry.cause.claims)))
        else:
            alike.remove(again)
    for entries in gone.values():
        made += [EventChange(entry, None, {}, news.behind(entry.cause.claims)) for entry in entries]
    return tuple(sorted(made, key=lambda change: _order(change.now or change.before)))


def _in_place_of(now: Reading) -> dict[str, str]:
    """From each claim to the one in whose place it stands: it corrects that, or a retraction of that names it."""
    backs = {back.replaced_by: name for name, back in now.taken_back.items() if back.replaced_by}
    return {name: claim.corrects for name, claim in now.testimony.claims.items() if claim.corrects} | backs


def _same_claims(entry: Entry, in_place_of: Mapping[str, str]) -> tuple[str, ...]:
    """The claims of an entry, and those in whose place they stand, the nearest first."""
    named = dict.fromkeys(entry.cause.claims)
    line = list(named)
    for name in line:
        before = in_place_of.get(name)
        if before is not None and before not in named:
            named[before] = None
            line.append(before)
    return tuple(named)


def _outcome(entry: Entry) -> str:
    """What an entry is where it only follows from what claims report, such as the end of a term; else empty."""
    return "" if entry.event.reported else type(entry.event).__name__


def _order(entry: Entry | None) -> tuple[Minute, str]:
    return (entry.time, entry.id) if entry is not None else (0, "")


def _differing(before: Entry, now: Entry) -> dict[str, tuple[Any, Any]]:
    """The fields of an event that differ, and `when` where its time does."""
    fields: dict[str, tuple[Any, Any]] = {}
    kind: Any = type(now.event)
    if not isinstance(before.event, kind):
        fields[_KIND] = (type(before.event).__name__, kind.__name__)
    earlier: Any = type(before.event)
    shared = {it.name for it in attrs.fields(earlier)}
    for name in (it.name for it in attrs.fields(kind) if it.name in shared):
        values = getattr(before.event, name), getattr(now.event, name)
        if values[0] != values[1]:
            fields[name] = values
    if before.span != now.span:
        fields[_WHEN] = (before.span, now.span)
    return fields


def _cells(before: Reading, now: Reading, news: News) -> Iterable[CellChange]:
    """Stretches of time over which a cell's value differs, by cell and time."""
    courses = [courses_by_cell(reading.history) for reading in (before, now)]
    for cell in sorted(set(courses[0]) | set(courses[1])):
        old, new = courses[0].get(cell, []), courses[1].get(cell, [])
        if [(it.value, it.since) for it in old] == [(it.value, it.since) for it in new]:
            continue
        yield from _stretches(cell, old, new, news)


def _stretches(cell: str, old: list[Change], new: list[Change], news: News) -> Iterable[CellChange]:
    moments = sorted({change.since for change in (*old, *new)})
    open_: CellChange | None = None
    for since, until in zip(moments, [*moments[1:], None], strict=True):
        was, now = in_force(old, since), in_force(new, since)
        values = (_value(was), _value(now))
        if values[0] == values[1]:
            if open_ is not None:
                yield open_
            open_ = None
            continue
        because = _because(was, now, news)
        if open_ is not None and (open_.before, open_.now, open_.because) == (*values, because):
            open_ = attrs.evolve(open_, until=until)
            continue
        if open_ is not None:
            yield open_
        open_ = CellChange(cell, since, until, *values, because)
    if open_ is not None:
        yield open_


def _value(change: Change | None) -> Any:
    """What a cell holds; None where that is nothing at all: of a place of which nobody named parts, as of one without any."""
    value = change.value if change is not None else None
    return None if isinstance(value, tuple | frozenset | Mapping) and not value else value


def _because(was: Change | None, now: Change | None, news: News) -> tuple[str, ...]:
    """The claims that make the difference between two values."""
    claims = {claim for change in (was, now) if change is not None for claim in change.entry.cause.claims}
    return news.behind(claims)
