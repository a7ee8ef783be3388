"""Stories without a model: SimPy alone, which wakes a process for each entry of a story at its time and keeps its cells."""

from __future__ import annotations

from collections.abc import Generator, Iterable
from typing import Any

import simpy

from situation.log.entry import Entry
from situation.story.story import Story

__all__ = ["woken"]


def woken(stories: Iterable[Story]) -> int:
    """Let every entry of some stories wait for its time in a process of its own, and note what it speaks of.

    No rule is asked, nothing is drawn and no man is counted: nothing that tells stories on SimPy is faster.

    Returns: how many entries there were.
    """
    return sum(len(_Stage(story).told) for story in stories)


class _Stage:
    """One story on SimPy: its entries as they have come about, and the cells as these have left them."""

    def __init__(self, story: Story) -> None:
        self.told: list[Entry] = []
        self.cells: dict[str, Any] = {}
        self._root = story.stage.ground.root
        self._world = simpy.Environment(initial_time=story.stage.scenario.at)
        for entry in story.entries:
            self._world.process(self._happens(entry))
        self._world.run()

    def _happens(self, entry: Entry) -> Generator[Any, Any, None]:
        yield self._world.timeout(entry.time - self._world.now)
        self.cells.update(entry.event.speaks(self._root))
        self.told.append(entry)
