"""Which claims without an episode tell of one happening, what may be one, and what was joined or parted by hand."""

from __future__ import annotations

from pathlib import Path

import pytest
from attrs import evolve

from situation.events import ActorId, Attacked, Captured, OperationId, OperationReported, PlaceId, Quantity
from situation.events.predicates import Holds
from situation.record.answers.claims import claims_answer
from situation.record.answers.state import Lens, disputes_answer
from situation.record.joining.joins import Joins, join
from situation.record.joining.likeness import JOIN_RULES
from situation.record.warnings.doubts import doubts_of
from situation.testimony.claims import Claim
from tests.unit.small import Small
from tests.unit.spoken import GROUND, claim, day, heard, record

ARLEN, NORTH, SOUTH, REBELS = PlaceId("arlen"), ActorId("north"), ActorId("south"), ActorId("rebels")


def attack(
    name: str,
    date: str,
    killed: float | None = None,
    *,
    source: str = "gazette",
    by: str = "north",
    against: str = "rebels",
    place: str = "arlen",
    said: str = "",
) -> Claim:
    number = None if killed is None else Quantity("killed", best=killed)
    event = Attacked(PlaceId(place), (ActorId(by),), ActorId(against), killed=number)
    return claim(name, event, date, episode="", source=source, said=said)


def joined(*claims: Claim, rule: str = "default") -> Joins:
    return join(claims, GROUND, heard(*claims), JOIN_RULES[rule])


def groups(found: Joins) -> set[frozenset[str]]:
    return {
        frozenset(name for name, here in found.happening.items() if here == happening)
        for happening in set(found.happening.values())
    }


def sets(*names: str) -> set[frozenset[str]]:
    return {frozenset(name.split()) for name in names}


def test_attacks_at_one_place_on_different_days_are_different_happenings() -> None:
    found = joined(attack("a", day(1), 5), attack("b", day(6), 7), attack("c", day(11), 11))
    assert groups(found) == sets("a", "b", "c")
    assert (found.why, found.possibly_one) == ({}, ())
    disputes = record(attack("a", day(1), 5), attack("b", day(6), 7), attack("c", day(11), 11)).disputes()
    assert disputes.disputes == ()


def test_reports_of_one_day_place_and_sides_join_and_say_why() -> None:
    found = joined(attack("a", day(10), 5), attack("b", day(10), 6, source="courier"))
    assert groups(found) == sets("a b")
    assert found.why["b"] == "same time, same place and sides, numbers that fit as a"


def test_a_report_that_names_no_side_joins_the_one_event_that_fits_says_so_and_of_two_that_fit_neither() -> None:
    raid, other = attack("a", day(10), 5), attack("c", day(10), 5, source="herald", by="south")
    unnamed = claim("b", Attacked(ARLEN), day(10), episode="", source="courier")
    found = joined(raid, unnamed)
    assert groups(found) == sets("a b")
    assert found.why["b"] == "same time, same place (one names no side) as a"
    found = joined(raid, other, unnamed)
    assert groups(found) == sets("a", "b", "c")
    assert {doubt.why for doubt in found.possibly_one} >= {"it fits 2 happenings equally well"}


@pytest.mark.parametrize("apart", [1, 2, 3])
def test_what_lies_one_to_three_days_apart_is_listed_as_possibly_one(apart: int) -> None:
    found = joined(attack("a", day(6), 5), attack("b", day(6 + apart), 5, source="courier"))
    assert groups(found) == sets("a", "b")
    (doubt,) = found.possibly_one
    assert set(doubt.claims) == {("a",), ("b",)}
    assert doubt.why == f"{apart} day{'s' if apart > 1 else ''} apart, same place and sides"


def test_hours_and_not_dates_part_reports_of_one_night() -> None:
    night = [attack("a", "2020-03-06T23:00"), attack("b", "2020-03-07T02:00", source="courier")]
    assert groups(joined(*night)) == sets("a b")


def test_no_chain_of_single_links_joins_what_lies_far_apart() -> None:
    chain = [attack(f"c{hour}", f"2020-03-0{5 + hour // 24}T{hour % 24:02d}:00") for hour in range(0, 72, 12)]
    found = joined(*chain)
    assert all(len(group) <= 2 for group in groups(found))


