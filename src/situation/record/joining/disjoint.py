"""Things that hang together, directly or through others: disjoint sets, by union and find."""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from typing import Generic, TypeVar

from attrs import define, field

__all__ = ["DisjointSets"]

_Thing = TypeVar("_Thing", bound=Hashable)


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
