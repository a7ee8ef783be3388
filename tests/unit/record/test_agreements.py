"""Ceasefires and peace: what they bind, what breaks them, and what ends them."""

from __future__ import annotations

import io
from itertools import pairwise
from pathlib import Path

import pytest
from attrs import evolve
from rich.console import Console

from situation.ensemble.examples import Example
from situation.events import (
    ActorId,
    ActorsMerged,
    AgreementEnded,
    AgreementLapsed,
    AreaId,
    Attacked,
    Captured,
    CeasefireAgreed,
    CeasefireBegan,
    CiviliansKilled,
    Day,
    Event,
    OperationId,
    OperationLaunched,
    PeaceSigned,
    PlaceId,
    RelationReported,
    Stance,
    StanceChanged,
)
from situation.events.agreements import STANCE_UNDER, AgreementKind
from situation.log.entry import Ruled
from situation.log.fold import breaches
from situation.log.record_words import sentence
from situation.log.story_words import event_in_words
from situation.log.terms import repeated_beginnings
from situation.page.payload import replay_payload
from situation.page.story_reading import story_reading
from situation.record.answers.state import Lens, disputes_answer, entry_answer, state_answer
from situation.record.answers.timeline import timeline
from situation.record.record import Record
from situation.scenario.parts import Given
from situation.story.stage import stage_of
from situation.story.story import tell
from situation.testimony.codec import plain
from tests.unit.constructed import Valley, the
from tests.unit.small import Small, small_ground
from tests.unit.spoken import claim, day, moment, record

GROUND = small_ground()
NORTH, SOUTH, REBELS = ActorId("north"), ActorId("south"), ActorId("rebels")
GUARD, SCOUTS = ActorId("north-guard"), ActorId("north-scouts")
ARLEN, DELL, CORVE = PlaceId("arlen"), PlaceId("dell"), PlaceId("corve")
TRUCE = CeasefireAgreed(NORTH, REBELS)


def told(*events: Event) -> Record:
    """A record of events one day after another, from 5 March on; each is known."""
    return record(
        *(
            claim(f"c{number}", event, day(5 + number), said=day(13), source="herald", episode=f"e{number}")
            for number, event in enumerate(events)
        )
    )


def agreement(whole: Record, at: str | None = None) -> tuple[str, bool, list[str]]:
    (row,) = state_answer(whole, at, Lens())["agreements"]
    return row["standing"], row["violated"], row["violated_by"]


def stance(whole: Record, at: str | None = None) -> str:
    return str(whole.state(at).get("north:rebels", "stance"))


BINDS = [
    (TRUCE, Attacked(ARLEN, (NORTH,), REBELS), ["north"]),
    (TRUCE, Attacked(ARLEN, (GUARD,), REBELS), ["north-guard"]),
    (TRUCE, Attacked(None, (REBELS,), NORTH), ["rebels"]),
    (TRUCE, Attacked(ARLEN, between=(REBELS, NORTH)), []),
    (TRUCE, Captured(DELL, (NORTH,)), ["north"]),
    (CeasefireAgreed(GUARD, REBELS), Attacked(ARLEN, (GUARD,), REBELS), ["north-guard"]),
    (CeasefireAgreed(between=(SOUTH, NORTH, REBELS)), Attacked(ARLEN, (REBELS,), NORTH), ["rebels"]),
    (CeasefireAgreed(NORTH, REBELS, scope=(AreaId("lowlands"),)), Attacked(DELL, (NORTH,), REBELS), ["north"]),
    (
        CeasefireAgreed(NORTH, REBELS, scope=(AreaId("valley"),)),
        Attacked(AreaId("lowlands"), (NORTH,), REBELS),
        ["north"],
    ),
    (CeasefireAgreed(NORTH, REBELS, until=Day(day(6))), Attacked(ARLEN, (NORTH,), REBELS), ["north"]),
    (PeaceSigned((NORTH, REBELS)), Attacked(ARLEN, (NORTH,), REBELS), ["north"]),
]


@pytest.mark.parametrize(("agreed", "act", "by"), BINDS)
def test_an_act_of_war_between_parties_breaks_what_they_agreed_and_leaves_the_stance(
    agreed: Event, act: Event, by: list[str]
) -> None:
    whole = told(agreed, act)
    rows = state_answer(whole, None, Lens())["agreements"]
    (broken,) = [row for row in rows if row["violated"]]
    assert (broken["violated_by"], broken["violated_because"]) == (by, ["c1"])
    assert stance(whole, day(6)) == ("neutral" if isinstance(agreed, PeaceSigned) else "deconflicted")
    assert [len(pairs) for pairs in breaches(whole.log(), whole.ground).values()] == [1]


