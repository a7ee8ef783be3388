"""Two events that are alike in all but who tells of them come in one order, whatever their claims and episodes are called."""

from __future__ import annotations

from itertools import permutations

from situation.events import ActorId, Captured, PlaceId
from tests.unit.spoken import claim, day, record

ARLEN, NORTH, REBELS = PlaceId("arlen"), ActorId("north"), ActorId("rebels")


def test_two_alike_captures_keep_their_minutes_under_other_names() -> None:
    """Taken, taken back and taken again on one day: which of two alike reports is the first is no matter of letters."""
    seen = set()
    for one, other in permutations(("a", "b")):
        for first, second in permutations(("morning", "noon")):
            taken = Captured(ARLEN, (NORTH,), REBELS)
            whole = record(
                claim(one, taken, day(10), episode=first),
                claim(other, taken, day(10), episode=second, source="courier"),
                claim("z", Captured(ARLEN, (REBELS,), NORTH), day(10), source="herald"),
            )
            source = {name: it.source for name, it in whole.testimony.claims.items()}
            seen.add(
                tuple((entry.time, *map(source.__getitem__, entry.cause.claims)) for entry in list(whole.log())[-3:])
            )
    assert len(seen) == 1
