"""From intervals to an order: stated sequence, then what each event at a place takes for granted of the one before it.

Where nothing decides, the order is not known, and the log says so: neither the middle of an interval nor a name decides.
"""

from __future__ import annotations

import heapq
from collections.abc import Mapping
from functools import total_ordering
from graphlib import CycleError, TopologicalSorter
from typing import Any

import attrs

from situation.dates import Interval
from situation.events import Captured
from situation.log.entry import Entry, Reported
from situation.record.order.switches import rank
from situation.testimony.claims import Claim
from situation.testimony.ground import Ground

__all__ = ["Before", "OrderKey", "behind", "follows", "in_order", "in_sequence", "spread_out", "stated_sequence"]

Before = dict[str, dict[str, int]]
"""From an entry's id to those that it comes after, each with the least gap between them in minutes."""


@total_ordering
class OrderKey:
    """What orders entries of one minute where nothing else does. It is worked out once two of one minute are compared.

    What takes the rest for granted comes after it, then what begins, then what ends (`switches`). Then count kind,
    subject and words, and who reports it; last, the name.
    """

    __slots__ = ("_entry", "_key")

    def __init__(self, entry: Entry) -> None:
        self._entry = entry
        self._key: tuple[Any, ...] = ()

    def _made(self) -> tuple[Any, ...]:
        if not self._key:
            entry = self._entry
            kind = type(entry.event).__name__.lower()
            words = (rank(entry.event), kind, entry.event.subject, entry.span, repr(entry.event))
            self._key = (*words, entry.voices, entry.id)
        return self._key

    def __eq__(self, other: object) -> bool:
        return isinstance(other, OrderKey) and (self._entry is other._entry or self._made() == other._made())

    def __lt__(self, other: OrderKey) -> bool:
        return self._made() < other._made()

    def __hash__(self) -> int:
        return hash(self._made())


def stated_sequence(entries: list[Entry], claims: Mapping[str, Claim], ground: Ground) -> Before:
    """What each entry is said to follow. The whole of a place falls no earlier than those of its parts that fell with it.

    Steps that lead in a circle, as while a slip has not been corrected yet, say nothing of the order.
    """
    by_id = {entry.id: entry for entry in entries}
    within: dict[str, list[str]] = {}
    for name in by_id:
        head = name
        while head:
            within.setdefault(head, []).append(name)
            head = head.rpartition("/")[0]
    before: Before = {entry.id: {} for entry in entries}
    for entry in entries:
        assert isinstance(entry.cause, Reported)
        for name in entry.cause.claims:
            for step in claims[name].follows:
                gap = ground.lexicon[step.gap].least if step.gap else 0
                for other in within.get(step.happening, ()):
                    before[entry.id][other] = max(gap, before[entry.id].get(other, 0))
    _without_circles(before)
    for entry in entries:
        if isinstance(entry.event, Captured) and entry.event.wholly:
            for inner in ground.inside(entry.event.place):
                part = f"captured/{inner}/{entry.id.rsplit('/', 1)[-1]}"
                if part in by_id and not follows(part, entry.id, before):
                    before[entry.id].setdefault(part, 0)
    return before


def in_sequence(entries: list[Entry], before: Before) -> list[Entry]:
    """Entries moved to no earlier than what they follow, in one pass along the sequence, in order."""
    by_id = {entry.id: entry for entry in entries}
    if len(by_id) == len(entries) and not any(before.values()):
        return in_order(entries, before)
    placed: dict[str, Entry] = {}
    for name in TopologicalSorter(before).static_order():
        entry = by_id[name]
        earliest = max((placed[other].time + gap for other, gap in before[name].items()), default=entry.time)
        if earliest > entry.time:
            span = Interval(entry.span.earliest, max(entry.span.latest, earliest))
            entry = attrs.evolve(entry, time=earliest, span=span)
        placed[name] = entry
    return in_order([placed[entry.id] for entry in entries], before)


def _without_circles(before: Before) -> None:
    """Leave out every step from which a sequence leads back to where it began."""
    if not any(before.values()):
        return
    try:
        TopologicalSorter(before).prepare()
    except CycleError:
        circling = [(name, other) for name, steps in before.items() for other in steps if follows(other, name, before)]
        for name, other in circling:
            del before[name][other]


def follows(name: str, other: str, before: Mapping[str, Mapping[str, int]]) -> bool:
    """Whether one happening comes after another by the sequence so far, through however many between."""
    seen: set[str] = set()
    waiting = [name]
    while waiting:
        here = waiting.pop()
        if here == other:
            return True
        if here not in seen:
            seen.add(here)
            waiting.extend(before.get(here, ()))
    return False


def behind(name: str, before: Mapping[str, Mapping[str, int]]) -> frozenset[str]:
    """All after which a happening comes by the sequence so far, through however many between."""
    seen: set[str] = set()
    waiting = list(before.get(name, ()))
    while waiting:
        here = waiting.pop()
        if here not in seen:
            seen.add(here)
            waiting.extend(before.get(here, ()))
    return frozenset(seen)


def in_order(entries: list[Entry], before: Mapping[str, Mapping[str, int]]) -> list[Entry]:
    """Entries by time; those of one minute with what they follow first."""
    if len(entries) < 2:
        return list(entries)
    by_place = sorted(entries, key=lambda entry: (entry.time, OrderKey(entry)))
    place = {entry.id: number for number, entry in enumerate(by_place)}
    if len(place) == len(by_place) and not any(before.get(name) for name in place):
        return by_place
    steps = {name: [step for step in before.get(name, ()) if step in place] for name in place}
    open_steps = {name: len(those) for name, those in steps.items()}
    after: dict[str, list[str]] = {}
    for name, those in steps.items():
        for step in those:
            after.setdefault(step, []).append(name)
    ready = [place[name] for name, number in open_steps.items() if not number]
    heapq.heapify(ready)
    left = list(range(len(by_place)))
    done: set[int] = set()
    ordered: list[Entry] = []
    while len(ordered) < len(by_place):
        while left[-1] in done:
            left.pop()
        number = heapq.heappop(ready) if ready else left[-1]
        if number in done:
            continue
        done.add(number)
        ordered.append(by_place[number])
        for name in after.get(by_place[number].id, ()):
            open_steps[name] -= 1
            if not open_steps[name]:
                heapq.heappush(ready, place[name])
    return ordered


def spread_out(spans: list[Interval]) -> list[int]:
    """A minute within each span, one after the other where the spans leave room, evenly."""
    low, high = [span.earliest for span in spans], [span.latest for span in spans]
    for number in range(1, len(spans)):
        low[number] = max(low[number], low[number - 1] + 1)
    for number in range(len(spans) - 2, -1, -1):
        high[number] = min(high[number], high[number + 1] - 1)
    if any(first > last for first, last in zip(low, high, strict=True)):
        return [span.latest for span in spans]
    parts = len(spans) + 1
    return [
        first + (last - first) * (number + 1) // parts
        for number, (first, last) in enumerate(zip(low, high, strict=True))
    ]
