"""A slice of the simulated faults, and what shows that the simulation finds what is wrong, and finds it again."""

from __future__ import annotations

from pathlib import Path

import pytest

from situation.testimony.disk.steps import disk
from tests.attack.faults import Story, fast_folder, simulate, stories
from tests.attack.writers import WRITERS, Replaced, run_files


def _broken(told: list[Story]) -> list[str]:
    return [f"seed {story.seed} ({story.writer}): {story.broken}" for story in told if story.broken]


def test_nothing_is_lost_and_nothing_half_written_is_taken_for_whole() -> None:
    told = list(stories(range(120)))
    assert _broken(told) == []
    assert {story.writer for story in told} == set(WRITERS)
    assert sum(sum(story.faults.values()) for story in told) > 120


@pytest.mark.long
def test_nothing_is_lost_under_thousands_of_seeds() -> None:
    assert _broken(list(stories(range(10_000, 11_500)))) == []


def test_a_seed_tells_the_same_story_again_step_by_step() -> None:
    first, again = (list(stories(range(20, 40))) for _ in range(2))
    assert [story.trace for story in first] == [story.trace for story in again]


class Careless(Replaced):
    """A run folder written file by file in its place, as one would who thinks of no kill."""

    def write(self, version: int, note: object) -> None:
        out = self.home / "out"
        if not out.exists():
            disk().make(out)
        for name, content in run_files(version).items():
            if (out / name).exists():
                disk().unlink(out / name)
            disk().write(out / name, content, True)


def test_the_simulation_finds_a_writer_that_is_careless(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(WRITERS, "out", Careless)
    with fast_folder() as folder:
        (folder / "a").mkdir()
        (folder / "b").mkdir()
        found = simulate(3, Path(folder / "a"), "out")
        assert "what stands there is no run that was written" in found.broken
        assert simulate(3, Path(folder / "b"), "out") == found
