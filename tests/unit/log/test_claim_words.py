"""What a claim says where its paraphrase is left out: a forecast does not tell of what it foretells as done."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from attrs import evolve

from situation import events as ev
from situation.events import ActorId, AreaId, Event, PlaceId
from situation.events.predicates import Holds
from situation.log.claim_words import claim_in_words
from situation.log.name_words import is_many
from situation.record.loading import load
from situation.record.order.objections import objection
from tests.unit.spoken import GROUND, claim, record

ARLEN, NORTH, REBELS = PlaceId("arlen"), ActorId("north"), ActorId("rebels")
STRAIT = load(Path(__file__).parents[2] / "strait_war")


def says(content: Any, kind: str = "event", denied: bool = False, ground: Any = GROUND) -> str:
    return claim_in_words(claim("c", content, kind=kind, denied=denied), ground)


@pytest.mark.parametrize(
    "told",
    [it for it in STRAIT.testimony.claims.values() if it.kind == "event"],
    ids=lambda it: type(it.event).__name__,
)
def test_a_forecast_of_any_kind_tells_of_nothing_as_done(told: Any) -> None:
    words = claim_in_words(evolve(told, kind="forecast", mode="asserts"), STRAIT.ground)
    assert re.search(r"\bwill [a-z]|^Still to come: ", words)
    assert not re.search(r"\b(took|was|were|has|had|came|made) ", words.partition("will")[0])


def test_forecasts_in_words() -> None:
    assert says(ev.Captured(ARLEN, (NORTH,), REBELS), "forecast") == "The North will take Arlen from the rebels."
    assert says(Holds(NORTH, AreaId("arlen")), "forecast") == "The North will hold Arlen."
    assert says(ev.PeaceSigned((NORTH, REBELS)), "forecast") == "The North and the rebels will make peace."
    denied = says(ev.PeaceSigned((NORTH, REBELS)), "forecast", denied=True)
    assert denied == "The North and the rebels will not make peace."


BIAFRANS = evolve(
    GROUND, actors={**GROUND.actors, REBELS: evolve(GROUND.actors[REBELS], name="The Biafrans", kind="group")}
)


def test_a_name_that_begins_with_the_article_has_it_small_in_a_sentence() -> None:
    fall = ev.Captured(ARLEN, (REBELS,), NORTH)
    assert says(fall, ground=BIAFRANS) == "The Biafrans took Arlen from the North."
    assert says(fall, denied=True, ground=BIAFRANS) == "It is not so that the Biafrans took Arlen from the North."
    assert says(ev.Captured(ARLEN, (NORTH,), REBELS), ground=BIAFRANS) == "The North took Arlen from the Biafrans."


def test_verbs_follow_the_number_of_a_name() -> None:
    state = record().state("2020-03-02")
    acts: list[Event] = [
        ev.Captured(ARLEN, (REBELS,), REBELS),
        ev.Entered(ARLEN, (REBELS,), REBELS),
        ev.Repelled(ARLEN, (REBELS,), REBELS),
        ev.OperationLaunched(ev.OperationId("spring-push"), (REBELS,), REBELS),
        ev.HandedOver(ARLEN, (REBELS,), REBELS),
    ]
    for act in acts:
        assert re.search(
            r"^the Biafrans (take|enter|throw|launch|hand) .* themselves\.$", objection(act, state, BIAFRANS)
        )
    assert says(Holds(REBELS, AreaId("arlen")), ground=BIAFRANS) == "The Biafrans hold Arlen."


@pytest.mark.parametrize(
    ("name", "many"),
    [
        *[
            (it, True)
            for it in ("the Houthis", "The Biafrans", "the Allies", "Hill Rifles", "Zulu warriors", "the Turks")
        ],
        *[
            (it, False)
            for it in ("the Corps", "Hamas", "the United States", "the Press", "Wagner", "Free Aceh Movement")
        ],
    ],
)
def test_which_names_are_plurals(name: str, many: bool) -> None:
    ground = evolve(GROUND, actors={**GROUND.actors, REBELS: evolve(GROUND.actors[REBELS], name=name)})
    assert is_many(REBELS, ground) is many
