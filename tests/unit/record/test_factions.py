"""A faction leaves its side: from then on it stands by itself, has friends and enemies of its own, and speaks for itself."""

from __future__ import annotations

from pathlib import Path

import pytest

from situation.dates import Interval
from situation.events import ActorId, Attacked, Captured, PlaceId, StanceChanged
from situation.log.record_words import sentence
from situation.record.alternatives.views import viewed
from situation.record.answers.state import Lens, state_answer
from situation.record.record import Record
from situation.record.warnings.doubts import doubts_of
from situation.testimony.apart import when_apart
from tests.unit.small import Small
from tests.unit.valley_stories import PLAN, problems

HILLMEN = "  - {id: hillmen, name: the Hillmen, parents: [{parent: rebels, until: 2020-03-10}]}\n"
SPEAKER = (
    "  - {id: chief, name: a chief of the Hillmen, party: hillmen, "
    "reliability: {grade: C, as_of: 2020-02-01, reason: speaks for a side}}\n"
)
POSTED = ("  relations:\n", "    hillmen: {posture: none, assumed: they did not exist yet}\n  relations:\n")
BROKE = "{earliest: 2020-03-08, latest: 2020-03-13}"
"""A time within which the Hillmen left."""
DELL = PlaceId("dell")
HILLS, REBELS, NORTH = ActorId("hillmen"), ActorId("rebels"), ActorId("north")


def valley(folder: Path, *claims: str, actors: str = HILLMEN, relations: str = "") -> Small:
    """The valley with a faction of the rebels, and claims about it."""
    small = Small(folder).plant("map.yaml", "places:\n  - {id: arlen,", f"{actors}places:\n  - {{id: arlen,")
    small.plant("sources.yaml", "  - {id: mayor,", f"{SPEAKER}  - {{id: mayor,")
    small.plant("map.yaml", "place_kinds:\n", f"{relations}place_kinds:\n")
    for number, claim in enumerate(claims):
        small.add("record.yaml", f"  - {{id: F-{number}, {claim}}}\n")
    return small


def said(happened: str, asserts: str, source: str = "courier") -> str:
    return f"source: {source}, happened: {happened}, asserts: {{{asserts}}}"


TURNED = said(BROKE, "event: StanceChanged, actor: hillmen, toward: rebels, stance: hostile")


def enemies(record: Record, at: str) -> set[tuple[str, str]]:
    return {(it.actor, it.toward) for it in record.state(at=at).relations if it.stance == "hostile"}


def warnings(record: Record) -> str:
    return " ".join(str(problem) for problem in doubts_of(record))


def test_who_turns_on_his_own_side_did_so_after_he_left_it(tmp_path: Path) -> None:
    record = valley(tmp_path, TURNED).load()
    assert ("hillmen", "rebels") not in enemies(record, "2020-03-10")
    both = {("hillmen", "rebels"), ("rebels", "hillmen")}
    assert enemies(record, "2020-03-20") == {("north", "rebels"), *both}
    (entry,) = (entry for entry in record.log() if isinstance(entry.event, StanceChanged))
    clock = record.ground.clock
    assert (entry.span.earliest, entry.span.latest) == (
        clock.interval("2020-03-08").earliest,
        clock.moment("2020-03-13"),
    )
    assert entry.time > clock.moment("2020-03-10")
    assert "are of one side" not in warnings(record)


def test_who_fought_a_side_and_joined_it_within_the_time_fought_it_before(tmp_path: Path) -> None:
    joined = HILLMEN.replace("until: 2020-03-10", "from: 2020-03-10")
    fought = said(BROKE, "event: Attacked, place: dell, by: [hillmen], against: rebels")
    record = valley(tmp_path, fought, actors=joined).plant("map.yaml", *POSTED).load()
    (entry,) = (entry for entry in record.log() if isinstance(entry.event, Attacked))
    assert entry.time < record.ground.clock.interval("2020-03-10").earliest
    assert record.state().cells["dell.direction"]
    assert "attacks itself" not in warnings(record)


