"""Simulates whole stories by kernels and holds them to those of the fold, entry by entry; what falls due is taken as it comes.

`python -m tests.oracles.whole_stories STORY...` prints how many entries each story has. As Python or compiled
(`SITUATION_KERNELS=each`), it fails at the first entry that differs.
"""

from __future__ import annotations

import sys

from situation.chance.luck import Luck, Stream
from situation.story.decide.agenda import next_step
from situation.story.decide.ground import make_ground, order_ground
from situation.story.decide.opening import open_story
from situation.story.decide.steps import take_step
from situation.story.rows.entries import EntryWriter
from situation.story.rows.replay import Replay
from situation.story.story import Story
from situation.story.world.staging import set_draws, set_luck
from tests.oracles.world_cells import story_of


def hold_story(story: Story, seed: int, chance: int, record: int | None = None, parameters: int | None = None) -> int:
    """Simulate a story by kernels from its opening on.

    Args:
        chance, record, parameters: the index of each draw; of the latter two None: as of the first.

    Returns: how many entries it has.

    Raises:
        AssertionError: an entry differs, or one is missing.
    """
    replay, luck = Replay.of(story.stage), Luck(seed, chance, Stream.CHANCE)
    of_record = Luck(seed, chance if record is None else record, Stream.RECORD)
    of_parameters = Luck(seed, chance if parameters is None else parameters, Stream.PARAMETERS)
    tables, numbering = replay.writer.tables, replay.writer.numbering
    ground = make_ground(story.stage, numbering)
    set_luck(tables, numbering, luck)
    set_draws(tables, numbering, of_record, of_parameters)
    order_ground(ground, tables)
    writer, count = EntryWriter(story.stage, tables, numbering), 0
    for end in story.steps:
        if count:
            step = next_step(tables)
            assert step.minute <= story.until - numbering.origin, (
                f"nothing falls due, and {story.entries[count].id} was to"
            )
            take_step(tables, ground, step)
        else:
            open_story(tables, ground, story.stage.scenario.at - numbering.origin)
        replay.writer.take_names()
        assert not tables.story[0].fault
        for made in writer.entries():
            assert made == story.entries[count]
            count += 1
        assert count == end, f"{story.entries[count].id} is missing"
    assert next_step(tables).minute > story.until - numbering.origin
    return count


if __name__ == "__main__":
    for name in sys.argv[1:]:
        print(name, hold_story(story_of(name, None), 3, 0))
