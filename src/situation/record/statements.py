"""Statements about the state, tested against the fold at the time that they speak of.

A statement holds if it holds at some moment of its time; it is a mismatch if it holds at none; it is untestable where the
state keeps nothing that could answer it.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import islice, product

from attrs import frozen

from situation.clock import Minute
from situation.events import AreaId, OrderUnknown
from situation.events.predicates import (
    BesiegedBy,
    DividedBetween,
    Holds,
    HoldsMostOf,
    HoldsNothingIn,
    LargestPlaceOf,
    LastPlaceOf,
    Predicate,
    Said,
    ShareHeld,
    ShareRegained,
)
from situation.log.entry import Assumed, Entry
from situation.log.fold import fold
from situation.log.state import PlaceState, State
from situation.record.chains import CONTROL
from situation.record.reading import Reading
from situation.record.topic import span_of
from situation.testimony.claims import Claim
from situation.testimony.ground import Ground

__all__ = ["Mismatch", "Verdict", "judge", "judge_whatever_the_order", "mismatches"]


@frozen
class Verdict:
    """Whether a predicate holds, None where the state cannot answer; and the places that decide it."""

    holds: bool | None
    places: tuple[str, ...] = ()
    text: str = ""


@frozen
class Mismatch:
    """A statement that the fold contradicts throughout its time."""

    claim: str
    predicate: str
    state: str
    because: tuple[str, ...]
    places: tuple[str, ...]
    stance: str = "asserts"


def judge(predicate: Predicate, state: State, ground: Ground) -> Verdict:
    """Test a predicate against a state.

    Raises:
        LookupError: a predicate that nothing tests.
    """
    if isinstance(predicate, HoldsNothingIn):
        held = _held(predicate.actor, predicate.area, state, ground)
        if not held and _unknown(ground.members(predicate.area), state):
            return Verdict(None)
        return Verdict(not held, held, _control_in_words(held, state, ground))
    if isinstance(predicate, LastPlaceOf):
        return _last(predicate, state, ground)
    if isinstance(predicate, Holds):
        return _holds(predicate, state, ground)
    if isinstance(predicate, HoldsMostOf):
        return _most(predicate, state, ground)
    if isinstance(predicate, BesiegedBy | DividedBetween | LargestPlaceOf) and _unknown(
        ground.members(AreaId(predicate.place)), state
    ):
        return Verdict(None)
    if isinstance(predicate, BesiegedBy):
        place = state.places.get(predicate.place, PlaceState(predicate.place))
        rung = place.status == "besieged" and place.besieger == ground.root(predicate.actor)
        return Verdict(rung, (predicate.place,), _control_in_words([predicate.place], state, ground))
    if isinstance(predicate, DividedBetween):
        place = state.places.get(predicate.place, PlaceState(predicate.place))
        there = {place.holder, place.besieger, *(part.actor for part in place.parts)}
        split = {ground.root(actor) for actor in predicate.actors} <= there
        return Verdict(split, (predicate.place,), _control_in_words([predicate.place], state, ground))
    if isinstance(predicate, LargestPlaceOf):
        held = _held(predicate.actor, predicate.place, state, ground)
        return Verdict(bool(held), (predicate.place,), _control_in_words([predicate.place], state, ground))
    if isinstance(predicate, ShareRegained | ShareHeld | Said):
        return Verdict(None)
    raise LookupError(f"{type(predicate).__name__} has no test. Give it one in situation.record.statements.judge.")


def judge_whatever_the_order(predicate: Predicate, state: State, ground: Ground) -> Verdict:
    """Test a predicate against every state that an order of events which is not known leaves open; None where they differ."""
    verdicts = [judge(predicate, possible, ground) for possible in _possible(state)]
    return verdicts[0] if len({verdict.holds for verdict in verdicts}) == 1 else Verdict(None)


_MOST_STATES = 64
"""How many of the states that unknown orders leave open are looked at."""


def _possible(state: State) -> list[State]:
    """The states that unknown orders leave open; the state itself where there are none."""
    open_places = {}
    for cell, entry in state.because.items():
        event = entry.event
        if isinstance(event, OrderUnknown) and event.answers and cell == f"{event.place}.holder":
            open_places[str(event.place)] = event.answers
    states = []
    for answers in islice(product(*open_places.values()), _MOST_STATES):
        cells = dict(state.cells)
        for place, values in zip(open_places, answers, strict=True):
            cells |= {f"{place}.{name}": value for name, value in zip(CONTROL, values, strict=True)}
        states.append(State(cells, state.because))
    return states


def _unknown(places: Iterable[str], state: State) -> bool:
    """Whether nothing is known of who holds any of some places."""
    return all(state.places.get(place, PlaceState(place)).status == "unknown" for place in places)


def mismatches(reading: Reading, ground: Ground) -> tuple[tuple[Mismatch, ...], tuple[str, ...]]:
    """The statements that the fold contradicts, and the ids of those that nothing can test."""
    states: dict[Minute, State] = {}
    times = sorted({entry.time for entry in reading.log})

    def at(minute: Minute) -> State:
        passed = max((time for time in times if time <= minute), default=minute)
        if passed not in states:
            states[passed] = fold(reading.log.until(passed), ground)
        return states[passed]

    wrong: list[Mismatch] = []
    untestable: list[str] = []
    for claim in sorted(reading.claims.values(), key=lambda claim: claim.id):
        if claim.kind != "statement" or claim.predicate is None:
            continue
        moments = _moments(claim, times, ground)
        verdicts = [(minute, judge_whatever_the_order(claim.predicate, at(minute), ground)) for minute in moments]
        truths = {verdict.holds if claim.mode == "asserts" else _not(verdict.holds) for _, verdict in verdicts}
        if truths == {None}:
            untestable.append(claim.id)
        elif True not in truths:
            minute, last = verdicts[-1]
            because = tuple(dict.fromkeys(name for place in last.places for name in _reasons(at(minute), place)))
            name = type(claim.predicate).__name__
            wrong.append(Mismatch(claim.id, name, last.text, because, last.places, claim.mode))
        elif isinstance(claim.predicate, LastPlaceOf) and claim.mode == "asserts":
            until = max(minute for minute, _ in verdicts)
            named = tuple(place for area in claim.predicate.places for place in ground.members(area))
            if not any(_held_one(claim.predicate, at(minute), ground) for minute in (*times, until) if minute <= until):
                text = (
                    f"{ground.name(claim.predicate.actor)} never held it: {_control_in_words(named, at(until), ground)}"
                )
                wrong.append(Mismatch(claim.id, "LastPlaceOf", text, (), named))
    return tuple(wrong), tuple(untestable)


def _not(holds: bool | None) -> bool | None:
    return None if holds is None else not holds


def _moments(claim: Claim, times: Iterable[Minute], ground: Ground) -> list[Minute]:
    """The minutes at which a statement is tested: the ends of its time, and each change between them."""
    span = span_of(claim, ground).clipped_to(ground.window)
    return sorted({span.earliest, *(time for time in times if span.earliest <= time <= span.latest), span.latest})


def _reasons(state: State, place: str) -> Iterable[str]:
    for attribute in ("holder", "status"):
        entry: Entry | None = state.because.get(f"{place}.{attribute}")
        if entry is not None:
            yield from (entry.cause.claims or (entry.id,)) if isinstance(entry.cause, Assumed) else entry.cause.claims


def _held(actor: str, area: AreaId, state: State, ground: Ground) -> tuple[str, ...]:
    """The places in an area that an actor holds, in whole or part, as towns, sectors or stretches of ground."""
    root = ground.root(actor)  # type: ignore[arg-type]
    held = []
    for place in ground.members(area):
        control = state.places.get(place)
        if control is None or control.occupant is None:
            continue
        if control.occupant == root or any(part.actor == root for part in control.parts):
            held.append(place)
    return tuple(held)


def _last(predicate: LastPlaceOf, state: State, ground: Ground) -> Verdict:
    """No other place within the bounds is held; with a qualifier, none of size, or no other town."""
    if predicate.area is None:
        return Verdict(None)
    if predicate.qualifier == "one of the last":
        held = _held(predicate.actor, predicate.area, state, ground)
        return Verdict(True, held, _control_in_words(held, state, ground))
    named = {place for area in predicate.places for place in ground.members(area)}
    others = []
    for place in _held(predicate.actor, predicate.area, state, ground):
        known = ground.places[place]  # type: ignore[index]
        apart = place not in named and not named & set(ground.inside(place))  # type: ignore[arg-type]
        counts = {
            "the last": True,
            "the last major": known.size == "major",
            "the last urban": known.is_town,
        }[predicate.qualifier]
        if apart and counts:
            others.append(place)
    return Verdict(not others, tuple(others), _control_in_words(others, state, ground))


def _held_one(predicate: LastPlaceOf, state: State, ground: Ground) -> bool:
    """Whether the actor holds any of the places that are said to be, or to have been, its last."""
    return any(_held(predicate.actor, area, state, ground) for area in predicate.places)


def _holds(predicate: Holds, state: State, ground: Ground) -> Verdict:
    root = ground.root(predicate.actor)
    known = [place for place in _top(predicate.area, ground) if place in state.places]
    others = [place for place in known if state.places[place].holder not in (root, None)]
    if _unknown(known, state):
        return Verdict(None)
    mine = any(state.places[place].holder == root for place in known)
    return Verdict(mine and not others, tuple(others or known), _control_in_words(others or known, state, ground))


def _most(predicate: HoldsMostOf, state: State, ground: Ground) -> Verdict:
    """Of a place: its holder, or the majority part. Of a region: of more than half of its places that anyone holds."""
    root = ground.root(predicate.actor)
    known = [place for place in _top(predicate.area, ground) if place in state.places]
    if _unknown(known, state):
        return Verdict(None)
    if ground.is_place(predicate.area):
        place = state.places[predicate.area]
        first = place.parts[0].actor if place.parts else place.holder
        return Verdict(first == root, (place.id,), _control_in_words([place.id], state, ground))
    mine = [place for place in known if state.places[place].holder == root]
    anyones = [place for place in known if state.places[place].holder is not None]
    return Verdict(2 * len(mine) > len(anyones), tuple(mine), _control_in_words(mine, state, ground))


def _top(area: AreaId, ground: Ground) -> list[str]:
    """The places of an area that stand for themselves: the place named, or a region's places without those nested."""
    if ground.is_place(area):
        return [area]
    members = ground.members(area)
    return [place for place in members if ground.places[place].within not in members]


_MOST_PLACES_NAMED = 6
"""How many places a mismatch names in words; `because` has the reasons of all."""


def _control_in_words(places: Iterable[str], state: State, ground: Ground) -> str:
    sentences = []
    names = list(places)
    for place in names[:_MOST_PLACES_NAMED]:
        control = state.places.get(place)
        holder = ground.name(control.holder) if control and control.holder else "nobody"
        status = control.status if control else "unknown"
        sentences.append(f"{ground.name(place)}: {status}, {holder}")
    more = len(names) - _MOST_PLACES_NAMED
    return "; ".join([*sentences, f"and {more} more"] if more > 0 else sentences) or "no place of theirs remains there"
