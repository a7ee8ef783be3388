"""Mechanisms as kernels, compiled, write the rows that they write as Python: each story of the library that is named here, whole.

The compiler works for minutes before, so that `make test-long` leaves this out.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from situation.kernel import VARIABLE
from tests.bench.measure import figure
from tests.golden.test_stories import NAMES
from tests.oracles import decisions, mornings, ways
from tests.oracles.world_cells import story_of

pytestmark = pytest.mark.bench

STORIES = ("tarn-valley/guns", "al-qaim-2017/baseline-11-october", "falklands-1982/one-brigade")


def compiled(module: str, *words: str, cache: Path) -> list[str]:
    """What an oracle counts in a process whose kernels are compiled, line by line; it fails where a row differs."""
    env = {**os.environ, VARIABLE: "each", "XDG_CACHE_HOME": str(cache), "PYTHONPATH": os.pathsep.join(sys.path)}
    command = [sys.executable, "-W", "error", "-m", f"tests.oracles.{module}", *words, *STORIES]
    return subprocess.run(command, env=env, text=True, stdout=subprocess.PIPE, check=True).stdout.splitlines()


@pytest.fixture(scope="module")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of their own for compiled kernels, which the tests share."""
    return tmp_path_factory.mktemp("kernels")


def test_compiled_rows_leave_the_cells_of_the_fold(cache: Path) -> None:
    assert compiled("world_cells", "0", cache=cache) == [
        f"{name} {len(story_of(name, None).entries)}" for name in STORIES
    ]


def test_compiled_battle_days_and_searches_are_decided_as_on_the_fold(cache: Path) -> None:
    assert compiled("decisions", "0", cache=cache) == [decisions.line(name, None) for name in STORIES]


def test_compiled_mornings_are_those_of_the_fold(cache: Path) -> None:
    expected = [f"{name} {mornings.hold_steps(story_of(name, None), 3, 0)}" for name in STORIES]
    assert compiled("mornings", "0", cache=cache) == expected


def test_stories_of_compiled_kernels_are_those_of_the_fold(cache: Path) -> None:
    """Whole stories, entry by entry, with the summaries that ensembles keep of them."""
    env = {**os.environ, VARIABLE: "compiled", "XDG_CACHE_HOME": str(cache), "PYTHONPATH": os.pathsep.join(sys.path)}
    command = [sys.executable, "-W", "error", "-m", "tests.oracles.compiled_stories", "80", *NAMES]
    lines = subprocess.run(command, env=env, text=True, stdout=subprocess.PIPE, check=True).stdout.splitlines()
    print(*lines, sep="\n")
    assert len(lines) == len(NAMES)
    entries = sum(int(line.split()[1]) for line in lines)
    figure("rows of compiled kernels that differ from the fold's", "0", work=f"{entries:,} entries", reach="0")
    assert entries > 1_000_000


def test_compiled_kernels_give_the_answers_of_the_folds_world(cache: Path) -> None:
    expected = [f"{name} {ways.hold_ways(story_of(name, 40), 3, 0, 200, 37)}" for name in STORIES]
    assert compiled("ways", "40", "200", cache=cache) == expected
