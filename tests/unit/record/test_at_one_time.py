"""Several events of one time, of which no claim tells which came last: all doers are named, and no number is the last."""

from __future__ import annotations

import json
from typing import Any

import pytest

from situation.dates import Interval
from situation.events import (
    ActorId,
    ActorsMerged,
    AreaId,
    AreaSearched,
    Attacked,
    Blockaded,
    Captured,
    CiviliansKilled,
    Entered,
    Event,
    PlaceId,
    PositionTaken,
    Quantity,
    ShipCaptured,
    ShipDamaged,
    VictoryDeclared,
)
from situation.log.fold import fold, history
from situation.record.answers.state import Lens, state_answer
from situation.record.answers.why import why_answer
from situation.record.record import Record
from tests.unit.record.test_ties import ARLEN, KINDS, NORTH, PUSH, REBELS, SHIP, SOUTH
from tests.unit.spoken import claim, day, record, span


def told(one: Event, other: Event, *, turned: bool = False, **more: Any) -> Record:
    """Two events of one day, in the one order of names and lines or in the other."""
    names = [("a", "first"), ("b", "second")]
    claims = [
        claim(name, event, day(10), episode=episode, **more)
        for event, (name, episode) in zip((one, other), names[::-1] if turned else names, strict=True)
    ]
    return record(*(claims[::-1] if turned else claims))


def opening_of(whole: Record) -> dict[str, Any]:
    """The cells as the opening has them."""
    return dict(fold((entry for entry in whole.log() if entry.id.startswith("opening")), whole.ground).cells)


def changed(whole: Record) -> dict[str, Any]:
    """The cells that events changed, with what they have come to."""
    before, after = opening_of(whole), fold(whole.log(), whole.ground).cells
    return {cell: value for cell, value in after.items() if before.get(cell) != value}


@pytest.mark.parametrize("kind", KINDS)
def test_two_events_of_one_day_name_both_doers_or_neither_under_any_names(kind: str) -> None:
    whole = told(KINDS[kind](NORTH), KINDS[kind](SOUTH))
    before, cells = opening_of(whole), changed(whole)
    for cell, value in cells.items():
        if NORTH not in cell and SOUTH not in cell:
            new = {
                name for name in ("'north'", "'south'") if name in repr(value) and name not in repr(before.get(cell))
            }
            assert len(new) != 1, cell
    assert changed(told(KINDS[kind](NORTH), KINDS[kind](SOUTH), turned=True)) == cells


DOERS = {
    "attack": "arlen.attacked_by",
    "entry": "arlen.entered_by",
    "search": "arlen.searched_by",
    "blockade": "arlen.blockaded_by",
    "killing": "arlen.civilians_killed_by",
    "prisoners": "rebels@arlen.prisoners_of",
    "damage": f"{SHIP}.struck_by",
    "victory": "arlen.declared_by",
    "launch": f"{PUSH}.by",
}


@pytest.mark.parametrize("kind", DOERS)
def test_all_who_did_it_on_that_day_are_named(kind: str) -> None:
    whole = told(KINDS[kind](NORTH), KINDS[kind](SOUTH))
    assert whole.state(day(12)).cells[DOERS[kind]] == frozenset({NORTH, SOUTH})


def killed(number: int, by: ActorId) -> Attacked:
    return Attacked(ARLEN, (by,), REBELS, killed=Quantity("men", best=number))


@pytest.mark.parametrize("turned", [False, True])
def test_of_two_numbers_of_one_day_neither_is_the_last_and_both_are_shown(turned: bool) -> None:
    whole = told(killed(3, NORTH), killed(5, SOUTH), turned=turned)
    answer = why_answer(whole.why("arlen.killed", day(12)), whole)
    assert (answer["value"], answer["question"]) == (None, None)
    assert [it["best"] for it in answer["uncertain"]["answers"]] == [3, 5]
    assert {answer["entry"]["because"][0], *(it["because"][0] for it in answer["at_once"])} == {"a", "b"}
    assert {voice["claim"] for voice in answer["against"]} == {"a", "b"}
    text = str(whole.why("arlen.killed", day(12)))
    assert "Arlen, killed: not known" in text
    assert "which came last is not known" in text


def test_a_stated_sequence_and_a_later_date_tell_which_came_last() -> None:
    one = claim("a", killed(3, NORTH), day(10), episode="first")
    other = claim("b", killed(5, SOUTH), day(10), episode="second", follows=(("attacked/arlen/first", ""),))
    later = claim("c", killed(7, NORTH), day(12), episode="third")
    assert record(one, other).state(day(11)).cells["arlen.attacked_by"] == {SOUTH}
    assert record(one, other, later).state(day(13)).cells["arlen.killed"] == Quantity("men", best=7)


def test_what_surely_came_before_is_not_among_those_that_may_have_come_last() -> None:
    first = claim("a", Entered(ARLEN, (NORTH,), REBELS), day(5), episode="first")
    between = claim("b", Entered(ARLEN, (SOUTH,), REBELS), span(day(4), day(9)), episode="second")
    last = claim("c", Entered(ARLEN, (ActorId("north-guard"),), REBELS), day(8), episode="third")
    state = record(first, between, last).state(day(12))
    assert state.cells["arlen.entered_by"] == {SOUTH, "north-guard"}


def test_one_who_is_not_known_among_two_leaves_open_who_it_was() -> None:
    whole = told(CiviliansKilled(ARLEN, (NORTH,), Quantity("civilians", best=3)), CiviliansKilled(ARLEN))
    assert not whole.state(day(12)).cells["arlen.civilians_killed_by"]
    assert whole.why("arlen.civilians_killed_by", day(12)).value_in_words == "not known"


