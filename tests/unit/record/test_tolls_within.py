"""The dead of a quarter beside those of its city, of a fight beside those of a region, of a day beside those of the days about
it: counted once where they are of one."""

from __future__ import annotations

from itertools import permutations
from typing import Any, get_type_hints

import pytest
from attrs import evolve

from situation.dates import Interval
from situation.events import ActorId, AreaId, Attacked, Captured, CiviliansKilled, Event, PlaceId, Quantity
from situation.events.kinds import EVENTS, Side
from situation.record.joining.nearby import VICTIMS
from situation.record.joining.over_weeks import COUNTED_OVER_DAYS
from situation.record.order.rival_dates import DATED_ONCE
from situation.record.record import Record
from situation.record.tolls.toll import Toll
from situation.record.tolls.totals import totals
from situation.record.tolls.within import tolls_within
from situation.record.warnings.doubts import doubts_of
from situation.testimony.claims import Claim, Dated
from tests.unit.small import small_ground
from tests.unit.spoken import claim, day, heard, reading, record, span

GROUND = small_ground()
NORTH, SOUTH, REBELS = ActorId("north"), ActorId("south"), ActorId("rebels")


def fight(name: str, place: str, killed: int | Quantity | None, episode: str = "corve-battle", **other: Any) -> Claim:
    when = other.pop("when", "2020-03-10")
    number = Quantity("persons", best=killed) if isinstance(killed, int) else killed
    source = other.pop("source", "gazette")
    sides = {"by": (SOUTH,), "against": REBELS, **other}
    return claim(name, Attacked(AreaId(place), killed=number, **sides), when, episode=episode, source=source)


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


def test_a_quarters_fall_may_be_told_within_its_citys_battle() -> None:
    fall = claim(
        "m",
        Captured(PlaceId("corve-mill"), (SOUTH,), REBELS, killed=Quantity("persons", best=30)),
        "2020-03-10",
        episode="",
    )
    assert bounds(total(fight("c", "corve", 100, ""), fall)) == (100, 130, 130, 1)


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


def capture(name: str, killed: int, episode: str = "", when: Interval | str = "2020-03-10", **other: Any) -> Claim:
    sides = {"by": (SOUTH,), "against": REBELS, **other}
    return claim(
        name, Captured(PlaceId("arlen"), killed=Quantity("persons", best=killed), **sides), when, episode=episode
    )


WEEKS = span("2020-03-04", "2020-03-20")
BATTLE, LAST_DAY = capture("b", 900, when=WEEKS), fight("l", "arlen", 300, "", when="2020-03-19", source="courier")


@pytest.mark.parametrize("turned", [False, True])
def test_a_days_dead_may_be_among_those_of_the_weeks_about_it(turned: bool) -> None:
    both = (LAST_DAY, BATTLE) if turned else (BATTLE, LAST_DAY)
    assert bounds(total(*both)) == (900, 1200, 1200, 1)
    (warned,) = [it for it in doubts_of(record(*both)) if "may count the same people" in it.fact]
    assert "'separate: [[b, l]]'" in warned.advice
    assert "low counts them once, best and high twice" in warned.advice


def test_every_measure_that_both_count_is_told() -> None:
    wounded = Quantity("persons", best=900)
    both = [evolve(it, content=evolve(it.event, wounded=wounded)) for it in (BATTLE, LAST_DAY)]  # type: ignore[misc]
    (warned,) = [it for it in doubts_of(record(*both)) if "may count the same people" in it.fact]
    assert "those killed and wounded at Arlen" in warned.fact


def test_a_days_dead_are_among_those_of_the_weeks_where_both_are_of_one_episode() -> None:
    both = evolve(BATTLE, episode="arlen-falls"), evolve(LAST_DAY, episode="arlen-falls")
    assert bounds(total(*both)) == (900, 900, 1200, 1)
    assert not [it for it in doubts_of(record(*both)) if "may count the same people" in it.fact]


@pytest.mark.parametrize(
    "apart",
    [
        evolve(LAST_DAY, happened=Dated(span("2020-03-19", "2020-03-21"))),
        evolve(BATTLE, id="l", happened=Dated(span("2020-03-30"))),
        fight("l", "arlen", 300, "", when="2020-03-19", by=(NORTH,)),
        fight("l", "arlen", None, "", when="2020-03-19"),
        fight("l", "dell", 300, "", when="2020-03-19"),
    ],
    ids=["longer", "later", "another side", "no number", "another place"],
)
def test_what_is_of_another_time_or_side_is_no_part_of_the_weeks(apart: Claim) -> None:
    toll = total(BATTLE, apart)
    assert (toll.within, toll.low) == (0, toll.high)
    assert not [it for it in doubts_of(record(BATTLE, apart)) if "may count the same people" in it.fact]


