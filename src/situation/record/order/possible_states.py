"""The states that an order of events which is not known leaves open."""

from __future__ import annotations

from itertools import product
from math import prod
from typing import Final

from situation.events import OrderUnknown
from situation.log.state import HOLDING, State

__all__ = ["MOST_STATES", "possible_states"]

MOST_STATES: Final = 64
"""How many states are looked at that may have been. ASSUMED: who leaves more open says nothing that could be tested."""


def possible_states(state: State) -> list[State]:
    """Every state that unknown orders leave open, the state itself where there are none; none of more than can be looked at."""
    open_places = {}
    for cell, entry in state.because.items():
        event = entry.event
        if isinstance(event, OrderUnknown) and event.answers and cell == f"{event.place}.holder":
            open_places[str(event.place)] = event.answers
    if not open_places:
        return [state]
    if prod(map(len, open_places.values())) > MOST_STATES:
        return []
    states = []
    for answers in product(*open_places.values()):
        cells = dict(state.cells)
        for place, values in zip(open_places, answers, strict=True):
            cells |= {f"{place}.{name}": value for name, value in zip(HOLDING, values, strict=True)}
        states.append(State(cells, state.because))
    return states
