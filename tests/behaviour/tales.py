"""What a story comes to, read off its events: who took what and when, what it cost, and where the beaten went."""

from __future__ import annotations

import pickle
from collections import Counter
from collections.abc import Mapping
from functools import partial

from attrs import define, field

from situation.dates import DAY
from situation.ensemble.design import BLOCK, index_of
from situation.events import (
    Arrived,
    Attacked,
    BattleBegan,
    BattleDay,
    Captured,
    ClashStepped,
    ColumnFled,
    DefenderBroke,
    KilledOff,
    Surrendered,
)
from situation.record.record import Record
from situation.runs.identity import digest_of, scenario_as_run
from situation.scenario import Scenario
from situation.story.stage import stage_of
from situation.story.story import Story, tell
from situation.story.tally import Tally, tallies
from tests.shared import this_process, written_once

__all__ = ["SEED", "Tale", "tale", "tales"]

SEED = 20171104


@define
class Tale:
    """What one story came to. Days count from the branch; actors are roots.

    Args:
        taken: the day of each first capture, by place and taker.
        fought: days of fighting, by place and attacker.
        casualties: killed and wounded in battle, by place and actor.
        surrendered: men of an actor who gave themselves up unhurt, by place and actor.
        stood: men killed in a last stand, by place and actor: in battle after their side broke there, or when it was overrun.
        escaped: men of an actor who came by columns in flight, by the place they came to and actor.
        by_way: men of an actor who came from one place to another by columns in flight.
        fled: men who left a place in columns, by that place and actor.
        counterattacks: how many there were.
        retaken: captures of a place by an actor who had lost it in the story.
        rung: the highest rung that a clash came to.
        men: the count of every actor's men at the end.
        present: men in the ranks, wounded or in hiding at the end, by place and actor.
    """

    horizon: float
    taken: dict[tuple[str, str], float] = field(factory=dict)
    fought: Counter[tuple[str, str]] = field(factory=Counter)
    casualties: Counter[tuple[str, str]] = field(factory=Counter)
    surrendered: Counter[tuple[str, str]] = field(factory=Counter)
    stood: Counter[tuple[str, str]] = field(factory=Counter)
    escaped: Counter[tuple[str, str]] = field(factory=Counter)
    by_way: Counter[tuple[str, str, str]] = field(factory=Counter)
    fled: Counter[tuple[str, str]] = field(factory=Counter)
    counterattacks: int = 0
    retaken: int = 0
    rung: int = 0
    men: Mapping[str, Tally] = field(factory=dict)
    present: dict[tuple[str, str], int] = field(factory=dict)

    def until(self, place: str, actor: str) -> float:
        """Days until an actor takes a place; the whole horizon where it never does (restricted time)."""
        return self.taken.get((place, actor), self.horizon)

    def of(self, counts: Counter[tuple[str, str]], actor: str) -> int:
        """A count of one actor over all places."""
        return sum(number for (_, owner), number in counts.items() if owner == actor)


def tale(story: Story) -> Tale:
    """Read a story once."""
    scenario, root = story.stage.scenario, story.stage.ground.root
    told = Tale((story.until - scenario.at) / DAY)
    columns: dict[str, tuple[str, int]] = {}
    sides: dict[str, tuple[str, str]] = {}
    lost: set[tuple[str, str]] = set()
    broken: set[str] = set()
    for entry in story.entries:
        event = entry.event
        if isinstance(event, Captured):
            taker = root(event.by[0])
            told.taken.setdefault((event.place, taker), (entry.time - scenario.at) / DAY)
            told.retaken += (event.place, taker) in lost
            if event.against is not None:
                lost.add((event.place, root(event.against)))
        elif isinstance(event, BattleBegan):
            sides[event.place] = event.fight.attacker, event.fight.defender
            broken.discard(event.place)
        elif isinstance(event, DefenderBroke):
            broken.add(event.place)
        elif isinstance(event, BattleDay):
            if event.ratio is not None:
                told.fought[event.place, sides[event.place][0]] += 1
            for actor, losses in zip(sides[event.place], (event.attackers, event.defenders), strict=True):
                told.casualties[event.place, actor] += sum(loss.killed + loss.wounded for loss in losses)
            if event.place in broken:
                told.stood[event.place, sides[event.place][1]] += sum(loss.killed for loss in event.defenders)
        elif isinstance(event, Surrendered):
            if not event.wounded:
                told.surrendered[event.place, event.actor] += event.number
        elif isinstance(event, KilledOff):
            if not event.hidden:
                told.stood[event.place, event.actor] += event.number
        elif isinstance(event, ColumnFled):
            columns[event.column] = event.place, event.number - event.lost
            told.fled[event.place, event.actor] += event.number
        elif isinstance(event, Arrived) and event.force in columns:
            start, men = columns[event.force]
            told.escaped[event.place, event.actor] += men
            told.by_way[start, event.place, event.actor] += men
        elif isinstance(event, Attacked):
            told.counterattacks += 1
        elif isinstance(event, ClashStepped):
            told.rung = max(told.rung, event.rung)
    state = story.state()
    told.men = tallies(state, story.stage.ground)
    for force in state.get("story", "forces") or ():
        place = state.get(force, "place")
        if place is not None:
            men = sum(int(state.get(force, what) or 0) for what in ("number", "hidden", "wounded"))
            key = (place, root(state.get(force, "actor")))
            told.present[key] = told.present.get(key, 0) + men
    return told


def tales(scenario: Scenario, record: Record, runs: int, days: int | None = None) -> list[Tale]:
    """The first runs of an ensemble's design, each read once; told for some days, or to the horizon.

    They are told block by block, and each block by one process for all of a run of the tests: a second process that asks
    for the same begins at the other end.
    """
    name = digest_of({"scenario": scenario_as_run(scenario), "record": record.digest, "seed": SEED, "days": days})[:16]
    blocks = [(first, min(first + BLOCK, runs)) for first in range(0, runs, BLOCK)]
    files = {}
    for block in blocks if this_process() % 2 == 0 else reversed(blocks):
        content = partial(_block, scenario, record, days, *block)
        files[block] = written_once(f"tales/{name}-{block[0]}-{block[1]}.pickle", content)
    return [one for block in blocks for one in pickle.loads(files[block].read_bytes())]


def _block(scenario: Scenario, record: Record, days: int | None, first: int, last: int) -> bytes:
    until = None if days is None else scenario.at + days * DAY
    stage = stage_of(scenario, record)
    indices = map(index_of, range(first, last))
    told = [tale(tell(stage, SEED, it.record, it.parameter, it.chance, until=until)) for it in indices]
    return pickle.dumps(told)
