"""The dead of a quarter beside those of its city, of a fight beside those of a region: counted once where they are of one."""

from __future__ import annotations

from typing import Any

import pytest
from attrs import evolve

from situation.events import ActorId, AreaId, Attacked, CiviliansKilled, PlaceId, Quantity
from situation.record.tolls.toll import Toll
from situation.record.tolls.totals import totals
from situation.record.tolls.within import tolls_within
from situation.testimony.claims import Claim
from tests.unit.small import small_ground
from tests.unit.spoken import claim, heard, reading

GROUND = small_ground()
NORTH, SOUTH, REBELS = ActorId("north"), ActorId("south"), ActorId("rebels")


def fight(name: str, place: str, killed: int | None, episode: str = "corve-battle", **other: Any) -> Claim:
    when = other.pop("when", "2020-03-10")
    number = None if killed is None else Quantity("persons", best=killed)
    sides = {"by": (SOUTH,), "against": REBELS, **other}
    return claim(name, Attacked(AreaId(place), killed=number, **sides), when, episode=episode)


def total(*claims: Claim, by: tuple[str, ...] = (), **testimony: Any) -> Toll:
    made = reading(*claims)
    made = evolve(made, testimony=evolve(made.testimony, **testimony))
    rows = totals(made.log, GROUND, by=by, within=tolls_within(made, GROUND))
    return next(row for row in rows if row.actor is None)


def bounds(toll: Toll) -> tuple[int, int | None, int, int]:
    return toll.low, toll.best, toll.high, toll.within


CITY, MILL, DOCK = fight("c", "corve", 100), fight("m", "corve-mill", 30), fight("d", "corve-dock", 20)


def test_a_quarters_dead_are_among_its_citys_where_both_are_of_one_episode() -> None:
    assert bounds(total(CITY, MILL)) == (100, 100, 130, 1)
    assert bounds(total(CITY, MILL, DOCK)) == (100, 100, 150, 2)


def test_parts_that_come_to_more_than_the_whole_count_as_they_are() -> None:
    assert bounds(total(fight("c", "corve", 40), MILL, DOCK)) == (50, 50, 90, 2)


def test_what_lies_in_a_quarter_of_a_place_in_a_region_is_counted_once() -> None:
    assert bounds(total(fight("v", "valley", 500), CITY, MILL)) == (500, 500, 630, 2)


def test_without_an_episode_low_alone_counts_the_part_within_the_whole() -> None:
    city = fight("c", "corve", 100, "", when="2020-03-10")
    assert bounds(total(city, fight("m", "corve-mill", 30, ""))) == (100, 130, 130, 1)


@pytest.mark.parametrize(
    "apart",
    [
        fight("m", "corve-mill", 30, "mill-raid"),
        fight("m", "corve-mill", 30, when="2020-03-20"),
        fight("m", "corve-mill", 30, by=(NORTH,)),
        fight("m", "arlen", 30),
        fight("m", "corve-mill", None),
    ],
    ids=["another episode", "another time", "another side", "another place", "no number"],
)
def test_what_is_of_something_else_is_no_part(apart: Claim) -> None:
    toll = total(CITY, apart)
    assert toll.within == 0
    assert toll.low == toll.best == toll.high


def test_what_was_parted_by_hand_is_no_part() -> None:
    assert bounds(total(CITY, MILL, separate=(("c", "m"),))) == (130, 130, 130, 0)


def test_rows_of_one_file_are_no_parts() -> None:
    sources = {name: evolve(source, rows=True) for name, source in heard().sources.items()}
    rows = fight("c", "corve", 100, ""), fight("m", "corve-mill", 30, "")
    assert bounds(total(*rows, sources=sources)) == (130, 130, 130, 0)


def test_civilians_of_a_quarter_are_among_the_dead_of_a_battle_of_the_city() -> None:
    battle = claim(
        "b",
        Attacked(PlaceId("corve"), (SOUTH,), REBELS, killed_of={"civilians": Quantity("civilians", best=60)}),  # type: ignore[dict-item]
        episode="corve-battle",
    )
    killing = claim(
        "k", CiviliansKilled(PlaceId("corve-mill"), (SOUTH,), Quantity("civilians", best=9)), episode="corve-battle"
    )
    toll = total(battle, killing)
    assert (*bounds(toll), toll.civilian) == (60, 60, 69, 1, 60)


def test_by_place_each_row_has_its_own() -> None:
    made = reading(CITY, MILL)
    rows = totals(made.log, GROUND, by=("place",), within=tolls_within(made, GROUND))
    assert {row.place: (row.best, row.within) for row in rows} == {"corve": (100, 0), "corve-mill": (30, 0)}
