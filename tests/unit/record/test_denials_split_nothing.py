"""A denial is about what it denies: it parts no two reports that tell of one event without it."""

from __future__ import annotations

import pytest

from situation.events import ActorId, Attacked, PlaceId, Quantity
from situation.testimony.claims import Claim
from tests.unit.spoken import claim, day, judged, reading, span

ARLEN, NORTH, REBELS = PlaceId("arlen"), ActorId("north"), ActorId("rebels")
WEEKS, DAYS = span(day(1), day(25)), span(day(9), day(11))


def fight(name: str, source: str, when: object, killed: int | None, denied: bool = False) -> Claim:
    number = None if killed is None else Quantity("persons", best=killed)
    grade = judged(5 if denied else 1)
    event = Attacked(ARLEN, (NORTH,), REBELS, killed=number)
    return claim(name, event, when, source=source, episode="", denied=denied, grades=(grade,))  # type: ignore[arg-type]


@pytest.mark.parametrize("killed", [None, 90, 900])
@pytest.mark.parametrize("when", [day(10), DAYS, WEEKS])
def test_a_denial_that_is_not_believed_leaves_one_event_one(when: object, killed: int | None) -> None:
    reports = fight("weeks", "gazette", WEEKS, 90), fight("days", "courier", DAYS, 90)
    joined = reading(*reports)
    denied = reading(*reports, fight("no", "herald", when, killed, denied=True))
    assert joined.joins.happening["weeks"] == joined.joins.happening["days"]
    assert denied.joins.happening["weeks"] == denied.joins.happening["days"]
    assert [(entry.time, entry.event) for entry in denied.log] == [(entry.time, entry.event) for entry in joined.log]


def test_who_denies_weeks_of_fighting_denies_the_fight_of_a_day_of_them() -> None:
    made = reading(fight("day", "herald", day(10), 8), fight("no", "gazette", WEEKS, None, denied=True))
    assert made.joins.happening["day"] == made.joins.happening["no"]