@pytest.mark.parametrize(("fight", "because"), [((1,), ["c1"]), ((3,), ["c3"]), ((1, 3), ["c1", "c3"]), ((), [])])
def test_the_agreement_in_force_is_shown_until_the_next_begins_with_its_breaches(
    fight: tuple[int, ...], because: list[str]
) -> None:
    """A truce of the fifth, and another made on the seventh that begins on the tenth."""
    acts: dict[int, Event] = {0: TRUCE, 2: CeasefireAgreed(NORTH, REBELS, since=Day(day(10)))}
    acts |= {number: Attacked(ARLEN, (NORTH,), REBELS) for number in fight}
    whole = record(
        *(
            claim(f"c{number}", act, day(5 + number), said=day(13), source="herald", episode=f"e{number}")
            for number, act in sorted(acts.items())
        )
    )
    now, coming = state_answer(whole, day(9), Lens())["agreements"]
    assert (now["standing"], now["because"], now["violated_because"]) == ("in force", ["c0"], because)
    assert now["violated_by"] == (["north"] if fight else [])
    assert (coming["standing"], coming["because"], coming["violated"]) == ("not yet", ["c2"], False)
    (begun,) = state_answer(whole, day(11), Lens())["agreements"]
    assert (begun["standing"], begun["violated"], begun["violated_by"]) == ("in force", False, [])


FREE = [
    (TRUCE, Attacked(ARLEN, (SOUTH,), REBELS)),
    (TRUCE, Attacked(ARLEN, (), REBELS)),
    (TRUCE, CiviliansKilled(ARLEN, (NORTH,))),
    (CeasefireAgreed(GUARD, REBELS), Attacked(ARLEN, (SCOUTS,), REBELS)),
    (CeasefireAgreed(NORTH, REBELS, scope=(AreaId("lowlands"),)), Attacked(ARLEN, (NORTH,), REBELS)),
    (CeasefireAgreed(NORTH, REBELS, scope=(AreaId("lowlands"),)), Attacked(None, (NORTH,), REBELS)),
    (CeasefireAgreed(NORTH, REBELS, scope=(DELL,)), Attacked(AreaId("lowlands"), (NORTH,), REBELS)),
    (CeasefireAgreed(NORTH, REBELS, until=Day(day(5))), Attacked(ARLEN, (NORTH,), REBELS)),
    (CeasefireAgreed(NORTH, REBELS, since=Day(day(7))), Attacked(ARLEN, (NORTH,), REBELS)),
]


@pytest.mark.parametrize(("agreed", "act"), FREE)
def test_what_third_parties_do_or_what_is_done_elsewhere_or_at_other_times_breaks_nothing(
    agreed: Event, act: Event
) -> None:
    whole = told(agreed, act)
    assert not agreement(whole)[1]
    assert breaches(whole.log(), whole.ground) == {}
    assert any(entry.event == act for entry in whole.log())  # shown all the same


def test_an_agreement_stands_until_its_term_and_not_before_its_first_day() -> None:
    whole = told(CeasefireAgreed(NORTH, REBELS, since=Day(day(7)), until=Day(day(9))))
    standing = [agreement(whole, day(number))[0] for number in (6, 7, 9, 10)]
    assert standing == ["not yet", "in force", "in force", "lapsed"]


@pytest.mark.parametrize(("merged", "then"), [(11, "lapsed"), (8, "ended")])
def test_an_agreement_that_lapsed_before_a_party_merged_stays_lapsed_and_else_ended_with_it(
    merged: int, then: str
) -> None:
    whole = record(
        claim("truce", CeasefireAgreed(NORTH, REBELS, until=Day(day(9))), day(5), said=day(13), episode="truce"),
        claim("merger", ActorsMerged((REBELS,), SOUTH), day(merged), said=day(13), episode="merger"),
    )
    assert [agreement(whole, day(number))[0] for number in (6, 10, 12)] == ["in force", then, then]


