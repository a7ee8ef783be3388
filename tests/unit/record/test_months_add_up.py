"""Sums by month add up to the sum in all, whatever lies within another event or may be one with it."""

from __future__ import annotations

from attrs import evolve
from hypothesis import given, settings
from hypothesis import strategies as st

from situation.log.entry import Entry
from situation.record.tolls.totals import totals
from situation.record.tolls.within import Within
from tests.unit.record.test_totals import clash, persons
from tests.unit.spoken import GROUND, span

WINDOW = span("2020-03-01", "2020-05-31")


def date(number: int) -> str:
    month, day = divmod(number, 31)
    return f"2020-0{month + 3}-{min(day + 1, 30):02d}"


@st.composite
def wars(draw: st.DrawFn) -> tuple[list[Entry], list[Within], list[tuple[list[str], list[str]]]]:
    fights, within, doubts = [], [], []
    for number in range(draw(st.integers(1, 6))):
        first, last = sorted(draw(st.tuples(st.integers(0, 91), st.integers(0, 91))))
        fights.append(clash(str(number), persons(draw(st.integers(0, 60))), date(first), date(last)))
    for part in range(len(fights)):
        for whole in range(part):
            how = draw(st.sampled_from(["", "", "within", "part", "doubt"]))
            if how in ("within", "part"):
                within.append(Within(fights[part].id, fights[whole].id, how == "part"))
            elif how:
                doubts.append(([str(part)], [str(whole)]))
    return fights, within, doubts


@settings(max_examples=200, deadline=None)
@given(wars())
def test_months_add_up(war: tuple[list[Entry], list[Within], list[tuple[list[str], list[str]]]]) -> None:
    fights, within, doubts = war
    ground = evolve(GROUND, window=WINDOW)
    (whole,) = totals(fights, ground, possibly_one=doubts, within=within)
    months = totals(fights, ground, by=("month",), possibly_one=doubts, within=within)
    assert sum(row.low for row in months) == whole.low
    assert sum(row.best or 0 for row in months) == whole.best
    assert sum(row.high for row in months) == whole.high
    assert sum(row.undirected for row in months) == whole.undirected
    assert all(row.low <= row.high for row in months)


def test_what_a_whole_counts_beyond_its_parts_is_spread_over_its_days() -> None:
    fights = [clash("w", persons(30), "2020-03-02", "2020-04-30"), clash("p", persons(24), "2020-03-05")]
    ground = evolve(GROUND, window=WINDOW)
    rows = totals(fights, ground, by=("month",), within=[Within(fights[1].id, fights[0].id, True)])
    assert [(row.month, row.low, row.best, row.high) for row in rows] == [
        ("2020-03", 27, 27, 39),
        ("2020-04", 3, 3, 15),
    ]


def test_a_pair_of_two_months_that_may_be_one_is_counted_in_that_of_the_lower_number_and_named_once() -> None:
    fights = [clash("a", persons(12), "2020-03-31"), clash("b", persons(10), "2020-04-01")]
    rows = totals(fights, evolve(GROUND, window=WINDOW), by=("month",), possibly_one=[(["a"], ["b"])])
    assert [(row.low, row.high, row.possibly_one) for row in rows] == [(0, 12, 0), (10, 10, 1)]
