"""Sides that no source names stand in every sentence as a newspaper would have them, told, denied and foretold."""

from __future__ import annotations

from typing import Any

import pytest
from attrs import evolve

from situation.events import (
    EVENTS,
    ActorId,
    AreaSearched,
    Attacked,
    Besieged,
    Blockaded,
    BlockadeLifted,
    Captured,
    CiviliansKilled,
    Entered,
    Event,
    GarrisonSurrendered,
    OperationId,
    OperationLaunched,
    PlaceId,
    PrisonersTaken,
    Quantity,
    Repelled,
    ShipDamaged,
    SiegeBroken,
    VictoryDeclared,
)
from situation.log.claim_words import claim_in_words
from situation.log.story_words import event_in_words
from tests.unit.small import small_ground
from tests.unit.spoken import claim, day

GROUND = small_ground()
DELL, NORTH, REBELS = PlaceId("dell"), ActorId("north"), ActorId("rebels")
FIVE = Quantity("men", best=5)

UNNAMED: list[tuple[Event, str]] = [
    (Attacked(DELL), "There was fighting at Dell; the sides are not named"),
    (Attacked(DELL, means="air"), "There was an air attack at Dell; the sides are not named"),
    (
        Attacked(DELL, means="artillery", killed=FIVE),
        "There was shelling at Dell, 5 men killed; the sides are not named",
    ),
    (Attacked(DELL, means="ground"), "There was fighting on the ground at Dell; the sides are not named"),
    (Attacked(DELL, means="counter-attack"), "There was a counter-attack at Dell; the sides are not named"),
    (Attacked(DELL, means="fire"), "There was firing at Dell; the sides are not named"),
    (Attacked(), "There was fighting, at a place that is not named; the sides are not named"),
    (Attacked(DELL, against=REBELS), "Attackers who are not named hit the rebels at Dell"),
    (Attacked(DELL, against=REBELS, means="air"), "Attackers who are not named hit the rebels from the air at Dell"),
    (Attacked(DELL, against=REBELS, means="fire"), "Attackers who are not named fired on the rebels at Dell"),
    (
        Attacked(DELL, against=REBELS, means="counter-attack", killed=FIVE),
        "Attackers who are not named counter-attacked the rebels at Dell, 5 men killed",
    ),
    (Attacked(DELL, by=(NORTH,)), "The North attacked at Dell; against whom is not said"),
    (Attacked(DELL, by=(NORTH,), means="air"), "The North attacked from the air at Dell; against whom is not said"),
    (Attacked(DELL, by=(NORTH,), means="fire"), "The North opened fire at Dell; against whom is not said"),
    (
        Attacked(DELL, by=(NORTH,), means="counter-attack", killed=FIVE),
        "The North counter-attacked at Dell, 5 men killed; against whom is not said",
    ),
    (CiviliansKilled(DELL), "Civilians were killed in Dell; by whom is not said"),
    (
        CiviliansKilled(DELL, number=Quantity("civilians", best=1), how="shot"),
        "1 civilian was killed in Dell (shot); by whom is not said",
    ),
    (
        CiviliansKilled(DELL, number=Quantity("civilians", low=1, high=3)),
        "1 to 3 civilians were killed in Dell; by whom is not said",
    ),
    (
        CiviliansKilled(number=Quantity("civilians", low=1)),
        "At least 1 civilian was killed, at a place that is not named; by whom is not said",
    ),
    (Captured(DELL, ()), "Forces that are not named took Dell"),
    (Captured(DELL, (), REBELS), "Forces that are not named took Dell from the rebels"),
    (Entered(DELL, ()), "Forces that are not named entered Dell"),
    (Besieged(DELL, ()), "Forces that are not named surrounded Dell"),
    (PrisonersTaken(DELL, number=FIVE), "Forces that are not named took 5 men prisoner at Dell"),
    (Repelled(DELL, ()), "The defenders threw back an attack on Dell"),
    (SiegeBroken(DELL, ()), "The siege of Dell was broken"),
    (VictoryDeclared(DELL, ()), "Victory in Dell was declared"),
    (AreaSearched(DELL, ()), "Dell was searched"),
    (Blockaded(DELL, ()), "Dell was blockaded"),
    (BlockadeLifted(DELL, ()), "The blockade of Dell was lifted"),
    (GarrisonSurrendered(DELL, (REBELS,)), "The rebels surrendered Dell"),
    (ShipDamaged(against=NORTH), "A ship of the North was damaged"),
    (OperationLaunched(OperationId("spring-push"), ()), "The Spring Push was launched"),
]
"""Events of which a source leaves out who did it, or to whom, and their sentences."""


@pytest.mark.parametrize(("event", "words"), UNNAMED, ids=lambda it: it if isinstance(it, str) else "")
def test_who_is_not_named_is_told_in_plain_english(event: Event, words: str) -> None:
    assert event_in_words(event, GROUND) == words
    told = claim("c", event, day(10), episode="")
    inner = words if words.split(" ", maxsplit=1)[0] in ("Dell", "1") else f"{words[0].lower()}{words[1:]}"
    assert claim_in_words(evolve(told, mode="denies"), GROUND) == f"It is not so that {inner}."
    foretold = claim_in_words(evolve(told, kind="forecast"), GROUND)
    subject = words.partition(" are not named")[0] if " are not named " in words else words.split(" ", maxsplit=1)[0]
    assert foretold.startswith(subject)
    assert " will " in foretold


def test_every_kind_of_event_that_may_leave_out_who_did_it_is_among_them() -> None:
    def may_leave_out(kind: Any) -> bool:
        return any(it.name == "by" and it.validator is None for it in kind.__attrs_attrs__) and kind.reported

    told = {type(event) for event, _ in UNNAMED}
    silent = {name for name, kind in EVENTS.items() if may_leave_out(kind)} - {it.__name__ for it in told}
    assert silent <= {"ShipSunk", "ShipCaptured", "OperationReported", "RouteSealed", "AirSupportGiven"}
