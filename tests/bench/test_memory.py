"""The memory that a large ensemble takes, from its chunks to its folder and back: a constructed one of many stories."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.bench
FEW, MANY = 20_000, 40_000
"""From the first on every table has whole groups of rows, which take the same memory however many there are."""

WORK = """
import resource, sys
from pathlib import Path

import attrs

import situation as sit
from situation.archive import ensemble_files, identity_of, open_run
from situation.ensemble.chunks import Chunks
from situation.ensemble.ensemble import About, gathered
from situation.ensemble.design import index_of
from situation.ensemble.record_draws import RecordDraws
from situation.ensemble.results import results
from situation.ensemble.working import tell_chunk
from situation.runs.folder import write_run

runs, folder = int(sys.argv[1]), Path(sys.argv[2])
scenario, record = sit.load_scenario("scenarios/al-qaim-2017/baseline.yaml"), sit.load("scenarios/al-qaim-2017")
told = tell_chunk(RecordDraws(scenario, record, 7), 0, 8)


def another(run):
    index = index_of(run)
    numbers = {name: value * (1.0 + 1e-9 * index.parameter) for name, value in told[run % 8].numbers.items()}
    return attrs.evolve(
        told[run % 8], run=run, record=index.record, parameter=index.parameter, chance=run, numbers=numbers
    )


chunks = Chunks(folder / "chunks", runs)
for start, stop in chunks.ranges():
    chunks.write(start, stop, [another(run) for run in range(start, stop)])
found = gathered(About.of(scenario, record, 7, runs), chunks.read())
answers = results(found)
write_run(folder / "run", ensemble_files(found, scenario, answers, identity_of(scenario, record, 7, runs)))
del found
assert open_run(folder / "run").ensemble.about.runs == runs
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
"""


def peak(runs: int, folder: Path) -> float:
    """The most memory that a process of its own takes over an ensemble, in MiB."""
    folder.mkdir()
    done = subprocess.run(
        [sys.executable, "-c", WORK, str(runs), str(folder)], capture_output=True, text=True, check=True
    )
    return int(done.stdout) / 1024


def test_memory_grows_by_some_kilobytes_a_story(tmp_path: Path) -> None:
    few, many = peak(FEW, tmp_path / "few"), peak(MANY, tmp_path / "many")
    each = (many - few) / (MANY - FEW) * 1024
    print(f"\nan ensemble of {MANY:,} stories: {many:.0f} MiB at most, {each:.1f} KiB a story over one of {FEW:,}")
    print(f"of 100,000 stories: about {few + each * (100_000 - FEW) / 1024:,.0f} MiB (reach: 2,048)")
    assert each > 0
