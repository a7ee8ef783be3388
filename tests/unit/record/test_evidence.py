"""Evidence with dates: who says so of a minute, who speaks of another, who says otherwise, and what was taken back."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from situation.errors import Fault
from situation.events import (
    ActorId,
    AreaId,
    Besieged,
    Captured,
    CiviliansKilled,
    Entered,
    OperationId,
    OperationLaunched,
    PlaceId,
    SiegeBroken,
    in_measure,
)
from situation.events.predicates import (
    PREDICATES,
    BesiegedBy,
    DividedBetween,
    Holds,
    HoldsMostOf,
    HoldsNothingIn,
    LargestPlaceOf,
    LastPlaceOf,
)
from situation.record.answers.state import Lens, state_answer
from situation.record.answers.why import why_answer
from situation.record.beliefs.policies import BELIEF_RULES, BELIEFS
from situation.record.evidence.bearing import BEARINGS
from situation.record.evidence.explanation import SIDES, Why
from situation.record.warnings.doubts import doubts_of
from situation.testimony.claims import Claim
from tests.property.testimonies import claims, taken_back
from tests.unit.small import small_ground
from tests.unit.spoken import claim, day, record, retraction, span

NORTH, SOUTH, REBELS = ActorId("north"), ActorId("south"), ActorId("rebels")
DELL = PlaceId("dell")


def took(by: str, place: str = "dell") -> Captured:
    return Captured(PlaceId(place), (ActorId(by),))


def told(name: str, content: Any, when: Any, episode: str = "dell-falls", **said: Any) -> Claim:
    """A claim of one day of March, or of several."""
    return claim(
        name, content, span(*map(day, when)) if isinstance(when, tuple) else day(when), episode=episode, **said
    )


def why(number: int, *claims: Claim, cell: str = "dell.holder", **lens: Any) -> Why:
    return record(*claims).why(cell, day(number), **lens)


def sides(found: Why) -> dict[str, set[str]]:
    """The claims by group, without the empty groups."""
    return {group: {voice.claim.id for voice in voices} for group, voices in found.groups if voices}


FALL = told("fall", took("north"), 10)


def test_that_a_town_fell_on_the_20th_says_nothing_for_its_holder_on_the_17th() -> None:
    late = told("late", took("north"), 20, source="herald")
    found = why(17, FALL, late)
    assert (found.value, sides(found)) == ("north", {"for": {"fall"}, "other_times": {"late"}})
    assert sides(why(20, FALL, late)) == {"for": {"fall", "late"}}


def test_before_it_fell_the_claims_of_its_fall_speak_of_another_time() -> None:
    found = why(5, FALL)
    assert (found.value, sides(found), found.only_opening) == ("rebels", {"other_times": {"fall"}}, True)
    assert "No claim speaks of this time; only the opening does" in str(found)


def test_a_rival_date_that_has_come_says_otherwise_until_the_accepted_one_comes() -> None:
    early = told("early", took("north"), 8, source="herald")
    assert sides(why(7, FALL, early)) == {"other_times": {"fall", "early"}}
    assert sides(why(9, FALL, early)) == {"other_times": {"fall"}, "against": {"early"}}
    assert sides(why(17, FALL, early)) == {"for": {"fall", "early"}}


def test_what_was_overtaken_speaks_of_another_time_and_a_rival_by_then_says_otherwise() -> None:
    back = told("back", took("south"), 15, "dell-again")
    rival = told("rival", took("rebels"), 10, source="herald")
    assert sides(why(12, FALL, back, rival)) == {"for": {"fall"}, "other_times": {"back"}, "against": {"rival"}}
    assert sides(why(17, FALL, back, rival)) == {"for": {"back"}, "other_times": {"fall", "rival"}}


def test_what_confirms_the_value_later_says_so_from_then_on() -> None:
    again = told("again", took("north"), 14, "another-report")
    assert sides(why(12, FALL, again)) == {"for": {"fall"}, "other_times": {"again"}}
    assert sides(why(16, FALL, again)) == {"for": {"fall", "again"}}


def test_a_denial_speaks_of_its_day_and_of_what_it_denies() -> None:
    denied = told("denied", took("north"), 10, source="herald", denied=True)
    assert sides(why(12, FALL, denied)) == {"for": {"fall"}, "against": {"denied"}}
    assert sides(why(8, FALL, denied)) == {"other_times": {"fall", "denied"}}
    alone = why(10, denied)
    assert (alone.value, sides(alone)) == ("rebels", {"for": {"denied"}})
    assert sides(why(12, denied)) == {"other_times": {"denied"}}
    rumour = told("rumour", took("north"), 10, source="herald")
    refuted = told("refuted", took("north"), 10, source="gazette", denied=True)
    assert sides(why(12, rumour, refuted)) == {"for": {"refuted"}, "against": {"rumour"}}
    assert sides(why(9, rumour, refuted)) == {"other_times": {"rumour", "refuted"}}


def test_who_denies_that_a_side_did_it_denies_that_its_unit_did() -> None:
    """A paper names a unit of the North; the North's spokesman says that nobody of the North did it."""
    told_of = told("unit", CiviliansKilled(DELL, (ActorId("north-guard"),)), 10)
    cell = "dell.civilians_killed_by"
    for by, denies in (("north", True), ("north-guard", True), ("south", False)):
        denial = told("no", CiviliansKilled(DELL, (ActorId(by),)), 10, denied=True, source="partisan")
        groups = sides(why(12, told_of, denial, cell=cell))
        assert groups["for"] == {"unit"}
        assert ("no" in groups.get("against", ())) == denies


