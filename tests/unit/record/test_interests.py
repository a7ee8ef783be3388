"""Whom a report serves and whom it harms: every kind of event says it of all whom it names, and every number for itself."""

from __future__ import annotations

from typing import Any, get_args, get_origin, get_type_hints

import attrs
import pytest
from attrs import evolve

from situation import events as ev
from situation.errors import Fault
from situation.events import EVENTS, ActorId, Event, PlaceId, Quantity, Side
from situation.events.predicates import BesiegedBy, DividedBetween, Predicate
from situation.record.answers.why import why_answer
from situation.record.beliefs.weights import weigh
from situation.record.loading import load
from situation.testimony.actors import Under
from tests.unit.record.test_codebook import WAR
from tests.unit.small import small_ground
from tests.unit.spoken import claim, heard, moment, reading, record, span

GROUND = small_ground()
ALWAYS = moment("2020-03-31")
NORTH, SOUTH, REBELS, GUARD = (ActorId(name) for name in ("north", "south", "rebels", "north-guard"))
ARLEN = PlaceId("arlen")
REPORTED = [name for name, cls in EVENTS.items() if cls.reported and cls.__module__.startswith("situation.")]


def actor_fields(kind: Any) -> dict[str, bool]:
    """The fields of a kind that name actors, and whether they name several."""
    hints = get_type_hints(kind)
    named = {it.name: (hints[it.name], *get_args(hints[it.name])) for it in attrs.fields(kind)}
    several = {name: get_origin(hints[name]) is tuple for name in named}
    return {name: several[name] for name, kinds in named.items() if ActorId in kinds}


@pytest.mark.parametrize("name", REPORTED)
def test_every_kind_says_of_all_whom_it_names_whether_it_serves_or_harms_them(name: str) -> None:
    examples = [it.event for it in load(WAR).testimony.claims.values() if type(it.event).__name__ == name]
    fields = actor_fields(EVENTS[name])
    none = {it: () if several else None for it, several in fields.items()}
    some = {it: () if several else ActorId(f"not-{it}") for it, several in fields.items()}
    for field, several in fields.items():
        value: Any = (ActorId("one"), ActorId("two")) if several else ActorId("one")
        said = set()
        for event in examples:
            for others in ({}, none, some):
                whole: Any = event
                try:
                    made = evolve(whole, **{**others, field: value})
                except Fault:
                    continue
                served, harmed = set(made.serves), set(made.harms)
                assert not served & harmed
                said.add({"one"} <= served | harmed)
        assert said, f"no example of {name} with {field}"
        assert (True in said) != (field in EVENTS[name].indifferent), f"{name} says nothing of those under '{field}'"


SUITS: dict[str, tuple[Event | Predicate, float]] = {
    "its enemy left": (ev.Withdrew(ARLEN, (REBELS,)), 1.0),
    "its own left": (ev.Withdrew(ARLEN, (NORTH,)), -1.0),
    "nobody flies for its enemy any more": (ev.AirSupportWithdrawn(REBELS), 1.0),
    "another flies for it": (ev.AirSupportGiven(SOUTH, NORTH, "some"), 1.0),
    "others surrendered to it": (ev.GarrisonSurrendered(ARLEN, (SOUTH,), to=NORTH), 1.0),
    "its own surrendered": (ev.GarrisonSurrendered(ARLEN, (NORTH,), to=SOUTH), -1.0),
    "others handed it a place": (ev.HandedOver(ARLEN, (SOUTH,), NORTH), 1.0),
    "a way was opened to it": (ev.RouteOpened("arlen--dell", NORTH), 1.0),
    "a way was opened to its enemy": (ev.RouteOpened("arlen--dell", REBELS), -1.0),
    "its enemy gave way": (ev.Conceded(REBELS, SOUTH), 1.0),
    "others gave way to it": (ev.Conceded(SOUTH, NORTH), 1.0),
    "it clashed with others": (ev.ClashStepped(NORTH, SOUTH, ARLEN, 2), 0.0),
    "it stands otherwise to others": (ev.StanceChanged(NORTH, SOUTH, "neutral"), 0.0),
    "its enemy broke up": (ev.ActorSplit(REBELS, (SOUTH,)), 1.0),
    "others joined it": (ev.ActorsMerged((SOUTH,), NORTH), 1.0),
    "it rings a place": (BesiegedBy(NORTH, PlaceId("corve")), 1.0),
    "a place is split": (DividedBetween((NORTH, SOUTH), PlaceId("corve")), 0.0),
}


