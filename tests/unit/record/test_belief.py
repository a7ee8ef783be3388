"""What is taken as so: weights, independent voices, and each belief by its rule."""

from __future__ import annotations

from typing import Any

import pytest
from attrs import evolve

from situation.dates import Interval
from situation.events import ActorId, AreaId, Captured, Event, PlaceId, Quantity, StrengthAssessed
from situation.events.predicates import Holds, HoldsNothingIn, LastPlaceOf, Predicate, ShareRegained
from situation.record.beliefs import belief as beliefs
from situation.record.beliefs.belief import Belief, WeighedQuestion
from situation.record.beliefs.policies import BELIEFS, sampled
from situation.record.beliefs.weights import CREDIBILITY, RELIABILITY, weigh
from situation.testimony.claims import AsOf, Claim, Credibility, Reliability
from tests.unit.small import small_ground
from tests.unit.spoken import SPEAKERS, claim, heard, judged, moment, questions_of, reading, record, span

GROUND = small_ground()
ALWAYS = moment("2020-03-31")


def taken(*by: str) -> Captured:
    return Captured(PlaceId("arlen"), tuple(ActorId(actor) for actor in by))


def weight(told: Claim, known_at: int = ALWAYS) -> float:
    return weigh(told, heard(told), GROUND, known_at).value


def decided(cell: str, *claims: Claim, belief: str = "graded", known_at: str | None = None) -> WeighedQuestion:
    """The one question on a cell, decided."""
    (found,) = [it for it in reading(*claims, belief=belief, known_at=known_at).decided if it.question.cell == cell]
    return found


def answer(found: WeighedQuestion) -> Any:
    return found.accepted.value if found.accepted else None


@pytest.mark.parametrize(
    ("source", "grade", "value"), [("gazette", 1, 1.0), ("courier", 2, 0.6 * 0.8), ("herald", 5, 0.04)]
)
def test_a_weight_is_reliability_times_credibility(source: str, grade: Any, value: float) -> None:
    assert weight(claim("c", taken("north"), source=source, grades=(judged(grade),))) == pytest.approx(value)


def test_what_cannot_be_judged_is_not_the_worst() -> None:
    assert RELIABILITY["E"] < RELIABILITY["D"] < RELIABILITY["F"] < RELIABILITY["C"]
    assert CREDIBILITY[5] < CREDIBILITY[4] < CREDIBILITY[6] < CREDIBILITY[3]
    unjudged = claim("c", taken("north"), source="unjudged", grades=())
    worst = claim("c", taken("north"), source="herald", grades=(judged(5),))
    assert weight(unjudged) == 0.25 > weight(worst)


def test_words_are_as_reliable_as_the_weaker_of_those_they_pass_through() -> None:
    assert weight(claim("c", taken("north"), said_by="gossip")) == RELIABILITY["E"]
    assert weight(claim("c", taken("north"), source="herald", said_by="mayor")) == RELIABILITY["E"]


def test_an_item_is_judged_by_the_latest_grade_that_presumes_nothing_later() -> None:
    told = claim("c", taken("north"), grades=(judged(2, "2020-03-12"), judged(5, "2020-03-20")))
    assert weight(told, moment("2020-03-11")) == CREDIBILITY[6]
    assert weight(told, moment("2020-03-12")) == CREDIBILITY[2]
    assert weight(told, moment("2020-03-20")) == CREDIBILITY[5]


def test_a_source_judged_later_cannot_be_judged_before() -> None:
    told = claim("c", taken("north"), source="herald", said_by="mayor")
    later = Reliability("A", AsOf(moment("2020-03-20")), "")
    known = heard(told)
    known = evolve(known, sources={"herald": evolve(known.sources["herald"], reliability=later)})
    assert weigh(told, known, GROUND, moment("2020-03-19")).value == RELIABILITY["F"]
    assert weigh(told, known, GROUND, moment("2020-03-20")).value == RELIABILITY["B"]


def test_grades_may_be_written_in_any_order() -> None:
    grades = (Credibility(5, AsOf(20), ""), Credibility(2, AsOf(10), ""))
    known = claim("c", taken("north"), grades=grades).credibility_at(30)
    assert known is not None
    assert known.grade == 5


SUITS: dict[str, tuple[Event | Predicate, float]] = {
    "for whom it favours": (taken("north"), 1.0),
    "for a unit of whom it favours": (taken("north-guard"), 1.0),
    "against whom it opposes": (HoldsNothingIn(ActorId("rebels"), AreaId("valley")), 1.0),
    "the last place of whom it opposes": (LastPlaceOf(ActorId("rebels"), (AreaId("arlen"),), None), 1.0),
    "a share regained": (
        ShareRegained(ActorId("north"), ActorId("rebels"), AreaId("valley"), Quantity("percent", low=90)),
        1.0,
    ),
    "for whom it opposes": (taken("rebels"), -1.0),
    "a hold of whom it favours": (Holds(ActorId("north"), AreaId("arlen")), 1.0),
    "for others": (taken("south"), 0.0),
}


