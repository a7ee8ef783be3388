"""Where two voices weigh the same, or two events of one day say otherwise, no letters choose: not of names, and not of words."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from itertools import permutations
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from attrs import evolve

from situation.events import (
    ActorId,
    ActorsMerged,
    ActorSplit,
    AirSupportGiven,
    AreaId,
    Attacked,
    Besieged,
    Captured,
    CeasefireAgreed,
    ClashStepped,
    Event,
    Fled,
    OperationId,
    OperationLaunched,
    OperationReported,
    PeaceSigned,
    PlaceId,
    PositionTaken,
    PostureChanged,
    Proclaimed,
    Quantity,
    RelationReported,
    RouteSealed,
    RouteUsed,
    StanceChanged,
    VictoryDeclared,
    VoteHeld,
)
from situation.log.at_once import ENDED_BY
from situation.log.fold import fold
from situation.record.alternatives.flips import under_beliefs
from situation.record.answers.state import Lens, entry_answer, state_answer
from situation.record.disputes import disputes_of
from situation.record.order.settled_order import in_question
from situation.record.order.switches import ENDS
from situation.record.record import Record
from situation.testimony.codec import plain
from situation.testimony.ground import Ground
from situation.testimony.opening import PlaceOpening
from tests.unit.small import MAP, Small
from tests.unit.spoken import claim, day, record

ARLEN, DELL, CORVE, PUSH = PlaceId("arlen"), PlaceId("dell"), PlaceId("corve"), OperationId("spring-push")
Pair = Callable[[ActorId, ActorId, ActorId], tuple[Event, Event]]

WORDS: dict[str, tuple[Pair, tuple[str, ...]]] = {
    "stance": (
        lambda n, s, r: (StanceChanged(n, s, "allied"), StanceChanged(n, s, "hostile")),
        ("north:south.stance", "south:north.stance"),
    ),
    "relation": (
        lambda n, s, r: (RelationReported(n, s, "allied"), RelationReported(n, s, "neutral")),
        ("north:south.stance",),
    ),
    "level": (
        lambda n, s, r: (AirSupportGiven(n, s, "some"), AirSupportGiven(n, s, "dedicated")),
        ("south.air",),
    ),
    "rung": (lambda n, s, r: (ClashStepped(n, s, ARLEN, 1), ClashStepped(n, s, ARLEN, 3)), ("north:south.rung",)),
    "posture": (lambda n, s, r: (PostureChanged(n, "hold"), PostureChanged(n, "delay")), ("north.posture",)),
    "phase": (
        lambda n, s, r: (OperationReported(PUSH, phase="paused"), OperationReported(PUSH, phase="ended")),
        ("spring-push.phase",),
    ),
    "commander": (
        lambda n, s, r: (OperationReported(PUSH, commander="Ann"), OperationReported(PUSH, commander="Bob")),
        ("spring-push.commander",),
    ),
    "route": (
        lambda n, s, r: (RouteUsed(AreaId(ARLEN), n, "supplies"), RouteUsed(AreaId(ARLEN), n, "men")),
        ("north@arlen.route",),
    ),
    "vote": (lambda n, s, r: (VoteHeld((n,), "peace"), VoteHeld((n,), "war")), ("north.vote",)),
    "name": (lambda n, s, r: (Proclaimed(n, "Kingdom"), Proclaimed(n, "Republic")), ("north.proclaimed",)),
    "wish": (
        lambda n, s, r: (PositionTaken(n, "wants", "the ford"), PositionTaken(n, "wants", "the mill")),
        ("north.wants",),
    ),
    "agreement": (
        lambda n, s, r: (CeasefireAgreed(between=(n, r)), PeaceSigned((n, r))),
        ("north:rebels.stance", "rebels:north.stance", "north:rebels.agreement"),
    ),
    "peace and war": (
        lambda n, s, r: (OperationLaunched(PUSH, (n,), r), StanceChanged(n, r, "neutral")),
        ("north:rebels.stance",),
    ),
    "ceasefire and war": (
        lambda n, s, r: (OperationLaunched(PUSH, (n,), r), CeasefireAgreed(between=(n, r))),
        ("north:rebels.stance",),
    ),
}
WHO: dict[str, Pair] = {
    "split": lambda n, s, r: (ActorSplit(r, (n,)), ActorSplit(r, (s,))),
    "merger": lambda n, s, r: (ActorsMerged((r,), n), ActorsMerged((r,), s)),
    "split and merger": lambda n, s, r: (ActorSplit(r, (n, s)), ActorsMerged((r,), n)),
    "attack": lambda n, s, r: (Attacked(ARLEN, (n,), r), Attacked(ARLEN, (s,), r)),
    "siege": lambda n, s, r: (Besieged(ARLEN, (n,), r), Besieged(ARLEN, (s,), r)),
    "victory": lambda n, s, r: (VictoryDeclared(ARLEN, (n,), r), VictoryDeclared(ARLEN, (s,), r)),
    "operation": lambda n, s, r: (OperationReported(PUSH, by=(n,)), OperationReported(PUSH, by=(s,))),
    "way": lambda n, s, r: (RouteSealed("arlen--dell", r, (n,)), RouteSealed("arlen--dell", r, (s,))),
    "flight": lambda n, s, r: (Fled(ARLEN, r, (DELL,)), Fled(ARLEN, r, (CORVE,))),
}
NAMES = ("north", "south", "rebels")


def heard(
    pair: Pair, names: tuple[str, ...] = NAMES, *, once: bool, ids: str = "ab", ground: Ground | None = None
) -> Record:
    """Two reports of one day by voices of equal weight: of one thing, or (`once`) of two."""
    events = pair(*map(ActorId, names))
    claims = [
        claim(name, event, day(10), episode=episode if once else "one", origin=origin, grades=())
        for name, episode, origin, event in zip(
            ids, (f"{ids[0]}x", f"{ids[1]}x"), ("wire", "gazette"), events, strict=True
        )
    ]
    whole = record(*claims)
    return whole if ground is None else evolve(whole, ground=ground)


def outcome(whole: Record, names: tuple[str, ...] = NAMES) -> Any:
    """The cells that were changed and the disputes, with the names of actors changed back."""
    log = list(whole.log())
    before = fold((entry for entry in log if entry.id.startswith("opening")), whole.ground).cells
    cells = {cell: value for cell, value in fold(log, whole.ground).cells.items() if before.get(cell) != value}
    disputes = [
        [one.cell, one.relation, plain(one.weighed.accepted and one.weighed.accepted.value)]
        for one in whole.disputes().disputes
    ]
    back = dict(zip(names, NAMES, strict=True))
    text = json.dumps([{cell: plain(value) for cell, value in cells.items()}, disputes])
    value = json.loads(re.sub("|".join(map(re.escape, names)), lambda it: back[it[0]], text))
    cells, disputes = value
    return _sorted(
        [{_of_either(cell): one for cell, one in cells.items()}, [[_of_either(it[0]), *it[1:]] for it in disputes]]
    )


def _of_either(cell: str) -> str:
    """A cell of two, under one name where it is the same from either side."""
    subject, _, attribute = cell.partition(".")
    return f"{':'.join(sorted(subject.split(':')))}.{attribute}" if attribute in ("agreement", "rung") else cell


def _sorted(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _sorted(inner) for key, inner in sorted(value.items())}
    return sorted(map(_sorted, value), key=repr) if isinstance(value, list) else value


@pytest.mark.parametrize("once", [False, True])
@pytest.mark.parametrize("kind", WORDS)
def test_what_two_say_otherwise_is_not_known(kind: str, once: bool) -> None:
    pair, cells = WORDS[kind]
    state = heard(pair, once=once).state(day(12))
    if not once and kind in ("peace and war", "ceasefire and war"):
        cells = cells[:1]
    assert [state.cells.get(cell) for cell in cells] == [None] * len(cells)


@pytest.mark.parametrize("once", [False, True])
@pytest.mark.parametrize("kind", [*WORDS, *WHO])
def test_other_names_of_actors_claims_and_episodes_change_nothing_but_names(kind: str, once: bool) -> None:
    pair = WORDS[kind][0] if kind in WORDS else WHO[kind]
    plainly = outcome(heard(pair, once=once))
    assert outcome(heard(pair, once=once, ids="ba")) == plainly
    turned = ("zorth", "aouth", "mebels")
    assert outcome(heard(pair, turned, once=once, ground=_renamed(turned)), turned) == plainly


def _renamed(names: tuple[str, ...]) -> Ground:
    """The valley's ground with its actors under other ids."""
    text = MAP.replace("because: [T1-02]", 'assumed: "so"')
    for old, new in zip(NAMES, names, strict=True):
        text = re.sub(rf"(?<=[ {{\[]){old}(?=[-,:\]}}])", new, text)
    with TemporaryDirectory() as folder:
        files: dict[str, str | bytes] = {
            "map.yaml": text,
            "sources.yaml": "sources: []\n",
            "record.yaml": "claims: []\n",
        }
        return Small(Path(folder), files).load().ground


