"""What an ensemble keeps of one story: who held what when, strengths by day, clashes, triggers and answers."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Mapping
from typing import Any

from attrs import define, field

from situation.dates import Minute
from situation.ensemble.design import Index
from situation.ensemble.observations import Observations
from situation.ensemble.rows import RowDigest, digests_at
from situation.events import ActorId, BattleBegan, ClashStepped, ForceRaised, NumbersDrawn, StoryBegan, Triggered
from situation.log.effects import Changes
from situation.log.entry import Entry, Ruled
from situation.log.fold import Folding
from situation.log.state import CONTROL_ENDINGS, StateView, occupant
from situation.rules import Rung
from situation.story.stage import Stage
from situation.story.story import Story
from situation.story.tally import tallies
from situation.story.world.kept_story import story_days
from situation.testimony.ground import Ground

__all__ = [
    "DAYS_BETWEEN_TALLIES",
    "TALLY_FIELDS",
    "UNTOLD",
    "Happenings",
    "StorySummary",
    "failed_summary",
    "summary_of",
]

TALLY_FIELDS = ("present", "wounded", "hidden", "in_transit", "killed", "surrendered", "left")
"""The fields of a tally: all men who were there or came are counted in exactly one of these."""
_FORCE_COUNTS = ("number", "wounded", "hidden")
"""The counts of a force in which a man is still with his side."""
UNTOLD = (NumbersDrawn, StoryBegan)
"""What a digest of a story leaves out."""
DAYS_BETWEEN_TALLIES = 10
"""Days between two tallies of all men."""


@define
class StorySummary:
    """What is kept of one run. Lists by day have one value a day, from the branch's day on.

    Args:
        reason: why the run failed; empty where it did not.
        holders: (place, minute, holder) for every place at the branch and for every change after it.
        strengths: from an actor to its men by day: in the ranks, wounded, hidden or in transit.
        clashes: (one:other, rung, minute) for each rung when it was first reached.
        fired: (given, minute) for each trigger that fired.
        fates: (actor, minute, ...) every ten days and at the end, with the men in each of `TALLY_FIELDS` by then.
        numbers: the numbers drawn; forces: the men of each force at the branch.
        day_digests: a digest of all that had happened by the end of each day: twins diverge where these do.
        gap: men created or lost; 0 in every correct story.
        believed: from a dispute of the record to the answer accepted in this draw of it.
    """

    run: int
    record: int
    parameter: int
    chance: int
    reason: str = ""
    entries: int = 0
    gap: int = 0
    answers: dict[str, float | None] = field(factory=dict)
    holders: list[tuple[str, Minute, str | None]] = field(factory=list)
    strengths: dict[str, list[int]] = field(factory=dict)
    clashes: list[tuple[str, int, Minute]] = field(factory=list)
    fired: list[tuple[str, Minute]] = field(factory=list)
    fates: list[tuple[Any, ...]] = field(factory=list)
    numbers: dict[str, float] = field(factory=dict)
    forces: dict[str, int] = field(factory=dict)
    day_digests: list[int] = field(factory=list)
    believed: dict[str, str] = field(factory=dict)


def failed_summary(index: Index, reason: str) -> StorySummary:
    """A run that failed, with its reason."""
    return StorySummary(index.run, index.record, index.parameter, index.chance, reason)


class _Strengths:
    """Men by root actor, kept up to date change by change: in the ranks, wounded and hidden, wherever they are."""

    def __init__(self, cells: Mapping[str, Any], ground: Ground) -> None:
        self._cells, self._ground = cells, ground
        self._counted: dict[str, int] = {}
        self.by_actor: dict[str, int] = {}
        for force in cells.get("story.forces") or ():
            self.take({f"{force}.{count}": cells.get(f"{force}.{count}") for count in ("actor", *_FORCE_COUNTS)})

    def take(self, changes: Mapping[str, Any]) -> None:
        """Count the cells that an entry has changed."""
        for cell, value in changes.items():
            force, _, count = cell.rpartition(".")
            if count not in _FORCE_COUNTS and count != "actor":
                continue
            actor = self._cells.get(f"{force}.actor")
            if actor is None:
                continue  # no body of men, such as an order or a root actor
            root = self._ground.root(actor)
            men = self.by_actor.setdefault(root, 0)
            if count in _FORCE_COUNTS:
                self.by_actor[root] = men + int(value or 0) - self._counted.get(cell, 0)
                self._counted[cell] = int(value or 0)


def _men_gap(state: StateView, ground: Ground) -> int:
    """Men created or lost: start and arrivals less all who are there, killed, surrendered or gone; over all actors."""
    return sum(abs(it.started + it.arrived - it.accounted) for it in tallies(state, ground).values())


class Happenings:
    """What a summary says of the events of a story: clashes, triggers, numbers and forces, and a digest of all."""

    def __init__(self, stage: Stage, summary: StorySummary) -> None:
        self._scenario, self._ground, self._summary = stage.scenario, stage.ground, summary
        self._rungs: dict[str, int] = {}
        self._digest = RowDigest()
        self._enemies = stage.enemies

    def take(self, entry: Entry) -> None:
        """Keep what an entry adds, and that it happened."""
        self._summary.entries += 1
        self.keep(entry)
        if not isinstance(entry.event, UNTOLD):
            self._digest.add(entry.time, entry.event)

    def keep(self, entry: Entry) -> None:
        """Keep what an entry adds beside that it happened."""
        event, summary = entry.event, self._summary
        if isinstance(event, ClashStepped):
            self.climb(event.actor, event.toward, event.rung, entry.time)
        elif isinstance(event, BattleBegan):
            self.climb(event.fight.attacker, event.fight.defender, Rung.CONFRONTATION, entry.time)
        elif isinstance(event, Triggered) and event.happens:
            summary.fired.append((event.given, entry.time))
        elif isinstance(event, NumbersDrawn):
            summary.numbers = dict(event.values)
        elif isinstance(event, ForceRaised) and entry.time == self._scenario.at and not event.arrival:
            self.raise_men(
                entry.cause.prior if isinstance(entry.cause, Ruled) else None, event.place, event.number + event.hidden
            )

    def take_words(self, words: Any, ends: Iterable[int], entries: int) -> None:
        """Keep that a whole story happened.

        Args:
            words: of all its entries but those that are `UNTOLD`, as NumPy has them.
            ends: how many of these there are by the end of each day.
            entries: how many entries there are.
        """
        self._summary.entries += entries
        self._summary.day_digests += digests_at(words, ends)

    def raise_men(self, prior: str | None, place: str, men: int) -> None:
        """Keep the men of a force at the branch, by its name; with the place, where each of several has a draw of its own.

        A story that is gone on with under another scenario can have a force that this one does not know.

        Args:
            prior: the name of the prior that they were drawn from.
        """
        if prior is None:
            raise LookupError(f"It is not said from which prior the men at {place} were drawn.")
        force, forces = self._scenario.forces.get(prior), self._summary.forces
        name = f"{prior} at {place}" if force is not None and isinstance(force.at, list) else prior
        forces[name] = forces.get(name, 0) + men

    def close_day(self) -> None:
        """Note the digest of all that has happened by the end of a day."""
        self._summary.day_digests.append(self._digest.value())

    def climb(self, one: ActorId, other: ActorId, rung: int, minute: Minute) -> None:
        """Keep how far two have come who were no enemies at the branch; who gives the other battle is at the last rung."""
        first, second = sorted((self._ground.root(one), self._ground.root(other)))
        name = f"{first}:{second}"
        if first == second or self._enemies & {f"{name}.stance", f"{second}:{first}.stance"}:
            return
        reached = self._rungs.get(name, 0)
        self._summary.clashes += [(name, step, minute) for step in range(reached + 1, rung + 1)]
        self._rungs[name] = max(reached, rung)


class _Summarizer:
    """Fills the summary of a story while it is simulated."""

    _state: StateView
    _cells: Mapping[str, Any]
    _strengths: _Strengths
    _holder: dict[str, str | None]

    def __init__(self, stage: Stage, index: Index, until: Minute | None = None) -> None:
        self._scenario, self._ground = stage.scenario, stage.ground
        self._observations = Observations(self._scenario, self._ground)
        last = self._scenario.end if until is None else until
        self._open_days = deque(day for day in story_days(self._scenario) if day <= last)
        self._summary = StorySummary(index.run, index.record, index.parameter, index.chance)
        self._happenings = Happenings(stage, self._summary)

    def begin(self, state: StateView) -> None:
        """Look at the state in which the story begins."""
        self._state, self._cells = state, state.cells
        self._strengths = _Strengths(self._cells, self._ground)
        self._holder = {place: occupant(self._cells, place) for place in self._ground.places}
        self._summary.holders = [(place, self._scenario.at, holder) for place, holder in self._holder.items()]

    def before(self, minute: Minute) -> None:
        """Close the days that ended before a minute, and answer what is asked of minutes before it."""
        self._close_days(minute)
        self._observations.before(minute, self._cells)

    def take(self, entry: Entry, changes: Changes) -> None:
        """Keep what an entry adds to the summary."""
        self._strengths.take(changes)
        self._observations.take(entry, changes, self._cells)
        for place in dict.fromkeys(cell.rpartition(".")[0] for cell in changes if cell.endswith(CONTROL_ENDINGS)):
            if place in self._holder and (holder := occupant(self._cells, place)) != self._holder[place]:
                self._holder[place] = holder
                self._summary.holders.append((place, entry.time, holder))
        self._happenings.take(entry)

    def finish(self) -> StorySummary:
        """Close the days that are left, and answer the questions."""
        self.before(Minute(self._scenario.end + 1))
        self._summary.gap = _men_gap(self._state, self._ground)
        self._summary.answers = self._observations.answers(self._summary.holders, self._summary.clashes)
        return self._summary

    def _close_days(self, minute: Minute) -> None:
        """Count at the end of each day that ended before a minute."""
        while self._open_days and minute > self._open_days[0]:
            self._close(self._open_days.popleft())

    def _close(self, day: Minute) -> None:
        summary = self._summary
        closed = len(summary.day_digests)
        for actor, men in self._strengths.by_actor.items():
            summary.strengths.setdefault(actor, [0] * closed).append(men)
        if closed % DAYS_BETWEEN_TALLIES == 0 or day == self._scenario.end:
            for actor, tally in tallies(self._state, self._ground).items():
                summary.fates.append((actor, day, *(getattr(tally, name) for name in TALLY_FIELDS)))
        self._happenings.close_day()


def summary_of(story: Story, index: Index) -> StorySummary:
    """The summary of a story that was simulated before: it is folded again, from its branch to its end."""
    stage = story.stage
    summarizer, folding = _Summarizer(stage, index, story.until), Folding(stage.ground, stage.state)
    summarizer.begin(folding.live)
    for entry in story.entries:
        summarizer.before(entry.time)
        summarizer.take(entry, folding.apply(entry))
    return summarizer.finish()
