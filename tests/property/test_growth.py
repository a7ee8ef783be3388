"""A record read in parts, and read on from moment to moment, gives what it gives when it is read as a whole."""

from __future__ import annotations

from attrs import evolve
from hypothesis import example, given

from situation.events import ActorId, Attacked, Captured, Entered, Event, PlaceId, SiegeBroken
from situation.log.fold import breaches, history
from situation.log.state import HOLDING
from situation.record.beliefs.policies import BELIEFS
from situation.record.evidence.witnesses import Witnesses
from situation.record.joining.clusters import clusters
from situation.record.readings.growing import GrowingReading
from situation.record.readings.joined_clusters import JoinedClusters
from situation.record.readings.reading import Reader
from situation.record.record import Record
from situation.testimony.claims import Claim
from tests.property.testimonies import claims, raids, taken_back
from tests.unit.spoken import claim, day, record, retraction, span

NORTH, SOUTH, REBELS, DELL = ActorId("north"), ActorId("south"), ActorId("rebels"), PlaceId("dell")


def _of_dell(name: str, event: Event, first: int, episode: str) -> Claim:
    return claim(name, event, span(day(first), day(first + 2)), episode=episode)


TWICE_IN_NO_ORDER = (
    _of_dell("c1", Captured(DELL, (NORTH,)), 2, "one"),
    _of_dell("c2", Captured(DELL, (SOUTH,)), 2, "two"),
    _of_dell("c3", Entered(DELL, (SOUTH,)), 12, "one"),
    _of_dell("c4", SiegeBroken(DELL, (REBELS,)), 12, "three"),
)
"""One episode, in which it is twice not known what came first at one place."""


@given(taken_back() | raids().map(lambda told: (told, ())))
def test_claims_of_two_clusters_have_no_bearing_on_each_other(
    pair: tuple[tuple[Claim, ...], tuple[Claim, ...]],
) -> None:
    _read_in_parts_as_a_whole(record(*pair[0], *pair[1]))


def test_a_stranger_who_denies_a_row_that_was_taken_back_may_speak_of_another_row() -> None:
    raid = Attacked(PlaceId("arlen"), (NORTH,), REBELS)
    rows = [claim(name, raid, day(5), origin="wire", episode="") for name in ("c1", "c2")]
    denied = retraction("r1", "c1", source="herald", said=day(13))
    parts = record(*rows, denied, retraction("r2", "c1", said=day(14)))
    sources = dict(parts.testimony.sources)
    sources["gazette"] = evolve(sources["gazette"], rows=True)
    _read_in_parts_as_a_whole(evolve(parts, testimony=evolve(parts.testimony, sources=sources)))


def test_reports_of_one_place_every_other_day_are_clusters_of_their_own_and_possibly_one() -> None:
    raid = Attacked(PlaceId("arlen"), (NORTH,), REBELS)
    parts = record(*(claim(f"c{number}", raid, day(1 + 2 * number), episode="") for number in range(5)))
    assert [len(cluster) for cluster in clusters(parts.testimony, parts.ground)] == [1] * 5
    pairs = [[name for side in doubt.claims for name in side] for doubt in parts.reading().joins.possibly_one]
    assert pairs == [[f"c{number}", f"c{number + 1}"] for number in range(4)]
    _read_in_parts_as_a_whole(parts)


def _read_in_parts_as_a_whole(parts: Record) -> None:
    testimony, whole = parts.testimony, tuple(parts.testimony.claims.values())
    grouped = clusters(testimony, parts.ground)
    assert sorted(claim.id for cluster in grouped for claim in cluster) == sorted(testimony.claims)
    at_once = Reader(JoinedClusters((whole,), testimony, parts.ground), ((0,),), BELIEFS["graded"], "graded")
    for moment in parts.knowledge_moments():
        one, other = at_once.read(moment), parts.reading(moment)
        assert other.log == one.log
        assert other.passed_over == one.passed_over
        assert sorted(map(repr, other.decided)) == sorted(map(repr, one.decided))
        assert (other.claims, other.taken_back, other.revised) == (one.claims, one.taken_back, one.revised)
        assert (other.evidence.weight, other.evidence.voice) == (one.evidence.weight, one.evidence.voice)
        assert (other.joins.happening, other.joins.why) == (one.joins.happening, one.joins.why)
        assert other.joins.possibly_one == one.joins.possibly_one


@given(claims() | raids())
@example(TWICE_IN_NO_ORDER)
def test_a_reading_that_grows_is_at_every_moment_the_reading_of_that_moment(told: tuple[Claim, ...]) -> None:
    parts = record(*told)
    growing = GrowingReading(parts.readers.of("graded"))
    witnesses = Witnesses.growing(growing, parts.testimony)
    log: dict[str, object] = {}
    for moment in parts.knowledge_moments():
        growth = growing.grow(moment)
        witnesses.follow(growth)
        whole = parts.reading(moment)
        for entry in growth.left:
            assert log.pop(entry.id) == entry
        log |= {entry.id: entry for entry in growth.entered}
        assert log == {entry.id: entry for entry in whole.log}
        every = [entry for entry, _ in growing.entries(-(10**12), 10**12)]
        assert every == list(whole.log)
        courses = [change for cell in sorted(growing.changes) for change in growing.changes[cell]]
        assert courses == list(history(whole.log, parts.ground))
        assert growing.history.broken == breaches(whole.log, parts.ground)
        assert (growing.claims, growing.revised) == (dict(whole.claims), dict(whole.revised))
        assert growing.evidence == whole.evidence
        for cell in {weighed.question.cell for weighed in whole.decided}:
            assert growing.on_cell(cell) == whole.on_cell(cell)
        of_moment = parts.witnesses(moment)
        for place in parts.ground.places:
            for cell in (f"{place}.{attribute}" for attribute in HOLDING):
                assert witnesses.turns(cell) == of_moment.turns(cell)
                for at in (moment, parts.ground.window.latest):
                    sides = {one.claim.id: one.group for one in of_moment.of(cell, at)}
                    assert {one.claim.id: one.group for one in witnesses.of(cell, at)} == sides
                    apart = {one.claim.id: one.group for one in witnesses.of(cell, at, sides.keys())}
                    assert apart.items() <= sides.items()
                    assert all(sides[name] == "other_times" for name in sides.keys() - apart.keys())