def test_a_siege_that_is_not_believed_says_otherwise_of_a_place_that_is_held_and_its_denial_says_so() -> None:
    siege = told("siege", Besieged(DELL, (NORTH,)), 10, source="partisan")
    denial = told("no", Besieged(DELL, (NORTH,)), 10, denied=True)
    found = why(12, siege, denial, cell="dell.status")
    assert found.value == "held"
    assert (sides(found)["for"], sides(found)["against"]) == ({"no"}, {"siege"})


def test_who_says_that_it_will_fall_says_that_it_has_not_fallen_yet() -> None:
    early = told("early", took("north"), 9)
    soon = told("soon", took("north"), (14, 20), source="courier", said=day(12), kind="forecast")
    assert sides(why(11, early, soon)) == {"for": {"early"}, "against": {"soon"}}
    assert sides(why(13, early, soon)) == {"for": {"early"}, "other_times": {"soon"}}
    against = Captured(DELL, (NORTH,), REBELS)
    alone = told("alone", against, (14, 20), source="courier", said=day(12), kind="forecast")
    assert sides(why(12, alone)) == {"for": {"alone"}}
    assert sides(why(13, alone)) == {"other_times": {"alone"}}


def test_a_statement_that_held_at_another_moment_of_its_time_does_not_say_otherwise_of_this_one() -> None:
    held = told("held", Holds(REBELS, AreaId("dell")), (2, 11))
    wrong = told("wrong", Holds(SOUTH, AreaId("dell")), (2, 11))
    assert sides(why(11, FALL, held, wrong)) == {"for": {"fall"}, "other_times": {"held"}, "against": {"wrong"}}
    assert sides(why(5, FALL, held, wrong)) == {"for": {"held"}, "other_times": {"fall"}, "against": {"wrong"}}
    assert sides(why(14, FALL, held, wrong)) == {"for": {"fall"}, "other_times": {"held", "wrong"}}


def test_a_past_siege_does_not_stand_against_the_end_of_it() -> None:
    broken = claim("broken", SiegeBroken(PlaceId("corve"), (SOUTH,)), day(5), episode="relief")
    rung = claim("rung", BesiegedBy(REBELS, PlaceId("corve")), span(day(1), day(8)), episode="siege")
    assert sides(why(7, broken, rung, cell="corve.status")) == {"for": {"broken"}, "other_times": {"rung"}}
    assert sides(why(3, broken, rung, cell="corve.status")) == {"for": {"rung"}, "other_times": {"broken"}}


def test_nobody_bears_witness_to_what_came_after_they_spoke() -> None:
    open_end = told("open", HoldsNothingIn(NORTH, AreaId("dell")), (1, 31), source="courier")
    assert sides(why(12, open_end)) == {"for": {"open"}}
    assert sides(why(13, open_end)) == {"other_times": {"open"}}


def test_the_last_place_is_held_until_it_fell_and_others_are_not() -> None:
    last = told("last", LastPlaceOf(REBELS, (AreaId("dell"),), AreaId("valley")), 11)
    assert sides(why(11, FALL, last)) == {"for": {"fall"}, "other_times": {"last"}}
    assert sides(why(11, FALL, last, cell="arlen.holder")) == {"against": {"last"}}
    elsewhere = told("last", LastPlaceOf(SOUTH, (AreaId("dell"),), AreaId("valley")), 11)
    assert sides(why(11, FALL, elsewhere)) == {"for": {"fall"}, "against": {"last"}}


def test_most_of_a_region_says_nothing_of_any_one_place_in_it() -> None:
    region = told("region", HoldsMostOf(NORTH, AreaId("valley")), 11)
    place = told("place", HoldsMostOf(NORTH, AreaId("dell")), 11)
    assert sides(why(11, FALL, region, place)) == {"for": {"fall", "place"}}


