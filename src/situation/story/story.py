"""Stories: the log of a record continued under a scenario, simulated one at a time, or taken up again from any of its steps."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cached_property

from attrs import define

from situation.dates import Minute
from situation.errors import Fault
from situation.log.entry import Entry, Log, Ruled
from situation.log.fold import fold
from situation.log.state import State
from situation.story.drivers.clock import ClockedStory
from situation.story.stage import Stage
from situation.story.view import Doctrine

__all__ = ["Story", "resume", "simulated", "story_so_far", "tell"]


@define(frozen=True, slots=False)
class Story:
    """One continuation of the record.

    Args:
        entries: what happened after the branch.
        steps: after how many entries each step ended: where the story can be cut and taken up again.
        until: its last minute.
    """

    stage: Stage
    entries: tuple[Entry, ...]
    steps: tuple[int, ...]
    until: Minute

    @cached_property
    def log(self) -> Log:
        """The whole log: the record's entries up to the branch, then the story's."""
        return Log((*self.stage.log.entries, *self.entries))

    def prefix(self, step: int) -> Log:
        """The log up to the end of a step, counted from 0."""
        return Log((*self.stage.log.entries, *self.entries[: self.steps[step]]))

    def state(self, at: Minute | None = None) -> State:
        """The state at a minute; None: at the end."""
        last = self.until if at is None else at
        return fold((entry for entry in self.entries if entry.time <= last), self.stage.ground, self.stage.state)


def tell(
    stage: Stage,
    seed: int,
    record_index: int = 0,
    parameter_index: int = 0,
    chance_index: int = 0,
    until: Minute | None = None,
    doctrines: Mapping[str, Doctrine] | None = None,
) -> Story:
    """One story of a scenario.

    Args:
        stage: the scenario, set up on its record.
        seed: the seed of all chance, 0 to 2**64 - 1.
        record_index, parameter_index, chance_index: which draw of what the record leaves open (the strengths of
            forces), of the numbers, and of chance; each has a stream of its own.
        until: its last minute; None: the end of the scenario's horizon.
        doctrines: doctrines from outside, by name.

    Raises:
        Fault: `until` lies before the branch.
    """
    return simulated(stage, seed, record_index, parameter_index, chance_index, until, doctrines)[0]


def simulated(
    stage: Stage,
    seed: int,
    record_index: int,
    parameter_index: int,
    chance_index: int,
    until: Minute | None = None,
    doctrines: Mapping[str, Doctrine] | None = None,
    keep: bool = False,
) -> tuple[Story, ClockedStory]:
    """The same, with the world in which it was simulated; arguments and errors as `tell` has them.

    Args:
        keep: whether that world keeps what an ensemble needs of the story.
    """
    last = stage.scenario.end if until is None else until
    if last < stage.scenario.at:
        raise Fault("The story would end before it begins.", "Tell it until a time after the branch.")
    going = ClockedStory.of(stage, doctrines, keep)
    going.set_chance(seed, record_index, parameter_index, chance_index)
    going.open()
    going.run(last)
    return _story(stage, going, last), going


def resume(
    prefix_log: Log,
    stage: Stage,
    seed: int,
    record_index: int = 0,
    parameter_index: int = 0,
    chance_index: int = 0,
    until: Minute | None = None,
    doctrines: Mapping[str, Doctrine] | None = None,
    first: Callable[[ClockedStory], None] | None = None,
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
    going = ClockedStory.of(stage, doctrines)
    going.set_chance(seed, record_index, parameter_index, chance_index)
    going.go_on_from(entries)
    if first is not None:
        going.step(lambda: first(going))
    going.run(last)
    return _story(stage, going, last)


def story_so_far(prefix_log: Log, stage: Stage, last: Minute) -> tuple[Entry, ...]:
    """The entries of a story in a log; none where it holds none.

    Raises:
        Fault: the log ends after a last minute, or its story continues another log than the stage's.
    """
    begun = next((at for at, entry in enumerate(prefix_log.entries) if isinstance(entry.cause, Ruled)), None)
    if begun is None:
        return ()
    entries = prefix_log.entries[begun:]
    if prefix_log.entries[:begun] != stage.log.entries:
        raise Fault(
            "The log before the story is not that of the stage.", "Resume it on the stage on which it was simulated."
        )
    if entries[-1].time > last:
        raise Fault("The log goes on beyond the time to stop at.", "Resume it until a later time.")
    return entries


def _story(stage: Stage, going: ClockedStory, last: Minute) -> Story:
    return Story(stage, tuple(going.entries), tuple(going.steps), last)