@pytest.mark.parametrize("kind", WORDS)
def test_no_account_is_told_like_another(kind: str) -> None:
    whole = heard(WORDS[kind][0], once=False)
    for entry in whole.log():
        if entry.accounts:
            first, other = entry_answer(entry, whole.ground)["text"].split("; or: ")
            assert first.lower() != other.lower()


def test_an_event_between_whose_accounts_nothing_decides_is_told_by_each() -> None:
    whole = heard(WORDS["stance"][0], once=False)
    (entry,) = [entry for entry in whole.log() if isinstance(entry.event, StanceChanged)]
    answer = entry_answer(entry, whole.ground)
    assert answer["text"] == "The North and the South became allies; or: the North and the South became enemies"
    assert "stance" not in answer["fields"]


def test_of_equal_commanders_no_belief_takes_one() -> None:
    whole = heard(WORDS["commander"][0], once=False)
    (question,) = [it for it in under_beliefs(whole) if it.cell == "spring-push.commander"]
    assert {value for belief, value in question.values.items()} == {None}
    assert not disputes_of(whole.reading(), whole.ground).about("spring-push.commander")


def test_of_equal_numbers_the_lower_is_taken_whatever_its_digits() -> None:
    counts = [Attacked(ARLEN, (), ActorId("rebels"), killed=Quantity("men", best=number)) for number in (10, 9)]
    killed = heard(lambda n, s, r: (counts[0], counts[1]), once=False).state(day(12)).cells["arlen.killed"]
    assert killed.best == 9


