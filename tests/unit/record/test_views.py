"""Views: the record as one side says, as its enemies say, and by the lean of those who speak."""

from __future__ import annotations

import pytest
from attrs import evolve

from situation.errors import Fault
from situation.events import ActorId, Captured, PlaceId
from situation.record.alternatives.views import VIEW_KINDS, offered_views, view_in_words, viewed
from situation.record.record import Record
from situation.testimony.actors import Under
from situation.testimony.claims import Claim
from tests.unit.small import small_ground
from tests.unit.spoken import claim, day, record, retraction, span


def took(name: str, by: str, number: int = 10, **said: str) -> Claim:
    return claim(name, Captured(PlaceId("dell"), (ActorId(by),)), day(number), episode=f"fall-{number}", **said)  # type: ignore[arg-type]


OWN = took("own", "north", said_by="marshal")
RELAYED = took("relayed", "north", 11, source="courier", origin="north-office")
LEANING = took("leaning", "north", 12, source="partisan")
OUTLET = took("outlet", "south", 13)


def kept(record: Record, view: str) -> set[str]:
    return set(viewed(record, view).testimony.claims)


WHOLE = record(OWN, RELAYED, LEANING, OUTLET)


@pytest.mark.parametrize(
    ("view", "claims"),
    [
        ("", {"own", "relayed", "leaning", "outlet"}),
        ("claimant:north", {"own", "relayed"}),
        ("claimant:Northerners", {"own", "relayed"}),
        ("enemies-of:rebels", {"own", "relayed"}),
        ("lean:for:north", {"leaning"}),
        ("lean:north", {"leaning"}),
        ("lean:for:north-guard", {"leaning"}),
        ("lean:against:rebels", {"leaning"}),
        ("lean:none", {"own", "relayed", "outlet"}),
    ],
)
def test_a_view_has_the_claims_of_its_voices_alone(view: str, claims: set[str]) -> None:
    assert kept(WHOLE, view) == claims


def test_the_state_of_a_view_follows_from_its_claims_and_the_opening() -> None:
    assert WHOLE.state(day(20)).places["dell"].holder == "south"
    assert viewed(WHOLE, "claimant:north").state(day(20)).places["dell"].holder == "north"
    assert viewed(WHOLE, "claimant:north").state(day(5)).places["dell"].holder == "rebels"


def test_a_retraction_comes_with_what_it_takes_back_where_its_voice_may_take_it_back() -> None:
    back = retraction("back", "own", source="gazette")
    again = retraction("again", "back", source="gazette")
    assert kept(record(OWN, RELAYED, OUTLET, back, again), "claimant:north") == {"own", "relayed", "back", "again"}


def test_a_strangers_retraction_is_a_denial_and_no_claim_of_the_view() -> None:
    whole = record(OWN, RELAYED, OUTLET, retraction("back", "own", source="herald"))
    assert kept(whole, "claimant:north") == {"own", "relayed"}
    assert viewed(whole, "claimant:north").disputes().disputes == ()


def test_a_correction_by_the_outlet_takes_the_claim_out_of_the_view_and_tells_nothing_in_its_place() -> None:
    corrected = evolve(took("fix", "south", source="gazette"), corrects="own")
    view = viewed(record(OWN, RELAYED, corrected), "claimant:north")
    assert set(view.testimony.claims) == {"own", "relayed", "fix"}
    assert view.state(day(10)).places["dell"].holder == "rebels"
    assert view.reading().taken_back["own"].id == "fix"


def test_a_view_is_another_record_and_is_known_as_one() -> None:
    digests = [viewed(WHOLE, view).digest for view in ("", "claimant:north", "enemies-of:rebels", "lean:none")]
    assert len(set(digests)) == 4
    assert viewed(WHOLE, "claimant:Northerners").digest == digests[1]


def test_enemies_are_those_who_were_hostile_when_the_claim_became_known() -> None:
    with pytest.raises(
        Fault, match=r"No claim of this record is in the view 'enemies-of:south'\. Views with claims: cla"
    ):
        viewed(WHOLE, "enemies-of:south")


@pytest.mark.parametrize(
    ("view", "fault"),
    [
        ("claimants:north", r"There is no view 'claimants:north'\. Did you mean 'claimant'\?"),
        ("north", r"There is no view 'north'\. Write one of: claimant:ACTOR, "),
        ("claimant:nort", r"There is no actor 'nort'\. Did you mean 'north'\?"),
        ("claimant:arlen", r"There is no actor 'arlen'\. "),
        (
            "claimant:south",
            r"No claim of this record is in the view 'claimant:south'\. Views with claims: claimant:north",
        ),
    ],
)
def test_a_wrong_view_is_told_with_what_there_is(view: str, fault: str) -> None:
    with pytest.raises(Fault, match=fault):
        viewed(WHOLE, view)


def test_views_have_words_and_the_page_offers_those_with_enough_claims() -> None:
    words = [view_in_words(view.replace("ACTOR", "north"), small_ground()) for view in VIEW_KINDS]
    assert words[:2] == ["as the North says", "as the enemies of the North say"]
    assert len(set(words)) == len(VIEW_KINDS)
    assert offered_views(WHOLE) == []
    many = record(*(took(f"own-{number}", "north", number, said_by="marshal") for number in range(5, 10)))
    assert offered_views(many) == ["claimant:north"]


def test_who_leans_for_a_side_leans_for_its_units_while_they_stood_under_it() -> None:
    guard, under = ActorId("north-guard"), (Under(span=span("2020-03-14", "2020-03-31"), parent=ActorId("south")),)
    actors = {**WHOLE.ground.actors, guard: evolve(WHOLE.ground.actors[guard], parents=under)}
    early, late = (took(f"on-{number}", "north", number, source="partisan", said=day(number)) for number in (10, 20))
    whole = record(early, late)
    assert kept(evolve(whole, ground=evolve(whole.ground, actors=actors)), "lean:for:north-guard") == {"on-10"}
