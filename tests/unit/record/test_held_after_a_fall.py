"""Who has a place held some days after its fall says that it did not fall: the belief decides, and not the later date."""

from __future__ import annotations

from typing import Any

import pytest

from situation.dates import Interval
from situation.events import ActorId, Besieged, Captured, Event, HandedOver, PlaceId, Repelled
from situation.record.record import Record
from situation.testimony.claims import Claim
from tests.unit.spoken import claim, day, record

ARLEN = PlaceId("arlen")
NORTH, SOUTH, REBELS = ActorId("north"), ActorId("south"), ActorId("rebels")
HELD: dict[str, tuple[Event, ActorId]] = {
    "thrown back": (Repelled(ARLEN, (REBELS,), NORTH), REBELS),
    "thrown back, by whom is said alone": (Repelled(ARLEN, (REBELS,)), REBELS),
    "thrown back by others": (Repelled(ARLEN, (SOUTH,), NORTH), SOUTH),
    "ringed": (Besieged(ARLEN, (NORTH,), REBELS), REBELS),
    "given away": (HandedOver(ARLEN, (REBELS,), SOUTH), SOUTH),
}
NEXT = day(11)
THIRD = Repelled(ARLEN, (SOUTH,), NORTH)


def fall(**keys: Any) -> Claim:
    return claim("fall", Captured(ARLEN, (NORTH,), REBELS), day(10), **{"source": "gazette", "episode": "", **keys})


def held(event: Event, when: Interval | str = NEXT, **keys: Any) -> Claim:
    return claim("held", event, when, **{"source": "herald", "episode": "", **keys})


def over(whole: Record) -> list[str]:
    return [dispute.relation for dispute in whole.disputes().disputes if dispute.cell == "arlen.holder"]


@pytest.mark.parametrize("how", HELD)
@pytest.mark.parametrize("when", [day(11), day(14)])
def test_a_lighter_voice_does_not_give_a_fallen_place_back(how: str, when: str) -> None:
    event, keeper = HELD[how]
    whole = record(fall(), held(event, when))
    assert whole.state(day(20)).places["arlen"].holder == NORTH
    assert over(whole) == ["contradicts"]
    assert {"held"} <= {voice.claim.id for voice in whole.why("arlen.holder", day(20)).opposing}
    heavier = record(fall(source="herald"), held(event, when, source="gazette"))
    assert heavier.state(day(20)).places["arlen"].holder == keeper
    assert over(heavier) == ["contradicts"]


@pytest.mark.parametrize("how", HELD)
def test_of_equal_weight_it_is_not_known_who_holds_it(how: str) -> None:
    event, keeper = HELD[how]
    one = {"source": "gazette", "said_by": "mayor", "said": day(12)}
    whole = record(fall(**one), held(event, **one | {"said_by": "colonel", "source": "courier"}))
    weights = [dispute.weighed for dispute in whole.disputes().disputes if dispute.cell == "arlen.holder"]
    assert len(weights) == 1
    assert whole.state(day(20)).places["arlen"].holder in (None, NORTH, keeper)
    assert (whole.state(day(20)).places["arlen"].holder is None) == bool(weights[0].tied)


@pytest.mark.parametrize(
    "told",
    [
        [fall(), held(HELD["thrown back"][0], source="gazette")],  # one piece tells both
        [fall(episode="fall"), held(HELD["thrown back"][0], follows=(("captured/arlen/fall", ""),), episode="held")],
        [
            fall(),
            claim("back", Captured(ARLEN, (REBELS,), NORTH), day(11), episode=""),
            held(HELD["ringed"][0], day(12)),
        ],
        [fall(), held(HELD["thrown back"][0], day(25))],  # more than a week later
        [fall(), held(HELD["thrown back"][0], day(9))],
        [fall(), claim("third", Captured(ARLEN, (SOUTH,), NORTH), day(11), episode=""), held(THIRD, day(12))],
    ],
)
def test_what_may_follow_one_another_is_no_dispute(told: list[Claim]) -> None:
    assert over(record(*told)) == []
