"""`check` says what to write where nobody says how a claim goes together with others, or how far a place fell."""

from __future__ import annotations

from typing import Any

import pytest
from attrs import evolve

from situation.events import (
    ActorId,
    Besieged,
    Captured,
    Entered,
    Event,
    GarrisonSurrendered,
    HandedOver,
    PlaceId,
    Withdrew,
)
from situation.events.predicates import DividedBetween, Holds
from situation.record.answers.why import why_answer
from situation.record.record import Record
from situation.record.warnings.doubts import doubts_of
from situation.testimony.claims import Claim
from situation.testimony.opening import Part
from tests.unit.spoken import claim, day, record, retraction, span

ARLEN, DELL = PlaceId("arlen"), PlaceId("dell")
NORTH, REBELS = ActorId("north"), ActorId("rebels")
FELL = Captured(ARLEN, (NORTH,), REBELS)


def asked(whole: Record, word: str) -> list[str]:
    return [f"{doubt.fact} {doubt.advice}" for doubt in doubts_of(whole) if word in doubt.advice]


def of_three(episodes: tuple[str, str, str]) -> list[Claim]:
    """Two dates of one fall, and a denial of the days of both."""
    return [
        claim("early", FELL, day(3), source="courier", episode=episodes[0]),
        claim("late", FELL, day(4), source="gazette", episode=episodes[1]),
        claim("not", FELL, span(day(3), day(10)), source="herald", episode=episodes[2], denied=True),
    ]


def test_a_denial_that_may_be_of_either_of_two_reports_is_asked_about() -> None:
    (words,) = asked(record(*of_three(("", "", ""))), "same: [[early, late, not]]")
    assert words.startswith("It may deny any of 2 reports")


def test_a_denial_of_one_of_them_by_its_episode_is_not() -> None:
    assert asked(record(*of_three(("one", "", "one"))), "same: [[") == []
    assert asked(record(*of_three(("one", "one", "one"))), "same: [[") == []


def with_a_quarter(*claims: Claim) -> Record:
    """A record in which Dell is a quarter of Arlen, and the rebels' at first."""
    whole = record(*claims)
    places = {**whole.ground.places, DELL: evolve(whole.ground.places[DELL], within=ARLEN, kind="quarter")}
    opening = whole.ground.opening
    control = evolve(opening.places[ARLEN], holder=REBELS)
    ground = evolve(whole.ground, places=places, opening=evolve(opening, places={**opening.places, DELL: control}))
    return evolve(whole, ground=ground)


def test_a_fall_that_leaves_a_quarter_with_the_loser_is_asked_about_once() -> None:
    again = claim("again", FELL, day(11), source="courier", episode="")
    (words,) = asked(with_a_quarter(claim("fall", FELL, episode=""), again), "wholly: true")
    assert "Dell" in words


def test_a_whole_fall_and_a_quarter_of_which_somebody_tells_are_not() -> None:
    whole = claim("fall", evolve(FELL, wholly=True), episode="")
    assert asked(with_a_quarter(whole), "wholly: true") == []
    for told in (Captured(DELL, (NORTH,), REBELS), Holds(REBELS, DELL)):
        later = claim("later", told, day(12), source="courier", episode="")
        words = asked(with_a_quarter(claim("fall", FELL, episode=""), later), "wholly: true")
        assert not any("Dell" in it for it in words)


def test_a_denial_and_what_was_taken_back_tell_nothing_of_a_quarter() -> None:
    fall = claim("fall", FELL, episode="")
    denial = claim("later", Captured(DELL, (NORTH,), REBELS), day(12), source="courier", episode="", denied=True)
    gone = claim("later", Captured(DELL, (NORTH,), REBELS), day(12), source="courier", episode="")
    for claims in ((denial,), (gone, retraction("back", "later", source="courier", said=day(14)))):
        assert any("Dell" in it for it in asked(with_a_quarter(fall, *claims), "wholly: true"))


LEFT: list[tuple[Event, str]] = [
    (GarrisonSurrendered(ARLEN, (REBELS,), NORTH), "Where they gave it up too"),
    (HandedOver(ARLEN, (REBELS,), NORTH), "Where it was handed over too"),
    (Withdrew(ARLEN, (REBELS,)), "Where they left it too"),
    (Besieged(ARLEN, (NORTH,), REBELS), "Where it lies within the ring"),
]
OUTSIDE = "Quarters of Arlen held by the rebels stay outside this ring: Dell."


