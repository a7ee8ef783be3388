"""Of which places it is uncertain at a minute who held them: in what time the change came, and who may have held them."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from attrs import frozen

from situation.dates import Interval, Minute
from situation.events import OrderUnknown
from situation.log.entry import Entry
from situation.log.fold import Change
from situation.log.state import split_cell

__all__ = ["UncertainSpell", "Uncertainty", "changes_of_value", "uncertain_places", "uncertain_spells"]


@frozen
class Uncertainty:
    """The time within which a change came, and every holder that a place may have had then, None among them for nobody."""

    span: Interval
    answers: tuple[Any, ...]


@frozen
class UncertainSpell:
    """From one minute up to, without, another it is uncertain who holds a place; None: to the end."""

    place: str
    since: Minute
    until: Minute | None
    uncertainty: Uncertainty


def uncertain_places(changes: Iterable[Change], at: Minute) -> Mapping[str, Uncertainty]:
    """The places of which a change of control may have come before a minute or after it, or the order is not known.

    Args:
        changes: the history of a reading.
        at: a minute.
    """
    uncertain: dict[str, Uncertainty] = {}
    for spell in uncertain_spells(changes):
        if spell.since <= at and (spell.until is None or at < spell.until):
            uncertain.setdefault(spell.place, spell.uncertainty)
    return uncertain


def uncertain_spells(changes: Iterable[Change], after: Minute | None = None) -> Iterator[UncertainSpell]:
    """When it is uncertain who holds which place, in the order of the changes that make it so.

    By the last minute within which a change can have come, it has. What told again of the same changed nothing.

    Args:
        changes: of each cell in order of time.
        after: what was over by this minute is left out; None: nothing is.
    """
    control: dict[str, list[Change]] = {}
    holders: dict[str, list[Change]] = {}
    for change in changes:
        place, attribute = split_cell(change.cell)
        if attribute == "holder":
            holders.setdefault(place, []).append(change)
        if attribute in ("holder", "status"):
            control.setdefault(change.cell, []).append(change)
    for change in (it for of_cell in control.values() for it in changes_of_value(of_cell)):
        place, span = split_cell(change.cell)[0], change.entry.span
        within = span.earliest < span.latest
        if within and (after is None or span.latest > after):
            for since, until, around in _around(holders.get(place, []), span):
                yield UncertainSpell(place, since, until, Uncertainty(span, around))
        if _lasts(change.entry):
            since = max(change.since, span.latest) if within else change.since
            if change.until is None or max(since, after or since) < change.until:
                yield UncertainSpell(place, since, change.until, Uncertainty(span, _each_once([change])))


def changes_of_value(changes: Iterable[Change]) -> Iterator[Change]:
    """Of the changes of one cell, in order of time, those that brought another value, or left it open which it is."""
    before: Change | None = None
    for change in changes:
        if before is None or before.value != change.value or _lasts(change.entry):
            yield change
        before = change


def _lasts(entry: Entry) -> bool:
    """Whether an order that is not known leaves open who held it, however long ago it was."""
    return isinstance(entry.event, OrderUnknown) and len(entry.event.answers) > 1


def _around(changes: Sequence[Change], span: Interval) -> Iterator[tuple[Minute, Minute, tuple[Any, ...]]]:
    """Who may have held a place within a time, by parts of it: nobody before he can have come, nor after another surely had.

    Args:
        changes: of its holder, in order of time.
        span: the time.
    """
    first = max(0, bisect_right(changes, span.earliest, key=_since) - 1)
    there = [it for it in changes[first:] if it.since <= span.latest]
    came = [change.entry.span for change in there[1:]]
    turns = {turn for one in came for turn in (one.earliest, one.latest) if span.earliest < turn < span.latest}
    begun = span.earliest
    before: tuple[Any, ...] = ()
    for minute in sorted({span.earliest, *turns}):
        answers = _each_once(
            change
            for number, change in enumerate(there)
            if (number == 0 or came[number - 1].earliest <= minute)
            and (number == len(came) or minute < came[number].latest)
        )
        if before and answers != before:
            yield begun, minute, before
            begun = minute
        before = answers
    yield begun, span.latest, before


def _each_once(changes: Iterable[Change]) -> tuple[Any, ...]:
    """The values of some changes, each once; those of an unknown order in its place."""
    return tuple(dict.fromkeys(value for change in changes for value in _values(change)))


def _since(change: Change) -> Minute:
    return change.since


def _values(change: Change) -> list[Any]:
    event = change.entry.event
    if isinstance(event, OrderUnknown) and event.answers:
        return [answer[0] for answer in event.answers]
    return [change.value]
