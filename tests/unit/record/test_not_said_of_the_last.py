"""What the last event of a kind leaves open is not known, whatever was known of an earlier one; and `why` says so."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from situation.events import (
    ActorId,
    AirSupportGiven,
    AreaSearched,
    Attacked,
    Besieged,
    Blockaded,
    CiviliansKilled,
    Entered,
    Event,
    Fled,
    GarrisonSurrendered,
    OperationLaunched,
    PrisonersExchanged,
    PrisonersTaken,
    Quantity,
    Repelled,
    ShipDamaged,
    ShipSunk,
    Side,
    SiegeBroken,
    VictoryDeclared,
)
from situation.log.record_words import sentence
from situation.record.record import Record
from tests.unit.record.test_ties import ARLEN, KINDS, NORTH, PUSH, REBELS, SHIP, SOUTH
from tests.unit.spoken import claim, day, record

MEN = Quantity("men", best=5)
LEFT_OPEN: dict[str, tuple[Event, Event]] = {
    "arlen.attacked_by": (Attacked(ARLEN, (NORTH,), REBELS), Attacked(ARLEN, (), REBELS)),
    "arlen.direction": (Attacked(ARLEN, (NORTH,), REBELS), Attacked(ARLEN, between=(NORTH, REBELS))),
    "arlen.killed": (Attacked(ARLEN, (NORTH,), REBELS, killed=MEN), Attacked(ARLEN, (SOUTH,), REBELS)),
    "arlen.wounded": (Attacked(ARLEN, (NORTH,), REBELS, wounded=MEN), Attacked(ARLEN, (SOUTH,), REBELS)),
    "arlen.killed_of.rebels": (
        Attacked(ARLEN, (NORTH,), REBELS, killed_of={Side("rebels"): MEN}),
        Attacked(ARLEN, (SOUTH,), REBELS),
    ),
    "arlen.civilians_killed": (CiviliansKilled(ARLEN, (NORTH,), MEN), CiviliansKilled(ARLEN, (SOUTH,))),
    "arlen.civilians_killed_by": (CiviliansKilled(ARLEN, (NORTH,), MEN), CiviliansKilled(ARLEN, (), MEN)),
    "rebels@arlen.prisoners_of": (PrisonersTaken(ARLEN, (NORTH,), REBELS), PrisonersTaken(ARLEN, (), REBELS)),
    "rebels@arlen.prisoners": (
        PrisonersTaken(ARLEN, (NORTH,), REBELS, MEN),
        GarrisonSurrendered(ARLEN, (REBELS,), NORTH),
    ),
    "rebels@arlen.fled": (Fled(ARLEN, REBELS, number=MEN), Fled(ARLEN, REBELS)),
    "north:south.released.north": (
        PrisonersExchanged((NORTH, SOUTH), released={Side("north"): MEN}),
        PrisonersExchanged((NORTH, SOUTH)),
    ),
    f"{SHIP}.struck_by": (ShipDamaged(SHIP, (SOUTH,)), ShipDamaged(SHIP)),
    f"{SHIP}.crew_killed": (ShipDamaged(SHIP, (SOUTH,), killed=MEN), ShipDamaged(SHIP, (SOUTH,))),
    "arlen.entered_by": (Entered(ARLEN, (NORTH,)), Entered(ARLEN)),
    "arlen.besieger": (Besieged(ARLEN, (NORTH,)), Besieged(ARLEN)),
    "arlen.blockaded_by": (Blockaded(ARLEN, (NORTH,)), Blockaded(ARLEN)),
    "arlen.searched_by": (AreaSearched(ARLEN, (NORTH,)), AreaSearched(ARLEN)),
    "arlen.declared_by": (VictoryDeclared(ARLEN, (NORTH,)), VictoryDeclared(ARLEN)),
    f"{PUSH}.by": (OperationLaunched(PUSH, (NORTH,)), OperationLaunched(PUSH)),
}


def two(earlier: Event, later: Event) -> Record:
    """Two events a fortnight apart."""
    return record(claim("a", earlier, day(5), episode="first"), claim("b", later, day(20), episode="second"))


@pytest.mark.parametrize("cell", LEFT_OPEN)
def test_a_later_event_that_leaves_it_open_leaves_nothing_of_an_earlier_one(cell: str) -> None:
    whole = two(*LEFT_OPEN[cell])
    assert whole.state(day(10)).cells[cell]
    assert not whole.state(day(25)).cells[cell]
    explained = whole.why(cell, day(25))
    assert explained.value_in_words == "not known"
    assert explained.silence.endswith("what is known of an earlier one holds no more.")
    assert "b" in {voice.claim.id for voice in explained.supporting}
    assert "not known" not in whole.why(cell, day(10)).value_in_words


def test_a_ship_that_goes_down_later_was_struck_by_those_who_hit_it() -> None:
    whole = two(ShipDamaged(SHIP, (SOUTH,), killed=MEN), ShipSunk(SHIP))
    cells = whole.state(day(25)).cells
    assert (cells[f"{SHIP}.condition"], cells[f"{SHIP}.struck_by"], cells[f"{SHIP}.crew_killed"]) == (
        "sunk",
        {SOUTH},
        MEN,
    )


OVER_AN_OLDER: dict[str, tuple[str, Callable[[ActorId], Event]]] = {
    "victory": ("arlen.declared_by", KINDS["victory"]),
    "search": ("arlen.searched_by", KINDS["search"]),
    "repulse": ("arlen.holder", lambda one: Repelled(ARLEN, (one,))),
    "attack": ("arlen.attacked_by", KINDS["attack"]),
    "prisoners": ("rebels@arlen.prisoners_of", KINDS["prisoners"]),
    "damage": (f"{SHIP}.struck_by", KINDS["damage"]),
    "air support": ("rebels.air_by", lambda one: AirSupportGiven(one, REBELS, "some")),
}


@pytest.mark.parametrize("kind", OVER_AN_OLDER)
def test_where_nothing_decides_who_it_was_an_older_doer_does_not_stand_for_him(kind: str) -> None:
    cell, event = OVER_AN_OLDER[kind]
    scouts = ActorId("rebels")
    whole = record(
        claim("old", event(scouts), day(2), episode="old"),
        claim("a", event(NORTH), day(20), episode="new", said_by="marshal", grades=()),
        claim("b", event(SOUTH), day(20), episode="new", said_by="mayor", grades=()),
    )
    assert whole.state(day(10)).cells[cell] in (scouts, {scouts})
    assert not whole.state(day(25)).cells[cell]
    explained = whole.why(cell, day(25))
    assert explained.value_in_words == "not known"
    assert explained.uncertain is not None
    assert {str(answer) for answer in explained.uncertain.answers} in (
        {"north", "south"},
        {str(frozenset({"north"})), str(frozenset({"south"}))},
    )


def test_a_launch_by_one_of_two_makes_neither_the_enemy_of_its_target() -> None:
    events = [OperationLaunched(PUSH, (one,), ActorId("south-foot")) for one in (REBELS, ActorId("north-guard"))]
    whole = record(
        claim("a", events[0], day(20), episode="new", said_by="marshal", grades=()),
        claim("b", events[1], day(20), episode="new", said_by="mayor", grades=()),
    )
    stances = {cell: value for cell, value in whole.state(day(25)).cells.items() if cell.endswith("south.stance")}
    assert stances == {"north:south.stance": "tolerated"}


@pytest.mark.parametrize(
    ("event", "words"),
    [
        (Repelled(ARLEN, against=NORTH), "the defenders threw back an attack by the North on Arlen"),
        (SiegeBroken(ARLEN), "the siege of Arlen was broken"),
        (VictoryDeclared(ARLEN), "victory in Arlen was declared"),
        (AreaSearched(ARLEN, wholly=True), "all of Arlen was searched"),
        (OperationLaunched(PUSH, against=REBELS), "the Spring Push against the rebels was launched"),
    ],
)
def test_what_a_source_tells_without_a_doer_can_be_told_so(event: Event, words: str) -> None:
    whole = record(claim("a", event, day(10)))
    assert sentence(event, whole.ground) == words
    assert whole.state(day(12)).places["arlen"].holder == "rebels"
