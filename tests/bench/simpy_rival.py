"""Stories without a model: SimPy alone, where one process a story waits for each of its entries and keeps its cells."""

from __future__ import annotations

from collections.abc import Generator, Iterable
from typing import Any

import simpy

from situation.log.entry import Entry
from situation.story.story import Story

__all__ = ["replayed"]


def replayed(stories: Iterable[Story]) -> int:
    """Let one process a story wait for each entry's time, and note the cells to which it speaks.

    It is what SimPy's own clock costs for as many entries: no rule is asked, nothing is drawn, no man is counted and no
    cause is kept. It is no rival's model of a war.

    Returns: how many entries there were.
    """
    return sum(len(_Replay(story).entries) for story in stories)


class _Replay:
    """One story on SimPy: its entries as they came about, and the cells as these left them."""

    def __init__(self, story: Story) -> None:
        self.entries: list[Entry] = []
        self.cells: dict[str, Any] = {}
        self._root = story.stage.ground.root
        self._clock = simpy.Environment(initial_time=story.stage.scenario.at)
        self._clock.process(self._course(story))
        self._clock.run()

    def _course(self, story: Story) -> Generator[Any, Any, None]:
        for entry in story.entries:
            if entry.time > self._clock.now:
                yield self._clock.timeout(entry.time - self._clock.now)
            self.cells.update(entry.event.speaks(self._root))
            self.entries.append(entry)
