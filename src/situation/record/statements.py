"""Statements about the state, tested against the fold at the time that they speak of.

A statement holds if it holds at some moment of its time; it is a mismatch if it holds at none; it is untestable where the
state keeps nothing that could answer it, or where that hangs on when exactly a change came, which is not known.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Literal

from attrs import frozen

from situation.dates import Minute
from situation.events import AreaId
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
from situation.log.fold import Change, courses_by_cell, in_force
from situation.log.state import CONTROL, PlaceState, State
from situation.record.joining.topic import span_of
from situation.record.order.possible_states import possible_states
from situation.record.order.timings import hangs_on_the_time
from situation.record.readings.reading import Reading
from situation.testimony.claims import Claim
from situation.testimony.ground import Ground

__all__ = ["Mismatch", "Verdict", "judge", "mismatches", "places_judged", "statement_fault"]


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
        rung = place.status == "besieged" and ground.root(predicate.actor) in place.besiegers
        return Verdict(rung, (predicate.place,), _control_in_words([predicate.place], state, ground))
    if isinstance(predicate, DividedBetween):
        place = state.places.get(predicate.place, PlaceState(predicate.place))
        if len(place.holders) > 1:
            return Verdict(None)  # held together is not divided
        there = {place.holder, *place.besiegers, *(part.actor for part in place.parts)}
        split = {ground.root(actor) for actor in predicate.actors} <= there
        return Verdict(split, (predicate.place,), _control_in_words([predicate.place], state, ground))
    if isinstance(predicate, LargestPlaceOf):
        held = _held(predicate.actor, predicate.place, state, ground)
        return Verdict(bool(held), (predicate.place,), _control_in_words([predicate.place], state, ground))
    if isinstance(predicate, ShareRegained | ShareHeld | Said):
        return Verdict(None)
    raise LookupError(f"{type(predicate).__name__} has no test. Give it one in situation.record.statements.judge.")


def _judge_whatever_the_order(predicate: Predicate, state: State, ground: Ground) -> Verdict:
    """Test a predicate against every state that orders which are not known leave open; None where they differ or are too many."""
    verdicts = [judge(predicate, possible, ground) for possible in possible_states(state)]
    return verdicts[0] if len({verdict.holds for verdict in verdicts}) == 1 else Verdict(None)


def _unknown(places: Iterable[str], state: State) -> bool:
    """Whether nothing is known of who holds any of some places."""
    known = (state.places.get(place, PlaceState(place)) for place in places)
    return all(place.status == "unknown" or place.successors for place in known)


def mismatches(reading: Reading, ground: Ground) -> tuple[tuple[Mismatch, ...], tuple[str, ...]]:
    """The statements that the fold contradicts, and the ids of those that nothing can test."""
    courses = courses_by_cell(reading.history)
    wrong: list[Mismatch] = []
    untestable: list[str] = []
    for claim in sorted(reading.claims.values(), key=lambda claim: claim.id):
        verdict = statement_fault(claim, courses, ground)
        if isinstance(verdict, Mismatch):
            wrong.append(verdict)
        elif verdict == "untestable":
            untestable.append(claim.id)
    return tuple(wrong), tuple(untestable)


def statement_fault(
    claim: Claim, courses: Mapping[str, Sequence[Change]], ground: Ground
) -> Mismatch | Literal["untestable"] | None:
    """What is wrong with a statement; None where it holds at some moment of its time, or the claim is none.

    Args:
        claim: the claim.
        courses: by cell, every value that it had, in order of time.
        ground: the map.
    """
    predicate = claim.predicate
    if claim.kind != "statement" or predicate is None:
        return None
    span = span_of(claim, ground).clipped_to(ground.window)
    places = places_judged(predicate, ground)
    cells = [cell for place in places for attribute in CONTROL if (cell := f"{place}.{attribute}") in courses]
    times = sorted({change.since for cell in cells for change in courses[cell] if change.since <= span.latest})
    moments = sorted({span.earliest, *(time for time in times if time >= span.earliest), span.latest})
    minutes = dict.fromkeys((*moments, *times)) if isinstance(predicate, LastPlaceOf) else moments
    states = {minute: _control_at(minute, cells, courses) for minute in minutes}
    verdicts = {minute: _judge_whatever_the_order(predicate, states[minute], ground.at(minute)) for minute in moments}
    truths = {_truth(claim, verdict) for verdict in verdicts.values()}

    def true(state: State, minute: Minute) -> bool | None:
        return _truth(claim, _judge_whatever_the_order(predicate, state, ground.at(minute)))

    if truths == {None} or hangs_on_the_time(true, moments, cells, courses, ground.window):
        return "untestable"
    last, state = verdicts[moments[-1]], states[moments[-1]]
    if True not in truths:
        because = tuple(dict.fromkeys(name for place in last.places for name in _reasons(state, place)))
        return Mismatch(claim.id, type(predicate).__name__, last.text, because, last.places, claim.mode)
    if isinstance(predicate, LastPlaceOf) and claim.mode == "asserts":
        named = tuple(place for area in predicate.places for place in ground.members(area))
        if not any(_held_one(predicate, state, ground.at(minute)) for minute, state in states.items()):
            text = f"{ground.name(predicate.actor)} never held it: {_control_in_words(named, state, ground)}"
            return Mismatch(claim.id, "LastPlaceOf", text, (), named)
    return None


def _control_at(minute: Minute, cells: Iterable[str], courses: Mapping[str, Sequence[Change]]) -> State:
    """The control of some places at a minute: a state of their cells alone."""
    values: dict[str, Any] = {}
    because: dict[str, Entry] = {}
    for cell in cells:
        change = in_force(courses[cell], minute)
        if change is not None:
            values[cell], because[cell] = change.value, change.entry
    return State(values, because)


def places_judged(predicate: Predicate, ground: Ground) -> tuple[str, ...]:
    """The places on whose control a predicate hangs: those that it names, and all within them."""
    areas = [*getattr(predicate, "places", ()), getattr(predicate, "place", None), getattr(predicate, "area", None)]
    return tuple(dict.fromkeys(place for area in areas if area is not None for place in (area, *ground.members(area))))


def _truth(claim: Claim, verdict: Verdict) -> bool | None:
    """Whether a claim is true where its predicate holds or not."""
    return verdict.holds if claim.mode == "asserts" or verdict.holds is None else not verdict.holds


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
        if control is None or not control.occupants:
            continue
        if root in control.occupants or any(part.actor == root for part in control.parts):
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
            "the last urban": ground.is_town(known.id),
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
    others = [place for place in known if state.places[place].holders and root not in state.places[place].holders]
    if _unknown(known, state):
        return Verdict(None)
    mine = any(root in state.places[place].holders for place in known)
    return Verdict(mine and not others, tuple(others or known), _control_in_words(others or known, state, ground))


def _most(predicate: HoldsMostOf, state: State, ground: Ground) -> Verdict:
    """Of a place: its holder, or the majority part. Of a region: of more than half of its places that anyone holds."""
    root = ground.root(predicate.actor)
    known = [place for place in _top(predicate.area, ground) if place in state.places]
    if _unknown(known, state):
        return Verdict(None)
    if ground.is_place(predicate.area):
        place = state.places[predicate.area]
        if len(place.holders) > 1:
            return Verdict(None)  # held together, and nobody has the greater part
        first = place.parts[0].actor if place.parts else place.holder
        return Verdict(first == root, (place.id,), _control_in_words([place.id], state, ground))
    mine = [place for place in known if root in state.places[place].holders]
    anyones = [place for place in known if state.places[place].holders]
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
        holders = [ground.name(actor) for actor in control.holders] if control else []
        holder = f"{' and '.join(holders)}{' together' if len(holders) > 1 else ''}" or "nobody"
        status = control.status if control else "unknown"
        sentences.append(f"{ground.name(place)}: {status}, {holder}")
    more = len(names) - _MOST_PLACES_NAMED
    return "; ".join([*sentences, f"and {more} more"] if more > 0 else sentences) or "no place of theirs remains there"
