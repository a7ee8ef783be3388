"""Things that hang together, directly or through others: disjoint sets, by union and find, and runs in time."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator
from typing import Generic, TypeVar

from attrs import define, field

from situation.dates import Interval

__all__ = ["DisjointSets", "runs_in_time"]

_Thing = TypeVar("_Thing", bound=Hashable)
_Dated = TypeVar("_Dated")


@define
class DisjointSets(Generic[_Thing]):
    """Sets that share no member. Who is joined to one of a set is of that set."""

    _head: dict[_Thing, _Thing] = field(factory=dict)

    def join(self, things: Iterable[_Thing]) -> None:
        """Make one set of those in which some things are."""
        first: _Thing | None = None
        for thing in things:
            top = self._top(thing)
            if first is None:
                first = top
            else:
                self._head[top] = first

    def sets(self) -> list[list[_Thing]]:
        """The sets, in the order in which their first members were named, and their members in that order."""
        members: dict[_Thing, list[_Thing]] = {}
        for thing in self._head:
            members.setdefault(self._top(thing), []).append(thing)
        return list(members.values())

    def _top(self, thing: _Thing) -> _Thing:
        head = self._head
        top = head.setdefault(thing, thing)
        while head[top] != top:
            top = head[top]
        while head[thing] != top:
            head[thing], thing = top, head[thing]
        return top


def runs_in_time(
    things: Iterable[_Dated], span: Callable[[_Dated], Interval], reach: int = 0
) -> Iterator[list[_Dated]]:
    """Things in runs between which more minutes lie than `reach`, the earlier runs first; with 0, those that overlap.

    Args:
        things: in any order; of those of one span the order stays.
        span: when each is.
        reach: minutes.
    """
    together: list[_Dated] = []
    until = 0
    dated = [(span(thing), thing) for thing in things]
    for when, thing in sorted(dated, key=lambda pair: (pair[0].earliest, pair[0].latest)):
        if together and when.earliest > until + reach:
            yield together
            together = []
        until = max(until, when.latest) if together else when.latest
        together.append(thing)
    if together:
        yield together
