"""The laws of the record, each over small testimonies drawn at random."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, cast, get_args, get_origin, get_type_hints

from attrs import evolve
from hypothesis import example, given
from hypothesis import strategies as st

from situation.events import (
    ActorId,
    Event,
    OperationId,
    OperationLaunched,
    PlaceId,
    Repelled,
    RouteSealed,
    SiegeBroken,
    VoteHeld,
    Withdrew,
)
from situation.events.predicates import Predicate
from situation.log.effects import Changes, changes
from situation.log.entry import Entry, Reported
from situation.log.fold import fold, history
from situation.log.state import State
from situation.record.beliefs.policies import BELIEFS
from situation.record.joining.standing import known_claims
from situation.testimony.claims import Claim
from situation.testimony.codec import Codec, tagged_mapping
from situation.testimony.mapnames import names_of
from situation.testimony.vocabulary import split_tag
from tests.property.printed import printed
from tests.property.testimonies import IDS, any_content, claims, taken_back
from tests.unit.spoken import GROUND, claim, heard, record

ROOT = Path(__file__).parents[2]
CODEC = Codec(
    names_of(
        {"actors": GROUND.actors, "places": GROUND.places, "regions": GROUND.regions, "operations": GROUND.operations}
    )
)
BELIEF = st.sampled_from(sorted(BELIEFS))
NORTH, SOUTH, REBELS = (ActorId(name) for name in ("north", "south", "rebels"))
START = record().state("2020-03-01")


@given(any_content())
def test_content_written_down_reads_back_the_same(pair: tuple[str, Event | Predicate]) -> None:
    key, content = pair
    written = json.loads(json.dumps(tagged_mapping(content, key)))
    kind, rest = split_tag(written, key)
    assert CODEC.plainly(rest, kind) == (_lists(content, sorted) if isinstance(content, Event) else content)


@given(any_content())
@example(("event", VoteHeld((NORTH, SOUTH), "the peace")))
@example(("event", Withdrew(PlaceId("corve"), (REBELS, SOUTH))))
@example(("event", SiegeBroken(PlaceId("corve"), (NORTH, SOUTH))))
@example(("event", Repelled(PlaceId("dell"), (NORTH, REBELS))))
@example(("event", RouteSealed("arlen--dell", REBELS, (NORTH, SOUTH))))
def test_in_which_order_the_doers_are_named_changes_nothing(pair: tuple[str, Event | Predicate]) -> None:
    event = pair[1]
    if isinstance(event, Event):
        other = _lists(event, lambda ids: ids[::-1], ActorId)
        assert other.subject == event.subject
        assert _brought_about(other) == _brought_about(event)


def _lists(event: Event, by: Callable[[Any], Any], *of: Any) -> Event:
    """An event with its lists of ids, or of those of some kind, in another order."""
    hints = get_type_hints(type(event))
    lists = [name for name, kind in hints.items() if get_origin(kind) is tuple and get_args(kind)[0] in (of or IDS)]
    changed: Event = evolve(cast(Any, event), **{name: tuple(by(getattr(event, name))) for name in lists})
    return changed


def _brought_about(event: Event) -> Changes:
    """What an event does to the valley as it stands at the opening."""
    now = START.because["arlen.holder"]
    return changes(Entry("it", now.time, now.span, event, Reported("graded", ())), START, GROUND)


@given(taken_back(), st.randoms(use_true_random=False), BELIEF, st.booleans())
def test_claims_may_arrive_in_any_order(
    pair: tuple[tuple[Claim, ...], tuple[Claim, ...]], shuffler: Any, belief: str, carried: bool
) -> None:
    told = [*pair[0], *pair[1]]
    shuffled = list(told)
    shuffler.shuffle(shuffled)
    assert printed(record(*shuffled), belief, carried) == printed(record(*told), belief, carried)


@given(claims(), st.data())
def test_folding_in_two_parts_is_folding_in_one(told: tuple[Claim, ...], data: st.DataObject) -> None:
    entries = record(*told).log().entries
    cut = data.draw(st.integers(0, len(entries)))
    whole = fold(entries, GROUND)
    assert fold(entries[cut:], GROUND, start=fold(entries[:cut], GROUND)) == whole


@given(taken_back(), st.booleans())
def test_no_claim_of_one_voice_takes_away_a_claim_of_another(
    pair: tuple[tuple[Claim, ...], tuple[Claim, ...]], carried: bool
) -> None:
    testimony = heard(*pair[0], *pair[1])
    moments = sorted({testimony.known_from(claim, carried) for claim in testimony.claims.values()})
    known = [set(known_claims(testimony, moment, carried)) for moment in moments]
    for moment, before, after in zip(moments[1:], known, known[1:], strict=False):
        voices = [it for it in pair[1] if testimony.known_from(it, carried) <= moment]
        for name in before - after:
            gone = testimony.claims[name]
            assert any(
                (it.source == gone.source and it.said_by == "article")
                or it.said_by in (gone.said_by, gone.origin)
                or it.origin in (gone.said_by, gone.origin)
                for it in voices
            )


@given(claims(), st.integers(1, 31), st.integers(1, 31), BELIEF)
def test_a_longer_horizon_does_not_change_the_past(told: tuple[Claim, ...], one: int, other: int, belief: str) -> None:
    near, far = sorted((f"2020-03-{one:02d}", f"2020-03-{other:02d}"))
    full = record(*told)
    log = full.log(belief=belief)
    long, short = log.until(full.minute(far)), log.until(full.minute(near))
    assert long.until(full.minute(near)) == short
    shown = full.state(near, belief=belief)
    assert fold(short, GROUND) == State(shown.cells, shown.because, shown.last)


@given(taken_back(), st.integers(1, 31), BELIEF)
def test_every_cell_has_a_because_which_is_an_entry_of_the_log(
    pair: tuple[tuple[Claim, ...], tuple[Claim, ...]], day: int, belief: str
) -> None:
    full = record(*pair[0], *pair[1])
    state = full.state(f"2020-03-{day:02d}", belief=belief)
    entries = set(full.log(belief=belief).entries)
    assert set(state.because) == set(state.cells)
    assert set(state.because.values()) <= entries


@given(claims(), st.data(), BELIEF)
def test_a_retraction_leaves_all_as_if_what_it_takes_back_had_never_been_known(
    told: tuple[Claim, ...], data: st.DataObject, belief: str
) -> None:
    target = data.draw(st.sampled_from(told))
    retraction = evolve(target, id="back", mode="retracts", kind="retraction", content=None, retracts=target.id)
    with_it = record(*told, retraction)
    since = with_it.testimony.known_from(retraction)
    for known_at in sorted({since, *(moment for moment in with_it.knowledge_moments() if moment >= since)}):
        gone = with_it.reading(known_at, belief).taken_back
        assert target.id in gone
        assert all(
            (claim.source, claim.said_by) == (target.source, target.said_by)
            or claim.origin == target.origin
            or claim.said_by == target.said_by != "article"
            for claim in told
            if claim.id in gone
        )
        without = record(*(claim for claim in told if claim.id not in gone))
        assert printed(with_it, belief, known_at=known_at) == printed(without, belief, known_at=known_at)


@given(claims(), st.booleans())
def test_a_retraction_taken_back_leaves_the_claim_standing(told: tuple[Claim, ...], first: bool) -> None:
    target = told[0]
    blank = evolve(target, mode="retracts", kind="retraction", content=None)
    back = evolve(blank, id="b1" if first else "b2", retracts=target.id)
    undone = evolve(blank, id="b2" if first else "b1", retracts=back.id)
    assert printed(record(*told, back, undone)) == printed(record(*told))
    again = evolve(blank, id="b3", retracts=target.id)
    assert target.id not in known_claims(heard(*told, again, back, undone), record(*told).known(None))


@given(claims(), BELIEF)
def test_the_history_agrees_with_the_fold_at_every_time(told: tuple[Claim, ...], belief: str) -> None:
    full = record(*told)
    log = full.log(belief=belief)
    spans = history(log, GROUND)
    times = {entry.time for entry in log}
    for minute in sorted(times | {time - 1 for time in times} | {time + 1 for time in times}):
        there = {it.cell: it for it in spans if it.since <= minute and (it.until is None or minute < it.until)}
        state = fold(log.until(minute), GROUND)
        assert {cell: change.value for cell, change in there.items()} == state.cells
        assert {cell: change.entry for cell, change in there.items()} == state.because


@given(claims())
def test_the_spans_of_a_cell_follow_one_another_without_a_gap(told: tuple[Claim, ...]) -> None:
    by_cell: dict[str, list[Any]] = {}
    for change in record(*told).history():
        by_cell.setdefault(change.cell, []).append(change)
    for spans in by_cell.values():
        assert [change.until for change in spans] == [*(change.since for change in spans[1:]), None]
        assert all(change.since < change.until for change in spans[:-1])


@given(taken_back(), BELIEF)
def test_entries_lie_within_their_spans_and_come_in_order(
    pair: tuple[tuple[Claim, ...], tuple[Claim, ...]], belief: str
) -> None:
    log = record(*pair[0], *pair[1]).log(belief=belief)
    assert all(entry.span.earliest <= entry.time <= entry.span.latest for entry in log)
    assert [entry.time for entry in log] == sorted(entry.time for entry in log)
    assert len({entry.id for entry in log}) == len(log)


@given(claims(), BELIEF)
def test_a_stated_sequence_is_kept(told: tuple[Claim, ...], belief: str) -> None:
    by_id = {claim.id: claim for claim in told}
    entries = record(*told).log(belief=belief).entries
    place = {entry.id: number for number, entry in enumerate(entries)}
    for entry in entries:
        steps = [step for name in entry.cause.claims for step in by_id[name].follows]
        for step in steps:
            for other in entries:
                if other.id == step.happening or other.id.startswith(f"{step.happening}/"):
                    gap = GROUND.lexicon[step.gap].least if step.gap else 0
                    assert entry.time >= other.time + gap
                    assert place[entry.id] > place[other.id]


@given(taken_back(), BELIEF, st.integers(10, 25))
def test_what_is_derived_names_only_claims_that_are_known_and_stand(
    pair: tuple[tuple[Claim, ...], tuple[Claim, ...]], belief: str, day: int
) -> None:
    full = record(*pair[0], *pair[1])
    known_at = f"2020-03-{day:02d}"
    known = set(known_claims(full.testimony, full.minute(known_at)))
    found = full.disputes(known_at, belief)
    named = {name for dispute in found.disputes for name in dispute.claims}
    named |= {mismatch.claim for mismatch in found.mismatches} | set(found.untestable)
    named |= {name for mismatch in found.mismatches for name in mismatch.because if not name.startswith("opening:")}
    for entry in full.log(known_at, belief):
        named |= set(entry.cause.claims)
        if isinstance(entry.cause, Reported):
            named |= set(entry.cause.against)
    assert named <= known


@given(claims(), BELIEF)
def test_every_known_report_is_in_the_log_or_passed_over_and_none_is_forgotten(
    told: tuple[Claim, ...], belief: str
) -> None:
    reading = record(*told).reading(belief=belief)
    in_log = {
        name
        for entry in reading.log
        if isinstance(entry.cause, Reported)
        for name in (*entry.cause.claims, *entry.cause.against)
    }
    events = {claim.id for claim in reading.claims.values() if claim.kind == "event"}
    assert in_log <= events
    asked = {claim.id for weighed in reading.decided for answer in weighed.question.answers for claim in answer.claims}
    assert events <= in_log | asked


@given(claims(), BELIEF, st.integers(1, 31))
@example(
    (claim("c0", OperationLaunched(OperationId("spring-push"), (NORTH,), REBELS, (PlaceId("arlen"),)), None),),
    "graded",
    1,
)
def test_every_cell_can_be_explained(told: tuple[Claim, ...], belief: str, day: int) -> None:
    full = record(*told)
    at = f"2020-03-{day:02d}"
    state = full.state(at, belief=belief)
    for cell, value in state.cells.items():
        found = full.why(cell, at, belief=belief)
        assert (found.value, found.entry) == (value, state.because[cell])
        assert not {it.claim.id for it in found.supporting} & {it.claim.id for it in found.opposing}


def test_the_seed_of_hashes_does_not_matter() -> None:
    told = set()
    for seed in ("0", "1", "2"):
        environment = {**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{ROOT}"}
        command = [sys.executable, "-m", "tests.property.printed"]
        done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, check=True)
        told.add(done.stdout)
    assert len(told) == 1
    assert len(told.pop()) > 1000
