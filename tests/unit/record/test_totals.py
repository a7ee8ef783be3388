"""Sums of the dead and wounded: bounds, whose they are, months, and what is possibly one."""

from __future__ import annotations

from itertools import combinations
from typing import Any, cast

import attrs
import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from situation.errors import Fault
from situation.events import (
    EVENTS,
    ActorId,
    AreaId,
    Attacked,
    Captured,
    CiviliansKilled,
    GarrisonSurrendered,
    PlaceId,
    PrisonersTaken,
    Quantity,
    Repelled,
    ShipCaptured,
    ShipDamaged,
    ShipSunk,
    Side,
)
from situation.log.entry import Entry, Reported
from situation.record.record import Record
from situation.record.tolls.event_figures import TOLL_EVENTS, TOLL_MEASURES, event_figures, sufferers
from situation.record.tolls.totals import GROUPINGS, totals
from situation.record.warnings.doubts import doubts_of
from situation.testimony.claims import Claim
from tests.unit.small import small_ground
from tests.unit.spoken import claim, judged, record, span

GROUND = small_ground()
NORTH, SOUTH, GUARD = ActorId("north"), ActorId("south"), ActorId("north-guard")
ARLEN, DELL = PlaceId("arlen"), PlaceId("dell")


def persons(best: float | None = None, low: float | None = None, high: float | None = None) -> Quantity:
    return Quantity("persons", low, best, high)


def entry(name: str, event: Any, first: str = "2020-03-05", last: str = "") -> Entry:
    when = span(first, last)
    return Entry(name, when.middle, when, event, Reported("graded", (name,)))


def clash(
    name: str, killed: Quantity | None = None, first: str = "2020-03-05", last: str = "", **of: Quantity
) -> Entry:
    sides = {Side(key.replace("_", "-")): number for key, number in of.items()}
    event = Attacked(ARLEN, between=(NORTH, SOUTH), killed=killed, killed_of=sides)
    return entry(name, event, first, last)


def test_sides_that_one_voice_counts_above_what_another_counts_in_all_are_disputed() -> None:
    def marks(first: int, sides: tuple[str, ...], by: tuple[str, ...] = ()) -> list[tuple[int, int]]:
        event = clash("a", persons(first), north=persons(83), south=persons(36))
        credit = {"killed": ("a",), "killed_of.north": sides, "killed_of.south": sides}
        fought = evolve(event, cause=Reported("graded", ("a", "b"), credit=credit))
        return [(row.disputed, row.sides_above) for row in totals([fought], GROUND, by=by)]

    assert marks(100, ("b",)) == [(1, 1)]
    assert marks(100, ("b",), ("actor",)) == [(1, 1), (1, 1), (0, 0)]
    assert marks(119, ("b",)) == [(0, 0)]
    assert marks(100, ("a",)) == [(0, 0)]  # of one voice it is a slip of its own


def test_a_total_below_the_sum_of_its_sides_is_a_dispute_and_asked_about() -> None:
    def voices(total: int, of_sides: str = "herald") -> Record:
        def told(name: str, source: str, **given: Any) -> Claim:
            return claim(name, Attacked(ARLEN, (NORTH,), SOUTH, **given), source=source, episode="fight")

        return record(
            told("all", "gazette", killed=persons(total)),
            told("theirs", "courier", killed_of={Side("south"): persons(83)}),
            told("own", of_sides, killed_of={Side("north"): persons(36)}),
        )

    (dispute,) = voices(100).disputes().disputes
    assert (dispute.cell, dispute.relation) == ("arlen.killed", "contradicts")
    assert [(it.value.best, [one.id for one in it.claims]) for it in dispute.weighed.question.answers] == [
        (100, ["all"]),
        (119, ["own", "theirs"]),
    ]
    (warned,) = doubts_of(voices(100))
    assert warned.fact.startswith("In all 100 persons, and by side 119 persons: added up from ")
    for sound in (voices(119), voices(200)):
        assert not sound.disputes().disputes
        assert not doubts_of(sound)


def whole(*entries: Entry, **options: Any) -> tuple[int, int | None, int, int, int]:
    (row,) = totals(entries, GROUND, **options)
    return row.low, row.best, row.high, row.events, row.unnumbered


