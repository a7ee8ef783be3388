"""What two reports of equal weight say otherwise of one event is not known, and no letters choose."""

from __future__ import annotations

import pytest
from attrs import evolve

from situation.events import ActorId, ActorsMerged, Attacked, Event, PlaceId, Quantity
from situation.log.record_words import sentence
from situation.testimony.claims import Claim
from tests.unit.spoken import GROUND, SOURCES, claim, day, record

NORTH, SOUTH, REBELS = ActorId("north"), ActorId("south"), ActorId("rebels")
RAID = Attacked(PlaceId("dell"), (NORTH,), REBELS, means="air", killed=Quantity("men", best=3))


SHELLED = evolve(RAID, means="artillery")


def made_of(*claims: Claim) -> Event:
    """The one event that some claims of one episode tell of."""
    (entry,) = [entry for entry in record(*claims).log() if type(entry.event) is type(claims[0].event)]
    return entry.event


@pytest.mark.parametrize("pair", [(RAID, SHELLED), (SHELLED, RAID)])
def test_a_field_of_which_two_of_equal_weight_say_otherwise_says_nothing(pair: tuple[Attacked, Attacked]) -> None:
    one, other = (claim(name, event, said=day(11)) for name, event in zip("ab", pair, strict=True))
    made = made_of(one, other)
    assert isinstance(made, Attacked)
    assert (made.means, made.killed) == (None, RAID.killed)
    more = made_of(one, other, claim("c", pair[0], source="herald", said=day(12)))
    assert isinstance(more, Attacked)
    assert more.means == pair[0].means


@pytest.mark.parametrize("pair", [(NORTH, REBELS), (REBELS, NORTH)])
def test_whom_an_actor_joined_is_not_told_where_nothing_decides(pair: tuple[ActorId, ActorId]) -> None:
    one = claim("a", ActorsMerged((SOUTH,), pair[0]), said=day(13), episode="")
    other = claim("b", ActorsMerged((SOUTH,), pair[1]), source="courier", said=day(13), episode="")
    whole = record(one, other)
    alike = evolve(SOURCES["courier"], reliability=SOURCES["gazette"].reliability)
    whole = evolve(whole, testimony=evolve(whole.testimony, sources={**SOURCES, "courier": alike}))
    (entry,) = [entry for entry in whole.log() if isinstance(entry.event, ActorsMerged)]
    assert sentence(entry.event, GROUND) == "the South became part of another actor"
    assert whole.state(day(15)).places["corve"].holders == (SOUTH,)


def test_who_joined_somebody_that_nobody_names_holds_nothing_any_more() -> None:
    assert record(claim("a", ActorsMerged((SOUTH,)))).state(day(12)).places["corve"].holders == ()
