"""Who stands in a place: its holder, by its status."""

from __future__ import annotations

from typing import get_args

import attrs
import pytest

from situation.log.state import CONTROL, PlaceState, State, occupant
from situation.testimony.opening import Status

STOOD_IN = {"held", "contested", "besieged", "mixed"}


@pytest.mark.parametrize("status", get_args(Status))
def test_whoever_holds_a_place_stands_in_it_unless_it_is_empty_or_nothing_is_known(status: str) -> None:
    state = State({"dell.holder": "rebels", "dell.status": status})
    expected = "rebels" if status in STOOD_IN else None
    assert occupant(state.cells, "dell") == expected
    assert state.places["dell"].occupants == ((expected,) if expected else ())


def test_nobody_stands_in_a_place_of_which_nothing_is_said() -> None:
    assert occupant({}, "dell") is None
    assert occupant({"dell.holder": "rebels"}, "dell") is None


def test_control_is_every_attribute_of_a_place_that_says_who_has_it() -> None:
    fields = {it.name for it in attrs.fields(PlaceState)} - {"id"}
    several = {"holders": "holder", "besiegers": "besieger", "announced_by": "declared_by"}
    assert {several.get(name, name) for name in fields} == set(CONTROL)