def test_nobody_is_his_own_enemy_and_check_says_how_he_came_to_be_another(tmp_path: Path) -> None:
    early = said("2020-03-05", "event: StanceChanged, actor: hillmen, toward: rebels, stance: hostile")
    record = valley(tmp_path, early).load()
    assert enemies(record, "2020-03-20") == {("north", "rebels")}
    assert "'hillmen' and 'rebels' are of one side. Name two sides; where a unit had left its side, say so" in warnings(
        record
    )


def test_a_place_taken_within_the_time_is_his_in_the_state_and_in_the_questions_alike(tmp_path: Path) -> None:
    record = valley(tmp_path, said(BROKE, "event: Captured, place: dell, by: [hillmen]")).load()
    (question,) = record.reading().on_cell("dell.holder")
    assert {answer.value for answer in question.question.answers} == {"hillmen"}
    assert record.state().places["dell"].holder == "hillmen"


@pytest.mark.parametrize(
    ("span", "apart"),
    [
        (("2020-03-08", "2020-03-14"), ("2020-03-11", "2020-03-14")),
        (("2020-03-11", "2020-03-14"), ("2020-03-11", "2020-03-14")),
        (("2020-03-05", "2020-03-09"), ("2020-03-05", "2020-03-09")),
    ],
)
def test_the_time_of_what_two_did_to_each_other_is_that_in_which_they_were_two(
    span: tuple[str, str], apart: tuple[str, str], tmp_path: Path
) -> None:
    ground = valley(tmp_path).load().ground
    within, found = (
        Interval(ground.clock.interval(first).earliest, ground.clock.moment(last)) for first, last in (span, apart)
    )
    assert when_apart(Attacked(DELL, (HILLS,), REBELS), within, ground) == found
    assert when_apart(Attacked(DELL, (NORTH,), REBELS), within, ground) == within
    assert when_apart(Captured(DELL, (HILLS,)), within, ground) == within


def test_the_enemies_of_a_side_are_its_faction_and_not_its_own_men(tmp_path: Path) -> None:
    theirs, own = (
        f"said_by: {speaker}, {said('2020-03-12', f'event: Entered, place: dell, by: [{by}]')}"
        for speaker, by in (("chief", "hillmen"), ("captain", "rebels"))
    )
    small = valley(tmp_path, TURNED, theirs, own)
    captain = SPEAKER.replace("chief", "captain").replace("party: hillmen", "party: rebels")
    record = small.plant("sources.yaml", "  - {id: mayor,", f"{captain}  - {{id: mayor,").load()
    assert {"F-1"} == {name for name in viewed(record, "enemies-of:rebels").testimony.claims if name.startswith("F-")}


OPENED = "    - {from: hillmen, to: rebels, stance: hostile, assumed: they fell out}\n"


def test_the_map_says_how_a_faction_stands_to_others_from_the_day_on_which_it_stands_by_itself(tmp_path: Path) -> None:
    record = valley(tmp_path, relations=OPENED).load()
    days = ("2020-03-02", "2020-03-10", "2020-03-11", "2020-03-30")
    assert [("hillmen", "rebels") in enemies(record, day) for day in days] == [False, False, True, True]
    answer = record.why("hillmen:rebels.stance", "2020-03-20")
    assert answer.entry is not None
    assert (answer.value, answer.entry.id) == ("hostile", "opening:hillmen:rebels")


def test_a_unit_that_never_left_its_side_has_no_relations_of_its_own_and_the_map_says_what_to_write(
    tmp_path: Path,
) -> None:
    always = HILLMEN.replace("parents: [{parent: rebels, until: 2020-03-10}]", "parent: rebels")
    (problem,) = valley(tmp_path, actors=always, relations=OPENED).problems()
    assert problem.endswith(
        "'hillmen' is a unit; relations are between whole sides. Name the actor at the top; of a unit that left its side, "
        "say until when under its 'parents'."
    )


BAND = "forces:\n  band:\n    {actor: hillmen, at: dunes, kind: field, value: 100, unit: men, source: ASSUMED, reason: a band}\n"
FACTION = (
    PLAN.replace("forces:\n", BAND, 1)
    .replace("known_at: 2020-03-31", "known_at: 2020-03-12")
    .replace(
        "doctrines:\n", "doctrines:\n  turn: {actor: hillmen, doctrine: advance, forces: [band], objectives: [dell]}\n"
    )
)