def test_there_is_one_sum_of_nothing() -> None:
    assert whole() == (0, 0, 0, 0, 0)


def test_bounds_add_up_each_by_itself_and_no_number_is_not_none_dead() -> None:
    entries = [clash("a", persons(5, 3, 9)), clash("b", persons(2)), clash("c")]
    assert whole(*entries) == (5, 7, 11, 3, 1)


def test_a_lower_bound_alone_has_no_upper_one() -> None:
    (row,) = totals([clash("a", persons(low=24)), clash("b", persons(high=8))], GROUND)
    assert (row.low, row.best, row.high, row.open) == (24, None, 32, 1)


def test_bounds_alone_make_no_best_and_an_exact_number_of_two_ends_does() -> None:
    dozens = Quantity("persons", 24, None, 99, "dozens", "as the lexicon has it")
    (row,) = totals([clash("a", dozens), clash("b", persons(3))], GROUND)
    assert (row.low, row.best, row.high, row.bounds_only) == (27, None, 102, 1)
    (row,) = totals([clash("a", persons(low=7, high=7)), clash("b", persons(3))], GROUND)
    assert (row.best, row.bounds_only) == (10, 0)
    rows = totals([clash("a", persons(40), north=dozens)], GROUND, by=("actor",))
    assert {row.actor: (row.low, row.best, row.high) for row in rows if row.unnumbered < row.events} == {
        "north": (24, None, 99),
        None: (0, None, 16),
    }


def test_men_are_persons_and_what_is_no_person_is_told_and_not_added() -> None:
    entries = [
        clash("a", north=Quantity("men", best=3), south=Quantity("persons", best=4)),
        clash("b", Quantity("horses", best=90)),
        clash("c", Quantity("families", best=2), south=Quantity("fighters", best=1)),
    ]
    (row,) = totals(entries, GROUND)
    assert (row.low, row.best, row.high, row.events, row.other_units) == (8, 8, 8, 3, 2)
    assert row.units == ("families", "fighters", "horses", "men", "persons")


def test_what_one_source_counts_of_a_side_is_not_taken_from_what_another_counts_in_all() -> None:
    def of(*whose: str) -> Entry:
        made = clash("a", persons(9), north=persons(5))
        credit = {"killed": ("all",), "killed_of.north": whose}
        return evolve(made, cause=Reported("graded", ("all", "side"), credit=credit))

    by_one, by_two = (
        [row for row in totals([of(*whose)], GROUND, by=("actor",)) if row.actor != "south"]
        for whose in (("all", "side"), ("side",))
    )
    assert {row.actor: (row.best, row.sources_apart) for row in by_one} == {"north": (5, 0), None: (4, 0)}
    assert {row.actor: (row.best, row.sources_apart) for row in by_two} == {"north": (5, 0), None: (0, 1)}
    assert [row.unnumbered for row in by_two] == [0, 0]


def test_a_pair_without_numbers_is_told_apart_from_one_that_lowers_the_sum() -> None:
    entries = [clash(name, number) for name, number in (("a", persons(5)), ("b", persons(7)), ("c", None), ("d", None))]
    (row,) = totals(entries, GROUND, possibly_one=[(["a"], ["b"]), (["c"], ["d"]), (["b"], ["c"]), (["x"], ["y"])])
    assert (row.low, row.possibly_one, row.unnumbered_pairs) == (5, 1, 2)


def test_the_dead_are_their_sides_and_the_rest_is_nobodys() -> None:
    entries = [clash("a", persons(9, 7, 12), north_guard=persons(3), south=persons(4)), clash("b", persons(5))]
    rows = {row.actor: row for row in totals(entries, GROUND, by=("actor",))}
    assert {actor: row.best for actor, row in rows.items()} == {"north": 3, "south": 4, None: 7}
    assert (rows[None].low, rows[None].high) == (5, 10)


def test_a_side_whose_own_dead_nobody_counted_has_no_number() -> None:
    fights = [clash("a"), clash("b", north=persons(2)), entry("c", Repelled(DELL, by=(SOUTH,), against=GUARD))]
    rows = {row.actor: row for row in totals(fights, GROUND, by=("actor",))}
    assert [(it.events, it.unnumbered, it.others_alone, it.best) for it in (rows["north"], rows["south"])] == [
        (3, 2, 0, 2),
        (3, 3, 1, 0),
    ]


