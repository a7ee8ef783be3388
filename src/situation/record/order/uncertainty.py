"""Of which places it is uncertain at a minute who held them: in what time the change came, and who may have held them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from attrs import frozen

from situation.dates import Interval, Minute
from situation.events import OrderUnknown
from situation.log.entry import Entry
from situation.log.fold import Change

__all__ = ["Uncertainty", "uncertain_places"]


@frozen
class Uncertainty:
    """The time within which a change came, and every holder that a place may have had then, None among them for nobody."""

    span: Interval
    answers: tuple[Any, ...]


def uncertain_places(changes: Iterable[Change], at: Minute) -> Mapping[str, Uncertainty]:
    """The places of which a change of control may have come before a minute or after it, or the order is not known.

    Args:
        changes: the history of a reading.
        at: a minute.
    """
    spans: dict[str, Change] = {}
    holders: dict[str, list[Change]] = {}
    for change in changes:
        place, _, attribute = change.cell.partition(".")
        if attribute == "holder":
            holders.setdefault(place, []).append(change)
        if attribute in ("holder", "status") and _open(change, at):
            spans.setdefault(place, change)
    uncertain = {}
    for place, change in spans.items():
        span = change.entry.span
        around = [change] if at > span.latest else holders.get(place, [])
        uncertain[place] = Uncertainty(span, _answers(around, span))
    return uncertain


def _open(change: Change, at: Minute) -> bool:
    span = change.entry.span
    if span.earliest <= at <= span.latest and span.earliest < span.latest:
        return True
    return _lasts(change.entry) and change.since <= at and (change.until is None or at < change.until)


def _lasts(entry: Entry) -> bool:
    """Whether an order that is not known leaves open who held it, however long ago it was."""
    return isinstance(entry.event, OrderUnknown) and len(entry.event.answers) > 1


def _answers(changes: Iterable[Change], span: Interval) -> tuple[Any, ...]:
    """The holders before, within and after a time, each once, in order; those of an unknown order in its place."""
    values: list[Any] = []
    for change in changes:
        if change.since <= span.latest and (change.until is None or change.until > span.earliest):
            values += _values(change)
    return tuple(dict.fromkeys(values))


def _values(change: Change) -> list[Any]:
    event = change.entry.event
    if isinstance(event, OrderUnknown) and event.answers:
        return [answer[0] for answer in event.answers]
    return [change.value]
