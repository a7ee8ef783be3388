"""A story as rows of a world of tables: each cell and its cause are those of the fold, and what has no room is refused."""

from __future__ import annotations

import os
import random
import subprocess
import sys
from collections.abc import Callable
from functools import cache
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from attrs import evolve
from hypothesis import given, settings
from hypothesis import strategies as st

from situation.dates import DAY, Interval
from situation.errors import Fault
from situation.events import (
    EVENTS,
    ActorId,
    Agreement,
    AgreementLapsed,
    AirSupportGiven,
    AirSupportWithdrawn,
    Attacked,
    Besieged,
    Captured,
    CeasefireAgreed,
    CeasefireBegan,
    ClashStepped,
    Conceded,
    Day,
    DoctrineSwitched,
    Entered,
    Event,
    GroundShared,
    HandedOver,
    KilledOff,
    LeftTheatre,
    OpeningAssumed,
    PeaceSigned,
    PlaceId,
    PositionTaken,
    PostureChanged,
    Proclaimed,
    Quantity,
    Repelled,
    RouteOpened,
    RouteSealed,
    SiegeBroken,
    StanceChanged,
    StandingAgreement,
    Triggered,
    Withdrew,
)
from situation.events.kinds import Stance
from situation.events.story import StoryEvent
from situation.kernel import VARIABLE
from situation.log.entry import Assumed, Entry, Ruled
from situation.log.fold import fold
from situation.scenario.checks.given import GIVABLE
from situation.story.rows.kinds import GROUP, RowKind
from situation.story.rows.layout import LAYOUTS
from situation.story.rows.replay import Replay
from situation.story.stage import Stage
from situation.story.story import Story
from situation.story.world.numbering import MOST_ACTORS, Register
from situation.testimony.opening import Part
from tests.golden.test_stories import NAMES
from tests.oracles.fold.story import tell
from tests.oracles.world_cells import hold, rows_tell, story_of, with_other_plans

ROOT = Path(__file__).parents[2]
STATUSES = ("held", "contested", "besieged", "mixed", "ungarrisoned", "unknown", None)
STANCES: tuple[Stance, ...] = ("allied", "coordinated", "deconflicted", "tolerated", "neutral", "hostile")


@cache
def valley_story() -> Story:
    return story_of("tarn-valley/guns", 30)


def happened(stage: Stage, *events: Event, first: int = 0) -> list[Entry]:
    """Events of a story as entries, one a day."""
    times = (stage.scenario.at + day * DAY for day in count(first))
    return [
        Entry(f"{type(event).__name__}/{time}", time, Interval(time, time), event, Ruled("a rule"))
        for time, event in zip(times, events, strict=False)
    ]


def test_the_cells_of_a_story_and_their_causes_are_the_folds() -> None:
    story = valley_story()
    assert hold(story.stage, story.entries) == len(story.entries) > 100
    assert rows_tell(story) == len(story.entries)
    assert {LAYOUTS[type(entry.event)].happening for entry in story.entries} > {RowKind.CAPTURED, RowKind.ARRIVED}


def test_every_event_that_a_story_can_hold_has_a_layout_of_its_own() -> None:
    own = {kind for kind in EVENTS.values() if issubclass(kind, StoryEvent)}
    assert own | {*GIVABLE} <= {*LAYOUTS}
    assert sorted(layout.happening for layout in LAYOUTS.values()) == sorted({*RowKind} - {RowKind.NOTHING})


