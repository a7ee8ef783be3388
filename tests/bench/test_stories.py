"""Telling stories: how many a second, by one process and by two, and against SimPy without a model."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter
from types import FrameType

import pytest

import situation as sit
from situation.chance.philox import uniform_at, uniforms_at
from situation.ensemble.chunks import Chunks
from situation.ensemble.design import index_of
from situation.ensemble.record_draws import RecordDraws
from situation.ensemble.workers import tell_chunk, tell_missing
from situation.kernel import stories_are_kept
from situation.story.story import Story
from tests.bench.child import child
from tests.bench.measure import against, against_told, figure
from tests.bench.simpy_rival import replayed
from tests.bench.table import Made

pytestmark = pytest.mark.bench
HOME = Path("scenarios/al-qaim-2017")
STORIES = 64
BLOCK = 8
"""Stories that one process tells, where the processes are not what is measured."""
OF_A_STORY = f"entries and draws are those of one story, in the mean of {BLOCK}"


def test_stories_a_second_by_one_process_and_by_two() -> None:
    record, scenario = sit.load(HOME), sit.load_scenario(HOME / "baseline.yaml")

    def simulating(workers: int) -> None:
        with TemporaryDirectory() as folder:
            tell_missing(scenario, record, 7, Chunks(Path(folder) / "chunks", STORIES), workers)

    against("stories as Python by two processes, against one", lambda: simulating(2), lambda: simulating(1), rounds=3,
            made=(a_story(), a_story()), work=f"{STORIES} stories of the baseline; {OF_A_STORY}", reach="2",
            clock="wall")  # fmt: skip


def test_compiled_stories_against_those_as_python(tmp_path: Path) -> None:
    """End to end: a run of the command, its start, its tables and its page among it."""
    if not stories_are_kept():
        subprocess.run([sys.executable, "-m", "situation", "engine", "--compile"], check=True)
    runs = 160

    def simulating(engine: str) -> None:
        with TemporaryDirectory(dir=tmp_path) as folder:
            words = [
                "run",
                str(HOME / "baseline.yaml"),
                "--runs",
                str(runs),
                "--out",
                f"{folder}/run",
                "--engine",
                engine,
            ]
            subprocess.run([sys.executable, "-m", "situation", *words], check=True, capture_output=True)

    against("situation run with compiled kernels, against the same as Python", lambda: simulating("compiled"),
            lambda: simulating("simpy"), rounds=2, made=(a_story(), a_story()),
            work=f"{runs} stories, start and page among it; {OF_A_STORY}", reach="40")  # fmt: skip


def test_a_comparison_of_a_thousand_pairs(tmp_path: Path) -> None:
    if not stories_are_kept():
        subprocess.run([sys.executable, "-m", "situation", "engine", "--compile"], check=True)
    words = ["compare", "baseline", "sdf-government-confrontation", "--runs", "1000", "--engine", "compiled"]
    began = perf_counter()
    command = [sys.executable, "-m", "situation", *words, "--out", str(tmp_path / "comparison")]
    subprocess.run(command, check=True, capture_output=True)
    figure("a comparison of two scenarios, page included", f"{perf_counter() - began:.0f} s on the wall",
           work="1,000 stories each, two processes, kernels ready", reach="10 s")  # fmt: skip


def test_compiled_stories_alone_against_those_as_python() -> None:
    """Told, with what is kept of each as columns: start, page and tables of the run are not counted."""
    if not stories_are_kept():
        subprocess.run([sys.executable, "-m", "situation", "engine", "--compile"], check=True)
    few, many = 24, 240
    child("stories", few, compiled=True)
    against_told(
        "the engine alone, compiled, against the same as Python",
        lambda: float(child("stories", many, compiled=True)["seconds"]) / many,
        lambda: float(child("stories", few)["seconds"]) / few,
        rounds=2,
        made=(a_story(), a_story()),
        work=f"stories with the drawing of the record; {OF_A_STORY}",
        reach="80",
    )


def test_telling_stories_against_simpy_without_a_model() -> None:
    record, scenario = sit.load(HOME), sit.load_scenario(HOME / "baseline.yaml")
    record_draws = RecordDraws(scenario, record, 7)
    draws, stories = draws_made(lambda: [record_draws.tell(index_of(run)) for run in range(BLOCK)])
    assert replayed(stories) == sum(len(story.entries) for story in stories)
    entries = sum(len(story.entries) for story in stories)
    against("stories as Python with their causes, against SimPy's clock alone without a model",
            lambda: tell_chunk(record_draws, 0, BLOCK), lambda: replayed(stories), rounds=5,
            made=(Made(entries, True, draws), Made(entries)), work=f"{BLOCK} stories")  # fmt: skip


@cache
def a_story() -> Made:
    """The entries of a story and the numbers that it draws, in the mean of some; compiled it makes the same."""
    record_draws = RecordDraws(sit.load_scenario(HOME / "baseline.yaml"), sit.load(HOME), 7)
    draws, stories = draws_made(lambda: [record_draws.tell(index_of(run)) for run in range(BLOCK)])
    return Made(sum(len(story.entries) for story in stories) / BLOCK, True, draws / BLOCK)


def draws_made(work: Callable[[], list[Story]]) -> tuple[int, list[Story]]:
    """How many uniform numbers are drawn while some stories are told as Python, and the stories."""
    numbers, count = {uniform_at.__code__: 1, uniforms_at.__code__: 4}, 0

    def called(frame: FrameType, event: str, _: object) -> None:
        nonlocal count
        if event == "call":
            count += numbers.get(frame.f_code, 0)

    sys.setprofile(called)
    try:
        stories = work()
    finally:
        sys.setprofile(None)
    return count, stories
