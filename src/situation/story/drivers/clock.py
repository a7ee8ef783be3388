"""The clock: one story at a time, by the kernels as Python, with SimPy as its clock, and an entry for each row as it is written.

All that a story needs to go on stands in its world, and that is made of its entries. So a story can be taken up again from any
step of its log: the rows are written anew, what falls due stands in them, and the future is the same.
"""

from __future__ import annotations

import heapq
from collections.abc import Callable, Generator, Iterator, Mapping
from functools import partial
from itertools import count
from typing import Any

import simpy
from attrs import define, evolve, field

from situation.chance.luck import Luck, Stream, word_of
from situation.dates import Minute
from situation.errors import SituationError
from situation.events import Due
from situation.events.story import DUE_KINDS
from situation.kernel import COMPILED
from situation.log.entry import Entry
from situation.scenario.plugins import brought
from situation.story.decide.agenda import is_same, next_step
from situation.story.decide.ground import make_ground, order_ground
from situation.story.decide.ground_tables import GroundTables
from situation.story.decide.kept import keep_before
from situation.story.decide.opening import open_story
from situation.story.decide.outside import followed_by
from situation.story.decide.steps import take_step
from situation.story.outside_orders import OutsideOrders
from situation.story.rows.entries import EntryWriter
from situation.story.rows.replay import Replay, refuse_stopped
from situation.story.stage import Stage
from situation.story.view import Doctrine
from situation.story.world.kept_story import keep_story
from situation.story.world.numbering import Numbering
from situation.story.world.staging import set_draws, set_luck
from situation.story.world.tables import WorldTables

__all__ = ["ClockedStory", "StoryClock", "Wait"]

_AT_ONCE = (-1, 0.0, 0)
"""The place in a minute of SimPy's own events, such as the start of a process: before all that falls due in it."""


class StoryClock(simpy.Environment):
    """SimPy's clock, with what falls due at one minute in the order of phase and drawn rank, never of insertion."""

    _numbers: Iterator[int]

    def __init__(self, start: Minute) -> None:
        super().__init__(start)
        self._numbers = count()

    def schedule(self, event: simpy.Event, priority: Any = 1, delay: float = 0) -> None:
        key = event.order if isinstance(event, Wait) else _AT_ONCE
        entry: Any = (self._now + delay, priority, (*key, next(self._numbers)), event)
        heapq.heappush(self._queue, entry)


class Wait(simpy.Event):
    """The wait until something falls due."""

    def __init__(self, clock: StoryClock, subject: str, due: Due) -> None:
        super().__init__(clock)
        self.order = (due.phase, due.rank, word_of(subject))
        self._ok, self._value = True, None
        clock.schedule(self, delay=max(0, due.minute - int(clock.now)))


@define
class ClockedStory:
    """A story in progress: its world, its clock, and its entries so far.

    Args:
        entries: what has happened since the branch.
        steps: after how many entries each step ended.
    """

    stage: Stage
    tables: WorldTables
    numbering: Numbering
    ground: GroundTables
    replay: Replay
    writer: EntryWriter
    outside: OutsideOrders
    entries: list[Entry] = field(factory=list)
    steps: list[int] = field(factory=list)

    @classmethod
    def of(cls, stage: Stage, doctrines: Mapping[str, Doctrine] | None = None, keep: bool = False) -> ClockedStory:
        """A story before its first entry.

        Args:
            doctrines: doctrines from outside, by name, before those that the scenario brings.
            keep: whether its world keeps what an ensemble needs of it.

        Raises:
            SituationError: the kernels of this process are compiled.
            Fault: a doctrine has the name of one of the project's own.
        """
        if COMPILED:
            raise SituationError("This process has compiled kernels, which simulate whole stories only.")
        known = {name: it.decide for name, it in stage.scenario.outside.items()}
        if doctrines:
            known.update(doctrines)
            stage = stage.under(evolve(stage.scenario, outside={**stage.scenario.outside, **brought(doctrines)}))
        replay = Replay.of(stage, with_causes=False)
        tables, numbering = replay.writer.tables, replay.writer.numbering
        ground = make_ground(stage, numbering)
        if keep:
            keep_story(stage, tables, numbering)
        outside = OutsideOrders(replay.writer, ground, known)
        return cls(stage, tables, numbering, ground, replay, EntryWriter(stage, tables, numbering), outside)

    def set_chance(self, seed: int, record_index: int, parameter_index: int, chance_index: int) -> None:
        """Say where the story is drawn, and order by rank what has no order of its own."""
        set_luck(self.tables, self.numbering, Luck(seed, chance_index, Stream.CHANCE))
        record, parameters = Luck(seed, record_index, Stream.RECORD), Luck(seed, parameter_index, Stream.PARAMETERS)
        set_draws(self.tables, self.numbering, record, parameters)
        order_ground(self.ground, self.tables)

    def open(self) -> None:
        """The first step: what the scenario says, and what is drawn at the branch."""
        self.step(lambda: open_story(self.tables, self.ground, self.stage.scenario.at - self.numbering.origin))

    def go_on_from(self, entries: tuple[Entry, ...]) -> None:
        """Let what has happened so far happen, as a step of its own."""
        for entry in entries:
            self.replay.take(entry)
            self.writer.note(entry)
        self.entries.extend(entries)
        self.steps.append(len(self.entries))

    def step(self, take: Callable[[], None]) -> None:
        """Take a step, and make the entries of its rows.

        Raises:
            ValueError: what happens is impossible.
        """
        take()
        refuse_stopped(self.tables, self.stage.scenario.id)
        self.replay.writer.take_names()
        self.entries.extend(self.writer.entries())
        self.steps.append(len(self.entries))

    def run(self, last: Minute) -> None:
        """Let the clock run to the end of a minute."""
        began = self.entries[-1].time if self.entries else self.stage.scenario.at
        clock = StoryClock(began)
        clock.process(self._steps(clock))
        with followed_by(self.outside.give):
            clock.run(until=last + 1)
        keep_before(self.tables, last + 1 - self.numbering.origin)

    def _steps(self, clock: StoryClock) -> Generator[Any, Any, None]:
        """Wait for what falls due next, and take its step."""
        due = next_step(self.tables)
        while True:
            minute = Minute(due.minute + self.numbering.origin)
            yield Wait(clock, "", Due(minute, due.phase, due.rank, DUE_KINDS[due.phase]))
            self.step(partial(take_step, self.tables, self.ground, due))
            before, due = due, next_step(self.tables)
            if is_same(before, due):
                raise RuntimeError(f"The step that was due at {minute} left it due.")
