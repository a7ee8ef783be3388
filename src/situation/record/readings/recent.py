"""What was made last of each thing, at hand for when it is asked for again; what came before is let go.

A record read from moment to moment would else be held once for every moment.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import Final, Generic, TypeVar

from attrs import define, field

__all__ = ["Recent"]

_KEPT: Final = 4
"""States of each thing that are held. ASSUMED: those of the moments that are read side by side."""

_Key = TypeVar("_Key", bound=Hashable)
_Value = TypeVar("_Value")


@define
class Recent(Generic[_Key, _Value]):
    """By the number of a thing the few states of it that were asked for last."""

    _states: dict[int, dict[_Key, _Value]] = field(factory=dict, init=False)

    def of(self, number: int, key: _Key, make: Callable[[], _Value]) -> _Value:
        """The state of a thing under a key; made where it is not at hand."""
        states = self._states.setdefault(number, {})
        state = states.pop(key, None)  # several threads may be here at once
        if state is None:
            state = make()
        states[key] = state  # the last in line
        for oldest in list(states)[:-_KEPT]:
            states.pop(oldest, None)
        return state
