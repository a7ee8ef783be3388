"""What is told and not believed, and what was foretold and did not come, stands in the replay."""

from __future__ import annotations

import pytest
from rich.console import Console

from situation.events import (
    ActorId,
    AreaId,
    Attacked,
    Captured,
    CiviliansKilled,
    Event,
    GarrisonSurrendered,
    PeaceSigned,
    PlaceId,
    Repelled,
)
from situation.page.readings import reading_payload
from situation.record.answers.not_believed import not_believed
from situation.record.answers.state import Lens
from situation.record.answers.timeline import timeline
from situation.testimony.claims import Claim
from tests.unit.spoken import claim, day, moment, record, span

ARLEN, DELL, NORTH, REBELS = PlaceId("arlen"), PlaceId("dell"), ActorId("north"), ActorId("rebels")
END = moment(day(31))
FALL = Captured(DELL, (NORTH,), REBELS)


def foretold(name: str, event: Event, first: int, last: int) -> Claim:
    return claim(name, event, span(day(first), day(last)), kind="forecast", said=day(first - 1), episode="")


def names(*claims: Claim, until: int = 31) -> list[tuple[str, ...]]:
    made = not_believed(record(*claims), moment(day(until)), Lens())
    return [(it.kind, *(one.id for one in (*it.claims, *it.against))) for it in made]


def test_what_is_denied_and_not_believed_is_told_and_what_is_believed_is_not() -> None:
    told, denied = claim("told", FALL, source="herald", episode=""), claim("no", FALL, episode="", denied=True)
    assert names(told, denied) == [("denied", "told", "no")]
    assert names(claim("told", FALL, episode=""), claim("no", FALL, source="herald", episode="", denied=True)) == []
    assert names(told, denied, until=9) == []


def test_what_was_foretold_is_told_once_its_time_is_over_and_it_has_not_come() -> None:
    ahead = foretold("ahead", FALL, 12, 16)
    assert names(ahead) == [("foretold", "ahead")]
    assert names(ahead, until=15) == []  # its time is not over
    assert names(ahead, claim("fell", FALL, day(14), episode="")) == []
    assert names(ahead, claim("fell", FALL, day(20), episode="")) == [("foretold", "ahead")]
    gave_up = claim("fell", GarrisonSurrendered(DELL, (REBELS,), to=NORTH), day(14), episode="")
    assert names(ahead, gave_up) == []  # it came in another way
    assert names(foretold("peace", PeaceSigned((NORTH, REBELS)), 12, 31)) == [("foretold", "peace")]


@pytest.mark.parametrize(
    ("ahead", "came"),
    [
        (Attacked(DELL, (NORTH,), REBELS), Repelled(DELL, (REBELS,), NORTH)),
        (Attacked(DELL, (NORTH,), REBELS), Captured(DELL, (NORTH,), REBELS)),
        (Attacked(None, (NORTH,), REBELS), Attacked(DELL, (NORTH,), REBELS)),
        (Attacked(AreaId("valley"), (NORTH,), REBELS), Attacked(DELL, (NORTH,), REBELS)),
        (CiviliansKilled(PlaceId("corve"), (REBELS,)), CiviliansKilled(PlaceId("corve-mill"), (REBELS,))),
    ],
)
def test_what_was_foretold_of_an_area_or_as_an_attack_may_come_in_a_part_of_it_or_be_thrown_back(
    ahead: Event, came: Event
) -> None:
    assert names(foretold("ahead", ahead, 12, 16)) == [("foretold", "ahead")]
    assert names(foretold("ahead", ahead, 12, 16), claim("came", came, day(14), episode="")) == []


def test_what_others_did_is_not_what_was_foretold() -> None:
    ahead = foretold("ahead", Attacked(DELL, (NORTH,), REBELS), 12, 16)
    others = claim("others", Attacked(DELL, (ActorId("south"),), ActorId("north")), day(14), episode="")
    assert names(ahead, others) == [("foretold", "ahead")]


def test_the_replay_and_the_page_say_so() -> None:
    both = record(
        claim("told", FALL, source="herald", episode=""),
        claim("no", FALL, episode="", denied=True),
        foretold("ahead", Captured(ARLEN, (NORTH,)), 12, 16),
    )
    screen = Console(width=200)
    with screen.capture() as shown:
        screen.print(timeline(both, END, Lens(), both.disputes()))
    text = shown.get()
    assert "not believed: gazette A1 denies it" in text
    assert "it did not come in that time" in text
    rows = reading_payload(both, END, Lens(), "best", "", "", "graded")["unbelieved"]
    assert [(row["claims"], row["since"]) for row in rows] == [
        (["told", "no"], span(day(10)).earliest),
        (["ahead"], moment(day(16))),
    ]
