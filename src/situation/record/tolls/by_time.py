"""Things looked up by their time, in an order of their own."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from typing import Generic, TypeVar

from attrs import define, field

from situation.dates import Interval, Minute

__all__ = ["ByTime"]

_Dated = TypeVar("_Dated")


@define
class ByTime(Generic[_Dated]):
    """Things by their time.

    Args:
        things: one or more.
        span: when each is.
    """

    things: Sequence[_Dated]
    span: Callable[[_Dated], Interval]
    _by_start: list[tuple[Minute, int]] = field(init=False)
    _longest: int = field(init=False)

    def __attrs_post_init__(self) -> None:
        spans = [self.span(thing) for thing in self.things]
        self._by_start = sorted((span.earliest, number) for number, span in enumerate(spans))
        self._longest = max(span.latest - span.earliest for span in spans)

    def lasting_until(self, end: Minute, begun: Minute) -> Iterator[_Dated]:
        """Those that may last until a minute and began by another, in their order: none so early that nothing is so long."""
        first = bisect_left(self._by_start, (end - self._longest, 0))
        last = bisect_left(self._by_start, (begun + 1, 0))
        return (self.things[number] for number in sorted(number for _, number in self._by_start[first:last]))