def test_ceasefires_of_one_day_in_two_places_hold_in_both() -> None:
    def local(n: ActorId, s: ActorId, r: ActorId) -> tuple[Event, Event]:
        places = AreaId(DELL), AreaId(CORVE)
        return CeasefireAgreed(between=(n, r), scope=places[:1]), CeasefireAgreed(between=(n, r), scope=places[1:])

    (pair,) = heard(local, once=True).state(day(12)).agreements
    assert pair.agreed.scope == {DELL}
    assert [it.agreed.scope for it in pair.beside] == [{CORVE}]


@pytest.mark.parametrize("quarter", ["a-quarter", "zz-quarter"])
def test_a_dispute_over_a_town_is_not_one_over_its_quarter_whatever_their_names(quarter: str) -> None:
    ground = record().ground
    inner = evolve(ground.places[PlaceId("arlen-bridge")], id=PlaceId(quarter), within=ARLEN)
    held = dict.fromkeys((ARLEN, inner.id), PlaceOpening("held", ActorId("rebels"), assumed="so"))
    ground = evolve(
        ground,
        places={ARLEN: ground.places[ARLEN], inner.id: inner},
        regions={},
        opening=evolve(ground.opening, places=held),
    )
    rivals = {
        "one": claim("one", Captured(ARLEN, (ActorId("north"),), ActorId("rebels"), wholly=True), episode="one"),
        "two": claim("two", Captured(ARLEN, (ActorId("south"),), ActorId("rebels")), episode="two", source="courier"),
    }
    whole = Record(ground, evolve(record().testimony, claims=rivals), ("record",), "", Path())
    (dispute,) = whole.disputes().disputes
    answers = {answer.value: [it.id for it in answer.claims] for answer in dispute.weighed.question.answers}
    assert (dispute.cell, answers) == ("arlen.holder", {"north": ["one"], "south": ["two"]})


def test_every_kind_of_end_comes_after_what_it_ends() -> None:
    assert ENDED_BY.keys() == ENDS.keys()


@pytest.mark.parametrize("names", [("a", "b"), ("b", "a")])
def test_two_who_tell_the_same_of_one_day_are_both_named_as_those_on_whose_word_it_stands(
    names: tuple[str, str],
) -> None:
    """Two events, since they were told apart by hand: which came last hangs on nothing but a name."""
    taken = Captured(ARLEN, (ActorId("north"),), ActorId("rebels"))
    whole = record(*(claim(name, taken, day(10), episode="") for name in names))
    whole = evolve(whole, testimony=evolve(whole.testimony, separate=(names,)))
    assert len(whole.log()) > 2
    answered = state_answer(whole, day(12), Lens())["places"]["arlen"]
    assert sorted(answered["because"]) == ["a", "b"]
    told = whole.why("arlen.holder", day(12))
    assert told.entry is not None
    assert {told.entry.id, *(it.id for it in told.beside)} == {"captured/arlen/near a", "captured/arlen/near b"}


@pytest.mark.parametrize("places", [*permutations(("corve-mill", "corve-dock", "dell"))])
def test_of_rival_places_as_wide_the_first_on_the_map_is_in_question(places: tuple[str, ...]) -> None:
    assert in_question(places, (), record().ground) == "corve-mill"