@pytest.mark.parametrize(
    "other",
    [
        attack("b", day(10), by="south", source="courier"),
        attack("b", day(10), against="south", source="courier"),
        attack("b", day(10), place="dell", source="courier"),
    ],
)
def test_other_sides_or_another_place_are_another_happening(other: Claim) -> None:
    found = joined(attack("a", day(10)), other)
    assert groups(found) == sets("a", "b")
    assert found.possibly_one == ()


def test_a_unit_and_its_side_are_compatible() -> None:
    assert groups(joined(attack("a", day(10)), attack("b", day(10), by="north-guard", source="courier"))) == sets("a b")


def test_numbers_too_far_apart_are_not_joined_but_listed() -> None:
    found = joined(attack("a", day(10), 5), attack("b", day(10), 250, source="courier"))
    assert groups(found) == sets("a", "b")
    (doubt,) = found.possibly_one
    assert "killed 5 killed and 250 killed are too far apart" in doubt.why.replace(
        "250 killed and 5", "5 killed and 250"
    )


def test_one_piece_that_gives_two_numbers_tells_of_two_events() -> None:
    found = joined(attack("a", day(10), 5), attack("b", day(10), 250))
    assert groups(found) == sets("a", "b")
    assert found.possibly_one == ()


def test_a_report_that_fits_two_happenings_equally_well_joins_neither() -> None:
    told = [attack("a", day(2)), attack("b", day(6)), attack("c", "2020-03", source="courier")]
    found = joined(*told)
    assert groups(found) == sets("a", "b", "c")
    assert [doubt.claims for doubt in found.possibly_one] == [(("a",), ("c",)), (("b",), ("c",))]
    assert groups(joined(told[0], told[2])) == sets("a c")


def test_numbers_decide_between_two_happenings_of_one_day() -> None:
    told = [attack("a", day(2), 5), attack("b", day(2), 50), attack("c", day(2), 50, source="courier")]
    assert groups(joined(*told)) == sets("a", "b c")


def test_two_fights_of_one_day_with_only_one_side_in_common_are_two() -> None:
    event = Attacked(ARLEN, between=(NORTH, SOUTH))
    both = claim("b", event, day(10), episode="", source="courier")
    assert groups(joined(attack("a", day(10)), both)) == sets("a", "b")
    without_direction = evolve(both, content=Attacked(ARLEN, between=(NORTH, REBELS)))
    assert groups(joined(attack("a", day(10)), without_direction)) == sets("a b")
    other_way = attack("b", day(10), by="rebels", against="north", source="courier")
    assert groups(joined(attack("a", day(10)), other_way)) == sets("a", "b")


def test_attacks_at_places_that_no_source_names_are_listed_and_not_joined() -> None:
    told = [evolve(attack(name, day(10)), content=Attacked(by=(NORTH,), against=REBELS)) for name in ("a", "b")]
    found = joined(*told)
    assert groups(found) == sets("a", "b")
    assert found.possibly_one[0].why == "same time and sides, at a place that is not stated"


def test_one_wire_told_by_two_outlets_without_a_place_is_one_report() -> None:
    def told(name: str, source: str, killed: float, origin: str) -> Claim:
        event = Attacked(None, (NORTH,), REBELS, killed=Quantity("persons", best=killed))
        return claim(name, event, day(5), episode="", source=source, origin=origin)

    first = told("a", "gazette", 40, "wire")
    assert groups(joined(first, told("b", "courier", 40, "wire"))) == sets("a b")
    assert groups(joined(first, told("b", "courier", 40, ""))) == sets("a", "b")  # two who say so may mean two fights
    assert groups(joined(first, told("b", "courier", 41, "wire"))) == sets("a", "b")
    assert groups(joined(first, told("b", "gazette", 40, "wire"))) == sets("a", "b")  # one piece tells of two


def test_fights_at_no_named_place_with_one_side_in_common_are_not_possibly_one() -> None:
    directed = evolve(attack("a", day(10)), content=Attacked(by=(NORTH,), against=REBELS))
    without_direction = claim("b", Attacked(between=(NORTH, SOUTH)), day(10), episode="", source="courier")
    assert not joined(directed, without_direction).possibly_one
    of_the_same = evolve(without_direction, content=Attacked(between=(NORTH, REBELS)))
    assert joined(directed, of_the_same).possibly_one


