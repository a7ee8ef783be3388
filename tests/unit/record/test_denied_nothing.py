"""A denial that fits no report is told of, with the report that comes nearest; and rivals of one day are all told."""

from __future__ import annotations

from typing import Any

from situation.events import ActorId, Captured, CiviliansKilled, PlaceId, PrisonersExchanged, Quantity, Repelled
from situation.log.value_words import cell_in_words
from situation.record.warnings.doubts import doubts_of
from situation.testimony.claims import Claim
from tests.unit.spoken import GROUND, claim, day, record

ARLEN, DELL = PlaceId("arlen"), PlaceId("dell")
NORTH, SOUTH, REBELS = ActorId("north"), ActorId("south"), ActorId("rebels")
NOTHING = "It denies what no claim of the record tells, and stands against nothing."


def denial(place: PlaceId = ARLEN, when: str = "2020-03-10") -> Claim:
    return claim("no", Captured(place, (NORTH,), REBELS), when, denied=True, episode="", source="herald")


def advice(*claims: Claim) -> list[str]:
    return [doubt.advice for doubt in doubts_of(record(*claims)) if doubt.fact == NOTHING]


def test_a_denial_that_fits_no_report_names_the_nearest() -> None:
    fall = claim("fall", Captured(ARLEN, (NORTH,), REBELS), day(10), episode="")
    assert advice(fall, denial()) == []
    (elsewhere,) = advice(fall, denial(DELL))
    assert elsewhere.startswith("If it denies 'fall', of 10 Mar 2020, correct its kind, place, actors or time")
    (later,) = advice(fall, denial(when=day(20)))
    assert "'fall'" in later
    other = claim("other", CiviliansKilled(DELL, (SOUTH,)), day(10), episode="")
    assert advice(denial()) == advice(other, denial()) == []  # of a rumour that the record has not


def test_three_accounts_of_one_day_are_three_answers() -> None:
    """Taken by the North, taken by the South, and thrown back: whoever is weightier, each stands beside the others."""
    told = [
        claim("north", Captured(ARLEN, (NORTH,), REBELS), day(10), episode=""),
        claim("south", Captured(ARLEN, (SOUTH,), REBELS), day(10), episode="", source="courier"),
        claim("held", Repelled(ARLEN, (REBELS,), NORTH), day(10), episode="", source="herald"),
    ]
    whole = record(*told)
    (dispute,) = [it for it in whole.disputes().disputes if it.cell == "arlen.holder"]
    answers = {it.value: [one.id for one in it.claims] for it in dispute.weighed.question.answers}
    assert answers == {NORTH: ["north"], SOUTH: ["south"], REBELS: ["held"]}
    why = whole.why("arlen.holder", day(12))
    assert {voice.claim.id for voice in why.opposing} == {"south", "held"}


def test_two_reports_of_an_exchange_of_one_day_are_one() -> None:
    def freed(name: str, many: int, source: str) -> Claim:
        released: dict[Any, Quantity] = {REBELS: Quantity("men", best=many)}
        event = PrisonersExchanged((NORTH, REBELS), released=released)
        return claim(name, event, day(10), episode="", source=source)

    whole = record(freed("a", 28, "gazette"), freed("b", 40, "courier"))
    assert len({*whole.reading().joins.happening.values()}) == 1
    assert [it.relation for it in whole.disputes().disputes] == ["contradicts"]


def test_what_happened_between_a_pair_is_headed_by_its_names() -> None:
    words = cell_in_words("stancechanged/north:rebels/one.occurred", GROUND)
    assert words == "Change of stance, the North and the rebels, whether it happened"