@pytest.mark.parametrize(
    ("claims", "relations", "told"),
    [
        ((), "", "Say under 'relations' of map.yaml who is hostile to whom, or give a 'StanceChanged'."),
        ((TURNED.replace(BROKE, "2020-03-11"),), "", "(F-0): set 'known_at' under 'branch' to then or later."),
        ((), OPENED, ""),
    ],
)
def test_a_plan_against_the_own_old_side_is_told_what_to_do_and_that_helps(
    claims: tuple[str, ...], relations: str, told: str, tmp_path: Path
) -> None:
    small = valley(tmp_path, *claims, relations=relations).add("plan.yaml", FACTION)
    found = [problem for problem in problems(small) if "never moves" in problem]
    assert [problem.endswith(told) for problem in found] == ([True] if told else [])


PART = said("2020-03-05", "event: ActorSplit, actor: rebels, into: [rebels, hillmen]")
APART = HILLMEN.replace(", parents: [{parent: rebels, until: 2020-03-10}]", "")


def split(folder: Path, *claims: str, actors: str = APART) -> Record:
    """The valley with a faction that the map has from the start."""
    return valley(folder, *claims, actors=actors).plant("map.yaml", *POSTED).load()


def test_of_an_actor_from_which_a_part_broke_off_the_rest_goes_on(tmp_path: Path) -> None:
    later = said("2020-03-11", "event: Attacked, place: dell, by: [north], against: rebels")
    record = split(tmp_path, PART, later)
    (event,) = (entry.event for entry in record.log() if entry.id.startswith("actorsplit"))
    assert sentence(event, record.ground) == "the Hillmen broke off from the rebels"
    assert [record.state(at=day).places["dell"].holder for day in ("2020-03-04", "2020-03-06")] == ["rebels", "rebels"]
    assert "had become" not in warnings(record) and "breaks up" not in warnings(record)


def test_of_an_actor_that_broke_up_as_a_whole_nothing_goes_on(tmp_path: Path) -> None:
    later = said("2020-03-11", "event: Attacked, place: dell, by: [rebels], against: north")
    record = split(tmp_path, PART.replace("[rebels, hillmen]", "[hillmen, south]"), later)
    assert record.state(at="2020-03-06").places["dell"].holder is None
    assert "The rebels had become the Hillmen and the South by then." in warnings(record)


def test_a_part_that_the_map_still_has_under_what_it_left_is_told_with_what_to_write(tmp_path: Path) -> None:
    always = HILLMEN.replace("parents: [{parent: rebels, until: 2020-03-10}]", "parent: rebels")
    told = warnings(valley(tmp_path, PART, actors=always).load())
    assert "'hillmen' still stands under 'rebels' after it, by the map. Write in its place" in told
    assert "'parents: [{parent: rebels, until: 2020-03-05}]' at 'hillmen'." in told


@pytest.mark.parametrize(("actor", "told"), [("south-foot", True), ("south", False)])
def test_a_stance_of_a_unit_is_told_to_be_that_of_its_side(actor: str, told: bool, tmp_path: Path) -> None:
    stance = said("2020-03-10", f"event: StanceChanged, actor: {actor}, toward: rebels, stance: allied")
    words = warnings(Small(tmp_path).add("record.yaml", f"  - {{id: F-1, {stance}}}\n").load())
    assert ("this is how all of 'south' stands to 'rebels'." in words) == told


def test_an_actor_that_became_part_of_another_has_no_relations_and_no_agreement_in_force(tmp_path: Path) -> None:
    agreed = said("2020-03-05", "event: CeasefireAgreed, between: [rebels, south]")
    joined = said("2020-03-10", "event: ActorsMerged, by: [rebels], into: south")
    rows = "".join(f"  - {{id: F-{number}, {row}}}\n" for number, row in enumerate((agreed, joined)))
    whole = Small(tmp_path).add("record.yaml", rows).load()

    def told(at: str) -> tuple[list[str], bool]:
        answer = state_answer(whole, at, Lens())
        pairs = [{it["from"], it["to"]} for it in answer["relations"]]
        return [it["standing"] for it in answer["agreements"]], any("rebels" in pair for pair in pairs)

    assert told("2020-03-09") == (["in force"], True)
    assert told("2020-03-11") == (["ended"], False)
