"""The fold of 1,000,000 entries: compiled rows against attrs events, `functools.singledispatch` and dictionaries.

`python -m tests.bench.fold_rival` with `SITUATION_KERNELS=each`. Both start each story from its record anew, and keep for
each cell its value and what set it. The rival has its best form: the effects alone, without what a record asks beside them, such
as breaches of agreements.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import singledispatch
from typing import Any

from situation.log.effects import EFFECTS
from situation.log.state import StateView
from situation.story.apply.apply import apply_rows
from situation.story.rows.replay import Replay
from situation.story.story import Story
from tests.bench.measure import against
from tests.bench.table import Made
from tests.oracles.world_cells import story_of

ENTRIES = 1_000_000
STORIES = 4
_WRITTEN_BEFORE = ("rows", "parts", "agreements", "scopes", "covers", "strengths")


@singledispatch
def _effect(event: Any, entry: Any, state: StateView, ground: Any) -> Any:
    return event.speaks(ground.root)


for kind, function in EFFECTS.items():
    _effect.register(kind, function)


def folded(stories: Sequence[Story], rounds: int) -> int:
    """Fold stories so many times by singledispatch, and count the entries."""
    count = 0
    for _ in range(rounds):
        for story in stories:
            before, ground = story.stage.state, story.stage.ground
            cells, because = dict(before.cells), dict(before.because)
            state = StateView(cells, because, before.last)
            for entry in story.entries:
                made = _effect(entry.event, entry, state, ground)
                cells.update(made)
                because.update(dict.fromkeys(made, entry))
            count += len(story.entries)
    return count


def applied(replays: Sequence[Replay], empty: Sequence[Any], rounds: int) -> int:
    """Apply the rows of stories so many times, each to its world as it began, and count them."""
    count = 0
    for _ in range(rounds):
        for replay, begun in zip(replays, empty, strict=True):
            tables, last = replay.writer.tables, len(replay.entries) + 1
            for table, fresh in begun:
                table[:] = fresh
            if apply_rows(tables, 1, last) != last:
                raise RuntimeError("A world stopped.")
            count += last - 1
    return count


def _main() -> None:
    stories = [story_of("al-qaim-2017/baseline", None, index) for index in range(STORIES)]
    replays = [Replay.of(story.stage) for story in stories]
    for story, replay in zip(stories, replays, strict=True):
        for entry in story.entries:
            replay.write(entry)
    empty = [
        [
            (table.view("u1"), table.copy().view("u1"))
            for name, table in replay.writer.tables._asdict().items()
            if name not in _WRITTEN_BEFORE
        ]
        for replay in replays
    ]
    rounds = -(-ENTRIES // sum(len(story.entries) for story in stories))
    entries = Made(rounds * folded(stories, 1), causes=True)
    assert rounds * applied(replays, empty, 1) == entries.entries
    against(
        "a fold of entries, compiled, against attrs and singledispatch",
        lambda: applied(replays, empty, rounds),
        lambda: folded(stories, rounds),
        rounds=3,
        made=(entries, entries),
        work=f"{STORIES} stories, {rounds:,} times",
        reach="200",
    )


if __name__ == "__main__":
    _main()