def killing(name: str, number: int | Quantity | None, when: Interval | str, **dated: Any) -> Claim:
    counted = Quantity("civilians", best=number) if isinstance(number, int) else number
    made = claim(name, CiviliansKilled(PlaceId("arlen"), (SOUTH,), counted), when, episode="", source=_SOURCES[name])
    return evolve(made, happened=Dated(made.happened.span, **dated)) if dated and made.happened else made


_SOURCES = {"m": "gazette", "d": "courier", "l": "herald"}
MONTH = killing("m", 30, span("2020-03-01", "2020-03-31"), precision="month")
A_DAY, LATE = killing("d", 8, "2020-03-02"), killing("l", 6, "2020-03-20")


@pytest.mark.parametrize("order", list(permutations((MONTH, A_DAY, LATE))))
def test_a_months_count_does_not_join_what_others_tell_of_its_days(order: tuple[Claim, ...]) -> None:
    made = record(*order)
    assert bounds(total(*order)) == (30, 44, 44, 2)
    assert (made.disputes().disputes, made.disputes().possibly_one) == ((), ())
    warned = [it for it in doubts_of(made) if "may count the same people" in it.fact]
    assert ["separate: [[m, d]]" in it.advice for it in warned].count(True) == 1
    assert len(warned) == 2
    assert not any("episode" in it.advice for it in warned)  # one episode would make them one event, of two numbers


@pytest.mark.parametrize("number", [Quantity("civilians", low=5), None, 2], ids=["at least", "no number", "far apart"])
def test_nor_whatever_number_they_give(number: int | Quantity | None) -> None:
    toll = total(MONTH, killing("d", number, "2020-03-02"))
    assert (toll.events, toll.low) == (2, 30)


@pytest.mark.parametrize(
    ("whole", "part"),
    [
        (evolve(MONTH, happened=Dated(span("2020-03-01", "2020-03-31"), "vague")), A_DAY),
        (MONTH, killing("d", 30, "2020-03-02")),
        (killing("m", 30, span("2020-03-01", "2020-03-08")), A_DAY),
        (MONTH, killing("d", 28, span("2020-03-02", "2020-03-30"))),
    ],
    ids=["a day not known", "the same number", "about a week", "much the same weeks"],
)
def test_one_event_that_the_one_dates_more_closely_stays_one(whole: Claim, part: Claim) -> None:
    assert total(whole, part).events == 1


def test_a_count_over_weeks_that_ends_within_another_may_be_one_with_it() -> None:
    both = MONTH, killing("d", 8, span("2020-03-30", "2020-04-02"))
    (pair,) = record(*both).disputes().possibly_one
    assert pair.why == "times that overlap, same place and sides, but one counts over weeks"


def test_weeks_that_nobody_counted_do_not_shrink_to_the_day_that_somebody_did() -> None:
    weeks = killing("m", None, span("2020-03-01", "2020-03-31"))
    toll = total(weeks, A_DAY)
    assert (toll.events, toll.unnumbered, toll.best) == (2, 1, 8)
    (pair,) = record(weeks, A_DAY).disputes().possibly_one
    assert pair.why == "times that overlap, same place and sides, but one goes on for weeks"


def test_what_is_counted_over_a_month_is_of_the_month_where_its_wounded_are_counted_of_a_day() -> None:
    month = span("2020-03-01", "2020-03-31")
    wounded = Attacked(AreaId("arlen"), (SOUTH,), REBELS, wounded=Quantity("persons", best=20))
    made = reading(fight("m", "arlen", 400, when=month), claim("d", wounded, "2020-03-10", episode="corve-battle"))
    assert [entry.span for entry in made.log if isinstance(entry.event, Attacked)] == [month]


def test_a_wars_toll_at_no_place_has_in_it_what_is_told_of_any_place_and_of_none() -> None:
    def unplaced(name: str, killed: int, when: Interval | str, source: str = "gazette") -> Claim:
        event = Attacked(None, between=(SOUTH, REBELS), killed=Quantity("persons", best=killed))
        return claim(name, event, when, episode="", source=source)

    war = unplaced("w", 1200, span("2020-03-01", "2020-03-31"))
    day_of_it, elsewhere = unplaced("d", 40, "2020-03-09", "courier"), fight("p", "arlen", 30, "", when="2020-03-20")
    assert bounds(total(war, day_of_it, elsewhere)) == (1200, 1270, 1270, 2)
    others = evolve(elsewhere, content=Attacked(AreaId("arlen"), (NORTH,), REBELS, killed=Quantity("persons", best=30)))
    assert bounds(total(war, others)) == (1230, 1230, 1230, 0)


