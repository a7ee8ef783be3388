"""Entries in the order in which they are said to have come: none earlier than what it follows, and the gap that is stated."""

from __future__ import annotations

import heapq
from collections.abc import Mapping

import attrs

from situation.clock import Interval
from situation.events import Captured
from situation.log.entry import Entry, Reported
from situation.testimony.claims import Claim
from situation.testimony.ground import Ground

__all__ = ["in_sequence"]


def in_sequence(entries: list[Entry], claims: Mapping[str, Claim], ground: Ground) -> list[Entry]:
    """Entries moved to no earlier than what they are said to follow, in one pass along the stated sequence.

    The whole of a place falls no earlier than those of its parts that fell in the same episode.
    """
    by_id = {entry.id: entry for entry in entries}
    within: dict[str, list[str]] = {}
    for name in by_id:
        head = name
        while head:
            within.setdefault(head, []).append(name)
            head = head.rpartition("/")[0]
    before: dict[str, dict[str, int]] = {entry.id: {} for entry in entries}
    for entry in entries:
        assert isinstance(entry.cause, Reported)
        for name in entry.cause.claims:
            for step in claims[name].follows:
                gap = ground.lexicon[step.gap].least if step.gap else 0
                for other in within.get(step.happening, ()):
                    before[entry.id][other] = max(gap, before[entry.id].get(other, 0))
    for entry in entries:
        if isinstance(entry.event, Captured) and entry.event.wholly:
            for inner in ground.inside(entry.event.place):
                part = f"captured/{inner}/{entry.id.rsplit('/', 1)[-1]}"
                if part in by_id and not _follows(part, entry.id, before):
                    before[entry.id].setdefault(part, 0)
    placed: dict[str, Entry] = {}

    def place(name: str) -> Entry:
        if name not in placed:
            entry = by_id[name]
            earliest = max((place(other).time + gap for other, gap in before[name].items()), default=entry.time)
            time = max(entry.time, earliest)
            span = Interval(entry.span.earliest, max(entry.span.latest, time))
            placed[name] = attrs.evolve(entry, time=time, span=span)
        return placed[name]

    depth = {entry.id: place(entry.id) for entry in sorted(entries, key=lambda entry: (entry.time, entry.id))}
    return _stable(list(depth.values()), before)


def _follows(name: str, other: str, before: Mapping[str, Mapping[str, int]]) -> bool:
    """Whether one happening comes after another by the sequence so far, through however many between."""
    seen: set[str] = set()
    waiting = [name]
    while waiting:
        here = waiting.pop()
        if here == other:
            return True
        if here not in seen:
            seen.add(here)
            waiting.extend(before[here])
    return False


def _stable(entries: list[Entry], before: Mapping[str, Mapping[str, int]]) -> list[Entry]:
    """Entries by time; those of one minute with what they follow first, then by id."""
    by_place = sorted(entries, key=lambda entry: (entry.time, entry.id))
    place = {entry.id: number for number, entry in enumerate(by_place)}
    open_steps = {name: len(steps) for name, steps in before.items()}
    after: dict[str, list[str]] = {}
    for name, steps in before.items():
        for step in steps:
            after.setdefault(step, []).append(name)
    ready = [place[name] for name, steps in open_steps.items() if not steps]
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
