"""Steps of a morning, of orders and arrivals as kernels: the rows of the fold's steps, with parts, parents, odds and draws."""

from __future__ import annotations

import random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from situation.dates import DAY
from situation.events import (
    ActorId,
    AgreementLapsed,
    Arrived,
    Captured,
    CeasefireAgreed,
    CeasefireBegan,
    ClashStepped,
    DayBegan,
    DoctrineSwitched,
    Event,
    KilledOff,
    NumbersDrawn,
    OrderGiven,
    PostureChanged,
    StanceChanged,
)
from situation.log.terms import agreement_key
from situation.rules import Rung
from situation.scenario.orders import DOCTRINE_NAMES
from situation.story.decide.columns import columns_now
from situation.story.decide.contact import contacts_today
from situation.story.world.agreed import take_agreement
from tests.oracles.fold.march.columns import columns_part_and_meet
from tests.oracles.fold.march.contact import contacts
from tests.oracles.mornings import Steps, hold_steps
from tests.oracles.world_cells import SOME, story_of
from tests.property.test_world_cells import Chances, happened, valley_story


def chance_morning(seed: int, events: int) -> Steps:
    """A story of the valley up to some entry, what comes about by chance, places without men, a morning, orders and arrivals."""
    chance, chances, story = random.Random(seed), Chances(seed), valley_story()
    known = chance.randrange(story.steps[0], len(story.entries))
    come_about = [chances.event() for _ in range(events)]
    both = Steps(story.stage, 3, 0)
    agreements = {it.agreed for it in come_about if isinstance(it, CeasefireAgreed | CeasefireBegan | AgreementLapsed)}
    for agreed in sorted(agreements, key=agreement_key):  # as those of a record and a scenario are numbered
        take_agreement(story.stage, both.w, both.n, agreed)
    for entry in story.entries[:known]:
        both.take(entry)
    possible = (it for it in come_about if not _comes_otherwise(it))
    for entry in happened(story.stage, *possible, first=-25):  # a capture that is to come is none
        both.take(entry)
    for place in chance.sample(story.stage.places, 3):
        there = [KilledOff(it, both.world.root(it), place, both.world.men(it)) for it in both.world.bodies(place)]
        for entry in happened(story.stage, *there, first=60 + both.stage.places.index(place) * 9):
            both.take(entry)
    for number, plan in enumerate(("push", "rebels")):
        turn = DoctrineSwitched(plan, chance.choice(DOCTRINE_NAMES))
        for entry in happened(story.stage, turn, first=150 + number):
            both.take(entry)
    for number, actor in enumerate(chances.roots):
        posture: Any = chance.choice(("hold", "delay", "insurgency"))
        for entry in happened(story.stage, PostureChanged(actor, posture), first=160 + number):
            both.take(entry)
    morning = next(entry.time for entry in story.entries if isinstance(entry.event, DayBegan))
    since = max(0, (story.entries[known - 1].time - morning) // DAY)
    both.hold_now(morning + (since + chance.randrange(1, 20)) * DAY)
    for number in range(4):
        order = chance_order(both, chance)
        for entry in happened(story.stage, order, first=200 + number):
            both.take(entry)
        both.hold_order(order.force, None)
    for force in [it for it in both.world.get("story.forces") if both.world.get(f"{it}.to") is not None]:
        both.hold_arrival(force, None)
    return both


def _comes_otherwise(event: Event) -> bool:
    """Whether an event never comes about by itself: the plan has no chance, and a confrontation makes enemies."""
    given = getattr(event, "given", "") == "plan/push"
    return given or (isinstance(event, ClashStepped) and event.rung == Rung.CONFRONTATION)


def chance_contacts(seed: int, days: int) -> Steps:
    """Days of contacts between the actors of the valley, who clash often, stand to each other and hold places by chance."""
    chance, story = random.Random(seed), valley_story()
    both = Steps(story.stage, 3, 0)
    for entry in story.entries[: story.steps[0]]:
        both.take(entry)
    often = {"clash_rate": 1.5, "ladder_up": 0.5, "ladder_down": 0.2, "concession": 0.5, "ceasefire_rate": 1.0}
    held = [Captured(place, (chance.choice(both.actors),)) for place in story.stage.places]
    stances = [
        StanceChanged(one, other, chance.choice(("tolerated", "neutral", "hostile", "neutral")))
        for one in both.actors
        for other in both.actors
        if one < other
    ]
    drawn = NumbersDrawn({**both.world.get("numbers.drawn"), **often})
    for number, event in enumerate((drawn, *held, *stances)):
        for entry in happened(story.stage, event, first=number):
            both.take(entry)
    morning = both.world.now + chance.randrange(90) * DAY
    for day in range(1, days + 1):
        both.world.now = morning + day * DAY
        both.compare(contacts(both.world), None, contacts_today)
    return both


def chance_columns(name: str, seed: int, days: int) -> Steps:
    """Mornings on which the plans of a story divide their forces easily, while these stand and places change hands by chance."""
    chance, story = random.Random(seed), story_of(name, 30)
    both = Steps(story.stage, 3, 0)
    for entry in story.entries[: story.steps[0]]:
        both.take(entry)
    easily = {"second_column": 0.05, "hopeless_below": 0.02, "sighting_lapses": 1.0}
    drawn: Event = NumbersDrawn({**both.world.get("numbers.drawn"), **easily})
    for day in range(days):
        taken = chance.sample(story.stage.places, 3)
        events = [drawn, *(Captured(place, (chance.choice(both.actors),)) for place in taken)]
        for force in both.world.get("story.fields"):
            if both.world.men(force) and chance.random() < 0.2:
                events.append(Arrived(force, both.world.root(force), chance.choice(story.stage.places)))
        for entry in happened(story.stage, *events, first=day * 40):
            both.take(entry)
        both.world.now = story.stage.scenario.at + (40 + day) * DAY
        both.compare(columns_part_and_meet(both.world), None, columns_now)
    return both


def chance_order(both: Steps, chance: random.Random) -> OrderGiven:
    """An order to any body of men, or to close or open a link, or of a posture."""
    force = chance.choice([*both.world.cells["story.forces"]])
    where = both.world.get(f"{force}.place")
    beside = [end for _, end in both.stage.ways.get(where, ())]
    marches = ("march", "march") if both.world.get(f"{force}.kind") != "garrison" else ()  # a garrison stays one
    verb: Any = chance.choice((*marches, "withdraw", "hide", "seal", "open", "posture"))
    about = {"seal": [*both.stage.ground.links], "open": [*both.stage.ground.links], "posture": ["hold", "delay"]}
    objects = about.get(verb, [*beside, chance.choice(both.stage.places)])
    plan, due = chance.choice(("push", "rebels")), both.world.due("order", both.world.now, force)
    return OrderGiven(force, (ActorId("north"),), verb, chance.choice(objects), plan, due)


@given(seed=st.integers(0, 2**32))
@settings(max_examples=5, deadline=None)
def test_whatever_has_come_about_a_morning_of_kernels_is_that_of_the_fold(seed: int) -> None:
    chance_morning(seed, 12)


def test_contacts_of_kernels_are_those_of_the_fold() -> None:
    made = [chance_contacts(seed, 14).rows for seed in range(8)]
    for event in ("ClashStepped", "FireExchanged", "OperationPaused", "Conceded", "StanceChanged", "CeasefireAgreed"):
        assert any(rows[event] for rows in made), event


def test_columns_of_kernels_are_those_of_the_fold() -> None:
    for name, days in (("tarn-valley/guns", 20), ("al-qaim-2017/baseline-11-october", 12)):
        rows = chance_columns(name, 4, days).rows
        assert rows["ColumnDetached"] and rows["ColumnRejoined"]


def test_councils_weeks_in_hiding_and_counter_attacks_of_kernels_are_those_of_the_fold() -> None:
    made = hold_steps(story_of("al-qaim-2017/kurdish-front-reopens", 30, 1), 3, 1)
    assert all(what in made for what in ("Attacked", "Decided 30", "KilledOff", "OrderGiven", "Raided"))


def test_marches_and_arrivals_of_kernels_are_those_of_the_fold() -> None:
    made = hold_steps(story_of("tarn-valley/guns", 40, 4), 3, 4)
    events = ("Arrived", "BattleBegan", "BattleJoined", "ColumnSighted", "MarchBegan", "MarchQuickened")
    assert all(what in made for what in events)


@pytest.mark.long
@given(seed=st.integers(0, 2**32))
@settings(max_examples=150, deadline=None)
def test_whatever_has_come_about_mornings_of_kernels_are_those_of_the_fold(seed: int) -> None:
    chance_morning(seed, 20)


@pytest.mark.long
@pytest.mark.parametrize("name", SOME)
def test_the_mornings_of_some_scenarios_and_the_wounded_who_return_are_those_of_the_fold(name: str) -> None:
    made = [hold_steps(story_of(name, None, index), 3, index) for index in (1, 2, 3)]
    assert any("WoundedReturned" in one for one in made)
    for seed in range(6):
        chance_columns(name, seed, 20)
