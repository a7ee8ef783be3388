"""Beginnings and ends of one time: what each takes for granted, and what stays open; and sequences that contradict dates."""

from __future__ import annotations

from typing import Any

import pytest
from attrs import evolve

from situation.events import (
    ActorId,
    AgreementEnded,
    AirSupportGiven,
    AirSupportWithdrawn,
    AreaId,
    Attacked,
    Blockaded,
    BlockadeLifted,
    Captured,
    CeasefireAgreed,
    Entered,
    Event,
    PlaceId,
    RelationReported,
    RouteOpened,
    RouteSealed,
)
from situation.log.fold import breaches
from situation.record.answers.state import Lens, state_answer
from situation.record.order.switches import ENDS
from situation.record.warnings.doubts import doubts_of
from tests.unit.record.test_nothing_by_letters import WORDS, heard
from tests.unit.spoken import GROUND, claim, day, record, span

ARLEN, DELL, CORVE = PlaceId("arlen"), PlaceId("dell"), PlaceId("corve")
NORTH, SOUTH, REBELS = ActorId("north"), ActorId("south"), ActorId("rebels")
CEASEFIRE = CeasefireAgreed(between=(NORTH, REBELS))
ON_AND_OFF: list[tuple[Event, Event, str]] = [
    (CEASEFIRE, AgreementEnded((NORTH,), REBELS), "north:rebels.ended"),
    (RouteSealed("arlen--dell", REBELS), RouteOpened("arlen--dell", REBELS), "rebels|arlen--dell.sealed"),
    (Blockaded(ARLEN, (NORTH,)), BlockadeLifted(ARLEN), "arlen.blockaded"),
    (AirSupportGiven(NORTH, SOUTH, "some"), AirSupportWithdrawn(SOUTH), "south.air"),
]
OFF = {"ended": True, "sealed": False, "blockaded": False, "air": "none"}


def facts(*claims: Any) -> dict[str, str]:
    return {problem.fact.partition(":")[0]: problem.fact for problem in doubts_of(record(*claims))}


@pytest.mark.parametrize(("on", "off", "cell"), ON_AND_OFF, ids=[it[2] for it in ON_AND_OFF])
@pytest.mark.parametrize("names", ["ab", "ba"])
def test_what_ended_on_the_day_on_which_it_began_had_begun_before(names: str, on: Event, off: Event, cell: str) -> None:
    told = [claim(name, event, episode=name) for name, event in zip(names, (on, off), strict=True)]
    assert record(*told).state(day(12)).cells[cell] == OFF[cell.rpartition(".")[2]]
    assert facts(*told) == {}


@pytest.mark.parametrize(("on", "off", "cell"), ON_AND_OFF, ids=[it[2] for it in ON_AND_OFF])
def test_what_lasted_already_may_have_ended_before_it_began_again_and_check_says_so(
    on: Event, off: Event, cell: str
) -> None:
    sooner = claim("sooner", on, day(5), episode="sooner")
    told = [claim("on", on, episode="on"), claim("off", off, episode="off")]
    assert list(facts(sooner, *told)) == ["It is not said whether this came before or after another event of its time"]
    sequence = claim("off", off, day(11), episode="off")
    assert facts(sooner, told[0], sequence) == {}


def test_every_kind_of_end_has_a_case() -> None:
    assert {type(off) for _, off, _ in ON_AND_OFF} == set(ENDS)


@pytest.mark.parametrize("act", [Attacked(ARLEN, (NORTH,), REBELS), Entered(ARLEN, (NORTH,), REBELS)])
def test_an_act_of_war_of_the_day_of_a_ceasefire_is_no_breach_without_a_word_and_check_tells_of_it(act: Event) -> None:
    told = [claim("act", act, episode="act"), claim("ceasefire", CEASEFIRE)]
    assert breaches(record(*told).log(), GROUND) == {}
    assert len(facts(*told)) == 1
    after = claim("act", act, day(11), episode="act")
    assert len(breaches(record(after, told[1]).log(), GROUND)) == 1
    assert facts(after, told[1]) == {}


