"""Every kind of event says which cells it speaks to."""

from __future__ import annotations

import pytest

from situation.errors import Fault
from situation.events import EVENTS, ActorId, ClashStepped, Event, PlaceId


@pytest.mark.parametrize("name", sorted(EVENTS))
def test_a_kind_of_event_says_what_it_speaks_to(name: str) -> None:
    """The base refuses to guess; a kind that left it out would stop a story in the middle."""
    assert EVENTS[name].speaks is not Event.speaks


@pytest.mark.parametrize("rung", [-1, 5])
def test_a_clash_stays_on_its_ladder(rung: int) -> None:
    with pytest.raises(Fault, match=rf"There is no rung {rung}\."):
        ClashStepped(ActorId("north"), ActorId("south"), PlaceId("dell"), rung)
