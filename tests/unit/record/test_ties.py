"""Of two accounts of one event that name different actors, and for each of which as much speaks, no letters of a name choose."""

from __future__ import annotations

from collections.abc import Callable
from io import StringIO

import pytest
from rich.console import Console

from situation.events import (
    ActorId,
    ActorSplit,
    AirSupportGiven,
    AreaSearched,
    Attacked,
    Besieged,
    Blockaded,
    Captured,
    CiviliansKilled,
    Entered,
    Event,
    GarrisonSurrendered,
    HandedOver,
    OperationId,
    OperationLaunched,
    PlaceId,
    PrisonersTaken,
    Repelled,
    ShipDamaged,
    ShipSunk,
    VictoryDeclared,
)
from situation.log.fold import fold
from situation.log.story_words import entry_in_words
from situation.record.answers.state import Lens, state_answer
from situation.record.answers.timeline import on_timeline, timeline
from situation.record.record import Record
from tests.unit.spoken import claim, day, record

ARLEN, DELL, PUSH = PlaceId("arlen"), PlaceId("dell"), OperationId("spring-push")
NORTH, SOUTH, REBELS, SHIP = ActorId("north"), ActorId("south"), ActorId("rebels"), ActorId("north-scouts")
GUARD, SCOUTS = ActorId("north-guard"), ActorId("north-scouts")

KINDS: dict[str, Callable[[ActorId], Event]] = {
    "attack": lambda one: Attacked(ARLEN, (one,), REBELS),
    "attack on one of two": lambda one: Attacked(ARLEN, (REBELS,), one),
    "siege": lambda one: Besieged(ARLEN, (one,), REBELS),
    "entry": lambda one: Entered(ARLEN, (one,), REBELS),
    "capture": lambda one: Captured(ARLEN, (one,), REBELS),
    "surrender": lambda one: GarrisonSurrendered(ARLEN, (REBELS,), one),
    "handover": lambda one: HandedOver(ARLEN, (REBELS,), one),
    "repulse": lambda one: Repelled(ARLEN, (one,), REBELS),
    "victory": lambda one: VictoryDeclared(ARLEN, (one,), REBELS),
    "search": lambda one: AreaSearched(ARLEN, (one,), "arms"),
    "killing": lambda one: CiviliansKilled(ARLEN, (one,)),
    "prisoners": lambda one: PrisonersTaken(ARLEN, (one,), REBELS),
    "blockade": lambda one: Blockaded(ARLEN, (one,), REBELS),
    "launch": lambda one: OperationLaunched(PUSH, (one,), REBELS),
    "launch against one of two": lambda one: OperationLaunched(PUSH, (REBELS,), one),
    "air support": lambda one: AirSupportGiven(one, REBELS, "some"),
    "split": lambda one: ActorSplit(REBELS, (one,)),
    "damage": lambda one: ShipDamaged(SHIP, (one,)),
    "sinking": lambda one: ShipSunk(SHIP, (one,)),
}


def told(one: Event, other: Event) -> Record:
    """Two accounts of one event by voices of equal weight, known at one time."""
    return record(
        *(
            claim(name, event, day(10), episode="one", said_by=speaker, origin=name, grades=())
            for name, speaker, event in (("a", "marshal", one), ("b", "mayor", other))
        )
    )


@pytest.mark.parametrize("belief", ["graded", "first-report", "latest", "representative"])
@pytest.mark.parametrize("kind", KINDS)
def test_no_cell_names_one_of_two_between_whom_nothing_decides(kind: str, belief: str) -> None:
    whole = told(KINDS[kind](NORTH), KINDS[kind](SOUTH))
    log = whole.log(belief=belief)
    before = fold((entry for entry in log if entry.id.startswith("opening")), whole.ground).cells
    after = fold(log, whole.ground).cells
    for cell, value in after.items():
        if before.get(cell) != value and NORTH not in cell and SOUTH not in cell:
            north, south = (
                f"'{one}'" in repr(value) and f"'{one}'" not in repr(before.get(cell)) for one in (NORTH, SOUTH)
            )
            assert north == south, cell


def test_units_of_one_side_leave_the_place_to_that_side() -> None:
    place = state_answer(told(Captured(ARLEN, (GUARD,), REBELS), Captured(ARLEN, (SCOUTS,), REBELS)), day(11), Lens())
    assert (place["places"]["arlen"]["holder"], place["places"]["arlen"]["taken_by"]) == ("north", ["north"])


@pytest.mark.parametrize(
    ("kind", "cell"),
    [
        ("siege", "arlen.besieger"),
        ("capture", "arlen.holder"),
        ("entry", "arlen.entered_by"),
        ("attack", "arlen.attacked_by"),
    ],
)
def test_why_says_that_nothing_decides_and_who_it_may_be(kind: str, cell: str) -> None:
    explained = told(KINDS[kind](NORTH), KINDS[kind](SOUTH)).why(cell, day(11))
    assert not explained.value
    assert "of equal weight, as many voices and known at one time: none is taken" in explained.rule
    assert {voice.claim.id for voice in explained.opposing} == {"a", "b"}


WHO = {kind: made for kind, made in KINDS.items() if getattr(made(NORTH), "by", None) == (NORTH,)}


@pytest.mark.parametrize("kind", WHO)
def test_an_event_between_whose_doers_nothing_decides_names_both_in_one_line(kind: str) -> None:
    whole = told(WHO[kind](NORTH), WHO[kind](SOUTH))
    either = [entry for entry in whole.log() if entry.either and on_timeline(entry)]
    assert either or kind == "launch"
    for entry in either:
        words = entry_in_words(entry, whole.ground)
        assert "The North" in words and words.endswith(", or the South did") and "unnamed" not in words


def test_two_takers_of_one_place_stand_once_on_the_timeline_with_both_sources() -> None:
    whole = told(KINDS["capture"](NORTH), KINDS["capture"](SOUTH))
    shown = StringIO()
    screen = Console(width=200, file=shown)
    screen.print(timeline(whole, whole.minute(None), Lens(), whole.disputes()))
    (line,) = [row for row in shown.getvalue().splitlines() if "10 Mar 2020" in row]
    assert "The North took Arlen from the rebels, or the South did" in line
    assert "the Marshal" in line and "the Mayor" in line