@pytest.mark.parametrize("case", SUITS)
def test_a_claim_that_suits_its_voice_counts_half_and_one_against_it_counts_fully(case: str) -> None:
    content, suits = SUITS[case]
    told = claim("c", content, source="partisan")
    graded = weigh(told, heard(told), GROUND, ALWAYS)
    assert graded.lean == suits
    assert graded.value == (0.5 if suits > 0 else 1.0)


def test_a_denial_serves_those_whom_the_event_would_harm() -> None:
    against = Captured(PlaceId("arlen"), (ActorId("rebels"),), against=ActorId("north"))
    told = claim("c", against, source="partisan", denied=True)
    assert weigh(told, heard(told), GROUND, ALWAYS).lean == 1.0


def test_a_number_for_the_surroundings_counts_half() -> None:
    number = Quantity("fighters", best=100)
    told = StrengthAssessed(ActorId("rebels"), AreaId("arlen"), number, "vicinity")
    assert weight(claim("c", told)) == 0.5


CREDIT = "arlen.taken_by"
NORTH, SCOUTS, GUARD = taken("north"), taken("north-scouts"), taken("north-guard")


def test_two_outlets_with_one_wire_are_one_voice() -> None:
    relayed = (
        claim("a", GUARD, source="courier", origin="wire"),
        claim("b", GUARD, source="courier", origin="wire"),
        claim("c", SCOUTS, source="courier", origin="other"),
    )
    assert decided(CREDIT, *relayed).weights == (0.6, 0.6)


def test_independent_voices_add_up() -> None:
    apart = (claim("a", GUARD, source="courier", origin="wire"), claim("b", GUARD, source="courier"))
    found = decided(CREDIT, *apart, claim("c", SCOUTS))
    assert found.weights == (1.2, 1.0)
    assert answer(found) == frozenset({"north-guard"})


def test_voices_of_units_of_one_side_do_not_add_up() -> None:
    """A speaker of its guard and one of its scouts have the word of the North; one of the South adds to it."""
    parties = {"guards": "north-guard", "scout": "north-scouts", "envoy": "south-foot"}
    speakers = {name: evolve(SPEAKERS["mayor"], id=name, party=ActorId(party)) for name, party in parties.items()}

    def weights(*names: str) -> tuple[float, ...]:
        claims = [claim(name, GUARD, said_by=name) for name in (*names, "marshal")]
        whole = record(*claims)
        known = evolve(whole, testimony=evolve(whole.testimony, speakers={**SPEAKERS, **speakers}))
        return next(it.weights for it in known.reading().decided if it.question.cell == CREDIT)

    assert weights("guards", "scout") == (RELIABILITY["B"],)
    assert weights("guards", "envoy") == (2 * RELIABILITY["B"],)


def test_voices_of_one_party_do_not_add_up() -> None:
    party = (
        claim("a", GUARD, said_by="marshal"),
        claim("b", GUARD, said_by="colonel"),
        claim("c", GUARD, origin="north-office"),
    )
    assert decided(CREDIT, *party).weights == (1.0,)
    assert decided(CREDIT, *party[:2]).weights == (RELIABILITY["B"],)


def test_the_best_of_one_voice_counts() -> None:
    told = (claim("a", GUARD, source="herald", origin="wire"), claim("b", GUARD, origin="wire"))
    assert decided(CREDIT, *told).weights == (1.0,)


def test_the_heaviest_answer_is_believed_and_its_rivals_keep_their_weight() -> None:
    found = decided(CREDIT, claim("a", GUARD, source="courier"), claim("b", SCOUTS))
    assert answer(found) == frozenset({"north-scouts"})
    assert found.weights == (0.6, 1.0)


@pytest.mark.parametrize("names", ["ab", "ba"])
def test_between_equal_answers_that_name_actors_no_letters_choose(names: str) -> None:
    found = decided(CREDIT, claim(names[0], SCOUTS), claim(names[1], GUARD))
    assert (found.accepted, {answer.value for answer in found.tied}) == (
        None,
        {frozenset({"north-scouts"}), frozenset({"north-guard"})},
    )
    assert found.tie == "of equal weight, as many voices and known at one time: none is taken"


def test_a_side_is_refined_by_the_unit_that_another_names() -> None:
    found = decided(CREDIT, claim("a", NORTH), claim("b", GUARD, source="herald"))
    assert answer(found) == frozenset({"north-guard"})


def test_a_time_is_narrowed_by_those_that_refine_it() -> None:
    wide = claim("a", GUARD, span("2020-03-01", "2020-03-20"))
    narrow = claim("b", GUARD, span("2020-03-10", "2020-03-12"), source="herald")
    across = claim("c", GUARD, span("2020-02-01", "2020-03-11"), source="herald")
    found = decided("arlen.holder.when", wide, narrow, across)
    assert found.accepted is not None
    assert found.accepted.value == span("2020-03-01", "2020-03-20")
    assert found.span == span("2020-03-10", "2020-03-12")


def test_a_forecast_alone_is_never_believed() -> None:
    early = claim("b", GUARD, span("2020-03-14", "2020-03-16"), kind="forecast")
    told = claim("a", GUARD, span("2020-03-10", "2020-03-12"), source="herald", grades=(judged(5),))
    found = decided("arlen.holder.when", early, told)
    assert found.accepted is not None
    assert found.accepted.value == span("2020-03-10", "2020-03-12")
    assert not [entry for entry in reading(early).log if entry.id.startswith("captured")]