def test_how_two_stand_turns_on_the_first_day_of_a_ceasefire_and_not_when_it_is_signed() -> None:
    whole = told(RelationReported(NORTH, REBELS, "hostile"), CeasefireAgreed(NORTH, REBELS, since=Day(day(8))))
    stances = [whole.state(day(number)).get("north:rebels", "stance") for number in (6, 7, 8, 9)]
    assert stances == ["hostile", "hostile", "deconflicted", "deconflicted"]
    texts = [f"{GROUND.clock.spoken(entry.span)}: {event_in_words(entry.event, GROUND)}" for entry in whole.log()]
    assert [text for text in texts if "ceasefire" in text] == [
        "6 Mar 2020: The North and the rebels agreed on a ceasefire, from 8 Mar 2020",
        "8 Mar 2020: The ceasefire of the North and the rebels began",
    ]
    early, late = (whole.why("north:rebels.stance", day(number)) for number in (7, 9))
    assert [voice.claim.id for voice in early.other_times] == ["c1"]
    assert not early.opposing
    assert [voice.claim.id for voice in late.supporting] == ["c1"]


@pytest.mark.parametrize(
    "between",
    [
        AgreementEnded((REBELS,), NORTH),
        CeasefireAgreed(NORTH, REBELS, since=Day(day(12))),
    ],
)
def test_a_ceasefire_that_ended_or_was_replaced_before_its_first_day_never_begins(between: Event) -> None:
    whole = told(RelationReported(NORTH, REBELS, "hostile"), CeasefireAgreed(NORTH, REBELS, since=Day(day(9))), between)
    assert whole.state(day(10)).get("north:rebels", "stance") == "hostile"


@pytest.mark.parametrize("before", ["hostile", "neutral", "deconflicted", None])
def test_after_the_term_of_a_ceasefire_each_stands_to_the_other_as_before_it(before: Stance | None) -> None:
    earlier = [RelationReported(NORTH, REBELS, before)] if before else [Attacked(ARLEN, (SOUTH,), REBELS)]
    whole = told(*earlier, CeasefireAgreed(NORTH, REBELS, until=Day(day(9))))
    assert [stance(whole, day(number)) for number in (6, 9, 10)] == ["deconflicted"] * 2 + [before or "hostile"]
    assert whole.state().get("rebels:north", "stance") == "hostile"
    (lapsed,) = [entry for entry in whole.log() if isinstance(entry.event, AgreementLapsed)]
    assert (GROUND.clock.spoken(lapsed.span), event_in_words(lapsed.event, GROUND)) == (
        "10 Mar 2020",
        "The ceasefire of the North and the rebels lapsed",
    )
    if before == "hostile":
        assert not whole.why("north:rebels.stance", day(10)).opposing


@pytest.mark.parametrize(
    ("between", "then"),
    [
        (CeasefireAgreed(NORTH, REBELS, until=Day(day(12))), ["deconflicted", "hostile"]),
        (CeasefireAgreed(NORTH, REBELS, since=Day(day(12))), ["hostile", "deconflicted"]),
        (CeasefireAgreed(NORTH, REBELS), ["deconflicted", "deconflicted"]),
        (PeaceSigned((NORTH, REBELS)), ["neutral", "neutral"]),
        (StanceChanged(NORTH, REBELS, "allied"), ["allied", "allied"]),
        (AgreementEnded((NORTH,), REBELS), ["hostile", "hostile"]),
    ],
)
def test_a_term_ends_nothing_that_came_after_the_ceasefire(between: Event, then: list[str]) -> None:
    whole = told(RelationReported(NORTH, REBELS, "hostile"), CeasefireAgreed(NORTH, REBELS, until=Day(day(9))), between)
    assert [stance(whole, day(number)) for number in (10, 13)] == then


def test_a_ceasefire_that_begins_later_lapses_too_and_one_that_was_over_when_agreed_changes_nothing() -> None:
    later = CeasefireAgreed(NORTH, REBELS, since=Day(day(8)), until=Day(day(9)))
    whole = told(RelationReported(NORTH, REBELS, "neutral"), later)
    assert [stance(whole, day(number)) for number in (7, 8, 10)] == ["neutral", "deconflicted", "neutral"]
    over = told(RelationReported(NORTH, REBELS, "neutral"), CeasefireAgreed(NORTH, REBELS, until=Day(day(4))))
    assert [stance(over, day(number)) for number in (6, 10)] == ["neutral", "neutral"]


def test_a_ceasefire_with_a_term_lapses_in_a_story_too(plan: Valley) -> None:
    event = CeasefireAgreed(NORTH, REBELS, until=Day("2020-03-20"))
    signed = Given(event=event, at="2020-03-15", when=())
    story = tell(stage_of(evolve(plan[0], given={"truce": signed}), plan[1]), 3)
    stances = [story.state(moment(f"2020-03-{number}")).get("north:rebels", "stance") for number in (14, 18, 20, 21)]
    assert stances == ["hostile", "deconflicted", "deconflicted", "hostile"]
    (lapsed,) = the(story, AgreementLapsed)
    assert isinstance(lapsed.cause, Ruled)
    assert lapsed.cause.parents == (story.state(moment("2020-03-18")).because["north:rebels.agreement"].id,)


