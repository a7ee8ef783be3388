"""A denial speaks of its own time: who denies a fight of one day denies no war of months about it."""

from __future__ import annotations

from typing import Any

import pytest

from situation.events import ActorId, Attacked, Captured, PlaceId, Quantity
from situation.record.readings.reading import Reading
from situation.testimony.claims import Claim
from tests.unit.spoken import claim, day, reading, span

ARLEN, NORTH, REBELS = PlaceId("arlen"), ActorId("north"), ActorId("rebels")


def fight(name: str, when: Any, killed: int, episode: str) -> Claim:
    event = Attacked(ARLEN, (NORTH,), REBELS, killed=Quantity("persons", best=killed))
    return claim(name, event, when, source="courier", episode=episode)


def killed(made: Reading) -> set[float | None]:
    events = [entry.event for entry in made.log]
    return {event.killed.best for event in events if isinstance(event, Attacked) and event.killed is not None}


@pytest.mark.parametrize("episode", ["", "the-war"])
def test_a_denial_of_one_day_leaves_what_is_told_of_weeks_and_of_other_days(episode: str) -> None:
    weeks = fight("weeks", span(day(1), day(25)), 900, episode)
    denied = claim("no", Attacked(ARLEN), day(10), episode=episode, denied=True)
    assert killed(reading(weeks, denied)) == {900}
    assert killed(reading(fight("day", day(10), 9, episode), denied)) == set()  # of its own day it is heard
    assert killed(reading(weeks, fight("day", day(10), 9, episode), denied)) == {900}
    assert 900 not in killed(
        reading(weeks, claim("no", Attacked(ARLEN), span(day(1), day(25)), denied=True, episode=episode))
    )


def test_a_fall_of_some_day_of_weeks_is_not_denied_by_who_says_it_was_not_on_one_of_them() -> None:
    fell = claim("fell", Captured(ARLEN, (NORTH,), REBELS), span(day(1), day(25)), source="courier", episode="")
    denied = claim("no", Captured(ARLEN, (NORTH,), REBELS), day(3), episode="", denied=True)
    assert [entry.cause.claims for entry in reading(fell, denied).log if isinstance(entry.event, Captured)] == [
        ("fell",)
    ]
