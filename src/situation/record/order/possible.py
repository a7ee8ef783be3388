"""The states that an order of events which is not known leaves open."""

from __future__ import annotations

from itertools import islice, product

from situation.events import OrderUnknown
from situation.log.state import State
from situation.record.order.chains import CONTROLLED

__all__ = ["possible_states"]

_MOST_STATES = 64
"""How many of them are looked at."""


def possible_states(state: State) -> list[State]:
    """Every state that unknown orders leave open; the state itself where there are none."""
    open_places = {}
    for cell, entry in state.because.items():
        event = entry.event
        if isinstance(event, OrderUnknown) and event.answers and cell == f"{event.place}.holder":
            open_places[str(event.place)] = event.answers
    if not open_places:
        return [state]
    states = []
    for answers in islice(product(*open_places.values()), _MOST_STATES):
        cells = dict(state.cells)
        for place, values in zip(open_places, answers, strict=True):
            cells |= {f"{place}.{name}": value for name, value in zip(CONTROLLED, values, strict=True)}
        states.append(State(cells, state.because))
    return states
