"""Small testimonies drawn at random: claims by several voices, denials, forecasts, statements and retractions."""

from __future__ import annotations

import types
import typing
from collections.abc import Mapping
from functools import cache
from typing import Any, Union, get_args, get_origin

import attrs
from attrs import evolve
from hypothesis import strategies as st

from situation.errors import Fault
from situation.events import (
    EVENTS,
    ActorId,
    AreaId,
    Attacked,
    Besieged,
    Captured,
    Entered,
    Event,
    Fled,
    OperationId,
    OperationLaunched,
    OperationReported,
    PlaceId,
    PositionTaken,
    Quantity,
    RelationReported,
    Repelled,
    SiegeBroken,
    StrengthAssessed,
    VictoryDeclared,
    Withdrew,
)
from situation.events.kinds import Day
from situation.events.predicates import PREDICATES, Holds, HoldsNothingIn, LastPlaceOf, Predicate, Said
from situation.testimony.claims import Claim, Follows, happening_id
from situation.testimony.forms import ID_KINDS
from tests.unit.small import small_ground
from tests.unit.spoken import ORIGINS, SOURCES, SPEAKERS, claim, day, judged, retraction, span

__all__ = ["IDS", "any_content", "claims", "raids", "taken_back"]

GROUND = small_ground()
IDS: dict[Any, list[str]] = {
    ActorId: sorted(GROUND.actors),
    PlaceId: sorted(GROUND.places),
    AreaId: sorted([*GROUND.places, *GROUND.regions]),
    OperationId: sorted(GROUND.operations),
}
WORDS = ("guns", "two km outside", "by night", "no, 12:30", "أرلن")
NUMBERS = st.integers(0, 3000) | st.floats(0, 3000, allow_nan=False)
QUANTITIES = st.builds(
    lambda unit, numbers, given: Quantity(unit, *(n if keep else None for n, keep in zip(numbers, given, strict=True))),
    st.sampled_from(["fighters", "km"]),
    st.tuples(NUMBERS, NUMBERS, NUMBERS).map(sorted),
    st.sampled_from([(True, True, True), (True, False, False), (False, True, False), (True, False, True)]),
)


@cache
def any_value(kind: Any) -> st.SearchStrategy[Any]:
    """A value of a type that events and predicates are made of."""
    origin, inner = get_origin(kind), get_args(kind)
    if kind in ID_KINDS.values():
        return st.sampled_from([kind(name) for name in IDS[kind]])
    if origin in (Union, types.UnionType):
        return st.none() | any_value(next(part for part in inner if part is not type(None)))
    if origin is typing.Literal:
        return st.sampled_from(inner)
    if origin is tuple:
        return st.lists(any_value(inner[0]), min_size=1, max_size=3, unique_by=str).map(tuple)
    if kind is Quantity:
        return QUANTITIES
    if kind is Day:
        return st.just(Day("2020-03-05"))
    if origin is Mapping:
        return st.just({})
    if attrs.has(kind):
        return any_record(kind)
    plain: dict[Any, st.SearchStrategy[Any]] = {
        str: st.sampled_from(WORDS),
        bool: st.booleans(),
        int: st.integers(0, 999),
        float: st.floats(0, 999),
    }
    return plain[kind]


@cache
def any_record(kind: Any) -> st.SearchStrategy[Any]:
    """An instance of a class, each attribute by its type."""
    hints = typing.get_type_hints(kind)
    fields = {it.name: any_value(hints[it.name]) for it in attrs.fields(kind)}
    if kind is Attacked:  # two sides stand beside neither the attacker nor the attacked
        fields["between"] = st.just(())
    return st.fixed_dictionaries(fields).map(lambda values: _made(kind, values)).filter(lambda made: made is not None)


def _made(kind: Any, values: dict[str, Any]) -> Any:
    """An instance of a class; None where what was drawn cannot stand together."""
    try:
        return kind(**values)
    except Fault:
        return None


def any_content() -> st.SearchStrategy[tuple[str, Event | Predicate]]:
    """The key and the content of a claim, of any kind that a source can tell of."""
    events = [kind for kind in EVENTS.values() if kind.reported]
    either: list[tuple[str, Any]] = [
        *(("event", kind) for kind in events),
        *(("statement", kind) for kind in PREDICATES.values()),
    ]
    either += [("forecast", Captured), ("forecast", Holds)]
    return st.sampled_from(either).flatmap(lambda pair: st.tuples(st.just(pair[0]), any_record(pair[1])))


SEVERAL: list[Any] = [StrengthAssessed, OperationReported, Besieged, SiegeBroken, Repelled, Withdrew, VictoryDeclared]
SEVERAL += [Fled, OperationLaunched, RelationReported, PositionTaken, Holds, HoldsNothingIn, LastPlaceOf, Said]
TAKERS = st.sampled_from([("north",), ("north-guard",), ("north-scouts",), ("south",)])
ARLEN_FALLS = st.builds(
    lambda kind, by: kind(PlaceId("arlen"), tuple(map(ActorId, by))),
    st.sampled_from([Captured, Captured, Entered]),
    TAKERS,
)
CONTENT = st.one_of(ARLEN_FALLS, ARLEN_FALLS, ARLEN_FALLS, st.one_of([any_record(kind) for kind in SEVERAL]))
"""Mostly rival reports of one town's fall, so that claims meet; and some of everything else."""
DAYS = st.integers(1, 14)
SPANS = st.one_of(
    st.sampled_from([span(day(10)), span(day(9), day(11)), span(day(10), day(12))]),
    DAYS.map(lambda first: span(day(first))),
    st.tuples(DAYS, DAYS).map(lambda pair: span(day(min(pair)), day(max(pair)))),
    st.just(span("2020-01-05")),
    st.none(),
)
GRADES = st.lists(
    st.tuples(st.integers(1, 6), st.integers(11, 25)).map(lambda pair: judged(pair[0], day(pair[1]))), max_size=2
).map(tuple)