def test_two_vows_of_one_day_are_both_shown_and_neither_is_the_last() -> None:
    vows = [PositionTaken(REBELS, "vows", about) for about in ("to fight on", "to talk")]
    whole = told(*vows)
    assert whole.state(day(12)).cells["rebels.vows"] is None
    uncertain = whole.why("rebels.vows", day(12)).uncertain
    assert uncertain is not None
    assert uncertain.answers == ("to fight on", "to talk")


def test_state_names_both_who_blockaded_and_the_claims_of_both() -> None:
    answer = state_answer(told(Blockaded(ARLEN, (NORTH,)), Blockaded(ARLEN, (SOUTH,))), day(12), Lens())
    assert answer["blockades"] == [{"place": "arlen", "by": ["north", "south"], "because": ["a", "b"]}]
    ships = state_answer(told(ShipDamaged(SHIP, (NORTH,)), ShipDamaged(SHIP, (SOUTH,))), day(12), Lens())["ships"]
    assert (ships[0]["by"], ships[0]["because"]) == (["north", "south"], ["a", "b"])


@pytest.mark.parametrize("turned", [False, True])
def test_two_takers_of_an_area_on_one_day_leave_its_holder_open_as_of_a_place(turned: bool) -> None:
    lowlands = AreaId("lowlands")
    answer = state_answer(
        told(Captured(lowlands, (NORTH,)), Captured(lowlands, (SOUTH,)), turned=turned), day(12), Lens()
    )
    area = answer["areas"]["lowlands"]
    assert (area["holder"], area["status"], area["uncertain"]["answers"]) == (None, "unknown", ["north", "south"])


def test_a_sample_draws_which_came_last() -> None:
    whole = told(killed(3, NORTH), killed(5, SOUTH))
    drawn = {
        json.dumps(sorted(fold(whole.sampled(1, index).log, whole.ground).cells["arlen.attacked_by"]))
        for index in range(12)
    }
    assert drawn == {'["north"]', '["south"]'}


def test_a_log_folded_in_two_parts_is_the_log_folded_at_once() -> None:
    whole = told(killed(3, NORTH), killed(5, SOUTH))
    entries = list(whole.log())
    for cut in range(len(entries)):
        parts = fold(entries[cut:], whole.ground, fold(entries[:cut], whole.ground))
        assert parts == fold(entries, whole.ground)
    last = {change.cell: change for change in history(entries, whole.ground)}
    assert last["arlen.attacked_by"].value == {NORTH, SOUTH}
    assert isinstance(last["arlen.attacked_by"].last[0].entry.span, Interval)


def test_the_order_of_entries_that_every_order_has_is_known_and_no_other() -> None:
    """The North takes Arlen, then loses it: the entries of both are in the only order that can have been."""
    taken = claim("a", Captured(PlaceId("arlen"), (NORTH,), REBELS), day(10), episode="one")
    lost = claim("b", Captured(PlaceId("arlen"), (REBELS,), NORTH), day(10), episode="two")
    after = {entry.id: entry.after for entry in record(taken, lost).log()}
    assert (after["captured/arlen/one"], after["captured/arlen/two"]) == (
        frozenset(),
        frozenset({"captured/arlen/one"}),
    )
    entered = [KINDS["entry"](NORTH), KINDS["entry"](SOUTH)]
    assert not any(entry.after for entry in told(*entered).log())


FOR_GRANTED = {
    "a search follows the capture": (
        Captured(ARLEN, by=(NORTH,), against=REBELS),
        AreaSearched(ARLEN, by=(NORTH,), wholly=True),
        {"arlen.searched": 1.0, "arlen.holder": NORTH},
    ),
    "a capture comes before a merger": (
        Captured(ARLEN, by=(SOUTH,), against=REBELS),
        ActorsMerged(by=(SOUTH,), into=NORTH),
        {"arlen.holder": NORTH},
    ),
    "a victory follows the entry": (
        Entered(ARLEN, by=(NORTH,), against=REBELS),
        VictoryDeclared(ARLEN, by=(NORTH,)),
        {"arlen.declared_by": NORTH},
    ),
    "a captured ship that is hit stays captured": (
        ShipCaptured(SHIP, by=(NORTH,)),
        ShipDamaged(SHIP, by=(NORTH,)),
        {f"{SHIP}.condition": "captured"},
    ),
}


@pytest.mark.parametrize("turned", [False, True])
@pytest.mark.parametrize(("one", "other", "after"), FOR_GRANTED.values(), ids=FOR_GRANTED)
def test_what_takes_another_for_granted_comes_after_it(
    one: Event, other: Event, after: dict[str, Any], turned: bool
) -> None:
    cells = fold(told(one, other, turned=turned).log(), told(one, other).ground).cells
    assert {cell: cells.get(cell) for cell in after} == after


def test_a_ship_taken_one_day_and_hit_the_next_stays_taken() -> None:
    taken = claim("a", ShipCaptured(SHIP, by=(NORTH,)), day(10), episode="first")
    hit = claim("b", ShipDamaged(SHIP, by=(SOUTH,)), day(11), episode="second")
    whole = record(taken, hit)
    assert fold(whole.log(), whole.ground).cells[f"{SHIP}.condition"] == "captured"


@pytest.mark.parametrize("turned", [False, True])
def test_of_two_whom_an_actor_joined_on_one_day_neither_has_its_places(turned: bool) -> None:
    whole = told(ActorsMerged(by=(REBELS,), into=NORTH), ActorsMerged(by=(REBELS,), into=SOUTH), turned=turned)
    (place, *_) = [cell.removesuffix(".holder") for cell, value in opening_of(whole).items() if value == REBELS]
    state = whole.state(day(12)).places[place]
    assert (state.holder, state.status, state.successors) == (None, "unknown", (NORTH, SOUTH))