@pytest.mark.parametrize(
    ("since", "stances"),
    [
        ("2020-03-19", ["deconflicted", "deconflicted", "deconflicted", "deconflicted", "hostile"]),
        ("2020-03-24", ["deconflicted", "deconflicted", "hostile", "deconflicted", "hostile"]),
    ],
)
def test_a_second_ceasefire_signed_before_the_first_is_over_leaves_the_first_its_term(
    plan: Valley, since: str, stances: list[str]
) -> None:
    first = CeasefireAgreed(NORTH, REBELS, until=Day("2020-03-20"))
    second = CeasefireAgreed(NORTH, REBELS, since=Day(since), until=Day("2020-03-26"))
    signed = {
        "one": Given(event=first, at="2020-03-15", when=()),
        "other": Given(event=second, at="2020-03-17", when=()),
    }
    story = tell(stage_of(evolve(plan[0], given=signed), plan[1]), 3)
    days = [story.state(moment(f"2020-03-{number}")).get("north:rebels", "stance") for number in (16, 20, 22, 25, 28)]
    assert days == stances
    terms = [
        entry.event.agreed.until for entry in the(story, AgreementLapsed) if isinstance(entry.event, AgreementLapsed)
    ]
    assert terms == (["2020-03-26"] if since < "2020-03-20" else ["2020-03-20", "2020-03-26"])
    assert not story.state().get("north:rebels", "agreements_beside")


def test_a_breach_of_the_first_ceasefire_is_one_though_a_second_is_signed_that_begins_later() -> None:
    signed = (CeasefireAgreed(NORTH, REBELS, until=Day(day(9))), CeasefireAgreed(NORTH, REBELS, since=Day(day(10))))
    whole = told(*signed, Attacked(ARLEN, (NORTH,), REBELS))
    assert list(breaches(whole.log(), whole.ground).values()) == [("north:rebels",)]


LOCAL = (
    CeasefireAgreed(NORTH, REBELS, scope=(AreaId(ARLEN),), until=Day(day(28))),
    CeasefireAgreed(NORTH, REBELS, scope=(AreaId(DELL),), until=Day(day(9))),
)
"""Of Arlen, until the 28th; and of Dell, made a day later, until the ninth."""


@pytest.mark.parametrize("order", [LOCAL, LOCAL[::-1]])
def test_truces_of_two_places_stand_side_by_side_each_with_its_breaches_and_its_end(
    order: tuple[CeasefireAgreed, ...],
) -> None:
    whole = told(RelationReported(NORTH, REBELS, "hostile"), *order, Attacked(ARLEN, (NORTH,), REBELS))
    rows = {tuple(row["scope"]): row for row in state_answer(whole, day(8), Lens())["agreements"]}
    assert [rows[place,]["standing"] for place in (ARLEN, DELL)] == ["in force", "in force"]
    assert [rows[place,]["violated"] for place in (ARLEN, DELL)] == [True, False]
    assert rows[ARLEN,]["violated_by"] == ["north"]
    assert rows[ARLEN,]["violated_because"] and rows[ARLEN,]["because"] != rows[DELL,]["because"]
    assert not rows[DELL,]["violated_because"]
    assert [stance(whole, day(number)) for number in (8, 10, 28, 29)] == [*["deconflicted"] * 3, "hostile"]


@pytest.mark.parametrize("second", [6, 7])
def test_reports_of_truces_of_two_places_are_not_one_event(second: int) -> None:
    sources = (("herald", day(6)), ("courier", day(second)))
    claims = (claim(source, it, at, source=source, episode="") for it, (source, at) in zip(LOCAL, sources, strict=True))
    whole = record(*claims)
    rows = sorted(state_answer(whole, day(8), Lens())["agreements"], key=lambda row: row["scope"])
    assert [(row["scope"], row["because"]) for row in rows] == [([ARLEN], ["herald"]), ([DELL], ["courier"])]
    assert not disputes_answer(whole, Lens())["disputes"]