@st.composite
def one_claim(draw: st.DrawFn, number: int) -> Claim:
    """One claim of any kind, about the few places and happenings that others speak of, too."""
    content = draw(CONTENT)
    is_event = isinstance(content, Event)
    said = draw(st.none() | st.integers(8, 12))
    return claim(
        f"c{number}",
        content,
        draw(SPANS),
        source=draw(st.sampled_from(sorted(SOURCES))),
        said_by=draw(st.sampled_from(["article", *sorted(SPEAKERS)])),
        origin=draw(st.sampled_from(["", *sorted(ORIGINS)])),
        episode=draw(st.sampled_from(["", "one", "one", "one", "two"])),
        kind=draw(st.sampled_from(["event", "event", "event", "forecast"])) if is_event else "statement",
        denied=draw(st.sampled_from([False, False, False, True])),
        said=day(said) if said else "",
        grades=draw(GRADES),
    )


def _named(told: Claim) -> str | None:
    event = told.event
    if event is None or told.kind != "event" or not told.episode:
        return None
    return happening_id(type(event).__name__, event.subject, told.episode)


@st.composite
def claims(draw: st.DrawFn, most: int = 9) -> tuple[Claim, ...]:
    """Some claims, some of which state a sequence: always from a name to one before it in the alphabet, so in no circle."""
    told = [draw(one_claim(number)) for number in range(draw(st.integers(1, most)))]
    names = sorted({name for name in map(_named, told) if name})
    found = []
    for one in told:
        name = _named(one)
        earlier: list[str] = [other for other in names if name is not None and other < name]
        steps: tuple[Follows, ...] = ()
        if earlier:
            step = st.builds(Follows, st.sampled_from(earlier), st.sampled_from(["", "hours after", "swiftly"]))
            steps = draw(st.lists(step, max_size=1).map(tuple))
        found.append(evolve(one, follows=steps))
    return tuple(found)


@st.composite
def taken_back(draw: st.DrawFn) -> tuple[tuple[Claim, ...], tuple[Claim, ...]]:
    """Some claims; and retractions of some of them, or of retractions before them, by their own voice or by a stranger."""
    told = draw(claims())
    backward: list[Claim] = []
    for number in range(draw(st.integers(0, 3))):
        target = draw(st.sampled_from([*told, *backward]))
        own = retraction(
            f"r{number}",
            target.id,
            source=target.source,
            said_by=target.said_by,
            origin=target.origin,
            said=day(draw(st.sampled_from([13, 14]))),
        )
        stranger = retraction(
            f"r{number}", target.id, source=draw(st.sampled_from(["herald", "partisan"])), said=day(14)
        )
        backward.append(draw(st.sampled_from([own, own, stranger])))
    return told, tuple(backward)


COUNTS = st.sampled_from(
    [None, Quantity("persons", best=5), Quantity("persons", best=9), Quantity("persons", 20, None, 60)]
)
RAIDERS = st.sampled_from([(ActorId("north"),), (ActorId("north-guard"),), (ActorId("south"),), ()])


@st.composite
def raids(draw: st.DrawFn) -> tuple[Claim, ...]:
    """Raids with numbers, captures and estimates by several voices, most without an episode, some replacing their own figures."""
    told = []
    for number in range(draw(st.integers(1, 8))):
        attack = st.builds(
            Attacked,
            st.sampled_from([PlaceId("arlen"), PlaceId("dell")]),
            RAIDERS,
            st.sampled_from([ActorId("rebels"), None]),
            killed=COUNTS,
            wounded=COUNTS,
        )
        taken = st.builds(
            Captured, st.just(PlaceId("arlen")), st.sampled_from([(ActorId("north"),), (ActorId("rebels"),)])
        )
        men = st.builds(
            StrengthAssessed,
            st.just(ActorId("rebels")),
            st.just(AreaId("arlen")),
            QUANTITIES,
            st.sampled_from(["place", "vicinity"]),
        )
        said = draw(st.none() | st.integers(9, 11))
        told.append(
            claim(
                f"c{number}",
                draw(st.one_of(attack, attack, taken, men)),
                span(day(draw(st.integers(2, 9)))),
                source=draw(st.sampled_from(["gazette", "courier", "herald"])),
                said_by=draw(st.sampled_from(["article", "marshal"])),
                origin=draw(st.sampled_from(["", "wire"])),
                episode=draw(st.sampled_from(["", "", "one", "two"])),
                said=day(said) if said else "",
            )
        )
    return tuple(told)