class Chances:
    """Chance events of control and of relations in the valley, and a record that holds what no library record does."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)
        self.stage = valley_story().stage
        ground = self.stage.ground
        self.units, self.places, self.links = sorted(ground.actors), self.stage.places, sorted(ground.links)
        self.roots = sorted({ground.root(unit) for unit in self.units})
        self.agreements: list[Agreement] = []

    def some(self, names: Any, least: int = 1) -> Any:
        return tuple(self.random.sample(names, self.random.randint(least, min(3, len(names)))))

    def opening(self) -> dict[str, Any]:
        cells: dict[str, Any] = {}
        r = self.random
        for place in self.places:
            holder = self.some(self.roots, 0)
            cells[f"{place}.holder"] = frozenset(holder) if len(holder) > 1 else holder[0] if holder else None
            cells[f"{place}.status"] = r.choice(STATUSES)
            cells[f"{place}.parts"] = tuple(Part(ActorId(it), r.choice("ab")) for it in self.some(self.roots, 0))
            cells[f"{place}.besieger"] = r.choice((None, *self.roots, frozenset(self.roots[:2])))
            cells[f"{place}.declared_by"] = r.choice((None, *self.roots))
            cells[f"{place}.entered_by"] = frozenset(self.some(self.units, 0))
            cells[f"{place}.blockaded"], cells[f"{place}.blockaded_by"] = (
                r.random() < 0.5,
                frozenset(self.some(self.units)),
            )
            cells[f"{place}.successors"] = r.choice((None, (), self.some(self.roots)))
            cells[f"{place}.killed"] = r.choice((None, Quantity("men", best=7)))
            cells |= {f"{it}@{place}.strength": Quantity("men", best=9) for it in self.some(self.units, 0)}
            cells |= {f"{it}@{place}.strength.tanks": Quantity("tanks", best=3) for it in self.some(self.units, 0)}
        for region in self.stage.ground.regions:
            cells |= {f"{it}@{region}.strength": Quantity("men", best=9) for it in self.some(self.units, 0)}
        for one in self.roots:
            for other in self.roots:
                if one != other and r.random() < 0.7:
                    cells[f"{one}:{other}.stance"] = r.choice(STANCES)
                    cells[f"{one}:{other}.rung"] = r.randrange(4)
                if one < other and r.random() < 0.6:
                    cells[f"{one}:{other}.agreement"] = self.agreed(one, other)
                    beside = (self.agreed(one, other) for _ in range(r.choice((0, 1, 3))))
                    cells[f"{one}:{other}.agreements_beside"] = frozenset(
                        StandingAgreement(it, r.random() < 0.5, frozenset(self.some(self.units, 0))) for it in beside
                    )
        return cells

    def agreed(self, *parties: str) -> Agreement:
        days = [None, *(Day(f"2020-03-{day:02}") for day in (5, 12, 14, 16, 20, 28))]
        scope = frozenset(self.some(self.places, 0))
        r = self.random
        made = Agreement("ceasefire", frozenset(map(ActorId, parties)), scope, r.choice(days), r.choice(days))
        self.agreements.append(made)
        return made

    def event(self) -> Event:
        r, place = self.random, self.random.choice(self.places)
        by, against = self.some(self.units), r.choice((None, *self.units))
        one, other = r.sample(self.roots, 2)
        link, began = r.choice(self.links), self.stage.day_of(self.stage.scenario.at)
        kinds = (
            *(Captured, Entered, Besieged, SiegeBroken, Repelled),
            *(HandedOver, Withdrew, GroundShared, Attacked),
            *(StanceChanged, CeasefireAgreed, CeasefireBegan, AgreementLapsed, ClashStepped, Conceded),
            *(RouteSealed, RouteOpened, AirSupportGiven, AirSupportWithdrawn, PostureChanged),
            *(DoctrineSwitched, Triggered, PositionTaken, Proclaimed),
        )
        kind: Any = r.choice((*kinds[:15], *kinds))
        if kind in (Captured, Entered, Besieged, SiegeBroken, Repelled):
            return kind(place, by if r.random() < 0.9 or kind is Captured else (), against)  # type: ignore[no-any-return]
        if kind is Attacked:
            return Attacked(place, by, ActorId(r.choice(self.units)), "counter-attack")
        if kind is CeasefireAgreed:
            agreed = self.agreed(one, other)
            terms = (tuple(agreed.scope), agreed.since, agreed.until)
            return CeasefireAgreed(None, None, self.some(self.roots, 2), *terms)
        made: dict[type[Event], Callable[[], Event]] = {
            HandedOver: lambda: HandedOver(place, by, ActorId(r.choice(self.units)), against),
            Withdrew: lambda: Withdrew(place, by),
            GroundShared: lambda: GroundShared(place, self.some(self.roots)),
            StanceChanged: lambda: StanceChanged(ActorId(one), ActorId(other), r.choice(STANCES)),
            CeasefireBegan: lambda: CeasefireBegan(r.choice(self.agreements or [self.agreed(one, other)])),
            AgreementLapsed: lambda: AgreementLapsed(r.choice(self.agreements or [self.agreed(one, other)])),
            ClashStepped: lambda: ClashStepped(
                ActorId(min(one, other)), ActorId(max(one, other)), place, r.randrange(5), (began - 50, began - 1)
            ),
            Conceded: lambda: Conceded(ActorId(one), ActorId(other)),
            RouteSealed: lambda: RouteSealed(link, ActorId(one), self.some(self.units, 0)),
            RouteOpened: lambda: RouteOpened(link, ActorId(one)),
            AirSupportGiven: lambda: AirSupportGiven(by[0], ActorId(one), "some"),
            AirSupportWithdrawn: lambda: AirSupportWithdrawn(ActorId(one)),
            PostureChanged: lambda: PostureChanged(ActorId(one), "delay"),
            DoctrineSwitched: lambda: DoctrineSwitched("push", r.choice(("hold", "race"))),
            Triggered: lambda: Triggered(r.choice(("aid", "plan/push")), r.random() < 0.5),
            PositionTaken: lambda: PositionTaken(ActorId(one), "warns", "of war", r.choice((None, ActorId(other)))),
            Proclaimed: lambda: Proclaimed(ActorId(one), "a republic"),
        }
        return made[kind]()

    def told(self, events: int) -> tuple[Stage, list[Entry]]:
        """The valley with another opening, and what comes about in it."""
        stage, at = self.stage, self.stage.scenario.at
        begun = Entry("opening/x", at, Interval(at, at), OpeningAssumed("x", self.opening()), Assumed())
        before = stage.on(stage.log, fold([begun], stage.ground, stage.state))
        return before, happened(before, *(self.event() for _ in range(events)))


@given(seed=st.integers(0, 2**32))
@settings(max_examples=8, deadline=None)
def test_whatever_comes_about_rows_and_events_change_the_same_cells(seed: int) -> None:
    stage, entries = Chances(seed).told(20)
    assert hold(stage, entries) == 20


@pytest.mark.long
@given(seed=st.integers(0, 2**32))
@settings(max_examples=1500, deadline=None)
def test_whatever_comes_about_in_many_records_rows_and_events_change_the_same_cells(seed: int) -> None:
    stage, entries = Chances(seed).told(30)
    assert hold(stage, entries) == 30


def test_who_says_again_that_two_keep_clear_of_each_other_does_not_take_it_from_their_truce() -> None:
    story, (one, other) = valley_story(), (ActorId("north"), ActorId("south"))
    term = Agreement("ceasefire", frozenset({one, other}), frozenset(), None, Day("2020-04-20"))
    again, later = StanceChanged(one, other, "deconflicted"), CeasefireAgreed(one, other, until=term.until)
    for said in ((again,), (again, again), ()):
        come = happened(story.stage, CeasefireAgreed(one, other), *said, later, AgreementLapsed(term))
        assert hold(story.stage, [*story.entries[: story.steps[0]], *come]) == story.steps[0] + len(come)


@given(seed=st.integers(0, 2**32))
@settings(max_examples=25, deadline=None)
def test_whatever_is_agreed_on_rows_and_events_change_the_same_cells(seed: int) -> None:
    chances = Chances(seed)
    kinds = (CeasefireAgreed, CeasefireBegan, AgreementLapsed, Attacked, Attacked, PeaceSigned, StanceChanged)
    stage, _ = chances.told(0)
    events: list[Event] = []
    while len(events) < 40:
        event = chances.event()
        if isinstance(event, kinds) and (not isinstance(event, PeaceSigned) or len(events) % 10 == 9):
            events.append(event)
    assert hold(stage, happened(stage, *events)) == 40


def test_men_who_leave_the_war_are_counted_alike() -> None:
    story = valley_story()
    cells = story.state().cells
    force = next(it for it in cells["story.forces"] if cells[f"{it}.number"])
    gone = LeftTheatre(force, cells[f"{force}.actor"], PlaceId("dell"), 1)
    assert hold(story.stage, (*story.entries, *happened(story.stage, gone, first=40))) == len(story.entries) + 1


def test_what_a_world_has_no_room_for_is_refused_by_name() -> None:
    bodies = Register("bodies of men", 3).fill(("column", "guns"))
    assert bodies.of("guns") == 2
    with pytest.raises(Fault, match=r"^The table of bodies of men is full: it has 2 rows\."):
        bodies.of("raiders")


def test_a_world_of_objects_has_room_for_whatever_comes() -> None:
    story, replay = valley_story(), Replay.of(valley_story().stage)
    clash = ClashStepped(ActorId("north"), ActorId("south"), PlaceId("dell"), 1, tuple(range(200)))
    replay.take(*happened(story.stage, clash))
    assert replay.written()["north:south.incidents"][0] == tuple(range(200))
    ground = evolve(
        story.stage.ground,
        actors={
            **story.stage.ground.actors,
            **{
                ActorId(f"a{number}"): evolve(story.stage.ground.actors[ActorId("north")], id=ActorId(f"a{number}"))
                for number in range(MOST_ACTORS)
            },
        },
    )
    assert len(Replay.of(evolve(story.stage, ground=ground)).writer.tables.actors) > MOST_ACTORS + 1


@pytest.mark.parametrize("unused", [0, *range(GROUP - 1, 7 * GROUP, GROUP)])
def test_a_row_that_no_kernel_applies_stops_the_world(unused: int) -> None:
    assert unused == 0 or unused not in {*RowKind}
    replay = Replay.of(valley_story().stage)
    at = replay.write(valley_story().entries[0])
    replay.writer.tables.rows[at].happening = unused
    with pytest.raises(LookupError, match="no kernel applies its row"):
        replay.apply(at, at + 1)


def test_men_who_are_not_there_and_events_of_no_story_are_refused() -> None:
    stage = valley_story().stage
    (dead,) = happened(stage, KilledOff("nobody", ActorId("north"), PlaceId("dell"), 1))
    with pytest.raises(ValueError, match="took men who are not there"):
        Replay.of(stage).take(dead)
    (peace,) = happened(stage, PeaceSigned((ActorId("north"), ActorId("south"))))
    with pytest.raises(LookupError, match=r"^PeaceSigned has no layout\."):
        Replay.of(stage).take(peace)


@pytest.mark.long
@pytest.mark.parametrize("name", NAMES)
def test_the_cells_of_every_scenarios_stories_and_their_causes_are_the_folds(name: str) -> None:
    for index in range(2):
        story = story_of(name, None, index)
        assert hold(story.stage, story.entries) == rows_tell(story) == len(story.entries)


@pytest.mark.long
@given(seed=st.integers(0, 2**64 - 1), postures=st.lists(st.sampled_from(("hold", "delay", "insurgency")), min_size=8))
@settings(max_examples=12, deadline=None)
def test_the_cells_of_stories_of_random_scenarios_are_the_folds(seed: int, postures: list[str]) -> None:
    """The valley's scenario with other postures and plans, on other luck."""
    other = with_other_plans(valley_story().stage, random.Random(seed), postures)
    story = tell(other, seed)
    assert hold(other, story.entries) == len(story.entries)


@pytest.mark.long
def test_compiled_rows_leave_the_cells_of_the_fold(tmp_path: Path) -> None:
    """The same comparison in a process whose kernels are compiled, and the same number of entries."""
    name = "tarn-valley/guns"  # the compiler takes a minute for it; tests/bench/test_conformance.py has others
    env = {**os.environ, VARIABLE: "each", "XDG_CACHE_HOME": str(tmp_path), "PYTHONPATH": os.pathsep.join(sys.path)}
    command = [sys.executable, "-W", "error", "-m", "tests.oracles.world_cells", "0", name]
    made = subprocess.run(command, cwd=ROOT, env=env, text=True, stdout=subprocess.PIPE, check=True).stdout
    assert made.splitlines() == [f"{name} {len(story_of(name, None).entries)}"]