def test_rows_of_one_table_never_join_each_other_but_may_join_other_reports() -> None:
    told = [attack("a", day(10)), attack("b", day(10)), attack("c", day(10), source="courier")]
    testimony = heard(*told[:2])
    table = {**testimony.sources, "gazette": evolve(testimony.sources["gazette"], rows=True)}
    assert groups(join(told[:2], GROUND, evolve(testimony, sources=table))) == sets("a", "b")
    alone = [told[0], told[2]]
    assert groups(join(alone, GROUND, evolve(heard(*alone), sources=table))) == sets("a c")


def test_a_claim_without_an_episode_joins_a_stated_one_of_its_day() -> None:
    named = evolve(attack("a", day(10)), episode="raid")
    found = joined(named, attack("b", day(10), source="courier"))
    assert set(found.happening.values()) == {"attacked/arlen/raid"}
    assert set(found.episode.values()) == {"raid"}


def test_stated_episodes_are_never_doubted() -> None:
    told = [evolve(attack(name, day(10)), episode=name) for name in ("a", "b")]
    found = joined(*told)
    assert groups(found) == sets("a", "b")
    assert found.possibly_one == ()


def test_many_reports_of_one_month_that_say_one_of_two_things_are_two_happenings_possibly_one() -> None:
    papers = ("gazette", "courier")
    few, many = (
        [attack(f"{name}{number:02}", "2020-03", killed, source=papers[number % 2]) for number in range(60)]
        for name, killed in (("few", 5), ("many", 90))
    )
    for claims in (few + many, many[::-1] + few):
        found = joined(*claims)
        assert groups(found) == {frozenset(it.id for it in few), frozenset(it.id for it in many)}
        assert found.why["few58"] == "same time, same place and sides, numbers that fit as few00 and few01 and few02"
        (doubt,) = found.possibly_one
        assert doubt.why == "same time, same place and sides, but killed 90 killed and 5 killed are too far apart"


def test_of_many_reports_that_say_the_same_one_can_be_parted_by_hand() -> None:
    claims = [attack(f"r{number:02}", "2020-03", 5, source=("gazette", "courier")[number % 2]) for number in range(20)]
    found = join(claims, GROUND, evolve(heard(*claims), separate=(("r03", "r11"),)))
    of = found.happening
    assert of["r03"] != of["r11"] and len({of[it.id] for it in claims if it.id not in {"r03", "r11"}}) == 1


def test_what_was_joined_can_be_parted_by_hand_and_the_other_way_round() -> None:
    told = [attack("a", day(10)), attack("b", day(10), source="courier"), attack("c", day(20), source="courier")]
    by_hand = evolve(heard(*told), same=(("b", "c"),), separate=(("a", "b"),))
    found = join(told, GROUND, by_hand)
    assert groups(found) == sets("a", "b c")
    assert found.why == {"b": "by hand, under 'same'", "c": "by hand, under 'same'"}
    assert found.possibly_one == ()


def test_reports_on_what_lasts_join_the_nearest_question_within_a_week() -> None:
    push = OperationId("spring-push")
    told = [
        claim("a", OperationReported(push, phase="running"), day(1), episode="push"),
        claim("b", OperationReported(push, phase="running"), day(8), episode=""),
        claim("c", OperationReported(push, phase="running"), day(20), episode=""),
    ]
    found = joined(*told)
    assert found.episode == {"a": "push", "b": "push", "c": "near c"}
    assert found.why["b"] == "near a, on spring-push.phase"


def test_a_statement_joins_the_question_of_the_place_it_speaks_of() -> None:
    taken = claim("a", Captured(ARLEN, (NORTH,)), day(10), episode="arlen-falls")
    told = claim("s", Holds(NORTH, ARLEN), day(12), episode="")
    assert joined(taken, told).episode["s"] == "arlen-falls"


@pytest.mark.parametrize("rule", sorted(JOIN_RULES))
def test_the_settings_go_from_narrow_to_wide(rule: str) -> None:
    told = [attack("a", day(6), 5), attack("b", day(8), 15, source="courier")]
    assert (len(groups(joined(*told, rule=rule))) == 1) == (rule == "wide")


RAIDS = """\
  - {id: T3-01, source: gazette, paragraph: 1, says: a raid, happened: 2020-03-05, asserts: {event: Attacked, place: dell, by: [south], against: rebels}}
  - {id: T3-02, source: courier, says: a raid, happened: 2020-03-07, asserts: {event: Attacked, place: dell, by: [south], against: rebels}}
  - {id: T3-04, source: courier, says: a raid, happened: 2020-03-07, asserts: {event: Attacked, by: [south], against: rebels}}
  - {id: T3-06, source: courier, says: a raid, happened: 2020-03-07, asserts: {event: Attacked, place: corve, by: [south], against: rebels}}
"""  # noqa: E501