def test_three_truces_are_shown_on_every_door_and_each_breach_is_of_its_own(tmp_path: Path) -> None:
    places = (ARLEN, DELL, CORVE)
    truces = [CeasefireAgreed(NORTH, REBELS, scope=(AreaId(it),), until=Day(day(28))) for it in places]
    attacks = [Attacked(PlaceId(it), (NORTH,), REBELS) for it in (ARLEN, DELL, ARLEN)]
    whole = told(*truces, *attacks)
    rows = {row["scope"][0]: row for row in state_answer(whole, day(12), Lens())["agreements"]}
    assert [len(rows[it]["violated_because"]) for it in places] == [2, 1, 0]
    assert not {*rows[ARLEN]["violated_because"]} & {*rows[DELL]["violated_because"]}
    words = str(whole.why("north:rebels.agreements_beside", day(12)))
    assert all(whole.ground.name(it) in words for it in places[:2])
    assert len(plain(whole.state(day(12)).cells["north:rebels.agreements_beside"])) == 2
    identity = {"digest": "", "versions": {"situation": ""}}
    assert replay_payload(evolve(whole, folder=tmp_path), whole.minute(None), Lens(), identity)["readings"]


def test_an_agreement_that_had_lapsed_does_not_end_with_a_later_word() -> None:
    truce, end = CeasefireAgreed(NORTH, REBELS, until=Day(day(6))), AgreementEnded((REBELS,), NORTH)
    for events, standing in (((truce, end), "ended"), ((truce, Attacked(DELL, (SOUTH,)), end), "lapsed")):
        (row,) = state_answer(told(*events), day(9), Lens())["agreements"]
        assert row["standing"] == standing


def test_a_truce_that_was_ended_before_its_first_day_does_not_begin_in_a_story(plan: Valley) -> None:
    truce = Given(event=CeasefireAgreed(NORTH, REBELS, since=Day("2020-03-20")), at="2020-03-15", when=())
    ended = Given(event=StanceChanged(NORTH, REBELS, "hostile"), at="2020-03-17", when=())
    friends = Given(event=StanceChanged(NORTH, REBELS, "neutral"), at="2020-03-16", when=())
    given = {"truce": truce, "calm": friends, "war": ended}
    story = tell(stage_of(evolve(plan[0], given=given), plan[1]), 3)
    assert not [*the(story, CeasefireBegan)]


def test_a_truce_of_all_places_takes_the_place_of_those_of_some() -> None:
    whole = told(*LOCAL, CeasefireAgreed(NORTH, REBELS))
    (row,) = state_answer(whole, day(9), Lens())["agreements"]
    assert row["scope"] == [] and row["standing"] == "in force"


@pytest.mark.parametrize("count", [3, 9])
def test_many_truces_hold_at_once_in_a_story_begin_lapse_and_are_broken_each_for_itself(
    plan: Valley, count: int
) -> None:
    ground, days = plan[1].ground, [Day(f"2020-03-{18 + number:02}") for number in range(count)]
    places = [place for place in ground.places if len(ground.members(place)) == 1]
    signed = {
        f"truce-{number}": Given(
            event=CeasefireAgreed(
                NORTH, REBELS, scope=(AreaId(places[number % len(places)]),), since=first, until=last
            ),
            at="2020-03-15",
            when=(),
        )
        for number, (first, last) in enumerate(pairwise(days))
    }
    story = tell(stage_of(evolve(plan[0], given=signed), plan[1]), 3)
    assert [entry.event.agreed.since for entry in the(story, CeasefireBegan)] == days[:-1]  # type: ignore[attr-defined]
    assert [entry.event.agreed.until for entry in the(story, AgreementLapsed)] == days[1:]  # type: ignore[attr-defined]
    stances = [story.state(moment(it)).get("north:rebels", "stance") for it in ("2020-03-17", days[-1], "2020-03-30")]
    assert stances == ["hostile", "deconflicted", "hostile"]


def test_a_first_day_before_the_signing_or_after_the_window_is_no_event_of_its_own() -> None:
    for since in (day(4), "2021-01-01"):
        whole = told(CeasefireAgreed(NORTH, REBELS, since=Day(since)))
        assert not [entry for entry in whole.log() if isinstance(entry.event, CeasefireBegan)]


def test_the_first_day_of_a_truce_of_three_sides_is_told_once(plan: Valley, tmp_path: Path) -> None:
    truce = CeasefireAgreed(between=(NORTH, SOUTH, REBELS), scope=(AreaId(ARLEN),), since=Day("2020-03-20"))
    signed = Given(event=truce, at="2020-03-15", when=())
    story = tell(stage_of(evolve(plan[0], given={"truce": signed}), plan[1]), 3)
    texts = [row["text"] for row in story_reading(story, plan[1], Example(0), 1)["entries"] if "began" in row["text"]]
    assert [it for it in texts if "ceasefire" in it] == [
        "The ceasefire of the North, the rebels and the South in Arlen began"
    ]
    assert len([*the(story, CeasefireBegan)]) == len(repeated_beginnings(story.log)) + 1


