"""A row of an event whose numbers are disputed says what others say, beside the number that is taken."""

from __future__ import annotations

import pytest

from situation.events import CIVILIANS, ActorId, Attacked, PlaceId, Quantity, Side
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