FIRST = claim("a", GUARD, source="herald", said="2020-03-10", grades=())
SECOND = claim("b", SCOUTS, said="2020-03-11", grades=())
LAST = claim("c", NORTH, source="herald", said="2020-03-12", grades=())


def test_the_first_report_stands_against_heavier_later_ones() -> None:
    assert answer(decided(CREDIT, FIRST, SECOND, belief="first-report")) == {"north-guard"}


def test_the_latest_report_stands_against_heavier_earlier_ones() -> None:
    late = claim("d", GUARD, source="herald", said="2020-03-13", grades=())
    assert answer(decided(CREDIT, SECOND, late, belief="latest")) == {"north-guard"}
    assert answer(decided(CREDIT, SECOND, late, belief="graded")) == {"north-scouts"}


def test_an_answer_is_as_early_as_its_first_claim_and_as_late_as_its_last() -> None:
    first = claim("d", GUARD, source="herald", said="2020-03-09", grades=())
    late = claim("e", GUARD, source="herald", said="2020-03-13", grades=())
    assert answer(decided(CREDIT, first, late, SECOND, belief="first-report")) == {"north-guard"}
    assert answer(decided(CREDIT, first, late, SECOND, belief="latest")) == {"north-guard"}


def test_two_voices_are_needed_where_two_are_asked_for() -> None:
    assert answer(decided(CREDIT, SECOND, LAST, belief="two-origins")) is None
    second = claim("d", GUARD, source="courier", grades=())
    found = decided(CREDIT, FIRST, second, SECOND, belief="two-origins")
    assert answer(found) == {"north-guard"}
    assert found.weights[1] == 0.5 > RELIABILITY["E"] * CREDIBILITY[6]


def test_two_outlets_with_one_wire_are_not_two_origins() -> None:
    one = claim("a", GUARD, source="courier", origin="wire")
    other = claim("b", GUARD, source="gazette", origin="wire")
    log = reading(one, other, belief="two-origins").log
    assert [entry.id for entry in log if not entry.id.startswith("opening")] == []


def test_what_only_one_voice_reports_does_not_happen_where_two_are_asked_for() -> None:
    alone = reading(claim("a", GUARD), belief="two-origins")
    assert alone.passed_over == ("captured/arlen/arlen-falls",)
    both = reading(claim("a", GUARD), claim("b", GUARD, source="courier"), belief="two-origins")
    assert both.passed_over == ()


def test_a_heavier_denial_keeps_what_is_denied_out_of_the_log() -> None:
    told, denied = claim("a", GUARD, source="herald"), claim("b", GUARD, denied=True)
    assert reading(told, denied).passed_over == ("captured/arlen/arlen-falls",)
    lighter = reading(claim("a", GUARD), claim("b", GUARD, source="herald", denied=True))
    assert lighter.passed_over == ()
    (entry,) = [entry for entry in lighter.log if entry.id.startswith("captured")]
    assert entry.cause.claims == ("a",)


def test_a_drawn_answer_is_the_same_for_the_same_draw_and_follows_the_weights() -> None:
    told = (claim("a", GUARD), claim("b", SCOUTS, source="courier"))
    (question,) = [it for it in questions_of(*told) if it.cell == CREDIT]
    known = beliefs.Evidence({"a": 1.0, "b": 0.6}, {"a": "a", "b": "b"}, {"a": 0, "b": 0}, GROUND)

    def drawn(mark: float) -> Any:
        policy: Belief = sampled(lambda name: mark)
        return answer(policy(question, known))

    assert [drawn(mark) for mark in (0.01, 0.62)] == [{"north-guard"}] * 2
    assert [drawn(mark) for mark in (0.63, 0.99)] == [{"north-scouts"}] * 2


def test_a_draw_is_asked_for_by_the_question_it_decides() -> None:
    asked: list[str] = []

    def draw(name: str) -> float:
        asked.append(name)
        return 0.5

    told = (claim("a", GUARD),)
    known = beliefs.Evidence({"a": 1.0}, {"a": "a"}, {"a": 0}, GROUND)
    for question in questions_of(*told):
        sampled(draw)(question, known)
    assert asked == [f"arlen.{name} (arlen-falls)" for name in ("holder", "status", "taken_by")]


@pytest.mark.parametrize("belief", BELIEFS)
def test_a_belief_passes_over_no_rival(belief: str) -> None:
    found = decided(CREDIT, FIRST, SECOND, LAST, belief=belief)
    assert {told.id for one in found.question.answers for told in one.claims} == {"a", "b", "c"}
    assert len(found.weights) == 3


def test_intervals_of_two_days_are_weighed_apart() -> None:
    found = decided("arlen.holder.when", claim("a", GUARD, "2020-03-09"), claim("b", GUARD, source="courier"))
    assert found.accepted is not None
    assert isinstance(found.accepted.value, Interval)
    assert found.weights == (1.0, 0.6)
