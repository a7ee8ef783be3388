"""What is counted in another measure than people stands beside what counts people: neither replaces or confirms the other."""

from __future__ import annotations

import pytest

from situation.events import (
    ActorId,
    Attacked,
    Captured,
    CiviliansKilled,
    Event,
    Fled,
    GarrisonSurrendered,
    PlaceId,
    PrisonersExchanged,
    PrisonersTaken,
    Quantity,
    Side,
    StrengthAssessed,
    common_unit,
    counts_people,
    in_measure,
)
from situation.record.answers.state import Lens, state_answer
from situation.record.tolls.totals import totals
from tests.unit.spoken import claim, day, record

ARLEN, REBELS, NORTH = PlaceId("arlen"), ActorId("rebels"), ActorId("north")


def told_of(kind: str, number: Quantity) -> Event:
    """An event of a kind with a number."""
    of = {Side("rebels"): number}
    kinds: dict[str, Event] = {
        "killed": Attacked(ARLEN, (NORTH,), REBELS, killed=number),
        "wounded_of": Captured(ARLEN, (NORTH,), REBELS, wounded_of=of),
        "civilians": CiviliansKilled(ARLEN, number=number),
        "fled": Fled(ARLEN, REBELS, number=number),
        "surrendered": GarrisonSurrendered(ARLEN, (REBELS,), NORTH, number),
        "taken": PrisonersTaken(ARLEN, (NORTH,), REBELS, number),
        "released": PrisonersExchanged((NORTH, REBELS), ARLEN, of),
        "strength": StrengthAssessed(REBELS, ARLEN, number),
    }
    return kinds[kind]


KINDS = {
    "killed": "arlen.killed",
    "wounded_of": "arlen.wounded_of.rebels",
    "civilians": "arlen.civilians_killed",
    "fled": "rebels@arlen.fled",
    "surrendered": "rebels@arlen.prisoners",
    "taken": "rebels@arlen.prisoners",
    "released": "north:rebels.released.rebels",
    "strength": "rebels@arlen.strength",
}


@pytest.mark.parametrize("episode", ["", "one"])
@pytest.mark.parametrize("kind", KINDS)
def test_each_measure_has_an_answer_of_its_own_whichever_is_heavier(kind: str, episode: str) -> None:
    men, horses = Quantity("men", best=30), Quantity("war horses", best=12)
    for outlets in (("gazette", "herald"), ("herald", "gazette")):
        told = record(
            *(
                claim(name, told_of(kind, number), day(10), source=outlet, episode=episode)
                for name, number, outlet in zip(("m", "h"), (men, horses), outlets, strict=True)
            )
        )
        assert told.disputes().disputes == ()
        assert told.why(KINDS[kind], day(12)).value == men
        beside = told.why(f"{KINDS[kind]}.horses", day(12))
        assert (beside.value, [voice.claim.id for voice in beside.supporting]) == (horses, ["h"])


def test_men_are_summed_where_another_report_counts_horses() -> None:
    reports = [("gazette", Quantity("horses", best=5)), ("herald", Quantity("men", best=30))]
    told = record(*(claim(outlet, told_of("killed", it), source=outlet, episode="") for outlet, it in reports))
    (row,) = totals(told.log().entries, told.ground)
    assert (row.events, row.best, row.unnumbered) == (1, 30, 0)


def test_an_estimate_in_tanks_replaces_no_men_and_both_lapse_with_the_place() -> None:
    told = record(
        claim("men", told_of("strength", Quantity("men", best=900)), day(2), episode=""),
        claim("tanks", told_of("strength", Quantity("tanks", best=12)), day(4), episode=""),
        claim("fall", Captured(ARLEN, (NORTH,), REBELS), day(10), episode=""),
    )
    numbers = {
        at: [(row["best"], row["unit"], row["because"]) for row in state_answer(told, day(at), Lens())["forces"]]
        for at in (6, 12)
    }
    assert numbers == {6: [(900, "men", ["men"]), (12, "tanks", ["tanks"])], 12: []}
    assert [cell for cell in told.state(day(12)).cells if cell.endswith(".tanks")] == ["rebels@arlen.strength.tanks"]


@pytest.mark.parametrize(
    ("unit", "cell"), [("Fighters", "c"), ("heavy Tanks", "c.tanks"), ("families", "c.families"), ("janissaries", "c")]
)
def test_what_counts_people_or_is_not_known_stands_with_people(unit: str, cell: str) -> None:
    assert in_measure("c", unit) == cell


@pytest.mark.parametrize(
    "unit",
    ["knights", "mounted knights", "hoplites", "gunmen", "men-at-arms", "Peasants", "servicemen", "UN peacekeepers"],
)
def test_people_of_every_age_are_people(unit: str) -> None:
    assert counts_people(unit)
    assert common_unit(unit, "men") == "persons"