def test_the_record_says_which_happening_a_claim_was_joined_to(tmp_path: Path) -> None:
    found = Small(tmp_path).add("record.yaml", RAIDS + "same: [[T3-01, T3-02]]\n").load()
    rows = {row["id"]: row for row in claims_answer(found, Lens())}
    assert rows["T3-01"]["happening"] == rows["T3-02"]["happening"] == "attacked/dell/near T3-01"
    assert rows["T3-01"]["joined"] == "by hand, under 'same'"
    assert rows["T1-03"]["happening"] is None
    doubts = disputes_answer(Small(tmp_path).add("record.yaml", RAIDS).load(), Lens())["possibly_one"]
    assert doubts == [{"claims": [["T3-01"], ["T3-02"]], "why": "2 days apart, same place and sides"}]


@pytest.mark.parametrize(
    ("lines", "at", "told"),
    [
        ("same: [[T3-01, T3-09]]", "T3-09", "There is no claim 'T3-09'. Did you mean"),
        ("separate: [[T3-01, T3-03]]", "T3-03", "There is no claim 'T3-03'. Did you mean"),
        ("same: [[T3-01, T3-06]]", "T3-06", "'T3-01' names dell under 'place', 'T3-06' corve: they cannot be one"),
        ("same: [[T3-01, T3-04], [T3-04, T3-06]]", "[T3-04, T3-06]", "'T3-01' names dell under 'place', 'T3-06' corve"),
        ("same: [[T3-01]]", "[T3-01]]", "An entry of 'same' is not a list of two ids or more."),
        ("same: T3-01", "T3-01", "'same' is not a list of lists."),
        ("same: [[T3-01, T1-01]]", "T1-01]", "'T3-01' is of Attacked, 'T1-01' of Captured: they cannot be one"),
        ("same: [[T1-01, T2-02]]\nseparate: [[T2-02, T1-01]]", "T1-01]]", "are both joined and parted."),
        ("separate: [[T1-01, T2-02]]", "T2-02]", "are both of the episode 'arlen-falls'. Give one of them another"),
    ],
)
def test_sets_made_by_hand_are_checked(lines: str, at: str, told: str, tmp_path: Path) -> None:
    small = Small(tmp_path).add("record.yaml", RAIDS + lines + "\n")
    (problem,) = small.problems()
    assert told in problem
    last = small.text("record.yaml").rindex(at)
    line = small.text("record.yaml").count("\n", 0, last) + 1
    assert problem.startswith(f"record.yaml:{line}:")


def fallen(name: str, date: str, by: str, source: str = "gazette", against: str = "rebels") -> Claim:
    taken = Captured(ARLEN, (ActorId(by),), ActorId(against))
    return claim(name, taken, date, episode="", source=source)


@pytest.mark.parametrize(
    ("second", "doubted"),
    [
        (fallen("b", day(11), "south", "courier"), [("a", "b")]),
        (fallen("b", day(11), "north", "courier"), [("a", "b")]),
        (fallen("b", day(16), "south", "courier"), []),
        (fallen("b", day(11), "south"), []),
        (fallen("b", day(11), "south", "courier", "north"), []),
    ],
    ids=["another taker", "one taker", "a week later", "one piece", "another loser"],
)
def test_two_captures_from_one_loser_some_days_apart_are_possibly_one(
    second: Claim, doubted: list[tuple[str, str]]
) -> None:
    whole = record(fallen("a", day(9), "north"), second)
    pairs = [tuple(sorted(name for side in pair.claims for name in side)) for pair in whole.disputes().possibly_one]
    assert pairs == doubted
    cures = [doubt.advice for doubt in doubts_of(whole) if "write 'same: [[a, b]]'" in doubt.advice]
    assert bool(cures) == bool(doubted) or second.source == "gazette"
    parted = evolve(whole, testimony=evolve(whole.testimony, separate=(("a", "b"),)))
    assert not parted.disputes().possibly_one
    assert not [doubt for doubt in doubts_of(parted) if "write 'same" in doubt.advice]