def test_a_statement_denied_is_turned_round() -> None:
    denied = told("denied", Holds(REBELS, AreaId("dell")), 11, denied=True)
    assert sides(why(11, FALL, denied)) == {"for": {"fall", "denied"}}
    assert sides(why(11, denied)) == {"against": {"denied"}}


STATED = [
    Holds(NORTH, DELL),
    Holds(NORTH, AreaId("lowlands")),
    HoldsMostOf(NORTH, DELL),
    HoldsNothingIn(SOUTH, AreaId("lowlands")),
    LargestPlaceOf(NORTH, DELL, AreaId("lowlands")),
    BesiegedBy(NORTH, DELL),
    DividedBetween((NORTH, SOUTH), DELL),
]


@pytest.mark.parametrize("denied", [False, True], ids=["said", "denied"])
@pytest.mark.parametrize("stated", STATED, ids=lambda it: type(it).__name__)
def test_what_is_stated_of_a_minute_at_which_nobody_knows_the_holder_is_among_the_evidence(
    stated: Any, denied: bool
) -> None:
    unknown = told("unknown", Captured(DELL), 10)
    statement = told("stated", stated, 12, episode="", denied=denied, source="herald")
    found = why(12, unknown, statement, cell="dell.status")
    assert found.value == "unknown"
    assert sides(found) == {"for": {"unknown"}, "against": {"stated"}}


def test_every_predicate_says_how_it_bears_on_a_place() -> None:
    assert set(BEARINGS) == set(PREDICATES.values())


def test_what_was_taken_back_is_told_with_when_and_by_which_claim() -> None:
    back = retraction("back", "fall", source="gazette", said=day(12))
    found = why(17, FALL, back)
    assert (found.value, sides(found)) == ("rebels", {})
    ((one),) = found.retracted
    assert (one.claim.id, one.by.id, small_ground().clock.day(one.at)) == ("fall", "back", day(12))
    assert why(17, FALL, back, known_at=day(11)).retracted == ()
    assert why(17, FALL, back, cell="arlen.holder").retracted == ()
    unsaid = why(17, FALL, back, retraction("again", "back", said=day(13)))
    assert (unsaid.value, unsaid.retracted) == ("north", ())


def test_what_nobody_said_is_told_plainly() -> None:
    found = why(17, FALL, cell="dell.besieger")
    assert (found.value, found.entry, sides(found)) == (None, None, {})
    assert "No claim and no opening speaks of this time." in str(found)
    rung = claim("rung", Besieged(DELL, (SOUTH,)), day(20), episode="siege")
    assert sides(why(17, FALL, rung, cell="dell.besieger")) == {"other_times": {"rung"}}


def test_whether_it_happened_can_be_asked_by_kind_and_place() -> None:
    denied = told("denied", took("north"), 10, source="herald", denied=True)
    found = why(17, FALL, denied, cell="captured/dell.occurred")
    assert (found.value, sides(found)) == (True, {"for": {"fall"}, "against": {"denied"}})
    assert found.decided is not None
    assert found.decided.weights == (1.0, 0.2)


def test_whether_it_happened_can_be_asked_where_nobody_denies_it() -> None:
    answer = why(17, FALL, cell="captured/dell.occurred")
    assert (answer.value, sides(answer)) == (True, {"for": {"fall"}})
    assert why(17, FALL, cell="captured/dell.occurred", belief="two-origins").value is None


def test_whether_it_happened_can_be_asked_where_every_claim_of_it_was_taken_back() -> None:
    answer = why(17, FALL, retraction("back", "fall", source="gazette", said=day(12)), cell="captured/dell.occurred")
    assert (answer.value, answer.entry, sides(answer)) == (None, None, {})
    assert [one.claim.id for one in answer.retracted] == ["fall"]


def test_one_question_of_several_on_a_cell_is_asked_by_its_episode() -> None:
    back = told("back", took("south"), 15, "dell-again")
    assert why(17, FALL, back, cell="dell.holder (dell-falls)").value == "north"
    assert sides(why(17, FALL, back, cell="Dell.holder (dell-again)")) == {"for": {"back"}}
    assert why(17, FALL, back, cell="dell.holder.when").value == span(day(15))
    assert why(9, FALL, back, cell="dell.holder.when").value == span(day(10))


def test_a_near_miss_of_a_question_is_offered() -> None:
    denied = told("denied", took("north"), 10, source="herald", denied=True)
    with pytest.raises(Fault, match=r"Did you mean 'captured/dell/dell-falls\.occurred'\?"):
        why(17, FALL, denied, cell="captured/del/dell-falls.occurred")


def test_the_rule_that_decided_is_told_with_the_weights() -> None:
    rival = told("rival", took("rebels"), 10, source="herald")
    found = why(12, FALL, rival)
    assert found.rule == (
        "belief graded: the answer with the greatest weight, to which each independent voice adds its best reliability × "
        "credibility × lean. Weights: the North 1.00 (accepted); the rebels 0.20"
    )
    assert why(5, FALL, rival).rule == ""


