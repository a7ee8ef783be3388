"""Things looked up by their time, in an order of their own."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Sequence
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
    _numbers: dict[Interval, list[int]] = field(factory=dict, init=False)
    """From each span to the numbers of the things of it."""
    _by_length: dict[int, list[Interval]] = field(factory=dict, init=False)
    """The spans in order, by how many digits their length has: of those none is twice as long as another."""

    def __attrs_post_init__(self) -> None:
        for number, thing in enumerate(self.things):
            self._numbers.setdefault(self.span(thing), []).append(number)
        for span in sorted(self._numbers):
            self._by_length.setdefault((span.latest - span.earliest).bit_length(), []).append(span)

    def lasting_until(self, end: Minute, begun: Minute) -> Iterator[_Dated]:
        """Those that may last until a minute and began by another, in their order: none so early that nothing is so long."""
        return self._in_order(self._spans(end, begun))

    def longer(self, span: Interval) -> Iterator[_Dated]:
        """Those that last all through a span and longer, in their order."""
        spans = self._spans(span.latest, span.earliest)
        return self._in_order(other for other in spans if other != span and other.contains(span))

    def _spans(self, end: Minute, begun: Minute) -> Iterator[Interval]:
        for digits, spans in self._by_length.items():
            first = bisect_left(spans, end - (1 << digits), key=_begin)
            yield from spans[first : bisect_left(spans, begun + 1, key=_begin)]

    def _in_order(self, spans: Iterable[Interval]) -> Iterator[_Dated]:
        return (self.things[number] for number in sorted(number for span in spans for number in self._numbers[span]))


def _begin(span: Interval) -> Minute:
    return span.earliest
