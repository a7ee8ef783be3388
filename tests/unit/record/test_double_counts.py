"""Two events that may count the same people, told as two things: low counts them once, high twice, and both are listed."""

from __future__ import annotations

from typing import Any

import pytest
from attrs import evolve

from situation.events import (
    CIVILIANS,
    ActorId,
    Attacked,
    Captured,
    CiviliansKilled,
    Event,
    GarrisonSurrendered,
    PlaceId,
    PrisonersTaken,
    Quantity,
    Side,
)
from situation.record.record import Record
from situation.record.tolls.totals import totals
from tests.unit.spoken import GROUND, claim, day, record, span

ARLEN, DELL = PlaceId("arlen"), PlaceId("dell")
NORTH, SOUTH, REBELS = ActorId("north"), ActorId("south"), ActorId("rebels")


def men(number: float) -> Quantity:
    return Quantity("men", best=number)


OF_CIVILIANS = {Side(CIVILIANS): Quantity("civilians", best=30)}
ATTACK = Attacked(ARLEN, (NORTH,), REBELS, killed=men(60))
PAIRS: dict[str, tuple[Event, Event, str]] = {
    "told as a capture and as an attack": (ATTACK, Captured(ARLEN, (NORTH,), REBELS, killed=men(62)), "killed"),
    "told as a killing of civilians and as an attack": (
        Attacked(ARLEN, (NORTH,), REBELS, killed_of=OF_CIVILIANS),
        CiviliansKilled(ARLEN, (NORTH,), Quantity("civilians", best=31)),
        "killed",
    ),
    "told as a surrender and as the taking of prisoners": (
        PrisonersTaken(ARLEN, (NORTH,), REBELS, men(300)),
        GarrisonSurrendered(ARLEN, (REBELS,), NORTH, men(310)),
        "prisoners",
    ),
    "told of other doers": (
        CiviliansKilled(ARLEN, (NORTH,), Quantity("civilians", best=24)),
        CiviliansKilled(ARLEN, (REBELS,), Quantity("civilians", best=20)),
        "killed",
    ),
    "told the other way round": (ATTACK, Attacked(ARLEN, (REBELS,), NORTH, killed=men(60)), "killed"),
}


def sums(whole: Record, of: str) -> tuple[int, int, int]:
    pairs = [doubt.claims for doubt in whole.disputes().possibly_one]
    (row,) = totals(whole.log(), GROUND, of, possibly_one=pairs)
    return row.low, row.high, row.events


def both(one: Event, other: Event, **of_other: Any) -> Record:
    """Two papers' reports of one day, the second otherwise as said."""
    options = {"source": "courier", "episode": ""} | of_other
    return record(
        claim("a", one, episode=options.pop("own", "")), claim("b", other, options.pop("at", day(10)), **options)
    )


@pytest.mark.parametrize("why", PAIRS)
@pytest.mark.parametrize("turned", [False, True])
def test_what_may_be_told_twice_is_listed_and_low_counts_it_once(why: str, turned: bool) -> None:
    one, other, of = PAIRS[why]
    whole = both(other, one) if turned else both(one, other)
    (doubt,) = whole.disputes().possibly_one
    assert doubt.claims == (("a",), ("b",))
    assert doubt.why.startswith(f"same time and place, {why}")
    numbers = sorted(sums(record(claim("c", event, episode="")), of)[0] for event in (one, other))
    assert sums(whole, of) == (numbers[0], sum(numbers), 2)


CAPTURE = PAIRS["told as a capture and as an attack"][1]
APART: dict[str, tuple[Event, dict[str, Any]]] = {
    "another day": (CAPTURE, {"at": day(12)}),
    "much longer": (CAPTURE, {"at": span(day(10), day(14))}),
    "another place": (Captured(DELL, (NORTH,), REBELS, killed=men(62)), {}),
    "other sides": (Captured(ARLEN, (SOUTH,), NORTH, killed=men(62)), {}),
    "no number": (Captured(ARLEN, (NORTH,), REBELS), {}),
    "one piece that tells of both": (CAPTURE, {"source": "gazette"}),
    "episodes of two names": (CAPTURE, {"own": "one", "episode": "two"}),
}


@pytest.mark.parametrize("case", APART)
def test_what_somebody_told_apart_is_two_events(case: str) -> None:
    event, options = APART[case]
    assert both(ATTACK, event, **options).disputes().possibly_one == ()


def test_two_that_are_parted_by_hand_or_are_rows_of_one_file_are_two_events() -> None:
    whole = both(ATTACK, CAPTURE)
    parted = evolve(whole, testimony=evolve(whole.testimony, separate=(("a", "b"),)))
    assert parted.disputes().possibly_one == ()
    sources = {name: evolve(it, rows=True) for name, it in whole.testimony.sources.items()}
    sources["courier"] = evolve(sources["courier"], newer_than=("gazette",))
    assert evolve(whole, testimony=evolve(whole.testimony, sources=sources)).disputes().possibly_one == ()


def test_of_events_that_may_be_one_low_counts_each_side_as_low_as_it_is_counted() -> None:
    def fight(**killed_of: float) -> Event:
        return Attacked(None, between=(NORTH, SOUTH), killed_of={Side(it): men(n) for it, n in killed_of.items()})

    assert sums(both(fight(north=2783), fight(north=2700, south=2317)), "killed") == (
        2700 + 2317,
        2783 + 2700 + 2317,
        2,
    )
    assert sums(both(fight(north=2783), fight(south=2)), "killed") == (2785, 2785, 2)
    in_all = Attacked(None, between=(NORTH, SOUTH), killed=men(3000))
    assert sums(both(in_all, fight(north=2783)), "killed")[0] == 2783
