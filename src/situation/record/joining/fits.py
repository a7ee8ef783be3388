"""Which of several things that fit each other belong together, where not all do: each to its best, and to none of equals.

Nothing is put first by a name: what is decided of one is decided of all that stand like it.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping
from itertools import combinations
from typing import Generic, TypeVar

from attrs import define, field

__all__ = ["Fits"]

_Thing = TypeVar("_Thing", bound=Hashable)
_Rank = tuple[float, ...]


@define
class Fits(Generic[_Thing]):
    """Pairs that fit, each with a rank: the lower, the better.

    Args:
        fitting: from each to those that it fits, both ways.
        torn: from each to those of which it fits several equally well that do not fit each other.
    """

    fitting: dict[_Thing, dict[_Thing, _Rank]] = field(factory=dict)
    torn: dict[_Thing, dict[_Thing, None]] = field(factory=dict, init=False)

    def enter(self, one: _Thing, other: _Thing, rank: _Rank) -> None:
        self.fitting.setdefault(one, {})[other] = rank
        self.fitting.setdefault(other, {})[one] = rank

    def settle(self) -> Mapping[_Thing, Iterable[_Thing]]:
        """Part pairs until of any three of which two pairs fit, the third does: so whatever is left is together.

        Returns: from each to all that it belongs with.
        """
        open_ends = self._unlike_their_own()
        while open_ends:
            parted = self._parted(open_ends)
            for one, other in parted:
                self.fitting[one].pop(other, None)
                self.fitting[other].pop(one, None)
            near = {thing: None for pair in parted for thing in pair}
            open_ends = list(dict.fromkeys(it for thing in near for it in (thing, *self.fitting[thing])))
        return self.fitting

    def _unlike_their_own(self) -> list[_Thing]:
        """Those that do not fit just the same as each that they fit: all others are together as they are."""
        circles: dict[frozenset[_Thing], int] = {}
        circle = {one: circles.setdefault(frozenset((one, *them)), len(circles)) for one, them in self.fitting.items()}
        return [one for one, them in self.fitting.items() if any(circle[other] != circle[one] for other in them)]

    def _parted(self, things: Iterable[_Thing]) -> list[tuple[_Thing, _Thing]]:
        """The pairs that cannot stay: of two that one fits and that do not fit each other, the worse; of equals, both."""
        parted: dict[tuple[_Thing, _Thing], None] = {}
        for one in things:
            for (left, rank), (right, its) in combinations(self.fitting[one].items(), 2):
                if right in self.fitting[left]:
                    continue
                if rank >= its:
                    parted[one, left] = None
                if its >= rank:
                    parted[one, right] = None
                if rank == its:
                    self.torn.setdefault(one, {}).update(dict.fromkeys((left, right)))
        return list(parted)
