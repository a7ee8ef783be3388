"""One story folded to what an ensemble keeps of it: who held what when, strengths by day, clashes, triggers, answers."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from typing import Any

from attrs import define, field

from situation.clock import DAY, Minute
from situation.ensemble.answers import Observations
from situation.ensemble.design import Index
from situation.events import ClashStepped, ForceRaised, NumbersDrawn, StoryBegan, Triggered
from situation.log.entry import Entry
from situation.log.fold import Folding
from situation.log.state import CONTROL_ENDINGS, State, occupant
from situation.scenario import Scenario
from situation.story.story import Story
from situation.story.tally import tallies
from situation.testimony.ground import Ground

__all__ = ["TALLY_FIELDS", "StorySummary", "failed_summary", "men_gap", "story_days", "summary_of"]

TALLY_FIELDS = ("present", "wounded", "hidden", "in_transit", "killed", "surrendered", "left")
"""What can have become of a man by a time: all who were there or came are counted in one of these."""
_FORCE_COUNTS = ("number", "wounded", "hidden")
"""Those of a force's counts in which a man is still with his side."""
_DAYS_BETWEEN_TALLIES = 10
"""Days between two counts of what became of everybody."""


@define
class StorySummary:
    """What is kept of one run. Lists by day have one value a day, from the branch's day on.

    Args:
        reason: why the run failed; empty where it did not.
        holders: (place, minute, holder) for every place at the branch and for every change after it.
        strengths: from an actor to its men by day: in the ranks, wounded, hidden or under way.
        clashes: (one:other, rung, minute) for each rung when it was first reached.
        fired: (given, minute) for what came about.
        fates: (actor, minute, ...) every ten days and at the end, with how many men came to each of `FATES`.
        numbers: the numbers drawn; forces: the men of each force at the branch.
        passages: a digest of all that had happened by the end of each day: twins part where these do.
        gap: men created or lost; 0 in every right story.
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
    passages: list[str] = field(factory=list)
    believed: dict[str, str] = field(factory=dict)


def failed_summary(index: Index, reason: str) -> StorySummary:
    """A run that failed, with its reason."""
    return StorySummary(index.run, index.record, index.parameter, index.chance, reason)


def story_days(scenario: Scenario) -> tuple[Minute, ...]:
    """The branch, and each day's end after it up to the end of the story."""
    return (*range(scenario.at, scenario.end, DAY), scenario.end)


class _Men:
    """Men by root actor, kept up change by change: in the ranks, wounded and hidden, wherever they are."""

    def __init__(self, cells: Mapping[str, Any], ground: Ground) -> None:
        self._cells, self._ground = cells, ground
        self._counted: dict[str, int] = {}
        self.by_actor: dict[str, int] = {}
        for force in cells.get("story.forces") or ():
            self.take({f"{force}.{count}": cells.get(f"{force}.{count}") for count in ("actor", *_FORCE_COUNTS)})

    def take(self, changes: Mapping[str, Any]) -> None:
        """Take in the cells that an entry has changed."""
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


def men_gap(state: State, ground: Ground) -> int:
    """Men created or lost: start and arrivals less all who are there, killed, surrendered or gone; over all actors."""
    return sum(abs(it.started + it.arrived - it.accounted) for it in tallies(state, ground).values())


def _force_name(entry: Entry, event: ForceRaised, scenario: Scenario) -> str:
    """The scenario's name of a force; with the place, where each of several places has a draw of its own."""
    name = getattr(entry.cause, "rule", "").removeprefix("prior of ")
    force = scenario.forces.get(name)
    return name if force is None or not isinstance(force.at, list) else f"{name} at {event.place}"


def summary_of(story: Story, index: Index) -> StorySummary:
    """Fold a story once, from its branch to its end."""
    scenario, ground = story.stage.scenario, story.stage.ground
    told = StorySummary(index.run, index.record, index.parameter, index.chance, entries=len(story.entries))
    days = [day for day in story_days(scenario) if day <= story.until]
    folding = Folding(ground, story.stage.state)
    cells = folding.live.cells
    strengths = _Men(cells, ground)
    held: dict[str, str | None] = {}
    for place in ground.places:
        held[place] = occupant(cells, place)
        told.holders.append((place, scenario.at, held[place]))
    rungs: dict[str, int] = {}
    seen = Observations(scenario, ground)
    digest = hashlib.blake2b(digest_size=8)
    ends = iter(days)
    end: Minute | None = next(ends, None)

    def close(day: Minute) -> None:
        for actor, men in strengths.by_actor.items():
            told.strengths.setdefault(actor, [0] * len(told.passages)).append(men)
        if len(told.passages) % _DAYS_BETWEEN_TALLIES == 0 or day == scenario.end:
            for actor, tally in tallies(folding.live, ground).items():
                told.fates.append((actor, day, *(getattr(tally, fate) for fate in TALLY_FIELDS)))
        told.passages.append(digest.hexdigest())
        for row in told.strengths.values():
            row.extend([row[-1]] * (len(told.passages) - len(row)))

    for entry in story.entries:
        while end is not None and entry.time > end:
            close(end)
            end = next(ends, None)
        seen.before(entry.time, cells)
        changes = folding.apply(entry)
        strengths.take(changes)
        seen.take(entry, changes, cells)
        event = entry.event
        for subject in dict.fromkeys(cell.rpartition(".")[0] for cell in changes if cell.endswith(CONTROL_ENDINGS)):
            if subject in held and (holder := occupant(cells, subject)) != held[subject]:
                held[subject] = holder
                told.holders.append((subject, entry.time, holder))
        if isinstance(event, ClashStepped):
            pair = ":".join(sorted((ground.root(event.actor), ground.root(event.toward))))
            for rung in range(rungs.get(pair, 0) + 1, event.rung + 1):
                told.clashes.append((pair, rung, entry.time))
            rungs[pair] = max(rungs.get(pair, 0), event.rung)
        elif isinstance(event, Triggered) and event.happens:
            told.fired.append((event.given, entry.time))
        elif isinstance(event, NumbersDrawn):
            told.numbers = dict(event.values)
        elif isinstance(event, ForceRaised) and entry.time == scenario.at and not event.arrival:
            name = _force_name(entry, event, scenario)
            told.forces[name] = told.forces.get(name, 0) + event.number + event.hidden
        if not isinstance(event, NumbersDrawn | StoryBegan):
            digest.update(f"{entry.time}|{event!r}\n".encode())
    while end is not None:
        close(end)
        end = next(ends, None)
    seen.before(Minute(scenario.end + 1), cells)
    told.gap = men_gap(folding.live, ground)
    told.answers = seen.answers(told.holders, told.clashes)
    return told
