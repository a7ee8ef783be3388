"""Every kind of event says which cells it speaks to."""

from __future__ import annotations

import pytest

from situation.events import EVENTS, Event


@pytest.mark.parametrize("name", sorted(EVENTS))
def test_a_kind_of_event_says_what_it_speaks_to(name: str) -> None:
    """The base refuses to guess; a kind that left it out would stop a story in the middle."""
    assert EVENTS[name].speaks is not Event.speaks
