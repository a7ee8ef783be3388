"""The laws of a story: nobody is created or lost, any step can be taken up again, and luck belongs to what it decides."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from functools import cache
from pathlib import Path

from attrs import evolve
from hypothesis import given, settings
from hypothesis import strategies as st

from situation.dates import DAY
from situation.events import (
    EVENTS,
    ActorId,
    DayBegan,
    ForceRaised,
    GroundShared,
    NumbersDrawn,
    PlaceId,
    PostureChanged,
    StrengthAssessed,
    Triggered,
)
from situation.log.entry import Entry, Log, Ruled
from situation.log.fold import Folding
from situation.record.loading import load
from situation.record.record import Record
from situation.scenario import Force, Given, Question, Scenario, load_scenario
from situation.story.stage import Stage, stage_of
from situation.story.story import Story, resume, tell
from situation.story.tally import tallies
from situation.testimony.codec import Codec, plain, tagged_mapping
from situation.testimony.mapnames import names_of
from tests.unit.constructed import fixed

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "scenarios" / "al-qaim-2017"


@cache
def record() -> Record:
    return load(FOLDER)


@cache
def baseline() -> Scenario:
    return load_scenario(FOLDER / "baseline.yaml", record())


@cache
def stage() -> Stage:
    return stage_of(baseline(), record())


@cache
def told(index: int) -> Story:
    return tell(stage(), 11, index, index, index)


def written(entries: tuple[Entry, ...]) -> str:
    return "\n".join(json.dumps([type(entry.event).__name__, plain(entry)]) for entry in entries)


def varied(**changes: object) -> Scenario:
    return evolve(baseline(), **changes)  # type: ignore[arg-type]


@given(index=st.integers(0, 3))
@settings(max_examples=4, deadline=None)
def test_nobody_is_created_or_lost_at_any_entry(index: int) -> None:
    story = told(index)
    folding = Folding(record().ground, story.stage.state)
    for entry in story.entries:
        before = {
            actor: (tally.started, tally.arrived) for actor, tally in tallies(folding.live, record().ground).items()
        }
        folding.apply(entry)
        for actor, tally in tallies(folding.live, record().ground).items():
            assert tally.conserved, f"{actor} after {entry.id}: {tally}"
            if not isinstance(entry.event, ForceRaised) and actor in before:
                assert (tally.started, tally.arrived) == before[actor]


def test_a_new_estimate_changes_no_numbers() -> None:
    story = told(0)
    folding = Folding(record().ground, story.state())
    before = tallies(folding.live, record().ground)
    known = next(entry for entry in story.stage.log if isinstance(entry.event, StrengthAssessed))
    folding.apply(known)
    assert tallies(folding.live, record().ground) == before


@given(index=st.integers(0, 3), where=st.floats(0, 1), ties=st.booleans())
@settings(max_examples=24, deadline=None)
def test_a_story_taken_up_at_any_step_ends_in_the_same_bytes(index: int, where: float, ties: bool) -> None:
    story = told(index)
    steps = range(len(story.steps))
    if ties:  # cuts between steps of one minute
        entries = story.entries
        steps = [  # type: ignore[assignment]
            step
            for step in steps
            if story.steps[step] < len(entries)
            and entries[story.steps[step] - 1].time == entries[story.steps[step]].time
        ]
    step = steps[min(len(steps) - 1, int(where * len(steps)))]
    again = resume(story.prefix(step), stage(), 11, index, index, index)
    assert again.entries == story.entries
    assert written(again.entries) == written(story.entries)


@given(index=st.integers(0, 3), days=st.integers(0, 119))
@settings(max_examples=8, deadline=None)
def test_a_longer_horizon_does_not_change_the_past(index: int, days: int) -> None:
    until = baseline().at + days * DAY
    short = tell(stage(), 11, index, index, index, until)
    assert short.entries == tuple(entry for entry in told(index).entries if entry.time <= until)


def test_every_entry_bears_its_rule_and_every_draw_its_address() -> None:
    earlier = {entry.id for entry in told(1).stage.log}
    for entry in told(1).entries:
        assert isinstance(entry.cause, Ruled)
        assert entry.cause.rule
        assert (entry.cause.draw is None) == (entry.cause.address == "")
        assert entry.cause.draw is None or 0.0 < entry.cause.draw < 1.0
        assert set(entry.cause.parents) <= earlier, entry.id
        assert entry.id not in earlier
        earlier.add(entry.id)


def test_the_entries_are_in_order_and_the_log_folds_to_the_state() -> None:
    story = told(2)
    times = [entry.time for entry in story.entries]
    assert times == sorted(times)
    assert Log.of(story.log.entries).entries == story.log.entries
    assert set(story.state().because) == set(story.state().cells)


def without(entries: tuple[Entry, ...], *kinds: type) -> list[Entry]:
    return [entry for entry in entries if not isinstance(entry.event, kinds)]


def test_one_more_man_in_a_far_corner_changes_only_what_he_touches() -> None:
    guard = ForceRaised("one-guard", ActorId("krg"), PlaceId("erbil"), 1, "garrison", arrival=True)
    scenario = varied(given={"one-guard": Given(guard, at="2017-11-08")})
    more = tell(stage_of(scenario, record()), 11, 0, 0, 0)
    extra = [entry for entry in more.entries if entry not in told(0).entries]
    assert [type(entry.event) for entry in extra] == [Triggered, ForceRaised]
    assert [entry for entry in more.entries if entry not in extra] == list(told(0).entries)


def test_an_actor_that_nobody_fights_does_not_matter() -> None:
    """It has men, and so a posture, and a place that it shares is mixed; where nobody shoots, nothing else is otherwise."""
    observers = Force(unit="persons", source="ASSUMED", reason="a test", value=500.0, actor=ActorId("un"), at="haditha")
    calm = fixed(baseline(), clash_rate=0.0)
    bare, more = (
        tell(stage_of(scenario, record()), 11, 0, 0, 0).entries
        for scenario in (calm, evolve(calm, forces={**calm.forces, "observers": observers}))
    )
    extra = [entry for entry in more if entry not in bare]
    assert {type(entry.event) for entry in extra} == {ForceRaised, PostureChanged, GroundShared}
    assert len(extra) == 3
    assert [entry for entry in more if entry not in extra] == list(bare)


def test_an_inert_change_changes_nothing() -> None:
    question = Question("captured", place=PlaceId("rumana"), by=ActorId("iraq"))
    scenario = varied(title="Another title", questions={"rumana": question}, horizon=baseline().horizon)
    assert tell(stage_of(scenario, record()), 11, 0, 0, 0).entries == told(0).entries


def test_a_number_that_no_rule_asks_for_changes_only_the_list_of_numbers() -> None:
    numbers = dict(baseline().numbers)
    numbers["unasked"] = evolve(numbers["air.battles"], name="unasked")
    more = tell(stage_of(varied(numbers=numbers), record()), 11, 0, 0, 0)
    assert without(more.entries, NumbersDrawn) == without(told(0).entries, NumbersDrawn)


def test_each_stream_moves_only_what_it_is_for() -> None:
    until = baseline().at + 2 * DAY
    base = tell(stage(), 11, 0, 0, 0, until)
    raised = {entry.event for entry in base.entries if isinstance(entry.event, ForceRaised)}
    other_chance = tell(stage(), 11, 0, 0, 1, until)
    assert {entry.event for entry in other_chance.entries if isinstance(entry.event, ForceRaised)} == raised
    other_record = tell(stage(), 11, 1, 0, 0, until)
    assert {entry.event for entry in other_record.entries if isinstance(entry.event, ForceRaised)} != raised
    numbers = [entry.event for entry in base.entries if isinstance(entry.event, NumbersDrawn)]
    assert [entry.event for entry in other_record.entries if isinstance(entry.event, NumbersDrawn)] == numbers


def test_a_day_has_one_beginning() -> None:
    days = [entry.event.day for entry in told(3).entries if isinstance(entry.event, DayBegan)]
    assert days == list(range(days[0], days[0] + 120))


def test_the_order_of_hashes_does_not_matter() -> None:
    program = (
        "import sys; from situation.record.loading import load; from situation.scenario import load_scenario;"
        "from situation.story.stage import stage_of; from situation.story.story import tell; import hashlib;"
        "folder = sys.argv[1];"
        "record = load(folder); plan = load_scenario(folder + '/baseline.yaml', record);"
        "story = tell(stage_of(plan, record), 11, 1, 1, 1);"
        "print(hashlib.sha256(repr([(e.id, e.event, e.cause) for e in story.entries]).encode()).hexdigest())"
    )
    digests = set()
    for seed in ("1", "2"):
        env = {**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": str(ROOT / "src")}
        done = subprocess.run(
            [sys.executable, "-c", program, str(FOLDER)], env=env, capture_output=True, text=True, check=True
        )
        digests.add(done.stdout)
    assert len(digests) == 1


def test_every_event_of_a_story_can_be_written_and_read_back() -> None:
    ground = record().ground
    names = names_of(
        {"actors": ground.actors, "places": ground.places, "regions": ground.regions, "operations": ground.operations}
    )
    codec = Codec(names)
    for entry in told(1).entries:
        line = json.dumps(tagged_mapping(entry.event, "event"))
        rest = json.loads(line)
        assert codec.plainly(rest, EVENTS[rest.pop("event")]) == entry.event
