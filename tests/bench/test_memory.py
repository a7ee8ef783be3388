"""The memory that a large ensemble takes, from its chunks to its folder and back: a constructed one of many stories."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.bench.measure import figure

pytestmark = pytest.mark.bench
FEW, MANY = 20_000, 60_000
MOST_EACH = 1.2
"""KiB a story at most: a bit for each early event, one column of answers, and buffers that are full at 65,536 stories."""


def peak(runs: int, folder: Path) -> float:
    """The most memory that a process of its own takes over an ensemble, in MiB."""
    folder.mkdir()
    work = [sys.executable, "-m", "tests.bench.large_ensemble", str(runs), str(folder)]
    done = subprocess.run(work, capture_output=True, text=True, check=True)
    return int(done.stdout) / 1024


def test_memory_hardly_grows_with_the_stories(tmp_path: Path) -> None:
    few, many = peak(FEW, tmp_path / "few"), peak(MANY, tmp_path / "many")
    each = (many - few) / (MANY - FEW) * 1024
    figure(
        "memory of one process that gathers an ensemble, with its page",
        f"{many:.0f} MiB",
        spread=f"{each:.1f} KiB a story more than {FEW:,} stories",
        work=f"{MANY:,} constructed stories; of 1,000,000 about {few + each * (1_000_000 - FEW) / 1024:,.0f} MiB",
        reach="1,024 MiB for 1,000,000",
    )
    assert each < MOST_EACH