def test_every_belief_has_a_rule_in_words() -> None:
    assert set(BELIEF_RULES) == set(BELIEFS)


def _cells(answer: dict[str, Any]) -> set[str]:
    """Every cell that `state` shows, be its value null."""
    shown = ("holder", "status", "parts", "besieger", "declared_by", "taken_by")
    return {
        *(f"{place}.{attribute}" for place in answer["places"] for attribute in shown),
        *(in_measure(f"{force['actor']}@{force['place']}.strength", force["unit"]) for force in answer["forces"]),
        *(f"{relation['from']}:{relation['to']}.stance" for relation in answer["relations"]),
        *(f"{it['id']}.{name}" for it in answer["operations"] for name in ("by", "phase", "targets", "launched")),
    }


@given(claims(), st.sampled_from(sorted(BELIEFS)), st.integers(1, 31))
def test_every_cell_of_the_state_and_every_question_in_dispute_can_be_asked_why(
    said: tuple[Claim, ...], belief: str, number: int
) -> None:
    full = record(*said)
    asked = _cells(state_answer(full, day(number), Lens(belief=belief)))
    disputes = full.disputes(belief=belief).disputes
    for cell in sorted(asked | {it.cell for it in disputes} | {it.question for it in disputes}):
        found = full.why(cell, day(number), belief=belief)
        names = [voice.claim.id for _, voices in found.groups for voice in voices]
        assert len(names) == len(set(names))
        assert str(found)
        if cell not in asked:
            assert names


@given(taken_back(), st.integers(1, 31), st.randoms(use_true_random=False))
def test_the_order_of_the_claims_changes_no_evidence(
    said: tuple[tuple[Claim, ...], tuple[Claim, ...]], number: int, random: Any
) -> None:
    every = [*said[0], *said[1]]
    shuffled = list(every)
    random.shuffle(shuffled)
    one, other = record(*every), record(*shuffled)
    for place in ("arlen", "corve", "dell"):
        answers = [str(it.why(f"{place}.holder", day(number))) for it in (one, other)]
        assert answers[0] == answers[1]
        gone = {it.claim.id for it in one.why(f"{place}.holder", day(number)).retracted}
        assert not gone & set(one.reading().claims)


def test_every_claim_that_was_weighed_over_an_order_is_among_the_evidence() -> None:
    """Who took the town from one, and who entered it against another that day: not both can be."""
    entered = told("entered", Entered(DELL, (SOUTH,), NORTH), 10, episode="one", source="unjudged", grades=())
    taken = told("taken", Captured(DELL, (SOUTH,), REBELS), 10, episode="two")
    found = why(10, taken, entered)
    assert found.decided is not None
    weighed = {claim.id for answer in found.decided.question.answers for claim in answer.claims}
    assert weighed == {"entered", "taken"}
    assert sides(found) == {"for": {"taken"}, "against": {"entered"}}
    assert "against" not in sides(why(10, taken, entered, cell="dell.taken_by"))


def test_the_groups_have_words() -> None:
    assert list(SIDES) == ["for", "other_times", "against"]


def test_the_minute_of_a_launch_is_told_as_its_day_beside_the_question_of_when() -> None:
    launched = claim("a", OperationLaunched(OperationId("spring-push"), (NORTH,), REBELS), day(10), episode="")
    whole = record(launched)
    explained = whole.why("spring-push.launched", day(12))
    assert str(explained).startswith("the Spring Push, launched: 2020-03-10")
    assert why_answer(explained, whole)["value"] == "2020-03-10"
    assert "Weights: the Spring Push, when it began: 10 Mar 2020" in explained.rule


def test_who_took_a_place_is_asked_for_where_its_holder_was_known_and_is_not_any_more() -> None:
    nameless = claim("b", Captured(DELL), day(12), source="courier", episode="")
    whole = record(claim("a", Captured(DELL, (NORTH,), REBELS), day(11), episode=""), nameless)
    (doubt,) = doubts_of(whole)
    assert doubt.fact == "It is not said to whom Dell fell, so nobody is known to hold it from then on."
    assert doubt.advice == "Name the takers under 'by', or join it under 'same' with what tells of the same (a)."
    assert whole.why("dell.holder", day(13)).silence == "No claim says who took it, so nobody is known to hold it."
    ringed = record(claim("a", Besieged(DELL, (NORTH,), REBELS), day(10)), claim("b", Captured(DELL), day(12)))
    (doubt,) = doubts_of(ringed)
    assert doubt.advice == "Name the takers under 'by' (the North ringed it until then)."
