"""The order of what happened at one place at overlapping times, by what each event takes for granted of the state before.

Of happenings whose times overlap, the chains are looked for in which each loser is the holder: one that uses every event gives
the order; several that end alike give the end; several that end differently leave the order unknown; where none uses every event,
those that cannot both be so are rivals.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from attrs import define, evolve, field, frozen

from situation.events import Event, HoldingStated, Withdrew
from situation.log.entry import Entry, Reported
from situation.log.fold import Folding
from situation.log.state import HOLDING, State
from situation.record.joining.disjoint import DisjointSets
from situation.record.order.objections import objection
from situation.record.order.sequence import Before, OrderKey, follows
from situation.testimony.apart import ground_when
from situation.testimony.ground import Ground

__all__ = [
    "MOST_TRIED",
    "Chain",
    "Chains",
    "KnownChains",
    "arenas",
    "can_change_control",
    "chains_of",
    "control_of",
    "places_changed",
]

_MOST_KNOWN, _MOST_STARTS = 64, 8
"""Groups of events of which the chains are held, and for each the states from which they start."""
MOST_TRIED = 6
"""Events at one place with times that overlap, up to which every order is tried. ASSUMED: a place seldom changes hands
more often within the times that sources leave open; of more, the order counts as not known."""


@frozen
class Chain:
    """An order of some events, and the control of their places after each: from a cell to its value."""

    entries: tuple[Entry, ...]
    states: tuple[Mapping[str, Any], ...]

    @property
    def end(self) -> Mapping[str, Any]:
        """The control of the places after the last."""
        return self.states[-1]


@frozen
class Chains:
    """The orders in which some events can have happened.

    Args:
        places: the places that they bear on.
        entries: the events.
        whole: the orders that use every event; empty where none does.
        partial: where none does, the orders of as many events as fit together.
        untried: whether there were too many events to try.
    """

    places: tuple[str, ...]
    entries: tuple[Entry, ...]
    whole: tuple[Chain, ...]
    partial: tuple[Chain, ...]
    untried: bool = False


def can_change_control(event: Event, cells: Iterable[str], silent: frozenset[str] = frozenset()) -> bool:
    """Whether an event can change who holds a place, or how.

    Args:
        event: the event.
        cells: to which it speaks.
        silent: those of them that it does not write.
    """
    if isinstance(event, Withdrew):
        return True
    return any(cell.endswith((".holder", ".status")) for cell in cells if cell not in silent)


def places_changed(event: Event, ground: Ground) -> tuple[str, ...]:
    """The places and areas of which an event changes the control: its own, and with `wholly` every place inside."""
    place = event.place
    if place is None:
        return ()
    inner = ground.inside(place) if getattr(event, "wholly", False) else ()
    return (place, *inner)


def arenas(entries: Iterable[Entry], ground: Ground) -> Iterator[tuple[tuple[str, ...], list[Entry]]]:
    """Places that one event can change together, with all events that bear on them; each place is in one arena."""
    relevant = [
        (entry, places)
        for entry in entries
        if (places := places_changed(entry.event, ground))
        and can_change_control(entry.event, _cells(entry, ground), entry.silent)
    ]
    joined: DisjointSets[str] = DisjointSets()
    for _, places in relevant:
        joined.join(places)
    for arena in joined.sets():
        group = [entry for entry, places in relevant if places[0] in arena]
        yield tuple(sorted(arena)), group


def _cells(entry: Entry, ground: Ground) -> Iterable[str]:
    return entry.event.speaks(ground_when(entry.event, entry.span, ground).root)


_Ordered = tuple[Entry, ...]
_Earlier = Mapping[str, set[str]]
_Apart = frozenset[frozenset[str]]
_Chains = tuple[list[Chain], list[Chain]]


@define
class KnownChains:
    """The chains of some drawings of a record, at hand for the next ones: between them hardly anything but minutes changes.

    An order hangs on intervals and not on the minutes drawn within them; only of `HoldingStated` the minute counts.
    """

    _known: dict[Any, list[tuple[State, _Chains]]] = field(factory=dict, init=False)

    def of(
        self, places: tuple[str, ...], ordered: _Ordered, earlier: _Earlier, start: State, ground: Ground, apart: _Apart
    ) -> _Chains:
        """What `_search` finds."""
        timeless = tuple(sorted(map(_timeless, ordered), key=lambda entry: entry.id))
        key = (places, timeless, apart, tuple(frozenset(earlier[entry.id]) for entry in timeless))
        if len(self._known) > _MOST_KNOWN:
            self._known.clear()
        states = self._known.setdefault(key, [])
        known = next((chains for state, chains in states if _leads_on_alike(state, start)), None)
        if known is None:
            known = _search(places, timeless, earlier, start, ground, apart)
            states.append((start, known))
            del states[:-_MOST_STARTS]
        at = {entry.id: place for place, entry in enumerate(ordered)}

        def of_this_one(some: Sequence[Chain]) -> list[Chain]:
            rows = sorted(([at[entry.id] for entry in chain.entries], number) for number, chain in enumerate(some))
            return [Chain(tuple(ordered[place] for place in row), some[number].states) for row, number in rows]

        return of_this_one(known[0]), of_this_one(known[1])


def _timeless(entry: Entry) -> Entry:
    """An entry at the beginning of its interval, wherever in it its minute was drawn, and by whichever drawing it is believed."""
    time = entry.time if isinstance(entry.event, HoldingStated) else entry.span.earliest
    cause = evolve(entry.cause, belief="") if isinstance(entry.cause, Reported) else entry.cause
    return evolve(entry, time=time, cause=cause)


def _leads_on_alike(one: State, other: State) -> bool:
    """Whether the same events lead to the same from two states: by cell the same value, by the same entry but for its minute."""
    if one is other:
        return True
    if one.cells != other.cells or one.because.keys() != other.because.keys() or one.last.keys() != other.last.keys():
        return False
    writers = [(entry, other.because[cell]) for cell, entry in one.because.items()]
    for cell, writings in one.last.items():
        others = other.last[cell]
        if [it.value for it in writings] != [it.value for it in others]:
            return False
        writers += [(mine.entry, theirs.entry) for mine, theirs in zip(writings, others, strict=True)]
    return all(mine is theirs or _timeless(mine) == _timeless(theirs) for mine, theirs in writers)


def chains_of(
    places: tuple[str, ...],
    entries: list[Entry],
    start: State,
    before: Before,
    ground: Ground,
    known: KnownChains | None = None,
    apart: _Apart = frozenset(),
) -> Chains:
    """Every order in which some events with overlapping times can have happened.

    Args:
        places: the places that they bear on.
        entries: the events.
        start: the state before the first.
        before: the stated sequence.
        ground: the map.
        known: the chains of other drawings of the record, where it is drawn.
        apart: pairs of the events, by id, of which no order has both.
    """
    ordered = tuple(sorted(entries, key=lambda entry: (entry.time, OrderKey(entry))))
    if len(ordered) > MOST_TRIED:
        return Chains(places, ordered, (), (), untried=True)
    earlier = {
        entry.id: {
            other.id
            for other in ordered
            if other is not entry and (other.span.latest < entry.span.earliest or follows(entry.id, other.id, before))
        }
        for entry in ordered
    }
    find = _search if known is None else known.of
    whole, partial = find(places, ordered, earlier, start, ground, apart)
    if (
        not whole and not partial
    ):  # what stood before is at odds with all of them: they are rivals of it, not of each other
        whole, partial = find(places, ordered, earlier, _held_by_nobody_known(places, start), ground, apart)
    if whole:
        return Chains(places, ordered, tuple(whole), ())
    most = max((len(chain.entries) for chain in partial), default=0)
    lone = [entry for entry in ordered if not any(entry in chain.entries for chain in partial)]
    best = [chain for chain in partial if len(chain.entries) == most]
    best += [chain for chain in partial if len(chain.entries) < most and not _covered(chain, best)]
    best += [Chain((entry,), (control_of(places, _after(entry, start, ground)),)) for entry in lone]
    return Chains(places, ordered, (), tuple(best))


def _held_by_nobody_known(places: tuple[str, ...], state: State) -> State:
    """A state, but for who holds some places, and how."""
    unknown = {f"{place}.{attribute}" for place in places for attribute in (*HOLDING, "successors", "entered_by")}
    cells = {cell: value for cell, value in state.cells.items() if cell not in unknown}
    return State(cells, {cell: state.because[cell] for cell in cells}, state.last)


def _search(
    places: tuple[str, ...], ordered: _Ordered, earlier: _Earlier, start: State, ground: Ground, apart: _Apart
) -> _Chains:
    """The orders that use every event, and where none does those to which no event can be added; in the order of `ordered`.

    Args:
        earlier: from each entry's id to those that come before it in every order.
        apart: the pairs of which no order has both.
    """
    whole: list[Chain] = []
    partial: list[Chain] = []

    def go(chain: tuple[Entry, ...], states: tuple[Mapping[str, Any], ...], state: State, skip: bool) -> None:
        used = {entry.id for entry in chain}
        extended = False
        for entry in ordered:
            late = any(entry.id in earlier[name] for name in used) if skip else bool(earlier[entry.id] - used)
            rival = bool(apart) and any(frozenset((entry.id, name)) in apart for name in used)
            if (
                entry.id in used
                or late
                or rival
                or objection(entry.event, state, ground_when(entry.event, entry.span, ground))
            ):
                continue
            extended = True
            after = _after(entry, state, ground)
            go((*chain, entry), (*states, control_of(places, after)), after, skip)
        if len(chain) == len(ordered):
            whole.append(Chain(chain, states))
        elif skip and not extended and chain:
            partial.append(Chain(chain, states))

    go((), (), start, skip=False)
    if not whole:
        go((), (), start, skip=True)
    return whole, partial


def _after(entry: Entry, state: State, ground: Ground) -> State:
    folding = Folding(ground, state)
    folding.apply(entry)
    return folding.taken()


def _covered(chain: Chain, others: list[Chain]) -> bool:
    """Whether every event of a chain stands in some longer one."""
    return all(any(entry in other.entries for other in others) for entry in chain.entries)


def control_of(places: tuple[str, ...], state: State) -> Mapping[str, Any]:
    """Who holds places, and how, in a state: from a cell to its value."""
    cells = {
        f"{place}.{attribute}": state.cells.get(f"{place}.{attribute}") for place in places for attribute in HOLDING
    }
    return {cell: value or None for cell, value in cells.items()}