def test_an_attack_and_that_it_was_thrown_back_are_one_fight() -> None:
    repulse = entry("b", Repelled(DELL, by=(SOUTH,), against=GUARD))
    assert whole(entry("a", Attacked(DELL, (GUARD,), SOUTH, killed=persons(3))), repulse)[3:] == (1, 0)
    assert whole(entry("a", Attacked(ARLEN, (GUARD,), SOUTH, killed=persons(3))), repulse)[3:] == (2, 1)


def test_one_number_of_a_side_beside_a_range_for_all_is_marked_as_no_certainty() -> None:
    rows = {row.actor: row for row in totals([clash("a", persons(9, 7, 12), north=persons(5))], GROUND, by=("actor",))}
    assert {actor: row.all_ranged for actor, row in rows.items()} == {"north": 1, "south": 0, None: 0}
    (row,) = totals([clash("a", persons(9, 7, 12))], GROUND)
    assert row.all_ranged == 0


def test_by_pair_the_dead_are_of_those_who_fought_each_other() -> None:
    fights = [
        clash("a", persons(4)),
        entry("b", Attacked(DELL, (SOUTH,), GUARD, killed=persons(3))),
        entry("c", CiviliansKilled(DELL, (SOUTH,), persons(6))),
        entry("d", Attacked(DELL, (), SOUTH, killed=persons(1))),
        entry("e", Attacked(DELL, (NORTH, ActorId("rebels")), SOUTH)),
    ]
    rows = {row.pair: (row.best, row.events, row.unnumbered) for row in totals(fights, GROUND, by=("pair",))}
    assert rows == {
        ("north", "south"): (7, 2, 0),
        ("civilians", "south"): (6, 1, 0),
        ("south", None): (1, 1, 0),
        ("north+rebels", "south"): (0, 1, 1),
    }


def test_a_sum_says_how_many_of_its_numbers_are_disputed() -> None:
    fights = [clash("a", persons(9), north=persons(5)), clash("b", persons(2))]
    disputes = [("arlen.killed_of.north", ("a", "x")), ("arlen.attacked_by", ("b", "y")), ("arlen.wounded", ("b", "z"))]
    rows = totals(fights, GROUND, by=("actor",), disputes=disputes)
    assert {row.actor: row.disputed for row in rows} == {"north": 1, "south": 0, None: 0}
    assert [row.disputed for row in totals(fights, GROUND, disputes=disputes)] == [1]


def test_the_dead_of_an_attack_who_are_counted_as_civilians_are_civilians() -> None:
    shelled = entry("shelled", Attacked(ARLEN, (NORTH,), SOUTH, killed=Quantity("civilians", best=2)))
    assert [(row.actor, row.best) for row in totals([shelled], GROUND, by=("actor",)) if row.best] == [("civilians", 2)]
    (row,) = totals([shelled], GROUND)
    assert (row.best, row.civilian) == (2, 2)


def test_civilians_and_what_has_no_direction_stand_beside() -> None:
    entries = [
        clash("a", persons(4), civilians=persons(1)),
        entry("b", CiviliansKilled(DELL, (NORTH,), persons(6))),
        entry("c", Attacked(DELL, (NORTH,), SOUTH, killed=persons(3))),
    ]
    (row,) = totals(entries, GROUND)
    assert (row.best, row.undirected, row.civilian) == (13, 4, 7)
    by_actor = {row.actor: (row.best, row.undirected, row.civilian) for row in totals(entries, GROUND, by=("actor",))}
    assert {actor: sums for actor, sums in by_actor.items() if sums[0]} == {"civilians": (7, 1, 7), None: (6, 3, 0)}


def test_an_event_over_several_days_is_spread_over_them_and_marked() -> None:
    entries = [clash("a", persons(10), "2020-03-29", "2020-04-02")]
    rows = totals(entries, _until_may(), by=("month",))
    assert [(row.month, row.best, row.events, row.split) for row in rows] == [
        ("2020-03", 6, 1, 1),
        ("2020-04", 4, 1, 1),
    ]


