"""Stories on the fold: the log of a record continued under a scenario, with SimPy as its clock.

All that a story needs to go on stands in the fold of its log. What falls due stands there too, in cells named `X.due`:
for each of them one process waits, checks that it is still due, and takes its step. So a story can be taken up again
from any step of its log: the processes are made anew from the cells, and the future is the same.
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Mapping
from typing import Any, Protocol

import simpy
from attrs import define, field

from situation.chance.luck import Luck, Stream
from situation.dates import Interval, Minute
from situation.errors import Fault
from situation.events import Due, PlaceId
from situation.events.story import DUE_KINDS, DueKind
from situation.log.cells import named_in_id
from situation.log.effects import Changes
from situation.log.entry import Entry, Log, Ruled
from situation.log.fold import Folding, fold
from situation.log.state import State, StateView
from situation.story.drivers.clock import StoryClock, Wait
from situation.story.stage import Stage
from situation.story.story import Story, story_so_far
from tests.oracles.fold.battle.day import battle_day
from tests.oracles.fold.battle.search import search_day
from tests.oracles.fold.council import councils
from tests.oracles.fold.doctrines import DOCTRINES, Doctrine
from tests.oracles.fold.given import draw_numbers, opening
from tests.oracles.fold.march.march import arrival
from tests.oracles.fold.morning import carry_out, day_begins, return_wounded
from tests.oracles.fold.world import Outcomes, World

__all__ = ["Watcher", "resume", "tell"]


class Watcher(Protocol):
    """Sees a story while it is simulated, entry by entry; it changes nothing."""

    def begin(self, state: StateView) -> None:
        """The story begins; `state` is a window on its state, and shows what is so at any time from now on."""

    def before(self, minute: Minute) -> None:
        """The next entries are of this minute; the state is as it was before them."""

    def take(self, entry: Entry, changes: Changes) -> None:
        """An entry has been applied, and has changed these cells."""


@define
class _Engine:
    """A story in progress: the fold that goes on, and the clock that wakes its steps."""

    stage: Stage
    folding: Folding
    world: World
    clock: StoryClock
    doctrines: Mapping[str, Doctrine]
    entries: list[Entry] = field(factory=list)
    steps: list[int] = field(factory=list)
    ids: set[str] = field(factory=set)
    span: Interval | None = None
    watcher: Watcher | None = None

    def step(self, outcomes: Outcomes) -> None:
        """Fold all outcomes of one step, each event on the state that the one before it left."""
        fresh: dict[str, Due] = {}
        watcher = self.watcher
        if watcher is not None:
            watcher.before(self.world.now)
        for outcome in outcomes:
            entry = self._entry(outcome.event, outcome.cause)
            self.entries.append(entry)
            changes = self.folding.apply(entry)
            self.world.forget(changes)
            if watcher is not None:
                watcher.take(entry, changes)
            for cell, value in changes.items():
                if value is not None and cell.endswith(".due"):
                    fresh[cell.removesuffix(".due")] = value
        self.steps.append(len(self.entries))
        for subject, due in fresh.items():
            if self.world.get(f"{subject}.due") == due:
                self.await_due(subject, due)

    def _entry(self, event: Any, cause: Ruled) -> Entry:
        now = self.world.now
        name = f"{type(event).__name__}/{event.subject}/{now}"
        number = 1
        unique = name
        while unique in self.ids:
            number += 1
            unique = f"{name}/{number}"
        self.ids.add(unique)
        if self.span is None or self.span.earliest != now:
            self.span = Interval(now, now)
        return Entry(unique, now, self.span, event, cause)

    def await_due(self, subject: str, due: Due) -> None:
        """Let a process wait for something that falls due."""
        self.clock.process(self._waiting(subject, due))

    def _waiting(self, subject: str, due: Due) -> Generator[simpy.Event, Any, None]:
        yield Wait(self.clock, subject, due)
        if self.world.get(f"{subject}.due") != due:
            return
        self.world.now = due.minute
        self.step(_STEPS[due.kind](self, subject))
        if self.world.get(f"{subject}.due") == due:
            raise RuntimeError(f"The step of {subject} left it due at {due.minute}.")

    def run(self, until: Minute) -> Story:
        """Let the clock run to the end of a minute."""
        self.clock.run(until=until + 1)
        return Story(self.stage, tuple(self.entries), tuple(self.steps), until)


_STEPS: Mapping[DueKind, Callable[[_Engine, str], Outcomes]] = {
    "day": lambda engine, _: day_begins(engine.world),
    "return": lambda engine, batch: return_wounded(engine.world, batch),
    "council": lambda engine, _: councils(engine.world, engine.doctrines),
    "order": lambda engine, order: carry_out(engine.world, order),
    "arrival": lambda engine, force: arrival(engine.world, force),
    "battle": lambda engine, battle: battle_day(engine.world, PlaceId(named_in_id(battle))),
    "search": lambda engine, search: search_day(engine.world, PlaceId(named_in_id(search))),
}
"""The step that each kind of thing takes when it falls due, given what it is about."""
if unpaired := sorted({*_STEPS} ^ {*DUE_KINDS}):
    raise TypeError(f"These fall due without a step, or have a step and never fall due: {', '.join(unpaired)}.")


def _engine(stage: Stage, seed: int, chance_index: int, doctrines: Mapping[str, Doctrine], state: State) -> _Engine:
    scenario = stage.scenario
    folding = Folding(stage.ground, state)
    world = World(stage, folding.live, Luck(seed, chance_index, Stream.CHANCE), scenario.at)
    outside = {name: guest.decide for name, guest in scenario.outside.items()}
    return _Engine(stage, folding, world, StoryClock(scenario.at), {**DOCTRINES, **outside, **doctrines})


def tell(
    stage: Stage,
    seed: int,
    record_index: int = 0,
    parameter_index: int = 0,
    chance_index: int = 0,
    until: Minute | None = None,
    doctrines: Mapping[str, Doctrine] | None = None,
    watcher: Watcher | None = None,
) -> Story:
    """One story of a scenario.

    Args:
        stage: the scenario, set up on its record.
        seed: the seed of all chance, 0 to 2**64 - 1.
        record_index, parameter_index, chance_index: which draw of what the record leaves open (the strengths of
            forces), of the numbers, and of chance; each has a stream of its own.
        until: its last minute; None: the end of the scenario's horizon.
        doctrines: doctrines from outside, by name.
        watcher: sees it while it is simulated.

    Raises:
        Fault: `until` lies before the branch.
    """
    last = stage.scenario.end if until is None else until
    if last < stage.scenario.at:
        raise Fault("The story would end before it begins.", "Tell it until a time after the branch.")
    engine = _engine(stage, seed, chance_index, doctrines or {}, stage.state)
    if watcher is not None:
        engine.watcher = watcher
        watcher.begin(engine.folding.live)
    numbers = draw_numbers(stage, Luck(seed, parameter_index, Stream.PARAMETERS))
    engine.step(opening(engine.world, numbers, Luck(seed, record_index, Stream.RECORD)))
    return engine.run(last)


def resume(
    prefix_log: Log,
    stage: Stage,
    seed: int,
    record_index: int = 0,
    parameter_index: int = 0,
    chance_index: int = 0,
    until: Minute | None = None,
    doctrines: Mapping[str, Doctrine] | None = None,
    first: Callable[[World], Outcomes] | None = None,
) -> Story:
    """Take a story up again from a log that ends at the end of one of its steps; the result is the whole story.

    Its steps are counted from the cut on. The log alone says what was drawn for the record and the numbers; their
    indices count for a log in which no story has begun, and so that `tell` and `resume` are called alike.
    `first` is a step that is taken before all that falls due.

    Raises:
        Fault: the log ends after `until`, or its story continues another log than the stage's.
    """
    last = stage.scenario.end if until is None else until
    entries = story_so_far(prefix_log, stage, last)
    if not entries:
        return tell(stage, seed, record_index, parameter_index, chance_index, until, doctrines)
    state = fold(entries, stage.ground, stage.state)
    engine = _engine(stage, seed, chance_index, doctrines or {}, state)
    engine.entries.extend(entries)
    engine.ids.update(entry.id for entry in entries)
    engine.steps.append(len(entries))
    for cell, due in state.cells.items():
        if due is not None and cell.endswith(".due"):
            engine.await_due(cell.removesuffix(".due"), due)
    if first is not None:
        engine.step(first(engine.world))
    return engine.run(last)
