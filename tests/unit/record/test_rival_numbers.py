"""A row of an event whose numbers are disputed says what others say, beside the number that is taken."""

from __future__ import annotations

import pytest
from attrs import evolve

from situation.events import CIVILIANS, ActorId, Attacked, PlaceId, Quantity, ShipCaptured, Side
from situation.record.answers.rival_numbers import disagreement_over
from situation.record.answers.state import Lens
from situation.record.answers.timeline import disputed_entries
from tests.unit.spoken import claim, day, record

DELL, NORTH, REBELS = PlaceId("dell"), ActorId("north"), ActorId("rebels")


def raid(killed: Quantity | None, civilians: int | None = None) -> Attacked:
    of = {} if civilians is None else {Side(CIVILIANS): Quantity("persons", best=civilians)}
    return Attacked(DELL, (NORTH,), REBELS, killed=killed, killed_of=of)


@pytest.mark.parametrize(
    ("others", "words"),
    [
        ([raid(Quantity("men", best=9))], "others say 9 men killed"),
        ([raid(Quantity("men", best=9)), raid(Quantity("men", best=30))], "others say 9 or 30 men killed"),
        ([raid(Quantity("men", low=2))], ""),
        ([raid(Quantity("men", best=3))], ""),
        ([raid(Quantity("men", best=9), 5)], "others say 9 men killed"),
    ],
)
def test_what_others_say_stands_beside_the_number_that_is_taken(others: list[Attacked], words: str) -> None:
    taken = claim("a", raid(Quantity("men", best=3)), said=day(11))
    rivals = [
        claim(f"b{number}", event, source=source, said=day(12))
        for number, (event, source) in enumerate(zip(others, ("courier", "herald"), strict=False))
    ]
    whole = record(taken, *rivals)
    (entry,) = [entry for entry in whole.log() if isinstance(entry.event, Attacked)]
    disputed = disputed_entries(whole, whole.disputes(), Lens())
    assert (disputed[entry.id].others if entry.id in disputed else "") == words
    assert disagreement_over(entry, (), whole.ground) is None


def test_a_row_of_which_nothing_decides_who_did_it_is_disputed() -> None:
    ship, takers = ActorId("south-foot"), (ActorId("north"), ActorId("rebels"))
    whole = record(
        *(
            claim(name, ShipCaptured(ship, (taker,), place=DELL), source=name, episode="")
            for name, taker in zip(("gazette", "courier"), takers, strict=True)
        )
    )
    alike = evolve(whole.testimony.sources["gazette"], id="courier")
    whole = evolve(whole, testimony=evolve(whole.testimony, sources={**whole.testimony.sources, "courier": alike}))
    (entry,) = [entry for entry in whole.log() if isinstance(entry.event, ShipCaptured)]
    assert f"{ship}.struck_by" in entry.unknown
    disputed = disputed_entries(whole, whole.disputes(), Lens())
    assert (disputed[entry.id].relation, disputed[entry.id].others) == ("contradicts", "")
