"""What hangs on the rule: the least, the most, the commonest that is told; every question under every belief; what flips."""

from __future__ import annotations

from typing import Any

from hypothesis import given

from situation.dates import Interval
from situation.events import ActorId, AreaId, Captured, PlaceId, Quantity, StrengthAssessed
from situation.record.alternatives.flips import cell_spans, flips_by_day, under_beliefs
from situation.record.answers.flips import flips_answer
from situation.record.answers.state import Lens
from situation.record.beliefs.policies import BELIEFS
from situation.testimony.claims import Claim
from tests.property.testimonies import claims
from tests.unit.spoken import claim, day, moment, reading, record, span

DELL = PlaceId("dell")
WHO = "dell.holder"


def took(name: str, by: str, when: str = day(10), **said: Any) -> Claim:
    return claim(name, Captured(DELL, (ActorId(by),)), when, episode="dell-falls", **said)


def men(name: str, **numbers: Any) -> Claim:
    bounds = {key: numbers.pop(key) for key in ("low", "best", "high") if key in numbers}
    content = StrengthAssessed(ActorId("rebels"), AreaId("dell"), Quantity("fighters", **bounds))
    return claim(name, content, day(5), episode="count", **numbers)


def accepted(cell: str, belief: str, *told: Claim) -> Any:
    (weighed,) = [it for it in reading(*told, belief=belief).decided if it.question.cell == cell]
    return None if weighed.accepted is None else weighed.span or weighed.accepted.value


COUNTS = (
    men("few", best=100, source="herald"),
    men("many", low=700, high=900),
    men("some", best=400, source="courier"),
    men("same", best=400, source="unjudged"),
)


def test_of_numbers_the_lowest_the_highest_and_the_commonest_are_accepted() -> None:
    numbers = {it: accepted("rebels@dell.strength", it, *COUNTS) for it in BELIEFS}
    assert (numbers["conservative"].best, numbers["representative"].best) == (100, 400)
    assert (numbers["informative"].low, numbers["informative"].high) == (700, 900)


def test_of_times_the_latest_the_earliest_and_the_commonest_are_accepted() -> None:
    told = (
        took("first", "north", day(8), source="courier"),
        took("middle", "north", day(10), source="herald"),
        took("again", "north", day(10), source="unjudged"),
        took("last", "north", day(12)),
    )
    when = {belief: accepted(f"{WHO}.when", belief, *told) for belief in BELIEFS}
    assert when["conservative"] == span(day(12))
    assert when["informative"] == span(day(8))
    assert when["representative"] == span(day(10))


def test_a_time_within_another_does_not_narrow_the_earliest_or_the_latest() -> None:
    week = claim(
        "week", Captured(DELL, (ActorId("north"),)), span(day(9), day(12)), episode="dell-falls", source="herald"
    )
    told = (took("day", "north"), week)
    assert accepted(f"{WHO}.when", "conservative", *told) == span(day(9), day(12))
    assert accepted(f"{WHO}.when", "representative", *told) == span(day(10))


def test_it_did_not_happen_where_anyone_denies_it_or_it_did_where_anyone_says_so() -> None:
    told = (took("yes", "north", source="herald"), took("no", "north", denied=True), took("nor", "north", denied=True))
    cell = "captured/dell/dell-falls.occurred"
    assert [accepted(cell, it, *told) for it in ("conservative", "informative", "graded")] == [False, True, False]
    told = (took("yes", "north", source="herald"), took("aye", "north", source="courier"), told[1])
    assert [accepted(cell, it, *told) for it in ("conservative", "representative", "graded")] == [False, True, False]


def test_where_answers_on_a_holder_contradict_each_other_the_least_is_none_and_the_place_stays_as_it_was() -> None:
    told = (took("a", "north"), took("b", "south", source="herald"))
    assert accepted(WHO, "conservative", *told) is None
    assert record(*told).state(day(11), belief="conservative").places["dell"].holder == "rebels"
    assert record(*told).state(day(11), belief="graded").places["dell"].holder == "north"