def test_a_ceasefire_that_is_to_begin_begins_in_a_story_too(plan: Valley) -> None:
    event = CeasefireAgreed(NORTH, REBELS, since=Day("2020-03-20"))
    signed = Given(event=event, at="2020-03-15", when=())
    story = tell(stage_of(evolve(plan[0], given={"truce": signed}), plan[1]), 3)
    stances = [story.state(moment(f"2020-03-{number}")).get("north:rebels", "stance") for number in (18, 20)]
    assert stances == ["hostile", "deconflicted"]
    (begun,) = the(story, CeasefireBegan)
    assert isinstance(begun.cause, Ruled)
    assert begun.cause.parents == (story.state(moment("2020-03-18")).because["north:rebels.agreement"].id,)


@pytest.mark.parametrize(
    ("end", "by"),
    [
        (AgreementEnded((REBELS,), NORTH), []),
        (OperationLaunched(OperationId("spring-push"), (NORTH,), REBELS), ["north"]),
        (StanceChanged(NORTH, REBELS, "hostile"), []),
    ],
)
def test_a_party_ends_it_by_its_word_or_by_an_operation_and_they_are_enemies(end: Event, by: list[str]) -> None:
    whole = told(TRUCE, end, Attacked(ARLEN, (NORTH,), REBELS))
    assert agreement(whole) == ("ended", bool(by), by)
    assert stance(whole) == "hostile"
    again = told(TRUCE, end, CeasefireAgreed(between=(REBELS, NORTH)))
    assert agreement(again) == ("in force", False, [])
    assert stance(again) == "deconflicted"


def test_a_breach_is_shown_in_timeline_json_and_page(tmp_path: Path) -> None:
    whole = told(TRUCE, Attacked(ARLEN, (NORTH,), REBELS), Attacked(ARLEN, (SOUTH,), REBELS))
    broken = breaches(whole.log(), whole.ground)
    answers = [entry_answer(entry, whole.ground, broken.get(entry.id, ())) for entry in whole.log()]
    assert [row["breaks"] for row in answers if row["event"] == "Attacked"] == [[["north", "rebels"]], []]
    words = "in breach of the agreement between the North and the rebels"
    identity = {"digest": "", "versions": {"situation": ""}}
    payload = replay_payload(evolve(whole, folder=tmp_path), whole.minute(None), Lens(), identity)
    for reading in payload["readings"]:
        texts = [row["text"] for row in reading["entries"] if words in row["text"]]
        assert set(texts) <= {
            f"The North attacked the rebels at Arlen, {words}",
            f"the North attacked the rebels at Arlen, {words}",
        }
    assert any(words in row["text"] for row in payload["readings"][0]["entries"])
    console = Console(width=300, record=True, file=io.StringIO())
    console.print(timeline(whole, whole.minute(None), Lens(), whole.disputes()))
    assert console.export_text().count(words) == 1


def test_two_who_say_different_terms_disagree() -> None:
    whole = record(
        claim("one", CeasefireAgreed(NORTH, REBELS, until=Day(day(20))), episode="truce"),
        claim("other", CeasefireAgreed(between=(REBELS, NORTH), until=Day(day(25))), source="courier", episode="truce"),
    )
    (dispute,) = disputes_answer(whole, Lens())["disputes"]
    assert (dispute["question"], dispute["relation"]) == ("north:rebels.agreement (truce)", "contradicts")


def test_agreements_in_words() -> None:
    assert sentence(TRUCE, GROUND) == "the North and the rebels agreed on a ceasefire"
    long = CeasefireAgreed(between=(NORTH, REBELS, SOUTH), scope=(AreaId("lowlands"),), until=Day("2020-03-20"))
    assert sentence(long, GROUND) == (
        "the North, the rebels and the South agreed on a ceasefire, in the lowlands, until 20 Mar 2020"
    )
    local = CeasefireAgreed(NORTH, REBELS, scope=tuple(map(AreaId, ("dunes", "arlen-bridge", ARLEN, DELL))))
    assert sentence(local, GROUND).endswith(" a ceasefire, in Arlen, Dell and the Dunes and at Arlen Bridge")
    assert sentence(PeaceSigned((NORTH, REBELS), "the Treaty of Corve"), GROUND) == (
        "the North and the rebels made peace: the Treaty of Corve"
    )
    assert sentence(AgreementEnded((REBELS,), NORTH), GROUND) == "the rebels ended the agreement with the North"
    assert str(told(long).why("north:rebels.agreement")).startswith(
        "the North and the rebels, agreement: ceasefire of the North, the South and the rebels, in the lowlands, until "
    )