@pytest.mark.parametrize(("event", "words"), LEFT, ids=lambda it: type(it).__name__ if isinstance(it, Event) else "")
def test_whatever_leaves_a_quarter_as_it_was_is_asked_about(event: Any, words: str) -> None:
    came = claim("came", event, episode="")
    (question,) = [it for it in asked(with_a_quarter(came), words) if "Dell" in it]
    assert question.startswith(OUTSIDE) == isinstance(event, Besieged)
    later = claim("later", evolve(event, place=DELL), day(12), source="courier", episode="")
    assert not [it for it in asked(with_a_quarter(came, later), words) if "Dell" in it]


def test_an_entry_into_a_town_where_nobody_is_leaves_its_quarters_to_those_who_left_it() -> None:
    left = claim("left", Withdrew(ARLEN, (REBELS,)), day(8), episode="")
    came = claim("came", Entered(ARLEN, (NORTH,)), day(10), episode="")
    held = claim("held", Holds(REBELS, DELL), day(11), episode="")
    assert [it for it in asked(with_a_quarter(left, came), "Where they left it too") if "Dell" in it]
    assert not [it for it in asked(with_a_quarter(left, came, held), "Where they left it too") if "Dell" in it]


HELD_BY_BOTH = (Part(NORTH, "most"), Part(REBELS, "the mill"))
QUARTER_FELL = claim("fall", Captured(DELL, (NORTH,), REBELS), day(10), episode="")


def split_town(*claims: Claim) -> Record:
    """A record in which the rebels have a part of Arlen, and of what lies in it Dell alone."""
    whole = with_a_quarter(*claims)
    opening = whole.ground.opening
    split = evolve(opening.places[ARLEN], holder=NORTH, status="mixed", parts=HELD_BY_BOTH)
    bridge = {PlaceId("arlen-bridge"): evolve(opening.places[DELL], holder=NORTH)}
    ground = evolve(whole.ground, opening=evolve(opening, places={**opening.places, ARLEN: split, **bridge}))
    return evolve(whole, ground=ground)


def test_a_part_of_a_town_whose_last_quarter_fell_is_asked_about_and_told_of() -> None:
    whole = split_town(QUARTER_FELL)
    (question,) = asked(whole, "DividedBetween")
    assert question.startswith(
        "The rebels have nothing more within Arlen after this, and keep their part (the mill), as nobody says who has it."
    )
    for attribute in ("parts", "holder", "status"):
        words = str(whole.why(f"arlen.{attribute}", day(12)))
        assert (
            "the rebels have held nothing within it since 10 Mar 2020 (fall); that this was all they had there, nobody says"
            in words
        )
        (row,) = why_answer(whole.why(f"arlen.{attribute}", day(12)), whole)["parts_kept"]
        assert (row["actor"], row["part"], row["because"]) == ("rebels", "the mill", ["fall"])
    assert "nothing within it" not in str(whole.why("arlen.parts", day(9)))
    assert why_answer(whole.why("arlen.parts", day(9)), whole)["parts_kept"] == []


@pytest.mark.parametrize(
    "later",
    [
        claim("later", Captured(ARLEN, (NORTH,), REBELS), day(11), source="courier", episode=""),
        claim("later", Withdrew(ARLEN, (REBELS,)), day(11), source="courier", episode=""),
        claim("later", Captured(DELL, (REBELS,), NORTH), day(11), source="courier", episode=""),
        claim("later", DividedBetween((NORTH, REBELS), ARLEN), day(11), source="courier", episode=""),
    ],
    ids=lambda it: type(it.content).__name__,
)
def test_a_part_of_which_somebody_tells_more_is_not_asked_about(later: Claim) -> None:
    assert asked(split_town(QUARTER_FELL, later), "DividedBetween") == []


def test_what_a_side_has_of_a_desert_does_not_end_with_the_towns_in_it() -> None:
    whole = split_town(QUARTER_FELL)
    desert = evolve(whole.ground.places[ARLEN], kind="desert")
    ground = evolve(whole.ground, places={**whole.ground.places, ARLEN: desert})
    assert asked(evolve(whole, ground=ground), "DividedBetween") == []
