"""Who has a place held some days after its fall says that it did not fall: the belief decides, and not the later date."""

from __future__ import annotations

from typing import Any

import pytest
from attrs import evolve

from situation.dates import Interval
from situation.events import ActorId, Besieged, Captured, Entered, Event, HandedOver, PlaceId, Repelled, Withdrew
from situation.events.kinds import Stance
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
    "thrown back by a third from the losers": (Repelled(ARLEN, (SOUTH,), REBELS), SOUTH),
    "ringed by the losers in the hands of a third": (Besieged(ARLEN, (REBELS,), SOUTH), SOUTH),
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
        [fall(), claim("left", Withdrew(ARLEN, (NORTH,)), day(11), source="gazette", episode=""), held(THIRD, day(12))],
        [
            fall(),
            claim("gave", HandedOver(ARLEN, (NORTH,), SOUTH), day(11), source="gazette", episode=""),
            held(THIRD, day(12)),
        ],
    ],
)
def test_what_may_follow_one_another_is_no_dispute(told: list[Claim]) -> None:
    assert over(record(*told)) == []


@pytest.mark.parametrize("loser", [NORTH, None])
def test_what_a_third_took_gives_it_to_no_other_without_a_dispute(loser: ActorId | None) -> None:
    third = claim("third", Captured(ARLEN, (SOUTH,), loser), day(11), source="gazette", episode="third")
    whole = record(fall(), third, held(HELD["thrown back"][0], day(12)))
    assert whole.state(day(20)).places["arlen"].holder == SOUTH
    assert over(whole) == ["contradicts"]
    assert [voice.claim.id for voice in whole.why("arlen.holder", day(20)).opposing] == ["held"]


@pytest.mark.parametrize("when", [day(9), day(12)])
@pytest.mark.parametrize("count", range(8))
def test_however_much_else_befell_the_place_the_fall_and_its_denial_are_weighed(count: int, when: str) -> None:
    entered = [
        claim(f"m{number}", Entered(ARLEN, (SOUTH,), NORTH), when, source="gazette", episode=f"e{number}")
        for number in range(count)
    ]
    early = claim("fall", Captured(ARLEN, (NORTH,), REBELS), day(8), source="gazette", episode="")
    light = record(early, *entered, held(HELD["thrown back"][0], day(12)))
    assert light.state(day(20)).places["arlen"].holder == NORTH
    assert over(light) == ["contradicts"]
    assert "held" in {voice.claim.id for voice in light.why("arlen.holder", day(20)).opposing}
    keys: dict[str, Any] = {"source": "herald", "episode": ""}
    early = claim("fall", Captured(ARLEN, (NORTH,), REBELS), day(8), **keys)
    heavy = record(early, *entered, held(HELD["thrown back"][0], day(12), source="courier", said_by="mayor"))
    assert over(heavy) == ["contradicts"]


@pytest.mark.parametrize("count", range(8))
def test_a_place_that_changed_hands_often_stays_with_the_last_of_the_heavier_reports(count: int) -> None:
    told = [
        claim("fall", Captured(ARLEN, (NORTH,), REBELS), day(8), source="gazette", episode="one"),
        *(
            claim(f"m{number}", Entered(ARLEN, (SOUTH,), NORTH), day(9), source="gazette", episode=f"e{number}")
            for number in range(count)
        ),
        claim("back", Captured(ARLEN, (SOUTH,), NORTH), day(10), source="gazette", episode="back"),
        claim("again", Captured(ARLEN, (NORTH,), SOUTH), day(11), source="gazette", episode="again"),
        held(HELD["thrown back"][0], day(12)),
    ]
    whole = record(*told)
    assert whole.state(day(20)).places["arlen"].holder == NORTH
    assert over(whole) == ["contradicts"]


def test_what_no_rival_disputes_stays_beside_the_fall() -> None:
    taken = claim("fall", Captured(ARLEN, (NORTH,), SOUTH), day(8), source="gazette", episode="")  # where they were not
    ringed = claim("ringed", Besieged(ARLEN, (REBELS,), NORTH), day(9), source="gazette", episode="")
    whole = record(taken, ringed, held(HELD["thrown back"][0], day(12)))
    place = whole.state(day(20)).places["arlen"]
    assert (place.holder, place.status) == (NORTH, "besieged")
    assert over(whole) == ["contradicts"]


@pytest.mark.parametrize("days", [1, 5])
@pytest.mark.parametrize("count", range(1, 9))
def test_however_often_one_voice_says_so_the_heavier_is_believed(count: int, days: int) -> None:
    often = [
        claim(f"held{number}", HELD["thrown back"][0], day(11 + number % days), source="herald", episode=f"h{number}")
        for number in range(count)
    ]
    whole = record(fall(), *often)
    assert whole.state(day(20)).places["arlen"].holder == NORTH
    assert over(whole) == ["contradicts"]


@pytest.mark.parametrize(("stance", "listed"), [("allied", []), ("coordinated", []), ("tolerated", ["contradicts"])])
def test_a_friend_of_the_taker_may_hold_the_place_for_him(stance: Stance, listed: list[str]) -> None:
    told = record(fall(), held(HELD["thrown back by a third from the losers"][0]))
    opening = told.ground.opening
    relations = tuple(evolve(it, stance=stance) if it.toward == SOUTH else it for it in opening.relations)
    whole = evolve(told, ground=evolve(told.ground, opening=evolve(opening, relations=relations)))
    assert over(whole) == listed
