"""Every kind of event says which cells it speaks to."""

from __future__ import annotations

from typing import Any

import attrs
import pytest

from situation.errors import Fault
from situation.events import EVENTS, ActorId, ClashStepped, Event, PlaceId
from situation.events.kinds import not_empty
from situation.events.predicates import Predicate


@pytest.mark.parametrize("name", sorted(EVENTS))
def test_a_kind_of_event_says_what_it_speaks_to(name: str) -> None:
    """The base refuses to guess; a kind that left it out would stop a story in the middle."""
    assert EVENTS[name].speaks is not Event.speaks


@pytest.mark.parametrize("rung", [-1, 5])
def test_a_clash_stays_on_its_ladder(rung: int) -> None:
    with pytest.raises(Fault, match=rf"There is no rung {rung}\."):
        ClashStepped(ActorId("north"), ActorId("south"), PlaceId("dell"), rung)


def test_a_list_that_a_source_must_give_names_at_least_one() -> None:
    kinds: list[Any] = [*(kind for kind in EVENTS.values() if kind.reported), *Predicate.__subclasses__()]
    lists = [
        (kind.__name__, it.name, it.validator)
        for kind in kinds
        for it in attrs.fields(kind)
        if it.default is attrs.NOTHING and str(it.type).startswith("tuple")
    ]
    assert len(lists) > 8
    assert [(kind, name) for kind, name, validator in lists if validator is not not_empty] == []