def test_months_before_the_common_era_are_months_and_stand_in_order_of_time() -> None:
    before = evolve(GROUND, window=span("-0424-01-01", "-0420-12-31"))
    days = ["-0421-02-10", "-0424-01-20", "-0424-11-02", "-0424-02-03", "-0424-01-29"]
    entries = [clash(str(number), persons(number + 1), day) for number, day in enumerate(days)]
    rows = totals(entries, before, by=("month",))
    assert [(row.month, row.best) for row in rows] == [
        ("-0424-01", 7),
        ("-0424-02", 4),
        ("-0424-11", 3),
        ("-0421-02", 1),
    ]


def _until_may() -> Any:
    return evolve(GROUND, window=span("2020-03-01", "2020-04-30"))


def test_low_counts_what_is_possibly_one_as_one_and_high_as_two() -> None:
    entries = [clash("a", persons(10)), clash("b", persons(12), "2020-03-07"), clash("c", persons(1), "2020-03-09")]
    assert whole(*entries, possibly_one=[(["a"], ["b"])]) == (11, 23, 23, 3, 0)


def test_possibly_one_goes_by_no_chain() -> None:
    """The first may be the second, and the second the third; the first cannot be the third."""
    entries = [clash(name, persons(10), f"2020-03-0{day}") for name, day in (("a", 5), ("b", 7), ("c", 9))]
    assert whole(*entries, possibly_one=[(["a"], ["b"]), (["b"], ["c"])])[0] == 20


def test_an_event_in_an_area_and_one_of_nowhere_count_once() -> None:
    entries = [
        entry("a", Attacked(AreaId("valley"), (NORTH,), SOUTH, killed=persons(2))),
        entry("b", Attacked(killed=persons(1))),
    ]
    assert {row.place: row.best for row in totals(entries, GROUND, by=("place",))} == {"valley": 2, None: 1}
    assert whole(*entries)[1] == 3


def test_prisoners_are_of_the_side_that_lost_them() -> None:
    entries = [
        entry("a", GarrisonSurrendered(DELL, (GUARD,), SOUTH, persons(300))),
        entry("b", PrisonersTaken(ARLEN, (SOUTH,), NORTH, persons(4))),
        entry("c", PrisonersTaken(ARLEN, (SOUTH,), None, persons(7))),
        entry("d", PrisonersTaken(ARLEN, (NORTH,), SOUTH)),
    ]
    rows = {row.actor: (row.best, row.unnumbered) for row in totals(entries, GROUND, "prisoners", ("actor",))}
    assert rows == {"north": (304, 0), "south": (0, 1), None: (7, 0)}


@pytest.mark.parametrize(
    ("belief", "best"), [("graded", 400), ("conservative", 20), ("informative", 400), ("latest", 20)]
)
def test_a_sum_has_the_number_that_the_belief_accepts_whichever_units_its_source_names(belief: str, best: int) -> None:
    """One voice says that the guard and the rebels attacked, another that the guard did: both tell of one fight."""
    told = [
        claim(
            name,
            Attacked(ARLEN, by, SOUTH, killed_of={Side(NORTH): persons(number)}),
            source=source,
            grades=(judged(grade),),
        )
        for name, by, number, source, grade in (
            ("a", (GUARD, ActorId("north-scouts")), 400, "gazette", 1),
            ("b", (GUARD,), 20, "herald", 3),
        )
    ]
    whole_record = record(*told)
    (asked,) = [it for it in whole_record.reading(belief=belief).decided if it.question.cell == "arlen.killed_of.north"]
    (row,) = [it for it in totals(whole_record.log(belief=belief), GROUND, by=("actor",)) if it.actor == "north"]
    assert (row.best, asked.accepted and asked.accepted.value.best) == (best, best)


def test_wounded_are_counted_apart() -> None:
    hurt = entry("a", Attacked(ARLEN, (NORTH,), SOUTH, wounded=persons(8), killed=persons(1)))
    assert whole(hurt, of="wounded")[1] == 8


