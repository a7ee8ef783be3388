"""A state is the same whether or not what stands beside it has been read: of the dead, of captives, of words."""

from __future__ import annotations

from typing import Any

import pytest
from attrs import evolve
from hypothesis import example, given
from hypothesis import strategies as st

from situation.events import EVENTS, ActorId, Attacked, Captured, CeasefireAgreed, Event, PlaceId
from situation.log.effects import EFFECTS
from situation.record.answers.state import Lens, state_answer
from situation.record.readings.strands_of_state import BESIDE_THE_STATE
from situation.record.record import Record
from situation.testimony.claims import Claim
from tests.property.testimonies import any_record, claims, raids, taken_back
from tests.unit.spoken import SOURCES, claim, day, record, span

NORTH, REBELS, ARLEN = ActorId("north"), ActorId("rebels"), PlaceId("arlen")
BESIDE: list[Any] = [*BESIDE_THE_STATE]
OTHERS: list[Any] = [kind for kind in EVENTS.values() if kind.reported and kind not in BESIDE_THE_STATE]
CONTENT = st.one_of([any_record(kind) for kind in BESIDE]) | st.one_of([any_record(kind) for kind in OTHERS])
RAID = Attacked(ARLEN, (NORTH,), REBELS)


def _apart(name: str, event: Event, of: int) -> Claim:
    """A claim of an event of some day, in no episode."""
    return claim(name, event, span(day(of)), episode="")


@st.composite
def _of_all_kinds(draw: st.DrawFn) -> tuple[tuple[Claim, ...], tuple[Claim, ...]]:
    """Claims of events of all kinds, some of one episode, some denied; and nothing that takes any back."""
    told = [
        claim(
            f"c{number}",
            draw(CONTENT),
            span(day(draw(st.integers(2, 12)))),
            source=draw(st.sampled_from(sorted(SOURCES))),
            episode=draw(st.sampled_from(["", "", "one"])),
            denied=draw(st.sampled_from([False, False, False, True])),
        )
        for number in range(draw(st.integers(1, 7)))
    ]
    return tuple(told), ()


@example(((_apart("c1", CeasefireAgreed(NORTH, REBELS), 5), _apart("c2", RAID, 7)), ()))
@given(_of_all_kinds() | taken_back() | (claims() | raids()).map(lambda told: (told, ())))
def test_a_state_needs_no_more_than_what_bears_on_it(pair: tuple[tuple[Claim, ...], tuple[Claim, ...]]) -> None:
    _same_states(record(*pair[0], *pair[1]))


def test_a_raid_that_is_the_reason_of_an_opening_value_is_read_for_the_state() -> None:
    about = record(_apart("c1", RAID, 5))
    opening = about.ground.opening
    places = {name: evolve(held, because=("c1",)) for name, held in opening.places.items()}
    about = evolve(about, ground=evolve(about.ground, opening=evolve(opening, places=places)))
    assert "c1" in _same_states(about)["places"]["arlen"]["because"]


def test_only_what_bears_on_it_is_read_for_a_state() -> None:
    about = record(_apart("c1", RAID, 5), _apart("c2", Captured(ARLEN, (NORTH,)), 6))
    assert [*about.reading_of_state().claims] == ["c2"]
    about.reading()
    assert [*about.reading_of_state().claims] == ["c1", "c2"]


def test_where_a_third_party_has_events_of_its_own_everything_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    def raid(*_: Any) -> dict[str, Any]:
        return {}

    monkeypatch.setitem(EFFECTS, Attacked, raid)
    assert [*record(_apart("c1", RAID, 5)).reading_of_state().claims] == ["c1"]


def test_what_is_told_beside_a_state_does_no_more_than_it_speaks_to() -> None:
    assert EFFECTS.keys().isdisjoint(BESIDE_THE_STATE)


def _same_states(about: Record) -> dict[str, Any]:
    """The state at the end, by what bears on it alone; checked at some days against what a reading of the whole gives."""
    whole = evolve(about)
    whole.reading()
    for at in (day(4), day(7), day(14), None):
        assert state_answer(about, at, Lens()) == state_answer(whole, at, Lens())
    return state_answer(about, None, Lens())