@pytest.mark.parametrize(
    ("written", "what"),
    [
        ("event: CeasefireAgreed, actor: north", "It is not said who agreed."),
        ("event: CeasefireAgreed, actor: north, toward: south, between: [north, south]", "It is not said who agreed."),
        ("event: CeasefireAgreed, actor: north, toward: north", "'north' and 'north' are one side."),
        ("event: CeasefireAgreed, actor: north, toward: south, until: soon", "'soon'"),
        ("event: CeasefireAgreed, actor: north, toward: south, scope: [lowland]", "Did you mean 'lowlands'?"),
        ("event: PeaceSigned, by: [north]", "A peace is made by two or more."),
        ("event: PeaceSignd, by: [north, south]", "Did you mean 'PeaceSigned'?"),
        ("event: AgreementEnded, by: [north], towards: south", "Did you mean 'toward'?"),
    ],
)
def test_what_is_written_wrongly_of_agreements_is_told(written: str, what: str, tmp_path: Path) -> None:
    small = Small(tmp_path).add(
        "record.yaml", f"  - {{id: A-1, source: courier, says: told, happened: 2020-03-12, asserts: {{{written}}}}}\n"
    )
    problems = small.problems()
    assert any(what in problem for problem in problems), problems
    assert all(problem.startswith("record.yaml:") for problem in problems)


RELATIONS = '    - {from: north, to: south, stance: tolerated, assumed: "as the story goes"}\n'


def in_force(folder: Path, what: str, reported: str = "") -> Record:
    """The valley with an agreement in force at the start in place of a stance of the North to the South."""
    small = Small(folder).plant("map.yaml", RELATIONS, f"  agreements:\n    - {{{what}}}\n")
    if reported:
        small.add(
            "record.yaml", f"  - {{id: T-9, source: courier, says: told, happened: 2020-03-12, asserts: {reported}}}\n"
        )
    return small.load()


def test_an_opening_states_an_agreement_in_force_with_its_reason_and_its_stance(tmp_path: Path) -> None:
    whole = in_force(
        tmp_path, "kind: ceasefire, between: [north, south], scope: [lowlands], because: [T1-02], assumed: x"
    )
    (row,) = state_answer(whole, "2020-03-01", Lens("2020-03-11"))["agreements"]
    assert (row["between"], row["kind"], row["scope"], row["standing"]) == (
        ["north", "south"],
        "ceasefire",
        ["lowlands"],
        "in force",
    )
    assert row["because"] == ["opening:north:south.agreement", "T1-02"]
    stances = {(it["from"], it["to"]): it["stance"] for it in state_answer(whole, "2020-03-01", Lens())["relations"]}
    assert stances["north", "south"] == stances["south", "north"] == "deconflicted"
    found = whole.why("north:south.agreement", "2020-03-02")
    assert found.entry is not None and "map.yaml:49" in str(found)
    assert "in force at the start" in event_in_words(found.entry.event, whole.ground)


TWO = """\
    - {kind: ceasefire, between: [north, south], scope: [arlen], until: 2020-03-20, assumed: signed there}
    - {kind: ceasefire, between: [south, north], scope: [dell, corve], because: [T1-02]}
    - {kind: ceasefire, between: [south, north], scope: [dunes], assumed: signed there too}
"""


@pytest.mark.parametrize("order", [(0, 1, 2), (2, 1, 0), (1, 0, 2)])
def test_an_opening_states_agreements_of_one_pair_for_several_places_each_with_its_breaches_and_its_end(
    order: tuple[int, ...], tmp_path: Path
) -> None:
    lines = TWO.splitlines(keepends=True)
    small = Small(tmp_path).plant("map.yaml", RELATIONS, "  agreements:\n" + "".join(lines[it] for it in order))
    attack = "{event: Attacked, place: corve, by: [north-guard], against: south}"
    small.add("record.yaml", f"  - {{id: T-9, source: courier, says: told, happened: 2020-03-12, asserts: {attack}}}\n")
    whole = small.load()
    rows = {it["scope"][0]: it for it in state_answer(whole, "2020-03-21", Lens())["agreements"]}
    assert {it: (row["standing"], row["violated"]) for it, row in rows.items()} == {
        "arlen": ("lapsed", False),
        "corve": ("in force", True),
        "dunes": ("in force", False),
    }
    assert rows["corve"]["because"] == ["opening:north:south.agreement@corve+dell", "T1-02"]
    assert rows["corve"]["violated_because"] == ["T-9"]
    before = {it["scope"][0]: it["standing"] for it in state_answer(whole, "2020-03-02", Lens())["agreements"]}
    assert before == {"arlen": "in force", "corve": "in force", "dunes": "in force"}
    assert [whole.state(day(at)).get("north:south", "stance") for at in (2, 21)] == ["deconflicted", "deconflicted"]