def test_every_kind_that_gives_a_number_either_happens_once_or_is_counted_over_days() -> None:
    once = {*DATED_ONCE, *VICTIMS}
    assert once.isdisjoint(COUNTED_OVER_DAYS)
    numbered = {kind for kind in EVENTS.values() if not kind.lasting and _gives_a_number(kind)}
    assert numbered - once == COUNTED_OVER_DAYS


def _gives_a_number(kind: type[Event]) -> bool:
    return any("Quantity" in str(hint) for hint in get_type_hints(kind).values())


def by_days(whole: int | Quantity, *days: int | Quantity) -> Record:
    """A count of the days from the tenth on, by one paper, beside counts of each by others."""
    counts = [
        fight(f"d{number}", "arlen", killed, "", when=day(10 + number), source="courier")
        for number, killed in enumerate(days)
    ]
    return record(fight("w", "arlen", whole, "", when=span(day(10), day(9 + len(days)))), *counts)


def is_sum(whole: int | Quantity, *days: int | Quantity) -> bool:
    return all(pair.is_part for pair in tolls_within(by_days(whole, *days).reading(), GROUND))


def of_two_days(whole: int | Quantity, *days: int | Quantity) -> Toll:
    made = by_days(whole, *days)
    pairs = [doubt.claims for doubt in made.disputes().possibly_one]
    (row,) = totals(made.log(), GROUND, possibly_one=pairs, within=tolls_within(made.reading(), GROUND))
    return row


def test_a_count_of_some_days_is_the_sum_of_those_that_others_give_of_each() -> None:
    assert bounds(of_two_days(43, 25, 18)) == (43, 43, 86, 2)
    assert bounds(of_two_days(60, 25, 18, 17)) == (60, 60, 120, 3)
    assert of_two_days(43, 25, 18).possibly_one == 0  # else the two days, which are one apart, might be one


def test_a_count_of_some_days_that_is_not_the_sum_of_them_is_none() -> None:
    toll = of_two_days(50, 25, 18)
    assert (toll.low, toll.best, toll.high) == (18, 93, 93)


AT_LEAST, AT_MOST = Quantity("persons", low=1), Quantity("persons", high=300)


@pytest.mark.parametrize(
    ("whole", "days"),
    [
        (500, (AT_LEAST, AT_LEAST)),
        (500, (AT_MOST, AT_MOST)),
        (AT_LEAST, (25, 18)),
        (Quantity("persons", 40, 45, 50), (25, 18)),
        (Quantity("persons", low=50, high=60), (25, 18)),
    ],
    ids=["open above", "open below", "an open whole", "other best figures", "out of the range"],
)
def test_what_is_open_at_an_end_or_comes_to_another_best_figure_is_no_sum(
    whole: int | Quantity, days: tuple[int | Quantity, ...]
) -> None:
    assert not is_sum(whole, *days)


def test_a_range_over_the_days_is_the_sum_of_what_comes_to_it() -> None:
    assert is_sum(Quantity("persons", low=40, high=50), 25, 18)
    assert is_sum(Quantity("persons", 40, 43, 50), 25, 18)


def test_by_place_each_row_has_its_own() -> None:
    made = reading(CITY, MILL)
    rows = totals(made.log, GROUND, by=("place",), within=tolls_within(made, GROUND))
    assert {row.place: (row.best, row.within) for row in rows} == {"corve": (100, 0), "corve-mill": (30, 0)}


def test_a_count_without_a_place_has_in_it_no_dead_of_others() -> None:
    killed = CiviliansKilled(PlaceId("corve"), (SOUTH,), Quantity("civilians", best=500))
    told = claim("k", killed, "2020-03-10", episode="")
    for other in (
        Attacked(None, (NORTH,), REBELS, killed=Quantity("persons", best=5)),
        CiviliansKilled(None, (REBELS,), Quantity("civilians", best=20)),
    ):
        elsewhere = claim("e", other, "2020-03-10", episode="", source="herald")
        assert total(told, elsewhere).low == 500 + (5 if isinstance(other, Attacked) else 20)


def test_numbers_of_one_side_that_are_far_apart_are_of_two_fights() -> None:
    few, many = (
        Attacked(AreaId("dell"), (SOUTH,), REBELS, killed_of={Side(REBELS): Quantity("persons", best=number)})
        for number in (4, 90)
    )
    toll = total(claim("f", few, "2020-03-10", episode=""), claim("m", many, "2020-03-10", episode=""))
    assert (toll.low, toll.best, toll.events) == (94, 94, 2)