@pytest.mark.parametrize("case", SUITS)
def test_what_suits_a_voice_is_what_serves_whom_it_favours_or_harms_whom_it_opposes(case: str) -> None:
    content, suits = SUITS[case]
    said = claim("c", content, source="partisan")
    assert weigh(said, heard(said), GROUND, ALWAYS).lean == suits


def attack(**killed: float) -> ev.Attacked:
    return ev.Attacked(
        ARLEN, (REBELS,), NORTH, killed_of={Side(it): Quantity("men", best=n) for it, n in killed.items()}
    )


@pytest.mark.parametrize(
    ("side", "number", "suits"),
    [("north", 3, -1.0), ("north", 0, 1.0), ("rebels", 50, 1.0), ("rebels", 0, -1.0), ("civilians", 9, 1.0), ("unknown", 9, 0.0)],
)  # fmt: skip
def test_the_dead_of_each_side_are_judged_for_themselves(side: str, number: float, suits: float) -> None:
    said = claim("c", attack(**{side: number}), source="partisan")
    assert weigh(said, heard(said), GROUND, ALWAYS).lean == -1.0
    assert weigh(said, heard(said), GROUND, ALWAYS, f"arlen.killed_of.{side}").lean == suits


def test_a_party_that_tells_of_both_sides_dead_is_trusted_with_its_own() -> None:
    said = claim("c", attack(north=3, rebels=50), source="partisan")
    other = claim("d", attack(north=4, rebels=5), source="gazette")
    answers = {it.question.cell: it.weights for it in reading(said, other).decided}
    assert answers["arlen.killed_of.north"] == (1.0, 1.0)
    assert answers["arlen.killed_of.rebels"] == (0.5, 1.0)


def test_why_shows_the_weight_that_counted_on_the_cell() -> None:
    said = record(claim("c", attack(north=3, rebels=50), source="partisan"))
    for side, weight in (("north", 1.0), ("rebels", 0.5)):
        (voice,) = why_answer(said.why(f"arlen.killed_of.{side}", "2020-03-12"), said)["for"]
        assert voice["weight"] == weight


def test_a_unit_counts_for_those_under_whom_it_stood_then() -> None:
    under = (Under(span=span("2020-03-15", "2020-03-31"), parent=REBELS),)
    ground = evolve(GROUND, actors={**GROUND.actors, GUARD: evolve(GROUND.actors[GUARD], parents=under)})
    for day, suits in (("2020-03-10", 1.0), ("2020-03-20", -1.0)):
        said = claim("c", ev.Entered(ARLEN, (GUARD,)), day, source="partisan")
        assert weigh(said, heard(said), ground, ALWAYS).lean == suits


def test_prisoners_sent_home_serve_the_side_that_they_are_of() -> None:
    home = {Side("north"): Quantity("men", best=5), Side("rebels"): Quantity("men", best=7)}
    said = claim("c", ev.PrisonersExchanged((NORTH, REBELS), None, home), source="partisan")
    for side, suits in (("north", 1.0), ("rebels", -1.0)):
        assert weigh(said, heard(said), GROUND, ALWAYS, f"north:rebels.released.{side}").lean == suits


def test_whether_an_attack_on_civilians_happened_is_asked_against_who_did_it() -> None:
    owned = claim("own", attack(), source="partisan")
    for doers, said, denied in ((REBELS, 0.5, 1.0), (NORTH, 1.0, 0.5)):
        fight = evolve(attack(), by=(doers,), against=NORTH if doers is REBELS else REBELS)
        told = (
            claim("own", fight, source="partisan"),
            claim("counted", evolve(fight, killed_of=attack(civilians=9).killed_of), source="gazette"),
            claim("no", fight, source="partisan", denied=True),
        )
        made = reading(*told)
        assert made.evidence.weight_on("own", "attacked/arlen/arlen-falls.occurred") == said
        assert made.evidence.weight_on("no", "attacked/arlen/arlen-falls.occurred") == denied
        assert made.evidence.weight_on("own", "arlen.attacked_by") == said
        voices = why_answer(record(*told).why("attacked/arlen.occurred", "2020-03-12"), record(*told))
        assert {it["claim"]: it["weight"] for it in voices["for"] + voices["against"]}["no"] == denied
    plain = reading(owned, claim("no", attack(), source="partisan", denied=True))
    assert plain.evidence.weight_on("no", "attacked/arlen/arlen-falls.occurred") == 0.5  # nobody counts civilians