@pytest.mark.parametrize(
    ("scopes", "wrong"),
    [
        (("", ""), True),
        (("scope: [arlen], ", ""), True),
        (("scope: [valley], ", "scope: [dell], "), True),
        (("scope: [arlen], ", "scope: [arlen], "), True),
        (("scope: [arlen], ", "scope: [dell], "), False),
        (("scope: [arlen, dell], ", "scope: [dell, corve], "), False),
    ],
)
def test_of_two_agreements_of_the_opening_that_hold_at_the_same_places_one_is_refused(
    scopes: tuple[str, str], wrong: bool, tmp_path: Path
) -> None:
    rows = (f"    - {{kind: ceasefire, between: [north, south], {it}assumed: x}}\n" for it in scopes)
    small = Small(tmp_path).plant("map.yaml", RELATIONS, "  agreements:\n" + "".join(rows))
    found = small.problems()
    assert bool(found) == wrong
    for problem in found:
        assert problem.startswith("map.yaml:50:") and "names its own under 'scope'" in problem


def test_an_attack_against_an_agreement_of_the_opening_is_a_breach(tmp_path: Path) -> None:
    attack = "{event: Attacked, place: dell, by: [north-guard], against: south}"
    whole = in_force(tmp_path, "kind: peace, between: [north, south], assumed: signed long ago", attack)
    (row,) = state_answer(whole, None, Lens())["agreements"]
    assert (row["violated"], row["violated_by"]) == (True, ["north-guard"])
    assert list(breaches(whole.log(), whole.ground).values()) == [("north:south",)]


def test_a_known_stance_stands_beside_an_agreement_of_the_opening(tmp_path: Path) -> None:
    small = Small(tmp_path).plant(
        "map.yaml", RELATIONS, f"{RELATIONS}  agreements:\n    - {{kind: peace, between: [north, south], assumed: x}}\n"
    )
    stances = {(it["from"], it["to"]): it["stance"] for it in state_answer(small.load(), None, Lens())["relations"]}
    assert stances["north", "south"] == "tolerated"
    assert ("south", "north") not in stances


@pytest.mark.parametrize(("kind", "after"), [("ceasefire", "hostile"), ("peace", "neutral")])
def test_after_the_term_of_a_ceasefire_of_the_opening_they_are_enemies(
    kind: AgreementKind, after: str, tmp_path: Path
) -> None:
    whole = in_force(tmp_path, f"kind: {kind}, between: [north, south], until: 2020-03-20, assumed: as of old")
    stances = [whole.state(day(number)).get("north:south", "stance") for number in (2, 20, 21)]
    assert stances[0] == stances[1] == STANCE_UNDER[kind]
    assert stances[2] == after
    reason = str(whole.why("north:south.stance", day(21)))
    assert (f"21 Mar 2020: The {kind} of the North and the South lapsed" in reason) == (kind == "ceasefire")


@pytest.mark.parametrize(
    "first", [CeasefireAgreed(NORTH, REBELS), CeasefireAgreed(REBELS, NORTH), CeasefireAgreed(between=(NORTH, REBELS))]
)
def test_a_ceasefire_written_from_either_side_is_one_and_its_term_is_that_which_is_accepted(
    first: CeasefireAgreed,
) -> None:
    longer = evolve(first, until=Day(day(20)))
    shorter = CeasefireAgreed(NORTH, REBELS, until=Day(day(9)))
    told = record(
        claim("long", longer, day(5), episode=""),
        claim("short", shorter, day(5), source="partisan", episode=""),
        claim("short-too", shorter, day(5), source="herald", episode=""),
    )
    assert [one.cell for one in told.disputes().disputes] == ["north:rebels.agreement"]
    kept = {
        belief: [told.state(day(at), belief=belief).cells["north:rebels.stance"] for at in (4, 8, 10, 21)]
        for belief in ("graded", "representative")
    }
    truce, war = "deconflicted", "hostile"
    assert kept == {"graded": [war, truce, truce, war], "representative": [war, truce, war, war]}
    assert len(set(told.reading().joins.happening.values())) == 1
