"""Laws of who is killed, over many stories of the library: only who is there, and no great force by a small one."""

from __future__ import annotations

import pytest
from attrs import define, field

from situation.ensemble.design import index_of
from situation.events import BattleBegan, BattleJoined, KilledOff
from situation.log.cells import battle_id
from situation.log.entry import Entry
from situation.log.fold import Folding
from situation.story.stage import stage_of
from situation.story.story import tell
from tests.behaviour.tales import SEED
from tests.behaviour.twins import the_record, the_scenario

NAMES = (
    "baseline",
    *(
        pytest.param(name, marks=pytest.mark.long)
        for name in ("crossing-held", "baseline-26-october", "baseline-2-november", "refuge-denied")
    ),
)
RUNS = 30
GREAT, TIMES = 500, 2
"""A field force of more men than this is no prey of an attacker of less than half its size."""


@define
class Seen:
    """What a law was held to in the stories of one scenario.

    Args:
        killed: last stands and men hunted down, each with where it was said to be and where its force stood.
        met: great field forces that were attacked: place, force, its men, and the most who ever attacked it there.
        gone: of these, those that came to nothing before the battle was over.
    """

    killed: list[tuple[str, object, object]] = field(factory=list)
    met: list[tuple[str, str, int, int]] = field(factory=list)
    gone: list[tuple[str, str, int, int]] = field(factory=list)


def read(name: str) -> Seen:
    """The first stories of a scenario, read entry by entry."""
    seen, record = Seen(), the_record()
    stage = stage_of(the_scenario(name), record)
    for run in range(RUNS):
        index = index_of(run)
        story = tell(stage, SEED, index.record, index.parameter, index.chance)
        folding = Folding(record.ground, story.stage.state)
        great: dict[str, dict[str, list[int]]] = {}
        for entry in story.entries:
            cells = folding.live.cells
            if isinstance(entry.event, KilledOff):
                seen.killed.append((entry.id, entry.event.place, cells.get(f"{entry.event.force}.place")))
            folding.apply(entry)
            _fields(great, entry, folding, seen)
    return seen


def _fields(great: dict[str, dict[str, list[int]]], entry: Entry, folding: Folding, seen: Seen) -> None:
    """Keep the great field forces that are attacked, by place; one is gone where nobody is left in its ranks there."""
    cells, event = folding.live.cells, entry.event
    if isinstance(event, BattleBegan):
        great[event.place] = {}
    if isinstance(event, BattleBegan | BattleJoined):
        fight = cells[f"{battle_id(event.place)}.fight"]
        for force in cells.get(f"{event.place}.bodies") or ():
            men = int(cells.get(f"{force}.number") or 0)
            own = the_record().ground.root(cells[f"{force}.actor"]) == fight.defender != fight.attacker
            if own and cells.get(f"{force}.kind") == "field" and men > GREAT:
                great[event.place].setdefault(force, [men, 0])
        for found in great[event.place].values():
            found[1] = max(found[1], fight.attackers_start)
    for place, forces in great.items():
        for force, (men, attackers) in list(forces.items()):
            over = cells.get(f"{battle_id(place)}.fight") is None
            nobody = not cells.get(f"{force}.number")
            if over or nobody or cells.get(f"{force}.place") != place:
                seen.met.append((place, force, men, attackers))
                seen.gone.extend([(place, force, men, attackers)] if nobody else [])
                del forces[force]


@pytest.fixture(scope="module", params=NAMES)
def stories(request: pytest.FixtureRequest) -> Seen:
    return read(request.param)


def test_only_men_who_are_at_the_place_are_killed_off_there(stories: Seen) -> None:
    assert len(stories.killed) > RUNS
    assert [one for one in stories.killed if one[1] != one[2]] == []


def test_no_great_force_is_wiped_out_by_an_attacker_of_less_than_half_its_size(stories: Seen) -> None:
    assert stories.met, "no field force of more than five hundred was attacked"
    assert [one for one in stories.gone if one[2] > TIMES * one[3]] == []