_KEYS = ("kind", "scope", "since", "until", "standing", "violated", "violated_by")


def stands(*claims: Any) -> tuple[Any, ...]:
    """What a record comes to: every agreement with its breaches, and how its parties stand to each other."""
    answer = state_answer(record(*claims), day(13), Lens())
    rows = sorted(str([row[key] for key in _KEYS]) for row in answer["agreements"])
    return rows, sorted((it["from"], it["to"], it["stance"]) for it in answer["relations"])


@pytest.mark.parametrize("earlier", [None, (), (ARLEN,), (DELL,), (ARLEN, DELL)])
@pytest.mark.parametrize("place", [ARLEN, DELL])
@pytest.mark.parametrize("scope", [(), (ARLEN,), (DELL,), ("lowlands",)])
def test_check_asks_for_an_order_where_and_only_where_something_hangs_on_it(
    earlier: tuple[PlaceId, ...] | None, place: PlaceId, scope: tuple[str, ...]
) -> None:
    before: list[Event] = [RelationReported(NORTH, REBELS, "hostile")]
    before += [] if earlier is None else [evolve(CEASEFIRE, scope=earlier)]
    told = [claim(f"before{it}", event, day(5 + it), episode=f"before{it}") for it, event in enumerate(before)]
    attack, truce = Attacked(place, (NORTH,), REBELS), evolve(CEASEFIRE, scope=tuple(map(AreaId, scope)))
    ids = f"attacked/{place}/attack", "ceasefireagreed/north:rebels/truce"

    def of_the_day(attack_after: bool = False, truce_after: bool = False) -> list[Any]:
        follows = [((ids[1], ""),) if attack_after else (), ((ids[0], ""),) if truce_after else ()]
        return [
            claim("attack", attack, day(10), episode="attack", follows=follows[0]),
            claim("truce", truce, day(10), episode="truce", follows=follows[1]),
        ]

    ends = [stands(*told, *of_the_day(attack_after=True)), stands(*told, *of_the_day(truce_after=True))]
    assert bool(facts(*told, *of_the_day())) == (ends[0] != ends[1])


def test_a_claim_that_is_dated_before_what_it_follows_is_told_at_its_line() -> None:
    sooner = claim("one", Captured(DELL, (NORTH,)), day(5), episode="one")
    wrong = claim("two", Captured(ARLEN, (NORTH,)), day(3), episode="two", follows=(("captured/dell/one", ""),))
    (fact,) = facts(sooner, wrong).values()
    assert fact == "It is dated 3 Mar 2020, and is said to follow 'captured/dell/one', dated 5 Mar 2020."
    for happened in (span(day(3), day(5)), day(5), day(6)):
        right = claim("two", Captured(ARLEN, (NORTH,)), happened, episode="two", follows=(("captured/dell/one", ""),))
        assert facts(sooner, right) == {}


@pytest.mark.parametrize("kind", ["stance", "relation", "rung", "posture", "phase", "agreement", "peace and war"])
def test_check_asks_which_of_two_contradictions_of_one_day_came_last(kind: str) -> None:
    assert len(doubts_of(heard(WORDS[kind][0], once=True))) == 2


def test_of_a_pile_of_one_day_check_says_that_the_order_is_not_known_and_nothing_of_how_it_is_shown() -> None:
    takers = [(NORTH, REBELS), (REBELS, NORTH)]
    events: list[Event] = [Captured(ARLEN, (by,), against) for by, against in takers]
    events += [Entered(ARLEN, *((by,), against)) for by, against in takers * 3] + [Attacked(ARLEN, (NORTH,), REBELS)]
    told = [claim(f"c{number}", event, day(10), episode=f"e{number}") for number, event in enumerate(events)]
    assert set(facts(*told)) == {"In what order this happened at Arlen is not known"}
    assert record(*told).state(day(11)).cells["arlen.holder"] is None
