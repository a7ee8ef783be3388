"""To which ends of a place's course rival accounts lead, and whose word each end is."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from attrs import evolve

from situation.log.entry import Entry
from situation.log.state import State
from situation.record.order.chains import Chain, Chains, chains_of
from situation.record.order.sequence import Before
from situation.testimony.ground import Ground

__all__ = ["fullest", "rival_ends", "who_says_so"]


def rival_ends(place: str, chains: Chains, apart: frozenset[frozenset[str]]) -> Mapping[Any, list[Chain]]:
    """From who holds a place in the end to the orders that lead there.

    Who says that an attack was thrown back, against those who have the place taken, has it end there: also where others go on
    to tell of a third who took it.

    Args:
        place: of which rivals leave open who holds it.
        chains: the orders of as many events as fit together.
        apart: the pairs of events, by id, of which no order has both.
    """
    cell, ends = f"{place}.holder", dict[Any, list[Chain]]()
    for chain in chains.partial:
        ends.setdefault(chain.end.get(cell), []).append(chain)
    denied = {name for pair in apart for name in pair}
    for chain in chains.partial:
        for number, entry in enumerate(chain.entries[:-1]):
            holder = chain.states[number].get(cell)
            if entry.id in denied and holder not in ends:
                until = number + 1
                ends[holder] = [evolve(chain, entries=chain.entries[:until], states=chain.states[:until])]
    return ends


def fullest(
    place: str,
    end: Any,
    of_end: list[Chain],
    start: State,
    before: Before,
    ground: Ground,
    apart: frozenset[frozenset[str]],
) -> Chain:
    """The order that leads to an end with as many events as fit of all that lead there: what no rival disputes stays.

    Args:
        place: of which rivals left open who holds it.
        end: who holds it, as is believed.
        of_end: the orders that lead there, the first the one that counts where none has more events.
        start: the state before the first event.
        before: the stated sequence.
        ground: the map.
        apart: the pairs of events, by id, of which no order has both.
    """
    every = list({entry.id: entry for chain in of_end for entry in chain.entries}.values())
    if len(every) == len(of_end[0].entries):
        return of_end[0]
    places = tuple(sorted({cell.rpartition(".")[0] for cell in of_end[0].end}))
    again = chains_of(places, every, start, before, ground, None, apart)
    ending = [chain for chain in again.whole or again.partial if chain.end.get(f"{place}.holder") == end]
    return max((of_end[0], *ending), key=lambda chain: len(chain.entries))


def who_says_so(place: str, end: Any, chains: list[Chain], common: list[Entry], ground: Ground) -> tuple[str, ...]:
    """The claims of what leads to an end and is not common to all: of those that name the last holder, where any does."""
    apart = [entry for chain in chains for entry in chain.entries if entry not in common]
    named = [entry for entry in apart if entry.event.speaks(ground.root).get(f"{place}.holder") == end]
    return tuple(sorted({name for entry in named or apart for name in entry.cause.claims}))
