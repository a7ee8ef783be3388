"""The page's rows of evidence: what `why` says at every minute, in the reading of the day by what was known by then."""

from __future__ import annotations

from typing import Any

from hypothesis import given, settings

from situation.events import ActorId, Attacked, PlaceId, Quantity
from situation.page.payload import replay_payload
from situation.page.readings import READINGS, reading_payload, view_readings
from situation.record.answers.state import Lens, state_answer
from situation.record.record import Record
from situation.testimony.claims import Claim
from tests.property.testimonies import claims
from tests.unit.record.test_evidence import took
from tests.unit.spoken import claim, day, moment, record, retraction, span

GROUPS = ("for", "other_times", "against")
CELLS = ("arlen.holder", "arlen.status", "corve.status", "dell.holder")
IDENTITY: dict[str, Any] = {"digest": "", "versions": {"situation": "0"}}


def shown(payload: dict[str, Any], cell: str, at: int) -> dict[str, set[str]]:
    """The claims by group that the page shows of a cell at a minute, without the empty groups."""
    sides: dict[str, set[str]] = {}
    for name, group, since, until in payload["evidence"].get(cell, ()):
        if since <= at < until:
            sides.setdefault(GROUPS[group], set()).add(name)
    return sides


def said(full: Record, cell: str, at: int, known_at: int | None, belief: str) -> dict[str, set[str]]:
    found = full.why(cell, at, known_at, belief)
    return {group: {voice.claim.id for voice in voices} for group, voices in found.groups if voices}


@settings(max_examples=25)
@given(claims())
def test_the_page_sorts_the_claims_as_why_does_at_every_minute(told: tuple[Claim, ...]) -> None:
    full = record(*told)
    until = full.ground.window.latest
    for row in READINGS:
        payload = reading_payload(full, until, Lens(), *row)
        for number in (1, 9, 10, 12, 20):
            at = moment(day(number))
            known_at = at if row[0] == "day" else None
            for cell in CELLS:
                assert shown(payload, cell, at) == said(full, cell, at, known_at, row[3]), (row[0], cell, number)


def test_a_claim_carries_its_weight_and_who_took_it_back() -> None:
    told = (claim("fall", took("north"), day(10), episode="dell-falls"), retraction("back", "fall", source="gazette"))
    full = record(*told)
    payload = replay_payload(full, full.ground.window.latest, Lens(), IDENTITY, readings=[])
    rows = {row["id"]: row for row in payload["claims"]}
    assert rows["fall"]["weight"] == 1.0
    assert rows["fall"]["retracted"] == {"at": moment(day(11)), "by": "back"}
    assert rows["back"]["retracted"] is None


def test_an_event_that_several_tell_of_has_its_course_and_its_weights() -> None:
    relayed = claim("relayed", took("north"), day(10), episode="dell-falls", source="courier", origin="wire")
    full = record(claim("first", took("north-guard"), day(10), episode="dell-falls", origin="wire"), relayed)
    payload = replay_payload(full, full.ground.window.latest, Lens(), IDENTITY, readings=[])
    (voice,) = payload["courses"]["captured/dell/dell-falls"]["voices"]
    assert (voice["name"], [report[::2] for report in voice["reports"]]) == (
        "the Wire",
        [["first", "originated"], ["relayed", "changed"]],
    )
    assert voice["reports"][1][3] == ["by: the North Guard became the North"]
    (entry,) = [
        row
        for row in reading_payload(full, full.ground.window.latest, Lens(), *READINGS[0])["entries"]
        if row["claims"]
    ]
    assert entry["weighed"] == [["the North", 1.0, True]]


def test_a_view_is_a_reading_with_the_claims_of_its_voices_alone() -> None:
    own = [
        claim(f"own-{number}", took("north"), day(number), episode=f"fall-{number}", said_by="marshal")
        for number in range(5, 10)
    ]
    full = record(*own, claim("other", took("south"), day(11), episode="fall-again"))
    (view,) = view_readings(full, full.ground.window.latest)
    assert (view["view"], view["label"]) == ("claimant:north", "As the North says")
    assert view["only"] == [one.id for one in own]
    assert {name for rows in view["evidence"].values() for name, *_ in rows} <= set(view["only"])


def men(best: float) -> Quantity:
    return Quantity("men", best=best)


def test_each_field_of_an_event_that_several_tell_of_names_the_claims_that_gave_it() -> None:
    def struck(best: float, **more: Any) -> Attacked:
        return Attacked(PlaceId("dell"), (ActorId("north"),), ActorId("south"), killed=men(best), **more)

    low = claim("low", struck(40), day(10), episode="raid", source="gazette")
    high = claim("high", struck(90, means="air"), day(10), episode="raid", source="courier")
    full = record(low, high)
    payload = reading_payload(full, full.ground.window.latest, Lens(), *READINGS[0])
    (entry,) = [row for row in payload["entries"] if row["claims"]]
    (stands,) = {row["claim"] for row in disputed_numbers(payload) if row["accepted"]}
    credit = {field: (words, ids) for field, words, ids in entry["credit"]}
    assert credit["by"] == ("the North", ["high", "low"])
    assert credit["means"] == ("air", ["high"])
    assert credit["killed"] == (f"{'90' if stands == 'high' else '40'} men", [stands])


def disputed_numbers(payload: dict[str, Any]) -> list[dict[str, Any]]:
    (dispute,) = [one for one in payload["disputes"] if one["cell"].endswith(".killed")]
    return [{"claim": one["claims"][0], "accepted": one["accepted"]} for one in dispute["answers"]]


def test_a_figure_that_its_own_voice_replaced_says_so_from_the_day_on_which_that_was_known() -> None:
    def struck(name: str, killed: float, said: str) -> Claim:
        attack = Attacked(PlaceId("dell"), (ActorId("north"),), killed=men(killed))
        return claim(name, attack, day(10), episode="raid", said=said)

    full = record(struck("first", 40, day(10)), struck("later", 15, day(12)))
    for row in READINGS:
        payload = reading_payload(full, full.ground.window.latest, Lens(), *row)
        ((name, of, figure, by, since, until),) = payload["revised"]
        assert (name, of, figure, by) == ("first", "Dell, killed", "40 men", "later")
        assert since == (moment(day(12)) if row[0] == "day" else full.ground.window.earliest), row[0]
        assert until == full.ground.window.latest + 1


def test_the_page_names_who_may_have_held_a_place_while_the_change_came_as_state_does() -> None:
    full = record(claim("fall", took("north"), span(day(8), day(12)), episode="dell-falls"))
    for row in READINGS:
        payload = reading_payload(full, full.ground.window.latest, Lens(), *row)
        for number in (7, 8, 10, 12, 13):
            at = moment(day(number))
            answered = state_answer(full, at, Lens(at if row[0] == "day" else None, row[3]))
            uncertain = answered["places"]["dell"]["uncertain"]
            shown_then = [it[3] for it in payload["may_hold"] if it[0] == "dell" and it[4] <= at < it[5]]
            assert shown_then == ([uncertain["answers"]] if uncertain else []), (row[0], number)
