"""That a place fell, and that the attack on it was thrown back, are two accounts of one attack: a dispute, not an order."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from situation.dates import Interval
from situation.events import ActorId, Captured, Event, GarrisonSurrendered, PlaceId, Repelled
from situation.record.disputes import Dispute
from situation.record.loading import load
from situation.record.record import Record
from situation.record.warnings.doubts import doubts_of
from situation.runs.beginning import begin
from situation.testimony.claims import Claim
from tests.unit.spoken import claim, day, record, span

ARLEN = PlaceId("arlen")
NORTH, REBELS = ActorId("north"), ActorId("rebels")
FALLS: dict[str, Event] = {
    "capture": Captured(ARLEN, (NORTH,), REBELS),
    "capture, loser not named": Captured(ARLEN, (NORTH,)),
    "surrender": GarrisonSurrendered(ARLEN, (REBELS,), NORTH),
}
HELD: dict[str, Event] = {
    "both": Repelled(ARLEN, (REBELS,), NORTH),
    "defender": Repelled(ARLEN, (REBELS,)),
}


def fall(event: Event, **keys: Any) -> Claim:
    return claim("fall", event, **{"source": "courier", "episode": "", **keys})


def repulse(event: Event, happened: Interval | str = "2020-03-10", **keys: Any) -> Claim:
    return claim("repulse", event, happened, **{"source": "gazette", "episode": "", **keys})


def over(whole: Record) -> list[Dispute]:
    return [dispute for dispute in whole.disputes().disputes if dispute.cell == "arlen.holder"]


def asked(whole: Record) -> list[str]:
    return [doubt.fact for doubt in doubts_of(whole) if "both are read as so" in doubt.fact]


@pytest.mark.parametrize("fallen", FALLS)
@pytest.mark.parametrize("held", HELD)
def test_taken_and_thrown_back_on_one_day_are_a_dispute(fallen: str, held: str) -> None:
    for heavier, holder in (("repulse", REBELS), ("fall", FALLS[fallen].speaks(record().ground.root)["arlen.holder"])):
        sources = ("courier", "gazette") if heavier == "repulse" else ("gazette", "courier")
        whole = record(fall(FALLS[fallen], source=sources[0]), repulse(HELD[held], source=sources[1]))
        (dispute,) = over(whole)
        assert (dispute.relation, len(dispute.weighed.question.answers)) == ("contradicts", 2)
        assert whole.state(day(12)).places["arlen"].holder == holder
        why = whole.why("arlen.holder", day(12))
        assert heavier in {voice.claim.id for voice in why.supporting}
        assert {"fall", "repulse"} - {heavier} <= {voice.claim.id for voice in why.opposing}
        assert asked(whole) == []


def test_of_equal_weight_nobody_is_known_to_hold_it() -> None:
    grades = {"said_by": "mayor", "source": "gazette"}
    whole = record(fall(FALLS["capture"], **grades), repulse(HELD["both"], **grades | {"said_by": "colonel"}))
    equal = [dispute.weighed for dispute in over(whole) if len(set(dispute.weighed.weights)) == 1]
    assert equal == [] or whole.state(day(12)).places["arlen"].holder is None


@pytest.mark.parametrize(
    "told",
    [
        [fall(FALLS["capture"], source="gazette"), repulse(HELD["both"])],  # one voice tells both
        [fall(FALLS["capture"], follows=(("repelled/arlen/held", ""),)), repulse(HELD["both"], episode="held")],
        [fall(FALLS["capture"]), repulse(Repelled(ARLEN, (NORTH,), REBELS))],  # the takers held it afterwards
        [fall(FALLS["capture"]), repulse(HELD["both"], day(9))],
        [
            fall(FALLS["capture"]),
            claim("back", Captured(ARLEN, (REBELS,), NORTH), source="herald", episode=""),
            repulse(HELD["both"]),
        ],
    ],
)
def test_what_can_follow_one_another_by_what_is_said_is_no_dispute(told: list[Claim]) -> None:
    assert over(record(*told)) == []


def test_an_attack_thrown_back_at_some_time_of_a_month_is_asked_about() -> None:
    whole = record(fall(FALLS["capture"]), repulse(HELD["both"], span(day(1), day(31))))
    assert over(whole) == []
    assert whole.state(day(31)).places["arlen"].holder == NORTH
    assert len(asked(whole)) == 1


def test_a_fall_to_nobody_named_is_asked_about() -> None:
    assert len(asked(record(fall(Captured(ARLEN, (), REBELS)), repulse(HELD["both"])))) == 1


def test_the_two_accounts_of_a_new_situation_are_the_dispute_that_its_comment_promises(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    whole = load(begin("lake-war", None))
    (dispute,) = whole.disputes().disputes
    assert dispute.cell == "oldbridge.holder"
