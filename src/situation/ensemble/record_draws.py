"""One draw of the record for a scenario: rival answers by their weight, and times within their intervals; or one belief's
account of it, where the scenario asks for that."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from itertools import islice, takewhile
from operator import is_not
from threading import Lock
from typing import Any, TypeVar

from attrs import field, frozen

from situation.dates import Interval, Minute
from situation.ensemble.design import Index
from situation.ensemble.kept_summary import summary_of_world, tell_summary
from situation.ensemble.summary import StorySummary
from situation.errors import Fault, SituationError
from situation.events import ActorId, PlaceId
from situation.kernel import COMPILED
from situation.log.entry import Assumed, Entry, Log
from situation.log.fold import fold
from situation.log.state import State, split_cell
from situation.record.readings.reading import Reading
from situation.record.record import Record
from situation.scenario import Scenario
from situation.scenario.branch import without_claims
from situation.story.drivers.loop import StoryLoop, TableStory
from situation.story.stage import Stage, stage_of
from situation.story.story import Story, tell
from situation.testimony.codec import plain
from situation.testimony.dating.clock import Clock

__all__ = ["Drawings", "NotByKernels", "RecordDraws", "disputed"]

_Drawn = TypeVar("_Drawn")
_ONE_AT_A_TIME = Lock()
"""Tables hold one story at a time, and several threads may simulate."""
_KEPT_DRAWS = 8
"""Draws of the record kept at a time: neighbouring runs share them."""


class NotByKernels(SituationError):
    """Compiled kernels cannot simulate a story; as Python it is simulated, or says what is wrong."""


def disputed(scenario: Scenario, record: Record) -> tuple[str, ...]:
    """The questions on which the sources disagree as known at the branch, by id."""
    left = without_claims(record, scenario.without)
    return tuple(sorted(dispute.question for dispute in left.disputes(scenario.known_at).disputes))


def _text(value: Any, clock: Clock) -> str:
    """An accepted answer as text."""
    if isinstance(value, Interval):
        return clock.spoken(value)
    flat = plain(value)
    if isinstance(flat, list):
        return ", ".join(_text(item, clock) for item in flat)
    if isinstance(flat, dict):
        return ", ".join(f"{name} {inner}" for name, inner in flat.items())
    return str(flat)


@frozen
class Drawings:
    """The last drawings of a record, which several scenarios that leave it alike share.

    Args:
        readings: what was drawn.
        logs: what of it had happened up to a branch, where those stand whom the scenarios have there: with its state.
    """

    readings: dict[tuple[Any, ...], Reading] = field(factory=dict)
    logs: dict[tuple[Any, ...], tuple[Log, State, frozenset[str]]] = field(factory=dict)


def _kept_or_made(known: dict[tuple[Any, ...], _Drawn], key: tuple[Any, ...], make: Callable[[], _Drawn]) -> _Drawn:
    """What is kept under a key, made where it is not."""
    made = known.get(key)
    if made is None:  # several threads may be here at once
        made = make()
        if len(known) >= _KEPT_DRAWS:
            known.clear()
        known[key] = made
    return made


@frozen
class RecordDraws:
    """The stories of a scenario, each on its draw of the record. The last few draws are kept for the next runs.

    Args:
        scenario, record: what the stories continue.
        seed: the seed of all chance.
        questions: the disputes whose accepted answers are noted.
        drawings: the last drawings of the record.
    """

    scenario: Scenario
    record: Record
    seed: int
    questions: tuple[str, ...] = ()
    drawings: Drawings = field(factory=Drawings, repr=False, eq=False)
    _stage: list[Stage] = field(factory=list, init=False)
    _openings: dict[frozenset[str], tuple[tuple[Entry, ...], State]] = field(factory=dict, init=False)
    _loop: list[StoryLoop] = field(factory=list, init=False)
    _sizes: list[str] = field(factory=lambda: ["S", "M"], init=False)
    _kept: dict[int, tuple[Stage, Mapping[str, str]]] = field(factory=dict, init=False)

    def tell(self, index: Index, until: int | None = None) -> Story:
        """The story of one run, up to a minute or to its end."""
        stage = self.draw(index.record)[0]
        if not COMPILED:
            return tell(stage, self.seed, index.record, index.parameter, index.chance, until=until)
        last = stage.scenario.end if until is None else Minute(until)
        entries = tuple(it for it in self.by_kernels(stage, index)[0].entries if it.time <= last)
        return Story(stage, entries, (len(entries),), last)

    def summary(self, index: Index) -> StorySummary:
        """What is kept of the story of one run, gathered while it is simulated."""
        return self.story_and_summary(index)[1]

    def story_and_summary(self, index: Index) -> tuple[Story | TableStory, StorySummary]:
        """The story of one run to its end, and what is kept of it."""
        stage, believed = self.draw(index.record)
        story, summary = self.on_stage(stage, index)
        summary.believed = dict(believed)
        return story, summary

    def on_stage(self, stage: Stage, index: Index) -> tuple[Story | TableStory, StorySummary]:
        """The story of one run on a stage of its record, and what is kept of it."""
        return self.by_kernels(stage, index) if COMPILED else tell_summary(stage, self.seed, index)

    def by_kernels(self, stage: Stage, index: Index) -> tuple[TableStory, StorySummary]:
        """The same by compiled kernels.

        Raises:
            NotByKernels: they cannot: with doctrines from outside, without room in tables, or where they meet a fault.
        """
        if stage.scenario.outside:
            raise NotByKernels("The scenario has doctrines from outside.")
        with _ONE_AT_A_TIME:
            try:
                return self._in_tables(stage, index)
            except MemoryError:
                raise
            except Exception as error:
                raise NotByKernels(str(error)) from error

    def _in_tables(self, stage: Stage, index: Index) -> tuple[TableStory, StorySummary]:
        if not self._loop or self._loop[0].stage is not stage:
            self._loop[:] = [StoryLoop.of(stage, self._sizes[0], *self._loop)]
        loop = self._loop[0]
        try:
            made = loop.simulate(self.seed, index.record, index.parameter, index.chance)
        except Fault:
            if len(self._sizes) == 1:
                raise
            self._sizes.pop(0)  # the next size from now on
            self._loop.clear()
            return self._in_tables(stage, index)
        return made, summary_of_world(stage, made.tables, made.numbering, index)

    def draw(self, index: int) -> tuple[Stage, Mapping[str, str]]:
        """The scenario set up on a draw of the record, and the answer accepted there to each disputed question."""
        made = self._kept.get(index)
        if made is None:  # several threads may be here at once
            if len(self._kept) > _KEPT_DRAWS:
                self._kept.clear()
            made = self._kept[index] = self._make(index)
        return made

    def _make(self, index: int) -> tuple[Stage, Mapping[str, str]]:
        left = without_claims(self.record, self.scenario.without)
        accepted = left.reading(self.scenario.known_at, self.scenario.branch.belief)
        account = self.scenario.branch.account
        reading = self._sampled(left, index) if account is None else left.reading(self.scenario.known_at, account)
        log, state, settled = self._at_branch(reading, accepted, index)
        usual = {weighed.question.id: weighed for weighed in accepted.decided}
        believed = {}
        for weighed in reading.decided:
            name = weighed.question.id
            if name in self.questions:
                taken = usual.get(name, weighed) if split_cell(weighed.question.cell)[0] in settled else weighed
                believed[name] = _text(taken.accepted.value if taken.accepted else None, self.record.ground.clock)
        if not self._stage:
            self._stage.append(stage_of(self.scenario, self.record, log))
        return self._stage[0].on(log, state), believed

    def _sampled(self, left: Record, index: int) -> Reading:
        """A drawing of what is left of the record."""
        key = (self.scenario.without, self.scenario.known_at, index)
        return _kept_or_made(
            self.drawings.readings, key, lambda: left.sampled(self.seed, index, self.scenario.known_at)
        )

    def _at_branch(self, reading: Reading, accepted: Reading, index: int) -> tuple[Log, State, frozenset[str]]:
        """What had happened by the branch in a drawing, as `_with_forces` has it."""
        ground, it, branch = self.record.ground, self.scenario, self.scenario.branch
        standing = frozenset(
            (ground.root(force.actor), place) for force in it.forces.values() for place in force.places
        )
        key = (it.without, it.known_at, it.at, branch.belief, branch.account, standing, index)
        logs = reading.log.until(it.at), accepted.log.until(it.at)
        return _kept_or_made(self.drawings.logs, key, lambda: self._with_forces(*logs, standing))

    def _with_forces(
        self, log: Log, usual: Log, standing: frozenset[tuple[ActorId, PlaceId]]
    ) -> tuple[Log, State, frozenset[str]]:
        """A drawn log in which whoever holds a place at the branch has men there by the scenario's forces.

        The forces of a scenario fit one account of who held what. Where a draw has a place held by somebody without a
        force there, that place's entries are taken from the usual account instead.

        Returns: the log, its state, and the places whose entries are from the usual account.
        """
        ground = self.record.ground
        settled: frozenset[str] = frozenset()
        while True:
            mixed = Log.of(
                [
                    *(entry for entry in log if entry.event.place not in settled),
                    *(entry for entry in usual if entry.event.place in settled),
                ]
            )
            state = self._state_of(mixed, settled)
            empty = {
                place.id
                for place in state.places.values()
                if ground.is_place(place.id) and any((holder, place.id) not in standing for holder in place.occupants)
            }
            if empty <= settled:
                return mixed, state, settled
            settled |= empty

    def _state_of(self, log: Log, settled: frozenset[str]) -> State:
        """The state after a log. What the logs begin with in which the same places are settled, the opening, is folded once."""
        opening = tuple(takewhile(lambda entry: isinstance(entry.cause, Assumed), log))
        known, state = self._openings.get(settled, ((), None))
        if state is None or len(known) != len(opening) or any(map(is_not, known, opening)):
            state = fold(opening, self.record.ground)
            if len(self._openings) >= _KEPT_DRAWS:
                self._openings.clear()
            self._openings[settled] = opening, state
        return fold(islice(log, len(opening), None), self.record.ground, state)