def test_the_fullest_report_says_who_holds_it() -> None:
    fuller = claim("b", Captured(DELL, (ActorId("south"),), ActorId("rebels")), episode="dell-falls", source="herald")
    assert accepted(WHO, "informative", took("a", "north"), fuller) == "south"
    assert accepted(WHO, "graded", took("a", "north"), fuller) == "north"


def test_the_commonest_counts_voices_and_not_outlets() -> None:
    told = (
        took("a", "north", source="herald", origin="wire"),
        took("b", "north", source="courier", origin="wire"),
        took("c", "south", source="unjudged"),
        took("d", "south", source="partisan"),
    )
    assert accepted(WHO, "representative", *told) == "south"


def test_questions_stand_under_every_belief_and_say_whether_they_differ() -> None:
    (who,) = [
        it for it in under_beliefs(record(took("a", "north"), took("b", "south", source="herald"))) if it.cell == WHO
    ]
    assert who.differs
    assert list(who.values) == list(BELIEFS)
    assert (who.values["graded"], who.values["conservative"], who.values["two-origins"]) == ("north", None, None)
    (alone,) = [it for it in under_beliefs(record(took("a", "north"))) if it.cell == WHO]
    assert (alone.differs, alone.answers_differ) == (True, False)


def test_the_share_of_cells_that_flip_is_told_by_date() -> None:
    told = record(took("a", "north", day(10)), took("b", "north", day(14), source="herald"))
    spans = [it for it in cell_spans(told) if it.cell == WHO]
    first, between, *rest = spans
    assert (first.since, first.flips) == (moment(day(1)), False)
    assert {belief for belief, value in between.values.items() if value == "north"} >= {"graded", "informative"}
    assert between.values["conservative"] == "rebels"
    assert between.flips
    assert rest[-1].until is None
    days = {told.ground.clock.day(it.at): it.flipping for it in flips_by_day(spans)}
    assert days[day(1)] == 0
    assert days[day(10)] == 1


def test_the_answer_as_json_has_the_documented_keys() -> None:
    told = record(took("a", "north"), took("b", "south", source="herald"))
    answer = flips_answer(told, Lens(), under_beliefs(told), cell_spans(told))
    assert list(answer) == ["known_at", "beliefs", "questions", "flips", "by_date"]
    assert list(answer["questions"][0]) == ["question", "cell", "differs", "answers", "tied"]
    assert list(answer["flips"][0]) == ["cell", "from", "until", "values"]
    assert list(answer["by_date"][0]) == ["date", "cells", "flip", "share"]
    whens = [one["answers"]["graded"] for one in answer["questions"] if one["cell"].endswith(".when")]
    assert whens[0] == {"earliest": "2020-03-10T00:00+02:00", "latest": "2020-03-10T23:59+02:00"}


@given(claims())
def test_the_days_of_flips_are_what_the_states_of_each_belief_show(told: tuple[Claim, ...]) -> None:
    full = record(*told)
    spans = cell_spans(full)
    by_day = flips_by_day(spans)
    for number in (1, 7, 12, 20):
        at = moment(day(number))
        states = [full.state(at, belief=belief).cells for belief in BELIEFS]
        cells = {cell for state in states for cell, value in state.items() if value is not None}
        flipping = {cell for cell in cells if any(state.get(cell) != states[0].get(cell) for state in states)}
        last = [it for it in by_day if it.at <= at][-1]
        assert (last.cells, last.flipping) == (len(cells), len(flipping))


@given(claims())
def test_the_least_and_the_most_bound_every_other_belief(told: tuple[Claim, ...]) -> None:
    for one in under_beliefs(record(*told)):
        times = {belief: value for belief, value in one.values.items() if isinstance(value, Interval)}
        if "conservative" in times and one.cell.endswith(".when"):
            given_answers = [it.accepted.value.latest for it in one.answers.values() if it.accepted is not None]
            assert times["conservative"].latest == max(given_answers)
            assert times["informative"].latest == min(given_answers)