@pytest.mark.parametrize(("options", "advice"), [({"of": "kiled"}, "killed"), ({"by": ("actr",)}, "actor")])
def test_what_cannot_be_summed_is_told_with_the_near_miss(options: dict[str, Any], advice: str) -> None:
    with pytest.raises(Fault, match=f"Did you mean '{advice}'"):
        totals((), GROUND, **options)


def test_the_dead_of_a_ship_are_of_the_side_that_it_sails_for() -> None:
    rows = totals(
        (
            entry("a", ShipSunk(ship=GUARD, by=(SOUTH,), place=ARLEN, killed=persons(20))),
            entry("b", ShipDamaged(against=SOUTH, place=DELL, killed=persons(3))),
            entry("c", ShipSunk(against=SOUTH, place=ARLEN)),
        ),
        GROUND,
        by=("actor",),
    )
    assert {row.actor: (row.best, row.unnumbered) for row in rows} == {"north": (20, 0), "south": (3, 1)}


def test_every_event_with_a_count_of_persons_is_summed() -> None:
    """A number of dead, wounded or prisoners that an event can give is in the table; what is not of these is named here."""
    other = {"StrengthAssessed", "ForceRaised", "Fled"}
    counted = {"killed", "wounded", "prisoners", "number", "killed_of", "wounded_of"}
    giving = {
        name
        for name, cls in EVENTS.items()
        if cls.reported
        and counted
        & {it.name for it in attrs.fields(cast(Any, cls)) if "Quantity" in str(it.type) or "Counts" in str(it.type)}
    }
    assert giving - other == {cls.__name__ for cls in TOLL_EVENTS} - {Repelled.__name__}


SUFFERED = [
    (Attacked(ARLEN, by=(NORTH,), against=SOUTH), {"north", "south"}),
    (Captured(ARLEN, by=(SOUTH,), against=GUARD), {"north", "south"}),
    (Repelled(ARLEN, by=(SOUTH,), against=GUARD), {"north", "south"}),
    (CiviliansKilled(ARLEN, by=(NORTH,)), {"civilians"}),
    (GarrisonSurrendered(ARLEN, by=(GUARD,), to=SOUTH), {"north"}),
    (PrisonersTaken(ARLEN, by=(SOUTH,), against=GUARD), {"north"}),
    *((kind(against=GUARD, by=(SOUTH,), place=ARLEN), {"north"}) for kind in (ShipSunk, ShipDamaged, ShipCaptured)),
]


def test_of_every_event_that_counts_men_it_is_known_what_it_counts_and_who_suffers_it() -> None:
    assert {type(event) for event, _ in SUFFERED} == {*TOLL_EVENTS}
    for event, roots in SUFFERED:
        assert sufferers(event, GROUND) == roots, event
        assert {of for of in TOLL_MEASURES if event_figures(of, event, GROUND) is not None} == {
            *TOLL_EVENTS[type(event)].figures
        }
    assert {of for counts in TOLL_EVENTS.values() for of in counts.figures} == {*TOLL_MEASURES}


NUMBERS = st.one_of(
    st.none(), st.builds(lambda low, more, most: persons(low + more, low, low + more + most), *[st.integers(0, 30)] * 3)
)
CLASHES = st.lists(
    st.tuples(NUMBERS, st.integers(1, 20), st.integers(0, 11), st.sampled_from(["arlen", "dell"])), max_size=8
)


@given(CLASHES)
def test_the_parts_of_any_sum_are_the_whole(rows: list[tuple[Quantity | None, int, int, str]]) -> None:
    entries = [
        entry(
            f"e{number}",
            Attacked(PlaceId(place), between=(NORTH, SOUTH), killed=killed),
            f"2020-03-{first:02d}",
            f"2020-03-{first + days:02d}",
        )
        for number, (killed, first, days, place) in enumerate(rows)
    ]
    (one,) = totals(entries, GROUND)
    for count in range(1, len(GROUPINGS) + 1):
        for by in combinations(GROUPINGS, count):
            parts = totals(entries, GROUND, by=by)
            assert (sum(it.low for it in parts), sum(it.best or 0 for it in parts), sum(it.high for it in parts)) == (
                one.low,
                one.best,
                one.high,
            )
    assert totals(reversed(entries), GROUND) == (one,)
